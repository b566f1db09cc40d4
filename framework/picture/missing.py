"""Why a place has no newest number to show: one of the kinds of empty, never mixed with nought."""

from framework.kpis.kpi import Kpi
from framework.kpis.standing import Verdict
from framework.picture.figures import Missing, said_missing
from framework.picture.judged import timing_of
from framework.picture.shape import Picture


def why_none(picture: Picture, kpi: Kpi, place: str, reached: Verdict) -> Missing | None:
    """None when the verdict's value has a number, nought included."""
    if reached.value is not None:
        return None if reached.value.has_number else said_missing(reached.value)
    if kpi.counted is not None:
        return Missing.NOT_APPLICABLE  # nobody owes it: there was nothing to count
    due = timing_of(picture, kpi, place, None).due_on
    return Missing.NOT_DUE if due is None or picture.on <= due else Missing.NOT_REPORTED
