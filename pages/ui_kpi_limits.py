"""The charts behind a judgement: a series with its mean and usual range; the funnel of schools; each with its table."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from framework import charts
from framework.charts.limits import BETTER, OTHER, WORSE
from framework.kpis.charted import FULL
from framework.kpis.funnel import Funnel, Signal
from framework.kpis.kpi import Kpi, NoteKind
from framework.kpis.reading import ChartKind, Reading, ReadPoint
from framework.kpis.words import NBSP, with_unit
from framework.periods import Period
from framework.picture import Picture
from framework.picture.beside import signed
from framework.picture.figures import Figure, figures, target_words
from framework.picture.judged import targets_at
from framework.picture.lines import begins, notes_at
from framework.picture.schools import funnel_of
from framework.workbook.comma import comma_separated
from pages import ui, ui_kpi
from pages.ui_kpi_chart import day_of, draw, ends_of, scale_ends, ticks, unit_of

HEADS = ("period", "value as charted", "mean", "usual range from", "usual range to", "sign")
SIZES = ("school", "value", "counted", "of", "sign")
STANDS_OUT = {
    Signal.HIGH_0001: "higher than chance explains, clearly",
    Signal.HIGH_0025: "higher than chance explains",
    Signal.NOT_SIGNIFICANT: "",
    Signal.LOW_0025: "lower than chance explains",
    Signal.LOW_0001: "lower than chance explains, clearly",
}


def sign_of(point: ReadPoint) -> str:
    """`better`, `worse`, `by more than chance` where neither way is better; empty for the usual."""
    if not point.flagged:
        return ""
    return OTHER if point.better is None else BETTER if point.better else WORSE


def has_limits(reading: Reading) -> bool:
    return any(p.centre is not None for p in reading.points)


def limits(picture: Picture, kpi: Kpi, place: str, reading: Reading, finding: str) -> None:
    """The chart with its mean and usual range, and its numbers folded under it."""
    plot = _plot(picture, kpi, place, reading)
    key = ("limits", kpi.ref, place, reading.adjusted)
    alt = _alt(kpi, ui_kpi.place_name(picture, place), reading, finding)
    draw(picture, key, lambda palette: charts.limits_plot(plot, palette), alt, "kpi_limits")
    by_period = {f.period: f for f in figures(picture, kpi, place)}
    rows = [_row(kpi, reading, p, by_period.get(p.period)) for p in reversed(reading.points)]
    columns = (
        ui.Column("Period"),
        ui.Column("As charted", "right"),
        ui.Column("Mean", "right", quiet=True),
        ui.Column("Usual range", "right", quiet=True),
        ui.Column("Sign", quiet=True),
    )
    _numbers(columns, rows, f"{reading.kind} of {kpi.title}")
    plain = [(p.period.words, p.number, p.centre, p.low, p.high, p.cause) for p in reading.points]
    _download(
        "Download the numbers of this chart",
        ui.file_name(f"{kpi.code}-usual-range", ".csv"),
        HEADS,
        plain,
        "kpi_limits_download",
    )


def _numbers(columns: Sequence[ui.Column], rows: Sequence[Sequence[object]], caption: str) -> None:
    """A chart's numbers, folded."""
    table = ui.table_html(columns, rows, caption=caption)
    ui.show(ui.Html(f'<details class="cd-fold"><summary>The numbers of this chart</summary>{table}</details>'))


def _download(label: str, name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]], key: str) -> None:
    made = lambda: comma_separated(heads, [tuple(row) for row in rows])  # noqa: E731
    st.download_button(label, made, file_name=name, mime="text/csv", key=key, on_click="ignore", type="tertiary")


def _words(kpi: Kpi, reading: Reading, number: float | None) -> str:
    """A number as charted: with the season taken off it is a difference."""
    if number is None:
        return ""
    return signed(kpi, number) if reading.adjusted else with_unit(kpi, number)


def _row(kpi: Kpi, reading: Reading, point: ReadPoint, figure: Figure | None) -> tuple[object, ...]:
    low, high = (_words(kpi, reading, edge) for edge in (point.low, point.high))
    return (
        point.period.words,
        _words(kpi, reading, point.number) or _why_none(figure),
        _words(kpi, reading, point.centre),
        f"{low} to {high}" if low else "",
        "; ".join(part for part in (sign_of(point).capitalize(), point.cause) if part),
    )


def _plot(picture: Picture, kpi: Kpi, place: str, reading: Reading) -> charts.LimitsPlot:
    points = reading.points
    ends = ends_of(picture, place, [p.period for p in points])
    dated = [p for p in points if p.period in ends]
    notes = [n for n in notes_at(picture, kpi, place) if n.kind is not NoteKind.EVENT]
    days = [day for n in notes if (day := day_of(n, ends)) is not None]
    aims = [t for t in targets_at(picture, kpi, place) if t.number is not None]
    target = None if reading.adjusted or not aims else aims[-1]
    lowest, highest = (None, None) if reading.adjusted else scale_ends(kpi)
    unit = unit_of(kpi)
    return charts.LimitsPlot(
        points=pd.DataFrame(_rows(picture, kpi, place, reading, dated)),
        ticks=ticks([p.period for p in dated], ends),
        unit="points" if reading.adjusted and unit == "%" else unit,
        new_limits=days,
        target=None if target is None else target.number,
        target_words="" if target is None else target_words(kpi, target),
        lowest=lowest,
        highest=highest,
    )


