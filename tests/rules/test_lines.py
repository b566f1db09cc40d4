"""What stands on a KPI's line: what begins at a period, and which definition is in force."""

from framework.kpis.kpi import Note, NoteKind
from framework.picture.lines import begins, definitions
from tests.conftest import a_kpi, half_term

FIRST = Note("note000001", "kpi0000001", half_term(2025, 1), NoteKind.NEW_DEFINITION, "Sessions count.", definition="b")
SECOND = Note("note000002", "kpi0000001", half_term(2026, 1), NoteKind.NEW_DEFINITION, "The law changed.")


def test_a_new_definition_outweighs_new_limits_at_the_same_period():
    limits = Note("note000003", "kpi0000001", half_term(2025, 1), NoteKind.NEW_LIMITS, "Another level.")
    assert begins([limits, FIRST], half_term(2025, 1)) is NoteKind.NEW_DEFINITION
    assert begins([limits], half_term(2025, 1)) is NoteKind.NEW_LIMITS
    assert begins([limits, FIRST], half_term(2025, 2)) is None


def test_the_definition_in_force_stands_first_and_one_without_words_keeps_those_before_it():
    assert definitions(a_kpi(definition="a"), [FIRST, SECOND]) == [
        (half_term(2026, 1), "b", "The law changed."),
        (half_term(2025, 1), "b", "Sessions count."),
        (None, "a", ""),
    ]
