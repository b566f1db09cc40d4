"""The rule set nhs_r against worked results of NHSRplotthedots 0.2.2: every run, every field."""

import json
from datetime import date
from pathlib import Path

import pytest

from framework.kpis.kpi import Direction
from framework.kpis.spc import RuleSet, xmr_chart

SERIES = json.loads((Path(__file__).parent / "references" / "xmr_reference.json").read_text(encoding="utf-8"))["series"]
DIRECTIONS = {"increase": Direction.HIGHER, "decrease": Direction.LOWER, "neutral": Direction.NONE}
RUNS = [
    pytest.param(series["input"], run["options"], run["expected"], id=f"{series['id']}-{n}")
    for series in SERIES
    for n, run in enumerate(series["runs"])
]
FIELDS = {
    "y": "value",
    "rebase_group": "group",
    "outside_limits": "outside",
    "relative_to_mean": "side",
    "close_to_limits": "close",
    "special_cause_type": "cause",
    "point_type": "kind",
}


def charted(data, options):
    return xmr_chart(
        data["y"],
        days=[date.fromisoformat(day) for day in data["x"]],
        direction=DIRECTIONS[options["improvement_direction"]],
        target=options["target"],
        rebase=[date.fromisoformat(day) for day in options["rebase"] or []],
        rules=RuleSet.NHS_R,
        screen=options["screen_outliers"],
        fix_after=options["fix_after_n_points"],
    )


def test_the_reference_has_thirty_runs():
    assert len(RUNS) == 30


@pytest.mark.parametrize(("data", "options", "expected"), RUNS)
def test_every_point_is_judged_as_the_package_judges_it(data, options, expected):
    points = charted(data, options).points
    found = {field: [getattr(point, ours) for point in points] for field, ours in FIELDS.items()}
    assert found == {field: expected[field] for field in FIELDS}


@pytest.mark.parametrize(("data", "options", "expected"), RUNS)
def test_mean_and_limits_agree_to_nine_places(data, options, expected):
    points = charted(data, options).points
    for field in ("mean", "lpl", "upl"):
        found = [getattr(point, field) for point in points]
        assert [n is None for n in found] == [n is None for n in expected[field]]
        pairs = [(a, b) for a, b in zip(found, expected[field], strict=True) if a is not None]
        assert [a for a, _ in pairs] == pytest.approx([b for _, b in pairs], abs=1e-9, rel=0)


@pytest.mark.parametrize(("data", "options", "expected"), RUNS)
def test_the_flags_the_icons_and_the_warnings_agree(data, options, expected):
    chart = charted(data, options)
    flagged = {point.position for point in chart.flagged}
    short = [group.short_group for group in chart.groups for _ in range(group.rows)]
    assert [n in flagged for n in range(len(chart.points))] == expected["special_cause_flag"]
    assert short == expected["short_group_warning"]
    assert any(short) == bool(expected["warnings"])
    assert (chart.latest.kind, chart.variation) == (expected["variation_point_type"], expected["variation_icon"])
    assert (chart.assurance.assurance_type, chart.assurance) == (expected["assurance_type"], expected["assurance_icon"])
