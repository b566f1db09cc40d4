"""What may be said of a series: which chart it can bear, at which length, and what its newest values show."""

import pytest

from framework.kpis.charted import Caution, ChartKind, Point, Rules, charted, kind_of
from framework.kpis.forecast import Basis as ForecastBasis
from framework.kpis.forecast import Chance
from framework.kpis.icons import Assurance, Variation
from framework.kpis.kpi import Direction, Frequency, Measure, TimeNature
from framework.kpis.process_limits import RuleSet
from framework.kpis.reading import read
from framework.kpis.recent_trend import Marker
from framework.kpis.series import off_the_line
from framework.periods import Period, PeriodKind
from tests.conftest import a_kpi, half_term

# Nineteen values about 50 that wander by one or two; nothing in them is a sign.
STABLE = [50.0, 51, 49, 50, 52, 48, 50, 51, 49, 51, 50, 48, 52, 49, 51, 50, 49, 51, 50]


def periods(count, first=None):
    found = [first or half_term(2022, 1)]
    while len(found) < count:
        found.append(found[-1].next())
    return found


def points(numbers, of=None, first=None, **more):
    """A series from its numbers, each of `of` pupils where that is given."""
    made = []
    for period, number in zip(periods(len(numbers), first), numbers, strict=True):
        counts = (None, None) if of is None or number is None else (round(number * of / 100), of)
        made.append(Point(period, number, *counts, **more))
    return made


def kind(kpi, numbers, of=None):
    some = points(numbers, of) if not isinstance(of, list) else [
        Point(p, n, round(n * d / 100), d) for p, n, d in zip(periods(len(numbers)), numbers, of, strict=True)
    ]  # fmt: skip
    return kind_of(kpi, some, numbers, Rules())


@pytest.mark.parametrize(
    ("measure", "numbers", "expected"),
    [
        (Measure.MILESTONE, [1.0] * 20, ChartKind.VALUES),
        (Measure.AVERAGE, STABLE[:4], ChartKind.VALUES),  # four values: the difference alone
        (Measure.AVERAGE, STABLE[:5], ChartKind.XMR),
        (Measure.CURRENCY, [-3.0, 5, 2, 8, 1], ChartKind.XMR),
        (Measure.SCORE, [1.0, 2, 3, 4, 4, 2], ChartKind.RUN),  # four levels
        (Measure.SCORE, [1.0, 2, 3, 4, 5, 2], ChartKind.XMR),  # five
        (Measure.COUNT, [1.0, 2, 1, 2, 1], ChartKind.VALUES),  # mean 1.4
        (Measure.COUNT, [1.0, 2, 1, 2, 1.5], ChartKind.XMR),  # mean 1.5 on the bound
    ],
)
def test_the_chart_follows_from_the_measure_and_its_numbers(measure, numbers, expected):
    assert kind(a_kpi(measure=measure), numbers)[0] is expected


@pytest.mark.parametrize(("mean", "cautions"), [(3.9, [Caution.SMALL_COUNTS]), (4.0, [])])
def test_small_counts_are_charted_with_a_caution_below_four(mean, cautions):
    assert kind(a_kpi(measure=Measure.COUNT), [mean] * 5) == (ChartKind.XMR, cautions)


def test_rare_events_have_no_limits_and_say_why():
    assert kind(a_kpi(measure=Measure.COUNT), [0.0, 1, 0, 0, 2]) == (ChartKind.VALUES, [Caution.RARE])


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (30, ChartKind.XMR),
        (29, ChartKind.P_PRIME),  # one pupil too few for limits that all periods share
        ([100, 100, 100, 100, 132], ChartKind.XMR),  # 132 lies 24.1 % from the mean of 106.4
        ([100, 100, 100, 100, 136], ChartKind.P_PRIME),  # 136 lies 26.9 % from the mean of 107.2
        (None, ChartKind.XMR),  # nobody said of how many
    ],
)
def test_shares_of_few_or_of_changing_numbers_have_limits_for_each_period(of, expected):
    assert kind(a_kpi(), STABLE[:5], of)[0] is expected


