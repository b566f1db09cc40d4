"""The chart of one KPI at one place: its values on their path, what stands beside them, the words that belong to it."""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from framework import charts
from framework.kpis.kpi import Comparator, Kpi, Measure, Note, NoteKind, Target
from framework.kpis.words import plain_number, with_unit
from framework.periods import Period, PeriodKind
from framework.picture import Picture
from framework.picture.figures import (
    Figure,
    expected_on,
    figures,
    is_trust,
    of_words,
    short_period,
    target_words,
)
from framework.picture.judged import targets_at
from framework.picture.lines import begins, comparators_of, notes_at
from pages import ui, ui_kpi

Ends = Mapping[Period, date]
KINDS = {
    NoteKind.EVENT: "",
    NoteKind.NEW_LIMITS: "the usual range begins anew",
    NoteKind.NEW_DEFINITION: "the definition changed",
}


def chart(picture: Picture, kpi: Kpi, place: str, finding: str) -> None:
    """The values on their path, and under them what the marks cannot say. Nothing without values.

    finding  what the chart shows, in words: the standing's reason and what the values say over time
    """
    found = figures(picture, kpi, place)
    ends = ends_of(picture, place, [f.period for f in found])
    numbered = _numbered(picture, kpi, place, found, ends)
    plot = _plot(picture, kpi, place, found, ends, numbered)
    if plot is None:
        return
    name = ui_kpi.place_name(picture, place)
    alt = charts.alt_sentence(kpi.title, name, finding, plot.values, plot.beside, len(numbered))
    draw(picture, ("chart", kpi.ref, place), lambda palette: charts.path_and_values(plot, palette), alt, "kpi_chart")
    notes = _notes(found, numbered)
    if notes:
        ui.quiet(ui.lines(*notes))


def draw(picture: Picture, of: tuple[Any, ...], made: Callable[[charts.Palette], Any], alt: str, key: str) -> None:
    """A chart in the colours of the theme; made once for each picture, since Altair takes a fifth of a second."""
    dark = st.context.theme.type == "dark"
    kept = (*of, dark)
    if kept not in picture.cache:
        picture.cache[kept] = made(charts.DARK if dark else charts.LIGHT).to_dict()
    spec = deepcopy(picture.cache[kept])  # Streamlit takes the data out of what it is given
    st.vega_lite_chart(spec, theme=None, alt=alt, width="stretch", key=key)


def ends_of(picture: Picture, place: str, periods: Sequence[Period]) -> Ends:
    """The last day of each period that the calendar dates at the place."""
    at = None if is_trust(picture, place) else place
    return {p: end for p in periods if (end := picture.calendar.ends_on(p, at)) is not None}


def unit_of(kpi: Kpi) -> str:
    """The unit at the axis."""
    return "%" if kpi.measure is Measure.PERCENTAGE else "£" if kpi.measure is Measure.CURRENCY else kpi.unit or ""


def scale_ends(kpi: Kpi) -> tuple[float | None, float | None]:
    """What the value can never be lower and higher than; None: no end."""
    whole = kpi.measure in (Measure.COUNT, Measure.PERCENTAGE, Measure.RATE)
    return (0.0 if whole else None), (100.0 if kpi.measure is Measure.PERCENTAGE else None)


def ticks(periods: Sequence[Period], ends: Ends, aims: Sequence[tuple[Period, date]] = ()) -> dict[int, str]:
    """The first period of each school year, and the last target where it stands apart from them."""
    yearly = [p for p in periods if p.kind is PeriodKind.YEAR or p.index == 1]
    found = {ends[p].toordinal(): short_period(p) for p in yearly or periods[:1]}
    for period, end in aims[-1:]:
        if all(abs(end.toordinal() - day) > 100 for day in found):
            found[end.toordinal()] = short_period(period)
    return found


def day_of(note: Note, ends: Ends) -> int | None:
    """Where a note stands: at its period's end; what begins anew half-way from the period before. None: nowhere."""
    if note.period not in ends:
        return None
    day = ends[note.period].toordinal()
    before = ends.get(note.period.previous())
    return day if note.kind is NoteKind.EVENT or before is None else (before.toordinal() + day) // 2


def _plot(
    picture: Picture,
    kpi: Kpi,
    place: str,
    found: Sequence[Figure],
    ends: Ends,
    numbered: Sequence[tuple[int, str, Note]],
) -> charts.Plot | None:
    dated = [f for f in found if f.period in ends]
    if not any(f.missing is None for f in dated):
        return None
    at = None if is_trust(picture, place) else place
    way = expected_on(picture, kpi, place, sorted(ends.values()))
    aims = [(t, end) for t in targets_at(picture, kpi, place) if (end := picture.calendar.ends_on(t.period, at))]
    lowest, highest = scale_ends(kpi)
    first, last = ends[dated[0].period], max([ends[dated[-1].period], *(end for _, end in aims)])
    of_kind = {kind: [day for day, _, n in numbered if n.kind is kind] for kind in NoteKind}
    return charts.Plot(
        values=pd.DataFrame(_value_rows(kpi, dated, ends, notes_at(picture, kpi, place))),
        way=_frame([{"day": day.toordinal(), "low": low, "high": high} for day, (low, high) in way.items()]),
        targets=_frame([_target_row(kpi, target, end.toordinal()) for target, end in aims]),
        beside=pd.DataFrame(_beside_rows(picture, kpi, place, first, last)),
        notes=pd.DataFrame(_note_rows(numbered)),
        ticks=ticks([f.period for f in dated], ends, [(t.period, end) for t, end in aims]),
        unit=unit_of(kpi),
        breaks=of_kind[NoteKind.NEW_DEFINITION],
        new_limits=of_kind[NoteKind.NEW_LIMITS],
        lowest=lowest,
        highest=highest,
    )


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=None if rows else ["day", "low", "high", "said", "label"])


