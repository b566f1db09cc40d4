"""Actions as lines over time, one under another: from start to the day promised now, their milestones as small ticks.

Narrow or wide, nothing is lost: each title stands above its own line and is cut where the paper ends. No colour of a
standing is used; what is over is grey.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd  # type: ignore[import-untyped]

from framework.charts.axes import axis_of_days, channel_x, layered, told
from framework.charts.palette import LIGHT, Palette

ROW = 38  # px: a title and its line
TOP = 0.7  # of a row, above the first: the word at today's rule
_TITLE, _LINE, _GROUP = 0.32, 0.72, 0.68  # where in its row each stands
# No shape that a standing has.
_TICK = "M-0.22,-1H0.22V1H-0.22Z"
_STEP = "M-0.45,-1H0.45V1H-0.45Z"


@dataclass(frozen=True)
class TimelinePlot:
    """What the chart shows. Days are ordinal numbers of dates.

    lines   one row an action: row (its place from the top, from 0), label (code and title), start, due, first (the
            day promised first; missing: the same), over (done or stopped), said (its dates in words)
    steps   one row a milestone: row, day, done, said
    groups  one row a heading: row, label
    today   the day of the rule, with its words
    ticks   day → words on the axis
    """

    lines: pd.DataFrame
    steps: pd.DataFrame
    groups: pd.DataFrame
    today: int
    today_words: str
    ticks: Mapping[int, str]

    @property
    def rows(self) -> int:
        return len(self.lines) + len(self.groups)


def timeline_plot(plot: TimelinePlot, palette: Palette = LIGHT) -> alt.LayerChart:
    """Headings, titles, lines with their ends and milestones, and today as a rule."""
    days = [float(d) for name in ("start", "due", "first") for d in plot.lines[name].dropna()]
    days += [float(d) for d in plot.steps["day"]] if len(plot.steps) else []
    first, last = min([*days, plot.today]), max([*days, plot.today])
    room = max(last - first, 30.0) * 0.012
    x = channel_x("start", [first - room, last + room])
    y = alt.Y(field="y", type="quantitative", axis=None, scale=alt.Scale(domain=[-TOP, plot.rows], reverse=True))
    layers = [*_today(plot, x, y, palette), *_headings(plot, y, palette), *_lines(plot, x, y, palette)]
    layers += [*_steps(plot, x, y, palette), *_titles(plot, y, palette)]
    return layered(layers, height=round((plot.rows + TOP) * ROW) + 30)


def _at(frame: pd.DataFrame, part: float) -> pd.DataFrame:
    return frame.assign(y=frame["row"] + part)


def _days(x: alt.X, field: str) -> alt.X:
    """The same scale for another column."""
    return alt.X(field=field, type="quantitative", scale=x["scale"])


def _today(plot: TimelinePlot, x: alt.X, y: alt.Y, palette: Palette) -> list[Any]:
    axis = axis_of_days(x, plot.ticks, palette, orient="top", grid=True, gridColor=palette.hairline)
    spot = pd.DataFrame([{"start": plot.today, "y": -TOP / 2, "label": plot.today_words}])
    base = alt.Chart(spot)
    # Words at a rule in the right half run to the left of it, so that they stay on the paper.
    low, high = x["scale"]["domain"]
    right = plot.today > (low + high) / 2
    words = base.mark_text(
        align="right" if right else "left", dx=-6 if right else 6, color=palette.ink, fontSize=12, fontWeight=600
    )
    return [
        base.mark_rule(color=palette.ink, strokeWidth=1.25).encode(x=axis),
        words.encode(x=x, y=y, text=alt.Text(field="label", type="nominal")),
    ]


def _words(frame: pd.DataFrame, y: alt.Y, palette: Palette, colour: str, **look: Any) -> list[Any]:
    """Words from the left edge, cut at the right one, with a rim of paper so that no line crosses them."""
    base = alt.Chart(frame)
    at: dict[str, Any] = {"align": "left", "limit": {"expr": "width"}, **look}
    rim = base.mark_text(color=palette.paper, stroke=palette.paper, strokeWidth=4, strokeJoin="round", **at)
    said = alt.Text(field="label", type="nominal")
    return [layer.encode(x=alt.value(0), y=y, text=said) for layer in (rim, base.mark_text(color=colour, **at))]


def _headings(plot: TimelinePlot, y: alt.Y, palette: Palette) -> list[Any]:
    if plot.groups.empty:
        return []
    return _words(_at(plot.groups, _GROUP), y, palette, palette.ink, fontSize=13, fontWeight=600)


def _titles(plot: TimelinePlot, y: alt.Y, palette: Palette) -> list[Any]:
    layers: list[Any] = []
    for over, colour in ((False, palette.ink), (True, palette.quiet)):
        some = plot.lines[plot.lines["over"] == over]
        if len(some):
            layers += _words(_at(some, _TITLE), y, palette, colour, fontSize=12)
    return layers


def _lines(plot: TimelinePlot, x: alt.X, y: alt.Y, palette: Palette) -> list[Any]:
    """Solid to the day promised first, dashed on to the day promised now; both ends of that stretch have a tick."""
    layers: list[Any] = []
    for over, colour in ((False, palette.line), (True, palette.beside)):
        some = _at(plot.lines[plot.lines["over"] == over], _LINE)
        if some.empty:
            continue
        until = some["first"].where(some["first"] < some["due"], some["due"])
        base = alt.Chart(some.assign(until=until))
        layers.append(_stretch(base, "start", "until", x, y, color=colour, strokeWidth=3))
        moved = some[some["first"].notna()]
        if len(moved):
            put_off = alt.Chart(moved)
            layers.append(_stretch(put_off, "first", "due", x, y, color=colour, strokeWidth=1.5, strokeDash=[3, 3]))
            layers.append(_tick(put_off, _days(x, "first"), y, colour, palette.paper, size=200))
        layers.append(_tick(base, _days(x, "due"), y, colour, colour, size=200))
    return layers


def _stretch(base: alt.Chart, begins: str, ends: str, x: alt.X, y: alt.Y, **look: Any) -> Any:
    until = alt.X2(field=ends)
    return base.mark_rule(**look).encode(x=_days(x, begins), x2=until, y=y, tooltip=told(label="Action", said="Dates"))


def _tick(base: alt.Chart, x: alt.X, y: alt.Y, colour: str, fill: str, size: int) -> Any:
    tick = base.mark_point(shape=_TICK, size=size, filled=True, fill=fill, stroke=colour, strokeWidth=1.25, opacity=1)
    return tick.encode(x=x, y=y, tooltip=told(label="Action", said="Dates"))


def _steps(plot: TimelinePlot, x: alt.X, y: alt.Y, palette: Palette) -> list[Any]:
    layers: list[Any] = []
    for done in (False, True) if len(plot.steps) else ():
        some = plot.steps[plot.steps["done"] == done]
        if len(some):
            fill = palette.ink if done else palette.paper
            base = alt.Chart(_at(some, _LINE))
            small = base.mark_point(
                shape=_STEP, size=72, filled=True, fill=fill, stroke=palette.ink, strokeWidth=1, opacity=1
            )
            layers.append(small.encode(x=_days(x, "day"), y=y, tooltip=told(label="Milestone", said="Date")))
    return layers


def timeline_words(plot: TimelinePlot, first: str, last: str, late: int) -> str:
    """The chart in a sentence or two, for someone who cannot see it.

    first, last  the days at its ends, in words
    late         how many of the actions are late today
    """
    number, moved = len(plot.lines), int(plot.lines["first"].notna().sum())
    actions = f"{number} action{'' if number == 1 else 's'}"
    under = f" under {len(plot.groups)} objective{'' if len(plot.groups) == 1 else 's'}" if len(plot.groups) else ""
    said = [f"Timeline of {actions}{under}, from {first} to {last}."]
    over = int(plot.lines["over"].sum())
    counted = ((over, "over"), (late, "late"), (moved, "moved from the day promised first"))
    told_of = [f"{n} {'is' if n == 1 else 'are'} {word}" for n, word in counted if n]
    if told_of:
        said.append(f"{'; '.join(told_of)}.")
    if len(plot.steps):
        said.append(f"{int(plot.steps['done'].sum())} of {len(plot.steps)} milestones are done.")
    return " ".join([*said, "The table below says the same."])
