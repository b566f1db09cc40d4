"""The canonical content: one way of writing down what was known, which no later release changes."""

import json
from dataclasses import replace
from itertools import permutations

import pytest

from framework.picture.content import Known, content, differences, fingerprint
from framework.store.coding import to_json
from framework.subjects import ACTIONS, BY_TABLE, PEOPLE, SUBJECTS, VALUES, Field, data_of
from tests.conftest import EDITION, LEADER, SMALL_TRUST, TRUST, a_target, a_value, an_action

SUBJECT_OF = {subject.record: subject for subject in SUBJECTS}
LAYOUT = {"layout:abc": {"sheets": []}, "frozen:k123456789": {"sha256": "0" * 64}}

# What a copy of the fourth schema holds of each subject. Fingerprints were taken of it: a field that comes later is
# declared as later (`since`), and one that is here already never becomes personal, for what is frozen stays frozen.
SCHEMA_4 = {
    "edition": "code title starts_on ends_on state fictional",
    "element": "edition part position kind words fictional",
    "place": "name kind phase pupils joined_on left_on fictional",
    "organisation": "name kind sector joined_on left_on fictional",
    "person": "role organisation school left_on fictional",
    "calendar_line": "kind year index starts_on ends_on place note fictional",
    "meeting": "title kind on papers_on note audience place reports opens_on closes_on closed_on fictional",
    "kpi": "code edition objective pillars statements strand other_strands priorities title definition level measure "
    "unit per time_nature aggregation frequency reported_by lag_days floor direction baseline baseline_period "
    "baseline_numerator baseline_denominator source owner board_set counted path_shape comparator carried_from "
    "fictional",
    "action": "code edition objective title owner organisation supporters places pillars statements strand "
    "other_strands priorities kpis success starts_on first_due_on due_on status confidence confidence_reason "
    "confidence_on evidence likelihood impact response visibility added_on expected_change expected_by hours cost "
    "set_by outcome carried_from fictional",
    "milestone": "action title due_on done_on fictional",
    "action_update": "action on words status percent_done by new_due_on moved_because next_step in_the_way "
    "help_wanted moved_for answer unchecked fictional",
    "evidence": "action title on link file sha256 by fictional",
    "target": "kpi place period number low high basis reason managed_decline fictional",
    "value": "kpi place period group number numerator denominator sd state symbol note fictional",
    "query": "kpi place period group words asked_by asked_on answer answered_on fictional",
    "kpi_note": "kpi place period kind words definition fictional",
    "comparator": "kpi name beside period number source dated_on fictional",
    "event": "title kind starts_on ends_on where organisations places objective note fictional",
}


def known(row, **more):
    subject = SUBJECT_OF[type(row)]
    return Known(subject, row.ref, getattr(row, "archived", False), data_of(subject, row) | more)


def lines_of(*rows, schema=4, **settings):
    return [json.loads(line) for line in content(rows, settings, schema).splitlines()][1:]


# Written by hand; the fingerprint is what `sha256sum` says of these five lines.
BY_HAND = """\
{"content":"civic duty","form":1,"schema":4}
{"fields":{"archived":false,"fictional":false,"left_on":null,"organisation":null,"role":"leader","school":null},\
"ref":"personlead","table":"person"}
{"fields":{"value":30},"ref":"quiet_after","table":"setting"}
{"fields":{"archived":true,"basis":null,"fictional":false,"high":null,"kpi":"kpi0000001","low":null,\
"managed_decline":false,"number":20.0,"period":"202627-HT6","place":null,"reason":"Agreed; “so”, é"},\
"ref":"target0001","table":"target"}
{"fields":{"archived":false,"denominator":1000,"fictional":false,"group":"FSM: yes","kpi":"kpi0000001","note":null,\
"number":24.1,"numerator":241,"period":"202627-HT1","place":"placetrust","sd":null,"state":"reported","symbol":null},\
"ref":"value00001","table":"value"}
"""


