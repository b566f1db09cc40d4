"""The chart of a KPI: its values on their path, what stands beside them, and the words in place of a legend."""

from typing import Any

import altair as alt
import pandas as pd  # type: ignore[import-untyped]

from framework.charts.axes import Scales, axis_of_days, axis_of_numbers, layered, text, told
from framework.charts.beside import marks, others, others_words, rules
from framework.charts.palette import LIGHT, Palette
from framework.charts.plot import MISSING, REPORTED, Plot
from framework.charts.way import expected, targets, way


def path_and_values(plot: Plot, palette: Palette = LIGHT) -> alt.LayerChart:
    """Values as dots on a line that bridges no gap, the path dashed, set points as strokes, the last value written.

    Other people's figures are a thin grey line with its name, notes are numbered marks at the top.
    """
    scales = Scales.of(plot)
    layers: list[Any] = [*rules(plot, scales, palette), *others(plot, scales, palette)]
    layers += [*way(plot, scales, palette), *targets(plot, scales, palette)]
    # Words come last, so that no line runs over them.
    layers += [*_values(plot, scales, palette), *_words(plot, scales, palette), *marks(plot, scales, palette)]
    return layered(layers)


def _values(plot: Plot, scales: Scales, palette: Palette) -> list[Any]:
    x = axis_of_days(scales.x, plot.ticks, palette)
    y = axis_of_numbers(scales.y, palette, plot.unit, plot.lowest, plot.highest)
    shown, said = plot.shown, told(period="Period", said="Value", state="State")
    dot: dict[str, Any] = {"size": 42, "opacity": 1, "stroke": palette.line, "strokeWidth": 2}
    run = alt.Detail(field="run", type="nominal")
    layers: list[Any] = [alt.Chart(shown).mark_line(color=palette.line, strokeWidth=2.25).encode(x=x, y=y, detail=run)]
    for colour, some in (
        (palette.line, shown[shown["state"] == REPORTED]),
        (palette.paper, shown[shown["state"] != REPORTED]),
    ):
        if len(some):  # a layer without marks is an image without a name to a screen reader
            dots = alt.Chart(some).mark_circle(color=colour, **dot)
            layers.append(dots.encode(x=scales.x, y=scales.y, tooltip=said))
    lacking = plot.values[plot.values["state"] == MISSING]
    if len(lacking):
        foot = lacking.assign(number=scales.bottom + (scales.top - scales.bottom) * 0.03)
        stroke = alt.Chart(foot).mark_tick(orient="vertical", color=palette.quiet, thickness=2, size=12, opacity=1)
        layers.append(stroke.encode(x=scales.x, y=scales.y, tooltip=said[:2]))
    return layers


def _words(plot: Plot, scales: Scales, palette: Palette) -> list[Any]:
    """The words on the chart: whose, expected, target, the last value. They stand in for a legend."""
    shown = plot.shown
    layers = others_words(plot, scales, palette)
    if len(plot.way) > 1 and not plot.is_band:
        layers += expected(plot, scales, palette)
    if len(plot.targets):
        last = plot.targets.tail(1)
        falls = len(plot.way) > 1 and plot.way["low"].iloc[0] > plot.way["low"].iloc[-1]
        spot = last.assign(number=last["low" if falls else "high"])
        layers += text(spot, scales, palette, palette.way, align="right", dx=9, dy=17 if falls else -13, fontSize=12)
    if len(shown):
        side = _side(plot, shown) * 10
        look: dict[str, Any] = {"align": "left", "dx": 9, "dy": side, "fontSize": 13, "fontWeight": 600}
        layers += text(shown.tail(1), scales, palette, palette.line, **look)
    return layers


def _side(plot: Plot, shown: pd.DataFrame) -> int:
    """Where the last value's words stand: 1 below its dot, -1 above; away from the path, else from the line."""
    newest = shown.iloc[-1]
    ahead = [float(low) for low in plot.way[plot.way["day"] >= newest["day"]]["low"]] if len(plot.way) else []
    near = 0.02 * float(plot.way["low"].max() - plot.way["low"].min()) if ahead else 0.0
    apart = next((low for low in ahead if abs(low - newest["number"]) > near), None)
    if apart is not None:
        return 1 if apart > newest["number"] else -1
    return 1 if len(shown) > 1 and newest["number"] < shown["number"].iloc[-2] else -1
