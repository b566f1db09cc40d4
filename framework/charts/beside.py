"""What stands beside a KPI's values on its chart: others' figures, numbered notes, where something begins anew."""

from typing import Any

import altair as alt
import pandas as pd  # type: ignore[import-untyped]

from framework.charts.axes import Scales, text, told
from framework.charts.palette import Palette
from framework.charts.plot import Plot

TOP = 10  # px from the top, where numbered marks stand


def others(plot: Plot, scales: Scales, palette: Palette) -> list[Any]:
    """Somebody else's figures: a thin grey line without dots but for a figure that stands alone."""
    layers: list[Any] = []
    for _, some in plot.beside.groupby("name", sort=False) if len(plot.beside) else ():
        base = alt.Chart(some)
        said = told(name="Whose", period="Period", said="Figure")
        run = alt.Detail(field="run", type="nominal")
        line = base.mark_line(color=palette.beside, strokeWidth=1.5, strokeDash=[1, 2.5], strokeCap="round")
        layers.append(line.encode(x=scales.x, y=scales.y, detail=run))
        dots = base.mark_circle(color=palette.beside, size=14, opacity=1)
        layers.append(dots.encode(x=scales.x, y=scales.y, tooltip=said))
    return layers


def others_words(plot: Plot, scales: Scales, palette: Palette) -> list[Any]:
    """Each name right of the end of its line; where our last value's words stand there, above or below the line."""
    if plot.beside.empty:
        return []
    ours = plot.shown
    layers: list[Any] = []
    for name, some in plot.beside.groupby("name", sort=False):
        end = some.iloc[-1]
        spot = pd.DataFrame([{"day": end["day"], "number": end["number"], "label": name}])
        look: dict[str, Any] = {"align": "left", "dx": 6}
        if len(ours) and _beside_ours(ours.iloc[-1], end, scales):
            above = float(end["number"]) >= float(ours.iloc[-1]["number"])
            look = {"align": "right", "dx": 0, "dy": -12 if above else 14}
        layers += text(spot, scales, palette, palette.quiet, fontSize=12, **look)
    return layers


def _beside_ours(newest: pd.Series, end: pd.Series, scales: Scales) -> bool:
    near_in_time = abs(end["day"] - newest["day"]) < (scales.last - scales.first) * 0.08
    return bool(near_in_time and abs(end["number"] - newest["number"]) < (scales.top - scales.bottom) * 0.12)


def rules(plot: Plot, scales: Scales, palette: Palette) -> list[Any]:
    """A rule where the definition changed, with words; a thin one where mean and limits begin anew."""
    layers: list[Any] = []
    if plot.new_limits:
        spot = pd.DataFrame({"day": list(plot.new_limits)})
        layers.append(alt.Chart(spot).mark_rule(color=palette.beside, strokeWidth=1).encode(x=scales.x))
    if plot.breaks:
        spot = pd.DataFrame({"day": list(plot.breaks), "label": "Definition changed"})
        layers.append(alt.Chart(spot).mark_rule(color=palette.quiet, strokeWidth=1.25).encode(x=scales.x))
        middle = (scales.first + scales.last) / 2
        for right in (False, True):
            some = spot[(spot["day"] > middle) == right]
            if len(some):
                look: dict[str, Any] = {"align": "right" if right else "left", "dx": -13 if right else 13}
                words = alt.Chart(some).mark_text(fontSize=12, color=palette.quiet, **look)
                layers.append(words.encode(x=scales.x, y=alt.value(TOP), text=alt.Text(field="label", type="nominal")))
    return layers


def marks(plot: Plot, scales: Scales, palette: Palette) -> list[Any]:
    """The numbers of the notes, each in a ring at the top; their words stand under the chart."""
    if plot.notes.empty:
        return []
    base, top = alt.Chart(plot.notes), alt.value(TOP)
    ring = base.mark_circle(color=palette.paper, stroke=palette.quiet, strokeWidth=1.25, size=250, opacity=1)
    number = base.mark_text(color=palette.ink, fontSize=11, fontWeight=600, baseline="middle", dy=0.5)
    return [
        ring.encode(x=scales.x, y=top, tooltip=told(said="Note")),
        number.encode(x=scales.x, y=top, text=alt.Text(field="label", type="nominal")),
    ]
