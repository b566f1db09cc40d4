"""The words around a KPI: where it stands in the framework, its facts, and what this person may do with it."""

from framework.civic import FACETS, Part
from framework.kpis.explained import distance_words
from framework.kpis.kpi import Direction, Kpi, Level
from framework.kpis.words import with_unit
from framework.people import Act, may
from framework.picture import Picture
from framework.picture.entering import places_to_enter
from framework.picture.figures import is_trust
from framework.picture.lines import definitions, notes_at
from pages import ui, ui_kpi

DEEDS = {
    "value": "Enter or correct a value",
    "target": "Set or move a target",
    "note": "Add or change a note",
    "kpi": "Change this KPI",
}
BETTER = {
    Direction.HIGHER: "Higher is better",
    Direction.LOWER: "Lower is better",
    Direction.BAND: "Inside its band is best",
    Direction.NONE: "Neither higher nor lower is better",
}
_PARTS = {
    Part.OBJECTIVE: "Objectives",
    Part.PILLAR: "Pillars",
    Part.STATEMENT: "Statements",
    Part.STRAND: "Strands",
    Part.PRIORITY: "Priorities",
}


def crumbs(picture: Picture, kpi: Kpi, place: str) -> list[object]:
    """KPIs, then this one: code, objective, strand and, of a school's view, the way back to the trust's."""
    objective, strand = (picture.elements.get(ref or "") for ref in (kpi.objective, kpi.strand))
    said = [kpi.code]
    said += [f"Objective {objective.code}"] if objective else []
    said += [strand.words] if strand else []
    said += ["Fictional sample"] if kpi.fictional else []
    here: object = " · ".join(said)
    kept = ui_kpi.kept()
    every = ui.link("KPIs", "kpis", **kept)
    if is_trust(picture, place):
        return [every, here]
    whole = ui.link("the whole trust", "kpi", ref=kpi.ref, **kept)
    return [every, ui.join(here, ui.BETWEEN_CRUMBS, whole, ui.BETWEEN_CRUMBS, picture.name("place", place))]


def _definition(picture: Picture, kpi: Kpi, place: str) -> ui.Html:
    """The definition in force, and under it the earlier ones with why each ended."""
    newest, *earlier = definitions(kpi, notes_at(picture, kpi, place))
    said: list[object] = [newest[1] or "Not written down yet"]
    until = newest
    for one in earlier:
        assert until[0] is not None
        said.append(ui.small(f"Until {until[0].words} it was: {one[1] or 'not written down'} {until[2]}"))
        until = one
    return ui.lines(*said)


def about(picture: Picture, kpi: Kpi, place: str) -> list[tuple[str, object]]:
    """What is measured and how, for `ui.facts`; a needed fact that is missing is said to be."""
    level = kpi.level
    return [
        ("Definition", _definition(picture, kpi, place)),
        (
            "Level",
            None if level is None else f"{level}, shown and never judged" if level is Level.CONTEXT else str(level),
        ),
        ("Measured as", _measure(kpi)),
        ("Direction", BETTER[kpi.direction] if kpi.direction else "Missing, so it cannot be judged"),
        ("How often", f"{kpi.frequency}, due {_lag(picture, kpi)} days after the period ends"),
        ("Reported by", _reported_by(kpi)),
        ("Put together by", None if kpi.aggregation is None else str(kpi.aggregation)),
        ("Counted as", None if kpi.time_nature is None else str(kpi.time_nature)),
        ("Baseline", _baseline(kpi)),
        ("Smallest difference that means anything", None if kpi.floor is None else distance_words(kpi, kpi.floor)),
        ("Path between targets", None if kpi.path_shape is None else str(kpi.path_shape).capitalize()),
        ("Source", kpi.source),
        ("Set beside it", kpi.comparator),
        ("Owner", picture.name("person", kpi.owner) or "Nobody yet"),
        ("Carried on from", _carried(picture, kpi)),
        ("Board set", "yes" if kpi.board_set else None),
    ]


def _carried(picture: Picture, kpi: Kpi) -> object:
    earlier = picture.kpis.get(kpi.carried_from or "")
    return ui.link(f"{earlier.code} {earlier.title}", "kpi", ref=earlier.ref) if earlier else ""


def _lag(picture: Picture, kpi: Kpi) -> int:
    return picture.settings.lag_days if kpi.lag_days is None else kpi.lag_days


def _reported_by(kpi: Kpi) -> str:
    if kpi.counted is not None:
        return f"Nobody: counted here from the plan ({kpi.counted})"
    return str(kpi.reported_by or "trust")


def _measure(kpi: Kpi) -> str:
    unit = f", in {kpi.unit}" if kpi.unit and kpi.unit != "%" else ""
    return f"{kpi.measure}{unit}"


def _baseline(kpi: Kpi) -> str | None:
    if kpi.baseline is None:
        return None
    n, d = kpi.baseline_numerator, kpi.baseline_denominator
    made_of = f" ({n:,} of {d:,})" if n is not None and d is not None else ""
    when = f" in {kpi.baseline_period.words}" if kpi.baseline_period else ""
    return f"{with_unit(kpi, kpi.baseline)}{made_of}{when}"


def tagged(picture: Picture, kpi: Kpi) -> list[tuple[str, object]]:
    """The elements of the framework it speaks to, each a link, by part."""
    found: list[tuple[str, object]] = []
    for part in FACETS:
        elements = [e for e in picture.parts(kpi.edition, part) if e.ref in kpi.tags]
        links = [ui.link(e.title, "element", ref=e.ref) for e in elements]
        found.append((_PARTS[part] if len(links) > 1 else str(part).capitalize(), ui.lines(*links) if links else ""))
    return found


def may_edit() -> bool:
    return may(ui.person(), Act.EDIT_KPIS)


def deeds_links(picture: Picture, kpi: Kpi, place: str, but: str = "") -> ui.Html:
    """What this person may do with the KPI, each a link, but for the one that is open. The deed refuses anyway."""
    person, at = ui.person(), None if is_trust(picture, place) else place
    open_to = {
        "value": bool(places_to_enter(picture, kpi, person)),
        "target": may(person, Act.SET_TARGETS),
        "note": may(person, Act.EDIT_KPIS),
        "kpi": may(person, Act.EDIT_KPIS),
    }
    links = [
        ui.link(words, "kpi_edit", ref=kpi.ref, place=at, do=do)
        for do, words in DEEDS.items()
        if open_to[do] and do != but
    ]
    return ui.join(*links, by=" · ")
