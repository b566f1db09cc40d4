"""The copies that were frozen for a meeting: whether each is the same to the byte, what differs, and freezing one."""

from collections.abc import Iterator
from typing import Any

import streamlit as st

from framework.deeds import freezing
from framework.meetings import FrozenCopy, Meeting
from framework.people import Act, Person, may
from framework.periods import LONDON, day_words
from framework.picture import Picture
from framework.picture.content import Difference
from framework.picture.history import setting_value, setting_words
from framework.store import frozen, pictures
from framework.store.frozen import Checked, Frozen
from framework.subjects import ARCHIVED, BY_TABLE
from framework.workbook.words import label, shown
from pages import ui, ui_forms

_SAME = "Same to the byte as when it was frozen"
_NEXT = (
    "The app never changes what was recorded, so the database itself was changed. Ask whoever looks after the server "
    "to compare it with a backup."
)
_COPY = "copy"  # the address's name for the copy whose check is shown
_WHOLE = "the whole row"


def section(picture: Picture, meeting: Meeting) -> None:
    """The copies of this meeting that are known in the picture, the newest or the one asked for whole."""
    ui.section("Frozen copy")
    newest_first = sorted(_of(picture, meeting), key=lambda copy: -copy.change)
    if newest_first:
        by = frozen.frozen_by(ui.store(), picture)
        asked = st.query_params.get(_COPY)
        copy = next((one for one in newest_first if one.ref == asked), newest_first[0])
        _whole(picture, meeting, copy, by[copy.ref])
        _others(picture, [one for one in newest_first if one is not copy], by)
    else:
        ui.words("No copy is frozen for this meeting." if ui.moment() is None else "No copy was frozen by then.")
    person = ui.person()
    if person is not None and may(person, Act.CONVENE):
        _freeze(meeting, person)


def _of(picture: Picture, meeting: Meeting) -> list[FrozenCopy]:
    return [copy for copy in picture.frozen if copy.meeting == meeting.ref]


def _whole(picture: Picture, meeting: Meeting, copy: FrozenCopy, by: Frozen) -> None:
    found = frozen.checked(ui.store(), copy)
    ui.words(ui.join(ui.strong(f"{_verdict(found)}."), ui.link("Open it", "overview", as_at=copy.ref), by=" "))
    if not found.same:
        ui.quiet(_NEXT)
    ui.facts(
        [
            ("Frozen", f"{_when(by)}, by {_who(picture, by)}"),
            ("Why", by.why),
            ("For", _moved(meeting, copy)),
            ("Fingerprint", _fingerprint(copy)),
        ]
    )
    person = ui.person()
    if person is None or not may(person, Act.READ_DATA):
        return
    if found.differences:
        _differences(picture, found)
    if found.kept:
        store, now = ui.store(), ui.now()
        st.download_button(
            "Download its content",
            lambda: freezing.take_out_copy(store, by=person, now=now, copy=copy.ref)[1],
            frozen.file_name(copy),
            "application/x-ndjson",
            key=f"frozen_{copy.ref}",
            on_click="ignore",
        )


def in_band(copy: FrozenCopy) -> ui.Html:
    """What the band says of a copy that is looked at, with a way to what differs."""
    found = frozen.checked(ui.store(), copy)
    to = ui.join(ui.link("See what differs", "meeting", ref=copy.meeting, as_at="", **{_COPY: copy.ref}), ".")
    said = f"{_verdict(found)} (fingerprint {copy.sha256[:12]})."
    return ui.join(said, to if found.differences and may(ui.person(), Act.READ_DATA) else "", by=" ")


def _verdict(found: Checked) -> str:
    """Whether a copy is what was frozen, in one sentence without its full stop."""
    if found.same:
        return _SAME
    if found.kept:
        n = len(found.differences)
        return f"No longer what was frozen: {n:,} {'row differs' if n == 1 else 'rows differ'}"
    if found.ledger:
        return "What was kept of it is damaged, but what the ledger shows still has its fingerprint"
    return "What was kept of it is damaged, and the ledger no longer has its fingerprint: open a backup to compare"


