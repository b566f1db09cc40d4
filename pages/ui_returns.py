"""What Returns shows: the counts, everyone by what they owe, and one contact's figures with how each stands."""

from collections.abc import Iterator, Sequence

import streamlit as st

from framework.deeds import returning
from framework.people import Act, may
from framework.periods import day_words, local_day
from framework.picture import Picture
from framework.picture.returns import (
    Owed,
    Return,
    ReturnState,
    Slot,
    counts,
    rounds,
    state_words,
)
from framework.store import waiting
from framework.store.asked import last_asked
from framework.store.askings import Asking, askings
from pages import ui


def given() -> frozenset[Slot]:
    """The slots of which something came that waits to be checked. Of the past nobody keeps what waited then."""
    if ui.is_past():
        return frozenset()
    if not waiting.waiting(ui.store()):
        return returning.given_in(ui.store(), ui.now())
    with st.spinner("Looking at the files that wait …"):
        return returning.given_in(ui.store(), ui.now())


def headline(listed: Sequence[Return]) -> None:
    """How many of the figures are in; then the same by period."""
    whole = counts(listed)
    older = [one for one in listed if one.older]
    ui.words(ui.strong(whole.words), "large")
    ui.show(ui.bar(whole.here, whole.asked))
    said = [f"{period.words}: {one.words}" for period, one in rounds(listed)]
    if older:
        said.append(f"Earlier periods: {len(older):,} still {'open' if any(r.here for r in older) else 'missing'}")
    ui.quiet(ui.lines(*said))
    if whole.returned:
        came = f"{whole.returned:,} came and {'waits' if whole.returned == 1 else 'wait'} to be checked"
        where = ui.link("To check", "proposals") if may(ui.person(), Act.EDIT_PLAN) else ""
        ui.words(ui.join(came, ui.join(": ", where) if where else "", "."))


def left_out() -> None:
    """In the past: what of this page is not kept."""
    if ui.is_past():
        ui.quiet("What had been sent and was still to be checked is not kept, so it counts as not sent.")


def contacts(owed: Sequence[Owed]) -> None:
    """Everyone who returns something, those who owe most first; and what nobody can be asked for."""
    last = last_asked(_askings())
    rows = []
    for one in owed:
        if one.person is None:
            continue
        found, asking = counts(one.returns), last.get(one.person.ref)
        places = ", ".join(place.name for place in one.places)
        on = "" if asking is None else day_words(local_day(asking.at), weekday=False)
        rows.append(
            (
                ui.lines(ui.link(one.person.name, "returns", who=one.person.ref), ui.small(places)),
                f"{found.here:,} of {found.asked:,}",
                ui.lines(found.late or "", *(ui.small(words) for words in _how_late(one))),
                found.queried or "",
                found.returned or "",
                "" if asking is None else ui.lines(on, ui.small(asking.how)),
            )
        )
    columns = (
        ui.Column("Who", width="32%"),
        ui.Column("In", "right", width="11%"),
        ui.Column("Late", "right", width="18%"),
        ui.Column("Queried", "right", width="10%"),
        ui.Column("To check", "right", width="11%"),
        ui.Column("Last asked", width="18%", quiet=True),
    )
    asks = ", and for a message that asks for what is missing" if may(ui.person(), Act.CHASE) else ""
    ui.section("Who returns what", f"Choose someone for their figures{asks}.")
    ui.table(columns, rows, caption="Who returns what, those who owe most first", key="returns_who")
    for gap in (one for one in owed if one.person is None):
        n = len(gap.asked)
        missing = f", and {'one figure is' if n == 1 else f'{n:,} figures are'} missing" if n else ""
        ui.words(ui.join(ui.strong("Nobody to ask: "), f"{gap.why}{missing}."))


def _askings() -> list[Asking]:
    """Who was asked, newest first; in the past what was known of it then."""
    moment = ui.moment()
    return [one for one in askings(ui.store()) if moment is None or one.at <= moment.as_at]


def _how_late(owed: Owed) -> Iterator[str]:
    """How long the longest of somebody's newest figures is late, and how many earlier ones are open."""
    days = max((one.days_late for one in owed.asked if one.state is ReturnState.LATE and not one.older), default=0)
    if days:
        yield f"by {days:,} school {'day' if days == 1 else 'days'}"
    if older := sum(one.older for one in owed.asked):
        yield f"and {older:,} earlier"


def slots(picture: Picture, owed: Owed, may_ask: bool) -> None:
    """One contact's figures, each with how it stands."""
    several = len(owed.places) > 1
    rows = []
    for one in owed.returns:
        asked, kpi = ".".join(one.slot), one.kpi
        where_from = ui.small(one.place.name if several else "earlier period" if one.older else "")
        rows.append(
            (
                ui.join(ui.small(kpi.code), ui.link(kpi.title, "kpi", ref=kpi.ref, place=one.place.ref), by=" "),
                ui.lines(one.period.words, where_from),
                ui.lines(said(one, picture), *_question(one)),
                ui.link("Ask about it", "returns", who=st.query_params.get("who"), ask=asked) if may_ask else "",
            )
        )
    columns = (
        ui.Column("KPI", width="38%"),
        ui.Column("Period", width="20%"),
        ui.Column("How it stands", width="28%"),
        ui.Column("A question", unseen=True),
    )
    ui.section("Their figures")
    ui.table(columns, rows, caption="Figures asked for, what needs somebody first", key="returns_slots")


def said(one: Return, picture: Picture) -> ui.Html:
    """The state, in bold where somebody has to do something."""
    words = state_words(one, picture.on)
    return ui.esc(words) if one.state in (ReturnState.IN, ReturnState.WAITING) else ui.strong(words)


def _question(one: Return) -> list[object]:
    return [] if one.query is None else [ui.small(f"“{one.query.words}”")]
