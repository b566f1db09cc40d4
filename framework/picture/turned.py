"""How a KPI's standing turned between two pictures: for the better, for the worse, or into or out of any verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from framework.kpis.kpi import Kpi
from framework.kpis.standing import RANK, Standing, Verdict
from framework.picture.judged import verdict
from framework.picture.shape import Picture

# Within one mark: what is met is better than what is on its way, what lost ground better than what fell back behind it.
_WITHIN = {
    Standing.ACHIEVED: 2,
    Standing.HELD: 2,
    Standing.ON_TRACK: 1,
    Standing.BEHIND: 2,
    Standing.WORSE_THAN_START: 1,
}


class Turn(StrEnum):
    """The value is what a section of such KPIs is called."""

    WORSE = "KPIs worse"
    BETTER = "KPIs better"
    WORSE_WITHIN = "KPIs worse under the same mark"
    BETTER_WITHIN = "KPIs better under the same mark"
    LOST = "No verdict any more"
    JUDGED = "Judged now, and not before"
    OTHERWISE = "Not judged, now for another reason"


@dataclass(frozen=True)
class Moved:
    """A KPI whose standing is another, with both verdicts."""

    kpi: Kpi
    before: Verdict
    after: Verdict

    @property
    def turn(self) -> Turn:
        found = turn(self.before, self.after)
        assert found is not None
        return found

    @property
    def marks(self) -> int:
        """How many marks it moved: 2 from on track to behind, 0 under the same mark or without a verdict."""
        if not (self.before.judged and self.after.judged):
            return 0
        return abs(RANK[self.after.family] - RANK[self.before.family])


def turn(before: Verdict, after: Verdict) -> Turn | None:
    """How it turned; None where the standing is the same.

    Only from verdict to verdict is anything better or worse: a figure that went out of date has lost its verdict, and
    nobody can tell.
    """
    if before.standing is after.standing:
        return None
    if before.judged is not after.judged:
        return Turn.JUDGED if after.judged else Turn.LOST
    if not after.judged:
        return Turn.OTHERWISE
    was, now = (RANK[v.family] for v in (before, after))
    if was != now:
        return Turn.BETTER if now > was else Turn.WORSE
    was, now = (_WITHIN[v.standing] for v in (before, after))
    # From held to achieved, or back, another target is met and nothing is better or worse.
    return None if was == now else Turn.BETTER_WITHIN if now > was else Turn.WORSE_WITHIN


def moved(before: Picture, after: Picture, kpis: Sequence[Kpi], school: str | None) -> list[Moved]:
    """The KPIs whose standing turned, at the school or at the trust. One that the earlier picture lacks is new."""
    known = [(kpi, before.kpis[kpi.ref]) for kpi in kpis if kpi.ref in before.kpis]
    found = [Moved(kpi, verdict(before, was, school), verdict(after, kpi, school)) for kpi, was in known]
    return [one for one in found if turn(one.before, one.after) is not None]
