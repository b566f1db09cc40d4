"""Search: every word must occur, titles come first, and nobody finds what their audience may not see."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from framework.civic import Edition, EditionState
from framework.community import Event, Organisation
from framework.kpis.kpi import Note, NoteKind
from framework.meetings import Meeting
from framework.people import Audience
from framework.picture.finding import Found, find
from framework.picture.listing import has_words
from framework.picture.shape import Picture
from framework.plans import Milestone, Visibility
from framework.subjects import SUBJECTS
from tests.conftest import EDITION, HAZEL, NOW, OBJECTIVE, SMALL_TRUST, TODAY, a_kpi, an_action, an_update, half_term

OLD = Edition(
    "edition000", "2023-2025", "Earlier framework", date(2023, 9, 1), date(2025, 8, 31), EditionState.ARCHIVED
)
LIBRARY = Organisation("organisat1", "Café Library", "charity", "culture")
FAIR = Event(
    "event00001", "Winter fair", "fair", date(2026, 12, 5), where="St Agnes hall", note="Bring a breakfast box"
)
BOARD = Meeting("meeting001", "Board of trustees", "board", date(2026, 7, 7))
STEP = Milestone("milestone1", "action0001", "Kitchen opened", date(2026, 9, 25), done_on=date(2026, 9, 24))


def a_picture(*more: Any, audience: Audience = Audience.LEADERS) -> Picture:
    """The small trust with these rows added, or in place of those with the same ref."""
    table_of = {subject.record: subject.table for subject in SUBJECTS}
    rows: dict[str, dict[str, Any]] = {}
    for row in (*SMALL_TRUST, OLD, LIBRARY, FAIR, BOARD, STEP, *more):
        rows.setdefault(table_of[type(row)], {})[row.ref] = row
    return Picture(1, NOW, TODAY, audience, rows, {}, lambda _: (), {})


def titles(picture: Picture, words: str, kind: Found) -> list[str]:
    return [hit.title for hit in find(picture, words).get(kind, ())]


@pytest.mark.parametrize(
    ("words", "kind", "title"),
    [
        ("coherent", Found.ELEMENT, OBJECTIVE.words),
        ("a-14", Found.ACTION, "Breakfast club at Hazel Grange"),
        ("persistent absence", Found.KPI, "Persistent absence"),
        ("tenth sessions", Found.KPI, "Persistent absence"),
        ("denise", Found.PERSON, "Denise Member"),
        ("governor", Found.PERSON, "Mohammed Governor"),
        ("library", Found.ORGANISATION, "Café Library"),
        ("kitchen", Found.MILESTONE, "Kitchen opened"),
        ("menu", Found.UPDATE, "Breakfast club at Hazel Grange"),
        ("winter hall", Found.EVENT, "Winter fair"),
        ("trustees jul 2026", Found.MEETING, "Board of trustees"),
    ],
)
def test_everything_is_found_by_its_words(words: str, kind: Found, title: str) -> None:
    assert title in titles(a_picture(), words, kind)


def test_a_note_s_words_lead_to_its_kpi_and_are_quoted() -> None:
    note = Note("note000001", "kpi0000001", half_term(2026, 1), NoteKind.NEW_DEFINITION, "Influenza in two classes.")
    picture = a_picture(replace(note, definition="Counted in days."))
    (hit,) = find(picture, "influenza")[Found.KPI]
    assert (hit.title, hit.ref) == ("Persistent absence", "kpi0000001")
    assert "Influenza in two classes." in hit.body
    assert titles(picture, "persistent counted in days", Found.KPI) == ["Persistent absence"]


def test_a_note_that_was_taken_back_is_not_found() -> None:
    gone = Note(
        "note000001", "kpi0000001", half_term(2026, 1), NoteKind.EVENT, "Influenza in two classes.", archived=True
    )
    assert find(a_picture(gone), "influenza") == {}


def test_every_word_must_occur() -> None:
    assert titles(a_picture(), "breakfast hazel", Found.ACTION) == ["Breakfast club at Hazel Grange"]
    assert find(a_picture(), "breakfast zebra") == {}


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_no_word_finds_nothing(words: str) -> None:
    assert find(a_picture(), words) == {}


@pytest.mark.parametrize("words", ["café", "CAFE", "Cafe\N{COMBINING ACUTE ACCENT}"])
def test_case_and_accents_do_not_matter(words: str) -> None:
    assert titles(a_picture(), words, Found.ORGANISATION) == ["Café Library"]


def test_what_is_called_so_comes_before_what_mentions_it() -> None:
    mentions = an_action(ref="action0000", code="A-01", title="Morning club", success="No child without breakfast")
    inside = an_action(ref="action0002", code="A-02", title="Afterbreakfast reading")
    found = titles(a_picture(mentions, inside), "breakfast", Found.ACTION)
    assert found == ["Breakfast club at Hazel Grange", "Afterbreakfast reading", "Morning club"]


def test_the_version_in_force_comes_before_an_ended_one_which_is_named() -> None:
    old = an_action(ref="action0000", code="A-01", title="Breakfast pilot", edition=OLD.ref)
    hits = find(a_picture(old), "breakfast")[Found.ACTION]
    assert [hit.title for hit in hits] == ["Breakfast club at Hazel Grange", "Breakfast pilot"]
    assert "2023-2025" in hits[1].note
    assert EDITION.code not in hits[0].note


def test_a_word_found_in_the_text_is_quoted_with_what_stands_around_it() -> None:
    long = an_update(words="The kettle is old. " * 20 + "A parent fixed the toaster. " + "The kettle is old. " * 20)
    (hit,) = find(a_picture(long), "toaster")[Found.UPDATE]
    assert "A parent fixed the toaster." in hit.body
    assert hit.body.startswith("… ")
    assert hit.body.endswith(" …")
    assert len(hit.body) < 160
    assert hit.of == "action0001"


def test_a_hit_in_the_title_quotes_nothing() -> None:
    assert find(a_picture(), "breakfast")[Found.ACTION][0].body == ""


def test_the_task_force_finds_only_what_it_may_see() -> None:
    seen = a_picture(audience=Audience.TASK_FORCE)
    assert find(seen, "breakfast club") == {}
    assert Found.MILESTONE not in find(seen, "kitchen")
    assert Found.UPDATE not in find(seen, "menu")
    shared = a_picture(an_action(visibility=Visibility.TASK_FORCE), audience=Audience.TASK_FORCE)
    assert titles(shared, "breakfast", Found.ACTION) == ["Breakfast club at Hazel Grange"]


def test_what_was_archived_is_not_found() -> None:
    assert find(a_picture(replace(LIBRARY, archived=True)), "library") == {}


def test_a_person_comes_with_what_rests_on_them() -> None:
    picture = a_picture(an_action(), a_kpi(owner="personlead"))
    (hit,) = find(picture, "priya")[Found.PERSON]
    assert hit.note == "leader · 1 open action, 1 KPI"
    (contact,) = find(picture, "sam contact")[Found.PERSON]
    assert HAZEL.name in contact.note


def every_word(picture: Picture) -> Iterator[str]:
    for action in picture.actions.values():
        yield from action.title.split()


@given(some.text(max_size=30))
def test_no_text_breaks_it(words: str) -> None:
    find(PICTURE, words)


@given(some.data())
def test_more_words_never_find_more(data: some.DataObject) -> None:
    known = sorted({*every_word(PICTURE), "priya", "absence", "board"})
    one, other = data.draw(some.sampled_from(known)), data.draw(some.sampled_from(known))
    both = {hit.ref for hits in find(PICTURE, f"{one} {other}").values() for hit in hits}
    assert both <= {hit.ref for hits in find(PICTURE, one).values() for hit in hits}


PICTURE = a_picture()


@pytest.mark.parametrize("words", ["cafe", "CAFÉ families", "mo\N{RIGHT SINGLE QUOTATION MARK}s", ""])
def test_a_list_finds_words_in_any_case_and_accent_as_search_does(words):
    assert has_words(("Café at Mo's", None, "for families"), words)


def test_a_list_does_not_find_a_word_that_is_not_there():
    assert not has_words(("Café at Mo's", "for families"), "cafe garden")
