"""Checking a workbook: names are resolved, rows recognised, and what cannot be true in a row is said at its cell."""

from datetime import date

import pytest

from framework.civic import Edition, EditionState, Element, Part
from framework.kpis.kpi import State, Symbol
from framework.places import Phase
from framework.plans import Milestone
from framework.subjects import SHEET_ORDER, SUBJECTS
from framework.workbook.cells import Book, Cell, SheetCells
from framework.workbook.check import Checked, check
from framework.workbook.grids import from_plain
from framework.workbook.parse import parse
from framework.workbook.write import from_grids
from tests.conftest import AGNES, HALF_TERMS, HAZEL, SMALL_TRUST, a_kpi, a_value, an_action, half_term

TABLE_OF = {subject.record: subject.table for subject in SUBJECTS}


def known(*records):
    """Records as the store hands them over."""
    here = {subject.table: {} for subject in SUBJECTS}
    for row in records:
        here[TABLE_OF[type(row)]][row.ref] = row
    return here


HERE = known(*SMALL_TRUST)

A_KPI = {"code": "K-B01", "version": "2025-2027", "KPI": "Visits", "measure": "count", "frequency": "termly"}
AN_ACTION = {
    "code": "A-20", "version": "2025-2027", "objective": "A", "action": "Paired reading", "due": date(2026, 12, 18),
}  # fmt: skip
A_VALUE = {"KPI": "K-A02", "place": "Hazel Grange Primary", "period": "Autumn 1, 2026/27", "value": 21.5}
A_TARGET = {"KPI": "K-A02", "place": "Hazel Grange Primary", "period": "Summer 2, 2026/27", "target": 20}


def refs():
    numbers = iter(range(10_000, 1_000_000))
    return lambda: f"n{next(numbers):09}"


def a_book(meta=(), **sheets) -> Book:
    """A real workbook of these rows, by sheet, read; sheets that are not named are not in it."""
    subjects = {subject.sheet: subject for subject in SHEET_ORDER}
    grids = [from_plain(subjects[sheet], rows) for sheet, rows in sheets.items()]
    return parse(from_grids(grids, {}, dict(meta), ()), "plan.xlsx")


def checked(here=HERE, meta=(), **sheets) -> Checked:
    return check(a_book(meta, **sheets), here, new_ref=refs())


def told(problem) -> str:
    """A problem in a few words; its whole sentence is asked for once."""
    found = "nothing" if problem.found is None else f'"{problem.found}"'
    return f"{problem.sheet}!{problem.cell} {problem.heading}".rstrip() + f": found {found}, wanted {problem.wanted}."


def wrong(here=HERE, **sheets) -> list[str]:
    return [told(problem) for problem in checked(here, **sheets).problems]


def notes_of(found: Checked) -> list[tuple[str, str]]:
    return [(note.code, note.words) for note in found.notes]


def one(here=HERE, **sheets):
    """The only row of the only sheet named, when all is well."""
    found = checked(here, **sheets)
    assert found.problems == ()
    (row,) = (row for rows in found.rows.values() for row in rows)
    return row


def cells(*rows):
    letters = "ABCDEFGH"
    return [
        [None if v is None else Cell(f"{letters[c]}{r}", v, str(v)) for c, v in enumerate(row)]
        for r, row in enumerate(rows, 1)
    ]


def from_cells(*rows, title="Schools", here=HERE, meta=None) -> Checked:
    book = Book("x.xlsx", "", (SheetCells(title, cells(*rows)),), meta or {"rows": {}})
    return check(book, here, new_ref=refs())


# References


def test_a_formula_error_in_a_reference_is_not_looked_up_as_a_name():
    found = from_cells(["action", "milestone", "due"], [None, "m", date(2026, 1, 1)], title="Milestones")
    assert [p.code for p in found.problems] == ["CELL-REQUIRED"]
    sheet = SheetCells("Milestones", cells(["action", "milestone", "due"], ["x", "m", date(2026, 1, 1)]))
    sheet.rows[1][0] = Cell("A2", "#REF!", "#REF!", is_error=True)
    (problem,) = check(Book("x", "", (sheet,), {"rows": {}}), HERE, new_ref=refs()).problems
    assert (problem.code, problem.found) == ("CELL-ERROR", "#REF!")


