"""Actions and risks of strangers' files to actions of ours: what is taken, what is asked, what becomes an update."""

from dataclasses import replace
from datetime import date

import pytest

from framework.civic import Element, Part
from framework.community import Organisation
from framework.people import Person, Role
from framework.plans import Confidence, Milestone, Status
from framework.workbook.cells import Cell
from framework.workbook.recognise.shape import Asks, Choice, Holds, Question
from tests.conftest import AGNES, EDITION, HAZEL, LEADER, OBJECTIVE, SMALL_TRUST, TODAY, an_action, an_update
from tests.edges.strangers import HERE, a_table, after, asked, convert, known, looked, one, rows, wrong

SECOND = Element("elementob2", EDITION.ref, Part.OBJECTIVE, 2, "Develop a deep understanding of our communities")
LIBRARY = Organisation("organlibra", "City Library")
TWO = known(*SMALL_TRUST, SECOND, LIBRARY)
FIELDS = {"Action": "action", "Objective": "objective", "By when": "due"}
DUE = date(2027, 3, 25)


def an_import(here=TWO, answers=(), more=None, **cells):
    """One action with these cells beside its title, objective A and a due day; headings are the names of fields."""
    whole = {"action": "Paired reading", "objective": "A", "due": DUE, **cells}
    whole = {name: value for name, value in whole.items() if value is not None}
    fields = {name.replace("_", " ").title(): name for name in whole}
    return convert(a_table(fields, list(whole.values())), answers=answers, here=here)


# What is taken as it stands


def test_an_action_is_taken_with_its_title_objective_and_day():
    assert one(an_import(), "action") == {
        "title": "Paired reading", "objective": OBJECTIVE.ref, "due_on": DUE, "code": "A-15", "edition": EDITION.ref,
    }  # fmt: skip


def test_each_field_keeps_its_cell_raw_text_rule_and_certainty():
    (row,) = an_import(due="Sept 24", on=TODAY).checked.rows["action"]
    assert row.cells["due_on"][:2] == ("C2", "Sept 24")
    assert row.cells["due_on"][3] == "assumed"
    assert (row.sheet, row.number, row.label) == ("Plan", 2, "A-15 Paired reading")


def test_a_row_without_an_action_is_passed_over_with_a_note():
    made = convert(a_table(FIELDS, ["Paired reading", "A", DUE], [None, "A", DUE]), here=TWO)
    assert len(rows(made, "action")) == 1
    assert [note.code for note in made.checked.notes] == ["ROW-BLANK"]


def test_a_table_without_a_column_of_actions_takes_its_milestones_for_actions():
    made = convert(
        a_table({"Milestone": "milestone", "Aim": "objective", "Due": "due"}, ["Opening", "A", DUE]), here=TWO
    )
    assert one(made, "action")["title"] == "Opening"
    assert rows(made, "milestone") == []


def test_an_empty_cell_says_nothing_so_that_it_clears_nothing():
    made = an_import(here=known(*SMALL_TRUST, SECOND), action="Breakfast club at Hazel Grange", due=None, status="-")
    assert one(made, "action").keys() == {"title", "objective", "code", "edition"}


def test_records_are_counted_by_what_their_table_holds():
    made = convert(
        a_table(FIELDS, ["Paired reading", "A", DUE]),
        a_table(FIELDS, ["Staff leave", "A", DUE], ["Fire", "A", DUE], sheet="Risks", holds=Holds.RISKS),
        here=TWO,
    )
    assert made.counts == {Holds.ACTIONS: 1, Holds.RISKS: 2}


def test_a_table_that_is_not_taken_gives_nothing():
    made = convert(replace(a_table(FIELDS, ["Paired reading", "A", DUE]), used=False), here=TWO)
    assert (made.checked.rows, made.counts, made.questions) == ({}, {}, ())


# Tables and columns after the answers


def test_a_sheet_is_taken_or_left_as_was_said():
    table = a_table(FIELDS, ["Paired reading", "A", DUE])
    assert rows(convert(table, answers={"sheet|Plan": "no"}, here=TWO), "action") == []
    left = replace(table, used=False)
    assert len(rows(convert(left, answers={"sheet|Plan": "yes"}, here=TWO), "action")) == 1


