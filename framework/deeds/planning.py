"""Actions are set, changed, tagged and judged by leaders; one at a time or several at once, all or nothing.

What an owner says of an action is an update (`updating`). A due date that is moved here leaves an update too, so that
how often a date moved, and why, is told in one place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from framework.deeds import deed
from framework.deeds.milestones import add_milestone, change_milestone, new_step, reason_of, take_away_milestone
from framework.deeds.updating import the_action
from framework.errors import Conflict, ValueRefused
from framework.people import Act, Audience, Person
from framework.periods import day_words, local_day
from framework.picture.shape import Picture
from framework.plans import Action, Confidence, Milestone, MoveReason
from framework.plans.checks import cleaned, next_code, usual_visibility, wrong_action, wrong_kinds, wrong_move
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import Entry, entry
from framework.store.pictures import load
from framework.store.provenance import told_of_row
from framework.subjects import ACTIONS, MILESTONES, UPDATES, Kind, data_of
from framework.text import clean

__all__ = [
    "add_action",
    "add_milestone",
    "change_action",
    "change_actions",
    "change_milestone",
    "check_seen",
    "judge",
    "put_action",
    "tag_actions",
    "take_away_milestone",
]

NO_DIFFERENCE = "Nothing differs from what is here already, so nothing was saved."
Facts = Mapping[str, Any]


@deed(Act.EDIT_PLAN)
def add_action(
    store: Store,
    *,
    by: Person,
    now: datetime,
    facts: Facts,
    milestones: Sequence[tuple[str, date]] = (),
    why: str = "",
) -> str:
    """Add an action with its first milestones (name, due); its ref. `facts` holds fields of `Action`.

    Those left out are empty; without a code it gets the next one of its objective, and without a version the one in
    force. Raises NotAllowed or ValueRefused; then nothing is written.
    """
    ref = new_ref()
    with entry(store, by=by, now=now, deed="add action", reason=reason_of(why)) as e:
        put_action(e, load(store, now, Audience.LEADERS), ref, facts, milestones, on=local_day(now))
    return ref


def put_action(
    e: Entry,
    picture: Picture,
    ref: str,
    facts: Facts,
    milestones: Sequence[tuple[str, date]] = (),
    *,
    on: date,
    taken: Sequence[str] = (),
) -> Action:
    """Put a new action into an entry; as it will stand. Raises ValueRefused.

    picture  loaded inside the entry: no other action can then take its code
    taken    codes that the same entry gave already
    """
    data = _new_facts(picture, facts, on, taken)
    if wrong := wrong_action(picture, data, None, on):
        raise _refused(wrong)
    action = Action(ref=ref, **data)
    e.put(ACTIONS, ref, data, seen=0)
    steps: list[Milestone] = []
    for title, due_on in milestones:
        step = new_step(action, title, due_on, steps, on)
        steps.append(Milestone(ref=new_ref(), **step))
        e.put(MILESTONES, steps[-1].ref, step, seen=0)
    return action


def _new_facts(picture: Picture, facts: Facts, on: date, taken: Sequence[str]) -> dict[str, Any]:
    """All facts of a new action: those given, and what follows where nothing was."""
    given = cleaned(ACTIONS, facts)
    if wrong := wrong_kinds(ACTIONS, given):
        raise _refused(wrong)
    data = {f.name: f.default for f in ACTIONS.fields} | given
    edition = picture.edition if data["edition"] is None else picture.editions.get(data["edition"])
    if edition is not None:
        data |= {"edition": edition.ref, "fictional": data["fictional"] or edition.fictional}
    if data["visibility"] is None:
        data["visibility"] = usual_visibility(picture.people.get(data["owner"] or ""))
    if data["code"] is None:
        data["code"] = next_code(picture, data["objective"], taken) or None
    judged = None if data["confidence"] is None else on
    return data | {"added_on": on, "first_due_on": data["due_on"], "confidence_on": judged}


@deed(Act.EDIT_PLAN)
def change_action(
    store: Store,
    *,
    by: Person,
    now: datetime,
    action: str,
    facts: Facts,
    seen: int,
    why: str = "",
    moved_for: MoveReason | None = None,
    moved_because: str = "",
) -> None:
    """Change facts of an action; those not in `facts` stay. A due date that moves asks for what reason.

    seen  the version of the action that the person read
    Raises NotAllowed, Unknown, ValueRefused or Conflict (it says who changed what); then nothing is written.
    """
    asked = [_Change(action, seen, facts)]
    _change(store, by, now, asked, "change action", why, moved_for, moved_because)


@deed(Act.EDIT_PLAN)
def change_actions(
    store: Store,
    *,
    by: Person,
    now: datetime,
    changes: Mapping[str, Facts],
    seen: Mapping[str, int],
    why: str = "",
    moved_for: MoveReason | None = None,
    moved_because: str = "",
) -> int:
    """Change facts of several actions as one change, all of them or none; how many differ now.

    changes  ref of the action → facts; one reason holds for every due date that moves
    seen     ref of the action → the version of it that the person read
    Raises NotAllowed, Unknown, ValueRefused or Conflict, which name every action concerned; then nothing is written.
    """
    asked = [_Change(ref, seen[ref], facts) for ref, facts in changes.items()]
    return _change(store, by, now, asked, "change actions", why, moved_for, moved_because)


@deed(Act.EDIT_PLAN)
def tag_actions(
    store: Store,
    *,
    by: Person,
    now: datetime,
    actions: Mapping[str, int],
    add: Mapping[str, Sequence[str]],
    remove: Mapping[str, Sequence[str]] | None = None,
    why: str = "",
) -> int:
    """Add what several actions serve, and take away from it, as one change; how many differ now.

    actions      ref of the action → the version of it that the person read
    add, remove  field of `Action` that holds references (pillars, strand, kpis …) → refs; a second strand joins the
                 other strands
    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    for name in {**add, **(remove or {})}:
        if name != "strand" and (name not in ACTIONS.names or ACTIONS.field(name).kind is not Kind.MANY):
            raise ValueRefused(f"An action has no list called {name}. Nothing was saved.")
    picture = load(store, now, Audience.LEADERS)
    asked = [_Change(ref, seen, _tagged(the_action(picture, ref), add, remove or {})) for ref, seen in actions.items()]
    return _change(store, by, now, asked, "tag actions", why)


