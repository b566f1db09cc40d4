"""Every value of a KPI at a place, newest first, with what stands beside it: the same numbers as its chart."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from framework.kpis.kpi import Comparator, Kpi
from framework.kpis.words import with_unit
from framework.periods import Period, day_words, local_day
from framework.picture import Picture
from framework.picture.figures import Figure, expected_on, figures, is_trust, of_words
from framework.picture.lines import comparators_of, notes_at
from framework.workbook.comma import comma_separated
from pages import ui, ui_kpi
from pages.ui_kpi_chart import KINDS

FIRST = 6  # values shown at once; the earlier ones unfold
HEADS = ("period", "value", "numerator", "denominator", "expected from", "expected to")


class _Beside:
    """What the rows say besides the values: where they should be, other people's figures, notes."""

    def __init__(self, picture: Picture, kpi: Kpi, place: str, found: Sequence[Figure]) -> None:
        at = None if is_trust(picture, place) else place
        ends = {f.period: end for f in found if (end := picture.calendar.ends_on(f.period, at)) is not None}
        way = expected_on(picture, kpi, place, sorted(ends.values()))
        self.expected = {period: way[end] for period, end in ends.items() if end in way}
        self.others: Mapping[str, Mapping[Period, Comparator]] = {
            name: {c.period: c for c in theirs} for name, theirs in comparators_of(picture, kpi).items()
        }
        self.notes: dict[Period, list[str]] = {}
        for note in notes_at(picture, kpi, place):
            kind = KINDS[note.kind]
            words = f"{kind[:1].upper()}{kind[1:]}: {note.words}" if kind else note.words
            self.notes.setdefault(note.period, []).append(words)

    def note(self, figure: Figure) -> str:
        """What to know of the number, then what happened."""
        corrected = "corrected" if figure.value is not None and figure.value.corrects else ""
        said = "; ".join(part for part in (figure.remark, corrected) if part)
        happened = " ".join(self.notes.get(figure.period, ()))
        if said:
            said = f"{said[:1].upper()}{said[1:]}{'.' if happened else ''}"
        return f"{said} {happened}".strip()


def values(picture: Picture, kpi: Kpi, place: str) -> None:
    """A line a period; each number leads to where it comes from, and where there is none it says why."""
    found = figures(picture, kpi, place)[::-1]
    beside = _Beside(picture, kpi, place, found)
    columns = (
        ui.Column("Period"),
        ui.Column("Value", "right"),
        ui.Column("Made of", "right", quiet=True),
        ui.Column("Expected", "right", quiet=True),
        *(ui.Column(name, "right", quiet=True) for name in beside.others),
        ui.Column("Note", quiet=True),
        ui.Column("Recorded", quiet=True),
    )
    cells = [_cells(kpi, place, figure, beside) for figure in found]
    caption = f"{kpi.title}, {ui_kpi.place_name(picture, place)}"
    ui.table(columns, cells[:FIRST], caption=caption, key="kpi_values", empty="No value has been recorded yet.")
    if len(cells) > FIRST:
        with st.expander(f"{len(cells) - FIRST} earlier values", key="kpi_earlier"):
            ui.table(columns, cells[FIRST:], caption=f"{caption}: earlier values", key="kpi_values_earlier")
    if cells:
        st.download_button(
            "Download these values",
            lambda: comma_separated((*HEADS, *beside.others, "note", "recorded"), [_plain(f, beside) for f in found]),
            file_name=ui.file_name(f"{kpi.code}-values", ".csv"),
            mime="text/csv",
            key="kpi_values_download",
            on_click="ignore",
            type="tertiary",
        )


def _cells(kpi: Kpi, place: str, figure: Figure, beside: _Beside) -> tuple[object, ...]:
    edges, told_on = beside.expected.get(figure.period), _told_on(figure)
    return (
        figure.period.words,
        ui_kpi.nothing(figure.missing) if figure.missing else ui_kpi.linked(kpi, place, figure.value),
        of_words(figure.value),
        "" if edges is None else ui_kpi.edges_words(kpi, *edges),
        *(with_unit(kpi, of[figure.period].number) if figure.period in of else "" for of in beside.others.values()),
        beside.note(figure),
        "" if told_on is None else day_words(told_on, weekday=False),
    )


def _plain(figure: Figure, beside: _Beside) -> tuple[str | float | None, ...]:
    value = None if figure.missing is not None else figure.value
    low, high = beside.expected.get(figure.period) or (None, None)
    on = _told_on(figure)
    return (
        figure.period.words,
        None if value is None else value.number,
        None if value is None else value.numerator,
        None if value is None else value.denominator,
        low,
        high,
        *(of[figure.period].number if figure.period in of else None for of in beside.others.values()),
        "; ".join(part for part in (str(figure.missing or ""), beside.note(figure)) if part),
        None if on is None else on.isoformat(),
    )


def _told_on(figure: Figure) -> date | None:
    told = None if figure.value is None else figure.value.recorded_at
    return None if told is None else local_day(told)