def test_a_column_has_the_field_that_was_said():
    table = a_table({**FIELDS, "Where we are": None}, ["Paired reading", "A", DUE, "Done"])
    assert "status" not in one(convert(table, here=TWO), "action")
    said = convert(table, answers={"column|where we are": "status"}, here=TWO)
    assert one(said, "action")["status"] is Status.DONE


@pytest.mark.parametrize("passed_over", ["", "out"])
def test_a_column_that_is_passed_over_gives_nothing(passed_over):
    table = a_table({**FIELDS, "Status": "status"}, ["Paired reading", "A", DUE, "Done"])
    assert "status" not in one(convert(table, answers={"column|status": passed_over}, here=TWO), "action")


def test_a_table_that_nobody_knew_is_one_of_actions_when_its_columns_were_said():
    table = a_table({"Thing": None, "Aim": None, "Day": None}, ["Paired reading", "A", DUE], holds=Holds.OTHER)
    assert rows(convert(table, here=TWO), "action") == []
    answers = {"column|thing": "action", "column|aim": "objective", "column|day": "due"}
    assert one(convert(table, answers=answers, here=TWO), "action")["title"] == "Paired reading"


# Objectives


@pytest.mark.parametrize(
    "words", ["B", "b", "Objective B", "Priority B", SECOND.words, f"B {SECOND.words}", SECOND.words.upper()]
)
def test_an_objective_is_named_by_letter_or_by_its_words(words):
    assert one(an_import(objective=words), "action")["objective"] == SECOND.ref


@pytest.mark.parametrize("words", ["C", "A new start", "Attendance", "Objective C"])
def test_what_is_no_objective_of_ours_is_asked_once_for_the_table(words):
    made = an_import(objective=words)
    assert asked(made) == {"table|Plan|objective": None}
    assert rows(made, "action") == []


def test_near_words_of_an_objective_are_asked_about_and_not_taken():
    near = "Develop a deep understanding of the communities"
    made = an_import(objective=near)
    assert list(asked(made)) == [f"value|objective|{near.casefold()}"]
    settled = an_import(objective=near, answers={f"value|objective|{near.casefold()}": "B"})
    assert (one(settled, "action")["objective"], asked(settled)) == (SECOND.ref, {})


def test_one_answer_gives_every_row_of_the_table_its_objective():
    table = a_table({"Action": "action", "Due": "due"}, ["Paired reading", DUE], ["Choir", DUE])
    made = convert(table, here=TWO)
    assert [(q.key, q.count) for q in made.questions] == [("table|Plan|objective", 2)]
    said = convert(table, answers={"table|Plan|objective": "B"}, here=TWO)
    assert [row["objective"] for row in rows(said, "action")] == [SECOND.ref] * 2


def test_a_column_of_other_words_may_be_asked_word_by_word():
    table = a_table(FIELDS, ["Paired reading", "Reading", DUE], ["Choir", "Music", DUE], ["Band", "Music", DUE])
    (question,) = convert(table, here=TWO).questions
    assert [c.value for c in question.choices] == ["A", "B", "each"]
    answers = {"table|Plan|objective": "each"}
    assert asked(convert(table, answers=answers, here=TWO)) == {
        "value|objective|reading": None,
        "value|objective|music": None,
    }
    answers |= {"value|objective|reading": "A", "value|objective|music": "B"}
    made = convert(table, answers=answers, here=TWO)
    assert [row["objective"] for row in rows(made, "action")] == [OBJECTIVE.ref, SECOND.ref, SECOND.ref]


def test_an_answer_that_names_no_objective_here_is_asked_again():
    assert asked(an_import(objective="Attendance", answers={"table|Plan|objective": "Z"})) == {
        "table|Plan|objective": None
    }


# Days


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("25/03/2027", date(2027, 3, 25)), ("Mar 2027", date(2027, 3, 31)), ("Autumn 2 2026/27", date(2026, 12, 18)),
        ("2026/27", date(2027, 8, 31)), ("w/c 15/03/2027", date(2027, 3, 21)), ("Jan/Feb 27", date(2027, 2, 28)),
    ],
)  # fmt: skip
def test_an_action_is_due_on_the_last_day_of_what_its_cell_names(words, day):
    assert one(an_import(due=words), "action")["due_on"] == day