def test_a_row_may_name_rows_of_the_same_file_and_rows_that_stand_here():
    found = checked(
        People=[{"name": "Jo Bell", "initials": "JB", "role": "leader"}],
        Actions=[
            AN_ACTION | {"owner": "jb", "schools": "St Agnes Secondary; hazel grange primary", "should move": "K-A02"}
        ],
    )
    assert found.problems == ()
    action = found.rows["action"][0].data
    assert action["owner"] == found.rows["person"][0].ref
    assert action["places"] == (AGNES.ref, HAZEL.ref)
    assert action["kpis"] == (a_kpi().ref,)


def test_an_element_is_named_by_its_code_or_by_its_words():
    for said in ("A", "a coherent education experience"):
        assert one(Actions=[AN_ACTION | {"objective": said}]).data["objective"] == "elementobj"


def test_an_element_of_another_version_is_not_found():
    other = {"code": "2030", "title": "Next", "start": date(2030, 9, 1), "end": date(2031, 8, 31), "state": "draft"}
    assert wrong(Versions=[other], Actions=[AN_ACTION | {"version": "2030"}]) == [
        'Actions!E4 objective*: found "A", '
        "wanted the code or the words of an objective of this version (none is called A)."
    ]


def test_an_action_that_moves_to_another_version_takes_the_element_of_that_version():
    old = Edition("edition000", "2020", "Old", date(2020, 9, 1), date(2021, 8, 31), EditionState.ARCHIVED)
    here = known(
        *SMALL_TRUST,
        old,
        Element("elementold", old.ref, Part.OBJECTIVE, 1, "Old aim"),
        an_action(edition=old.ref, objective="elementold"),
    )
    row = AN_ACTION | {"_id": "action0001"}
    assert one(here, Actions=[row | {"version": "2020"}]).data["objective"] == "elementold"
    assert one(here, Actions=[row]).data["objective"] == "elementobj"


def test_a_wrong_version_is_one_problem_and_its_elements_are_not_held_against_the_row():
    assert wrong(Actions=[AN_ACTION | {"version": "2031", "pillars": "1; 9"}]) == [
        'Actions!D4 version*: found "2031", '
        "wanted a code from the sheet Versions (no framework version has the code 2031)."
    ]


def test_a_list_may_be_parted_by_line_breaks_and_names_count_once():
    assert one(Actions=[AN_ACTION | {"pillars": "1;\n1 ; "}]).data["pillars"] == ("elementpil",)


def test_a_name_with_a_semicolon_is_found_in_a_list():
    found = checked(
        Organisations=[{"name": "Aston; Villa Trust"}, {"name": "Scouts"}],
        Actions=[AN_ACTION | {"supporters": "Scouts; Aston; Villa Trust"}],
    )
    assert found.problems == ()
    assert found.rows["action"][0].data["supporters"] == tuple(r.ref for r in reversed(found.rows["organisation"]))


@pytest.mark.parametrize(
    ("sheet", "row", "problem"),
    [
        ("Milestones", {"action": "A-99", "milestone": "m", "due": date(2026, 1, 1)},
         'Milestones!C4 action*: found "A-99", wanted a code from the sheet Actions (no action has the code A-99).'),
        ("Actions", AN_ACTION | {"owner": "Nobody"},
         'Actions!G4 owner: found "Nobody", wanted a name or initials from the sheet People '
         "(no person has the name or initials Nobody)."),
        ("Actions", AN_ACTION | {"schools": "Hazel Grange Primary; Atlantis"},
         'Actions!J4 schools: found "Hazel Grange Primary; Atlantis", wanted a name from the sheet Schools '
         "(no school has the name Atlantis)."),
        ("Actions", AN_ACTION | {"strand": "Sky"},
         'Actions!M4 strand: found "Sky", wanted the words of a strand of this version (none is called Sky).'),
    ],
)  # fmt: skip
def test_a_link_to_nothing_is_named(sheet, row, problem):
    assert wrong(**{sheet: [row]}) == [problem]


