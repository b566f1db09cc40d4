"""The chart of a KPI: what is drawn, what is not bridged, what is written, and the sentence for who cannot see it."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from framework import charts
from framework.charts import DARK, LIGHT, MISSING, REPORTED, Plot, alt_sentence, path_and_values

COLUMNS = ("day", "number", "period", "said", "label", "state", "run")


def values(*rows: tuple[int, float | None, str, int]) -> pd.DataFrame:
    """Day, number, state and run of each period; words are made from them."""
    made = []
    for day, number, state, run in rows:
        said = "Not reported" if number is None else f"{number:g} %"
        made.append((day, number, f"period {day}", said, said, state, run))
    return pd.DataFrame(made, columns=COLUMNS)


def a_plot(**changes) -> Plot:
    """Absence: 28, then a gap, then 24.5 and a provisional 24; to fall from 28 to 20 between day 100 and day 500."""
    plot = Plot(
        values=values(
            (100, 28.0, REPORTED, 0), (200, None, MISSING, 1), (300, 24.5, REPORTED, 1), (400, 24.0, "provisional", 1)
        ),
        way=pd.DataFrame(
            {"day": [100, 300, 400, 500], "low": [28.0, 24.0, 22.0, 20.0], "high": [28.0, 24.0, 22.0, 20.0]}
        ),
        targets=pd.DataFrame({"day": [500], "low": [20.0], "high": [20.0], "said": ["20 %"], "label": ["Target 20 %"]}),
        ticks={100: "Au1 23", 500: "Su2 27"},
        unit="%",
        lowest=0.0,
        highest=100.0,
    )
    return replace(plot, **changes)


def spec(plot: Plot, palette: charts.Palette = LIGHT) -> dict:
    return path_and_values(plot, palette).to_dict()


def layers(made: dict, mark: str, **wanted) -> list[dict]:
    found = [layer for layer in made["layer"] if layer["mark"]["type"] == mark]
    return [layer for layer in found if all(layer["mark"].get(name) == value for name, value in wanted.items())]


def rows(made: dict, layer: dict) -> list[dict]:
    return made["datasets"][layer["data"]["name"]]


def written(made: dict) -> list[str]:
    return [row["label"] for layer in layers(made, "text") for row in rows(made, layer) if "label" in row]


def test_a_gap_parts_the_line_and_the_missing_period_is_not_on_it():
    made = spec(a_plot())
    line = next(layer for layer in layers(made, "line") if "detail" in layer["encoding"])
    assert [(row["day"], row["run"]) for row in rows(made, line)] == [(100, 0), (300, 1), (400, 1)]
    assert line["encoding"]["detail"]["field"] == "run"


def test_a_missing_period_is_a_stroke_at_the_foot():
    made = spec(a_plot())
    (stroke,) = layers(made, "tick", orient="vertical")
    assert [row["day"] for row in rows(made, stroke)] == [200]
    assert rows(made, stroke)[0]["number"] < 20.0


def test_a_provisional_value_is_hollow():
    made = spec(a_plot())
    (hollow,) = layers(made, "circle", color=LIGHT.paper)
    assert [row["day"] for row in rows(made, hollow)] == [400]


def test_no_layer_is_empty_since_a_screen_reader_would_meet_an_image_without_a_name():
    made = spec(a_plot(values=values((100, 28.0, "provisional", 0))))
    assert all(rows(made, layer) for layer in made["layer"])
    assert layers(made, "circle", color=LIGHT.line) == []


def test_nought_is_drawn_as_a_value():
    made = spec(a_plot(values=values((100, 28.0, REPORTED, 0), (300, 0.0, REPORTED, 0))))
    (dots,) = layers(made, "circle", color=LIGHT.line)
    assert [row["number"] for row in rows(made, dots)] == [28.0, 0.0]
    assert layers(made, "tick", orient="vertical") == []


def test_the_last_value_the_target_and_the_path_are_written_instead_of_a_legend():
    made = spec(a_plot())
    assert {"24 %", "Target 20 %", "Expected"} <= set(written(made))
    assert not any("legend" in channel for layer in made["layer"] for channel in layer["encoding"].values())


def test_each_break_of_definition_is_a_rule_with_words():
    made = spec(a_plot(breaks=(150, 350)))
    (rule,) = layers(made, "rule")
    assert [row["day"] for row in rows(made, rule)] == [150, 350]
    assert written(made).count("Definition changed") == 2


def test_new_limits_are_a_thin_grey_rule_without_words():
    made = spec(a_plot(new_limits=(250,)))
    (rule,) = layers(made, "rule", color=LIGHT.beside)
    assert [row["day"] for row in rows(made, rule)] == [250]
    assert set(written(made)) == set(written(spec(a_plot())))


BESIDE = pd.DataFrame(
    [
        {"name": "England", "day": 100, "number": 27.0, "period": "period 100", "said": "27 %", "run": 0},
        {"name": "England", "day": 400, "number": 23.0, "period": "period 400", "said": "23 %", "run": 0},
        {"name": "The city", "day": 300, "number": 30.0, "period": "period 300", "said": "30 %", "run": 0},
    ]
)


def test_other_people_s_figures_are_grey_and_named_at_the_end_of_their_line():
    made = spec(a_plot(beside=BESIDE))
    grey = layers(made, "line", color=LIGHT.beside)
    assert [[row["number"] for row in rows(made, layer)] for layer in grey] == [[27.0, 23.0], [30.0]]
    ends = {row["label"]: row["day"] for layer in layers(made, "text") for row in rows(made, layer) if "label" in row}
    assert (ends["England"], ends["The city"]) == (400, 300)


def test_the_axis_holds_other_people_s_figures_too():
    low, high = layers(spec(a_plot(beside=BESIDE)), "line")[-1]["encoding"]["y"]["scale"]["domain"]
    assert low < 20.0
    assert high > 30.0


def test_a_note_is_a_number_in_a_ring_at_the_top():
    notes = pd.DataFrame([{"day": 300, "label": "1", "said": "A mentor began."}])
    made = spec(a_plot(notes=notes))
    (ring,) = layers(made, "circle", stroke=LIGHT.quiet)
    assert [(row["day"], row["label"]) for row in rows(made, ring)] == [(300, "1")]
    assert "value" in ring["encoding"]["y"]
    assert "1" in written(made)


def test_a_note_keeps_a_strip_of_its_own_above_a_full_hundred():
    notes = pd.DataFrame([{"day": 300, "label": "1", "said": "A mentor began."}])
    few = values((100, 98.0, REPORTED, 0), (300, 94.0, REPORTED, 0))
    tops = [
        layers(spec(a_plot(values=few, notes=some, highest=100.0)), "line")[-1]["encoding"]["y"]["scale"]["domain"][1]
        for some in (pd.DataFrame(), notes)
    ]
    assert tops[1] >= tops[0]


def test_a_band_is_an_area_between_two_dashed_edges():
    way = pd.DataFrame({"day": [100, 500], "low": [8.0, 8.0], "high": [12.0, 12.0]})
    made = spec(a_plot(way=way, targets=way.assign(said="8 to 12", label="Target 8 to 12").tail(1)))
    assert len(layers(made, "area")) == 1
    assert len([layer for layer in layers(made, "line") if "strokeDash" in layer["mark"]]) == 2


def test_values_without_any_path_are_drawn_alone():
    nothing = pd.DataFrame(columns=["day", "low", "high", "said", "label"])
    made = spec(a_plot(way=nothing, targets=nothing))
    assert [layer for layer in layers(made, "line") if "strokeDash" in layer["mark"]] == []
    assert set(written(made)) == {"24 %"}


@pytest.mark.parametrize("number", [0.0, 100.0, 7.25])
def test_one_value_alone_makes_a_chart(number):
    nothing = pd.DataFrame(columns=["day", "low", "high", "said", "label"])
    assert spec(a_plot(values=values((100, number, REPORTED, 0)), way=nothing, targets=nothing))["layer"]


def test_an_axis_of_percentages_writes_no_number_below_nought_or_above_a_hundred():
    made = spec(a_plot(values=values((100, 0.0, REPORTED, 0), (300, 100.0, REPORTED, 0))))
    axis = next(a for layer in made["layer"] if (a := layer["encoding"].get("y", {}).get("axis")))
    assert "datum.value >= 0.0" in axis["labelExpr"]
    assert "datum.value <= 100.0" in axis["labelExpr"]


def test_a_long_unit_stands_above_the_axis_and_not_at_every_number():
    made = spec(a_plot(unit="school days"))
    axis = next(a for layer in made["layer"] if (a := layer["encoding"].get("y", {}).get("axis")))
    assert axis["title"] == "school days"
    assert "school days" not in axis["labelExpr"]


def test_no_other_layer_takes_the_axis_title_away():
    made = spec(a_plot(unit="school days"))
    channels = [layer["encoding"]["y"] for layer in made["layer"] if "y" in layer["encoding"]]
    assert [c for c in channels if "title" in c and c["title"] is None] == []


def test_a_tick_s_words_cannot_break_out_of_their_expression():
    made = spec(a_plot(ticks={100: "x'}; alert(1) //"}))
    axis = next(a for layer in made["layer"] if (a := layer["encoding"].get("x", {}).get("axis")))
    assert axis["labelExpr"] == "{'100': 'x alert1 //'}[datum.value]"


def test_no_colour_of_a_chart_is_a_colour_of_a_standing():
    from pages.ui_look import AMBER, GREEN, RED

    used = {colour.upper() for palette in (LIGHT, DARK) for colour in vars(palette).values()}
    assert used.isdisjoint({colour.upper() for pair in (GREEN, AMBER, RED) for colour in pair})


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_stand_out_from_the_paper_by_three_to_one_and_words_by_four_and_a_half(palette):
    assert min(contrast(colour, palette.paper) for colour in (palette.line, palette.way, palette.quiet)) >= 4.5
    assert min(contrast(c, palette.paper) for c in (palette.beside, palette.better, palette.worse)) >= 3.0


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(pair, 16) / 255 for pair in re.findall("..", colour[1:])]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_sentence_tells_the_finding_the_ends_the_extremes_and_the_gaps():
    said = alt_sentence("Absence", "The whole trust", "Behind: 24 % against 22 %.", a_plot().values)
    assert said == (
        "Line chart of Absence, The whole trust. Behind: 24 % against 22 %. 3 values, from 28 % in period 100 "
        "to 24 % in period 400; lowest 24 % in period 400, highest 28 % in period 100. 1 period has no value."
    )


def test_the_sentence_tells_whose_figures_stand_beside_and_how_many_notes():
    said = alt_sentence("Absence", "The whole trust", "Behind.", a_plot().values, BESIDE, notes=2)
    assert said.endswith(
        "Beside it in grey: England 23 % in period 400; The city 30 % in period 300. "
        "2 notes are numbered on it and told below."
    )


def test_the_sentence_of_a_single_value_names_it_once():
    said = alt_sentence("Absence", "Hazel Grange", "No target.", values((100, 0.0, REPORTED, 0)))
    assert said == "Line chart of Absence, Hazel Grange. No target. One value: 0 % in period 100."


def test_the_sentence_without_values_says_so():
    assert alt_sentence("Absence", "Hazel Grange", "Not reported.", values((1, None, MISSING, 0))) == (
        "Absence, Hazel Grange: no values yet. Not reported."
    )
