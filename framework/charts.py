"""Charts from plain frames, drawn with Altair. Knows no KPI rule, reads no store; the same frame makes chart and words.

Channels are written as objects: shorthand strings cost a hundred times as much to build.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd  # type: ignore[import-untyped]

HEIGHT = 300  # px, axis and all
FONT = "Source Sans, sans-serif"
MISSING, REPORTED = "missing", "reported"


@dataclass(frozen=True)
class Palette:
    """The colours of a chart on one paper. None of them is a colour of a standing."""

    ink: str
    quiet: str
    hairline: str
    paper: str
    line: str
    way: str


LIGHT = Palette("#1A1A1A", "#4E5660", "#D9DEE3", "#FFFFFF", "#12436D", "#801650")
DARK = Palette("#F1F3F5", "#B3BCC6", "#343C45", "#14181D", "#6BACE6", "#E58CC0")


@dataclass(frozen=True)
class Plot:
    """What one chart shows. Days are ordinal numbers of dates, so that no time zone can move them.

    values   one row a period: day, number (missing: none), period, said (words of the value), state (`reported`,
             `missing`, or why it is drawn hollow), run (a number for each stretch without a gap)
    way      one row a day of the path: day, low, high (the same unless a band)
    targets  one row a set point: day, low, high, said
    ticks    day → words on the axis
    """

    values: pd.DataFrame
    way: pd.DataFrame
    targets: pd.DataFrame
    ticks: Mapping[int, str]
    unit: str = ""  # `%` or `£` stands at every number of the axis, anything else above it
    break_on: int | None = None
    lowest: float | None = None  # the value can never be lower, nor the axis
    highest: float | None = None


def path_and_values(plot: Plot, palette: Palette = LIGHT) -> alt.LayerChart:
    """Values as dots on a line that bridges no gap, the path dashed, set points as strokes, the last value written."""
    scales = _Scales.of(plot)
    layers: list[Any] = [*_way(plot, scales, palette), *_targets(plot, scales, palette)]
    if plot.break_on is not None:
        layers += _break(plot.break_on, scales, palette)
    # Words come last, so that no line runs over them.
    layers += [*_values(plot, scales, palette), *_words(plot, scales, palette)]
    chart = alt.layer(*layers).properties(height=HEIGHT, width="container", background="transparent")
    styled: alt.LayerChart = chart.configure(font=FONT).configure_view(stroke=None)
    return styled


def alt_sentence(title: str, place: str, finding: str, values: pd.DataFrame) -> str:
    """The chart for someone who cannot see it: the finding; first, last, lowest and highest value; the gaps."""
    shown = values[values["state"] != MISSING]
    if shown.empty:
        return f"{title}, {place}: no values yet. {finding}"
    first, last = shown.iloc[0], shown.iloc[-1]
    words = f"Line chart of {title}, {place}. {finding}"
    if len(shown) == 1:
        return f"{words} One value: {first['said']} in {first['period']}."
    low, high = shown.loc[shown["number"].idxmin()], shown.loc[shown["number"].idxmax()]
    words += f" {len(shown)} values, from {first['said']} in {first['period']} to {last['said']} in {last['period']};"
    words += f" lowest {low['said']} in {low['period']}, highest {high['said']} in {high['period']}."
    gaps = int((values["state"] == MISSING).sum())
    return words if gaps == 0 else f"{words} {gaps} {'period has' if gaps == 1 else 'periods have'} no value."


@dataclass(frozen=True)
class _Scales:
    """Where things lie, worked out once so that every layer agrees."""

    x: alt.X
    y: alt.Y
    y_title: str
    first: float
    last: float
    bottom: float
    top: float

    @classmethod
    def of(cls, plot: Plot) -> "_Scales":
        values = plot.values[plot.values["state"] != MISSING]
        days = [*plot.values["day"], *plot.way["day"], *plot.targets["day"]]
        first, last = float(min(days)), float(max(days))
        span = max(last - first, 30.0)
        newest = float(values["day"].max()) if len(values) else last
        domain = [first - span * 0.02, max(last + span * 0.02, newest + span * 0.13)]
        low, high = _range(plot, values)
        x = alt.X(
            field="day",
            type="quantitative",
            title=None,
            scale=alt.Scale(domain=domain, nice=False, zero=False),
        )
        y = alt.Y(
            field="number",
            type="quantitative",
            title=None,
            scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        )
        return cls(x, y, "" if plot.unit in ("%", "£") else plot.unit, first, last, low, high)


def _range(plot: Plot, values: pd.DataFrame) -> tuple[float, float]:
    """The vertical axis: all that is drawn and a tenth around it, but no further than values can go."""
    drawn = pd.concat([values["number"], plot.way["low"], plot.way["high"], plot.targets["low"], plot.targets["high"]])
    low, high = (float(drawn.min()), float(drawn.max())) if len(drawn) else (0.0, 1.0)
    room = (high - low) * 0.14 or max(abs(high) * 0.1, 1.0)
    bottom, top = low - room, high + room
    # What lies on the lowest or highest possible value keeps room for its words; the axis writes no number there.
    if plot.lowest is not None and bottom < plot.lowest:
        bottom = plot.lowest - (room if low <= plot.lowest + room * 0.5 else 0.0)
    if plot.highest is not None and top > plot.highest:
        top = plot.highest + (room if high >= plot.highest - room * 0.5 else 0.0)
    return bottom, top


def _axes(plot: Plot, scales: _Scales, palette: Palette) -> tuple[alt.X, alt.Y]:
    """The two channels with their axes; only one layer carries them."""
    look: dict[str, Any] = {
        "domain": False,
        "ticks": False,
        "labelColor": palette.quiet,
        "labelFontSize": 12,
        "labelPadding": 8,
    }
    words = ", ".join(f"'{day}': '{_safe(said)}'" for day, said in plot.ticks.items())
    x = scales.x.axis(
        alt.Axis(
            values=list(plot.ticks), labelExpr=f"{{{words}}}[datum.value]", grid=False, labelOverlap="greedy", **look
        )
    )
    number = "format(abs(datum.value), abs(datum.value) < 10 && datum.value % 1 ? ',.1~f' : ',.1~f')"
    sign = "(datum.value < 0 ? '\N{MINUS SIGN}' : '')"
    inside = " && ".join(
        [f"datum.value >= {plot.lowest}"] * (plot.lowest is not None)
        + [f"datum.value <= {plot.highest}"] * (plot.highest is not None)
    )
    before, after = ("'£'", "''") if plot.unit == "£" else ("''", "'\N{NO-BREAK SPACE}%'" if plot.unit == "%" else "''")
    y = scales.y.axis(
        alt.Axis(
            tickCount=6,
            labelExpr=f"{inside or 'true'} ? {sign} + {before} + {number} + {after} : ''",
            grid=True,
            gridColor=palette.hairline,
            title=scales.y_title or None,
            titleAngle=0,
            titleAnchor="end",
            titleAlign="left",
            titleBaseline="bottom",
            titleX=0,
            titleY=-6,
            titleColor=palette.quiet,
            titleFontSize=12,
            titleFontWeight="normal",
            **look,
        )
    )
    return x, y


def _safe(words: str) -> str:
    """Words inside an expression's quotes; what could end them goes."""
    return "".join(c for c in words if c.isalnum() or c in " /-,.\N{NO-BREAK SPACE}")


