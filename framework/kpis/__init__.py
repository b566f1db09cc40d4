"""What a KPI is and how it is judged: pure functions of plain values, importable alone.

The public functions stand in docs/kpis.md with one worked call each. Source of every rule: the measurement
specification, summed up in docs/decisions/0004-judging-kpis.md and 0014-change-over-time.md.
"""

from framework.kpis.forecast import level_forecast, line_forecast, pace, with_season
from framework.kpis.funnel import funnel
from framework.kpis.groups import difference_interval, fair_share, gap, who_is_missing
from framework.kpis.intervals import (
    against_benchmark,
    byar,
    count_interval,
    mean,
    mean_interval,
    proportion,
    rate,
    rate_interval,
    together,
    wilson,
)
from framework.kpis.judging import judge
from framework.kpis.p_prime import p_prime_chart, u_prime_chart
from framework.kpis.path import path
from framework.kpis.reading import read
from framework.kpis.recent_trend import five_point_trend
from framework.kpis.rollup import change_together, roll_up
from framework.kpis.runs import run_chart
from framework.kpis.season import season_share, seasonal
from framework.kpis.spc import lag_one, xmr_chart
from framework.kpis.standing import standing

__all__ = [
    "against_benchmark",
    "byar",
    "change_together",
    "count_interval",
    "difference_interval",
    "fair_share",
    "five_point_trend",
    "funnel",
    "gap",
    "judge",
    "lag_one",
    "level_forecast",
    "line_forecast",
    "mean",
    "mean_interval",
    "p_prime_chart",
    "pace",
    "path",
    "proportion",
    "rate",
    "rate_interval",
    "read",
    "roll_up",
    "run_chart",
    "season_share",
    "seasonal",
    "standing",
    "together",
    "u_prime_chart",
    "who_is_missing",
    "wilson",
    "with_season",
    "xmr_chart",
]