def test_a_rate_of_changing_numbers_has_a_u_prime_chart():
    assert kind(a_kpi(measure=Measure.RATE, per=100), STABLE[:5], [100, 100, 100, 100, 200])[0] is ChartKind.U_PRIME


@pytest.mark.parametrize(("count", "expected"), [(4, ChartKind.VALUES), (5, ChartKind.FIVE_POINTS),
                                                 (12, ChartKind.FIVE_POINTS), (13, ChartKind.XMR)])  # fmt: skip
def test_yearly_shares_have_the_five_point_trend_until_limits_can_be_drawn(count, expected):
    assert kind(a_kpi(frequency=Frequency.YEARLY), STABLE[:count], 100)[0] is expected


def test_a_running_total_is_charted_by_what_each_period_added():
    kpi = a_kpi(measure=Measure.COUNT, time_nature=TimeNature.CUMULATIVE)
    # Two years of six: 3, then 3+2, 5+4 ...; it begins anew in September.
    totals = [3.0, 5, 9, 10, 12, 15, 2, 6]
    assert charted(kpi, points(totals)) == [3, 2, 4, 1, 2, 3, 2, 4]


def test_a_running_total_after_a_gap_says_nothing_until_its_neighbour_is_known():
    kpi = a_kpi(measure=Measure.COUNT, time_nature=TimeNature.CUMULATIVE)
    assert charted(kpi, points([3.0, None, 9, 10])) == [3, None, None, 1]


def test_a_running_share_is_not_charted_at_all():
    kpi = a_kpi(time_nature=TimeNature.CUMULATIVE)
    assert kind(kpi, STABLE, 200) == (ChartKind.VALUES, [Caution.RUNNING_TOTAL])


@pytest.mark.parametrize(
    ("count", "variation", "trial"),
    [(4, None, False), (5, Variation.COMMON, True), (12, Variation.COMMON, True), (13, Variation.COMMON, False)],
)
def test_what_may_be_said_grows_with_the_number_of_values(count, variation, trial):
    reading = read(a_kpi(), points(STABLE[:count], 200), target=70.0)
    assert (reading.variation, reading.trial, reading.counted) == (variation, trial, count)


@pytest.mark.parametrize(("count", "expected"), [(12, None), (13, Assurance.PASS)])
def test_the_target_is_compared_with_the_limits_from_thirteen_values_on(count, expected):
    # Lower is better and the target of 70 lies above every limit.
    assert read(a_kpi(), points(STABLE[:count], 200), target=70.0).assurance is expected


def test_no_values_are_read_as_nothing():
    reading = read(a_kpi(), points([None, None]))
    assert (reading.kind, reading.counted, reading.variation, reading.latest) == (ChartKind.VALUES, 0, None, None)


def test_the_icon_speaks_of_the_newest_period_with_a_value():
    reading = read(a_kpi(), points([*STABLE, None, None], 200))
    assert reading.latest == periods(19)[-1]


def test_a_trailing_gap_changes_nothing_but_the_periods_shown():
    whole, gap = read(a_kpi(), points(STABLE, 200)), read(a_kpi(), points([*STABLE, None], 200))
    assert (gap.variation, gap.assurance, gap.counted, gap.cautions) == (
        whole.variation, whole.assurance, whole.counted, whole.cautions,
    )  # fmt: skip


def test_a_gap_inside_the_stretch_is_said():
    assert Caution.MISSING in read(a_kpi(), points([*STABLE[:9], None, *STABLE[9:]], 200)).cautions


def test_a_shift_that_reaches_the_newest_value_suggests_new_limits_from_where_it_began():
    # Mean of the twenty: (599 + 401 - 40) / 20 = 48. The last eight are 45 to 42 and 47 at most: all below it.
    fallen = [*STABLE[:12], *(n - 5 for n in STABLE[:8])]
    reading = read(a_kpi(), points(fallen, 200))
    assert reading.variation is Variation.IMPROVEMENT_LOW
    assert reading.new_limits == periods(20)[12]


