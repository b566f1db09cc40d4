"""The dated steps of an action: added, changed and taken away by leaders. That one is done is said in an update too."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from framework.deeds import deed
from framework.deeds.updating import the_action
from framework.errors import Unknown, ValueRefused
from framework.people import Act, Audience, Person
from framework.periods import local_day
from framework.picture.shape import Picture
from framework.plans import Action, Milestone
from framework.plans.checks import cleaned, wrong_milestone
from framework.plans.saying import LONGEST
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import entry
from framework.store.pictures import load
from framework.subjects import MILESTONES, data_of
from framework.text import clean


@deed(Act.EDIT_PLAN)
def add_milestone(store: Store, *, by: Person, now: datetime, action: str, title: str, due_on: date | None) -> str:
    """Add a dated step to an action; its ref. Raises NotAllowed, Unknown or ValueRefused; then nothing is written."""
    ref = new_ref()
    with entry(store, by=by, now=now, deed="add milestone") as e:
        picture = load(store, now, Audience.LEADERS)
        own = the_action(picture, action)
        data = new_step(own, title, due_on, picture.milestones.get(action, ()), local_day(now))
        e.put(MILESTONES, ref, data, seen=0)
    return ref


@deed(Act.EDIT_PLAN)
def change_milestone(
    store: Store, *, by: Person, now: datetime, milestone: str, facts: Mapping[str, Any], seen: int, why: str = ""
) -> None:
    """Change a step's name, its due date or the day it was done (`facts`: title, due_on, done_on); others stay.

    Raises NotAllowed, Unknown, ValueRefused or Conflict; then nothing is written.
    """
    with entry(store, by=by, now=now, deed="change milestone", reason=reason_of(why)) as e:
        picture = load(store, now, Audience.LEADERS)
        row = _the_milestone(picture, milestone)
        data = data_of(MILESTONES, row) | cleaned(MILESTONES, facts) | {"action": row.action}
        others = [m for m in picture.milestones[row.action] if m.ref != milestone]
        if wrong := wrong_milestone(data, picture.actions[row.action], others, local_day(now), row):
            raise ValueRefused(" ".join(wrong) + " Nothing was saved.")
        if data == data_of(MILESTONES, row):
            raise ValueRefused("Nothing differs from what is here already, so nothing was saved.")
        e.put(MILESTONES, milestone, data, seen=seen)


@deed(Act.EDIT_PLAN)
def take_away_milestone(store: Store, *, by: Person, now: datetime, milestone: str, seen: int, why: str = "") -> None:
    """Take a step off its action; the history keeps it.

    Raises NotAllowed, Unknown or Conflict; then nothing is written.
    """
    row = _the_milestone(load(store, now, Audience.LEADERS), milestone)
    with entry(store, by=by, now=now, deed="take away milestone", reason=reason_of(why)) as e:
        e.put(MILESTONES, milestone, data_of(MILESTONES, row), seen=seen, archived=True)


def reason_of(why: str) -> str:
    """Why something is done, as the ledger keeps it. Raises ValueRefused when it is too long."""
    text = clean(why)
    if len(text) > LONGEST:
        raise ValueRefused(
            f"Why it is done has {len(text):,} characters, and {LONGEST:,} is the most. Shorten it; nothing was saved."
        )
    return text


def new_step(action: Action, title: str, due_on: date | None, others: Sequence[Milestone], on: date) -> dict[str, Any]:
    """The facts of a new milestone of an action that has `others` already. Raises ValueRefused."""
    facts = {"action": action.ref, "title": title, "due_on": due_on, "done_on": None, "fictional": action.fictional}
    data = cleaned(MILESTONES, facts)
    if wrong := wrong_milestone(data, action, others, on):
        raise ValueRefused(" ".join(wrong) + " Nothing was saved.")
    return data


def _the_milestone(picture: Picture, ref: str) -> Milestone:
    found = next((m for some in picture.milestones.values() for m in some if m.ref == ref), None)
    if found is None:
        raise Unknown("There is no such milestone here. Load the page again and choose one; nothing was saved.")
    return found