def _tagged(action: Action, add: Mapping[str, Sequence[str]], remove: Mapping[str, Sequence[str]]) -> Facts:
    """What the lists of an action are with those added and without those taken away."""
    found: dict[str, Any] = {}
    for name in dict.fromkeys([*add, *remove]):
        gone = set(remove.get(name, ()))
        if name != "strand":
            kept = found.get(name, getattr(action, name))
            found[name] = tuple(dict.fromkeys(r for r in (*kept, *add.get(name, ())) if r not in gone))
            continue
        own = [] if action.strand is None else [action.strand]
        strands = [ref for ref in dict.fromkeys((*own, *action.other_strands, *add.get(name, ()))) if ref not in gone]
        found |= {"strand": next(iter(strands), None), "other_strands": tuple(strands[1:])}
    return found


@deed(Act.EDIT_PLAN)
def judge(
    store: Store, *, by: Person, now: datetime, action: str, confidence: Confidence | None, reason: str, seen: int
) -> None:
    """Set the leader's confidence in an action, with its reason, as of today. None takes it back, reason and all.

    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    facts = {"confidence": confidence, "confidence_reason": reason if confidence is not None else None}
    _change(store, by, now, [_Change(action, seen, facts)], "judge action", reason)


@dataclass(frozen=True)
class _Change:
    """Facts that one action shall have, and the version of it that was read."""

    ref: str
    seen: int
    facts: Facts


def _change(
    store: Store,
    by: Person,
    now: datetime,
    asked: Sequence[_Change],
    what: str,
    why: str,
    moved_for: MoveReason | None = None,
    moved_because: str = "",
) -> int:
    """Put every change that makes a difference into one entry; how many there are."""
    reason, because = reason_of(why), clean(moved_because)
    with entry(store, by=by, now=now, deed=what, reason=reason) as e:
        picture, on = load(store, now, Audience.LEADERS), local_day(now)
        actions = {one.ref: the_action(picture, one.ref) for one in asked}
        check_seen(store, picture, {one.ref: one.seen for one in asked})
        given = {one.ref: _after(actions[one.ref], one.facts, on) for one in asked}
        different = {ref: data for ref, data in given.items() if data != data_of(ACTIONS, actions[ref])}
        wrong = {ref: wrong_action(picture, data, actions[ref], on) for ref, data in different.items()}
        moved = [ref for ref, data in different.items() if data["due_on"] != actions[ref].due_on]
        told = [
            line if len(asked) == 1 else f"{actions[ref].code}: {line}" for ref, some in wrong.items() for line in some
        ]
        if told := [*told, *(wrong_move(moved_for, because) if moved else ())]:
            raise _refused(told)
        if not different:
            raise ValueRefused(NO_DIFFERENCE)
        for ref, data in different.items():
            e.put(ACTIONS, ref, data, seen=actions[ref].version)
        for ref in moved:
            new = {"new_due_on": different[ref]["due_on"], "moved_for": moved_for, "moved_because": because or None}
            e.put(UPDATES, new_ref(), _move(actions[ref], new, by, on), seen=0)
    return len(different)


def _after(action: Action, facts: Facts, on: date) -> dict[str, Any]:
    """All facts of an action as they would stand, what follows from a change among them."""
    before = data_of(ACTIONS, action)
    data = before | cleaned(ACTIONS, facts) | {"confidence_on": action.confidence_on}
    if any(data[name] != before[name] for name in ("confidence", "confidence_reason")):
        data["confidence_on"] = None if data["confidence"] is None else on
    if data["due_on"] != action.due_on and action.first_due_on is None:
        data["first_due_on"] = action.due_on  # what is moved for the first time was promised for that day
    return data


def _move(action: Action, new: Facts, by: Person, on: date) -> dict[str, Any]:
    """The update that tells of a moved date."""
    due, before = day_words(new["new_due_on"]), day_words(action.due_on)
    words = f"The due date moved from {before} to {due}."
    empty = {f.name: f.default for f in UPDATES.fields}
    own = {"action": action.ref, "on": on, "words": words, "by": by.ref, "fictional": action.fictional}
    return empty | own | dict(new)


def check_seen(store: Store, picture: Picture, seen: Mapping[str, int]) -> None:
    """Raise Conflict when actions were changed after they were read; it says of each who changed what.

    seen  ref of the action → the version of it that the person read
    """
    told = [line for ref, version in seen.items() for line in _meanwhile(store, picture, ref, version)]
    if told:
        raise Conflict(
            " ".join(told)
            + " Nothing was saved, and what you typed is kept. Look at what stands there now, then save yours again."
        )


def _meanwhile(store: Store, picture: Picture, ref: str, version: int) -> Iterator[str]:
    action = picture.actions[ref]
    if action.version == version:
        return
    later = [row for row in told_of_row(store, picture, ACTIONS.table, ref) if row.version > version]
    who = " and ".join(dict.fromkeys(row.told.by or "a load" for row in reversed(later))) or "someone else"
    what = [f.heading for f in ACTIONS.fields if any(f.name in row.changed for row in later)]
    listed = f": {', '.join(what)}" if what else ""
    yield f"{action.code} was changed by {who} after you opened it{listed}."


def _refused(wrong: Sequence[str]) -> ValueRefused:
    return ValueRefused(" ".join(wrong) + " Nothing was saved.")