def test_a_name_that_two_rows_bear_is_not_guessed():
    people = [
        {"name": "Jo Bell", "initials": "JB", "role": "leader"},
        {"name": "Jim Bow", "initials": "JB", "role": "leader"},
    ]
    (problem,) = wrong(People=people, Actions=[AN_ACTION | {"owner": "JB"}])
    assert problem.endswith("wanted a name that only one row has: 2 are called JB.")


def test_an_event_names_the_objective_of_the_version_its_day_lies_in():
    old = {"code": "2020", "title": "Old", "start": date(2020, 9, 1), "end": date(2021, 8, 31), "state": "archived"}
    element = {"version": "2020", "part": "objective", "order": 1, "words": "Old aim"}
    fair = {"title": "Fair", "objective": "A"}
    found = checked(
        Versions=[old],
        Framework=[element],
        Events=[
            fair | {"start": date(2021, 1, 1)},
            fair | {"start": date(2026, 1, 1)},
            fair | {"start": date(2040, 1, 1)},
        ],
    )
    assert found.problems == ()
    old_objective = found.rows["element"][0].ref
    assert [row.data["objective"] for row in found.rows["event"]] == [old_objective, "elementobj", "elementobj"]


@pytest.mark.parametrize("said", ["Autumn 2 2026/27", "Autumn 2, 2026/27", "autumn 2 2026/27"])
def test_a_half_term_is_a_date_by_the_calendar(said):
    assert one(Actions=[AN_ACTION | {"due": said}]).data["due_on"] == HALF_TERMS[2026, 2][1]


def test_a_half_term_is_a_date_by_the_calendar_of_the_same_file():
    line = {"kind": "half-term", "academic year": "2030/31", "index": 2}
    found = checked(
        Calendar=[line | {"start": date(2030, 11, 4), "end": date(2030, 12, 19)}],
        Actions=[AN_ACTION | {"due": "Autumn 2 2030/31"}],
    )
    assert found.problems == ()
    assert found.rows["action"][0].data["due_on"] == date(2030, 12, 19)


# Rows


def test_a_problem_names_its_row_and_says_what_becomes_of_it():
    new = AN_ACTION | {"due": "31/09/2024"}
    (problem,) = checked(Actions=[new]).problems
    assert str(problem).startswith("Actions!T4 (due*, 'A-20 Paired reading'): it says \"31/09/2024\"; we need a date")
    assert str(problem).endswith("If you leave it, the row is left out.")
    assert problem.row == 4
    (problem,) = checked(Actions=[new | {"_id": "action0001"}]).problems
    assert problem.if_left == "the row stays as it is here"


def test_a_required_cell_that_is_blank_is_a_problem():
    assert wrong(Actions=[AN_ACTION | {"action": ""}]) == [
        "Actions!F4 action*: found nothing, wanted something: action must be filled."
    ]


def test_a_new_row_has_every_filled_cell_with_its_address_and_what_stood_in_it():
    row = one(Schools=[{"name": " Hill ", "kind": "school", "phase": "Primary", "joined": date(2020, 9, 1)}])
    assert row.is_new
    assert row.data["phase"] is Phase.PRIMARY
    assert row.data["pupils"] is None
    assert row.cells == {
        "name": ("C4", "Hill"),
        "kind": ("D4", "school"),
        "phase": ("E4", "Primary"),
        "joined_on": ("G4", "01 Sep 2020"),
    }
    assert (row.sheet, row.number, row.label, row.seen) == ("Schools", 4, "Hill", None)


