"""The shared drawing code: it escapes every text, names every row and column, and its colours can be read."""

import re
import tomllib
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from framework.deeds import starting
from framework.people import Role
from framework.periods import LONDON
from framework.store import Store
from framework.store.engine import url_of
from pages import ui, ui_here, ui_look
from tests.conftest import GOVERNOR, LEADER

ROOT = Path(__file__).resolve().parents[2]
EVIL = """<script>alert(1)</script>"onmouseover='alert(2)' <img src=x onerror=alert(3)> & <b>"""
FAMILIES = ("achieved", "on track", "slightly behind", "behind", "none")
COLUMNS = [ui.Column("School"), ui.Column("Value", align="right"), ui.Column("Note", quiet=True)]


def no_markup_of(text: str, markup: str) -> bool:
    """Whether a text can be found in markup only in its escaped form."""
    return text not in markup and "<script" not in markup and "<img" not in markup and '"onmouseover' not in markup


# Escaping


@pytest.mark.parametrize(
    "made",
    [
        ui.esc(EVIL),
        ui.mark("behind", EVIL),
        ui.marks([("behind", EVIL), ("none", EVIL)]),
        ui.link(EVIL, "kpi", ref=EVIL),
        ui.term(EVIL, EVIL),
        ui.strong(EVIL),
        ui.small(EVIL),
        ui.lines(EVIL, EVIL),
        ui.join(EVIL, EVIL, by=EVIL),
        ui.cell(EVIL, code=EVIL, foot=EVIL, to=EVIL),
        ui.band(EVIL, [ui.cell(EVIL)]),
        ui.viewers([LEADER.__class__(ref=EVIL, name=EVIL, role=Role.LEADER, job=EVIL)], EVIL),
        ui.table_html([ui.Column(EVIL, width=EVIL), ui.Column(EVIL)], [[EVIL, EVIL]], caption=EVIL),
        ui.table_html([ui.Column(EVIL)], [[EVIL]], caption=EVIL, stack=False),
    ],
)
def test_text_never_becomes_markup(made):
    assert no_markup_of(EVIL, made)


@given(some.text())
def test_whatever_is_escaped_holds_no_sign_that_opens_markup(text):
    assert not set("<>\"'") & set(ui.esc(text))


def test_markup_made_here_is_not_escaped_twice():
    assert ui.esc(ui.strong("a & b")) == "<strong>a &amp; b</strong>"


def test_show_refuses_what_the_ui_did_not_make():
    with pytest.raises(TypeError):
        ui.show("<b>bold</b>")  # type: ignore[arg-type]


@pytest.mark.parametrize("sign", list("*_`[]()#<>$~|!{}+-.\\"))
def test_plain_escapes_what_markdown_reads(sign):
    assert f"\\{sign}" in ui.plain(f"a{sign}b")


@pytest.mark.parametrize("text", [":smile:", ":material/home:", "https://x.org", "www.x.org", "a@x.org", ":red[b]"])
def test_plain_parts_what_markdown_replaces_after_escapes(text):
    assert "\N{WORD JOINER}" in ui.plain(text)


def test_plain_leaves_a_sentence_as_it_reads():
    assert ui.plain("KPIs: found nothing") == "KPIs\\: found nothing"


# Links


def test_a_link_stays_in_its_tab_and_keeps_its_parameters():
    assert ui.link("Absence", "kpi", ref="a&b") == '<a href="/kpi?ref=a%26b" target="_self">Absence</a>'


def test_a_link_leaves_out_what_is_not_given():
    assert ui.address("actions", pillar=None, school="") == "/actions"


def test_the_overview_is_the_first_page():
    assert ui.address("overview", by="Pillar") == "/?by=Pillar"


# Marks and bars


@pytest.mark.parametrize("family", FAMILIES)
def test_a_mark_carries_its_word(family):
    assert ">The word</span>" in ui.mark(family, "The word")


def test_the_five_marks_are_five_shapes():
    shapes = {re.search(r"cd-shape ([\w-]+)", ui.mark(family, "x"))[1] for family in FAMILIES}  # type: ignore[index]
    assert len(shapes) == 5


def test_there_is_no_sixth_mark():
    with pytest.raises(KeyError):
        ui.mark("excellent", "Excellent")


def test_bare_marks_tell_a_screen_reader_what_they_are():
    made = ui.marks([("behind", "Absence: behind"), ("none", "Survey: too early")])
    assert 'role="img" aria-label="Absence: behind; Survey: too early"' in made


@pytest.mark.parametrize(
    ("done", "total", "width"), [(12, 24, "50.00"), (0, 8, "0.00"), (0, 0, "0.00"), (9, 8, "100.00")]
)
def test_a_bar_is_filled_by_its_share(done, total, width):
    assert f"width:{width}%" in ui.bar(done, total)


# The table


def table(rows=(("Hazel Grange", "24.1 %", ""),), **options):
    return ui.table_html(COLUMNS, rows, caption="Absence by school", **options)


def test_a_table_names_its_rows_and_columns():
    assert table().count('scope="col"') == 3
    assert table().count('scope="row"') == 1


@pytest.mark.parametrize("shown", [True, False])
def test_a_table_has_a_caption(shown):
    assert re.search(r"<caption><span[^>]*>Absence by school</span></caption>", table(show_caption=shown))


def test_a_card_on_a_phone_says_what_each_value_is():
    assert 'data-heading="Value"><div>24.1 %</div>' in table()


def test_an_empty_cell_leaves_no_line_on_a_card():
    assert 'cd-blank" data-heading="Note"' in table()


