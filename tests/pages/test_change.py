"""What one change did: who and why, row by row from what to what, a load's file; undoing it but not what came after."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from framework.deeds import importing
from framework.people import Role
from framework.plans import Status
from framework.store.ledger import entry
from framework.store.pictures import known
from framework.workbook.parse import parse
from framework.workbook.plan import Choices
from pages import ui
from tests.conftest import LEADER, NOW, a_value, an_action, put
from tests.pages.bringing import added, offered, set_to, taken_out
from tests.pages.reading import field, links, opened, press, said

View = Callable[[Role | None], Any]
NEW = {"code": "A-24", "version": "2025-2027", "objective": "A", "action": "Choir", "due": "14 May 2027"}


@pytest.fixture
def app(trust: View) -> Any:
    return trust(Role.LEADER)


def loaded(content: bytes, name: str = "june.xlsx") -> int:
    """The number of the change that loaded a file."""
    seen = importing.preview(ui.store(), by=LEADER, now=NOW, content=content, name=name, book=parse(content, name))
    done = importing.apply(
        ui.store(), by=LEADER, now=NOW, plan=seen.plan, content=content, name=name, choices=Choices(), reason="Agreed."
    )
    assert done.change is not None
    return done.change


def june() -> tuple[int, bytes]:
    """A load that changed two facts of an action and brought another action."""
    content = taken_out(
        set_to("Actions", "A-14", "status", "done"),
        set_to("Actions", "A-14", "what will be different", "Everyone eats."),
        added("Actions", **NEW),
    )
    return loaded(content), content


def the_action(ref: str = "action0001") -> Any:
    return known(ui.store())[0]["action"][ref]


def test_it_says_who_loaded_what_and_gives_the_original_back(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    given = offered(monkeypatch)
    change, content = june()
    opened(app, "change.py", change=str(change))
    words = said(app)
    assert f"By {LEADER.name} Why Agreed. From june.xlsx Layout the product's own workbook Rows 2 actions" in words
    moved = "action what will be different: nothing → Everyone eats. status: on track → done"
    assert re.search(rf"{moved} Actions!\w+, \w+ ", words)
    assert words.index("What it changed") < words.index("What was new") < words.index("A-24 Choir")
    assert given["change_original"]() == content


def test_a_change_on_a_page_says_what_it_moved_and_can_be_undone(app: Any) -> None:
    seen = replace(a_value(), note="A register came late.")
    first = put(ui.store(), a_value(24.1), now=NOW)
    change = put(ui.store(), replace(seen, number=23.9, version=first), now=NOW, by=LEADER)
    opened(app, "change.py", change=str(change))
    assert "K-A02 Persistent absence, Our Trust, Autumn 1, 2026/27 value value: 24.1 % → 23.9 %" in said(app)
    assert "A register came late." in said(app)
    assert {"table": "value", "ref": "value00001"} in links(app, "history")
    assert [button.label for button in app.button if "undo" in button.label] == ["Look at undoing it"]


def test_a_setting_says_in_words_what_it_was(app: Any) -> None:
    with entry(ui.store(), by=LEADER, now=NOW, deed="change setting") as e:
        e.set("quiet_after", 30)
    opened(app, "change.py", change=str(e.change_id))
    words = "school days without a word until an action has gone quiet: 45 (the default) → 30"
    assert words in said(app)
    assert words in said(opened(app, "history.py", history_what="Settings"))


def test_undoing_shows_what_goes_back_then_does_it_as_a_change_of_its_own(app: Any) -> None:
    change, _ = june()
    opened(app, "change.py", change=str(change))
    press(app, "Look at undoing it")
    assert "status: done → on track" in said(app)
    assert "what will be different: Everyone eats. → nothing" in said(app)
    assert "A-24 Choir" in said(app)
    assert ui.picture().change == change  # nothing is written by looking
    app.text_input(key="undo_why").set_value("The wrong file.").run()
    press(app, "Undo this load")
    assert "2 rows are as before" in app.success[0].value
    assert (the_action().status, the_action().success) == (Status.ON_TRACK, None)
    assert [a.title for a in ui.picture().actions.values()] == ["Breakfast club at Hazel Grange"]
    assert f"by change {change + 1}" in said(app)
    press(app, "Look at undoing it")
    assert "Nothing of this load is left to undo." in said(app)


def test_what_others_changed_since_stays_unless_it_is_named(app: Any) -> None:
    change, _ = june()
    put(ui.store(), replace(the_action(), success="No child is hungry."), now=NOW)
    opened(app, "change.py", change=str(change))
    press(app, "Look at undoing it")
    assert "Changed since, or built on. It stays unless you name it here." in said(app)
    press(app, "Undo this load")
    assert (the_action().status, the_action().success) == (Status.ON_TRACK, "No child is hungry.")
    press(app, "Look at undoing it")
    name = "A-14 Breakfast club at Hazel Grange: what will be different"
    field(app, "multiselect", "Put back all the same").set_value([name]).run()
    press(app, "Undo this load")
    assert the_action().success is None


def test_undoing_is_refused_when_something_moved_while_one_looked(app: Any) -> None:
    change, _ = june()
    opened(app, "change.py", change=str(change))
    press(app, "Look at undoing it")
    put(ui.store(), an_action(ref="action0009", code="A-99"), now=NOW)
    press(app, "Undo this load")
    assert "Something here changed while you looked" in app.error[0].value
    assert the_action().status == Status.DONE
    press(app, "Undo this load")
    assert the_action().status == Status.ON_TRACK


def test_an_undone_load_can_be_brought_back(app: Any) -> None:
    change, _ = june()
    opened(app, "change.py", change=str(change))
    press(press(app, "Look at undoing it"), "Undo this load")
    (undoing,) = [link["change"] for link in links(app, "change") if link["change"] != str(change)]
    opened(app, "change.py", change=undoing)
    press(app, "Look at undoing it")
    assert "A-24 Choir" in said(app)
    press(app, "Undo this load")
    assert (the_action().status, the_action().success) == (Status.DONE, "Everyone eats.")
    assert {a.code for a in ui.picture().actions.values()} == {"A-14", "A-24"}


def test_an_address_that_names_no_change_says_so(app: Any) -> None:
    for asked in ("", "0", "999999999", "99999999999999999999", "²", "-1", "x"):
        opened(app, "change.py", change=asked)
        assert "There is no change of that number." in said(app), asked


def test_an_administrator_sees_it_and_may_not_undo_it(trust: View) -> None:
    trust(Role.LEADER)
    change, _ = june()
    app = opened(trust(Role.ADMINISTRATOR), "change.py", change=str(change))
    assert "june.xlsx" in said(app)
    assert list(app.button) == []


def test_nobody_who_may_not_see_imports_opens_it(trust: View) -> None:
    trust(Role.LEADER)
    change, _ = june()
    app = opened(trust(Role.GOVERNOR), "change.py", change=str(change))
    assert "This page is not open to you" in said(app)
    assert "june.xlsx" not in said(app)