def test_what_only_the_ledger_knows_is_read_apart_from_the_fields():
    row = one(Values=[A_VALUE | {"earlier value": 20, "recorded on": date(2026, 11, 2)}])
    assert row.derived == {"earlier": 20, "recorded_on": date(2026, 11, 2)}
    assert "recorded_on" not in row.cells


def test_a_row_with_nothing_but_what_the_ledger_knows_is_blank():
    assert checked(Values=[{"recorded on": date(2026, 11, 2)}]).rows["value"] == []


def test_a_row_is_known_by_its_hidden_id_whatever_else_changed():
    row = one(Actions=[AN_ACTION | {"_id": "action0001", "_rev": 3}])
    assert (row.ref, row.is_new, row.seen) == ("action0001", False, 3)


def test_a_row_without_an_id_is_known_by_its_key():
    here = known(*SMALL_TRUST, a_value())
    assert one(Actions=[AN_ACTION | {"code": "a-14"}]).ref == "action0001"
    same_slot = A_VALUE | {"place": "Our Trust"}
    assert one(here, Values=[same_slot]).ref == "value00001"
    assert one(here, Values=[same_slot | {"group": "FSM: yes"}]).is_new


def test_a_code_of_an_archived_row_is_free_again():
    here = known(*SMALL_TRUST, an_action(archived=True))
    assert one(here, Actions=[AN_ACTION | {"code": "A-14"}]).is_new


def test_an_unknown_id_becomes_the_new_rows_own():
    assert one(Actions=[AN_ACTION | {"_id": "abcdefghi9"}]).ref == "abcdefghi9"


@pytest.mark.parametrize("ref", ["abcdefgh9", "abcdefghi99", "abc efghi9", "ábcdefghi9"])
def test_an_id_of_another_shape_is_not_kept(ref):
    assert one(Actions=[AN_ACTION | {"_id": ref}]).ref == "n000010000"


def test_an_unknown_id_does_not_make_a_second_row_of_a_known_code():
    assert one(Actions=[AN_ACTION | {"_id": "abcdefghi9", "code": "A-14"}]).ref == "action0001"


def test_a_copied_row_with_a_code_of_its_own_is_new_and_the_row_nearest_to_ours_keeps_the_id():
    copy = AN_ACTION | {"_id": "action0001", "_rev": 1, "code": "A-21"}
    kept = AN_ACTION | {"_id": "action0001", "_rev": 1, "code": "A-14", "action": "Breakfast club at Hazel Grange"}
    found = checked(Actions=[copy, kept])
    assert found.problems == ()
    new, old = found.rows["action"]
    assert (new.is_new, new.ref, new.seen) == (True, "n000010000", None)
    assert (old.is_new, old.ref, old.seen) == (False, "action0001", 1)
    assert notes_of(found) == [
        ("KEY-DUPLICATE", "Actions: row 4 has the hidden id of another row, as copies have. It goes in as a new row.")
    ]


def test_a_copied_row_without_a_code_of_its_own_is_a_problem_and_the_row_it_was_copied_from_is_none():
    row = AN_ACTION | {"_id": "action0001", "code": "A-14"}
    found = checked(Actions=[row, row | {"action": "Another"}])
    assert [told(problem) for problem in found.problems] == [
        'Actions!A5: found "action0001", '
        "wanted a row of its own: row 4 has the same hidden id; if you copied it, give the copy another code."
    ]
    assert [line.wrong for line in found.rows["action"]] == [False, True]


def test_of_copies_with_an_id_that_is_not_known_here_one_keeps_it():
    row = AN_ACTION | {"_id": "abcdefghi9"}
    found = checked(Actions=[row, row | {"code": "A-21"}])
    assert [line.ref for line in found.rows["action"]] == ["abcdefghi9", "n000010000"]
    assert [code for code, _ in notes_of(found)] == ["KEY-DUPLICATE", "KEY-UNKNOWN"]


def test_two_values_for_one_slot_are_a_problem():
    assert wrong(Values=[A_VALUE, A_VALUE | {"value": 30}]) == [
        'Values!C5 KPI*: found "K-A02, Hazel Grange Primary, Autumn 1, 2026/27", '
        "wanted one row for each KPI, place, period, group (row 4 has the same)."
    ]


