"""To check: each proposal beside what stands now and its answers, words that came by link, and files that wait."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from framework.deeds import proposing, staging
from framework.people import Role
from framework.plans import Answer, MoveReason, Status
from framework.store import proposals
from framework.store.proposals import Kind, State
from pages import ui
from tests.conftest import LEADER, MEMBER, NOW, OBJECTIVE, TRUST, a_kpi, a_value, an_action, an_update, put
from tests.pages.reading import field, links, opened, press, said

View = Callable[[Role | None], Any]
ACTION, KPI = an_action().ref, a_kpi().ref
LATER = date(2026, 12, 18)
A_DATE = {"new_due_on": LATER.isoformat(), "moved_for": MoveReason.OTHERS, "words": "The hall is let."}
CLOSING = {"status": Status.DONE, "outcome": "42 children come.", "words": "It runs."}
A_VALUE = {
    "place": TRUST.ref,
    "period": "202627-HT1",
    "group": "",
    "number": 25.0,
    "numerator": 100,
    "denominator": 400,
}
NEW = {"title": "A repair stall", "objective": OBJECTIVE.ref, "success": "Forty safe bicycles.", "owner": MEMBER.ref}


def propose(kind: Kind, about: str, data: dict[str, Any], *, seen: int = 99, words: str = "", ref: str = "") -> str:
    """Something Denise proposes; what she saw is newer than anything here, unless said otherwise."""
    with ui.store().writing() as conn:
        return proposals.propose(
            conn, at=NOW, by=MEMBER.ref, via="page", kind=kind, about=about, data=data, seen=seen, words=words, ref=ref
        )


@pytest.fixture
def check(small_app: View) -> Callable[..., Any]:
    """The page over the small trust with these proposals in it; opened by a leader."""

    def open_it(*made: tuple[Any, ...], role: Role = Role.LEADER, rows: tuple[Any, ...] = ()) -> Any:
        app = small_app(role)
        if rows:
            put(ui.store(), *rows)
        for one in made:
            propose(*one)
        return opened(app, "proposals.py")

    return open_it


def waiting() -> list[str]:
    return [one.about for one in proposals.waiting(ui.store())]


def settled() -> list[tuple[State, str]]:
    return [(one.state, one.answer) for one in proposals.of_person(ui.store(), MEMBER.ref)]


def action() -> Any:
    return ui.picture().actions[ACTION]


def labels(app: Any) -> list[str]:
    return [b.label for b in app.button]


# What is shown


def test_a_new_date_stands_beside_the_old_one_with_its_reason(check):
    app = check((Kind.UPDATE, ACTION, A_DATE))
    assert "A-14 Breakfast club at Hazel Grange" in said(app)
    assert "Due Fri 23 Oct 2026 Fri 18 Dec 2026, 35 school days later" in said(app)
    assert "Why it moves We wait for someone else" in said(app)
    assert "Denise Member · Fri 13 Nov 2026" in said(app)
    assert {"ref": ACTION} in links(app, "action")


def test_a_closing_stands_beside_the_status(check):
    app = check((Kind.UPDATE, ACTION, CLOSING))
    assert "Status On track Done What changed not said 42 children come." in said(app)


def test_a_figure_stands_beside_the_one_that_is_here(check):
    app = check((Kind.VALUE, KPI, A_VALUE), rows=(a_value(24.1),))
    assert "K-A02 Persistent absence, Our Trust, Autumn 1, 2026/27" in said(app)
    assert "Value 24.1 % 25 % (100 of 400)" in said(app)


def test_a_figure_where_there_is_none_says_so(check):
    assert "Value not reported 25 % (100 of 400)" in said(check((Kind.VALUE, KPI, A_VALUE)))


def test_a_new_action_says_what_it_would_be(check):
    app = check((Kind.ACTION, "", NEW))
    assert "A new action: A repair stall" in said(app)
    assert "Due left to you" in said(app)
    assert "Owner Denise Member" in said(app)


def test_their_own_words_are_told_once(check):
    app = check((Kind.UPDATE, ACTION, CLOSING))
    assert "“" not in said(app)
    propose(Kind.UPDATE, ACTION, A_DATE, words="We lost the hall.")
    app.run()
    assert "“We lost the hall.”" in said(app)


def test_what_moved_since_is_to_be_looked_at_first(check):
    app = check()
    propose(Kind.UPDATE, ACTION, A_DATE, seen=1)
    app.run()
    assert "Look first. Priya Leader wrote on it since." in said(app)


def test_what_is_not_here_any_more_is_drawn_all_the_same(check):
    app = check((Kind.UPDATE, "actionnone", A_DATE), (Kind.VALUE, "kpi9999999", A_VALUE))
    assert "Look first. The action is not here any more." in said(app)


# Answering


def test_accepting_makes_it_true(check):
    app = press(check((Kind.UPDATE, ACTION, A_DATE)), "Accept")
    assert action().due_on == LATER
    assert settled() == [(State.ACCEPTED, "")]
    assert "Accepted: A-14 Breakfast club at Hazel Grange." in app.success[0].value.replace("\\", "")
    assert "Nothing waits for you." in said(app)


def test_accepting_a_figure_records_it(check):
    press(check((Kind.VALUE, KPI, A_VALUE)), "Accept")
    assert [v.number for v in ui.picture().series(KPI)] == [25.0]


def test_what_cannot_be_accepted_waits_on_and_says_why(check):
    app = press(check((Kind.ACTION, "", NEW)), "Accept")
    assert "due" in app.error[0].value
    assert waiting() == [""]


def test_a_date_can_be_changed_and_accepted_with_words(check):
    app = press(check((Kind.UPDATE, ACTION, A_DATE)), "Change and accept")
    field(app, "date_input", "New date; empty: it stays").set_value(date(2026, 12, 11))
    field(app, "text_area", "What to tell them (may stay empty)").set_value("A week earlier, please.")
    press(app, "Accept it like this")
    assert action().due_on == date(2026, 12, 11)
    assert settled() == [(State.EDITED, "A week earlier, please.")]


def test_a_figure_follows_from_its_parts_when_they_are_changed(check):
    app = press(check((Kind.VALUE, KPI, A_VALUE)), "Change and accept")
    field(app, "number_input", "How many").set_value(80)
    press(app, "Accept it like this")
    assert [v.number for v in ui.picture().series(KPI)] == [20.0]


def test_a_new_action_gets_what_it_lacks(check):
    app = press(check((Kind.ACTION, "", NEW)), "Change and accept")
    field(app, "date_input", "Due").set_value(LATER)
    press(app, "Accept it like this")
    found = next(a for a in ui.picture().actions.values() if a.title == "A repair stall")
    assert (found.owner, found.due_on, found.success) == (MEMBER.ref, LATER, "Forty safe bicycles.")


def test_a_closing_is_agreed_without_its_date_and_the_reverse(check):
    both = {**A_DATE, **CLOSING}
    app = press(check((Kind.UPDATE, ACTION, both)), "Change and accept")
    field(app, "checkbox", "It is done").uncheck()
    press(app, "Accept it like this")
    assert (action().status, action().due_on) == (Status.ON_TRACK, LATER)


def test_declining_asks_why_and_tells_them(check):
    app = press(check((Kind.UPDATE, ACTION, A_DATE)), "Decline")
    press(app, "Decline it")
    assert "Say why, in a sentence" in app.error[0].value.replace("\\", "")
    field(app, "text_area", "Why not, in a sentence they will read").set_value("The date stays.")
    app = press(app, "Decline it")
    assert settled() == [(State.DECLINED, "The date stays.")]
    assert "Denise Member reads why when they come next." in app.success[0].value.replace("\\", "")
    assert action().due_on == an_action().due_on


def test_what_was_typed_stays_when_it_cannot_be(check):
    app = press(check((Kind.UPDATE, ACTION, A_DATE)), "Change and accept")
    field(app, "date_input", "New date; empty: it stays").set_value(date(2026, 11, 12))
    field(app, "text_area", "What to tell them (may stay empty)").set_value("Sooner.")
    press(app, "Accept it like this")
    assert "is past" in app.error[0].value
    assert field(app, "text_area", "What to tell them (may stay empty)").value == "Sooner."
    assert waiting() == [ACTION]


def test_one_press_accepts_all_that_clash_with_nothing(check):
    app = check(
        (Kind.UPDATE, ACTION, A_DATE), (Kind.VALUE, KPI, A_VALUE), rows=(an_action(ref="action0002", code="A-02"),)
    )
    propose(Kind.UPDATE, "action0002", A_DATE, seen=0)
    put(ui.store(), an_update(ref="update0002", action="action0002", by=LEADER.ref))
    app.run()
    app = press(app, "Accept the 2 that clash with nothing")
    assert waiting() == ["action0002"]
    assert "Accepted 2." in app.success[0].value.replace("\\", "")


def test_what_could_not_be_accepted_among_several_is_told(check):
    app = check((Kind.UPDATE, ACTION, A_DATE), (Kind.ACTION, "", NEW))
    app = press(app, "Accept the 2 that clash with nothing")
    assert "A new action: A repair stall waits on:" in app.error[0].value.replace("\\", "")
    assert waiting() == [""]


def test_a_single_one_needs_no_second_button(check):
    assert not [name for name in labels(check((Kind.UPDATE, ACTION, A_DATE))) if name.startswith("Accept the")]


def test_the_second_of_two_leaders_is_told(check):
    app = check((Kind.UPDATE, ACTION, A_DATE))
    proposing.accept(ui.store(), by=LEADER, now=ui.now(), proposal=proposals.waiting(ui.store())[0].ref)
    app = press(app, "Accept")
    assert "waits no longer" in app.error[0].value.replace("\\", "")


# Words by link and files


BY_LINK = an_update(ref="update0002", on=NOW.date(), words="Two more families.", by=MEMBER.ref, unchecked=True)
NOTHING_NEW = replace(BY_LINK, ref="update0003", words="Nothing new.", status=None, answer=Answer.NOTHING_NEW)


def unchecked() -> list[str]:
    return [u.ref for u in ui.picture().updates[ACTION] if u.unchecked]


def test_words_by_link_are_listed_and_checked_with_one_press(check):
    app = check(rows=(BY_LINK, NOTHING_NEW))
    assert "2 words by link" in said(app)
    assert "Two more families. On track Denise Member 13 Nov 2026" in said(app)
    app = press(app, "I have checked all 2")
    assert unchecked() == []
    assert "Nothing waits for you." in said(app)


def test_some_of_them_can_be_left_for_later(check):
    app = check(rows=(BY_LINK, NOTHING_NEW))
    field(app, "multiselect", "Leave for later").set_value([NOTHING_NEW.ref]).run()
    press(app, "I have checked 1 of 2")
    assert unchecked() == [NOTHING_NEW.ref]


def test_a_file_that_waits_leads_to_its_preview(check):
    app = check()
    ref = staging.bring(ui.store(), by=LEADER, now=ui.now(), name="autumn.xlsx", content=b"anything")
    app.run()
    assert "autumn.xlsx Priya Leader" in said(app)
    assert {"ref": ref} in links(app, "load")


# Who, and what is typed


def test_where_nothing_waits_it_says_what_will_come_here(check):
    app = check()
    assert "Nothing waits for you." in said(app)
    assert links(app, "chase") == [{}]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.LEADER])
def test_it_is_open_to_leaders_alone(check, role):
    assert "This page is not open to you" in said(check((Kind.UPDATE, ACTION, A_DATE), role=role))


def test_what_was_typed_is_text(check):
    hostile = "<img src=x onerror=alert(1)> *new* ![x](http://evil)"
    app = check((Kind.ACTION, "", {**NEW, "title": hostile, "success": hostile}))
    assert "<img src=x" not in " ".join(e.proto.body for e in app.get("html"))
    app = press(app, "Accept")
    assert "![x](" not in app.error[0].value


def test_many_come_some_at_a_time(check):
    made = [(Kind.VALUE, KPI, {**A_VALUE, "group": f"Year: {n}"}) for n in range(21)]
    app = check(*made)
    assert labels(app).count("Accept") == 20
    assert "1 more come here when these are answered." in said(app)
