"""Small pictures as SVG in one string: a KPI's line for the wall. Holds no words but the ends of its height."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from framework.charts.palette import LIGHT, Palette

WIDTH, HEIGHT = 300, 96
TOP, BOTTOM = 16.0, 80.0  # the two hairlines that the ends of the height stand at
LEFT, RIGHT = 3.0, 292.0


def as_address(svg: str) -> str:
    """The picture as a data address."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode('utf-8')).decode('ascii')}"


def small(
    values: Sequence[tuple[int, float | None]],
    way: Sequence[tuple[int, float, float]] = (),
    target: tuple[int, Sequence[float]] | None = None,
    *,
    days: tuple[int, int],
    ends: tuple[float, float],
    ends_words: tuple[str, str],
    palette: Palette = LIGHT,
) -> str:
    """Values as a line with its last one a dot, the path dashed, the target a stroke; a gap is not bridged.

    values  day and number, oldest first; None: missing
    way     day, low and high edge
    days    first and last day of the picture; what is older is left out
    ends    the lowest and highest number of the picture, written at its hairlines in the words given (low, high)
    """
    spot = _Spot(days, ends)
    parts = [_hairline(TOP, palette), _hairline(BOTTOM, palette)]
    parts += [_words(ends_words[1], TOP - 5, palette), _words(ends_words[0], BOTTOM + 13, palette)]
    parts += _way(way, spot, palette)
    if target is not None:
        parts += [_stroke(spot, target[0], number, palette) for number in dict.fromkeys(target[1])]
    parts += _line([v for v in values if v[0] >= days[0]], spot, palette)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"{''.join(parts)}</svg>"
    )


class _Spot:
    """Where a day and a number lie, in px."""

    def __init__(self, days: tuple[int, int], ends: tuple[float, float]) -> None:
        self.first, self.last = days
        self.low, self.high = ends

    def x(self, day: float) -> float:
        return LEFT + (RIGHT - LEFT) * (day - self.first) / max(self.last - self.first, 1)

    def y(self, number: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (number - self.low) / ((self.high - self.low) or 1.0)

    def points(self, found: Iterable[tuple[float, float]]) -> str:
        return " ".join(f"{self.x(day):.1f},{self.y(number):.1f}" for day, number in found)


def _hairline(y: float, palette: Palette) -> str:
    return f'<path d="M0 {y:g}H{WIDTH}" stroke="{palette.hairline}" stroke-width="1"/>'


def _words(words: str, y: float, palette: Palette) -> str:
    face = "font-family=\"'Source Sans 3','Source Sans Pro',system-ui,sans-serif\" font-size=\"11.5\""
    return f'<text x="0" y="{y:g}" {face} fill="{palette.quiet}">{escape(words)}</text>'


def _way(way: Sequence[tuple[int, float, float]], spot: _Spot, palette: Palette) -> list[str]:
    shown = [point for point in way if point[0] >= spot.first]
    if len(shown) < 2:
        return []
    look = f'fill="none" stroke="{palette.way}" stroke-width="1.25" stroke-dasharray="4 3"'
    edges = [[(day, low) for day, low, _ in shown]]
    if any(low != high for _, low, high in shown):
        edges.append([(day, high) for day, _, high in shown])
    return [f'<polyline points="{spot.points(edge)}" {look}/>' for edge in edges]


def _stroke(spot: _Spot, day: int, number: float, palette: Palette) -> str:
    x, y = spot.x(day), spot.y(number)
    return f'<path d="M{x - 6:.1f} {y:.1f}h12" stroke="{palette.way}" stroke-width="2.5"/>'


def _line(values: Sequence[tuple[int, float | None]], spot: _Spot, palette: Palette) -> list[str]:
    parts = []
    last: tuple[int, float] | None = None
    for known, some in groupby(values, key=lambda v: v[1] is not None):
        run = [(day, number) for day, number in some if number is not None]
        if not known:
            continue
        last = run[-1]
        if len(run) > 1:
            look = f'fill="none" stroke="{palette.line}" stroke-width="1.75" stroke-linejoin="round"'
            parts.append(f'<polyline points="{spot.points(run)}" {look}/>')
        else:  # a value between two gaps would not be seen as a line
            parts.append(_dot(spot, run[0], 1.75, palette))
    return parts + ([] if last is None else [_dot(spot, last, 3.5, palette)])


def _dot(spot: _Spot, at: tuple[int, float], radius: float, palette: Palette) -> str:
    return f'<circle cx="{spot.x(at[0]):.1f}" cy="{spot.y(at[1]):.1f}" r="{radius:g}" fill="{palette.line}"/>'
