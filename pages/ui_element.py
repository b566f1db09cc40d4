"""How one part of the framework is drawn: where it stands, and the lists of what serves it."""

from collections.abc import Sequence

from framework.civic import Edition, Element
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.action_lists import ActionLine
from framework.picture.listing import KpiLine
from framework.picture.serving import neighbours
from pages import ui, ui_framework, ui_kpi


def crumbs(edition: Edition, element: Element) -> list[object]:
    """Framework, its version, then this element: `Statement 2`."""
    whole = ui.link("Framework", "framework", framework_version=edition.code)
    return [whole, edition.title, ui_framework.place_of(element)]


def around(picture: Picture, element: Element, state: str) -> ui.Html:
    """What it is and how its version stands, and the way to its neighbours."""
    before, after = neighbours(picture, element)
    return ui.join(
        element.kind[:1].upper() + element.kind[1:] if element.kind else "",
        state,
        ui.link(f"Before: {ui_framework.place_of(before)}", "element", ref=before.ref) if before else "",
        ui.link(f"Next: {ui_framework.place_of(after)}", "element", ref=after.ref) if after else "",
        by=" · ",
    )


def actions(lines: Sequence[ActionLine], nothing: str) -> None:
    rows = [
        (
            ui.join(ui.small(line.action.code), ui.link(line.action.title, "action", ref=line.action.ref), by=" "),
            line.owner or ui.small("no owner"),
            str(line.said) if line.action.status else ui.small("Not set"),
            ui.join(*line.signals.words, by=" · "),
            day_words(line.action.due_on, weekday=False),
        )
        for line in lines
    ]
    columns = (
        ui.Column("Action", width="40%"),
        ui.Column("Owner", width="18%"),
        ui.Column("Status", width="11%"),
        ui.Column("Signals"),
        ui.Column("Due", quiet=True, width="11%"),
    )
    ui.table(columns, rows, caption="Actions that serve it", key="element_actions", empty=nothing)


def kpis(lines: Sequence[KpiLine]) -> None:
    rows = [
        (
            ui.join(ui.small(line.kpi.code), ui.link(line.kpi.title, "kpi", ref=line.kpi.ref), by=" "),
            ui_kpi.standing(line.verdict),
            _why(line),
        )
        for line in lines
    ]
    columns = (ui.Column("KPI", width="32%"), ui.Column("Standing", width="18%"), ui.Column("Why"))
    ui.table(columns, rows, caption="KPIs that speak to it", key="element_kpis", empty="No KPI speaks to this yet.")


def _why(line: KpiLine) -> str:
    """The standing sentence without its word, which stands beside it."""
    rest = line.verdict.reason.removeprefix(f"{line.verdict.standing}: ")
    return rest[:1].upper() + rest[1:]


def elsewhere(picture: Picture, element: Element, others: Sequence[tuple[Edition, Element]]) -> None:
    """The same place in the other versions: that the words are the same, or the other words."""
    pairs = []
    for edition, other in others:
        words = "The same words" if other.words == element.words else other.words
        counts = ui_framework.counts(picture, other)
        pairs.append(
            (edition.code, ui.lines(ui.link(words, "element", ref=other.ref), ui.small(counts) if counts else ""))
        )
    ui.facts(pairs)
