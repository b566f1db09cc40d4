"""The form about the notes on a KPI's line: add one, change its words, take it back. Each does one deed."""

from typing import Any

import streamlit as st

from framework.deeds import noting
from framework.kpis.kpi import Kpi, Note, NoteKind
from framework.people import Person
from framework.periods import read_period
from framework.picture import Picture
from framework.picture.entering import periods_to_enter
from framework.picture.figures import is_trust
from pages import ui
from pages.ui_forms import do, form_key
from pages.ui_kpi_forms import changed_meanwhile, opened

_KINDS = {
    NoteKind.EVENT: "Something happened: shown on the chart, changes nothing",
    NoteKind.NEW_LIMITS: "Usual range begins anew (new limits)",
    NoteKind.NEW_DEFINITION: "The definition changed: a new series begins",
}
_SHORT = {
    NoteKind.EVENT: "Something happened",
    NoteKind.NEW_LIMITS: "Usual range begins anew",
    NoteKind.NEW_DEFINITION: "New definition",
}
_WORDS, _DEFINITION = "What happened", "The new definition, in its own words"
_EVERYWHERE = "Every place"


def notes(picture: Picture, kpi: Kpi, person: Person, place_asked: str, note_asked: str) -> None:
    """Add a note, or change the one that was asked for; under it those that stand."""
    there = picture.notes.get(kpi.ref, ())
    chosen = next((note for note in there if note.ref == note_asked), None)
    if chosen is None:
        _add(picture, kpi, person, place_asked)
    else:
        _change(picture, kpi, person, chosen)
    ui.section("Notes on this KPI")
    _standing(picture, kpi, there)


def _add(picture: Picture, kpi: Kpi, person: Person, place_asked: str) -> None:
    periods = sorted(periods_to_enter(picture, kpi), key=lambda p: p.ordinal, reverse=True)
    if not periods:
        ui.words("The calendar has no period for this KPI yet. Add its dates to the calendar first.")
        return
    asked, kinds = read_period(st.query_params.get("period", "")), list(_KINDS)
    begin = periods.index(asked) if asked in periods else 0
    named_kind = next((n for n, k in enumerate(kinds) if k == st.query_params.get("kind", "")), 0)
    with st.container(horizontal=True):
        period = st.selectbox("Period", periods, begin, lambda p: p.words, key="note_period")
        lines = [p.ref for p in noting.places_to_note(picture, kpi, period)]
        offered = ["", *lines]  # a choice of None would be drawn as one that can be cleared
        first = offered.index(place_asked) if place_asked in lines and not is_trust(picture, place_asked) else 0
        where = (
            st.selectbox("Where", offered, first, lambda ref: _where(picture, ref), key="note_place") if lines else ""
        )
    kind = st.radio("What it is", kinds, named_kind, _KINDS.__getitem__, key="note_kind")
    form = form_key("note", kpi.ref)
    with st.form(form, border=False):
        words = st.text_area(_WORDS, height=90, key=f"{form}_words")
        named = kind is NoteKind.NEW_DEFINITION
        definition = st.text_area(_DEFINITION, height=90, key=f"{form}_definition") if named else ""
        sent = st.form_submit_button("Add this note", type="primary")
    if sent:
        given: dict[str, Any] = {"kpi": kpi.ref, "period": period, "place": where or None, "kind": kind}
        given |= {"words": words, "definition": definition}
        said = f"Saved: a note on {kpi.code}, {period.words}."
        do(lambda: noting.add_note(ui.store(), by=person, now=ui.now(), **given), said)


def _change(picture: Picture, kpi: Kpi, person: Person, note: Note) -> None:
    where = _where(picture, note.place)
    ui.words(f"{_SHORT[note.kind]}, {note.period.words}. {where}: {_quoted(note.words)}")
    ui.words(ui.link("Add another note instead", "kpi_edit", ref=kpi.ref, do="note"), "small")
    form = form_key("note", note.ref)
    seen = opened(form, "words", note.version)
    with st.form(form, border=False):
        given = {"words": st.text_area(_WORDS, note.words, height=90, key=f"{form}_words")}
        if note.kind is NoteKind.NEW_DEFINITION:
            given["definition"] = st.text_area(_DEFINITION, note.definition or "", height=90, key=f"{form}_definition")
        sent = st.form_submit_button("Save this note", type="primary")
    if sent:
        said = f"Saved: the note on {kpi.code}, {note.period.words}."
        do(lambda: noting.change_note(ui.store(), by=person, now=ui.now(), note=note.ref, seen=seen, **given), said)
    changed_meanwhile(form, seen, note.version)
    with st.expander("Take this note back", key=f"{form}_back"), st.form(f"{form}_taken", border=False):
        ui.quiet("It leaves the chart, with all that it did to it; the history keeps it.")
        why = st.text_area("Why it is taken back", height=80, key=f"{form}_why")
        taken = st.form_submit_button("Take this note back")
    if taken:
        said = f"Taken back: the note on {kpi.code}, {note.period.words}."
        do(lambda: noting.take_back_note(ui.store(), by=person, now=ui.now(), note=note.ref, seen=seen, why=why), said)


def _standing(picture: Picture, kpi: Kpi, there: tuple[Note, ...]) -> None:
    rows = [
        (
            note.period.words,
            _SHORT[note.kind],
            ui.lines(note.words, ui.small(f"New definition: {note.definition}") if note.definition else ""),
            _where(picture, note.place),
            ui.link("Change or take back", "kpi_edit", ref=kpi.ref, do="note", note=note.ref),
        )
        for note in reversed(there)
    ]
    columns = (
        ui.Column("Period", width="18%"),
        ui.Column("What it is", quiet=True, width="20%"),
        ui.Column("Words"),
        ui.Column("Where", quiet=True, width="16%"),
        ui.Column("Change it", unseen=True, width="18%"),
    )
    ui.table(columns, rows, caption=f"Notes on {kpi.code}", key="kpi_notes", empty="There is none yet.")


def _where(picture: Picture, place: str | None) -> str:
    if not place:
        return _EVERYWHERE
    return "The whole trust" if is_trust(picture, place) else picture.name("place", place)


def _quoted(words: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