def _values(plot: Plot, scales: _Scales, palette: Palette) -> list[Any]:
    x, y = _axes(plot, scales, palette)
    shown = plot.values[plot.values["state"] != MISSING]
    told = [
        alt.Tooltip(field="period", type="nominal", title="Period"),
        alt.Tooltip(field="said", type="nominal", title="Value"),
        alt.Tooltip(field="state", type="nominal", title="State"),
    ]
    base = alt.Chart(shown)
    dot: dict[str, Any] = {"size": 42, "opacity": 1, "stroke": palette.line, "strokeWidth": 2}
    run = alt.Detail(field="run", type="nominal")
    layers: list[Any] = [base.mark_line(color=palette.line, strokeWidth=2.25).encode(x=x, y=y, detail=run)]
    for colour, some in (
        (palette.line, shown[shown["state"] == REPORTED]),
        (palette.paper, shown[shown["state"] != REPORTED]),
    ):
        if len(some):  # a layer without marks is an image without a name to a screen reader
            dots = alt.Chart(some).mark_circle(color=colour, **dot)
            layers.append(dots.encode(x=scales.x, y=scales.y, tooltip=told))
    lacking = plot.values[plot.values["state"] == MISSING]
    if len(lacking):
        foot = lacking.assign(number=scales.bottom + (scales.top - scales.bottom) * 0.03)
        stroke = alt.Chart(foot).mark_tick(orient="vertical", color=palette.quiet, thickness=2, size=12, opacity=1)
        layers.append(stroke.encode(x=scales.x, y=scales.y, tooltip=told[:2]))
    return layers


def _words(plot: Plot, scales: _Scales, palette: Palette) -> list[Any]:
    """The words on the chart: expected, target, the last value. They stand in for a legend."""
    shown = plot.values[plot.values["state"] != MISSING]
    straight = len(plot.way) > 1 and not (plot.way["low"] != plot.way["high"]).any()
    layers = _expected(plot, shown, scales, palette) if straight else []
    if len(plot.targets):
        last = plot.targets.tail(1)
        falls = len(plot.way) > 1 and plot.way["low"].iloc[0] > plot.way["low"].iloc[-1]
        spot = last.assign(number=last["low" if falls else "high"])
        layers += _text(spot, scales, palette, palette.way, align="right", dx=9, dy=17 if falls else -13, fontSize=12)
    if len(shown):
        side = _side(plot, shown) * 10
        look: dict[str, Any] = {"align": "left", "dx": 9, "dy": side, "fontSize": 13, "fontWeight": 600}
        layers += _text(shown.tail(1), scales, palette, palette.line, **look)
    return layers