@pytest.mark.parametrize("words", ["Ongoing", "termly", "TBC", "Complete", None])
def test_actions_without_a_day_are_asked_about_once_a_table(words):
    table = a_table(FIELDS, ["Paired reading", "A", words], ["Choir", "A", words], ["Band", "A", DUE])
    made = convert(table, here=TWO)
    assert [(q.key, q.suggested, q.count) for q in made.questions] == [("table|Plan|no due", None, 2)]
    assert [row["title"] for row in rows(made, "action")] == ["Band"]
    (question,) = made.questions
    assert [c.words for c in question.choices] == [
        "the end of the framework version (31 Aug 2027)", "leave these 2 rows out",
    ]  # fmt: skip


def test_actions_without_a_day_are_due_at_the_end_of_the_version_or_left_out():
    table = a_table(FIELDS, ["Paired reading", "A", "Ongoing"])
    taken = convert(table, answers={"table|Plan|no due": "end"}, here=TWO)
    assert one(taken, "action")["due_on"] == EDITION.ends_on
    assert one(taken, "action_update")["words"] == "Due: Ongoing"
    left = convert(table, answers={"table|Plan|no due": "out"}, here=TWO)
    assert (rows(left, "action"), asked(left), left.counts) == ([], {}, {})


def test_a_date_that_does_not_exist_is_a_problem_of_its_cell_and_says_what_happens():
    made = an_import(due="31/09/2026", answers={"table|Plan|no due": "end"})
    assert wrong(made) == [("CELL-DATE", "C2")]
    assert str(made.checked.problems[0]) == (
        "Plan!C2 (Due, 'Paired reading'): it says \"31/09/2026\"; we need a date such as 30/09/2024, Sept 2024, "
        "Autumn 1 or Ongoing (September has 30 days). If you leave it, the action counts among those without a day."
    )
    assert one(made, "action")["due_on"] == EDITION.ends_on


def test_a_date_that_does_not_exist_may_be_told_instead():
    made = an_import(due="31/09/2026", answers={"value|due|31/09/2026": "30/09/2026"})
    assert (wrong(made), one(made, "action")["due_on"]) == ([], date(2026, 9, 30))


def test_a_date_that_may_mean_two_is_asked_and_its_answer_is_taken():
    day = Cell("", date(2026, 9, 24), "24-Sep", "d-mmm")
    made = an_import(due=day)
    assert asked(made) == {"value|due|24-sep": None, "table|Plan|no due": None}
    settled = an_import(due=day, answers={"value|due|24-sep": "September 2024"})
    assert (one(settled, "action")["due_on"], asked(settled)) == (date(2024, 9, 30), {})


@pytest.mark.parametrize(("answer", "day"), [("month first", date(2027, 3, 4)), ("day first", date(2027, 4, 3))])
def test_the_order_of_day_and_month_is_as_was_said_of_the_column(answer, day):
    made = an_import(due="03/04/2027", answers={"dates|due": answer})
    assert one(made, "action")["due_on"] == day


def test_a_start_is_the_first_day_of_what_is_named_and_must_come_before_the_due_day():
    assert one(an_import(start="Mar 2027"), "action")["starts_on"] == date(2027, 3, 1)
    late = an_import(start=date(2027, 3, 26))
    assert wrong(late) == [("VALUE-OUTSIDE", "C2")]
    assert [row.wrong for row in late.checked.rows["action"]] == [True]
    assert late.checked.problems[0].row == 2


# Status, rating, risk


@pytest.mark.parametrize(
    ("words", "status"), [("In progress", Status.ON_TRACK), ("Complete", Status.DONE), ("on hold", Status.BLOCKED)]
)
def test_a_status_word_is_read(words, status):
    assert one(an_import(status=words), "action")["status"] is status


def test_an_assumed_status_stands_and_is_shown_as_assumed():
    made = an_import(status="on hold")
    assert asked(made) == {"value|status|on hold": "blocked"}
    (row,) = made.checked.rows["action"]
    assert row.cells["status"][3] == "assumed"


