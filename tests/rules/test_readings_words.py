"""Status words, ratings, names and lists: what is taken, what is asked, and what stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framework.plans import Status
from framework.workbook.readings import Certainty, Rag, rag_of_colour, read_list, read_people, read_rag, read_status


@pytest.mark.parametrize("status", Status)
def test_our_own_words_are_exact(status):
    reading = read_status(f"  {status.value.upper()} ")
    assert (reading.value, reading.rule, reading.certainty) == (status, "our word", Certainty.EXACT)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("In-Progress", Status.ON_TRACK),
        ("in_progress", Status.ON_TRACK),
        ("In progress.", Status.ON_TRACK),
        ("● In progress", Status.ON_TRACK),
        ("✔ Completed", Status.DONE),
        ("Complete*", Status.DONE),
        ("on\u2010going", Status.ON_TRACK),
        ("Overdue", Status.AT_RISK),
        ("Withdrawn", Status.STOPPED),
        ("Superseded", Status.STOPPED),
        ("100%", Status.DONE),
    ],
)
def test_signs_and_hyphens_do_not_change_a_word(word, status):
    assert read_status(word).value is status
    assert read_status(word).certainty is Certainty.EXACT


@pytest.mark.parametrize(
    "word",
    [
        "Dev Pending - Lawrence",
        "Approved (I think)",
        "not complete",
        "completely",
        "amber",
        "12 March 2025",
        "50%",
        "x",
        "no",
        "Jane Smith",
    ],
)
def test_an_unknown_word_is_asked_and_never_mapped(word):
    reading = read_status(word)
    assert (reading.value, reading.rule, reading.certainty) == (None, "unknown word", Certainty.ASK)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("In progress - awaiting quotes", Status.ON_TRACK),
        ("On hold: waiting for Jo", Status.BLOCKED),
        ("Complete, evidence to follow", Status.DONE),
    ],
)
def test_the_first_words_of_a_note_are_proposed_and_not_taken(text, status):
    assert (read_status(text).value, read_status(text).certainty) == (status, Certainty.ASK)


@pytest.mark.parametrize("heading", ["Complete?", "Completed", "Done? (Y/N)", "Done"])
def test_a_column_that_asks_whether_it_is_done_takes_ticks(heading):
    assert [read_status(tick, heading=heading).value for tick in ("x", "X", "✓", "Y", "yes", "1")] == [Status.DONE] * 6
    for cross in ("n", "No", "✗"):
        reading = read_status(cross, heading=heading)
        assert (reading.value, reading.certainty) == (None, Certainty.ASK)


def test_in_another_column_a_cross_is_no_tick():
    assert read_status("x", heading="Status").value is None


@pytest.mark.parametrize(
    ("text", "asked"), [("N/A", True), ("n.a.", True), ("None", True), ("TBC", False), ("-", False)]
)
def test_no_status_is_asked_only_where_it_could_mean_more(text, asked):
    reading = read_status(text)
    assert (reading.value, reading.rule) == (None, "not set")
    assert (reading.certainty is Certainty.ASK) == asked


@pytest.mark.parametrize(
    ("text", "rag"),
    [
        ("R", Rag.RED),
        ("RED", Rag.RED),
        ("RAG: Green", Rag.GREEN),
        ("🔴 Red", Rag.RED),
        ("🟡", Rag.AMBER),
        ("Amber.", Rag.AMBER),
        ("Amber/Red", Rag.AMBER_RED),
        ("Red-Amber", Rag.AMBER_RED),
        ("Amber Green", Rag.AMBER_GREEN),
        ("R/A", Rag.AMBER_RED),
        ("Blue", Rag.BLUE),
        ("Off track", Rag.RED),
        ("Complete", Rag.BLUE),
    ],
)
def test_a_rating_keeps_its_halves(text, rag):
    assert read_rag(text).value is rag


def test_a_colour_is_exact_and_a_meaning_is_assumed():
    assert read_rag("amber").certainty is Certainty.EXACT
    assert read_rag("partially met").certainty is Certainty.ASSUMED


@pytest.mark.parametrize("text", ["red/green", "purple", "Jane", "g b", "redo", "red tape", "A-level results"])
def test_what_is_no_rating_is_asked(text):
    assert (read_rag(text).value, read_rag(text).certainty) == (None, Certainty.ASK)


def test_a_rating_with_a_note_is_proposed():
    reading = read_rag("Amber - slow start")
    assert (reading.value, reading.certainty) == (Rag.AMBER, Certainty.ASK)


def test_an_empty_rating_is_none():
    assert (read_rag(" ").value, read_rag(" ").rule) == (None, "not set")


@pytest.mark.parametrize(
    ("rgb", "rag"),
    [
        ("FF0000", Rag.RED),
        ("FFFF0000", Rag.RED),
        ("#c00000", Rag.RED),
        ("FFC7CE", Rag.RED),  # Excel's own `bad`
        ("FF3F00", Rag.RED),  # hue 14.8
        ("FF003F", Rag.RED),  # hue 345.2
        ("FF4400", None),  # hue 16
        ("FF0045", None),  # hue 344
        ("FF6A00", None),  # hue 24.9
        ("FF6C00", Rag.AMBER),  # hue 25.4
        ("FFC000", Rag.AMBER),
        ("FFEB9C", Rag.AMBER),  # Excel's own `neutral`
        ("FFD400", Rag.AMBER),  # hue 49.9
        ("FFD700", None),  # hue 50.6
        ("FFFF00", None),  # yellow is in the gap
        ("92D050", Rag.GREEN),
        ("00B050", Rag.GREEN),
        ("C6EFCE", Rag.GREEN),  # Excel's own `good`
        ("AAFF00", Rag.GREEN),  # hue 80
        ("AEFF00", None),  # hue 79.1
        ("00FFAA", Rag.GREEN),  # hue 160
        ("00FFB0", None),  # hue 161.4
        ("00B0F0", None),
        ("FFFFFF", None),
        ("FFFAFA", None),  # nearly white
        ("000000", None),
        ("808080", None),
        ("AD5252", Rag.RED),  # saturation 0.357
        ("AB5454", None),  # saturation 0.341
        ("red", None),
        ("", None),
    ],
)
def test_only_a_plain_colour_is_a_rating(rgb, rag):
    assert rag_of_colour(rgb) is rag


@pytest.mark.parametrize(
    ("text", "names", "certainty"),
    [
        ("Jane Smith", ("Jane Smith",), "exact"),
        ("Jane Smith and Tom Jones", ("Jane Smith", "Tom Jones"), "exact"),
        ("Jane Smith & Tom Jones", ("Jane Smith", "Tom Jones"), "exact"),
        ("Jane Smith; Tom Jones", ("Jane Smith", "Tom Jones"), "exact"),
        ("Jane Smith\nTom Jones", ("Jane Smith", "Tom Jones"), "exact"),
        ("Jane Smith, Tom Jones", ("Jane Smith", "Tom Jones"), "exact"),
        ("Jane Smith, Tom Jones, Priya Patel", ("Jane Smith", "Tom Jones", "Priya Patel"), "exact"),
        ("Smith, J", ("J Smith",), "assumed"),
        ("Smith, Jane; Jones, Tom", ("Jane Smith", "Tom Jones"), "assumed"),
        ("Smith, Jane Anne", ("Jane Anne Smith",), "ask"),
        ("Jane, Tom, Priya", ("Jane", "Tom", "Priya"), "assumed"),
        ("Smith, Jane, Jones, Tom", ("Smith", "Jane", "Jones", "Tom"), "ask"),
        ("Jane Smith, HT", ("Jane Smith", "Headteacher"), "ask"),
        ("Jane/Jane", ("Jane",), "exact"),
        ("Mrs J. Smith & Mr Brown", ("J. Smith", "Brown"), "exact"),
        ("Dr Priya O'Neill-Patel", ("Priya O'Neill-Patel",), "exact"),
        ("Mary van der Berg", ("Mary van der Berg",), "exact"),
        ("Lead officer: Jane Smith", ("Jane Smith",), "exact"),
        ("Led by - Jane Smith", ("Jane Smith",), "exact"),
        ("Jane Smith (HT)", ("Jane Smith",), "exact"),
        ("Headteacher (Jane Smith)", ("Jane Smith",), "exact"),
        ("Teaching and Learning lead", ("Teaching and Learning lead",), "exact"),
        ("Health & Safety officer", ("Health & Safety officer",), "exact"),
        ("Chair of governors", ("Chair of governors",), "exact"),
        ("JS/MB", ("JS", "MB"), "exact"),
        ("N.A.", ("N.A.",), "exact"),
        ("NA", ("NA",), "exact"),
        ("N/A", ("N/A",), "ask"),
        ("None", ("None",), "ask"),
        ("TBC", (), "exact"),
        ("\u2013", (), "exact"),
    ],
)
def test_names_are_parted_only_where_nothing_else_can_be_meant(text, names, certainty):
    reading = read_people(text)
    assert (reading.value, reading.certainty.value) == (names, certainty)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("HT", "Headteacher"),
        ("dht", "Deputy headteacher"),
        ("AHT", "Assistant headteacher"),
        ("AHTs", "Assistant headteachers"),
        ("SLT", "Senior leadership team"),
        ("SENCO", "Special educational needs coordinator"),
        ("SENDCo", "Special educational needs coordinator"),
        ("DSL", "Designated safeguarding lead"),
        ("CEO", "Chief executive officer"),
        ("CFO", "Chief financial officer"),
        ("Chair", "Chair"),
        ("HoY", "Head of year"),
        ("HoY 7", "Head of year 7"),
        ("(HT)", "Headteacher"),
    ],
)
def test_the_short_forms_of_roles_are_spelled_out(text, role):
    assert (read_people(text).value, read_people(text).rule) == ((role,), "roles")


@pytest.mark.parametrize("text", ["Ht Chan", "Seth", "Dsl Group Ltd", "Chairman Lee"])
def test_a_name_that_begins_like_a_role_stays_a_name(text):
    assert read_people(text).value == (text,)


@pytest.mark.parametrize(
    "text",
    [
        "Headteacher to monitor and report to governors",
        "This will be shared between both schools",
        "Everyone who teaches phonics in the first two years of school",
        "Office manager to chase suppliers each week",
    ],
)
def test_a_sentence_stays_text_and_names_nobody(text):
    reading = read_people(text)
    assert (reading.value, reading.rule, reading.certainty) == ((), "sentence", Certainty.WARN)


@given(st.text(max_size=60))
def test_no_name_is_empty_and_none_is_named_twice(text):
    names = read_people(text).value
    assert len(set(names)) == len(names)
    assert all(name.strip() for name in names)


OPTIONS = ("Parents", "Pupils, past and present", "Staff")


@pytest.mark.parametrize(
    ("text", "options", "items", "certainty"),
    [
        ("a; b;c", (), ("a", "b", "c"), "exact"),
        ("a\nb\r\nc", (), ("a", "b", "c"), "exact"),
        ("• a\n• b", (), ("a", "b"), "exact"),
        ("• a • b", (), ("a", "b"), "exact"),
        ("- a\n- b", (), ("a", "b"), "exact"),
        ("1. a\n2. b", (), ("a", "b"), "exact"),
        ("a) first\nb) second", (), ("first", "second"), "exact"),
        ("a; a", (), ("a",), "exact"),
        ("", (), (), "exact"),
        ("soap, water and towels", (), ("soap, water and towels",), "exact"),
        ("parents, STAFF", OPTIONS, ("Parents", "Staff"), "exact"),
        ("Pupils, past and present", OPTIONS, ("Pupils, past and present",), "exact"),
        (
            "Staff, Pupils, past and present, Parents",
            OPTIONS,
            ("Staff", "Pupils, past and present", "Parents"),
            "exact",
        ),
        ("Staff, a, b", ("Staff", "a", "b", "a, b"), ("Staff", "a, b"), "exact"),
        ("a, b, c", ("a", "a, b", "b, c"), ("a", "b, c"), "exact"),
        ("Staff, Bees", OPTIONS, ("Staff, Bees",), "ask"),
        ("Bees, Wasps", OPTIONS, ("Bees, Wasps",), "exact"),
        ("1,2", (), ("1", "2"), "exact"),
        ("1,234", (), ("1,234",), "ask"),
        ("1.2", (), ("1.2",), "exact"),
        ("1.2", ("1", "2"), ("1.2",), "ask"),
        ("1.7", ("1", "2"), ("1.7",), "exact"),
    ],
)
def test_a_comma_parts_only_whole_options_and_numbers(text, options, items, certainty):
    reading = read_list(text, options)
    assert (reading.value, reading.certainty.value) == (items, certainty)


def test_a_list_of_thousands_is_split():
    assert len(read_list("a, " * 5_000 + "b", ("a", "b")).value) == 2
