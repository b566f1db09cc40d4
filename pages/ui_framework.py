"""The markup of the framework as one picture: bands of places in four looks, each of them a link to its element."""

from collections.abc import Sequence

from framework.civic import Element, Part
from framework.picture import Picture
from framework.picture.review import Difference, Doing, Row
from framework.picture.serving import Look, Served, kinds
from pages.ui_html import Html, address, band, cell, esc, join, lines, mark, small, strong

PLURALS = {
    Part.OBJECTIVE: "Objectives",
    Part.STATEMENT: "Statements",
    Part.PILLAR: "Pillars",
    Part.STRAND: "Strands",
    Part.PRIORITY: "Priorities",
}
BANDS = tuple(PLURALS)
NOTHING = "no action yet"
NOTHING_SHOWN = "no action open to you"
_ABREAST = {Part.OBJECTIVE: 3, Part.STATEMENT: 3, Part.PILLAR: 2, Part.STRAND: 5, Part.PRIORITY: 4}


def picture_of(
    found: dict[str, Served], objectives: Sequence[Row], in_part: bool = False, parts: Sequence[Part] = BANDS
) -> Html:
    """The whole picture, band by band.

    objectives  what is done and what difference it makes, one row an objective
    in_part     whether the viewer sees only some actions, so that "none" means none for them
    """
    nothing = NOTHING_SHOWN if in_part else NOTHING
    rows = {row.element.ref: row for row in objectives}
    bands = []
    for part in parts:
        mine = [one for one in found.values() if one.element.part is part]
        cells = [_objective(one, rows[one.element.ref], nothing) if one.element.ref in rows else _cell(one, nothing)
                 for one in mine]  # fmt: skip
        if cells:
            bands.append(band(_name(part, [one.element for one in mine]), cells, _columns(part, len(cells))))
    chosen = any(one.chosen is not None for one in found.values())
    return Html(f'<div class="cd-picture{"" if chosen else " cd-whole"}">{"".join(bands)}</div>')


def _columns(part: Part, count: int) -> int:
    """As many abreast as the part has places, up to its usual number; a sixth strand begins a second row."""
    return min(_ABREAST[part], count)


def _name(part: Part, elements: Sequence[Element]) -> Html:
    notes = join(*(Html(f'<span class="cd-line cd-quiet">{esc(kind)}</span>') for kind in kinds(elements)))
    return Html(f'<h2 class="cd-part">{esc(PLURALS[part])}</h2>{notes}')


def _code(element: Element) -> str:
    return "" if element.part is Part.STRAND else element.code


def _cell(one: Served, nothing: str) -> Html:
    to = address("element", ref=one.element.ref)
    return cell(one.element.words, code=_code(one.element), foot=one.words(nothing), look=str(one.look), to=to)


def _objective(one: Served, row: Row, nothing: str) -> Html:
    """An objective's column: its words are the link, stretched over the cell, so that its name stays short."""
    element = one.element
    title = Html(
        f'<a class="cd-cover" href="{esc(address("element", ref=element.ref))}" target="_self">'
        f'<span class="cd-code">{esc(element.code)}</span>{esc(element.words)}</a>'
    )
    counts = Html(
        f'<div class="cd-two"><div>{lines(small("Doing"), *doing(row.doing, nothing))}</div>'
        f"<div>{lines(small('Difference'), *difference(row.difference))}</div></div>"
    )
    foot = "" if one.chosen is None else f'<span class="cd-foot">{esc(_serving(one))}</span>'
    return Html(f'<div class="cd-cell cd-{one.look} cd-column">{title}{counts}{foot}</div>')


def _serving(one: Served) -> str:
    """`10 of 24 actions · 2 of 8 KPIs serve it`; where nothing serves it, that nothing does."""
    if one.look in (Look.REST, Look.EMPTY):
        return "Nothing here serves it"
    return "" if one.look is Look.CHOSEN else f"{one.words()} serve it"


def doing(found: Doing, nothing: str = NOTHING) -> list[object]:
    """Lines of what is done: `12 of 24 done`, then what was counted beside it."""
    if not found.total:
        return [nothing.capitalize()]
    aside = ((found.late, "late"), (found.quiet, "gone quiet"), (found.blocked, "blocked"), (found.stopped, "stopped"))
    return [strong(f"{found.done} of {found.total} done"), *(f"{n} {word}" for n, word in aside if n)]


def difference(found: Difference, worst: bool = True) -> list[object]:
    """Lines of what difference it makes: `5 of 8 on track`, the one furthest behind, why the others are not judged."""
    if not found.verdicts:
        return ["No KPI yet"]
    first = strong(f"{found.good} of {found.judged} on track") if found.judged else strong("None judged yet")
    said: list[object] = [first]
    if worst and found.worst is not None:
        kpi, verdict = found.worst
        said += [mark(str(verdict.family), verdict.standing, colour_word=False), kpi.title]
    if found.not_moving:
        said.append(f"Done, but not moving: {count(len(found.not_moving), 'KPI')}")
    return [*said, *(f"{n} {why[:1].lower()}{why[1:]}" for why, n in found.not_judged)]


def count(number: int, what: str) -> str:
    """`1 KPI`, `2 KPIs`."""
    return f"{number}\N{NO-BREAK SPACE}{what}{'' if number == 1 else 's'}"


def counts(picture: Picture, element: Element) -> str:
    """`3 actions · 1 KPI` of an element that work is tagged with; empty for the aim and its kin."""
    if element.part not in PLURALS:
        return ""
    served = picture.actions_of(element.edition, element.ref), picture.kpis_of(element.edition, element.ref)
    return f"{count(len(served[0]), 'action')} · {count(len(served[1]), 'KPI')}"


def legend(chosen: bool) -> str:
    """What the four looks mean."""
    if chosen:
        return "Filled: what you chose. Tinted, with a strong bar: something here serves it. Faint bar: the rest. " \
               "Dashed: no action yet."  # fmt: skip
    return "Each place opens to its actions and KPIs. Dashed: no action yet."


def place_of(element: Element) -> str:
    """Which place of the framework this is, without its words: `Statement 2`; `Strand`, `Aim`."""
    part = str(element.part).capitalize()
    return f"{part} {element.code}" if _code(element) and element.part in PLURALS else part
