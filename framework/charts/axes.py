"""Where things lie on a chart, worked out once so that every layer agrees; its axes; words with a rim of paper."""

from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd  # type: ignore[import-untyped]

from framework.charts.palette import FONT, HEIGHT, Palette
from framework.charts.plot import Plot

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Scales:
    """The two channels without their axes, and the ends of what is drawn on them."""

    x: alt.X
    y: alt.Y
    first: float
    last: float
    bottom: float
    top: float

    @classmethod
    def of(cls, plot: Plot) -> "Scales":
        days = [day for frame in (plot.values, plot.way, plot.targets) if len(frame) for day in frame["day"]]
        first, last = float(min(days)), float(max(days))
        shown = plot.shown
        newest = float(plot.values["day"].max()) if len(shown) else last
        bottom, top = _range(plot, shown)
        return cls.between(first, last, newest, bottom, top)

    @classmethod
    def between(cls, first: float, last: float, newest: float, bottom: float, top: float) -> "Scales":
        """`newest` keeps room right of it for its words."""
        span = max(last - first, 30.0)
        domain = [first - span * 0.02, max(last + span * 0.02, newest + span * 0.13)]
        return cls(channel_x("day", domain), channel_y("number", [bottom, top]), first, last, bottom, top)


def channel_x(field: str, domain: list[float]) -> alt.X:
    return alt.X(field=field, type="quantitative", scale=alt.Scale(domain=domain, nice=False, zero=False))


def channel_y(field: str, domain: list[float]) -> alt.Y:
    # Without a title of its own: a layer that says it has none takes the axis' away.
    return alt.Y(field=field, type="quantitative", scale=alt.Scale(domain=domain, nice=False, zero=False))


def renamed(channel: alt.Y, field: str) -> alt.Y:
    """The same scale for another column."""
    return alt.Y(field=field, type="quantitative", scale=channel["scale"])


def _range(plot: Plot, shown: pd.DataFrame) -> tuple[float, float]:
    """The vertical axis: all that is drawn and a tenth around it, but no further than values can go."""
    drawn = [shown["number"]]
    drawn += [frame[edge] for frame in (plot.way, plot.targets) if len(frame) for edge in ("low", "high")]
    drawn += [plot.beside["number"]] if len(plot.beside) else []
    bottom, top = around(pd.concat(drawn), plot.lowest, plot.highest)
    if len(plot.notes) and plot.highest is not None and top <= plot.highest:
        # A cut axis leaves no strip for the numbered marks above what is drawn.
        top += (top - bottom) * 0.1
    return bottom, top


def around(numbers: pd.Series, lowest: float | None, highest: float | None) -> tuple[float, float]:
    """The ends of an axis for these numbers; `lowest` and `highest` are the ends of what is possible."""
    low, high = (float(numbers.min()), float(numbers.max())) if numbers.notna().any() else (0.0, 1.0)
    room = (high - low) * 0.14 or max(abs(high) * 0.1, 1.0)
    bottom, top = low - room, high + room
    # What lies on the lowest or highest possible value keeps room for its words; the axis writes no number there.
    if lowest is not None and bottom < lowest:
        bottom = lowest - (room if low <= lowest + room * 0.5 else 0.0)
    if highest is not None and top > highest:
        top = highest + (room if high >= highest - room * 0.5 else 0.0)
    return bottom, top


def _look(palette: Palette) -> dict[str, Any]:
    return {
        "domain": False,
        "ticks": False,
        "labelColor": palette.quiet,
        "labelFontSize": 12,
        "labelPadding": 8,
    }


def axis_of_days(channel: alt.X, ticks: Any, palette: Palette, **look: Any) -> alt.X:
    """The days that have words."""
    words = ", ".join(f"'{day}': '{safe(said)}'" for day, said in ticks.items())
    axis = alt.Axis(
        title=None,
        values=list(ticks),
        labelExpr=f"{{{words}}}[datum.value]",
        labelOverlap="greedy",
        **{"grid": False, **_look(palette), **look},
    )
    return channel.axis(axis)


def axis_of_numbers(
    channel: alt.Y, palette: Palette, unit: str, lowest: float | None = None, highest: float | None = None
) -> alt.Y:
    """Numbers with a short unit at each, or a long one above them all; none where no value can be."""
    number = "format(abs(datum.value), abs(datum.value) < 10 && datum.value % 1 ? ',.1~f' : ',.1~f')"
    sign = f"(datum.value < 0 ? '{MINUS}' : '')"
    inside = " && ".join(
        [f"datum.value >= {lowest}"] * (lowest is not None) + [f"datum.value <= {highest}"] * (highest is not None)
    )
    before, after = ("'£'", "''") if unit == "£" else ("''", f"'{NBSP}%'" if unit == "%" else "''")
    return channel.axis(
        alt.Axis(
            tickCount=6,
            labelExpr=f"{inside or 'true'} ? {sign} + {before} + {number} + {after} : ''",
            grid=True,
            gridColor=palette.hairline,
            title=(unit if unit not in ("%", "£") else "") or None,
            titleAngle=0,
            titleAnchor="end",
            titleAlign="left",
            titleBaseline="bottom",
            titleX=0,
            titleY=-6,
            titleColor=palette.quiet,
            titleFontSize=12,
            titleFontWeight="normal",
            **_look(palette),
        )
    )


def safe(words: str) -> str:
    """Words inside an expression's quotes; what could end them goes."""
    return "".join(c for c in words if c.isalnum() or c in " /-,.\N{NO-BREAK SPACE}")


def text(spot: pd.DataFrame, scales: Scales, palette: Palette, colour: str, **look: Any) -> list[Any]:
    """Words with a rim of the paper's colour around them, so that they can be read where a line passes."""
    base = alt.Chart(spot)
    rim = base.mark_text(color=palette.paper, stroke=palette.paper, strokeWidth=3, strokeJoin="round", **look)
    words = base.mark_text(color=colour, **look)
    said = alt.Text(field="label", type="nominal")
    return [layer.encode(x=scales.x, y=scales.y, text=said) for layer in (rim, words)]


def told(**titles: str) -> list[alt.Tooltip]:
    """What is told of a mark: field → its name."""
    return [alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles.items()]


def layered(layers: list[Any], height: int = HEIGHT) -> alt.LayerChart:
    """The layers on one paper, in the product's face."""
    chart = alt.layer(*layers).properties(height=height, width="container", background="transparent")
    styled: alt.LayerChart = chart.configure(font=FONT).configure_view(stroke=None)
    return styled