def test_a_zero_is_a_value():
    assert "<div>0</div>" in table([("Hazel Grange", 0, "")])


def test_a_wide_table_scrolls_in_a_box_the_keyboard_reaches():
    assert table(stack=False).startswith(
        '<div class="cd-scroll" role="region" tabindex="0" aria-label="Absence by school">'
    )


def test_a_row_with_a_cell_too_few_is_our_mistake():
    with pytest.raises(ValueError, match="shorter"):
        table([("Hazel Grange", "24.1 %")])


def test_headings_that_are_unseen_are_still_read_out():
    made = ui.table_html([ui.Column("School", unseen=True)], [["Hazel Grange"]], caption="Schools")
    assert '<span class="cd-unseen">School</span>' in made


# Who is here and when


@pytest.fixture
def on(monkeypatch):
    """Set the sample's day (None: a trust's own database)."""

    def choose(day):
        monkeypatch.setattr(ui_here, "store", lambda: SimpleNamespace(sample_day=day))

    return choose


def test_the_store_of_this_name_is_opened_once_for_everyone(tmp_path, monkeypatch):
    path = tmp_path / "trust.db"
    Store.open(path).close()
    monkeypatch.setenv(starting.DATABASE, str(path))
    monkeypatch.setattr(ui_here, "_open", [])
    with closing(ui_here.store()) as opened:
        assert opened.url == url_of(path)
        assert ui_here.store() is opened


def test_now_is_the_sample_day_at_this_time_of_day(on):
    on(date(2026, 7, 7))
    assert ui.today() == date(2026, 7, 7)
    clock = datetime.now(LONDON)
    assert abs(
        ui.now().astimezone(LONDON).replace(year=clock.year, month=clock.month, day=clock.day) - clock
    ) < timedelta(minutes=1)


def test_now_is_the_real_moment_in_a_trusts_own_database(on):
    on(None)
    assert abs(ui.now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert ui.now().tzinfo is UTC


def test_nobody_is_here_in_a_trusts_own_database_until_there_is_a_sign_in(on):
    on(None)
    assert ui_here.person() is None


@pytest.mark.parametrize(("cookie", "expected"), [(GOVERNOR.ref, GOVERNOR), ("nobody", LEADER), (None, LEADER)])
def test_in_the_demo_the_viewer_is_who_they_chose_or_a_leader(on, monkeypatch, cookie, expected):
    on(date(2026, 11, 13))
    monkeypatch.setattr(ui_here, "people", lambda: (GOVERNOR, LEADER))
    cookies = {} if cookie is None else {ui.VIEWER_COOKIE: cookie}
    monkeypatch.setattr(ui_here.st, "context", SimpleNamespace(cookies=cookies))
    assert ui_here.person() == expected


# Colours


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


THEMES = [pytest.param(0, id="light"), pytest.param(1, id="dark")]
TEXTS = ("INK", "QUIET", "GREEN", "AMBER", "RED", "GREY", "STRONG")
GROUNDS = ("PAPER", "FIELD", "TINT")


def test_black_on_white_is_the_greatest_contrast():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", TEXTS)
def test_text_can_be_read_on_paper(name, theme):
    assert contrast(getattr(ui_look, name)[theme], ui_look.PAPER[theme]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("name", ["INK", "QUIET"])
def test_words_can_be_read_on_every_ground(name, ground, theme):
    assert contrast(getattr(ui_look, name)[theme], getattr(ui_look, ground)[theme]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_white_words_can_be_read_on_what_is_filled(theme):
    assert contrast("#FFFFFF", ui_look.FILLED[theme]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["GREEN", "AMBER", "RED", "GREY", "STRONG"])
def test_marks_and_the_ring_of_the_focus_stand_out_from_paper(name, theme):
    assert contrast(getattr(ui_look, name)[theme], ui_look.PAPER[theme]) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_a_bar_stands_out_from_what_it_has_not_filled(theme):
    assert contrast(ui_look.STRONG[theme], ui_look.HAIRLINE[theme]) >= 3


@pytest.mark.parametrize(("theme", "section"), [(0, "light"), (1, "dark")])
def test_the_theme_and_the_stylesheet_use_the_same_colours(theme, section):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][section]
    chosen = [
        config[k] for k in ("backgroundColor", "textColor", "borderColor", "primaryColor", "secondaryBackgroundColor")
    ]
    same = (ui_look.PAPER, ui_look.INK, ui_look.HAIRLINE, ui_look.FILLED, ui_look.FIELD)
    assert chosen == [pair[theme] for pair in same]


@pytest.mark.parametrize(("theme", "section"), [(0, "light"), (1, "dark")])
def test_lines_of_a_chart_stand_out_from_paper(theme, section):
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][section]
    assert min(contrast(line, ui_look.PAPER[theme]) for line in config["chartCategoricalColors"]) >= 3


# The stylesheet


def test_the_stylesheet_asks_nobody_for_anything():
    assert not re.search(r"url\(|@import|https?:", ui_look.css())


def test_the_stylesheet_can_stand_in_the_page():
    assert "</" not in ui_look.css()


def test_every_colour_of_the_stylesheet_is_one_of_the_look():
    rules = ui_look.css().partition("}")[2]
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", rules)) <= {"#FFFFFF"}
    used = set(re.findall(r"var\(--cd-([\w-]+)\)", rules)) - {"columns"}
    assert used <= set(re.findall(r"--cd-([\w-]+):", ui_look.css().partition("}")[0]))