def test_two_rows_that_match_one_row_here_are_a_problem():
    (problem,) = checked(Actions=[AN_ACTION | {"code": "A-14"}, AN_ACTION | {"code": "a-14"}]).problems
    assert (problem.code, problem.cell) == ("KEY-DUPLICATE", "C5")


def test_a_code_that_a_row_outside_the_file_has_is_a_problem():
    here = known(*SMALL_TRUST, an_action(ref="action0002", code="A-15"))
    (problem,) = wrong(here, Actions=[AN_ACTION | {"_id": "action0002", "code": "A-14"}])
    assert problem == (
        'Actions!C4 code*: found "A-14", '
        "wanted one row for each code (another one here has the same and is not in this file)."
    )


@pytest.mark.parametrize("ids", ["action0001", None])
def test_two_rows_of_one_code_are_both_left_out(ids):
    found = checked(Actions=[AN_ACTION | {"code": "A-14", "_id": ids}, AN_ACTION | {"code": "a-14"}])
    assert [problem.if_left for problem in found.problems] == ["both rows are left out"]
    assert [row.wrong for row in found.rows["action"]] == [True, True]


def test_a_value_that_says_another_slot_is_a_value_of_its_own():
    here = known(*SMALL_TRUST, a_value())
    row = A_VALUE | {"_id": "value00001", "_rev": 1, "period": "Autumn 2, 2026/27"}
    found = checked(here, Values=[row])
    (moved,) = found.rows["value"]
    assert (moved.is_new, moved.ref, moved.seen) == (True, "n000010000", None)
    assert notes_of(found) == [
        ("KEY-UNKNOWN", "Values: row 4 says another KPI, place, period or group than before: "
         "it is a value of its own, and the one before stays."),
    ]  # fmt: skip


def test_a_value_of_a_slot_that_was_withdrawn_is_that_value():
    here = known(*SMALL_TRUST, a_value(state=State.WITHDRAWN))
    assert one(here, Values=[A_VALUE | {"place": "Our Trust"}]).ref == "value00001"


def test_a_row_with_an_id_of_another_workbook_is_new_and_said_to_be():
    found = checked(Actions=[AN_ACTION | {"_id": "abcdefghi9"}, AN_ACTION | {"_id": "zbcdefghi9", "code": "A-21"}])
    assert notes_of(found) == [
        ("KEY-UNKNOWN", "Actions: rows 4 and 5 have hidden ids that are not known here: from another workbook, "
         "or an old copy. They go in as new rows."),
    ]  # fmt: skip


def test_a_version_that_a_program_made_a_fraction_of_is_read():
    found = from_cells(["_id", "_rev", "name", "kind"], ["placehazel", 3.0, "Hazel", "school"])
    assert found.rows["place"][0].seen == 3


# Rows that were sorted without their ids, or lost them


def actions(*titles):
    """An action here for each title, A-1 and on."""
    return [
        an_action(ref=f"action{n:04}", code=f"A-{n}", title=title, places=(), owner=None)
        for n, title in enumerate(titles, 1)
    ]


def rows_of(records):
    return [AN_ACTION | {"_id": row.ref, "code": row.code, "action": row.title} for row in records]


TITLES = [
    f"{what} in {where}" for what in ("Reading", "Careers", "Music", "Sport", "Food") for where in ("Hall", "Town")
]


@pytest.mark.parametrize(("moved", "shuffled"), [(2, False), (3, True), (10, True)])
def test_rows_beside_the_ids_of_other_rows_stop_the_load_from_three_on(moved, shuffled):
    some = actions(*TITLES)
    rows = rows_of(some)
    ids = [row["_id"] for row in rows]
    turned = [*ids[1:moved], ids[0], *ids[moved:]]
    found = checked(
        known(*SMALL_TRUST[:-4], *some), Actions=[r | {"_id": i} for r, i in zip(rows, turned, strict=True)]
    )
    assert [p.code for p in found.problems] == (["KEY-SHUFFLED"] if shuffled else [])
    assert found.shuffled == (("Actions",) if shuffled else ())
    assert all(row.wrong for row in found.rows["action"]) is shuffled


