"""Where the owner's word, what was counted, the leader's confidence and the KPI do not fit, in sentences.

Nobody's word is corrected here: two of them stand side by side, and a leader asks.
"""

from framework.picture.coverage import listed
from framework.picture.judged import verdict
from framework.picture.review import stands_still
from framework.picture.shape import Picture
from framework.plans import Action, Confidence, Status

_WELL = frozenset({Status.ON_TRACK, Status.NOT_STARTED})
_BADLY = frozenset({Status.AT_RISK, Status.BLOCKED})


def disagreements(picture: Picture, action: Action) -> tuple[str, ...]:
    """Each disagreement about an action in a sentence; empty when all fits."""
    key = ("disagreements", action.ref)
    if key not in picture.cache:
        signals = picture.signals(action)
        found = (
            disagreement(action, signals.late),
            _silent(action, signals.quiet, signals.days_quiet),
            _judged_otherwise(action),
            _unmoved(picture, action),
            _unseen(picture, action),
        )
        picture.cache[key] = tuple(said for said in found if said)
    told: tuple[str, ...] = picture.cache[key]
    return told


def in_short(said: str) -> str:
    """A disagreement beside the owner's word, which it need not name again: `On track, yet the due date has passed.`"""
    words = said.removeprefix("The owner says ")
    return words[:1].upper() + words[1:]


def disagreement(action: Action, late: bool) -> str:
    """Where the owner's word and the due date do not fit, in a sentence; empty when they do."""
    if late and action.status in _WELL:
        return f"The owner says {action.status}, yet the due date has passed."
    return ""


def _silent(action: Action, quiet: bool, days: int) -> str:
    if quiet and action.status is Status.ON_TRACK:
        return f"The owner says on track, yet there has been no word for {days}\N{NO-BREAK SPACE}school days."
    return ""


def _judged_otherwise(action: Action) -> str:
    low = action.status is Status.ON_TRACK and action.confidence is Confidence.LOW
    high = action.status in _BADLY and action.confidence is Confidence.HIGH
    if low or high:
        return f"The owner says {action.status}, yet the leader's confidence is {action.confidence}."
    return ""


def _unmoved(picture: Picture, action: Action) -> str:
    """Done, and a KPI that it should have moved by now has hardly left where it started."""
    early = action.expected_by is not None and picture.on <= action.expected_by
    if action.status is not Status.DONE or early:
        return ""
    named = [picture.kpis[ref] for ref in action.kpis if ref in picture.kpis]
    still = [kpi.title for kpi in named if stands_still(verdict(picture, kpi))]
    has = "has" if len(still) == 1 else "have"
    return f"The owner says done, yet {listed(still)} {has} hardly moved." if still else ""


def _unseen(picture: Picture, action: Action) -> str:
    seen = action.evidence or picture.evidence.get(action.ref)
    return "The owner says done, yet no evidence is kept." if action.status is Status.DONE and not seen else ""
