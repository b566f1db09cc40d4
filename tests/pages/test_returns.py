"""Returns: the counts, who owes what, one contact's message and sheet, questions about values."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import Any

import openpyxl
import pytest

from framework.deeds.querying import ask_about
from framework.kpis.kpi import ReportedBy
from framework.people import Role
from framework.picture.returns import by_contact, counts, open_queries, returns
from framework.store import links
from framework.store.askings import How, askings
from pages import ui
from tests.conftest import AGNES, HAZEL, LEADER, NOW, SCHOOL_CONTACT, a_kpi, a_value, half_term, put
from tests.pages.bringing import offered
from tests.pages.reading import field, opened, press, said
from tests.pages.reading import links as links_to

View = Callable[[Role | None], Any]
SLOT = ("kpi0000001", HAZEL.ref, "202627-HT1")
ASK = {"ask": ".".join(SLOT)}


@pytest.fixture
def trust(small_app: View) -> View:
    """The KPI is reported by schools; Hazel Grange's contact has an address, St Agnes has no contact."""
    small_app(Role.LEADER)
    contact = replace(SCHOOL_CONTACT, email="sam@hazel.example", version=1)
    put(ui.store(), a_kpi(reported_by=ReportedBy.SCHOOLS, version=1), contact)
    return small_app


def page(trust: View, role: Role = Role.LEADER, **params: str) -> Any:
    return opened(trust(role), "returns.py", **params)


def of_sam(trust: View, **params: str) -> Any:
    return page(trust, who=SCHOOL_CONTACT.ref, **params)


# What is shown


def test_it_says_what_is_in_who_owes_what_and_by_how_many_school_days(viewed_as: View) -> None:
    app = opened(viewed_as(Role.LEADER), "returns.py")
    picture = ui.picture()
    listed = returns(picture, picture.edition.ref)
    words = said(app)
    assert counts(listed).words in words
    people = [one.person for one in by_contact(listed) if one.person]
    assert [link["who"] for link in links_to(app, "returns")] == [p.ref for p in people]
    assert "Owen Pritchard Mill Lane Primary 14 of 17 3 by 5 school days and 1 earlier" in words
    assert "Thuy Pham Lantern Hill Primary 14 of 17 3 by 5 school days" in words


def test_a_place_without_a_contact_is_named_with_what_is_missing(trust: View) -> None:
    assert "Nobody to ask: St Agnes Secondary has no contact, and one figure is missing." in said(page(trust))


def test_one_contact_is_shown_with_each_figure_and_how_it_stands(trust: View) -> None:
    words = said(of_sam(trust))
    assert "K-A02 Persistent absence Autumn 1, 2026/27 Late by 5 school days Ask about it" in words
    assert "St Agnes" not in words


def test_a_figure_of_an_earlier_period_is_told_as_one(viewed_as: View) -> None:
    viewed_as(Role.LEADER)
    owen = next(p for p in ui.people() if p.name == "Owen Pritchard")
    words = said(opened(viewed_as(Role.LEADER), "returns.py", who=owen.ref))
    assert "K-W03 Breakfast take-up Summer 1, 2025/26 earlier period Late by 77 school days" in words


def test_before_anything_is_due_and_in_an_empty_store_it_says_what_will_be_here(empty_app: View) -> None:
    assert "Here will be every figure that is due" in said(opened(empty_app(Role.LEADER), "returns.py"))


def test_a_version_in_which_nothing_is_over_yet_says_so(small_app: View) -> None:
    small_app(Role.LEADER)
    picture = ui.picture()
    put(ui.store(), replace(picture.edition, starts_on=picture.on))
    assert "no period of this framework version is over" in said(opened(small_app(Role.LEADER), "returns.py"))


def test_an_administrator_sees_the_returns_and_can_ask_nobody(trust: View) -> None:
    app = page(trust, Role.ADMINISTRATOR)
    assert "0 of 2 in · 2 late" in said(app)
    app = page(trust, Role.ADMINISTRATOR, who=SCHOOL_CONTACT.ref, **ASK)
    assert list(app.button) == []
    assert "Ask about it" not in said(app)


@pytest.mark.parametrize("role", [Role.SCHOOL_CONTACT, Role.MEMBER, Role.FACILITATOR, Role.GOVERNOR], ids=str)
def test_nobody_else_sees_whose_figures_are_late(trust: View, role: Role) -> None:
    assert "This page is not open to you" in said(page(trust, role, who=SCHOOL_CONTACT.ref))


