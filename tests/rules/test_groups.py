"""Gaps between groups, who is missing and fair shares, against published intervals and sums worked by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.kpis.groups import GroupValue, Whole, difference_interval, fair_share, gap, who_is_missing, whole


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe 1998, Table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_the_difference_of_two_shares_has_newcombes_interval(one, other, low, high):
    found = difference_interval(one, other)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


FSM = GroupValue("FSM", 60.0, 48, 80)
OTHERS = GroupValue("not FSM", 80.0, 56, 70)


def test_a_gap_is_in_points_with_both_denominators():
    found = gap(OTHERS, FSM)
    assert (found.one, found.other, found.points) == ("not FSM", "FSM", 20.0)
    assert (found.one_of, found.other_of) == ((56, 70), (48, 80))
    assert (found.interval.low, found.interval.high) == (pytest.approx(5.24, abs=5e-3), pytest.approx(33.39, abs=5e-3))


def test_a_gap_the_other_way_has_the_other_sign():
    assert gap(FSM, OTHERS).points == -20.0
    assert gap(FSM, OTHERS).interval.high == pytest.approx(-5.24, abs=5e-3)


def test_a_gap_moves_from_the_one_before():
    before = gap(GroupValue("not FSM", 78.0), GroupValue("FSM", 55.0))
    assert gap(OTHERS, FSM, before=before).moved == -3.0
    assert before.moved is None


def test_a_gap_that_stays_has_moved_by_nought():
    assert gap(OTHERS, FSM, before=gap(OTHERS, FSM)).moved == 0.0


@pytest.mark.parametrize(
    "before", [gap(FSM, OTHERS), gap(OTHERS, GroupValue("SEND", 50.0)), gap(GroupValue("SEND", 50.0), FSM)]
)
def test_a_gap_of_other_groups_is_not_the_one_before(before):
    with pytest.raises(ValueError, match="earlier gap"):
        gap(OTHERS, FSM, before=before)


@pytest.mark.parametrize(
    "other", [GroupValue("FSM", 60.0), GroupValue("FSM", 60.0, 48), GroupValue("FSM", 60.0, None, 80),
              GroupValue("FSM", 60.0, 0, 0)],
)  # fmt: skip
def test_a_gap_without_both_counts_has_no_interval(other):
    found = gap(OTHERS, other)
    assert (found.points, found.one_of, found.other_of, found.interval) == (20.0, (56, 70), None, None)


def test_none_of_a_group_is_a_count():
    found = gap(OTHERS, GroupValue("FSM", 0.0, 0, 29))
    assert found.other_of == (0, 29)
    assert found.interval is not None


def test_a_gap_of_averages_has_no_interval():
    found = gap(OTHERS, FSM, multiplier=None)
    assert (found.points, found.interval) == (20.0, None)


def test_more_than_all_of_a_group_is_refused():
    with pytest.raises(ValueError, match="found 81 of 80"):
        gap(OTHERS, GroupValue("FSM", 101.0, 81, 80))


counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(max_examples=50)
@given(counts, counts)
def test_a_difference_lies_inside_its_interval_and_within_the_whole(one, other):
    found = difference_interval(one, other)
    assert found.holds(one[0] / one[1] - other[0] / other[1])
    assert -1 - 1e-12 <= found.low <= found.high <= 1 + 1e-12


@settings(max_examples=50)
@given(counts, counts)
def test_groups_the_other_way_round_mirror_the_interval(one, other):
    here, there = difference_interval(one, other), difference_interval(other, one)
    assert (here.low, here.high) == (pytest.approx(-there.high), pytest.approx(-there.low))


def test_who_is_missing_is_everyone_less_the_groups():
    # 1,300 pupils, of whom 310 are known to be FSM and 950 not to be: of 40 it is not known.
    assert whole(1300, [310, 950]) == Whole(1300, 1260, 40)
    assert who_is_missing(1300, [310, 950]) == 40


@pytest.mark.parametrize(("groups", "missing"), [([], 10), ([10], 0), ([4, 6], 0), ([4, 5], 1)])
def test_nobody_is_missing_when_the_groups_make_up_everyone(groups, missing):
    assert who_is_missing(10, groups) == missing


@pytest.mark.parametrize(("everyone", "groups"), [(10, [4, 7]), (-1, []), (10, [-1])])
def test_groups_that_hold_more_than_everyone_are_refused(everyone, groups):
    with pytest.raises(ValueError, match="found"):
        who_is_missing(everyone, groups)


def test_a_fair_share_is_the_share_of_all():
    # 100 take part, 20 of them FSM; 400 of 1,000 pupils are FSM: 0.2 / 0.4 = 0.5, half of what is fair; 0.8 / 0.6.
    fsm, others = fair_share({"FSM": (20, 400), "not FSM": (80, 600)})
    assert (fsm.group, fsm.share_of_those_taking_part, fsm.share_of_all, fsm.ratio) == ("FSM", 0.2, 0.4, 0.5)
    assert others.ratio == pytest.approx(4 / 3)


def test_a_group_that_is_nobody_has_no_ratio():
    nobody, everyone = fair_share({"FSM": (0, 0), "not FSM": (5, 10)})
    assert (nobody.share_of_all, nobody.ratio) == (0.0, None)
    assert everyone.ratio == 1.0


def test_a_group_of_which_nobody_takes_part_has_a_ratio_of_nought():
    assert fair_share({"FSM": (0, 10), "not FSM": (5, 10)})[0].ratio == 0.0


@pytest.mark.parametrize("parts", [{}, {"FSM": (0, 10), "not FSM": (0, 5)}, {"FSM": (0, 0)}])
def test_where_nobody_takes_part_there_is_nothing_to_share(parts):
    assert fair_share(parts) == ()


@pytest.mark.parametrize("part", [(11, 10), (-1, 10), (0, -1)])
def test_more_taking_part_than_there_are_is_refused(part):
    with pytest.raises(ValueError, match="FSM: wanted"):
        fair_share({"FSM": part, "not FSM": (5, 10)})


@settings(max_examples=50)
@given(st.lists(counts, min_size=1, max_size=6), st.integers(1, 10))
def test_shares_add_up_and_taking_part_alike_is_fair(groups, times):
    shares = fair_share({str(i): of for i, of in enumerate(groups)})
    if shares:
        assert sum(s.share_of_those_taking_part for s in shares) == pytest.approx(1.0)
        assert sum(s.share_of_all for s in shares) == pytest.approx(1.0)
    alike = fair_share({str(i): (n, n * times) for i, (_, n) in enumerate(groups)})
    assert all(s.ratio == pytest.approx(1.0) for s in alike)
