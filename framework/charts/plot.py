"""What the chart of a KPI is drawn from: plain frames, one row a mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd  # type: ignore[import-untyped]

MISSING, REPORTED = "missing", "reported"


def _nothing() -> pd.DataFrame:
    return pd.DataFrame()


@dataclass(frozen=True)
class Plot:
    """What one chart shows. Days are ordinal numbers of dates, so that no time zone can move them.

    values      one row a period: day, number (missing: none), period, said (words of the value), label (the words
                written at the last one), state (`reported`, `missing`, or why it is drawn hollow), run (a number for
                each stretch without a gap)
    way         one row a day of the path: day, low, high (the same unless a band)
    targets     one row a set point: day, low, high, said, label
    beside      one row a figure of somebody else: name, day, number, period, said, run (as of values)
    notes       one row a numbered mark at the top: day, label (its number), said
    ticks       day → words on the axis
    breaks      days on which the definition changed
    new_limits  days from which mean and limits begin anew
    """

    values: pd.DataFrame
    way: pd.DataFrame
    targets: pd.DataFrame
    ticks: Mapping[int, str]
    beside: pd.DataFrame = field(default_factory=_nothing)
    notes: pd.DataFrame = field(default_factory=_nothing)
    unit: str = ""  # `%` or `£` stands at every number of the axis, anything else above it
    breaks: Sequence[int] = ()
    new_limits: Sequence[int] = ()
    lowest: float | None = None  # the value can never be lower, nor the axis
    highest: float | None = None

    @property
    def shown(self) -> pd.DataFrame:
        """The values that have a number."""
        return self.values[self.values["state"] != MISSING]

    @property
    def is_band(self) -> bool:
        return len(self.way) > 0 and bool((self.way["low"] != self.way["high"]).any())
