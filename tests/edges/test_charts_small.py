"""Small pictures and icons: where things lie in px, what is not bridged, which colours are never used."""

import base64
import re
import xml.etree.ElementTree as ElementTree

import pytest

from framework.charts import DARK, LIGHT, as_address, icon, small
from framework.kpis.icons import Assurance, Variation
from pages.ui_look import AMBER, GREEN, RED

SVG = "{http://www.w3.org/2000/svg}"
# 0 to 100 days over 3 to 292 px, 20 to 30 over 80 to 16 px: a day is 2.89 px, a number 6.4 px.
FRAME = {"days": (0, 100), "ends": (20.0, 30.0), "ends_words": ("20 %", "30 %")}
STATUS = [colour.upper() for pair in (GREEN, AMBER, RED) for colour in pair]


def drawn(*values, **more) -> ElementTree.Element:
    return ElementTree.fromstring(small(values, **{**FRAME, **more}))


def lines(found: ElementTree.Element, dashed: bool = False) -> list[str]:
    some = found.iter(f"{SVG}polyline")
    return [line.attrib["points"] for line in some if ("stroke-dasharray" in line.attrib) is dashed]


def dots(found: ElementTree.Element) -> list[tuple[str, str]]:
    return [(dot.attrib["cx"], dot.attrib["cy"]) for dot in found.iter(f"{SVG}circle")]


def test_values_lie_where_their_day_and_number_say():
    # (292 - 3) / 2 + 3 = 147.5; (80 + 16) / 2 = 48.
    assert lines(drawn((0, 30.0), (50, 25.0), (100, 20.0))) == ["3.0,16.0 147.5,48.0 292.0,80.0"]


def test_the_last_value_is_a_dot():
    assert dots(drawn((0, 30.0), (50, 25.0), (100, None))) == [("147.5", "48.0")]


def test_a_gap_is_not_bridged_and_a_lone_value_is_seen():
    found = drawn((0, 30.0), (25, 30.0), (50, None), (75, 25.0), (90, None), (100, 20.0))
    assert len(lines(found)) == 1
    assert [x for x, _ in dots(found)] == ["219.8", "292.0", "292.0"]  # two lone ones, and the last once more


def test_a_true_nought_is_drawn():
    assert dots(drawn((0, 1.0), (100, 0.0), ends=(0.0, 10.0))) == [("292.0", "80.0")]


def test_what_is_older_than_the_picture_is_left_out():
    assert lines(drawn((-50, 30.0), (0, 30.0), (100, 20.0))) == ["3.0,16.0 292.0,80.0"]


def test_the_path_is_dashed_and_a_band_has_two_edges():
    assert len(lines(drawn((0, 25.0), way=((0, 28.0, 28.0), (100, 22.0, 22.0))), dashed=True)) == 1
    assert len(lines(drawn((0, 25.0), way=((0, 22.0, 28.0), (100, 22.0, 28.0))), dashed=True)) == 2


def test_the_ends_of_the_height_are_written():
    assert [text.text for text in drawn((0, 25.0)).iter(f"{SVG}text")] == ["30 %", "20 %"]


def test_words_cannot_break_out_of_the_picture():
    found = drawn((0, 25.0), ends_words=("<script>", "&"))
    assert [text.text for text in found.iter(f"{SVG}text")] == ["&", "<script>"]


def test_an_address_holds_the_very_picture():
    svg = small(((0, 25.0),), **FRAME)
    head, _, body = as_address(svg).partition(",")
    assert head == "data:image/svg+xml;base64"
    assert base64.b64decode(body).decode() == svg


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_no_status_colour_is_in_a_small_picture_or_an_icon(palette):
    names = [*Variation, *Assurance]
    words = small(((0, 25.0),), **FRAME, palette=palette) + "".join(icon(name, palette) for name in names)
    assert [colour for colour in STATUS if colour in words.upper()] == []


def test_every_variation_and_assurance_has_an_icon_of_its_own_shape():
    shapes = {name: re.sub(r"#[0-9A-Fa-f]{6}", "", icon(name)) for name in (*Variation, *Assurance)}
    assert len({shapes[name] for name in shapes if not name.startswith("neutral")}) == 8
    assert shapes["neutral_high"] != shapes["neutral_low"]


@pytest.mark.parametrize(("name", "colour"), [("improvement_low", "#12436D"), ("concern_low", "#F46A25")])
def test_better_is_blue_and_worse_is_orange_as_making_data_count_has_them(name, colour):
    assert colour in icon(name)


def test_a_name_without_an_icon_is_refused():
    with pytest.raises(ValueError, match="wanted a variation or an assurance"):
        icon("thumbs up")