def test_of_a_status_a_term_the_last_one_stands():
    table = a_table(
        {**FIELDS, "Status Autumn": "status", "Status Spring": "status"}, ["Choir", "A", DUE, "Done", "late"]
    )
    columns = tuple(replace(c, period=c.heading) if c.field == "status" else c for c in table.columns)
    assert one(convert(replace(table, columns=columns), here=TWO), "action")["status"] is Status.AT_RISK
    assert one(convert(table, here=TWO), "action")["status"] is Status.DONE


def test_an_unknown_status_is_not_set_and_its_word_goes_into_the_update():
    made = an_import(status="Approved (I think)")
    assert "status" not in one(made, "action")
    assert one(made, "action_update")["words"] == "Status: Approved (I think)"


def test_what_a_status_word_means_is_answered_once():
    made = an_import(status="half way", answers={"value|status|half way": "on track"})
    assert (one(made, "action")["status"], asked(made), rows(made, "action_update")) == (Status.ON_TRACK, {}, [])


def test_the_recognisers_question_stands_before_ours():
    theirs = Question("value|status|half way", Asks.VALUE, "Half?", (Choice("done", "done"),), "done", ("Plan!D2",), 7)
    table = a_table({**FIELDS, "Status": "status"}, ["Paired reading", "A", DUE, "half way"])
    made = convert(looked(table, questions=(theirs,)), here=TWO)
    assert made.questions == (theirs,)
    assert one(made, "action")["status"] is Status.DONE


def test_a_question_about_a_sheet_that_is_not_taken_is_left_out():
    theirs = Question("value|status|half way", Asks.VALUE, "Half?", (), None, ("Other!D2",), 7)
    made = convert(looked(a_table(FIELDS, ["Paired reading", "A", DUE]), questions=(theirs,)), here=TWO)
    assert made.questions == ()


@pytest.mark.parametrize(
    ("words", "confidence"),
    [
        ("Green", Confidence.HIGH),
        ("A", Confidence.MEDIUM),
        ("red", Confidence.LOW),
        ("Amber/Red", None),
        ("Blue", None),
    ],
)
def test_a_rating_is_the_leaders_confidence_only_when_someone_says_so(words, confidence):
    unasked = an_import(rag=words)
    assert asked(unasked) == {"table|Plan|rag": ""}
    assert "confidence" not in one(unasked, "action")
    said = an_import(rag=words, answers={"table|Plan|rag": "confidence"})
    assert one(said, "action").get("confidence") is confidence


def test_confidence_is_dated_on_the_day_it_changes_and_not_again():
    first = an_import(rag="Green", answers={"table|Plan|rag": "confidence"})
    assert one(first, "action")["confidence_on"] == TODAY
    again = an_import(rag="Green", here=after(first, TWO), answers={"table|Plan|rag": "confidence"})
    assert "confidence_on" not in one(again, "action")


@pytest.mark.parametrize(
    ("cell", "number"), [(4, 4), ("5", 5), ("3 - possible", 3), (0, None), (6, None), ("High", None)]
)
def test_a_likelihood_of_one_to_five_is_taken_and_any_other_is_a_note(cell, number):
    made = an_import(likelihood=cell)
    assert one(made, "action").get("likelihood") == number
    assert [row["words"] for row in rows(made, "action_update")] == ([] if number else [f"Likelihood: {cell}"])


# People, schools, organisations


@pytest.mark.parametrize("words", ["Priya Leader", "priya leader", "PL", "Director of Education"])
def test_an_owner_is_known_by_name_initials_or_job(words):
    here = known(*SMALL_TRUST, Person("personjobs", "Jo Other", Role.LEADER), SECOND)
    here["person"][LEADER.ref] = replace(LEADER, initials="PL", job="Director of Education")
    assert one(an_import(here=here, owner=words), "action")["owner"] == LEADER.ref


def test_a_job_that_two_people_have_names_neither():
    here = known(*SMALL_TRUST, Person("personjobs", "Jo Other", Role.LEADER, job="Head"))
    here["person"][LEADER.ref] = replace(LEADER, job="Head")
    assert "owner" not in one(an_import(here=here, owner="Head"), "action")


