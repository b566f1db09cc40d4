"""The whole account of what changed: a section a kind, a line a thing, with what it was, what it is and why."""

from framework.picture import told_actions, told_facts, told_kpis
from framework.picture.compare import Changes
from framework.picture.shape import Picture
from framework.picture.told import Group, Section


def account(before: Picture, after: Picture, changes: Changes) -> tuple[Section, ...]:
    """Every kind of change that there is, in terms of better and worse first; empty when nothing changed."""
    sections = (
        *told_kpis.turned(after, changes, Group.WORSE),
        *told_actions.worse(before, after, changes),
        *told_kpis.turned(after, changes, Group.BETTER),
        *told_actions.better(before, after, changes),
        *told_kpis.turned(after, changes, Group.NEITHER),
        *told_actions.plan(before, after, changes),
        *told_kpis.plan(before, after, changes),
        *told_facts.framework(before, after, changes),
        *told_facts.definitions(before, after, changes),
        *told_kpis.figures(after, changes),
        *told_facts.others(before, after, changes),
    )
    return tuple(section for section in sections if section.lines)


def grouped(sections: tuple[Section, ...]) -> list[tuple[Group, list[Section]]]:
    """The groups that there are, each with its sections."""
    return [(group, found) for group in Group if (found := [section for section in sections if section.group is group])]
