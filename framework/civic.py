"""The framework as the trust published it: dated versions (editions) and their elements.

The published framework gives no parent links, so it is faceted, not a tree: actions and KPIs carry tags.
Words are kept exactly as published and never corrected here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EditionState(StrEnum):
    DRAFT = "draft"
    CURRENT = "current"
    ARCHIVED = "archived"


class Part(StrEnum):
    """The parts of a framework, in the order in which they are shown."""

    STRAPLINE = "strapline"
    MOTTO = "motto"
    BASIS = "basis"
    PURPOSE = "purpose"
    TASK_FORCE = "task force"
    LEADERS_STATEMENT = "leader's statement"
    CONTACT = "contact"
    AIM = "aim"
    PILLAR = "pillar"
    STATEMENT = "statement"
    OBJECTIVE = "objective"
    STRAND = "strand"
    PRIORITY = "priority"


# The parts that actions and KPIs are tagged with.
FACETS = (Part.OBJECTIVE, Part.PILLAR, Part.STATEMENT, Part.STRAND, Part.PRIORITY)


@dataclass(frozen=True)
class Edition:
    """A framework version: one dated edition of the framework. Several live side by side."""

    ref: str
    code: str
    title: str
    starts_on: date
    ends_on: date
    state: EditionState
    fictional: bool = False
    version: int = 0
    archived: bool = False

    def ended(self, on: date) -> bool:
        return on > self.ends_on


@dataclass(frozen=True)
class Element:
    """One part of one edition, in the trust's own words."""

    ref: str
    edition: str
    part: Part
    position: int
    words: str
    kind: str | None = None  # premise or commitment of a statement; the stage of a priority
    fictional: bool = False
    version: int = 0
    archived: bool = False

    @property
    def code(self) -> str:
        """How people name it: objectives by letter, strands by their words, the rest by number."""
        if self.part is Part.OBJECTIVE:
            return chr(ord("A") + self.position - 1)
        if self.part is Part.STRAND:
            return self.words
        return str(self.position)

    @property
    def title(self) -> str:
        return self.words if self.part is Part.STRAND else f"{self.code} {self.words}"