def _value_rows(kpi: Kpi, found: Sequence[Figure], ends: Ends, notes: Sequence[Note]) -> list[dict[str, Any]]:
    """One row a period. A gap, or another definition, begins a new run of the line."""
    rows, run = [], 0
    for figure in found:
        if figure.missing is not None or begins(notes, figure.period) is NoteKind.NEW_DEFINITION:
            run += 1
        value = None if figure.missing or figure.value is None else figure.value.number
        said = str(figure.missing) if value is None else _said(kpi, figure)
        state = charts.MISSING if value is None else figure.remark or charts.REPORTED
        row = {"day": ends[figure.period].toordinal(), "number": value, "period": figure.period.words, "said": said}
        rows.append({**row, "label": "" if value is None else _label(kpi, value), "state": state, "run": run})
    return rows


def _said(kpi: Kpi, figure: Figure) -> str:
    made_of = of_words(figure.value)
    return ui_kpi.number(kpi, figure.value) + (f" ({made_of})" if made_of else "")


def _label(kpi: Kpi, value: float) -> str:
    """The last value on the chart: a long unit stands at the axis already."""
    short = kpi.measure in (Measure.PERCENTAGE, Measure.CURRENCY)
    return with_unit(kpi, value) if short else plain_number(value)


def _target_row(kpi: Kpi, target: Target, day: int) -> dict[str, Any]:
    low = target.number if target.number is not None else target.low
    high = target.number if target.number is not None else target.high
    words = target_words(kpi, target)
    label = f"Target {words if target.number is None else _label(kpi, target.number)}"
    return {"day": day, "low": low, "high": high, "said": f"{words} by {target.period.words}", "label": label}


def _beside_rows(picture: Picture, kpi: Kpi, place: str, first: date, last: date) -> list[dict[str, Any]]:
    """Somebody else's figures within the time of ours. A period without one parts their line."""
    rows = []
    for name, theirs in comparators_of(picture, kpi).items():
        run = 0
        before: Comparator | None = None
        for one in theirs:
            day = picture.calendar.ends_on(one.period, None if is_trust(picture, place) else place)
            run += before is not None and one.period.after(before.period) != 1
            before = one
            if day is not None and first <= day <= last:
                said = with_unit(kpi, one.number)
                row = {"name": name, "day": day.toordinal(), "number": one.number, "period": one.period.words}
                rows.append({**row, "said": said, "run": run})
    return rows


def _numbered(
    picture: Picture, kpi: Kpi, place: str, found: Sequence[Figure], ends: Ends
) -> list[tuple[int, str, Note]]:
    """The notes that lie within the chart, each with its day and number. Notes of one day share a number.

    One on a period that still runs stands at today: it has no value yet, and whoever wrote it looks for it.
    """
    notes, newest = notes_at(picture, kpi, place), max((f.period.ordinal for f in found), default=0)
    running = [p for n in notes if n.period.ordinal > newest for p in (n.period.previous(), n.period)]
    known, today = {**ends_of(picture, place, running), **ends}, picture.on.toordinal()
    dated = [(min(day, today), note) for note in notes if (day := day_of(note, known)) is not None]
    numbers = {day: str(n) for n, day in enumerate(sorted({day for day, _ in dated}), 1)}
    return [(day, numbers[day], note) for day, note in sorted(dated, key=lambda d: d[0])]


def _note_rows(numbered: Sequence[tuple[int, str, Note]]) -> list[dict[str, Any]]:
    by_day: dict[int, dict[str, Any]] = {}
    for day, number, note in numbered:
        row = by_day.setdefault(day, {"day": day, "label": number, "said": ""})
        row["said"] = "; ".join(part for part in (row["said"], note.words) if part)
    return list(by_day.values())


def note_words(note: Note) -> str:
    """`Autumn 1, 2026/27, the definition changed: More families became eligible.`"""
    what = f", {KINDS[note.kind]}" if KINDS[note.kind] else ""
    return f"{note.period.words}{what}: {note.words}"


def _notes(found: Sequence[Figure], numbered: Sequence[tuple[int, str, Note]]) -> list[object]:
    """The numbered notes; what hollow dots and strokes at the foot stand for."""
    said: list[object] = [ui.join(ui.strong(number), note_words(note), by=" ") for _, number, note in numbered]
    if any(f.remark for f in found):
        said.append("A hollow dot is provisional, unreliable, or does not hold every school; the table says which.")
    missing = [f"{f.period.words} ({str(f.missing).lower()})" for f in found if f.missing is not None]
    if missing:
        more = f" and {len(missing) - 4} more" if len(missing) > 4 else ""
        said.append(f"A stroke at the foot is a period without a value: {'; '.join(missing[:4])}{more}.")
    return said
