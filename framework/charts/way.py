"""The path of a KPI on its chart, and the targets it runs through."""

from typing import Any

import altair as alt
import pandas as pd  # type: ignore[import-untyped]

from framework.charts.axes import Scales, renamed, text, told
from framework.charts.palette import Palette
from framework.charts.plot import Plot


def way(plot: Plot, scales: Scales, palette: Palette) -> list[Any]:
    """The path dashed; a band as an area between its two dashed edges."""
    if plot.way.empty:
        return []
    base = alt.Chart(plot.way)
    low, high = (renamed(scales.y, name) for name in ("low", "high"))
    dashed: dict[str, Any] = {"color": palette.way, "strokeDash": [5, 3], "strokeWidth": 1.75}
    if plot.is_band:
        step: Any = "step-before"
        return [
            base.mark_area(color=palette.way, opacity=0.12, interpolate=step).encode(
                x=scales.x, y=low, y2=alt.Y2(field="high")
            ),
            base.mark_line(interpolate=step, **dashed).encode(x=scales.x, y=low),
            base.mark_line(interpolate=step, **dashed).encode(x=scales.x, y=high),
        ]
    return [base.mark_line(**dashed).encode(x=scales.x, y=low)]


def targets(plot: Plot, scales: Scales, palette: Palette) -> list[Any]:
    """A stroke at each set point, or one at each edge of its band."""
    if plot.targets.empty:
        return []
    layers: list[Any] = []
    for name in ("low", "high"):
        stroke = alt.Chart(plot.targets).mark_tick(
            orient="horizontal", color=palette.way, thickness=3, size=17, opacity=1
        )
        layers.append(stroke.encode(x=scales.x, y=renamed(scales.y, name), tooltip=told(said="Target")))
    return layers


def expected(plot: Plot, scales: Scales, palette: Palette) -> list[Any]:
    """The word beside the path, where the line of values lies furthest from it, on the path's other side."""
    span = scales.last - scales.first
    both = plot.way.merge(plot.shown[["day", "number"]], on="day")
    # Other people's names stand at the right of theirs.
    until = scales.first + span * 0.5 if len(plot.beside) else scales.last - span * 0.3
    free = both[both["day"].between(scales.first + span * 0.12, until)]
    if free.empty:
        first, last = plot.way.iloc[0], plot.way.iloc[-1]
        day, low, below = (first["day"] + last["day"]) / 2, (first["low"] + last["low"]) / 2, True
    else:
        place = free.loc[(free["number"] - free["low"]).abs().idxmax()]
        day, low, below = place["day"], place["low"], bool(place["number"] >= place["low"])
    spot = pd.DataFrame([{"day": day, "number": low, "label": "Expected"}])
    return text(spot, scales, palette, palette.way, dy=15 if below else -13, fontSize=12)
