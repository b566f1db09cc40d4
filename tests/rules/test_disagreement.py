"""Where the owner's word, what was counted, the leader's confidence and the KPI do not fit."""

from datetime import date

import pytest

from framework.picture.disagreement import disagreement, disagreements, in_short
from framework.plans import Confidence, Evidence, Status
from tests.conftest import TODAY, a_kpi, a_target, a_value, an_action, an_update
from tests.rules.pictured import a_picture

LATE, COMING = date(2026, 10, 23), date(2027, 3, 1)
RECENT, LONG_AGO = date(2026, 11, 10), date(2026, 6, 1)
SEEN = "the register"


def told(*rows, values=(), word_on=RECENT, **changes):
    """What is said of one action, no-break spaces as spaces."""
    action = an_action(**{"due_on": COMING, "evidence": SEEN, **changes})
    picture = a_picture(action, an_update(on=word_on, status=action.status), *rows, values=values)
    return [said.replace("\N{NO-BREAK SPACE}", " ") for said in disagreements(picture, action)]


@pytest.mark.parametrize(
    ("status", "late", "said_so"),
    [
        (Status.ON_TRACK, True, True),
        (Status.NOT_STARTED, True, True),
        (Status.AT_RISK, True, False),
        (Status.BLOCKED, True, False),
        (Status.ON_TRACK, False, False),
        (None, True, False),
    ],
)
def test_on_track_or_not_started_does_not_fit_a_date_that_has_passed(status, late, said_so):
    assert bool(disagreement(an_action(status=status), late)) is said_so
    assert bool(told(status=status, due_on=LATE if late else COMING)) is said_so


@pytest.mark.parametrize(
    ("status", "word_on", "said_so"),
    [
        (Status.ON_TRACK, LONG_AGO, ["The owner says on track, yet there has been no word for 84 school days."]),
        (Status.ON_TRACK, RECENT, []),
        (Status.AT_RISK, LONG_AGO, []),
        (Status.DONE, LONG_AGO, []),
    ],
)
def test_on_track_does_not_fit_silence(status, word_on, said_so):
    assert told(status=status, word_on=word_on) == said_so


@pytest.mark.parametrize(
    ("status", "confidence", "said_so"),
    [
        (Status.ON_TRACK, Confidence.LOW, True),
        (Status.ON_TRACK, Confidence.MEDIUM, False),
        (Status.ON_TRACK, None, False),
        (Status.NOT_STARTED, Confidence.LOW, False),
        (Status.AT_RISK, Confidence.HIGH, True),
        (Status.BLOCKED, Confidence.HIGH, True),
        (Status.BLOCKED, Confidence.LOW, False),
        (None, Confidence.LOW, False),
    ],
)
def test_the_leaders_confidence_may_not_fit_the_owners_word(status, confidence, said_so):
    found = told(status=status, confidence=confidence)
    assert found == ([f"The owner says {status}, yet the leader's confidence is {confidence}."] if said_so else [])


KPI = a_kpi()
NOT_MOVED, HALF_WAY = 27.8, 24.0  # from 28 to 20: a fortieth of the way, and half of it


@pytest.mark.parametrize(
    ("number", "more", "said_so"),
    [
        (NOT_MOVED, {}, True),
        (HALF_WAY, {}, False),
        (NOT_MOVED, {"kpis": ()}, False),
        (NOT_MOVED, {"status": Status.STOPPED}, False),
        (NOT_MOVED, {"expected_by": TODAY}, False),
        (NOT_MOVED, {"expected_by": date(2026, 11, 12)}, True),
    ],
)
def test_done_does_not_fit_a_kpi_that_should_have_moved_by_now(number, more, said_so):
    found = told(KPI, values=(a_value(number),), **{"status": Status.DONE, "kpis": (KPI.ref,), **more})
    assert found == (["The owner says done, yet Persistent absence has hardly moved."] if said_so else [])


def test_several_kpis_that_stand_still_are_named_in_one_sentence():
    other = a_kpi(ref="kpi0000002", code="K-A03", title="Lateness")
    values = (a_value(NOT_MOVED), a_value(NOT_MOVED, ref="value00002", kpi=other.ref))
    aim = a_target(ref="target0002", kpi=other.ref)
    found = told(KPI, other, aim, values=values, status=Status.DONE, kpis=(KPI.ref, other.ref))
    assert found == ["The owner says done, yet Persistent absence and Lateness have hardly moved."]


@pytest.mark.parametrize(
    ("status", "words", "row", "said_so"),
    [
        (Status.DONE, None, False, ["The owner says done, yet no evidence is kept."]),
        (Status.DONE, SEEN, False, []),
        (Status.DONE, None, True, []),
        (Status.ON_TRACK, None, False, []),
        (Status.STOPPED, None, False, []),
    ],
)
def test_done_asks_for_evidence_in_words_or_as_a_row(status, words, row, said_so):
    kept = [Evidence("evidence01", "action0001", "Photos", RECENT)] if row else []
    assert told(*kept, status=status, evidence=words) == said_so


def test_all_that_does_not_fit_is_said():
    found = told(status=Status.ON_TRACK, due_on=LATE, word_on=LONG_AGO, confidence=Confidence.LOW)
    assert len(found) == 3


def test_beside_the_owners_word_a_disagreement_need_not_name_it():
    assert in_short("The owner says done, yet no evidence is kept.") == "Done, yet no evidence is kept."