def test_new_limits_begin_the_stretch_anew():
    numbers = [*STABLE[:12], *(n - 9 for n in STABLE[:6])]
    some = [p if n < 12 else Point(p.period, p.number, p.numerator, p.denominator, group=1)
            for n, p in enumerate(points(numbers, 200))]  # fmt: skip
    reading = read(a_kpi(), some)
    assert (reading.counted, reading.trial, reading.variation) == (6, True, Variation.COMMON)


def test_a_value_far_off_in_a_closed_stretch_changes_nothing_now():
    def reading(first):
        numbers = [first, *STABLE[1:12], *STABLE[:6]]
        some = [Point(p.period, p.number, p.numerator, p.denominator, group=int(n >= 12))
                for n, p in enumerate(points(numbers, 200))]  # fmt: skip
        return read(a_kpi(), some, target=40.0, ahead=2)

    usual, odd = reading(50.0), reading(99.0)
    assert odd.points[12:] == usual.points[12:]
    assert (odd.variation, odd.assurance, odd.forecast) == (usual.variation, usual.assurance, usual.forecast)


def test_nothing_is_set_beside_a_value_of_another_definition():
    some = [Point(p.period, p.number, series=int(n >= 6), group=int(n >= 6)) for n, p in enumerate(points(STABLE[:7]))]
    reading = read(a_kpi(), some)
    assert (reading.from_last, reading.from_last_year) == (None, None)


def test_the_differences_are_from_the_period_before_and_from_the_same_one_a_year_before():
    reading = read(a_kpi(), points([50.0, 51, 49, 50, 52, 48, 47.5]))
    assert (reading.from_last.by, reading.from_last.since) == (-0.5, half_term(2022, 6))
    assert (reading.from_last_year.by, reading.from_last_year.since) == (-2.5, half_term(2022, 1))


def test_a_value_of_nought_is_a_value_to_differ_from():
    assert read(a_kpi(), points([0.0, 2.0])).from_last.by == 2.0


def test_a_difference_is_not_taken_across_a_gap():
    assert read(a_kpi(), points([50.0, None, 49.0])).from_last is None


SEASON = [3.0, -3, -1, 1, 2, -2]


def test_a_kpi_that_moves_with_the_year_says_so_and_can_be_read_without_its_season():
    numbers = [n + SEASON[i % 6] for i, n in enumerate(STABLE)]
    plain = read(a_kpi(), points(numbers, 200))
    assert Caution.SEASONAL in plain.cautions
    adjusted = read(a_kpi(), points(numbers, 200), adjusted=True)
    assert adjusted.adjusted is True
    assert Caution.SEASONAL not in adjusted.cautions


def test_a_fall_that_the_season_hides_is_seen_once_it_is_taken_out():
    # A steady season of 6 points; the last half-term lies 4 below what it usually is, inside the raw limits.
    numbers = [50 + SEASON[i % 6] for i in range(30)]
    numbers = [n + (0.2 if i % 2 else -0.2) * (i % 5) for i, n in enumerate(numbers)]
    numbers[-1] -= 4
    kpi = a_kpi(direction=Direction.HIGHER)
    assert read(kpi, points(numbers, 2000)).variation is Variation.COMMON
    assert read(kpi, points(numbers, 2000), adjusted=True).variation is Variation.CONCERN_LOW


def test_the_season_needs_two_full_years():
    assert read(a_kpi(), points(STABLE[:11], 200)).season_share is None
    assert read(a_kpi(), points(STABLE[:12], 200)).season_share is not None


def test_a_stable_series_is_forecast_by_its_mean_and_usual_range():
    reading = read(a_kpi(), points(STABLE, 200), target=70.0, ahead=3)
    assert (reading.forecast.basis, reading.forecast.chance) == (ForecastBasis.MEAN, Chance.LIKELY)
    # The mean of the nineteen: 951 / 19.
    assert reading.forecast.centre == pytest.approx(951 / 19)


