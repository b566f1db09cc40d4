"""Schools beside one another by their size: each share with the range that its size allows by chance."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd  # type: ignore[import-untyped]

from framework.charts.axes import (
    MINUS,
    Scales,
    around,
    axis_of_numbers,
    channel_x,
    channel_y,
    layered,
    renamed,
    text,
    told,
)
from framework.charts.palette import LIGHT, Palette


@dataclass(frozen=True)
class FunnelPlot:
    """What the plot shows.

    points  one row a school: label (its name), size (its denominator), number, said, sign (how it stands out; empty:
            it does not)
    limits  one row a size: size, low95, high95, low998, high998
    """

    points: pd.DataFrame
    limits: pd.DataFrame
    pooled: float
    pooled_words: str
    unit: str = "%"
    size_words: str = ""
    lowest: float | None = 0.0
    highest: float | None = None


def funnel_plot(plot: FunnelPlot, palette: Palette = LIGHT) -> alt.LayerChart:
    """A dot a school with its name, the share of all schools together, its 95 % limits dashed and 99.8 % solid."""
    edges = [plot.limits[name] for name in ("low95", "high95")]
    bottom, top = around(pd.concat([plot.points["number"], *edges]), plot.lowest, plot.highest)
    first, last = float(plot.limits["size"].min()), float(plot.limits["size"].max())
    room = (last - first) * 0.04
    x, y = channel_x("size", [first - room, last + room]), channel_y("number", [bottom, top])
    scales = Scales(x, y, first, last, bottom, top)
    layers = [*_limits(plot, scales, palette), *_points(plot, scales, palette)]
    return layered(layers)


def _limits(plot: FunnelPlot, scales: Scales, palette: Palette) -> list[Any]:
    base = alt.Chart(plot.limits)
    layers: list[Any] = []
    for name, dash in (("low95", [6, 3]), ("high95", [6, 3]), ("low998", [1, 0]), ("high998", [1, 0])):
        # Wide limits of a very small school would flatten all others: what leaves the frame is cut.
        line = base.mark_line(color=palette.beside, strokeWidth=1.25, strokeDash=dash, clip=True)
        layers.append(line.encode(x=scales.x, y=renamed(scales.y, name)))
    ends = pd.DataFrame({"size": [scales.first, scales.last], "number": [plot.pooled, plot.pooled]})
    layers.append(alt.Chart(ends).mark_line(color=palette.beside, strokeWidth=1.25).encode(x=scales.x, y=scales.y))
    end = pd.DataFrame([{"size": scales.last, "number": plot.pooled, "label": f"All schools {plot.pooled_words}"}])
    return [*layers, *text(end, scales, palette, palette.quiet, align="right", dy=-9, fontSize=12)]


def _points(plot: FunnelPlot, scales: Scales, palette: Palette) -> list[Any]:
    points = plot.points.sort_values("size").reset_index(drop=True)
    axis = alt.Axis(
        title=plot.size_words or None,
        titleColor=palette.quiet,
        titleFontSize=12,
        titleFontWeight="normal",
        grid=False,
        domain=False,
        ticks=False,
        labelColor=palette.quiet,
        labelFontSize=12,
        labelPadding=8,
        labelExpr=f"replace(datum.label, '-', '{MINUS}')",
        tickCount=6,
    )
    x = scales.x.axis(axis)
    y = axis_of_numbers(scales.y, palette, plot.unit, plot.lowest, plot.highest)
    said = told(label="School", said="Value", sign="It is")
    layers: list[Any] = []
    # Neighbours in size take turns above and below, and names at an edge keep inside, so that they do not meet.
    third = (scales.last - scales.first) / 3
    for n, row in points.iterrows():
        at = (
            "left" if row["size"] < scales.first + third else "right" if row["size"] > scales.last - third else "center"
        )
        dy, dx = (-14 if n % 2 else 17), {"left": -5, "right": 5, "center": 0}[at]
        spot = pd.DataFrame([row])
        layers += text(spot, scales, palette, palette.ink, align=at, dx=dx, dy=dy, fontSize=12)
    base = alt.Chart(points)
    # Above the words, whose rim would hide a neighbour.
    layers.append(base.mark_circle(color=palette.line, size=60, opacity=1).encode(x=x, y=y, tooltip=said))
    out = points[points["sign"] != ""]
    if len(out):
        ring = alt.Chart(out).mark_point(shape="circle", filled=False, color=palette.line, strokeWidth=1.75)
        layers.append(ring.encode(x=scales.x, y=scales.y, size=alt.value(190), opacity=alt.value(1)))
    return layers