def _rows(picture: Picture, kpi: Kpi, place: str, reading: Reading, dated: Sequence[ReadPoint]) -> list[dict[str, Any]]:
    ends, notes = ends_of(picture, place, [p.period for p in dated]), notes_at(picture, kpi, place)
    remarks = {f.period: f for f in figures(picture, kpi, place)}
    rows: list[dict[str, Any]] = []
    run = stretch = 0
    for n, point in enumerate(dated):
        begun = begins(notes, point.period) if n else None
        stretch += begun is not None
        run += begun is NoteKind.NEW_DEFINITION or point.number is None
        figure = remarks.get(point.period)
        said = _words(kpi, reading, point.number) or _why_none(figure)
        sign = {"sign": sign_of(point), "cause": point.cause or "no more than usual"}
        place_in = {"day": ends[point.period].toordinal(), "period": point.period.words, "run": run, "stretch": stretch}
        edges = {"centre": point.centre, "low": point.low, "high": point.high}
        rows.append({**place_in, "number": point.number, "said": said, **edges, **sign})
    counted: dict[int, int] = {}
    for row in rows:
        counted[row["stretch"]] = counted.get(row["stretch"], 0) + (row["number"] is not None)
    return [{**row, "trial": counted[row["stretch"]] < FULL} for row in rows]


def _why_none(figure: Figure | None) -> str:
    """Why a period is not charted though it may have a number: too few schools are in it."""
    if figure is None:
        return "No value"
    return str(figure.missing) if figure.missing else "Only part is in"


def _alt(kpi: Kpi, place: str, reading: Reading, finding: str) -> str:
    """The finding, then mean and usual range, then what is marked."""
    kind = str(reading.kind)
    words = f"{kind[:1].upper()}{kind[1:]} of {kpi.title}, {place}. {finding}".strip()
    drawn = [p for p in reading.points if p.centre is not None]
    if drawn:
        last = drawn[-1]
        mean, low, high = (_words(kpi, reading, edge) for edge in (last.centre, last.low, last.high))
        words += f" Mean {mean}" + (f", usual range {low} to {high}." if low else ".")
    marked = [f"{p.period.words} ({sign_of(p)})" for p in reading.points if p.flagged]
    return f"{words} Marked: {'; '.join(marked)}." if marked else f"{words} Nothing is marked."


def funnel(picture: Picture, kpi: Kpi) -> bool:
    """Schools by their size, with what their size allows; False where there are too few to compare."""
    found = funnel_of(picture, kpi)
    if found is None:
        return False
    period, seen = found
    plot = _funnel_plot(kpi, seen)
    draw(
        picture,
        ("funnel", kpi.ref),
        lambda palette: charts.funnel_plot(plot, palette),
        _funnel_alt(kpi, period, seen),
        "kpi_funnel",
    )
    columns = (
        ui.Column("School"),
        ui.Column("Value", "right"),
        ui.Column("Made of", "right", quiet=True),
        ui.Column("Chance alone allows", "right", quiet=True),
        ui.Column("Sign", quiet=True),
    )
    rows = [
        (
            p.name,
            with_unit(kpi, p.value),
            f"{p.x:,.0f} of {p.n:,.0f}".replace(" ", NBSP),
            f"{with_unit(kpi, p.interval95.low)} to {with_unit(kpi, p.interval95.high)}",
            STANDS_OUT[p.signal].capitalize(),
        )
        for p in seen.points
    ]
    _numbers(columns, rows, f"{kpi.title}, {period.words}: schools from the largest to the smallest")
    plain = [(p.name, p.value, p.x, p.n, STANDS_OUT[p.signal]) for p in seen.points]
    _download("Download the schools", ui.file_name(f"{kpi.code}-schools", ".csv"), SIZES, plain, "kpi_funnel_download")
    return True


def _funnel_plot(kpi: Kpi, seen: Funnel) -> charts.FunnelPlot:
    points = [
        {
            "label": p.name,
            "size": p.n,
            "number": p.value,
            "said": f"{with_unit(kpi, p.value)} ({p.x:,.0f} of {p.n:,.0f})",
            "sign": STANDS_OUT[p.signal],
        }
        for p in seen.points
    ]
    limits = [
        {"size": at.n, "low95": at.low95, "high95": at.high95, "low998": at.low998, "high998": at.high998}
        for at in seen.limits
    ]
    return charts.FunnelPlot(
        points=pd.DataFrame(points),
        limits=pd.DataFrame(limits),
        pooled=seen.pooled,
        pooled_words=with_unit(kpi, seen.pooled),
        size_words="How many it is a share of",
        highest=100.0,
    )


def _funnel_alt(kpi: Kpi, period: Period, seen: Funnel) -> str:
    out = [
        f"{p.name} is {STANDS_OUT[p.signal]} ({with_unit(kpi, p.value)})" for p in seen.points if STANDS_OUT[p.signal]
    ]
    finding = "; ".join(out) + "." if out else "No school differs by more than chance."
    return (
        f"Funnel plot of {kpi.title} in {period.words}. {finding} "
        f"{len(seen.points)} schools, together {with_unit(kpi, seen.pooled)}."
    )


def kind_words(reading: Reading) -> str:
    """What the chart is called at the head of its section."""
    return "Ups and downs" if reading.kind is not ChartKind.VALUES else "Values over time"