def test_a_series_under_way_is_forecast_along_its_line():
    numbers = [50 - n / 2 for n in range(16)]  # 50 to 42.5; on the line 0.5 a period down
    reading = read(a_kpi(), points(numbers), target=40.0, ahead=4)
    assert reading.forecast.basis is ForecastBasis.LINE
    assert reading.forecast.centre == pytest.approx(40.5)


@pytest.mark.parametrize("ahead", [0, 9])  # no target ahead; further than half of the sixteen values
def test_no_forecast_without_a_target_ahead_or_too_far_ahead(ahead):
    assert read(a_kpi(), points([50 - n / 2 for n in range(16)]), target=40.0, ahead=ahead).forecast is None


def test_no_forecast_from_trial_limits_alone():
    assert read(a_kpi(), points(STABLE[:12], 200), target=40.0, ahead=2).forecast is None


def test_five_yearly_shares_that_rise_beyond_chance_say_so():
    kpi = a_kpi(frequency=Frequency.YEARLY, direction=Direction.HIGHER)
    some = points([50.0, 53, 56, 59, 62], 1000, first=Period(PeriodKind.YEAR, 2021))
    assert read(kpi, some).recent.marker is Marker.INCREASING


def test_a_stretch_that_only_climbs_steadily_does_not_lean_on_itself():
    assert off_the_line([1.0, 2.0, None, 4.0]) == pytest.approx([0, 0, None, 0])


def test_the_rule_set_of_the_reference_is_a_choice():
    # Constant: the reference finds no limits and calls the target inconsistent, ours meets it.
    still = points([96.5] * 15)
    kpi = a_kpi(measure=Measure.AVERAGE, direction=Direction.HIGHER)
    assert read(kpi, still, target=95.0).assurance is Assurance.PASS
    assert read(kpi, still, target=95.0, rules=Rules(rule_set=RuleSet.NHS_R)).assurance is Assurance.INCONSISTENT


def test_values_that_lean_on_one_another_are_said_to():
    # Long waves about 50: each value lies near the one before, with no line through them.
    wave = [50.0, 52, 54, 55, 54, 52, 50, 48, 46, 45, 46, 48, 50, 52, 54, 55, 54, 52, 50]
    assert Caution.LEANS in read(a_kpi(), points(wave, 200)).cautions
    assert Caution.LEANS not in read(a_kpi(), points(STABLE, 200)).cautions


def test_the_season_comes_from_the_newest_definition_alone():
    numbers = [n + SEASON[i % 6] for i, n in enumerate(STABLE[:12])] + STABLE[:12]
    some = [Point(p.period, p.number, p.numerator, p.denominator, group=int(n >= 12), series=int(n >= 12))
            for n, p in enumerate(points(numbers, 200))]  # fmt: skip
    assert read(a_kpi(), some).season_share == read(a_kpi(), points(STABLE[:12], 200)).season_share


def varying(numbers):
    """Shares whose numbers of pupils differ widely."""
    sizes = [100, 200, 300] * 10
    return [Point(p, n, round(n * d / 100), d) for p, n, d in zip(periods(len(numbers)), numbers, sizes, strict=False)]


def test_shares_read_without_their_season_stand_on_an_xmr_chart():
    assert read(a_kpi(), varying(STABLE)).kind is ChartKind.P_PRIME
    assert read(a_kpi(), varying(STABLE), adjusted=True).kind is ChartKind.XMR


def test_a_rate_is_charted_per_its_own_number():
    kpi = a_kpi(measure=Measure.RATE, per=1000)
    some = [Point(p.period, 10 * p.number, p.numerator, p.denominator) for p in varying(STABLE)]
    reading = read(kpi, some)
    # All events over all pupils, per thousand: between the lowest rate (480) and the highest (520).
    assert 480 < reading.points[0].centre < 520