@pytest.mark.parametrize(("count", "shuffled"), [(30, False), (29, True)])
def test_three_of_thirty_rows_are_no_more_than_a_tenth(count, shuffled):
    some = actions(*(f"Work {chr(65 + n)} {chr(75 + n)}" for n in range(count)))
    rows = rows_of(some)
    ids = [row["_id"] for row in rows]
    turned = [*ids[1:3], ids[0], *ids[3:]]
    found = checked(
        known(*SMALL_TRUST[:-4], *some), Actions=[r | {"_id": i} for r, i in zip(rows, turned, strict=True)]
    )
    assert bool(found.shuffled) is shuffled


def test_values_that_were_sorted_without_their_ids_are_found_out_too():
    some = [a_value(ref=f"value0000{n}", period=half_term(2026, n)) for n in range(1, 5)]
    rows = [
        A_VALUE | {"_id": row.ref, "place": "Our Trust", "period": row.period.words} for row in (*some[1:], some[0])
    ]
    turned = [row | {"_id": own.ref} for row, own in zip(rows, some, strict=True)]
    here = known(*SMALL_TRUST, *some)
    assert checked(here, Values=turned).shuffled == ("Values",)
    matched = by_title(here, Values=turned)
    assert matched.problems == ()
    assert [row.ref for row in matched.rows["value"]] == [row.ref for row in (*some[1:], some[0])]


def by_title(here, **sheets) -> Checked:
    return check(a_book(**sheets), here, new_ref=refs(), by_title=True)


def test_passing_over_the_ids_knows_rows_by_code_then_by_title():
    some = actions(*TITLES)
    here = known(*SMALL_TRUST[:-4], *some)
    rows = [row | {"_id": some[n - 1].ref} for n, row in enumerate(rows_of(some))]
    rows[3] |= {"code": "A-99"}
    found = by_title(here, Actions=rows)
    assert [row.ref for row in found.rows["action"]] == [row.ref for row in some]
    assert {row.seen for row in found.rows["action"]} == {None}
    assert notes_of(found) == [
        ("KEY-MISSING", "Actions: the hidden column _id was passed over, "
         "so 9 rows were known by code and 1 row was known by title."),
    ]  # fmt: skip


HEADS = ["code", "version", "objective", "action", "due"]


def without_ids(*titles, here):
    rows = [[f"B-{n}", "2025-2027", "A", title, date(2026, 12, 18)] for n, title in enumerate(titles)]
    return from_cells(HEADS, *rows, title="Actions", here=here)


@pytest.mark.parametrize(
    ("title", "is_new", "notes"),
    [
        ("Paired reading with the library", False, ["KEY-MISSING"]),
        ("PAIRED  reading with the library", False, ["KEY-MISSING"]),
        ("Paired readings with the library", False, ["KEY-MISSING"]),  # 98 of 100
        ("Paired reading in the libraries", True, ["KEY-UNKNOWN"]),  # 87
        ("Music in the hall", True, []),
    ],
)
def test_without_ids_a_row_is_known_by_its_title_and_one_that_is_only_near_is_new_and_named(title, is_new, notes):
    here = known(*SMALL_TRUST[:-4], *actions("Paired reading with the library", "Sport in the park"))
    found = without_ids(title, here=here)
    (row,) = found.rows["action"]
    assert (row.is_new, [code for code, _ in notes_of(found)]) == (is_new, notes)


def test_titles_that_differ_in_a_number_only_are_never_the_same():
    here = known(*SMALL_TRUST[:-4], *actions("Phonics for everybody in the whole of year 1"))
    found = without_ids("Phonics for everybody in the whole of year 2", here=here)
    assert found.rows["action"][0].is_new
    assert notes_of(found) == [
        ("KEY-UNKNOWN", "Actions, row 2: 'B-0 Phonics for everybody in the whole of year 2' looks like "
         "'A-1 Phonics for everybody in the whole of year 1', which is here. "
         "It goes in as a new row, unless you leave it out."),
    ]  # fmt: skip


