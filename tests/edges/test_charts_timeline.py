"""The timeline: what is solid, dashed, hollow, filled and grey, where it fits, and its sentence."""

from dataclasses import replace
from functools import cache

import pandas as pd
import pytest

from framework.charts import DARK, LIGHT, TimelinePlot, timeline_plot, timeline_words
from framework.charts.timeline import ROW
from pages.ui_look import AMBER, GREEN, RED
from tests.edges.test_charts import layers, rows, written

NO_STEPS = pd.DataFrame([], columns=["row", "day", "done", "label", "said"])


def a_line(row: int, start: int, due: int, first: int | None = None, over: bool = False) -> dict:
    label = f"A-{row} Breakfast club"
    return {"row": row, "label": label, "start": start, "due": due, "first": first, "over": over, "said": "in words"}


def a_plot(*lines: dict, **changes) -> TimelinePlot:
    """One action on its way, one that was put off from day 200 to day 300, and one that is over; today is day 250."""
    some = lines or (a_line(1, 100, 400), a_line(2, 100, 300, first=200), a_line(3, 50, 150, over=True))
    steps = [
        {"row": 1, "day": 200, "done": True, "label": "Menu agreed", "said": "done"},
        {"row": 1, "day": 350, "done": False, "label": "Doors open", "said": "due"},
    ]
    plot = TimelinePlot(
        lines=pd.DataFrame(list(some)),
        steps=pd.DataFrame(steps),
        groups=pd.DataFrame([{"row": 0, "label": "A coherent experience"}]),
        today=250,
        today_words="Today, 13 Nov 2026",
        ticks={100: "Sep 2025"},
    )
    return replace(plot, **changes)


@cache
def usual() -> dict:
    """The chart of the plot above, made once: Altair takes its time."""
    return timeline_plot(a_plot()).to_dict()


def drawn(plot: TimelinePlot | None, mark: str, **wanted) -> list[tuple[dict, list[dict]]]:
    """Layers with their rows. `plot` None: the usual one."""
    made = usual() if plot is None else timeline_plot(plot).to_dict()
    return [(layer, rows(made, layer)) for layer in layers(made, mark, **wanted)]


def test_every_action_is_named_under_its_heading():
    words = written(usual())
    assert {"A coherent experience", "A-1 Breakfast club", "A-2 Breakfast club", "A-3 Breakfast club"} <= set(words)


def test_a_line_is_solid_to_the_day_promised_first_and_dashed_to_the_day_promised_now():
    solid = [layer for layer in drawn(None, "rule", strokeWidth=3) if layer[0]["encoding"]["x"]["field"] == "start"]
    ends = {row["row"]: row["until"] for _, some in solid for row in some}
    assert ends == {1: 400, 2: 200, 3: 150}
    dashed = [some for layer, some in drawn(None, "rule") if layer["mark"].get("strokeDash")]
    assert [[row["row"] for row in some] for some in dashed] == [[2]]


def test_the_day_promised_first_is_hollow_and_the_day_promised_now_is_filled():
    open_ones = [layer for layer, some in drawn(None, "point") if all(row["row"] < 3 for row in some)]
    at = {layer["encoding"]["x"]["field"]: layer["mark"] for layer in open_ones}
    assert (at["first"]["fill"], at["first"]["stroke"]) == (LIGHT.paper, LIGHT.line)
    assert at["due"]["fill"] == LIGHT.line


def test_what_was_brought_forward_ends_where_it_is_due_now():
    forward = a_plot(a_line(1, 100, 200, first=300))
    solid = [some for layer, some in drawn(forward, "rule", strokeWidth=3) if "until" in some[0]]
    assert solid[0][0]["until"] == 200


@pytest.mark.parametrize(("done", "fill"), [(True, LIGHT.ink), (False, LIGHT.paper)])
def test_a_milestone_is_filled_when_it_is_done(done, fill):
    steps = [(layer, some) for layer, some in drawn(None, "point") if layer["encoding"]["x"]["field"] == "day"]
    assert [layer["mark"]["fill"] for layer, some in steps if some[0]["done"] is done] == [fill]


def test_what_is_over_is_grey():
    colours = {
        row["over"]: layer["mark"]["color"] for layer, some in drawn(None, "rule", strokeWidth=3) for row in some
    }
    assert colours == {False: LIGHT.line, True: LIGHT.beside}


def test_today_is_a_rule():
    rule = [some for layer, some in drawn(None, "rule") if layer["mark"]["color"] == LIGHT.ink]
    assert rule[0][0]["start"] == 250


@pytest.mark.parametrize(("today", "align"), [(None, "right"), (70, "left")])
def test_the_word_at_today_stays_on_the_paper(today, align):
    plot = None if today is None else a_plot(today=today)
    words = [layer["mark"] for layer, some in drawn(plot, "text") if "Today" in some[0]["label"]]
    assert words[0]["align"] == align


def test_titles_are_cut_at_the_edge_of_the_paper_however_narrow():
    titles = [layer["mark"] for layer, some in drawn(None, "text") if "Breakfast" in some[0]["label"]]
    assert {str(mark["limit"]) for mark in titles} == {"{'expr': 'width'}"}
    assert usual()["width"] == "container"


def test_each_action_has_room_of_its_own():
    many = timeline_plot(a_plot(*(a_line(n, 100, 400) for n in range(1, 41)))).to_dict()["height"]
    assert many - usual()["height"] == 37 * ROW


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_no_colour_of_a_standing_is_on_it(palette):
    made = str(usual() if palette is LIGHT else timeline_plot(a_plot(), palette).to_dict()).casefold()
    assert not [colour for pair in (GREEN, AMBER, RED) for colour in pair if colour.casefold() in made]


def test_a_plan_without_milestones_is_drawn():
    made = a_plot(a_line(1, 100, 400), steps=NO_STEPS, groups=pd.DataFrame([], columns=["row", "label"]))
    assert len(drawn(made, "point")) == 1


def test_the_sentence_says_what_is_over_late_and_moved_and_where_the_table_is():
    said = timeline_words(a_plot(), "1 Sep 2025", "16 Jul 2027", late=2)
    assert said == (
        "Timeline of 3 actions under 1 objective, from 1 Sep 2025 to 16 Jul 2027. 1 is over; 2 are late; "
        "1 is moved from the day promised first. 1 of 2 milestones are done. The table below says the same."
    )
    assert "late" not in timeline_words(a_plot(), "1 Sep 2025", "16 Jul 2027", late=0)
