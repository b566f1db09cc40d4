"""What a review says, in words, bars and marks: counts of changes, what we are doing, what difference it makes."""

from framework.kpis.kpi import Kpi
from framework.picture.compare import Changes
from framework.picture.review import Difference, Doing, FiguresIn
from framework.places import Place, PlaceKind
from pages import ui

NBSP = "\N{NO-BREAK SPACE}"
NONE = "No {} here yet"
_ASIDE = {"No target": "with no target", "Only part is in": "only in part"}


def counted(*pairs: tuple[int, str]) -> str:
    return " · ".join(f"{n}{NBSP}{words}" for n, words in pairs if n)


def changed(changes: Changes) -> ui.Html:
    kpis = "KPI" if len(changes.better) == 1 else "KPIs"
    done = "action" if len(changes.done) == 1 else "actions"
    said = (
        f"{len(changes.better)} {kpis} better",
        f"{len(changes.worse)} worse",
        f"{len(changes.done)} {done} done",
        f"{len(changes.newly_late)} newly late",
        f"{len(changes.gone_quiet)} gone quiet",
    )
    numbers = (words.split(" ", 1) for words in said)
    return ui.join(*(ui.join(ui.strong(n), words.replace(" ", NBSP), by=NBSP) for n, words in numbers), by=" · ")


def doing(found: Doing, view: dict[str, str]) -> ui.Html:
    if not found.total:
        return ui.small(NONE.format("action"))
    signs = counted(
        (found.late, "late"), (found.quiet, "gone quiet"), (found.blocked, "blocked"), (found.stopped, "stopped")
    )
    done = ui.link(f"{found.done} of {found.total} done", "actions", **view)
    return ui.lines(ui.strong(done), ui.bar(found.done, found.total), ui.small(signs) if signs else "")


def difference(found: Difference, view: dict[str, str], place: str | None) -> ui.Html:
    """`place`: the school in view."""
    if not found.verdicts:
        return ui.small(NONE.format("KPI"))
    good = f"{found.good} of {found.judged} on track" if found.judged else "None judged yet"
    aside = counted(*((n, _ASIDE.get(why, why.lower())) for why, n in found.not_judged))
    shapes = [(verdict.family, f"{kpi.title}: {verdict.standing}") for kpi, verdict in found.verdicts]
    worst = "" if found.worst is None else ui.small(ui.join("Worst: ", _kpi(found.worst[0], place)))
    still = ui.join(*(_kpi(kpi, place) for kpi in found.not_moving), by=", ")
    return ui.lines(
        ui.join(ui.strong(ui.link(good, "kpis", **view)), ui.small(aside), by=" "),
        ui.marks(shapes),
        ui.join("Done, but not moving: ", still) if still else worst,
    )


def _kpi(kpi: Kpi, place: str | None) -> ui.Html:
    return ui.link(kpi.title, "kpi", ref=kpi.ref, place=place)


def figures(found: FiguresIn | None, corrected: int) -> None:
    """The returns of the newest half-term; nothing where none are asked for."""
    if found is None or not found.expected:
        return
    ui.section(f"Figures for {found.period.short_words}")
    figure = "figure" if corrected == 1 else "figures"
    out = [ui.link(f"{_school(place)} {len(kpis)}", "kpis", **_owing(place)) for place, kpis in found.missing]
    ui.words(
        ui.lines(
            ui.join(ui.strong(f"{found.here} of {found.expected}"), "are in", by=" "),
            ui.bar(found.here, found.expected),
            ui.small(ui.join("Outstanding: ", ui.join(*out, by=" · "))) if out else "",
            ui.small(f"{corrected} earlier {figure} corrected since") if corrected else "",
        )
    )


def _school(place: Place) -> str:
    return "the trust" if place.kind is PlaceKind.TRUST else place.name


def _owing(place: Place) -> dict[str, str]:
    return {} if place.kind is PlaceKind.TRUST else {"school": place.name}