def test_a_title_that_two_rows_here_have_is_not_guessed():
    here = known(*SMALL_TRUST[:-4], *actions("Assembly", "Assembly"))
    assert without_ids("Assembly", here=here).rows["action"][0].is_new


def test_people_are_never_matched_by_a_name_that_is_nearly_theirs():
    found = from_cells(["name", "role"], ["Priya Leaders", "leader"], title="People")
    assert found.rows["person"][0].is_new
    assert [code for code, _ in notes_of(found)] == ["KEY-UNKNOWN"]


def test_two_codes_may_be_exchanged():
    here = known(*SMALL_TRUST, an_action(ref="action0002", code="A-15"))
    swapped = [AN_ACTION | {"_id": "action0001", "code": "A-15"}, AN_ACTION | {"_id": "action0002", "code": "A-14"}]
    assert wrong(here, Actions=swapped) == []


def test_two_rows_that_are_alike_here_already_may_come_back_as_they_went():
    alike = [Milestone(ref, "action0001", "Meet", date(2026, 12, 1)) for ref in ("milestone1", "milestone2")]
    row = {"action": "A-14", "milestone": "Meet", "due": date(2026, 12, 1)}
    here = known(*SMALL_TRUST, *alike)
    assert wrong(here, Milestones=[row | {"_id": "milestone1"}, row | {"_id": "milestone2"}]) == []
    assert len(wrong(here, Milestones=[row | {"_id": "milestone1"}, row | {"_id": "milestone2"}, row])) == 1


# Sense within a row


@pytest.mark.parametrize(("value", "fits"), [(-0.1, False), (0, True), (100, True), (100.1, False)])
def test_a_percentage_lies_from_0_to_100(value, fits):
    problems = wrong(Values=[A_VALUE | {"value": value}])
    assert problems == ([] if fits else [
        f'Values!G4 value: found "{value}", wanted a number from 0 to 100: the KPI is a percentage.'
    ])  # fmt: skip


def test_a_count_may_be_more_than_a_hundred():
    assert (
        wrong(KPIs=[A_KPI], Values=[A_VALUE | {"KPI": "K-B01", "period": "Autumn term, 2026/27", "value": 140}]) == []
    )


def test_a_percentage_is_worked_out_from_its_counts():
    row = one(Values=[A_VALUE | {"value": None, "numerator": 1, "denominator": 8}])
    assert row.data["number"] == 12.5
    assert "number" not in row.cells


@pytest.mark.parametrize(("value", "fits"), [(12.44, False), (12.45, True), (12.55, True), (12.56, False)])
def test_a_percentage_may_differ_from_its_counts_by_a_rounding(value, fits):
    problems = wrong(Values=[A_VALUE | {"value": value, "numerator": 1, "denominator": 8}])
    assert problems == (
        [] if fits else [f'Values!G4 value: found "{value}", wanted 12.5, which is 1 of 8, or other counts.']
    )


def test_no_percentage_is_worked_out_of_nothing():
    row = A_VALUE | {"value": None, "numerator": 0, "denominator": 0}
    assert [p.cell for p in checked(Values=[row]).problems] == ["I4", "G4"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "problem"),
    [
        (9, 9, None),
        (10, 9, 'Values!H4 numerator: found "10", wanted a numerator of at most 9, the denominator.'),
        (0, 0, 'Values!I4 denominator: found "0", wanted a denominator of 1 or more, or neither count.'),
    ],
)
def test_a_part_is_no_more_than_its_whole(numerator, denominator, problem):
    row = A_VALUE | {"value": 100, "numerator": numerator, "denominator": denominator}
    assert wrong(Values=[row]) == ([problem] if problem else [])