@pytest.mark.parametrize("who", ["", "nobody0000", "<script>"])
def test_an_address_that_names_nobody_shows_everyone(trust: View, who: str) -> None:
    assert "Who returns what" in said(page(trust, who=who))


def test_data_leads_here(trust: View) -> None:
    assert links_to(opened(trust(Role.LEADER), "data.py"), "returns") == [{}]


# Asking


def test_one_press_makes_a_message_with_a_link_to_these_figures_alone(trust: View) -> None:
    app = press(of_sam(trust), "Make their message")
    (made,) = links.all_links(ui.store())
    assert (made.person, made.actions, SLOT in made.values) == (SCHOOL_CONTACT.ref, (), True)
    text = field(app, "text_area", "The message").value
    assert "Dear Sam Contact," in text
    assert "The attached sheet asks for the same figures" in text
    assert "/w/" in text
    assert askings(ui.store()) == []


def test_the_message_goes_as_a_file_with_their_own_sheet_and_that_is_written_down(
    trust: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = offered(monkeypatch)
    app = press(of_sam(trust), "Make their message")
    field(app, "text_area", "The message").set_value("Dear Sam, please.").run()
    mail = message_from_bytes(next(made for key, made in given.items() if key.endswith("_eml"))(), policy=default)
    (attached,) = mail.iter_attachments()
    assert (mail["To"].addresses[0].addr_spec, attached.get_filename()) == (
        "sam@hazel.example",
        "figures-hazel-grange-primary-2026-11-13.xlsx",
    )
    assert mail.get_body().get_content().strip() == "Dear Sam, please."
    book = openpyxl.load_workbook(io.BytesIO(attached.get_content()))
    assert [book["Values"].cell(4, n).value for n in (3, 5, 6)] == ["K-A02", HAZEL.name, "Autumn 1, 2026/27"]
    (asking,) = askings(ui.store())
    assert (asking.person, asking.how, SLOT in asking.values) == (SCHOOL_CONTACT.ref, How.FILE, True)
    assert "Last asked" in (words := said(page(trust)))
    assert "13 Nov 2026 message as a file" in words


def test_a_message_may_go_without_a_link(trust: View) -> None:
    app = of_sam(trust)
    field(app, "checkbox", "With a link that takes these figures and nothing else").uncheck()
    app = press(app, "Make their message")
    assert links.all_links(ui.store()) == []
    assert "/w/" not in field(app, "text_area", "The message").value


def test_with_a_mail_server_it_can_be_sent_and_never_from_the_sample(
    trust: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"SMTP_HOST": "mail.example", "SMTP_FROM": "trust@mail.example"}.items():
        monkeypatch.setenv(name, value)
    app = press(press(of_sam(trust), "Make their message"), "Send it with their sheet")
    assert "This is the fictional sample" in app.error[0].value
    assert field(app, "text_area", "The message").value.startswith("Dear Sam Contact")
    assert askings(ui.store()) == []


def test_without_an_address_the_message_is_there_to_copy(trust: View, monkeypatch: pytest.MonkeyPatch) -> None:
    contact = next(p for p in ui.people() if p.ref == SCHOOL_CONTACT.ref)
    put(ui.store(), replace(contact, email=None))
    given = offered(monkeypatch)
    app = press(of_sam(trust), "Make their message")
    assert "Sam Contact has no address here. Copy the message" in said(app)
    assert [key for key in given if key.endswith("_eml")] == []
    assert any("Dear Sam Contact" in code.value for code in app.code)
    assert "No address here: Sam Contact." in said(page(trust))
    assert "returns_all" not in given


def test_words_that_are_too_long_are_refused_and_kept(trust: View) -> None:
    app = of_sam(trust)
    field(app, "text_area", "Your words, before the list of figures").set_value("x" * 5_001)
    app = press(app, "Make their message")
    assert "5,001 characters" in app.error[0].value.replace("\\", "")
    assert links.all_links(ui.store()) == []
    assert len(field(app, "text_area", "Your words, before the list of figures").value) == 5_001


def test_all_messages_come_in_one_file_each_with_its_own_sheet_and_link(
    trust: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = replace(SCHOOL_CONTACT, ref="personanna", name="Anna Agnes", school=AGNES.ref, email="anna@agnes.example")
    put(ui.store(), anna)
    given = offered(monkeypatch)
    app = page(trust)
    assert "returns_all" in given
    assert "Nobody to ask" not in said(app)
    packed = zipfile.ZipFile(io.BytesIO(given["returns_all"]()))
    mails = [message_from_bytes(packed.read(name), policy=default) for name in packed.namelist()]
    sheets = [a.get_filename() for mail in mails for a in mail.iter_attachments()]
    assert sorted(sheets) == [
        "figures-hazel-grange-primary-2026-11-13.xlsx",
        "figures-st-agnes-secondary-2026-11-13.xlsx",
    ]
    assert {link.person for link in links.all_links(ui.store())} == {"personanna", SCHOOL_CONTACT.ref}
    assert {asking.person for asking in askings(ui.store())} == {"personanna", SCHOOL_CONTACT.ref}


def test_a_contact_whose_figures_are_all_in_is_asked_for_nothing(trust: View) -> None:
    put(ui.store(), a_value(place=HAZEL.ref))
    app = of_sam(trust)
    assert "There is nothing to ask for: everything has been sent." in said(app)
    assert [b.label for b in app.button] == []


def test_an_open_question_is_in_the_words_of_the_next_message(trust: View) -> None:
    ask_about(
        ui.store(), by=LEADER, now=NOW, kpi=SLOT[0], place=HAZEL.ref, period=half_term(2026, 1), words="All *of* it?"
    )
    app = of_sam(trust)
    assert "Queried on 13 Nov 2026 “All *of* it?”" in said(app)
    words = field(app, "text_area", "Your words, before the list of figures").value
    assert words.startswith("K-A02 Persistent absence, Autumn 1, 2026/27: All *of* it?\n\n")


def test_a_long_question_is_cut_in_the_message_and_whole_in_the_sheet(
    trust: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Why? " * 300
    ask_about(ui.store(), by=LEADER, now=NOW, kpi=SLOT[0], place=HAZEL.ref, period=half_term(2026, 1), words=long)
    given = offered(monkeypatch)
    words = field(of_sam(trust), "text_area", "Your words, before the list of figures").value
    assert len(words) < 600
    assert "Why? …" in words
    book = openpyxl.load_workbook(io.BytesIO(next(made for key, made in given.items() if key.endswith("_sheet"))()))
    assert long.strip() in book["Values"].cell(4, 4).value


# Questions


def test_a_value_is_asked_about_from_its_row(trust: View) -> None:
    put(ui.store(), a_value(place=HAZEL.ref))
    app = of_sam(trust, **ASK)
    assert "Here stands: 24.1 %, recorded on Fri 13 Nov 2026." in said(app)
    field(app, "text_area", "Your question").set_value("<b>Counted</b> twice?")
    app = press(app, "Ask")
    (query,) = open_queries(ui.picture())
    assert (query.place, query.words, query.asked_by) == (HAZEL.ref, "<b>Counted</b> twice?", LEADER.ref)
    assert app.success[0].value.startswith("Asked about")
    assert "Ask about this value" not in said(app)
    words = said(page(trust))
    assert "1 of 2 in · 1 late · 1 queried" in words
    assert (
        "K-A02, Hazel Grange Primary, Autumn 1, 2026/27 <b>Counted</b> twice? 13 Nov 2026 Priya Leader 24.1 %" in words
    )


def test_an_empty_question_is_refused_in_words(trust: View) -> None:
    app = press(of_sam(trust, **ASK), "Ask")
    assert "Say what you want to know" in app.error[0].value
    assert open_queries(ui.picture()) == ()


@pytest.mark.parametrize(
    "asked", ["", "a.b", "kpi0000001.placehazel.soon", "kpi0000001.nowhere000.202627-HT1", "x.y.z"]
)
def test_an_address_that_asks_about_nothing_shows_no_form(trust: View, asked: str) -> None:
    assert "Ask about this value" not in said(of_sam(trust, ask=asked))


def test_a_question_is_settled_with_what_came_of_it(trust: View) -> None:
    ask_about(ui.store(), by=LEADER, now=NOW, kpi=SLOT[0], place=HAZEL.ref, period=half_term(2026, 1), words="Why?")
    app = page(trust)
    field(app, "text_area", "What came of it").set_value("They count again.")
    app = press(app, "Settle this question")
    assert open_queries(ui.picture()) == ()
    assert [q.answer for q in ui.picture().queries] == ["They count again."]
    assert "Open questions" not in said(app)


def test_a_value_that_was_sent_and_waits_is_to_be_checked_and_asked_for_no_more(
    trust: View, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("framework.deeds.returning.given_in", lambda store, now: frozenset({SLOT}))
    words = said(page(trust))
    assert "0 of 2 in · 1 late · 1 to check" in words
    assert "1 came and waits to be checked: To check ." in words
    assert "To check ." not in said(page(trust, Role.ADMINISTRATOR))
    assert "Sent; waits to be checked" in said(of_sam(trust))
