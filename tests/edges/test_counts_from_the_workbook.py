"""Every number on Overview equals a count made straight from the workbook, with another library and other code."""

from datetime import UTC, date, datetime, time

import pytest

from framework.civic import Part
from framework.deeds.starting import SAMPLE
from framework.people import Audience
from framework.picture import compare
from framework.picture.counted import counted_values
from framework.picture.review import Filter, by_part, figures_in
from framework.store import Store
from framework.store.pictures import load
from tests.counted_by_hand import Workbook

ON = date(2026, 11, 13)
HEADINGS = {Part.OBJECTIVE: "objective", Part.PILLAR: "pillars", Part.PRIORITY: "priorities", Part.STRAND: "strand"}


def evening(day):
    return datetime.combine(day, time(22), UTC)


@pytest.fixture(scope="module")
def workbook():
    return Workbook(SAMPLE)


@pytest.fixture(scope="module")
def store(loaded_sample):
    store = Store.open(loaded_sample)
    yield store
    store.close()


@pytest.fixture(scope="module")
def picture(store):
    return load(store, evening(ON), Audience.LEADERS)


@pytest.mark.parametrize("part", list(HEADINGS))
def test_what_we_are_doing_is_counted_right(workbook, picture, part):
    for row in by_part(picture, picture.edition.ref, part, Filter()):
        mine = workbook.tagged(workbook.actions, HEADINGS[part], row.element.code)
        if part is Part.STRAND:
            mine += [a for a in workbook.tagged(workbook.actions, "other strands", row.element.code) if a not in mine]
        counted = workbook.doing(mine, ON)
        assert {name: getattr(row.doing, name) for name in counted} == counted, row.element.title


@pytest.mark.parametrize("part", list(HEADINGS))
def test_what_difference_it_makes_is_counted_right(workbook, picture, part):
    for row in by_part(picture, picture.edition.ref, part, Filter()):
        mine = workbook.tagged(workbook.kpis, HEADINGS[part], row.element.code)
        if part is Part.STRAND:
            mine += [k for k in workbook.tagged(workbook.kpis, "other strands", row.element.code) if k not in mine]
        good, judged, grey = workbook.difference(mine, ON)
        shown = row.difference
        assert (shown.good, shown.judged, len(shown.verdicts) - shown.judged) == (good, judged, grey), row.element.title


def test_the_figures_that_are_in_are_counted_right(workbook, picture):
    shown = figures_in(picture, picture.edition.ref, Filter())
    assert (shown.here, shown.expected) == workbook.figures_in(ON) == (30, 36)


@pytest.mark.parametrize("since", [date(2026, 7, 7), date(2026, 3, 24), date(2025, 11, 25)])
def test_what_changed_since_a_day_is_counted_right(workbook, picture, store, since):
    before = load(store, evening(ON), Audience.LEADERS, as_at=evening(since))
    changes = compare(before, picture, picture.edition.ref)
    shown = {
        "better": len(changes.better),
        "worse": len(changes.worse),
        "done": len(changes.done),
        "late": len(changes.newly_late),
        "quiet": len(changes.gone_quiet),
    }
    assert shown == workbook.since(since, ON)


@pytest.mark.parametrize("day", [date(2026, 7, 7), date(2026, 1, 30), date(2025, 12, 1)])
def test_past_days_are_counted_right_too(workbook, picture, store, day):
    then = load(store, evening(ON), Audience.LEADERS, as_at=evening(day))
    for row in by_part(then, picture.edition.ref, Part.OBJECTIVE, Filter()):
        mine = [
            a for a in workbook.tagged(workbook.actions, "objective", row.element.code) if workbook.action_at(a, day)[0]
        ]
        counted = workbook.doing(mine, day)
        assert {name: getattr(row.doing, name) for name in counted} == counted


@pytest.mark.parametrize("day", [date(2024, 3, 22), date(2026, 1, 30), date(2026, 5, 22), date(2026, 9, 30)])
def test_every_action_stood_on_a_past_day_as_its_updates_had_left_it(workbook, store, day):
    then = load(store, evening(ON), Audience.LEADERS, as_at=evening(day))
    shown = {a.code: (a.status, a.due_on) for a in then.actions.values()}
    told = {a["code"]: workbook.action_at(a, day) for a in workbook.sheets["Actions"]}
    assert shown == {code: (status, due) for code, (known, status, due, _) in told.items() if known}


def test_what_is_counted_here_starts_from_what_the_app_counts_and_is_never_typed_in(picture):
    counted = [k for k in picture.kpis.values() if k.counted is not None]
    assert {k.code for k in counted} == {"K-A13", "K-B15", "K-T03", "K-T06"}
    for kpi in counted:
        first = next(v for v in counted_values(picture, kpi) if v.period == kpi.baseline_period)
        assert (first.numerator, first.denominator) == (kpi.baseline_numerator, kpi.baseline_denominator)
        assert not picture.series(kpi.ref)
