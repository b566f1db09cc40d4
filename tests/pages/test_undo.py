"""Undoing one change on its page: what goes back, what stays unless it is named, and what goes along with it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from framework.deeds import digest, freezing, planning, updating
from framework.deeds.updating import Said, seen_of
from framework.people import Role
from pages import ui
from tests.conftest import LEADER, NOW, OBJECTIVE, put
from tests.deeds.small_deeds import BOARD
from tests.pages.reading import field, opened, press, said

View = Callable[[Role | None], Any]
NEW = {"title": "Walking bus", "objective": OBJECTIVE.ref, "owner": LEADER.ref, "due_on": date(2027, 3, 25)}
BY: dict[str, Any] = {"by": LEADER, "now": NOW}


@pytest.fixture
def app(trust: View) -> Any:
    return trust(Role.LEADER)


def looked_at(app: Any, change: int) -> Any:
    return press(opened(app, "change.py", change=str(change)), "Look at undoing it")


def test_an_action_that_was_built_on_stays_unless_it_is_named_and_then_takes_its_parts_along(app: Any) -> None:
    ref = planning.add_action(ui.store(), **BY, facts=NEW, milestones=[("Route drawn", date(2027, 1, 15))])
    change = ui.picture().change
    updating.say(ui.store(), **BY, action=ref, said=Said("Driver found."), seen=seen_of(ui.picture(), ref))
    looked_at(app, change)
    assert "Walking bus action Would be put away , with 1 milestone and 1 update" in said(app)
    press(app, "Undo this change")
    assert "changed or built on since" in app.error[0].value
    (name,) = field(app, "multiselect", "Put back all the same").options
    field(app, "multiselect", "Put back all the same").set_value([name]).run()
    press(app, "Undo this change")
    assert app.success[0].value == (
        "Undone: 1 row is as before, and 2 that belonged to it went along. This can be undone too."
    )
    assert ref not in ui.picture().actions


def test_a_setting_goes_back_and_a_frozen_copy_never(app: Any) -> None:
    digest.switch_digest(ui.store(), **BY, on=True)
    looked_at(app, ui.picture().change)
    assert "Monday digest yes → no" in said(app)
    press(app, "Undo this change")
    assert app.success[0].value == "Undone: 1 setting is as before. This can be undone too."
    put(ui.store(), BOARD, now=NOW)
    freezing.freeze(ui.store(), **BY, meeting=BOARD.ref)
    looked_at(app, ui.picture().change)
    assert "A frozen copy cannot be undone" in app.error[0].value
    assert "Undo this change" not in [button.label for button in app.button]
