"""What one load did: its counts and conflicts, its file, and undoing it without undoing what came after."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from framework.deeds import importing
from framework.people import Role
from framework.plans import Status
from framework.store.pictures import known
from framework.workbook.parse import parse
from framework.workbook.plan import Choices
from pages import ui
from tests.conftest import LEADER, NOW, an_action, put
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
    opened(app, "loaded.py", change=str(change))
    assert f"By {LEADER.name} Rows 2 Layout the product's own workbook Change number {change} in the ledger" in said(
        app
    )
    assert "june.xlsx" in said(app)
    assert given["loaded_original"]() == content


def test_undoing_shows_what_goes_back_then_does_it_as_a_change_of_its_own(app: Any) -> None:
    change, _ = june()
    opened(app, "loaded.py", change=str(change))
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
    opened(app, "loaded.py", change=str(change))
    press(app, "Look at undoing it")
    assert "Changed since by someone else. It stays unless you name it here." in said(app)
    press(app, "Undo this load")
    assert (the_action().status, the_action().success) == (Status.ON_TRACK, "No child is hungry.")
    press(app, "Look at undoing it")
    name = "A-14 Breakfast club at Hazel Grange: what will be different"
    field(app, "multiselect", "Put back all the same").set_value([name]).run()
    press(app, "Undo this load")
    assert the_action().success is None


def test_undoing_is_refused_when_something_moved_while_one_looked(app: Any) -> None:
    change, _ = june()
    opened(app, "loaded.py", change=str(change))
    press(app, "Look at undoing it")
    put(ui.store(), an_action(ref="action0009", code="A-99"), now=NOW)
    press(app, "Undo this load")
    assert "Something here changed while you looked" in app.error[0].value
    assert the_action().status == Status.DONE
    press(app, "Undo this load")
    assert the_action().status == Status.ON_TRACK


def test_an_undone_load_can_be_brought_back(app: Any) -> None:
    change, _ = june()
    opened(app, "loaded.py", change=str(change))
    press(press(app, "Look at undoing it"), "Undo this load")
    (undoing,) = [link["change"] for link in links(app, "loaded") if link["change"] != str(change)]
    opened(app, "loaded.py", change=undoing)
    press(app, "Look at undoing it")
    assert "A-24 Choir" in said(app)
    press(app, "Undo this load")
    assert (the_action().status, the_action().success) == (Status.DONE, "Everyone eats.")
    assert {a.code for a in ui.picture().actions.values()} == {"A-14", "A-24"}


def test_an_address_that_names_no_load_says_so(app: Any) -> None:
    for asked in ("", "1", "999999999", "99999999999999999999", "²", "-1", "x"):
        opened(app, "loaded.py", change=asked)
        assert "No file was loaded by that change." in said(app), asked


def test_an_administrator_sees_it_and_may_not_undo_it(trust: View) -> None:
    trust(Role.LEADER)
    change, _ = june()
    app = opened(trust(Role.ADMINISTRATOR), "loaded.py", change=str(change))
    assert "june.xlsx" in said(app)
    assert list(app.button) == []


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.LEADER, Role.ADMINISTRATOR)], ids=str)
def test_nobody_else_sees_it(trust: View, role: Role) -> None:
    trust(Role.LEADER)
    change, _ = june()
    app = opened(trust(role), "loaded.py", change=str(change))
    assert "This page is not open to you" in said(app)
    assert "june.xlsx" not in said(app)
