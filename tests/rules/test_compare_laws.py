"""Laws of comparing: nothing changed of itself, and each difference stands in exactly one place that explains it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from framework.kpis.kpi import Direction, Kpi, Value
from framework.picture.compare import Changes
from framework.picture.judged import verdict
from framework.picture.shape import Picture
from framework.picture.turned import turn
from framework.plans import CLOSED, Action, Confidence, Status
from tests.conftest import GOVERNOR, HAZEL, LEADER, TRUST, a_kpi, a_target, a_value, an_action, half_term
from tests.rules.compared import JULY, a_picture, changes

SLOTS = [(place, half_term(*period)) for place in (TRUST.ref, HAZEL.ref) for period in ((2025, 5), (2025, 6))]
KPIS = ("kpi0000001", "kpi0000002")
WORDS = (None, "one", "two")
Pick = Callable[[Sequence[Any]], Any]


def actions(pick: Pick) -> list[Action]:
    return [
        an_action(
            ref=f"action000{n}",
            status=pick((None, *Status)),
            due_on=pick((date(2026, 6, 1), date(2027, 6, 1))),
            owner=pick((None, LEADER.ref, GOVERNOR.ref)),
            confidence=pick((None, *Confidence)),
            confidence_reason=pick(WORDS),
            outcome=pick(WORDS),
            evidence=pick(WORDS),
            kpis=pick(((), KPIS[:1], KPIS[::-1])),
            success=pick(WORDS),
            archived=pick((False, False, True)),
        )
        for n in range(1, pick((1, 2, 3)))
    ]


def kpis(pick: Pick) -> list[Any]:
    rows: list[Any] = []
    for n, ref in enumerate(KPIS):
        facts = {
            "baseline": pick((28.0, 30.0, None)),
            "owner": pick((None, LEADER.ref)),
            "board_set": pick((0, 1)) == 1,
        }
        direction = pick((Direction.LOWER, Direction.HIGHER, None))
        rows.append(a_kpi(ref=ref, direction=direction, archived=pick((False, False, True)), **facts))
        target = a_target(ref=f"target000{n}", kpi=ref, number=pick((20.0, 26.0)), archived=pick((False, False, True)))
        rows.append(target)
    return rows


def values(pick: Pick) -> dict[tuple[str, int], float]:
    found = {(kpi, n): pick((None, 20.0, 24.0, 25.5, 29.0)) for kpi in KPIS for n in range(len(SLOTS))}
    return {slot: number for slot, number in found.items() if number is not None}


def recorded(found: dict[tuple[str, int], float], known: dict[tuple[str, int], float]) -> tuple[Value, ...]:
    """The values with the change that brought each: an early one for what was known, a late one for what was not."""
    return tuple(
        a_value(
            number,
            ref=f"{slot[0]}{slot[1]}",
            kpi=slot[0],
            place=SLOTS[slot[1]][0],
            period=SLOTS[slot[1]][1],
            version=4 if known.get(slot) == number else 8,
        )
        for slot, number in found.items()
    )


def changed_at(then: dict[tuple[str, int], float], now: dict[tuple[str, int], float], kpi: str) -> int:
    """The newest change that recorded a value of a KPI, or took one back."""
    of = [{slot: n for slot, n in some.items() if slot[0] == kpi} for some in (then, now)]
    return 4 if of[0] == of[1] else 8


def two_pictures(drawn: bytes) -> tuple[Picture, Picture]:
    """Each byte chooses one fact: drawn in one go, which takes a tenth of the time of drawing each."""
    left = iter(drawn)

    def pick(options: Sequence[Any]) -> Any:
        return options[next(left) % len(options)]

    then, now = values(pick), values(pick)
    before = a_picture(*actions(pick), *kpis(pick), values=recorded(then, then), on=JULY, change=5)
    after = a_picture(*actions(pick), *kpis(pick), values=recorded(now, then), on=JULY)
    return (
        replace(before, kpi_changes=dict.fromkeys(KPIS, 4)),
        replace(after, kpi_changes={ref: changed_at(then, now, ref) for ref in KPIS}),
    )


PAIRS = st.binary(min_size=90, max_size=90).map(two_pictures)


def differing(was: Any, now: Any) -> set[str]:
    return {f.name for f in fields(was) if getattr(was, f.name) != getattr(now, f.name)} - {"version"}


def told_of_action(found: Changes, ref: str) -> Counter[str]:
    """The facts of an action that something tells of, and how often."""
    told = Counter(e.field.name for e in (*found.edited, *found.edited_otherwise) if e.after.ref == ref)
    told["due_on"] += sum(d.action.ref == ref for d in found.dates_moved)
    told["confidence"] += sum(c.action.ref == ref for c in found.confidence)
    lists = ("done", "stopped", "blocked", "at_risk", "on_track", "reopened", "otherwise")
    told["status"] += sum(a.ref == ref for name in lists for a in getattr(found, name))
    return +told


@given(PAIRS)
@settings(max_examples=40)
def test_nothing_changed_between_a_picture_and_itself(pair: tuple[Picture, Picture]) -> None:
    for picture in pair:
        assert changes(picture, picture).nothing


@given(PAIRS)
@settings(max_examples=80)
def test_each_fact_of_an_action_that_differs_is_told_once(pair: tuple[Picture, Picture]) -> None:
    before, after = pair
    found = changes(before, after)
    for ref, now in after.actions.items():
        was = before.actions.get(ref)
        assert [a.ref for a in found.added].count(ref) == (was is None)
        if was is not None:
            wanted = differing(was, now)
            if "status" in wanted and now.status in CLOSED:
                wanted -= {"outcome", "evidence"}  # told with the closing
            if "confidence" in wanted:
                wanted -= {"confidence_reason"}  # told with it
            assert told_of_action(found, ref) == Counter(wanted)
    assert [a.ref for a in found.taken_away] == [ref for ref in before.actions if ref not in after.actions]


@given(PAIRS)
@settings(max_examples=80)
def test_each_kpi_that_differs_is_told_once_for_each_reason(pair: tuple[Picture, Picture]) -> None:
    before, after = pair
    found = changes(before, after)
    for ref, now in after.kpis.items():
        was = before.kpis.get(ref)
        turned = [m for m in (*found.worse, *found.better, *found.turned) if m.kpi.ref == ref]
        assert [k.ref for k in found.kpis_added].count(ref) == (was is None)
        if was is None:
            assert turned == []
            continue
        told = Counter(e.field.name for e in (*found.definitions, *found.edited_otherwise) if e.after.ref == ref)
        assert told == Counter(differing(was, now))
        assert len(turned) == (turn(verdict(before, was), verdict(after, now)) is not None)
    assert [k.ref for k in found.kpis_taken_away] == [ref for ref in before.kpis if ref not in after.kpis]


def slots(picture: Picture, kpi: Kpi) -> dict[Any, Value]:
    return {(v.kpi, v.place, v.period): v for v in picture.series(kpi.ref)}


@given(PAIRS)
@settings(max_examples=80)
def test_each_value_that_differs_is_told_once(pair: tuple[Picture, Picture]) -> None:
    before, after = pair
    found = changes(before, after)
    new = [*found.arrived, *(late.value for late in found.late)]
    told = Counter((v.kpi, v.place, v.period) for v in (*new, *(c.after for c in found.corrected)))
    told += Counter((t.value.kpi, t.value.place, t.value.period) for t in found.taken_back)
    wanted = set()
    for kpi in after.kpis.values():
        was, now = slots(before, kpi), slots(after, kpi)
        wanted |= {slot for slot in was.keys() | now.keys() if was.get(slot) != now.get(slot)}
    assert told == Counter(wanted)
    assert all(v.version > before.change for v in new)


@given(PAIRS)
@settings(max_examples=40)
def test_what_is_better_one_way_is_worse_the_other(pair: tuple[Picture, Picture]) -> None:
    there, back = changes(*pair), changes(*reversed(pair))
    assert {m.kpi.ref for m in there.better} == {m.kpi.ref for m in back.worse}
    assert {m.kpi.ref for m in there.worse} == {m.kpi.ref for m in back.better}
