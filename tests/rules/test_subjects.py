"""Each subject is declared once, and its record agrees."""

import pytest

from framework.subjects import BY_SHEET, BY_TABLE, SHEET_ORDER, SUBJECTS, Kind, undeclared


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.table)
def test_a_record_has_the_fields_that_are_declared_and_no_other(subject):
    assert undeclared(subject) == []


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.table)
def test_a_key_and_every_reference_name_something_declared(subject):
    assert set(subject.key) <= set(subject.names)
    assert {f.of for f in subject.fields if f.kind in (Kind.ONE, Kind.MANY)} <= set(BY_TABLE)


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda s: s.table)
def test_no_two_headings_of_a_sheet_are_the_same(subject):
    headings = [f.heading.casefold() for f in (*subject.fields, *subject.derived)]
    assert len(headings) == len(set(headings))


def test_what_is_referred_to_is_written_before_what_refers_to_it():
    order = {subject.table: n for n, subject in enumerate(SUBJECTS)}
    for subject in SUBJECTS:
        for field in subject.fields:
            if field.kind in (Kind.ONE, Kind.MANY):
                own = field.of == subject.table  # rows of one table are put in order when they are written
                assert own or order[field.of] < order[subject.table], f"{subject.table}.{field.name}"


def test_every_subject_has_its_sheet():
    assert set(SHEET_ORDER) == set(SUBJECTS)
    assert len(BY_SHEET) == len(SUBJECTS)