def test_an_unknown_owner_is_left_empty_unless_someone_says_who_it_is():
    made = an_import(owner="Priya")
    assert asked(made) == {"value|owner|priya": ""}
    assert made.questions[0].choices[0].value == LEADER.ref
    assert one(made, "action_update")["words"] == "Owner: Priya"
    said = an_import(owner="Priya", answers={"value|owner|priya": LEADER.ref})
    assert (one(said, "action")["owner"], asked(said)) == (LEADER.ref, {})


def test_nobody_is_ever_made_by_an_import():
    assert set(an_import(owner="Somebody New", organisations="New Trust").checked.rows) == {"action", "action_update"}


def test_of_several_owners_the_first_who_is_known_owns_it_and_all_stay_in_words():
    made = an_import(owner="Sam Contact / Priya Leader")
    assert one(made, "action")["owner"] == "personcont"
    assert one(made, "action_update")["words"] == "Owner: Sam Contact / Priya Leader"


def test_schools_are_named_and_the_whole_trust_is_no_school():
    assert one(an_import(school=f"{HAZEL.name}; {AGNES.name}"), "action")["places"] == (HAZEL.ref, AGNES.ref)
    assert "places" not in one(an_import(school="All schools"), "action")


def test_an_unknown_school_is_left_out_and_asked_about():
    made = an_import(school="Hazel Grange")
    assert asked(made) == {"value|school|hazel grange": ""}
    assert one(made, "action_update")["words"] == "School: Hazel Grange"
    said = an_import(school="Hazel Grange", answers={"value|school|hazel grange": HAZEL.ref})
    assert one(said, "action")["places"] == (HAZEL.ref,)


def test_known_organisations_support_and_unknown_ones_are_asked_about():
    made = an_import(organisations="City Library; Rotary")
    assert one(made, "action")["supporters"] == (LIBRARY.ref,)
    assert asked(made) == {"value|organisations|rotary": ""}
    assert one(made, "action_update")["words"] == "Organisations: Rotary"


# Updates and milestones


def test_what_has_no_field_becomes_one_dated_update():
    made = an_import(notes="Going well", mitigation="Two volunteers", percent_done=(0.4, "0%"))
    assert one(made, "action_update") == {
        "action": "n000010000", "on": TODAY, "words": "Going well\nMitigation: Two volunteers", "percent_done": 40.0,
    }  # fmt: skip


def test_an_update_points_at_the_first_cell_that_says_something_of_it():
    (row,) = an_import(owner="Somebody", notes="Going well").checked.rows["action_update"]
    assert row.cells["words"][:2] == ("E2", "Going well")
    (row,) = an_import(owner="Somebody").checked.rows["action_update"]
    assert row.cells["words"][:2] == ("D2", "Somebody")


def test_a_share_alone_says_how_much_is_done():
    assert one(an_import(percent_done="75%"), "action_update")["words"] == "75% done"


@pytest.mark.parametrize("cell", ["120%", "about half", "75-80%"])
def test_what_is_no_share_from_0_to_100_is_kept_in_words(cell):
    made = an_import(percent_done=cell)
    assert one(made, "action_update")["words"] == f"Done: {cell}"
    assert "percent_done" not in one(made, "action_update")


def test_an_update_is_not_made_again_while_its_words_stand():
    standing = an_update(words="Menu agreed.", on=date(2026, 9, 21))
    here = known(*SMALL_TRUST, SECOND, standing)
    title = "Breakfast club at Hazel Grange"
    assert rows(an_import(here=here, action=title, notes="Menu agreed."), "action_update") == []
    assert len(rows(an_import(here=here, action=title, notes="Menu changed."), "action_update")) == 1


def test_the_same_words_with_more_done_are_a_new_update():
    here = known(*SMALL_TRUST, SECOND, an_update(words="Menu agreed.", percent_done=40.0))
    title = "Breakfast club at Hazel Grange"
    made = an_import(here=here, action=title, notes="Menu agreed.", percent_done="60%")
    assert one(made, "action_update")["percent_done"] == 60.0


