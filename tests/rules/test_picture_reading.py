"""The reading of a KPI's series in a picture: same schools, notes, gaps in coverage, the settings' rules."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from framework.kpis.kpi import Measure, NoteKind, ReportedBy
from framework.kpis.process_limits import RuleSet
from framework.kpis.reading import Caution
from framework.kpis.saying import change_sentence
from framework.people import Audience
from framework.picture.figures import figures
from framework.picture.judged import verdict
from framework.picture.reading import points_of, reading, rules_of
from framework.picture.schools import level_words, moved_together
from framework.settings import Settings
from framework.store import Store
from framework.store.engine import url_of
from framework.store.pictures import load
from tests.conftest import AGNES, HAZEL, a_kpi, a_value, put


@pytest.fixture(scope="module")
def picture(loaded_sample):
    store = Store(url_of(loaded_sample))
    yield load(store, datetime(2026, 11, 13, 16, tzinfo=UTC), Audience.LEADERS)
    store.close()


def kpi(picture, code):
    return next(k for k in picture.kpis.values() if k.code == code)


def test_a_trusts_change_is_that_of_the_schools_that_sent_both_periods(picture):
    # Six of the seven schools sent persistent absence for Autumn 1, 2026/27.
    said, moved = (
        reading(picture, kpi(picture, "K-A02"), picture.trust.ref),
        moved_together(picture, kpi(picture, "K-A02")),
    )
    assert len(moved.together.places) == 6
    assert said.from_last_year.by == moved.together.change
    assert said.from_last_year.since == moved.since


def test_new_limits_of_a_note_begin_a_stretch(picture):
    measured = kpi(picture, "K-W03")
    (note,) = [n for n in picture.notes[measured.ref] if n.kind is NoteKind.NEW_LIMITS]
    points = points_of(picture, measured, picture.trust.ref, figures(picture, measured, picture.trust.ref))
    groups = {p.period: p.group for p in points}
    assert (groups[note.period.previous()], groups[note.period]) == (0, 1)
    assert {p.series for p in points} == {0}


def test_a_new_definition_of_a_note_begins_a_series(picture):
    measured = kpi(picture, "K-W01")
    points = points_of(picture, measured, picture.trust.ref, figures(picture, measured, picture.trust.ref))
    assert [(p.group, p.series) for p in points][-1] == (1, 1)
    assert reading(picture, measured, picture.trust.ref).from_last is None


def test_a_figure_that_covers_too_little_of_the_trust_is_read_as_missing(picture):
    # Breakfast take-up came from five of seven schools for the half-term just ended: 84 % of pupils.
    measured = kpi(picture, "K-W03")
    found = figures(picture, measured, picture.trust.ref)
    assert points_of(picture, measured, picture.trust.ref, found)[-1].number is not None
    strict = replace(picture, settings=replace(picture.settings, least_coverage=0.9), cache={})
    assert points_of(strict, measured, picture.trust.ref, found)[-1].number is None


def test_values_that_are_out_of_date_say_so(picture):
    assert Caution.STALE in reading(picture, kpi(picture, "K-A07"), picture.trust.ref).cautions


def test_a_target_ahead_is_forecast_for_its_own_period(picture):
    said = reading(picture, kpi(picture, "K-A02"), picture.trust.ref)
    assert (said.forecast_for.words, said.forecast.ahead) == ("Summer 2, 2026/27", 5)


def test_the_rules_come_from_the_settings(picture):
    chosen = Settings(rule_set=RuleSet.NHS_R, rare_below=2.0, least_denominator=50)
    rules = rules_of(replace(picture, settings=chosen))
    assert (rules.rule_set, rules.rare_below, rules.least_denominator) == (RuleSet.NHS_R, 2.0, 50)


def test_every_kpi_of_the_sample_can_be_read_at_every_place(picture):
    for measured in picture.kpis.values():
        for place in (picture.trust, *picture.schools):
            said = reading(picture, measured, place.ref)
            sentence = change_sentence(measured, said, verdict(picture, measured, place.ref))
            assert sentence == "" or sentence.endswith(".")
            assert said.counted <= len(said.points)


def test_a_score_tells_how_many_schools_stand_at_each_level(store):
    own = {"ref": "kpi0000009", "code": "K-9", "measure": Measure.SCORE, "unit": ""}
    score = a_kpi(**own, reported_by=ReportedBy.SCHOOLS)
    sent = [a_value(level, ref=f"value{place.ref[-5:]}", kpi=score.ref, place=place.ref)
            for level, place in ((3.0, HAZEL), (4.0, AGNES))]  # fmt: skip
    put(store, score, *sent)
    picture = load(store, datetime(2026, 11, 13, 16, tzinfo=UTC), Audience.LEADERS)
    assert level_words(picture, score) == "Schools by level, Autumn 1, 2026/27: 1 at 3, 1 at 4."
    assert level_words(picture, a_kpi()) == ""
