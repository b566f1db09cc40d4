"""Every public deed, found by looking: it declares its act, and refuses whoever may not before it touches the store."""

import importlib
import inspect
import pkgutil

import pytest

import framework.deeds
from framework.errors import NotAllowed
from framework.people import GRANTS, Act, Role, may
from tests.conftest import CAST, GOVERNOR, NOW

# Called by the command line or the loop, when nobody is here, or by a personal link, which is asked instead of a role.
BY_NOBODY = {
    "open_store", "prepare_demo", "load_sample", "keep", "take_in", "the_jobs", "keep_doing", "send_digest",
    "answer_by_link", "open_link", "expired_link", "ask_afresh", "renew", "renewed",
}  # fmt: skip
# Readings and parts of deeds, which write nothing of themselves.
NOT_DEEDS = {
    "deed", "the_kpi", "the_note", "value_seen", "target_seen", "places_to_note", "check_period", "previewed",
    "put_written", "receipt_of", "that_waits", "a_word", "check_seen", "check_theirs", "checked_value", "clash",
    "cleaned", "draft_of", "given_in", "key_of", "link_address", "new_step", "once_of", "person_here", "put_action",
    "put_words", "read_once", "reason_of", "seen_of", "sheet_name", "the_action", "the_evidence", "typed", "update_ref",
    "check_open", "check_rows_open", "shut_rows", "why_locked",
}  # fmt: skip


class Untouchable:
    """A store that nobody may touch."""

    def __getattr__(self, name):
        raise AssertionError(f"the store was touched: {name}")


def public_functions():
    for found in pkgutil.iter_modules(framework.deeds.__path__, "framework.deeds."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield name, function


DEEDS = {name: f for name, f in public_functions() if name not in BY_NOBODY | NOT_DEEDS}


def test_every_public_function_is_a_deed_with_an_act_or_is_named_as_none():
    assert {name for name, f in DEEDS.items() if not isinstance(getattr(f, "act", None), Act)} == set()
    assert set(DEEDS) == {
        "add_element", "change_element", "change_setting", "add_kpi", "change_kpi", "set_target", "record_value",
        "adopt_kpi", "pin_to_board", "add_note", "change_note", "take_back_note", "preview", "apply", "export",
        "export_sheet", "bring", "answer", "put_away", "undo_plan", "undo", "add_action", "change_action",
        "change_actions", "tag_actions", "judge", "add_milestone", "change_milestone", "take_away_milestone",
        "add_evidence", "take_away_evidence", "say", "say_all", "check_update", "keep_draft", "drop_draft",
        "propose_action", "accept", "accept_all", "decline", "make_link", "revoke_link", "ready_message", "asked",
        "send", "as_file", "bundle", "switch_digest", "ask_about", "settle_query", "return_sheet", "carry_forward",
        "set_year", "add_day_off", "change_day_off", "take_away_day_off", "add_meeting", "change_meeting",
        "cancel_meeting", "open_window", "close_window", "reopen_window", "freeze", "take_out_copy",
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(DEEDS))
@pytest.mark.parametrize("person", [*CAST, None], ids=lambda p: "nobody" if p is None else str(p.role))
def test_a_deed_refuses_whoever_may_not_do_it_before_it_touches_the_store(name, person):
    deed = DEEDS[name]
    if may(person, deed.act):
        # A person who may goes on to the store: it is what stops them here, not the refusal.
        with pytest.raises((AssertionError, TypeError)):
            deed(Untouchable(), by=person)
        return
    with pytest.raises(NotAllowed, match="you may not"):
        deed(Untouchable(), by=person, now=NOW)


@pytest.mark.parametrize("name", sorted(set(DEEDS) - {"export", "export_sheet"}))
def test_a_governor_may_do_no_deed_that_writes(name):
    assert not may(GOVERNOR, DEEDS[name].act)


def test_the_table_of_who_may_do_what_is_this_one():
    """Written out a second time on purpose: a change to who may do what shows in two places of the diff."""
    shown = {str(role): {str(act): str(scope) for act, scope in acts.items()} for role, acts in GRANTS.items()}
    assert shown == {
        "administrator": {
            "read the plan": "all",
            "see imports and returns": "all",
            "change settings": "all",
            "change people and roles": "all",
            "undo changes": "all",
        },
        "leader": {
            "read the plan": "all",
            "see imports and returns": "all",
            "change the framework": "all",
            "add or change KPIs": "all",
            "set or move targets": "all",
            "record values": "all",
            "add or change actions": "all",
            "update actions": "all",
            "propose actions": "all",
            "ask people for a word": "all",
            "load a workbook": "all",
            "undo changes": "all",
            "change meetings, windows and the calendar": "all",
        },
        "school contact": {
            "read the plan": "published",
            "record values": "own school",
            "update actions": "own actions",
            "propose actions": "all",
        },
        "task force member": {
            "read the plan": "published",
            "update actions": "own actions",
            "propose actions": "all",
        },
        "facilitator": {"read the plan": "published", "update actions": "own actions", "propose actions": "all"},
        "governor": {"read the plan": "all"},
    }
    assert set(GRANTS) == set(Role)
