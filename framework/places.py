"""Where things are true of: the trust, its schools, and later wards."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PlaceKind(StrEnum):
    TRUST = "trust"
    SCHOOL = "school"
    WARD = "ward"


class Phase(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    ALL_THROUGH = "all-through"
    SPECIAL = "special"


@dataclass(frozen=True)
class Place:
    """The trust, a school or a ward. A school belongs to the trust from `joined_on` to `left_on`."""

    ref: str
    name: str
    kind: PlaceKind
    phase: Phase | None = None
    pupils: int | None = None  # on roll; None when not known
    joined_on: date | None = None  # None: from the beginning
    left_on: date | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False

    def open_on(self, day: date) -> bool:
        return (self.joined_on is None or self.joined_on <= day) and (self.left_on is None or day <= self.left_on)
