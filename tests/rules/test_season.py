"""The school year in a KPI, against figures worked by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.kpis.season import season_means, season_share, seasonal

TERMS = [1, 2, 3, 1, 2, 3]


def test_a_season_has_the_mean_of_its_values():
    assert season_means([1.0, 2.0, 3.0, 3.0, 4.0, 5.0], TERMS) == {1: 2.0, 2: 3.0, 3: 4.0}


def test_each_value_is_taken_less_its_seasons_mean():
    assert seasonal([1.0, 2.0, 3.0, 3.0, 4.0, 5.0], TERMS) == [-1.0, -1.0, -1.0, 1.0, 1.0, 1.0]


def test_a_missing_value_stays_missing_and_counts_for_nothing():
    # Term 1 has 1 and 3 (mean 2), whatever is missing in its third year.
    assert seasonal([1.0, 2.0, 3.0, 4.0, None, 6.0], [1, 2, 1, 2, 1, 2]) == [-1.0, -2.0, 1.0, 0.0, None, 2.0]


def test_a_value_of_nought_is_a_value():
    assert season_means([0.0, 5.0, 0.0, 5.0], [1, 2, 1, 2]) == {1: 0.0, 2: 5.0}
    assert seasonal([0.0, 5.0, 2.0, 5.0], [1, 2, 1, 2]) == [-1.0, 0.0, 1.0, 0.0]


@pytest.mark.parametrize(
    ("values", "seasons"),
    [
        ([], []),
        ([1.0, 2.0, 3.0], [1, 2, 3]),
        ([1.0, 2.0, 3.0, 3.0, 4.0], [1, 2, 3, 1, 2]),  # term 3 once
        ([1.0, 2.0, 3.0, 3.0, 4.0, None], TERMS),  # term 3 known once
        ([1.0, 2.0, 3.0], [1, 1, 1]),  # a yearly figure has no season
    ],
)
@pytest.mark.parametrize("asked", [season_means, seasonal, season_share])
def test_two_full_years_are_needed(asked, values, seasons):
    assert asked(values, seasons) is None


def test_two_full_years_are_enough():
    assert seasonal([1.0, 2.0, 1.0, 2.0], [1, 2, 1, 2]) == [0.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("values", "seasons", "expected"),
    [
        ([0.0, 10.0, 0.0, 10.0], [1, 2, 1, 2], 1.0),
        # SSW 4, SST 36 + 16 + 16 + 36 = 104: 1 - (4/2) / (104/3) = 0.942308
        ([0.0, 10.0, 2.0, 12.0], [1, 2, 1, 2], 1 - 6 / 104),
        # SSW 6, SST 10, 6 values in 3 seasons: 1 - (6/3) / (10/5) = 0
        ([1.0, 2.0, 3.0, 3.0, 4.0, 5.0], TERMS, 0.0),
        # SSW 100, SST 100: below 0, so 0
        ([0.0, 0.0, 10.0, 10.0], [1, 2, 1, 2], 0.0),
        ([0.1, 0.1, 0.1, 0.1, 0.1, 0.1], TERMS, 0.0),
    ],
)
def test_the_share_that_the_season_explains(values, seasons, expected):
    assert season_share(values, seasons) == pytest.approx(expected, abs=1e-12)


def test_chance_alone_is_seldom_taken_for_a_season():
    # Two years of half terms of pure chance: plain eta squared is 0.45 on average; adjusted it is rarely 0.5.
    dice = np.random.default_rng(20260903)
    shares = [season_share(row, [1, 2, 3, 4, 5, 6] * 2) for row in dice.normal(94, 1, (400, 12)).tolist()]
    assert sum(share >= 0.5 for share in shares) / len(shares) < 0.12


def test_a_strong_season_is_seen():
    dice = np.random.default_rng(20260904)
    year = np.array([95.5, 93.5, 93.0, 93.5, 94.5, 94.0] * 2)
    shares = [season_share(row, [1, 2, 3, 4, 5, 6] * 2) for row in (year + dice.normal(0, 0.3, (200, 12))).tolist()]
    assert sum(share >= 0.5 for share in shares) / len(shares) > 0.95


two_years = st.lists(st.integers(-100, 100), min_size=12, max_size=12)


@settings(max_examples=50)
@given(two_years, st.lists(st.integers(-50, 50), min_size=6, max_size=6))
def test_whatever_a_season_always_does_is_taken_off(values, usual):
    seasons = [0, 1, 2, 3, 4, 5] * 2
    shifted = [v + usual[s] for v, s in zip(values, seasons, strict=True)]
    assert seasonal(shifted, seasons) == pytest.approx(seasonal(values, seasons), abs=1e-9)


@settings(max_examples=50)
@given(two_years, st.sampled_from([0.01, -1.0, 3.0]), st.integers(-50, 50))
def test_another_unit_changes_no_share(values, a, c):
    seasons = [1, 2, 3, 4, 5, 6] * 2
    share = season_share(values, seasons)
    assert 0 <= share <= 1
    assert season_share([a * v + c for v in values], seasons) == pytest.approx(share, abs=1e-9)


def test_sequences_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="found 2 and 1"):
        seasonal([1.0, 2.0], [1])