def test_rows_of_one_action_give_its_milestones_and_the_action_is_due_with_the_last():
    fields = {**FIELDS, "Milestone": "milestone", "Completed": "done_on"}
    made = convert(
        a_table(
            fields,
            ["Paired reading", "A", date(2026, 12, 18), "Volunteers found", date(2026, 11, 2)],
            ["Paired reading", "A", DUE, "First term over", None],
        ),
        here=TWO,
    )
    assert one(made, "action")["due_on"] == DUE
    assert rows(made, "milestone") == [
        {
            "action": "n000010000",
            "title": "Volunteers found",
            "due_on": date(2026, 12, 18),
            "done_on": date(2026, 11, 2),
        },
        {"action": "n000010000", "title": "First term over", "due_on": DUE},
    ]


def test_a_milestone_that_stands_here_is_the_same_one():
    step = Milestone("milestone1", "action0001", "Menu agreed", date(2026, 9, 1))
    here = known(*SMALL_TRUST, SECOND, step)
    made = an_import(here=here, action="Breakfast club at Hazel Grange", milestone="Menu agreed")
    assert [row.ref for row in made.checked.rows["milestone"]] == ["milestone1"]


# Which action it is


def titled(title, here=TWO, answers=(), **cells):
    (row,) = an_import(here=here, answers=answers, action=title, **cells).checked.rows["action"]
    return row


def test_the_same_title_is_the_same_action_and_keeps_its_code():
    row = titled("Breakfast Club, at Hazel Grange")
    assert (row.ref, row.data["code"], row.is_new) == ("action0001", "A-14", False)


def test_another_title_is_a_new_action_with_the_next_free_code():
    row = titled("Evening classes for parents")
    assert (row.is_new, row.data["code"]) == (True, "A-15")


def test_a_near_title_is_asked_about():
    near = "Breakfast club at Hazel Farm"
    made = an_import(action=near)
    assert asked(made) == {"same|breakfast club at hazel farm": None}
    assert [c.value for c in made.questions[0].choices] == ["action0001", "new"]
    assert rows(made, "action") == []
    assert titled(near, answers={"same|breakfast club at hazel farm": "action0001"}).ref == "action0001"
    assert titled(near, answers={"same|breakfast club at hazel farm": "new"}).is_new


def test_our_code_with_a_near_title_needs_no_question():
    assert titled("Breakfast club at Hazel Farm", code="A-14").ref == "action0001"


@pytest.mark.parametrize("code", [14, "14", "A-14", "7"])
def test_a_typed_number_alone_is_no_identity(code):
    row = titled("Evening classes for parents", code=code)
    assert (row.is_new, row.data["code"]) == (True, "A-15")


def test_the_same_title_at_another_school_is_another_action():
    here = known(*SMALL_TRUST, SECOND)
    here["action"]["action0001"] = an_action(places=(HAZEL.ref,))
    assert titled("Breakfast club at Hazel Grange", here=here, school=HAZEL.name).ref == "action0001"
    assert titled("Breakfast club at Hazel Grange", here=here, school=AGNES.name).is_new


def test_the_same_title_under_another_objective_is_asked_about():
    made = an_import(action="Breakfast club at Hazel Grange", objective="B")
    assert list(asked(made)) == ["same|breakfast club at hazel grange"]


def test_two_rows_never_are_the_same_action_and_the_better_match_has_it():
    table = a_table(
        FIELDS, ["Breakfast club at Hazel Grange!", "A", DUE], ["Breakfast club at Hazel Granges", "A", DUE]
    )
    made = convert(table, here=TWO)
    assert [row.ref for row in made.checked.rows["action"]] == ["action0001"]
    (question,) = made.questions
    assert question.key == "same|breakfast club at hazel granges"
    assert [c.value for c in question.choices] == ["out", "new"]


def test_an_action_of_another_version_is_not_meant():
    here = known(*SMALL_TRUST, SECOND)
    here["action"]["action0001"] = an_action(edition="edition000")
    assert titled("Breakfast club at Hazel Grange", here=here).is_new