def test_yearly_rates_are_read_with_the_interval_of_a_rate():
    # 500 events of 1,000 pupils: as a share within 3.1 points, as a rate within 4.5; 16 events decide.
    kpi = a_kpi(measure=Measure.RATE, per=100, frequency=Frequency.YEARLY)
    numbers = [50.0, 51.2, 53.0, 54.2, 56.0]
    share = read(a_kpi(frequency=Frequency.YEARLY), points(numbers, 1000, first=Period(PeriodKind.YEAR, 2021)))
    rate = read(kpi, points(numbers, 1000, first=Period(PeriodKind.YEAR, 2021)))
    assert rate.recent.chi2 < share.recent.chi2


def test_a_series_that_climbs_all_the_way_is_offered_no_new_limits():
    assert read(a_kpi(), points([50 - n / 2 for n in range(16)])).new_limits is None


def test_a_trend_without_a_shift_is_carried_on():
    # Falls from above the mean of 47 to just below it: seven falls, but no seven on one side.
    numbers = [46.0, 47, 46, 47, 46, 48, 50, 49.5, 49, 48.5, 48, 47.5, 46.5, 46.0]
    assert read(a_kpi(), points(numbers), target=45.0, ahead=2).forecast.basis is ForecastBasis.LINE


def test_a_shift_without_a_trend_is_carried_on():
    fallen = [*STABLE[:12], *(n - 5 for n in STABLE[:8])]
    assert read(a_kpi(), points(fallen), target=40.0, ahead=2).forecast.basis is ForecastBasis.LINE


def test_few_different_values_are_no_shift_to_forecast_from():
    numbers = [6.0] * 9 + [7.0] * 8
    assert read(a_kpi(measure=Measure.AVERAGE), points(numbers), target=9.0, ahead=2).forecast is None


@pytest.mark.parametrize("rules", RuleSet)
def test_trial_limits_are_never_set_against_the_target(rules):
    assert read(a_kpi(), points(STABLE[:12], 200), target=70.0, rules=Rules(rule_set=rules)).assurance is None


def test_a_stable_series_without_a_target_ahead_has_no_forecast():
    assert read(a_kpi(), points(STABLE, 200), target=70.0, ahead=0).forecast is None


def test_a_forecast_never_leaves_the_scale():
    numbers = [99.0, 100, 98, 100, 99, 97, 100, 98, 100, 99, 100, 97, 99, 100]
    forecast = read(a_kpi(direction=Direction.HIGHER), points(numbers), target=99.0, ahead=1).forecast
    assert (forecast.high, forecast.clipped) == (100.0, True)


def climbing():
    return [50 + n + SEASON[n % 6] + (n * 7 % 5) / 10 for n in range(24)]


def test_a_climb_read_without_its_season_is_not_carried_on():
    # The means of the seasons hold a part of the climb, so that the line would read too low.
    kpi = a_kpi(measure=Measure.AVERAGE, direction=Direction.HIGHER)
    assert read(kpi, points(climbing()), target=99.0, ahead=2, adjusted=True).forecast is None


def test_the_season_is_put_back_into_a_forecast():
    numbers = [n + SEASON[i % 6] for i, n in enumerate(STABLE[:18])]
    adjusted = read(a_kpi(), points(numbers, 200), target=70.0, ahead=4, adjusted=True)
    # Four ahead of the eighteenth (Summer 2) is Spring 2, whose season brings 1 more than the mean of 50; Summer 2
    # brings 2 less.
    assert adjusted.forecast.centre == pytest.approx(51, abs=1)


def test_a_series_without_its_season_is_not_set_against_a_target_on_the_whole_scale():
    numbers = [n + SEASON[i % 6] for i, n in enumerate(STABLE[:18])]
    assert read(a_kpi(), points(numbers, 200), target=70.0, adjusted=True).assurance is None


def test_a_reading_of_old_values_says_so():
    assert Caution.STALE in read(a_kpi(), points(STABLE, 200), stale=True).cautions


def test_a_running_total_is_never_forecast():
    kpi = a_kpi(measure=Measure.COUNT, time_nature=TimeNature.CUMULATIVE, direction=Direction.HIGHER)
    totals = [float(n) for year in range(3) for n in (10, 21, 30, 42, 50, 61)]
    assert read(kpi, points(totals), target=70.0, ahead=2).forecast is None
