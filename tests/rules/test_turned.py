"""How a standing turns, and whether a target became easier: every pair of words, both sides of each bound."""

from typing import Any

import pytest

from framework.kpis.kpi import Direction
from framework.kpis.standing import RANK, Standing, Verdict
from framework.picture.eased import eased
from framework.picture.turned import Turn, turn
from framework.picture.weighing import shortfall
from tests.conftest import a_target, half_term

S = Standing


@pytest.mark.parametrize(
    ("was", "now", "wanted"),
    [
        (S.BEHIND, S.BEHIND, None),
        (S.ON_TRACK, S.SLIGHTLY_BEHIND, Turn.WORSE),
        (S.ACHIEVED, S.WORSE_THAN_START, Turn.WORSE),
        (S.BEHIND, S.SLIGHTLY_BEHIND, Turn.BETTER),
        (S.SLIGHTLY_BEHIND, S.HELD, Turn.BETTER),
        (S.BEHIND, S.WORSE_THAN_START, Turn.WORSE_WITHIN),
        (S.ACHIEVED, S.ON_TRACK, Turn.WORSE_WITHIN),
        (S.WORSE_THAN_START, S.BEHIND, Turn.BETTER_WITHIN),
        (S.ON_TRACK, S.HELD, Turn.BETTER_WITHIN),
        (S.HELD, S.ACHIEVED, None),
        (S.BEHIND, S.STALE, Turn.LOST),
        (S.ON_TRACK, S.CONTEXT, Turn.LOST),
        (S.TOO_EARLY, S.BEHIND, Turn.JUDGED),
        (S.NOT_DUE, S.NOT_REPORTED, Turn.OTHERWISE),
        (S.STALE, S.HIDDEN, Turn.OTHERWISE),
    ],
)
def test_a_standing_turns_one_way(was: Standing, now: Standing, wanted: Turn | None) -> None:
    assert turn(Verdict(was, ""), Verdict(now, "")) is wanted


@pytest.mark.parametrize("was", Standing)
@pytest.mark.parametrize("now", Standing)
def test_what_turns_back_turned_the_other_way(was: Standing, now: Standing) -> None:
    opposite = {
        None: None,
        Turn.WORSE: Turn.BETTER,
        Turn.BETTER: Turn.WORSE,
        Turn.WORSE_WITHIN: Turn.BETTER_WITHIN,
        Turn.BETTER_WITHIN: Turn.WORSE_WITHIN,
        Turn.LOST: Turn.JUDGED,
        Turn.JUDGED: Turn.LOST,
        Turn.OTHERWISE: Turn.OTHERWISE,
    }
    there, back = (turn(Verdict(a, ""), Verdict(b, "")) for a, b in ((was, now), (now, was)))
    assert back is opposite[there]
    marks = {Verdict(s, "").family for s in (was, now)}
    assert (there in (Turn.WORSE, Turn.BETTER)) is (marks <= RANK.keys() and len({RANK[m] for m in marks}) == 2)


SUMMER, AUTUMN = half_term(2026, 6), half_term(2026, 1)
BAND = {"number": None, "low": 8.0, "high": 12.0}


@pytest.mark.parametrize(
    ("direction", "was", "now", "wanted"),
    [
        (Direction.LOWER, {"number": 20.0}, {"number": 20.1}, True),
        (Direction.LOWER, {"number": 20.0}, {"number": 19.9}, False),
        (Direction.HIGHER, {"number": 20.0}, {"number": 20.1}, False),
        (Direction.HIGHER, {"number": 0.0}, {"number": -0.1}, True),
        (Direction.LOWER, {"period": AUTUMN}, {"period": SUMMER}, True),
        (Direction.LOWER, {"period": SUMMER}, {"period": AUTUMN}, False),
        (Direction.LOWER, {"period": AUTUMN, "number": 20.0}, {"period": SUMMER, "number": 19.0}, None),
        (Direction.LOWER, {"period": AUTUMN, "number": 20.0}, {"period": SUMMER, "number": 21.0}, True),
        (Direction.BAND, BAND, {**BAND, "high": 13.0}, True),
        (Direction.BAND, BAND, {**BAND, "low": 9.0}, False),
        (Direction.BAND, BAND, {**BAND, "low": 9.0, "high": 13.0}, None),
        (Direction.LOWER, {"number": 20.0}, BAND, None),
        (None, {"number": 20.0}, {"number": 21.0}, None),
        (Direction.LOWER, {"number": 20.0}, {"number": 20.0}, None),
    ],
)
def test_a_target_is_eased_by_a_lower_demand_or_a_later_day(
    direction: Direction | None, was: dict[str, Any], now: dict[str, Any], wanted: bool | None
) -> None:
    assert eased(direction, a_target(**was), a_target(**now)) is wanted


def test_a_target_taken_away_is_easier_and_one_set_is_neither() -> None:
    assert eased(Direction.LOWER, a_target(), None) is True
    assert eased(Direction.LOWER, None, a_target()) is None


@pytest.mark.parametrize(
    ("gap", "tolerance", "wanted"), [(1.6, 0.8, 2.0), (-1.0, 0.8, 0.0), (None, None, 0.0), (0.3, 0.0, 0.3)]
)
def test_a_shortfall_is_counted_in_tolerances(gap: float | None, tolerance: float | None, wanted: float) -> None:
    assert shortfall(Verdict(S.BEHIND, "", gap=gap, tolerance=tolerance)) == wanted