def test_a_value_without_a_number_says_why():
    assert wrong(Values=[A_VALUE | {"value": None, "note": "soon"}]) == [
        "Values!G4 value: found nothing, wanted a number, or a state or symbol that says why there is none."
    ]
    assert one(Values=[A_VALUE | {"value": None, "symbol": "c"}]).data["symbol"] is Symbol.SUPPRESSED
    assert one(Values=[A_VALUE | {"value": None, "state": "not available"}]).data["state"] is State.NOT_AVAILABLE


def test_nought_is_a_value():
    assert one(Values=[A_VALUE | {"value": 0}]).data["number"] == 0


NO_TARGET = "Targets!F4 target: found nothing, wanted a target, or both low and high of a band."


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({}, None),
        ({"target": None, "low": 10, "high": 10}, None),
        ({"target": None}, NO_TARGET),
        ({"target": None, "low": 10}, NO_TARGET),
        ({"target": None, "low": 10, "high": 9},
         'Targets!H4 high: found "9", wanted a high of at least 10, the low of the band.'),
        ({"target": 101}, 'Targets!F4 target: found "101", wanted a number from 0 to 100: the KPI is a percentage.'),
    ],
)  # fmt: skip
def test_a_target_is_a_point_or_a_band(changes, problem):
    assert wrong(Targets=[A_TARGET | changes]) == ([problem] if problem else [])


@pytest.mark.parametrize(("start", "fits"), [(date(2026, 12, 18), True), (date(2026, 12, 19), False)])
def test_an_end_may_not_come_before_its_start(start, fits):
    problems = wrong(Actions=[AN_ACTION | {"start": start}])
    assert problems == (
        [] if fits else ['Actions!T4 due*: found "18 Dec 2026", wanted a date on or after 19 Dec 2026.']
    )


def test_sense_is_made_of_the_whole_row_where_a_column_is_missing():
    start = an_action().starts_on
    assert start == date(2026, 4, 13)
    headings = ["_id", "code", "version", "objective", "action", "due"]
    row = ["action0001", "A-14", "2025-2027", "A", "Breakfast", date(2026, 4, 12)]
    found = from_cells(headings, row, title="Actions")
    assert [told(p) for p in found.problems] == [
        'Actions!F2 due*: found "2026-04-12", wanted a date on or after 13 Apr 2026.'
    ]


def test_a_school_year_has_six_half_terms_and_objectives_have_letters():
    line = {"kind": "half-term", "academic year": "2030/31", "start": date(2030, 9, 1), "end": date(2030, 10, 1)}
    assert wrong(Calendar=[line | {"index": 6}]) == []
    assert wrong(Calendar=[line | {"index": 7}]) == [
        'Calendar!E4 index*: found "7", wanted a number from 1 to 6: a school year has no more.'
    ]
    element = {"version": "2025-2027", "part": "objective", "words": "w"}
    assert wrong(Framework=[element | {"order": 26}]) == []
    assert len(wrong(Framework=[element | {"order": 27}])) == 1
    assert wrong(Framework=[element | {"order": 27, "part": "priority"}]) == []


def test_all_problems_are_listed_at_once_and_the_good_rows_still_stand():
    found = checked(
        Values=[
            A_VALUE,
            A_VALUE | {"period": "one day", "value": "sixty"},
            A_VALUE | {"period": "Autumn 2, 2026/27", "value": 300},
        ],
        Actions=[AN_ACTION | {"due": "31/09/2024", "likelihood": 9}],
    )
    assert sorted(p.cell for p in found.problems) == ["E5", "G5", "G6", "T4", "Z4"]
    assert len(found.rows["value"]) == 3


def test_a_number_far_too_large_is_a_problem_and_never_a_crash():
    element = {"version": "2025-2027", "part": "objective", "order": 9_999_999, "words": "w"}
    assert len(wrong(Framework=[element], Actions=[AN_ACTION])) == 1
    assert one(Actions=[AN_ACTION | {"_rev": "9" * 5_000}]).seen is None
