"""The KPI wall: every KPI as a small picture with its standing, its newest value and one line of what changed."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from framework import charts
from framework.kpis.kpi import Kpi, Measure
from framework.kpis.saying import change_sentence
from framework.kpis.words import MINUS, plain_number
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.listing import KpiLine
from framework.picture.missing import why_none
from framework.picture.reading import reading
from framework.picture.wall import Tile, span, tiles
from pages import ui, ui_kpi


def wall(picture: Picture, lines: Sequence[KpiLine], place: str, school: str | None) -> None:
    """The KPIs in the order given, one link each. `school` goes into the links; None: the trust."""
    if not lines:
        return
    dark = st.context.theme.type == "dark"
    found = tiles(picture, lines, place)
    first, last = span(found, picture)
    days = (first.toordinal(), last.toordinal())
    ui.quiet(
        f"Each picture runs from {day_words(first, weekday=False)} to {day_words(last, weekday=False)}: values as a "
        "line, the path to the target dashed. The two numbers are the ends of its height."
    )
    made = [_tile(picture, tile, place, school, days, dark) for tile in found]
    ui.show(ui.Html(f'<ul class="cd-wall">{"".join(made)}</ul>'))


def _tile(picture: Picture, tile: Tile, place: str, school: str | None, days: tuple[int, int], dark: bool) -> ui.Html:
    line, kpi = tile.line, tile.line.kpi
    change = one_line(change_sentence(kpi, reading(picture, kpi, place), line.verdict))
    missing = why_none(picture, kpi, place, line.verdict)
    value = line.verdict.value
    newest: Any = ui.strong(ui_kpi.number(kpi, value))
    if missing is not None:  # a standing that says the same says it alone
        newest = "" if str(missing) == str(line.verdict.standing) else ui_kpi.nothing(missing)
    period = "" if value is None else ui.small(value.period.words)
    link = f'<a class="cd-cover" href="{ui.esc(_to(kpi, school))}" target="_self">{ui.esc(kpi.title)}</a>'
    return ui.Html(
        f"<li><h2>{link}{ui.small(board_mark(kpi))}</h2>"
        f'<div class="cd-newest"><span>{ui_kpi.standing(line.verdict)}</span>'
        f"<span>{ui.join(newest, period, by=' ')}</span></div>"
        f"{_image(picture, tile, place, days, dark, change)}"
        f"{ui.small(change)}</li>"
    )


def _to(kpi: Kpi, school: str | None) -> str:
    return ui.address("kpi", ref=kpi.ref, place=school, **ui_kpi.kept())


def board_mark(kpi: Kpi) -> str:
    return " · board" if kpi.board_set else ""


def one_line(words: str) -> str:
    """The first sentence, without what it says of itself."""
    head = words.partition(". ")[0].partition(", though")[0]
    return head if head.endswith(".") or not head else f"{head}."


def _image(picture: Picture, tile: Tile, place: str, days: tuple[int, int], dark: bool, change: str) -> str:
    """The picture as an image whose words state the finding; made once for each picture, place and theme."""
    kpi = tile.line.kpi
    if not any(number is not None for _, number in tile.values):
        return ""
    key = ("wall", kpi.ref, place, days, dark)
    if key not in picture.cache:
        drawn = charts.small(
            tile.values,
            tile.way,
            tile.target,
            days=days,
            ends=(tile.low, tile.high),
            ends_words=(_end(kpi, tile.low), _end(kpi, tile.high)),
            palette=charts.DARK if dark else charts.LIGHT,
        )
        picture.cache[key] = charts.as_address(drawn)
    alt = alt_words(tile, change)
    return f'<img alt="{ui.esc(alt)}" src="{picture.cache[key]}" width="300" height="96">'


def _end(kpi: Kpi, number: float) -> str:
    """An end of the height with a short unit, else the bare number."""
    words = plain_number(number, 2)
    if kpi.measure is Measure.PERCENTAGE:
        return f"{words}\N{NO-BREAK SPACE}%"
    if kpi.measure is Measure.CURRENCY:
        return f"{MINUS}£{words[1:]}" if words.startswith(MINUS) else f"£{words}"
    return words


def alt_words(tile: Tile, change: str) -> str:
    """The finding first, then how many values from what to what."""
    kpi, reached = tile.line.kpi, tile.line.verdict
    known = [f for f in tile.figures if f.missing is None and f.value is not None]
    words = f"{kpi.title}. {reached.reason} {change}".strip()
    if len(known) == 1:
        return f"{words} One value."
    first, last = known[0], known[-1]
    return (
        f"{words} {len(known)} values, from {ui_kpi.number(kpi, first.value)} in {first.period.words} "
        f"to {ui_kpi.number(kpi, last.value)} in {last.period.words}."
    )