def test_the_content_is_the_one_written_by_hand_and_so_is_its_fingerprint():
    rows = (
        known(a_value(numerator=241, denominator=1000, group="FSM: yes")),
        known(a_target(reason="Agreed; “so”, é", archived=True)),
        known(LEADER),
    )
    made = content(rows, {"quiet_after": 30, **LAYOUT}, 4)
    assert made.decode() == BY_HAND
    assert fingerprint(made) == "1538aa7df210aad6bf602ffeb484cd2f624b429b1b5a4713ecc72ef38de69174"


def test_the_order_in_which_rows_are_told_does_not_matter():
    some = [known(row) for row in (TRUST, EDITION, an_action(), a_value())]
    assert len({content(order, {}, 4) for order in permutations(some)}) == 1


@pytest.mark.parametrize("row", [*SMALL_TRUST, a_value(0.1 + 0.2)], ids=lambda row: row.ref)
def test_a_record_and_what_a_revision_keeps_of_it_give_the_same_line(row):
    subject = SUBJECT_OF[type(row)]
    kept = json.loads(json.dumps({**to_json(subject, data_of(subject, row)), "archived": False}))
    assert content([Known(subject, row.ref, False, kept)], {}, 4) == content([known(row)], {}, 4)


@pytest.mark.parametrize(
    ("field", "told"),
    [("number", (20, 20.0)), ("number", (0, -0.0)), ("numerator", (7, 7.0)), ("fictional", (0, False))],
)
def test_a_number_that_two_databases_hold_in_two_forms_is_written_in_one(field, told):
    first, second = (content([known(a_value(), **{field: one})], {}, 4) for one in told)
    assert first == second


def test_a_row_told_before_a_field_came_has_its_default():
    kept = {name: value for name, value in data_of(VALUES, a_value()).items() if name not in ("sd", "state")}
    assert content([Known(VALUES, "value00001", False, kept)], {}, 4) == content([known(a_value())], {}, 4)


def test_nobodys_name_initials_job_or_address_is_in_it():
    person = replace(LEADER, initials="PL", job="Head of school", email="priya@example.org")
    (line,) = lines_of(known(person))
    assert set(line["fields"]) == {"archived", "role", "organisation", "school", "left_on", "fictional"}


def test_a_field_that_came_with_a_later_schema_is_in_no_older_copy():
    fields = (*ACTIONS.fields, Field("mood", "mood", default="calm", since=5))
    later = replace(ACTIONS, fields=fields)
    row = Known(later, "action0001", False, {**data_of(ACTIONS, an_action()), "mood": "merry"})
    assert content([row], {}, 4) == content([known(an_action())], {}, 4)
    assert lines_of(row, schema=5)[0]["fields"]["mood"] == "merry"


@pytest.mark.parametrize("table", SCHEMA_4)
def test_what_a_copy_of_the_fourth_schema_holds_never_changes(table):
    assert set(BY_TABLE[table].names) >= set(SCHEMA_4[table].split())
    (line,) = lines_of(Known(BY_TABLE[table], "r", False, {}))
    assert set(line["fields"]) == {"archived", *SCHEMA_4[table].split()}


def test_a_row_is_one_line_whatever_stands_in_it():
    place = replace(TRUST, name="one\ntwo\u2028three\x85four\r\nfive")
    assert len(content([known(place)], {}, 4).split(b"\n")) == 3  # the form, the row, and nothing after the last
    assert lines_of(known(place))[0]["fields"]["name"] == place.name


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="not JSON compliant"):
        content([known(a_value(float("nan")))], {}, 4)


def test_what_differs_is_told_row_by_row():
    then = content([known(TRUST), known(a_value()), known(LEADER)], {"alpha": 0.2}, 4)
    now = content([known(TRUST), known(a_value(25.0)), known(an_action())], {}, 4)
    told = {(d.table, d.ref): (d.then is None, d.now is None, d.names) for d in differences(then, now)}
    assert told == {
        (ACTIONS.table, "action0001"): (True, False, ()),
        (PEOPLE.table, LEADER.ref): (False, True, ()),
        ("setting", "alpha"): (False, True, ()),
        (VALUES.table, "value00001"): (False, False, ("number",)),
    }
    (value,) = (d for d in differences(then, now) if d.table == VALUES.table)
    assert (value.then["number"], value.now["number"]) == (24.1, 25.0)
    assert differences(then, then) == ()