def _fingerprint(copy: FrozenCopy) -> ui.Html:
    """Its first twelve digits, whole when it is tapped."""
    whole = f"SHA-256 of its content ({copy.size:,} bytes): {copy.sha256}"
    return ui.term(copy.sha256[:12], whole)


def _when(by: Frozen) -> str:
    at = by.at.astimezone(LONDON)
    return f"{day_words(at.date())} at {at:%H:%M}"


def _who(picture: Picture, by: Frozen) -> str:
    return picture.name("person", by.by) or "the command line"


def _moved(meeting: Meeting, copy: FrozenCopy) -> str:
    """For which day it was frozen, and under which name, where the meeting has another now; empty where it has not."""
    then, now = (
        f"{title} of {day_words(day)}" for title, day in ((copy.title, copy.met_on), (meeting.title, meeting.on))
    )
    return "" if then == now else f"{then}; since moved or renamed: {now}"


def _others(picture: Picture, copies: list[FrozenCopy], by: dict[str, Frozen]) -> None:
    rows = [
        (
            ui.link(_when(by[copy.ref]), "meeting", ref=copy.meeting, **{_COPY: copy.ref}),
            _who(picture, by[copy.ref]),
            copy.sha256[:12],
            ui.link("Open it", "overview", as_at=copy.ref),
        )
        for copy in copies
    ]
    if rows:
        columns = (ui.Column("Other copies"), ui.Column("By"), ui.Column("Fingerprint"), ui.Column("Open", unseen=True))
        ui.table(columns, rows, caption="Other copies frozen for this meeting", key="frozen_others")


def _differences(picture: Picture, found: Checked) -> None:
    rows = [line for one in found.differences for line in _told(picture, one)]
    columns = (
        ui.Column("What", width="34%"),
        ui.Column("Fact", width="16%"),
        ui.Column("In the copy"),
        ui.Column("In the ledger now"),
    )
    ui.table(columns, rows, caption="What differs from what was frozen", key="frozen_differences")


def _told(picture: Picture, one: Difference) -> Iterator[tuple[object, ...]]:
    """A line for each fact that differs; one for a row that only one side has."""
    what = _named(picture, one)
    if one.then is None or one.now is None:
        there, not_there = "there", "not there"
        yield what, _WHOLE, not_there if one.then is None else there, not_there if one.now is None else there
        return
    for name in one.names:
        yield what, _heading(one, name), _words(picture, one, name, one.then), _words(picture, one, name, one.now)


def _named(picture: Picture, one: Difference) -> str:
    if one.table not in BY_TABLE:
        return f"Setting: {setting_words(one.ref, None)}"
    subject, said = BY_TABLE[one.table], one.then or one.now or {}
    name = label(subject, said, picture.rows) or picture.name(one.table, one.ref) or one.ref
    return f"{subject.one.partition(' ')[2].capitalize()}: {name}"


def _heading(one: Difference, name: str) -> str:
    if one.table not in BY_TABLE:
        return ""
    return "put away" if name == ARCHIVED.name else BY_TABLE[one.table].field(name).heading


def _words(picture: Picture, one: Difference, name: str, said: Any) -> str:
    if one.table not in BY_TABLE:
        return setting_value(one.ref, said[name])
    return shown(BY_TABLE[one.table], name, said.get(name), picture.rows) or "nothing"


def _freeze(meeting: Meeting, person: Person) -> None:
    ui.quiet(
        "A frozen copy keeps all that is known now, with a fingerprint, so that anybody can see in later years that it "
        "is still the same. It cannot be changed or taken back."
    )
    first = pictures.first_day(ui.store())
    if meeting.on < ui.today() and first is not None and first <= meeting.on:
        then = ui.link("how it stood on that day", "overview", as_at=meeting.on.isoformat())
        met = f"This meeting was on {day_words(meeting.on)}. A copy frozen now holds what is known now; see "
        ui.quiet(ui.join(met, then, "."))
    if st.button("Freeze a copy now", key="frozen_freeze"):
        store, now = ui.store(), ui.now()
        ui_forms.do(
            lambda: freezing.freeze(store, by=person, now=now, meeting=meeting.ref),
            f"A copy was frozen for {meeting.title} of {day_words(meeting.on)}.",
        )
