"""Chase: who owes a word and why, the ready message and its ways out, the links in force, the log and the digest."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from framework.deeds import linking
from framework.people import Role
from framework.store.askings import How, askings
from framework.store.links import all_links
from pages import ui
from tests.conftest import LEADER, MEMBER, NOW, SCHOOL_CONTACT, an_action, put
from tests.pages.reading import field, links, opened, press, said

View = Callable[[Role | None], Any]
DENISE = replace(MEMBER, email="denise@food.example", version=1)
HERS = an_action(owner=MEMBER.ref, version=1)
HOLIDAY = datetime(2026, 12, 25, 12, 0, tzinfo=UTC)


@pytest.fixture
def chase(small_app: View) -> Callable[..., Any]:
    """The page over the small trust, in which Denise's action is late; opened by a leader."""

    def open_it(role: Role = Role.LEADER, *rows: Any, **params: str) -> Any:
        app = small_app(role)
        put(ui.store(), *(rows or (DENISE, HERS)))
        return opened(app, "chase.py", **params)

    return open_it


def write_to(app: Any, ref: str = MEMBER.ref) -> Any:
    app.button_group(key="chase_to").set_value(ref).run()
    assert not app.exception, app.exception
    return app


def message(app: Any) -> str:
    return str(field(app, "text_area", "Message").value)


def labels(app: Any, kind: str = "button") -> list[str]:
    return [b.label.replace("\\", "") for b in app.get(kind)]


def test_it_says_who_owes_a_word_on_what_and_why(chase):
    app = chase()
    assert "One person owes a word on one action: 1 late." in said(app)
    assert "Denise Member A-14 Breakfast club at Hazel Grange : 10 school days late not yet" in said(app)
    assert {"ref": HERS.ref} in links(app, "action")


def test_one_press_shows_a_message_with_their_own_link_and_asks_nobody_yet(chase):
    app = write_to(chase())
    link = all_links(ui.store())[0]
    assert (link.person, link.actions) == (MEMBER.ref, (HERS.ref,))
    assert f"{linking.LINK_PATH}" in message(app)
    assert "To denise@food.example" in said(app)
    assert labels(app, "link_button") == ["Open in my mail program"]
    assert labels(app, "download_button") == ["Download the message"]
    assert askings(ui.store()) == []


def test_another_person_gets_another_message_and_none_closes_it(chase):
    app = write_to(chase(Role.LEADER, DENISE, HERS, an_action(ref="action0002", code="A-02", owner=LEADER.ref)))
    assert labels(app, "button_group") == ["Write to"]
    press(app, "Close")
    assert not app.get("text_area")


def test_a_copied_link_is_shown_and_written_down(chase):
    app = press(write_to(chase()), "Copy link")
    assert app.code[0].value.startswith("http") or linking.LINK_PATH in app.code[0].value
    assert [(one.person, one.how, one.by) for one in askings(ui.store())] == [(MEMBER.ref, How.COPIED, LEADER.ref)]
    assert "written down that Denise Member was asked" in app.success[0].value
    assert "not yet" not in said(app)
    assert "Who was asked (1)" in [e.label for e in app.expander]


def test_the_mail_program_is_given_the_words_as_they_were_changed(chase):
    app = write_to(chase())
    field(app, "text_area", "Message").set_value("Please tell me.").run()
    assert app.get("link_button")[0].url.startswith("mailto:denise@food.example?subject=How%20is%20your%20action")
    assert app.get("link_button")[0].url.endswith("&body=Please%20tell%20me.")


def test_a_message_that_lost_its_link_says_so(chase):
    app = write_to(chase())
    field(app, "text_area", "Message").set_value("Please tell me.").run()
    assert "Their link is no longer in the message." in said(app)


def test_without_an_address_the_link_is_all_there_is(chase):
    app = write_to(chase(Role.LEADER, HERS))
    assert "No address is known here." in said(app)
    assert labels(app, "link_button") == []
    assert labels(app, "download_button") == []
    assert "Copy link" in labels(app)


def test_an_address_with_a_person_chooses_them_and_makes_no_link_by_itself(chase):
    app = chase(person=MEMBER.ref)
    assert app.button_group(key="chase_to").value == MEMBER.ref
    assert all_links(ui.store()) == []
    press(app, "Write the message")
    assert linking.LINK_PATH in message(app)


def test_someone_who_owes_nothing_can_be_asked_about_what_is_theirs(chase):
    later = replace(HERS, due_on=datetime(2027, 3, 1).date())
    app = chase(Role.LEADER, DENISE, later, person=MEMBER.ref)
    assert "Denise Member A-14 Breakfast club at Hazel Grange : due in" in said(app)


def test_two_of_one_name_are_told_apart(chase):
    namesake = replace(DENISE, ref="personden2", version=0, job="Cook", email=None)
    hers = an_action(ref="action0002", code="A-02", owner=namesake.ref)
    app = chase(Role.LEADER, replace(DENISE, job="Manager"), HERS, namesake, hers)
    offered = sorted(name.replace("\\", "") for name in app.button_group(key="chase_to").options)
    assert offered == ["Denise Member, Cook", "Denise Member, Manager"]
    write_to(app, namesake.ref)
    assert all_links(ui.store())[0].person == namesake.ref


