"""Questions about values: what a leader asks of one that was sent, or of one that is missing, and what came of it."""

from datetime import datetime

from framework.deeds import deed
from framework.deeds.finding import the_kpi
from framework.deeds.recording import check_period
from framework.errors import Unknown, ValueRefused
from framework.kpis.kpi import Kpi, Query
from framework.people import Act, Audience, Person
from framework.periods import Period, day_words, local_day
from framework.picture.reporting import reporting_places
from framework.picture.shape import Picture
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import QUERIES, data_of
from framework.text import clean

LONGEST = 2_000  # characters of a question or an answer


@deed(Act.CHASE)
def ask_about(
    store: Store,
    *,
    by: Person,
    now: datetime,
    kpi: str,
    place: str,
    period: Period,
    words: str,
    group: str = "",
) -> str:
    """Ask about the value of a slot, whether it is here or missing; the question's ref.

    It stays open until it is settled, or a value is recorded there on a later day.
    Raises Unknown or ValueRefused, also where the very same question is open already; then nothing is written.
    """
    picture = load(store, now, Audience.LEADERS)
    measured = the_kpi(picture, kpi)
    asked = _words(words, "Say what you want to know about this value.")
    if measured.counted is not None:
        raise ValueRefused(
            f"{measured.code} is counted here from the plan, so there is nobody to ask about it. Nothing was saved."
        )
    check_period(picture, measured, period, now, "Nothing can be asked about it yet.")
    _check_slot(picture, measured, place, period, clean(group))
    data = {
        "kpi": kpi,
        "place": place,
        "period": period,
        "group": clean(group),
        "words": asked,
        "asked_by": by.ref,
        "asked_on": local_day(now),
        "answer": None,
        "answered_on": None,
        "fictional": measured.fictional,
    }
    _check_twice(picture, data)
    ref = new_ref()
    with entry(store, by=by, now=now, deed="ask about value", reason=asked) as e:
        e.put(QUERIES, ref, data, seen=0)
    return ref


@deed(Act.CHASE)
def settle_query(store: Store, *, by: Person, now: datetime, query: str, answer: str, seen: int) -> None:
    """Write down what came of a question; it is open no longer.

    Raises Unknown, ValueRefused or Conflict; then nothing is written.
    """
    row = _the_query(load(store, now, Audience.LEADERS), query)
    said = _words(answer, "Say what came of this question, so that the next reader knows.")
    if row.answered_on is not None:
        on = day_words(row.answered_on, weekday=False)
        raise ValueRefused(f"This question was settled on {on}: {row.answer}. Nothing was saved.")
    data = {**data_of(QUERIES, row), "answer": said, "answered_on": local_day(now)}
    with entry(store, by=by, now=now, deed="settle question", reason=said) as e:
        e.put(QUERIES, query, data, seen=seen)


def _words(words: str, wanted: str) -> str:
    text = clean(words)
    if not text:
        raise ValueRefused(f"{wanted} Nothing was saved.")
    if len(text) > LONGEST:
        raise ValueRefused(
            f"This text has {len(text):,} characters; at most {LONGEST:,} are kept here. Shorten it. Nothing was saved."
        )
    return text


def _check_slot(picture: Picture, kpi: Kpi, place: str, period: Period, group: str) -> None:
    """A value that is here can be asked about; one that is missing, where it should have been sent by now."""
    if any(v.period == period for v in picture.series(kpi.ref, place, group)):
        return
    ends_on = picture.calendar.ends_on(period, place)
    asked = () if ends_on is None else reporting_places(picture, kpi, ends_on)
    if all(p.ref != place for p in asked):
        raise ValueRefused(f"{kpi.code} is not reported by this place, and has no value of it. Nothing was saved.")
    if ends_on is not None and ends_on >= picture.on:
        on = day_words(ends_on, weekday=False)
        raise ValueRefused(f"{period.words} runs until {on}, so no value of it is missing yet. Nothing was saved.")


def _check_twice(picture: Picture, data: dict[str, object]) -> None:
    slot = ("kpi", "place", "period", "group", "words")
    for other in picture.queries:
        if other.answered_on is None and all(getattr(other, name) == data[name] for name in slot):
            on = day_words(other.asked_on, weekday=False)
            raise ValueRefused(f"This was asked already, on {on}, and is not settled yet. Nothing was saved.")


def _the_query(picture: Picture, ref: str) -> Query:
    found = next((q for q in picture.queries if q.ref == ref), None)
    if found is None:
        raise Unknown("There is no such question here. Load the page again.")
    return found
