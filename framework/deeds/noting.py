"""Notes on the lines of KPIs: what happened, where the usual range begins anew, where another definition begins."""

from datetime import datetime

from framework.deeds import deed
from framework.deeds.finding import the_kpi
from framework.deeds.recording import check_period
from framework.errors import Unknown, ValueRefused
from framework.kpis.kpi import Kpi, Note, NoteKind
from framework.people import Act, Person, audience_of
from framework.periods import Period
from framework.picture.judged import reporting_places, trust_series
from framework.picture.shape import Picture
from framework.places import Place
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import NOTES, data_of
from framework.text import clean

# What the ledger calls a new note of each kind.
_ADDED = {
    NoteKind.EVENT: "annotate KPI",
    NoteKind.NEW_LIMITS: "rebase KPI",
    NoteKind.NEW_DEFINITION: "change definition",
}
_STANDS = {
    NoteKind.EVENT: "There is a note at",
    NoteKind.NEW_LIMITS: "The usual range begins anew already at",
    NoteKind.NEW_DEFINITION: "Another definition begins already at",
}


# Even a note that changes nothing stands where every reader of the KPI sees it, and the next one may end its usual
# range; so all of them belong to whoever may change the KPI.
@deed(Act.EDIT_KPIS)
def add_note(
    store: Store,
    *,
    by: Person,
    now: datetime,
    kpi: str,
    period: Period,
    kind: NoteKind,
    words: str,
    place: str | None = None,
    definition: str = "",
) -> str:
    """Say what happened to a KPI in a period; the note's ref. `place` None: at every place.

    New limits and a new definition take effect from the period on; a new definition may bring its own words.
    Raises NotAllowed, Unknown or ValueRefused; then nothing is written.
    """
    picture = load(store, now, audience_of(by))
    measured = the_kpi(picture, kpi)
    said, new = _words(words), _definition(kind, definition)
    check_period(picture, measured, period, now, "Give the period in which it happened.")
    at = _place(picture, measured, period, place)
    _check_twice(picture, measured, period, kind, at)
    if kind is NoteKind.NEW_LIMITS:
        _check_follows(picture, measured, period, at)
    data = {"kpi": kpi, "place": at, "period": period, "kind": kind, "words": said, "definition": new}
    ref = new_ref()
    with entry(store, by=by, now=now, deed=_ADDED[kind], reason=said) as e:
        e.put(NOTES, ref, {**data, "fictional": measured.fictional}, seen=0)
    return ref


@deed(Act.EDIT_KPIS)
def change_note(
    store: Store, *, by: Person, now: datetime, note: str, words: str, seen: int, definition: str | None = None
) -> None:
    """Change what a note says; its earlier words are kept in history. `definition` None: as it was.

    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    row = the_note(load(store, now, audience_of(by)), note)
    said = _words(words)
    new = row.definition if definition is None else _definition(row.kind, definition)
    data = {**data_of(NOTES, row), "words": said, "definition": new}
    if data == data_of(NOTES, row):
        raise ValueRefused("Nothing differs from what is here already, so nothing was saved.")
    with entry(store, by=by, now=now, deed="change note", reason=said) as e:
        e.put(NOTES, note, data, seen=seen)


@deed(Act.EDIT_KPIS)
def take_back_note(store: Store, *, by: Person, now: datetime, note: str, seen: int, why: str) -> None:
    """Take a note off the line, with all it did to it. It is kept in history.

    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    row = the_note(load(store, now, audience_of(by)), note)
    reason = clean(why)
    if not reason:
        raise ValueRefused("Say why this note is taken back; it is kept in the history. Nothing was saved.")
    with entry(store, by=by, now=now, deed="take back note", reason=reason) as e:
        e.put(NOTES, note, data_of(NOTES, row), seen=seen, archived=True)


def the_note(picture: Picture, ref: str) -> Note:
    """The note of this ref on a line of the picture; raises Unknown."""
    found = next((n for notes in picture.notes.values() for n in notes if n.ref == ref), None)
    if found is None:
        raise Unknown("There is no such note here. Go back to the KPI and choose one.")
    return found


def places_to_note(picture: Picture, kpi: Kpi, period: Period) -> tuple[Place, ...]:
    """The places with a line of their own in the period, the trust first; empty when there is but the trust's."""
    days = picture.calendar.dates(period) or (picture.on, picture.on)
    schools = {p.ref: p for day in days for p in reporting_places(picture, kpi, day) if p != picture.trust}
    return (picture.trust, *schools.values()) if schools and picture.trust is not None else ()


def _words(words: str) -> str:
    text = clean(words)
    if not text:
        raise ValueRefused("Say what happened; a reader will ask why the line bends. Nothing was saved.")
    return text


def _definition(kind: NoteKind, definition: str) -> str | None:
    text = clean(definition) or None
    if text is not None and kind is not NoteKind.NEW_DEFINITION:
        raise ValueRefused("Only a new definition has words of its own. Leave them out; nothing was saved.")
    return text


def _place(picture: Picture, kpi: Kpi, period: Period, place: str | None) -> str | None:
    """Where the note stands. Of a KPI with the trust's line alone the trust is everywhere."""
    lines = places_to_note(picture, kpi, period)
    alone = not lines and picture.trust is not None and place == picture.trust.ref
    if place is None or alone:
        return None
    if all(p.ref != place for p in lines):
        names = ", ".join(p.name for p in lines) or "the trust alone"
        raise ValueRefused(
            f"{kpi.code} has no line of this place in {period.words}. It has those of: {names}. Nothing was saved."
        )
    return place


def _check_twice(picture: Picture, kpi: Kpi, period: Period, kind: NoteKind, place: str | None) -> None:
    # Of a KPI with the trust's line alone, a note at the trust stands everywhere.
    alone = place is None and not places_to_note(picture, kpi, period)
    here = {place, picture.trust.ref} if alone and picture.trust is not None else {place}
    there = [n for n in picture.notes.get(kpi.ref, ()) if n.period == period]
    # What begins at every place begins at each of them, and with another definition the usual range does too.
    wider = (n for n in there if n.place in {None, *here} and _covers(n.kind, kind))
    found = next((n for n in there if n.place in here and n.kind is kind), None) or next(wider, None)
    if found is not None:
        where = "" if found.place is None else f", {picture.name('place', found.place)}"
        raise ValueRefused(
            f"{_STANDS[found.kind]} {period.words}{where}: \N{LEFT DOUBLE QUOTATION MARK}{found.words}"
            "\N{RIGHT DOUBLE QUOTATION MARK} Change those words instead; nothing was saved."
        )


def _covers(there: NoteKind, kind: NoteKind) -> bool:
    """Whether a note of one kind already does all that another would."""
    return kind is not NoteKind.EVENT and there in (kind, NoteKind.NEW_DEFINITION)


def _check_follows(picture: Picture, kpi: Kpi, period: Period, place: str | None) -> None:
    """New limits end the old ones, so there must be a value before them."""
    if kpi.counted is not None or (picture.trust is not None and place == picture.trust.ref):
        known = [v for v, _ in trust_series(picture, kpi)]
    else:
        known = [v for v in picture.series(kpi.ref) if place in (None, v.place)]
    if all(not v.has_number or v.period.ordinal >= period.ordinal for v in known):
        where = "" if place is None else f" at {picture.name('place', place)}"
        raise ValueRefused(
            f"{kpi.code} has no value{where} before {period.words}, so its usual range begins there anyway. "
            "Nothing was saved."
        )
