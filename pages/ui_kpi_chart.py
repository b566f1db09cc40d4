"""The chart of one KPI at one place: its values on their path, with the words that belong to it."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from framework import charts
from framework.kpis.kpi import Kpi, Measure, Target
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
    targets_at,
)
from framework.picture.judged import verdict
from pages import ui, ui_kpi

Ends = Mapping[Period, date]


def chart(picture: Picture, kpi: Kpi, place: str) -> None:
    """The values on their path, and under them what the marks cannot say. Nothing without values."""
    found = figures(picture, kpi, place)
    plot = _plot(picture, kpi, place, found)
    if plot is None:
        return
    finding = verdict(picture, kpi, place).reason
    alt = charts.alt_sentence(kpi.title, ui_kpi.place_name(picture, place), finding, plot.values)
    st.vega_lite_chart(_spec(picture, kpi, place, plot), theme=None, alt=alt, width="stretch", key="kpi_chart")
    for note in _notes(kpi, found):
        ui.quiet(note)


def _spec(picture: Picture, kpi: Kpi, place: str, plot: charts.Plot) -> dict[str, Any]:
    """The chart as Vega-Lite reads it: Altair takes a fifth of a second over it, and one picture never changes."""
    dark = st.context.theme.type == "dark"
    key = ("chart", kpi.ref, place, dark)
    if key not in picture.cache:
        picture.cache[key] = charts.path_and_values(plot, charts.DARK if dark else charts.LIGHT).to_dict()
    return deepcopy(picture.cache[key])  # Streamlit takes the data out of what it is given


def _plot(picture: Picture, kpi: Kpi, place: str, found: Sequence[Figure]) -> charts.Plot | None:
    at = None if is_trust(picture, place) else place
    ends = {f.period: end for f in found if (end := picture.calendar.ends_on(f.period, at)) is not None}
    dated = [f for f in found if f.period in ends]
    if not any(f.missing is None for f in dated):
        return None
    way = expected_on(picture, kpi, place, sorted(ends.values()))
    aims = [(t, end) for t in targets_at(picture, kpi, place) if (end := picture.calendar.ends_on(t.period, at))]
    whole = kpi.measure in (Measure.COUNT, Measure.PERCENTAGE, Measure.RATE)
    return charts.Plot(
        values=pd.DataFrame(_value_rows(kpi, dated, ends)),
        way=_frame([{"day": day.toordinal(), "low": low, "high": high} for day, (low, high) in way.items()]),
        targets=_frame([_target_row(kpi, target, end.toordinal()) for target, end in aims]),
        ticks=_ticks(dated, ends, [(t.period, end) for t, end in aims]),
        unit="%" if kpi.measure is Measure.PERCENTAGE else "£" if kpi.measure is Measure.CURRENCY else kpi.unit or "",
        break_on=_break_on(kpi, ends),
        lowest=0.0 if whole else None,
        highest=100.0 if kpi.measure is Measure.PERCENTAGE else None,
    )


def _break_on(kpi: Kpi, ends: Ends) -> int | None:
    """The day of a break of definition: half-way between the last value of the old and the first of the new."""
    if kpi.break_at is None or kpi.break_at not in ends or kpi.break_at.previous() not in ends:
        return None
    return (ends[kpi.break_at.previous()].toordinal() + ends[kpi.break_at].toordinal()) // 2


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=None if rows else ["day", "low", "high", "said", "label"])


def _value_rows(kpi: Kpi, found: Sequence[Figure], ends: Ends) -> list[dict[str, Any]]:
    """One row a period. A gap, or another definition, begins a new run of the line."""
    rows, run = [], 0
    for figure in found:
        if figure.missing is not None or figure.period == kpi.break_at:
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


def _ticks(found: Sequence[Figure], ends: Ends, aims: Sequence[tuple[Period, date]]) -> dict[int, str]:
    """The first period of each school year, and the last target where it stands apart from them."""
    yearly = [f.period for f in found if f.period.kind is PeriodKind.YEAR or f.period.index == 1]
    ticks = {ends[p].toordinal(): short_period(p) for p in yearly or [found[0].period]}
    for period, end in aims[-1:]:
        if all(abs(end.toordinal() - day) > 100 for day in ticks):
            ticks[end.toordinal()] = short_period(period)
    return ticks


def _notes(kpi: Kpi, found: Sequence[Figure]) -> list[str]:
    """What hollow dots and strokes at the foot stand for, and what changed at a break."""
    notes = []
    if kpi.break_at is not None:
        note = kpi.break_note or "Figures before and after it cannot be set side by side."
        notes.append(f"From {kpi.break_at.words} on the definition is another. {note}")
    if any(f.remark for f in found):
        notes.append("A hollow dot is provisional, unreliable, or does not hold every school; the table says which.")
    missing = [f"{f.period.words} ({str(f.missing).lower()})" for f in found if f.missing is not None]
    if missing:
        more = f" and {len(missing) - 4} more" if len(missing) > 4 else ""
        notes.append(f"A stroke at the foot is a period without a value: {'; '.join(missing[:4])}{more}.")
    return notes