@pytest.mark.parametrize("nonsense", ["<b>", "personnone"])
def test_nonsense_in_the_address_is_passed_over(chase, nonsense):
    assert "Denise Member" in said(chase(person=nonsense))


def test_whoever_looks_says_their_own_word_and_writes_to_nobody(chase):
    app = chase(Role.LEADER, replace(HERS, owner=LEADER.ref))
    assert "Say how they go" in said(app)
    assert not app.get("button_group")


# Links


def test_who_asked_for_a_fresh_link_stands_on_top_until_they_have_one(chase):
    later = replace(HERS, due_on=datetime(2027, 3, 1).date())
    app = chase(Role.LEADER, DENISE, later, an_action(ref="action0002", code="A-02", owner=SCHOOL_CONTACT.ref))
    assert "Denise Member" not in said(app)
    store, long_ago = ui.store(), ui.now() - timedelta(days=20)
    old = linking.make_link(store, by=LEADER, now=long_ago, person=MEMBER.ref, actions=[HERS.ref])
    linking.ask_afresh(store, old.token, ui.now())
    app.run()
    assert "Denise Member Asked for a fresh link on 13 Nov 2026. A-14 Breakfast club" in said(app)
    assert said(app).index("Denise Member") < said(app).index("Sam Contact")
    press(write_to(app), "Copy link")
    assert all_links(store)[0].actions == (HERS.ref,)
    assert "Asked for a fresh link" not in said(app)


def test_a_link_is_listed_and_can_be_shut(chase):
    app = write_to(chase())
    assert "Links in force (1)" in [e.label for e in app.expander]
    assert "not passed on from here" in said(app)
    shut = field(app, "selectbox", "A link to shut")
    shut.set_value(all_links(ui.store())[0].ref).run()
    press(app, "Shut this link")
    assert not all_links(ui.store())[0].open_at(ui.now())
    assert "the link of Denise Member opens nothing now" in app.success[0].value
    assert "Links in force (0)" in [e.label for e in app.expander]


# Mail


def test_where_a_mail_server_is_known_it_can_be_sent_but_not_from_the_sample(chase, monkeypatch):
    monkeypatch.setenv("SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("SMTP_FROM", "plan@trust.example")
    monkeypatch.setenv("SMTP_SECURITY", "none")
    app = press(write_to(chase()), "Send")
    assert "its addresses are nobody" in app.error[0].value
    assert askings(ui.store()) == []
    assert "Dear Denise Member" in message(app)


def test_without_one_it_is_not_offered(chase, monkeypatch):
    monkeypatch.delenv("SMTP_HOST", raising=False)
    assert "Send" not in labels(write_to(chase()))


# Days and people


def test_nobody_is_chased_in_the_holidays_unless_asked_for(chase, monkeypatch):
    monkeypatch.setattr("pages.ui_here.now", lambda: HOLIDAY)
    app = chase()
    assert "Fri 25 Dec 2026 is no school day, and nobody is chased in the holidays." in said(app)
    assert "Breakfast club" not in said(app)
    field(app, "checkbox", "Show whom to ask all the same").check().run()
    assert "Breakfast club at Hazel Grange" in said(app)


def test_an_owner_who_is_not_here_is_named(chase):
    gone = replace(DENISE, left_on=NOW.date() - timedelta(days=1))
    app = chase(Role.LEADER, gone, HERS)
    assert "Nobody to ask" in said(app)
    assert "Denise Member left on Thu 12 Nov 2026" in said(app)
    assert "Nobody needs asking today" in said(app)


def the_switch() -> None:
    """A page with nothing but the digest's part of it."""
    from pages import ui, ui_chase

    ui_chase.digest(ui.picture())


def test_a_leader_switches_the_digest(small_app):
    small_app(Role.LEADER)
    app = AppTest.from_function(the_switch).run()
    app.toggle(key="chase_digest").set_value(True).run()
    assert not app.exception, app.exception
    assert ui.picture().settings.monday_digest is True
    assert "The Monday digest is switched on" in app.success[0].value


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SCHOOL_CONTACT, Role.FACILITATOR, Role.GOVERNOR])
def test_it_is_not_open_to_whoever_asks_nobody(chase, role):
    assert "This page is not open to you" in said(chase(role))


def test_names_are_text(chase):
    hostile = replace(DENISE, name="<img src=x onerror=alert(1)> *Denise*")
    app = write_to(chase(Role.LEADER, hostile, HERS))
    drawn = " ".join(e.proto.body for e in app.get("html"))
    assert "<img src=x" not in drawn
    assert "<img src=x onerror=alert(1)> *Denise*" in message(app)


def test_an_empty_store_says_what_to_do_next(empty_app: View) -> None:
    assert "Load a workbook" in said(opened(empty_app(Role.LEADER), "chase.py"))
