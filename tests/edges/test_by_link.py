"""The page behind a personal link: small, safe whatever was typed, nothing lost on its way back."""

import base64
import hashlib
import re
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framework.access import by_link
from framework.access.by_link import (
    CHOICES,
    MOST_CARDS,
    Card,
    Gone,
    Receipt,
    Recorded,
    Sent,
    SentAction,
    SentFigure,
    Step,
    read_form,
)
from framework.access.by_link_look import SCRIPT, STYLE
from framework.plans import MoveReason
from framework.text import clean
from pages import ui_look
from tests.by_link_pages import ABSENCE, BREAKFAST, FAMILIES, INTERVIEWS, Markup, a_page

SAID = SentAction(
    "done",
    "All of it.",
    "A second pair of hands",
    "Twelve pupils have an offer",
    "https://example.org/photo",
    "Ask the council",
    "2026-12-01",
    MoveReason.OTHERS.value,
    ("m2kd02mxq2",),
)
NASTY = "<script>alert(1)</script>\"' onfocus=x </textarea><img src=//evil> & &amp; ‮"


def every_page(text: str = "words") -> dict[str, str]:
    """One page of each kind, the same text wherever a text may stand."""
    one = Recorded(text, (text,))
    card = Card(
        BREAKFAST.ref,
        *[text] * 6,
        milestones=(Step("m1", text, text),),
        said=SentAction("stuck", *[text] * 5, ticked=("m1",)),
        problem=text,
    )
    figures = (
        replace(ABSENCE, title=text, what=text, for_words=text, stands=text, query=text, problem=text),
        replace(FAMILIES, unit=text, said=SentFigure(text, "", "", text)),
    )
    form = a_page(
        title=text, action_url=text, once=text, draft_key=text, for_whom=text, lead=text, facts=((text, text),),
        cards=(card,), figures=figures, receipts=(one,), problem=text, banner=text, foot=(text, text),
    )  # fmt: skip
    saved = Receipt(text, (one,), text, text, text, (text,), text, text, text, (text,))
    return {
        "form": by_link.page(form),
        "receipt": by_link.receipt(saved),
        "gone": by_link.gone(Gone("expired", text, True, text, text, (text,))),
        "asked": by_link.asked(text, banner=text, foot=(text,)),
    }


KINDS = list(every_page())

# What can be typed anywhere: every sign with a meaning in markup, a right-to-left mark, line breaks, emoji.
typed = st.text(st.sampled_from("<>&\"'`=/ab1;#\n\t é\u202e\u0627🙂-"), min_size=1, max_size=30)


# Size


def test_three_cards_take_at_most_20_kb():
    assert len(by_link.page(a_page()).encode()) <= 20_000


def test_the_most_cards_with_long_words_take_at_most_30_kb():
    steps = tuple(
        Step(f"m{n}kd02mxq1", "Hall and timetable agreed with the school", "due Mon 16 Nov 2026") for n in "123"
    )
    long = replace(INTERVIEWS, title="T" * 80, last_words="word " * 1000, came_of="c" * 80, milestones=steps)
    cards = tuple(replace(long, ref=f"c7kd02mxq{n}") for n in range(MOST_CARDS))

    assert len(by_link.page(a_page(cards=cards)).encode()) <= 30_000


def test_the_script_takes_at_most_3_kb():
    assert len(SCRIPT.encode()) <= 3_000


def test_a_long_last_word_is_cut_between_words_and_says_so():
    shown = by_link.page(a_page(cards=(replace(BREAKFAST, last_words="second volunteer " * 40),)))

    assert re.search(r"“(second volunteer )+(second )?…”", shown)


def test_what_was_typed_is_never_cut():
    words = "long " * 1000

    shown = by_link.page(a_page(cards=(replace(BREAKFAST, said=SentAction(words=words)),)))

    assert Markup(shown).posted[f"{BREAKFAST.ref}.words"] == [words]


# Nothing typed becomes markup, and nothing comes from outside


