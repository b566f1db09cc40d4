"""What is told of facts that were edited: of actions and KPIs, of the framework's words, of the rules of judging."""

from collections.abc import Iterable

from framework.civic import Edition, Element, Part
from framework.kpis.kpi import Kpi
from framework.picture.compare import Changes, Reworded
from framework.picture.facts import Edited, Ruled, fact_words
from framework.picture.history import SETTING_WORDS, setting_value
from framework.picture.shape import Picture
from framework.picture.telling import capital
from framework.picture.told import Group, Section, Told, owner


def definitions(before: Picture, after: Picture, changes: Changes) -> tuple[Section, ...]:
    ruled = tuple(_ruled(r) for r in changes.rules)
    return (
        Section("Rules of judging changed", ruled, group=Group.FIGURES),
        Section("Definitions edited", edits(before, after, changes.definitions), group=Group.FIGURES),
    )


def framework(before: Picture, after: Picture, changes: Changes) -> tuple[Section, ...]:
    words = tuple(_reworded(r) for r in changes.framework)
    return (
        Section("The framework's words", words),
        Section("The framework version", edits(before, after, changes.version)),
    )


def others(before: Picture, after: Picture, changes: Changes) -> tuple[Section, ...]:
    return (
        Section("Other facts edited", edits(before, after, changes.edited_otherwise), group=Group.FIGURES, folded=True),
    )


def edits(before: Picture, after: Picture, facts: Iterable[Edited]) -> tuple[Told, ...]:
    """One line a fact. Names of people and parts are those of the picture that held it."""
    return tuple(_edit(before, after, fact) for fact in facts)


def _edit(before: Picture, after: Picture, fact: Edited) -> Told:
    row = fact.after
    table = "edition" if isinstance(row, Edition) else "kpi" if isinstance(row, Kpi) else "action"
    then, now = fact_words(before, fact.before, fact.field), fact_words(after, row, fact.field)
    who = "" if isinstance(row, Edition) else owner(after, row)
    return Told(table, row.ref, f"{row.title}: {fact.heading}", then, now, who=who, edited=True)


def _reworded(found: Reworded) -> Told:
    then, now = (_element(e) for e in (found.before, found.after))
    element = found.element
    name = f"{element.part} {element.code}" if _is_counted(element) else str(element.part)
    return Told(
        "element",
        element.ref,
        capital(name),
        then or "Added",
        now or "Taken away",
        gone=found.after is None,
        edited=True,
    )


def _is_counted(element: Element) -> bool:
    """Whether its number or letter tells it from others of its part; a strand goes by its words."""
    return element.part in (Part.OBJECTIVE, Part.PILLAR, Part.STATEMENT, Part.PRIORITY)


def _element(element: Element | None) -> str:
    if element is None:
        return ""
    return f"{element.words} ({element.kind})" if element.kind else element.words


def _ruled(found: Ruled) -> Told:
    then, now = (capital(setting_value(found.name, value)) for value in (found.before, found.after))
    return Told("", found.name, capital(SETTING_WORDS[found.name]), then, now)
