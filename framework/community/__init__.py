"""The community in the plan: organisations and events; ties, listening and promises join them later."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Organisation:
    """A body that works with the trust, or the trust's own task force."""

    ref: str
    name: str
    kind: str | None = None
    sector: str | None = None
    joined_on: date | None = None
    left_on: date | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False


@dataclass(frozen=True)
class Event:
    """Something that takes place on a day and that people may come to."""

    ref: str
    title: str
    kind: str | None
    starts_on: date
    ends_on: date | None = None
    where: str | None = None
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    objective: str | None = None
    note: str | None = None
    fictional: bool = False
    version: int = 0
    archived: bool = False