@pytest.mark.parametrize("kind", KINDS)
@given(text=typed)
@settings(max_examples=15, deadline=None)
def test_no_text_adds_or_changes_a_tag(kind, text):
    text = f"x{text}"  # an empty text leaves its line out
    assert [tag for tag, _ in Markup(every_page(text)[kind]).tags] == [
        tag for tag, _ in Markup(every_page()[kind]).tags
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_adds_an_attribute(kind):
    plain, nasty = (Markup(every_page(text)[kind]).tags for text in ("words", NASTY))

    assert [set(given) for _, given in nasty] == [set(given) for _, given in plain]


def test_a_forged_key_and_ref_add_no_attribute():
    forged = a_page(cards=(replace(BREAKFAST, ref=NASTY),), figures=(replace(FAMILIES, key=NASTY),))
    plain = a_page(cards=(BREAKFAST,), figures=(FAMILIES,))

    assert [set(given) for _, given in Markup(by_link.page(forged)).tags] == [
        set(given) for _, given in Markup(by_link.page(plain)).tags
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_fetches_nothing_and_styles_or_scripts_nothing_inline(kind):
    for tag, attributes in Markup(every_page()[kind]).tags:
        assert tag != "link" or attributes["href"] == "data:,"
        assert tag not in ("img", "iframe", "object", "base")
        assert not [name for name in attributes if name in ("src", "style", "srcset") or name.startswith("on")]


# Headers


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("tag", "directive"), [("style", "style-src"), ("script", "script-src")])
def test_the_policy_lets_only_the_pages_own_style_and_script_through(kind, tag, directive):
    parts = re.findall(rf"<{tag}>(.*?)</{tag}>", every_page()[kind], re.DOTALL)
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" for part in parts]
    policy = by_link.headers()["Content-Security-Policy"]

    assert len(hashes) == 1
    assert f"{directive} {hashes[0]};" in policy


def test_the_policy_allows_nothing_else():
    policy = re.sub(r"'sha256-[^']+'", "#", by_link.headers()["Content-Security-Policy"])

    assert policy == (
        "default-src 'none'; style-src #; script-src #; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'; img-src data:"
    )


def test_the_address_is_neither_kept_nor_passed_on_nor_indexed():
    carried = by_link.headers()

    assert carried["Cache-Control"] == "no-store"
    assert carried["Referrer-Policy"] == "no-referrer"
    assert carried["X-Robots-Tag"].startswith("noindex")


def test_neither_style_nor_script_can_end_its_own_tag():
    assert "</" not in STYLE
    assert "</" not in SCRIPT


@pytest.mark.parametrize("name", ["PAPER", "INK", "QUIET", "HAIRLINE", "STRONG", "TINT", "FIELD", "RED"])
def test_its_colours_are_the_apps_in_both_themes(name):
    pair = getattr(ui_look, name)

    assert re.findall(rf"--{name.lower()}:(#\w+)", STYLE) == [pair.light, pair.dark]


# What it says, and to whom


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_in_british_english_with_one_main_heading(kind):
    markup = Markup(every_page()[kind])

    assert markup.named("html") == [{"lang": "en-GB"}]
    assert (len(markup.named("h1")), len(markup.named("main"))) == (1, 1)


def test_every_card_has_its_heading_and_its_save():
    markup = Markup(by_link.page(a_page(figures=(ABSENCE,))))

    assert len(markup.texts["h2"]) == 4
    assert markup.texts["button"] == ["Save"] * 4
    assert len(markup.named("form")) == 1


def test_five_answers_can_be_chosen_and_none_is_chosen_beforehand():
    radios = [
        given for given in Markup(by_link.page(a_page(cards=(BREAKFAST,)))).named("input") if "radio" in given.values()
    ]

    assert [given["value"] for given in radios] == ["on track", "stuck", "done", "nothing new", "not ours"]
    assert not [given for given in radios if "checked" in given]


def test_a_date_moves_for_one_of_the_listed_reasons():
    options = Markup(by_link.page(a_page(cards=(BREAKFAST,)))).texts["option"]

    assert options == ["Choose a reason", *map(str, MoveReason)]


def test_a_share_asks_for_its_two_counts_and_any_other_value_for_one_number():
    assert read_form(dict.fromkeys((f"{ABSENCE.key}.count", f"{ABSENCE.key}.of"), "1")).figures.keys() == {ABSENCE.key}
    posted = Markup(by_link.page(a_page(cards=(), figures=(ABSENCE, FAMILIES)))).posted

    assert {name.rpartition(".")[2] for name in posted if name.startswith(ABSENCE.key)} == {"count", "of", "note"}
    assert {name.rpartition(".")[2] for name in posted if name.startswith(FAMILIES.key)} == {"number", "note"}


def test_a_question_asked_about_a_value_stands_on_its_card():
    assert ABSENCE.query in by_link.page(a_page(figures=(ABSENCE,)))


def test_a_problem_is_listed_on_top_and_leads_to_the_cards_first_field():
    markup = Markup(by_link.page(a_page(cards=(BREAKFAST, replace(INTERVIEWS, problem="31 Feb is no day.")))))
    first = next(given for given in markup.named("input") if given.get("name") == f"{INTERVIEWS.ref}.say")

    assert [given["href"] for given in markup.named("a")] == [f"#{first.get('id')}"]
    assert "To put right: 31 Feb is no day." in markup.texts["p"]


def test_without_a_problem_nothing_is_announced():
    assert "role=alert" not in by_link.page(a_page())


@pytest.mark.parametrize(
    ("said", "is_open"),
    [
        (SentAction("stuck", "Words", "Help"), False),
        (SentAction(next_step="Ask"), True),
        (SentAction(new_due="2026-12-01"), True),
        (SentAction(ticked=("m1kd02mxq1",)), True),
    ],
)
def test_what_is_seldom_said_is_open_once_something_stands_in_it(said, is_open):
    markup = Markup(by_link.page(a_page(cards=(replace(INTERVIEWS, said=said),))))

    assert ["open" in given for given in markup.named("details")] == [is_open]


def test_a_receipt_says_what_was_recorded_who_sees_it_what_waits_and_how_to_change_it():
    shown = by_link.receipt(
        Receipt("Saved", (Recorded("Club", ("Stuck",)),), "k", "The leaders", "Open it again", ("A new date",), "/back")
    )

    for words in ("Club", "Stuck", "The leaders", "Open it again", "A new date", 'href="/back"'):
        assert words in shown


@pytest.mark.parametrize("kind", ["expired", "revoked", "left", "unknown", "throttled"])
@pytest.mark.parametrize("can_ask", [True, False])
def test_a_link_that_opens_nothing_offers_a_fresh_one_only_where_it_may(kind, can_ask):
    markup = Markup(by_link.gone(Gone(kind, "Words.", can_ask, "/fresh")))

    assert [given["action"] for given in markup.named("form")] == (["/fresh"] if can_ask else [])
    assert len(markup.texts["h1"]) == 1


def test_a_withdrawn_link_and_one_of_someone_who_left_look_alike():
    assert by_link.gone(Gone("revoked", "Words.")) == by_link.gone(Gone("left", "Words."))


# Reading what was posted


@given(
    said=st.builds(
        SentAction,
        choice=st.sampled_from(["", *(value for value, _ in CHOICES)]),
        **{name: typed.map(clean) for name in ("words", "help_wanted", "outcome", "next_step")},
        evidence=typed.map(lambda text: clean(text).replace("\n", " ")),
        moved_for=st.sampled_from(["", *map(str, MoveReason)]),
        ticked=st.sampled_from([(), ("m1kd02mxq1",), ("m1kd02mxq1", "m2kd02mxq2")]),
    )
)
@settings(max_examples=60, deadline=None)
def test_a_form_that_comes_back_and_is_sent_again_says_the_same(said):
    sent = read_form(Markup(by_link.page(a_page(cards=(replace(INTERVIEWS, said=said),)))).posted)

    assert sent.actions == ({} if said == SentAction() else {INTERVIEWS.ref: said})


def test_every_fact_of_an_action_has_a_field_on_its_card():
    sent = read_form(Markup(by_link.page(a_page(cards=(replace(INTERVIEWS, said=SAID),)))).posted)

    assert all(getattr(SAID, one.name) for one in fields(SentAction))
    assert sent == Sent("o" * 22, {INTERVIEWS.ref: SAID})


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (ABSENCE, SentFigure(numerator="0", denominator="310", note="two moved away")),
        (FAMILIES, SentFigure(number="about 60 fams")),
    ],
)
def test_what_was_typed_for_a_value_comes_back_as_typed(card, said):
    sent = read_form(Markup(by_link.page(a_page(figures=(replace(card, said=said),)))).posted)

    assert sent.figures == {card.key: said}


@pytest.mark.parametrize(
    ("posted", "sent"),
    [
        ({}, Sent()),
        ({"once": "o1"}, Sent("o1")),
        ({"once": ["o1", "o2"]}, Sent("o1")),
        ({"once": []}, Sent()),
        ({"a.words": "  Hello\r\nthere\x00 "}, Sent(actions={"a": SentAction(words="Hello\nthere")})),
        ({"a.words": ["one", "two"]}, Sent(actions={"a": SentAction(words="one")})),
        ({"a.tick": ["m1", "m2", "m1"]}, Sent(actions={"a": SentAction(ticked=("m1", "m2"))})),
        ({"a.say": "robbed"}, Sent(actions={"a": SentAction("robbed")})),
        ({"k.s.p.number": "0"}, Sent(figures={"k.s.p": SentFigure("0")})),
        ({"a.words": " \n", "a.say": []}, Sent()),
        ({"a.status": "done", "words": "x", ".words": "x", "a.": "x", "": "x"}, Sent()),
    ],
)
def test_a_posted_form_is_read_and_what_it_does_not_have_is_passed_over(posted, sent):
    assert read_form(posted) == sent
