"""A series with its mean and usual range. A point that moved by more than chance has a ring, a shape and a word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd  # type: ignore[import-untyped]

from framework.charts.axes import Scales, around, axis_of_days, axis_of_numbers, layered, renamed, text, told
from framework.charts.palette import LIGHT, Palette

BETTER, WORSE, OTHER = "better", "worse", "by more than chance"
# Plus and minus read the same in grey, and whichever way is up; standings have other shapes.
_SHAPES = {BETTER: "cross", WORSE: "M-1,-0.35H1V0.35H-1Z", OTHER: "triangle"}
_SOLID: Sequence[float] = (1, 0)
_DOTTED: Sequence[float] = (1.5, 4)
_DASHED: Sequence[float] = (6, 3)


@dataclass(frozen=True)
class LimitsPlot:
    """What the chart shows.

    points      one row a period: day, number (missing: none), centre, low, high (missing: no limits there), period,
                said (words of the value), sign (`better`, `worse`, `by more than chance`, or empty), cause (why, in
                words), run (a number for each stretch of the line without a gap), stretch (a number for each stretch
                with limits of its own), trial (whether that stretch has trial limits)
    ticks       day → words on the axis
    new_limits  days on which a stretch begins
    target      the target in force; None: none, or a band
    """

    points: pd.DataFrame
    ticks: Mapping[int, str]
    unit: str = ""
    new_limits: Sequence[int] = ()
    target: float | None = None
    target_words: str = ""
    lowest: float | None = None
    highest: float | None = None

    @property
    def shown(self) -> pd.DataFrame:
        return self.points[self.points["number"].notna()]


def limits_plot(plot: LimitsPlot, palette: Palette = LIGHT) -> alt.LayerChart:
    """Values on their line, the mean, the usual range (trial limits dotted), the target dashed, and the signs."""
    points = plot.points
    numbers = pd.concat([points[name] for name in ("number", "centre", "low", "high")]).dropna()
    if plot.target is not None:
        numbers = pd.concat([numbers, pd.Series([plot.target])])
    bottom, top = around(numbers, plot.lowest, plot.highest)
    first, last = float(points["day"].min()), float(points["day"].max())
    scales = Scales.between(first, last, last, bottom, top)
    layers: list[Any] = [*_new_limits(plot, scales, palette), *_limits(plot, scales, palette)]
    layers += [*_target(plot, scales, palette), *_values(plot, scales, palette), *_signs(plot, scales, palette)]
    return layered(layers)


def _new_limits(plot: LimitsPlot, scales: Scales, palette: Palette) -> list[Any]:
    if not plot.new_limits:
        return []
    spot = pd.DataFrame({"day": list(plot.new_limits)})
    return [alt.Chart(spot).mark_rule(color=palette.beside, strokeWidth=1).encode(x=scales.x)]


def _limits(plot: LimitsPlot, scales: Scales, palette: Palette) -> list[Any]:
    """Mean and edges step at each period, since a share of few pupils has a wider range than one of many."""
    drawn = plot.points[plot.points["centre"].notna()]
    layers: list[Any] = []
    stretch = alt.Detail(field="stretch", type="nominal")
    for trial, some in drawn.groupby("trial") if len(drawn) else ():
        base = alt.Chart(some)
        for name in ("low", "centre", "high"):
            dash = _SOLID if name == "centre" else _DOTTED if trial else _DASHED
            line = base.mark_line(color=palette.beside, strokeWidth=1.25, interpolate="step", strokeDash=list(dash))
            layers.append(line.encode(x=scales.x, y=renamed(scales.y, name), detail=stretch))
    if len(drawn):
        last = drawn.iloc[-1]
        words = {"high": "Usual range", "centre": "Mean"}
        for name, label in words.items():
            spot = pd.DataFrame([{"day": last["day"], "number": last[name], "label": label}])
            layers += text(spot, scales, palette, palette.quiet, align="left", dx=9, fontSize=12)
    return layers


def _target(plot: LimitsPlot, scales: Scales, palette: Palette) -> list[Any]:
    if plot.target is None:
        return []
    ends = pd.DataFrame({"day": [scales.first, scales.last], "number": [plot.target, plot.target]})
    line = alt.Chart(ends).mark_line(color=palette.way, strokeDash=[5, 3], strokeWidth=1.5)
    spot = pd.DataFrame([{"day": scales.first, "number": plot.target, "label": f"Target {plot.target_words}"}])
    words = text(spot, scales, palette, palette.way, align="left", dy=-9, fontSize=12)
    return [line.encode(x=scales.x, y=scales.y), *words]


def _values(plot: LimitsPlot, scales: Scales, palette: Palette) -> list[Any]:
    base = alt.Chart(plot.shown)
    run = alt.Detail(field="run", type="nominal")
    x = axis_of_days(scales.x, plot.ticks, palette)
    y = axis_of_numbers(scales.y, palette, plot.unit, plot.lowest, plot.highest)
    line = base.mark_line(color=palette.line, strokeWidth=1.75).encode(x=x, y=y, detail=run)
    dots = base.mark_circle(color=palette.line, size=30, opacity=1)
    return [line, dots.encode(x=scales.x, y=scales.y, tooltip=told(period="Period", said="Value", cause="Sign"))]


def _signs(plot: LimitsPlot, scales: Scales, palette: Palette) -> list[Any]:
    layers: list[Any] = []
    said = told(period="Period", said="Value", sign="It is", cause="Because")
    colours = {BETTER: palette.better, WORSE: palette.worse, OTHER: palette.quiet}
    for sign, colour in colours.items():
        some = plot.shown[plot.shown["sign"] == sign]
        if some.empty:
            continue
        base = alt.Chart(some)
        ring = base.mark_point(shape="circle", filled=True, fill=palette.paper, stroke=colour, strokeWidth=1.75)
        shape = base.mark_point(shape=_SHAPES[sign], filled=True, color=colour, opacity=1, size=55)
        layers.append(ring.encode(x=scales.x, y=scales.y, size=alt.value(190), opacity=alt.value(1)))
        layers.append(shape.encode(x=scales.x, y=scales.y, tooltip=said))
        spot = some.tail(1).assign(label=sign.capitalize())
        low = bool(spot["number"].iloc[0] < spot["centre"].iloc[0])
        layers += text(spot, scales, palette, palette.ink, dy=19 if low else -17, fontSize=12)
    return layers