def test_an_archived_action_is_still_that_action():
    here = known(*SMALL_TRUST, SECOND)
    here["action"]["action0001"] = an_action(archived=True, version=3)
    row = titled("Breakfast club at Hazel Grange", here=here)
    assert (row.ref, row.is_new, row.version) == ("action0001", False, 3)


# The whole


PLAN = a_table(
    {
        "No": "code", "Priority": "objective", "Action": "action", "Lead": "owner", "By when": "due",
        "Success criteria": "success", "Progress": "status", "RAG": "rag", "Comments": "notes", "School": "school",
        "Partners": "organisations", "Evidence": "evidence", "Start": "start",
    },
    [1, "A", "Paired reading in every class", "Priya Leader", "Autumn 2", "Every pupil reads daily", "In progress",
     "Green", "Volunteers trained", HAZEL.name, "City Library", "Reading records", date(2026, 9, 1)],
    [2, "A", "Reading breakfast", "HT", date(2027, 2, 12), "40 families come", "on hold", "Red", "No room yet",
     AGNES.name, "Rotary; City Library", None, None],
    [3, "Communities", "Listening walks", "All staff", "Ongoing", None, None, None, None, "All schools", None, None],
    [4],
    sheet="SIP 2026-27",
)  # fmt: skip
ANSWERS = {
    "table|SIP 2026-27|objective": "B", "table|SIP 2026-27|no due": "end", "table|SIP 2026-27|rag": "confidence",
    "value|status|on hold": "blocked", "value|organisations|rotary": "", "value|owner|headteacher": "",
    "value|owner|all staff": "",
}  # fmt: skip


def test_a_school_improvement_plan_is_settled_by_seven_answers():
    assert asked(convert(PLAN, here=TWO)).keys() == ANSWERS.keys()
    made = convert(PLAN, answers=ANSWERS, here=TWO)
    assert (made.questions, made.checked.problems, made.counts) == ((), (), {Holds.ACTIONS: 3})
    first, second, third = rows(made, "action")
    assert first == {
        "code": "A-15", "edition": EDITION.ref, "objective": OBJECTIVE.ref, "title": "Paired reading in every class",
        "owner": LEADER.ref, "due_on": date(2026, 12, 18), "success": "Every pupil reads daily",
        "status": Status.ON_TRACK,
        "confidence": Confidence.HIGH, "confidence_on": TODAY, "places": (HAZEL.ref,), "supporters": (LIBRARY.ref,),
        "evidence": "Reading records", "starts_on": date(2026, 9, 1),
    }  # fmt: skip
    assert (second["status"], second["confidence"], second["places"]) == (Status.BLOCKED, Confidence.LOW, (AGNES.ref,))
    assert (third["objective"], third["due_on"]) == (SECOND.ref, EDITION.ends_on)
    assert [row["words"] for row in rows(made, "action_update")] == [
        "Volunteers trained", "No room yet\nOwner: HT\nOrganisations: Rotary", "Owner: All staff\nDue: Ongoing",
    ]  # fmt: skip


def test_converting_again_what_was_loaded_makes_no_new_row():
    first = convert(PLAN, answers=ANSWERS, here=TWO)
    again = convert(PLAN, answers=ANSWERS, here=after(first, TWO), start=50_000)
    made = [row for table in again.checked.rows.values() for row in table]
    assert [row.is_new for row in made] == [False] * 3
    assert [row.ref for row in made] == [row.ref for row in first.checked.rows["action"]]
    assert "action_update" not in again.checked.rows


def test_two_rows_of_the_same_words_are_two_actions_and_stay_two():
    table = a_table(FIELDS, ["Parent survey", "A", date(2026, 12, 18)], ["Parent survey", "A", DUE])
    first = convert(table, here=TWO)
    assert len(rows(first, "action")) == 2
    again = convert(table, here=after(first, TWO), start=50_000)
    assert {row.ref for row in again.checked.rows["action"]} == {row.ref for row in first.checked.rows["action"]}


def test_the_same_file_and_answers_always_give_the_same_rows():
    assert convert(PLAN, answers=ANSWERS, here=TWO) == convert(PLAN, answers=ANSWERS, here=TWO)
    assert HERE["action"].keys() == {"action0001"}
