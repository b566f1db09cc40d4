"""The chart with a usual range and the funnel: what is drawn, dotted, ringed and named, and in which colours never."""

from dataclasses import replace

import pandas as pd
import pytest

from framework.charts import DARK, LIGHT, FunnelPlot, LimitsPlot, funnel_plot, limits_plot
from framework.charts.limits import BETTER, OTHER, WORSE
from pages.ui_look import AMBER, GREEN, RED
from tests.edges.test_charts import layers, rows, written


def a_point(day: int, number: float | None, sign: str = "", **more) -> dict:
    """A period of a series about 24 with a usual range from 22 to 26."""
    point = {"day": day, "number": number, "centre": 24.0, "low": 22.0, "high": 26.0, "period": f"period {day}"}
    said = "Not reported" if number is None else f"{number:g} %"
    return {**point, "said": said, "sign": sign, "cause": "", "run": 0, "stretch": 0, "trial": False, **more}


def a_plot(*points: dict, **changes) -> LimitsPlot:
    some = points or (a_point(100, 24.0), a_point(200, 27.0, WORSE), a_point(300, 21.0, BETTER))
    return replace(
        LimitsPlot(pd.DataFrame(list(some)), {100: "Au1 23"}, unit="%", lowest=0.0, highest=100.0), **changes
    )


def test_mean_and_both_edges_are_drawn_and_named():
    made = limits_plot(a_plot()).to_dict()
    drawn = [layer["encoding"]["y"]["field"] for layer in layers(made, "line", interpolate="step")]
    assert drawn == ["low", "centre", "high"]
    assert {"Mean", "Usual range"} <= set(written(made))


@pytest.mark.parametrize(("trial", "gap"), [(True, 4), (False, 3)])
def test_trial_limits_are_dotted_and_others_dashed(trial, gap):
    made = limits_plot(a_plot(a_point(100, 24.0, trial=trial), a_point(200, 25.0, trial=trial))).to_dict()
    edge = next(x for x in layers(made, "line", interpolate="step") if x["encoding"]["y"]["field"] == "low")
    assert edge["mark"]["strokeDash"][1] == gap


def test_a_period_without_limits_draws_none():
    bare = {"centre": None, "low": None, "high": None}
    made = limits_plot(a_plot(a_point(100, 24.0, **bare), a_point(200, 25.0, **bare))).to_dict()
    assert layers(made, "line", interpolate="step") == []
    assert written(made) == []


def test_a_sign_has_a_ring_a_shape_of_its_own_and_a_word():
    made = limits_plot(a_plot()).to_dict()
    marks = layers(made, "point")
    shapes = {rows(made, layer)[0]["sign"]: layer["mark"]["shape"] for layer in marks[1::2]}
    assert len(marks) == 4
    assert shapes[BETTER] != shapes[WORSE]
    assert {"Better", "Worse"} <= set(written(made))


def test_a_sign_of_what_has_no_better_way_is_neither():
    made = limits_plot(a_plot(a_point(100, 24.0), a_point(200, 27.0, OTHER))).to_dict()
    assert "By more than chance" in written(made)
    assert {"Better", "Worse"}.isdisjoint(written(made))


def test_a_missing_period_is_not_on_the_line():
    made = limits_plot(a_plot(a_point(100, 24.0), a_point(200, None), a_point(300, 23.0, run=1))).to_dict()
    line = next(x for x in layers(made, "line") if x["encoding"].get("detail", {}).get("field") == "run")
    assert [row["day"] for row in rows(made, line)] == [100, 300]


def test_the_target_is_drawn_with_its_number_only_where_there_is_one():
    assert "Target 20 %" in written(limits_plot(a_plot(target=20.0, target_words="20 %")).to_dict())
    assert not any("Target" in word for word in written(limits_plot(a_plot()).to_dict()))


FUNNEL = FunnelPlot(
    points=pd.DataFrame(
        [
            {"label": "Hazel Grange", "size": 400.0, "number": 20.0, "said": "20 %", "sign": ""},
            {"label": "St Agnes", "size": 900.0, "number": 30.0, "said": "30 %", "sign": "higher than chance explains"},
        ]
    ),
    limits=pd.DataFrame(
        [
            {"size": 360.0, "low95": 18.0, "high95": 30.0, "low998": 12.0, "high998": 36.0},
            {"size": 990.0, "low95": 21.0, "high95": 27.0, "low998": 19.0, "high998": 29.0},
        ]
    ),
    pooled=24.0,
    pooled_words="24 %",
)


def test_a_funnel_names_every_school_and_rings_only_who_stands_out():
    made = funnel_plot(FUNNEL).to_dict()
    (ring,) = layers(made, "point")
    assert {"Hazel Grange", "St Agnes", "All schools 24 %"} == set(written(made))
    assert [row["label"] for row in rows(made, ring)] == ["St Agnes"]


def test_a_funnel_runs_along_sizes_and_not_along_ranks():
    made = funnel_plot(FUNNEL).to_dict()
    (dots,) = layers(made, "circle")
    assert (dots["encoding"]["x"]["field"], dots["encoding"]["y"]["field"]) == ("size", "number")
    assert [row["size"] for row in rows(made, dots)] == [400.0, 900.0]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_no_status_colour_is_in_either_chart(palette):
    words = f"{limits_plot(a_plot(), palette).to_dict()} {funnel_plot(FUNNEL, palette).to_dict()}".upper()
    assert [colour for pair in (GREEN, AMBER, RED) for colour in pair if colour.upper() in words] == []
