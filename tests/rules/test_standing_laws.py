"""What must hold of every standing, whatever the numbers. Source of the laws: measurement 5."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from framework.kpis.intervals import wilson
from framework.kpis.kpi import Direction, Kpi, Level, State
from framework.kpis.path import SetPoint, path
from framework.kpis.standing import Standing, Timing, Verdict, judge, standing
from framework.picture.listing import KpiLine, counted
from framework.picture.review import Difference
from tests.conftest import a_kpi, a_value, half_term

T0, ENDS, T1 = date(2025, 7, 21), date(2026, 7, 21), date(2027, 7, 21)
TIMING = Timing(half_term(2025, 6), ENDS, ENDS + timedelta(days=14), date(2026, 11, 6))
TODAY = date(2026, 7, 25)
OTHER = {Direction.HIGHER: Direction.LOWER, Direction.LOWER: Direction.HIGHER, Direction.BAND: Direction.BAND}

whole = st.integers(-1000, 1000)
directions = st.sampled_from(list(OTHER))
edges = st.tuples(whole, whole).map(sorted)


@st.composite
def cases(draw):
    """Whole numbers, so that a tie before is a tie after: an expected edge, the last target, and bands for a band."""
    direction = draw(directions)
    one = edges if direction is Direction.BAND else whole.map(lambda n: (n, n))
    return direction, draw(whole), draw(whole), tuple(draw(one)), tuple(draw(one)), draw(st.integers(0, 50))


def judged(case, turn):
    """The case judged after every number went through `turn`, a line y -> a * y + c."""
    direction, value, baseline, expected, final, floor = case
    falls = turn(1) < turn(0)
    return judge(
        turn(value),
        direction=OTHER[direction] if falls else direction,
        baseline=turn(baseline),
        expected=tuple(sorted(turn(edge) for edge in expected)),
        final=tuple(sorted(turn(edge) for edge in final)),
        floor=abs(turn(floor) - turn(0)),
    )


@settings(max_examples=200)
@given(case=cases(), scale=st.sampled_from([0.01, 0.5, 3.0, 1000.0]), shift=whole)
def test_another_unit_or_another_zero_never_changes_a_standing(case, scale, shift):
    before, after = judged(case, lambda y: y), judged(case, lambda y: scale * y + shift)
    assert before.standing is after.standing
    assert (before.progress is None) == (after.progress is None)
    assert abs((before.progress or 0) - (after.progress or 0)) < 1e-6
    assert abs(scale * before.gap - after.gap) < 1e-6


@settings(max_examples=200)
@given(case=cases(), scale=st.sampled_from([-0.01, -1.0, -3.0]), shift=whole)
def test_turning_the_scale_round_together_with_the_direction_never_changes_a_standing(case, scale, shift):
    before, after = judged(case, lambda y: y), judged(case, lambda y: scale * y + shift)
    assert before.standing is after.standing
    assert abs(-scale * before.gap - after.gap) < 1e-6


@given(case=cases(), better=st.integers(0, 100))
def test_a_better_value_never_has_a_worse_standing(case, better):
    direction, value, *rest = case
    assume(direction is not Direction.BAND)
    order = (Standing.WORSE_THAN_START, Standing.BEHIND, Standing.SLIGHTLY_BEHIND, Standing.ON_TRACK)
    rank = {s: n for n, s in enumerate(order)} | {Standing.ACHIEVED: 4, Standing.HELD: 4}
    moved = value + better if direction is Direction.HIGHER else value - better
    now, then = judged(case, lambda y: y), judged((direction, moved, *rest), lambda y: y)
    assert rank[then.standing] >= rank[now.standing]


counts = st.integers(1, 400).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))
quarters = st.integers(0, 400).map(lambda n: n / 4)


@given(pair=counts, baseline=quarters, target=quarters)
def test_a_share_and_what_it_leaves_over_have_the_same_standing_and_remark(pair, baseline, target):
    n, d = pair
    low, high = wilson(n, d, multiplier=100).low, wilson(n, d, multiplier=100).high
    for aim in (target, (baseline + target) / 2):
        assume(min(abs(aim - low), abs(aim - high)) > 1e-6)  # on the very edge rounding decides
    share = share_of(n, d, Direction.HIGHER, baseline, target)
    rest = share_of(d - n, d, Direction.LOWER, 100 - baseline, 100 - target)
    assert share.standing is rest.standing
    assert (share.remark == "") is (rest.remark == "")


def share_of(n, d, direction, baseline, target):
    kpi = a_kpi(direction=direction, baseline=baseline)
    way = path(baseline, T0, [SetPoint(T1, target, target)])
    return standing(kpi, a_value(100 * n / d, numerator=n, denominator=d), way, TIMING, TODAY)


ANY = st.sampled_from(list(Standing)).map(lambda s: Verdict(s, "so it is"))
WITHOUT_DATA = st.builds(
    lambda kpi, value, today: (kpi, standing(kpi, value, path(28.0, T0, [SetPoint(T1, 20.0, 20.0)]), TIMING, today)),
    st.sampled_from([a_kpi(), a_kpi(level=Level.CONTEXT), a_kpi(direction=None)]),
    st.sampled_from([None, *(a_value(None, state=s) for s in (State.NOT_APPLICABLE, State.NOT_AVAILABLE))]),
    st.sampled_from([TODAY, TODAY + timedelta(days=30)]),
)


@given(st.lists(ANY, max_size=8), WITHOUT_DATA)
def test_a_kpi_without_data_never_changes_the_share_on_track(verdicts, empty):
    held: list[tuple[Kpi, Verdict]] = [(a_kpi(), v) for v in verdicts]
    assert not empty[1].judged
    assert share_words(held) == share_words([*held, empty])
    before, after = Difference(tuple(held), ()), Difference((*held, empty), ())
    assert (before.good, before.judged) == (after.good, after.judged)


def share_words(held):
    said = counted([KpiLine(kpi, reached, None, "") for kpi, reached in held])
    return said.split(".")[0] if "on track" in said else ""


def test_what_was_judged_against_the_target_keeps_its_reason_when_chance_is_remarked():
    way = path(28.0, T0, [SetPoint(ENDS, 20.0, 20.0)])
    plain = a_value(24.0)
    told = replace(plain, numerator=24, denominator=100)
    one, other = (standing(a_kpi(), value, way, TIMING, TODAY) for value in (plain, told))
    assert (one.standing, one.reason) == (other.standing, other.reason)
    assert (one.remark == "", other.remark == "") == (True, False)