def _text(spot: pd.DataFrame, scales: _Scales, palette: Palette, colour: str, **look: Any) -> list[Any]:
    """Words with a rim of the paper's colour around them, so that they can be read where a line passes."""
    base = alt.Chart(spot)
    rim = base.mark_text(color=palette.paper, stroke=palette.paper, strokeWidth=3, strokeJoin="round", **look)
    words = base.mark_text(color=colour, **look)
    text = alt.Text(field="label", type="nominal")
    return [layer.encode(x=scales.x, y=scales.y, text=text) for layer in (rim, words)]


def _side(plot: Plot, shown: pd.DataFrame) -> int:
    """Where the last value's words stand: 1 below its dot, -1 above; away from the path, else from the line."""
    newest = shown.iloc[-1]
    ahead = [float(low) for low in plot.way[plot.way["day"] >= newest["day"]]["low"]]
    near = 0.02 * float(plot.way["low"].max() - plot.way["low"].min()) if ahead else 0.0
    apart = next((low for low in ahead if abs(low - newest["number"]) > near), None)
    if apart is not None:
        return 1 if apart > newest["number"] else -1
    return 1 if len(shown) > 1 and newest["number"] < shown["number"].iloc[-2] else -1


def _way(plot: Plot, scales: _Scales, palette: Palette) -> list[Any]:
    if plot.way.empty:
        return []
    base = alt.Chart(plot.way)
    low, high = (_renamed(scales.y, name) for name in ("low", "high"))
    dashed: dict[str, Any] = {"color": palette.way, "strokeDash": [5, 3], "strokeWidth": 1.75}
    if (plot.way["low"] != plot.way["high"]).any():
        step: Any = "step-before"
        return [
            base.mark_area(color=palette.way, opacity=0.12, interpolate=step).encode(
                x=scales.x, y=low, y2=alt.Y2(field="high")
            ),
            base.mark_line(interpolate=step, **dashed).encode(x=scales.x, y=low),
            base.mark_line(interpolate=step, **dashed).encode(x=scales.x, y=high),
        ]
    return [base.mark_line(**dashed).encode(x=scales.x, y=low)]


def _expected(plot: Plot, shown: pd.DataFrame, scales: _Scales, palette: Palette) -> list[Any]:
    """The word beside the path, where the line of values lies furthest from it, on the path's other side."""
    span = scales.last - scales.first
    both = plot.way.merge(shown[["day", "number"]], on="day")
    free = both[both["day"].between(scales.first + span * 0.12, scales.last - span * 0.3)]
    if free.empty:
        first, last = plot.way.iloc[0], plot.way.iloc[-1]
        day, low, below = (first["day"] + last["day"]) / 2, (first["low"] + last["low"]) / 2, True
    else:
        place = free.loc[(free["number"] - free["low"]).abs().idxmax()]
        day, low, below = place["day"], place["low"], bool(place["number"] >= place["low"])
    spot = pd.DataFrame([{"day": day, "number": low, "label": "Expected"}])
    return _text(spot, scales, palette, palette.way, dy=15 if below else -13, fontSize=12)


def _targets(plot: Plot, scales: _Scales, palette: Palette) -> list[Any]:
    if plot.targets.empty:
        return []
    told = [alt.Tooltip(field="said", type="nominal", title="Target")]
    layers: list[Any] = []
    for name in ("low", "high"):
        stroke = alt.Chart(plot.targets).mark_tick(
            orient="horizontal", color=palette.way, thickness=3, size=17, opacity=1
        )
        layers.append(stroke.encode(x=scales.x, y=_renamed(scales.y, name), tooltip=told))
    return layers


def _break(day: int, scales: _Scales, palette: Palette) -> list[Any]:
    spot = pd.DataFrame([{"day": day, "said": "Definition changed"}])
    right = day > (scales.first + scales.last) / 2
    words = alt.Chart(spot).mark_text(
        align="right" if right else "left", dx=-6 if right else 6, fontSize=12, color=palette.quiet
    )
    return [
        alt.Chart(spot).mark_rule(color=palette.quiet, strokeWidth=1.25).encode(x=scales.x),
        words.encode(x=scales.x, y=alt.value(8), text=alt.Text(field="said", type="nominal")),
    ]


def _renamed(channel: alt.Y, field: str) -> alt.Y:
    return alt.Y(field=field, type="quantitative", title=None, scale=channel["scale"])
