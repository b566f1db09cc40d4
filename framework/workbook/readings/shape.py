"""The words in which a reading is told."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any


class Certainty(StrEnum):
    EXACT = "exact"
    ASSUMED = "assumed"  # taken, and shown as assumed
    ASK = "ask"  # a value may be proposed, but a person decides
    WARN = "warn"  # taken, and something about it is odd
    ERROR = "error"  # cannot be what the column takes


_ORDER = (Certainty.EXACT, Certainty.ASSUMED, Certainty.WARN, Certainty.ASK, Certainty.ERROR)


def worst(*certainties: Certainty) -> Certainty:
    """The least sure of them."""
    return max(certainties, key=_ORDER.index)


@dataclass(frozen=True)
class Reading:
    """One cell as it was read.

    raw    the text a person would quote
    value  typed by the reader; None: none
    rule   a few words: `day first`, `0% format`, `our word`
    says   the assumption, question, warning or error, as a sentence; empty when exact
    """

    raw: str
    value: Any
    rule: str
    certainty: Certainty = Certainty.EXACT
    says: str = ""

    def less_sure(self, certainty: Certainty, says: str = "") -> "Reading":
        """At most as sure as this; what it says already stays."""
        said = " ".join(filter(None, (self.says, says)))
        return replace(self, certainty=worst(self.certainty, certainty), says=said)


class WhenKind(StrEnum):
    """What kind of time a text names. Source: shared/samples/values.json."""

    DATE = "date"
    MONTH = "month"
    RANGE = "range"
    TERM = "term"
    HALF_TERM = "half_term"
    ACADEMIC_YEAR = "academic_year"
    QUARTER = "quarter"
    WEEK = "week"
    OPEN_ENDED = "open_ended"
    RECURRING = "recurring"
    TBC = "tbc"
    UNKNOWN = "unknown"
    INVALID = "invalid"
    STATUS = "status_in_date_column"
    TIME = "time"


class Precision(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    HALF_TERM = "half_term"
    TERM = "term"
    QUARTER = "quarter"
    ACADEMIC_YEAR = "academic_year"
    NONE = "none"


@dataclass(frozen=True)
class When:
    """A time as people write it. `start` and `end` are local dates, both inclusive; None: not named."""

    kind: WhenKind
    start: date | None
    end: date | None
    precision: Precision
