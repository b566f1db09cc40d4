"""What somebody proposes beside what stands now: one line a fact, in words. Judges nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from framework.kpis.kpi import Kpi, Value
from framework.kpis.words import with_unit
from framework.periods import day_words
from framework.picture.figures import of_words
from framework.picture.shape import Picture
from framework.plans import Action, MoveReason, Status

NOTHING = "not said"


@dataclass(frozen=True)
class Beside:
    """One fact: what it is called, what stands now (empty: of something new, nothing could), what is proposed."""

    name: str
    now: str
    proposed: str


def of_an_action(picture: Picture, action: Action | None, facts: Mapping[str, Any]) -> tuple[Beside, ...]:
    """A new date, a closing. `action` None: it is not here any more, so nothing stands.

    facts  typed as an update has them: new_due_on, moved_for, moved_because, status, outcome
    """
    found = []
    new_due_on: date | None = facts.get("new_due_on")
    if new_due_on is not None:
        stands = NOTHING if action is None else day_words(action.due_on)
        found.append(Beside("Due", stands, _moved(picture, action, new_due_on)))
        found.append(Beside("Why it moves", "", _why(facts)))
    status: Status | None = facts.get("status")
    if status is not None:
        now = "" if action is None or action.status is None else str(action.status).capitalize()
        found.append(Beside("Status", now or "Not set", str(status).capitalize()))
        stood = "" if action is None else action.outcome or ""
        found.append(Beside("What changed", stood or NOTHING, facts.get("outcome") or facts.get("words") or NOTHING))
    return tuple(one for one in found if one.proposed)


def of_a_value(kpi: Kpi | None, stands: Value | None, facts: Mapping[str, Any]) -> tuple[Beside, ...]:
    """A figure for a slot. `kpi` None: it is not here any more."""
    now = "not reported" if stands is None else _number(kpi, stands.number, of_words(stands))
    parts = {name: facts.get(name) for name in ("number", "numerator", "denominator")}
    made_of = ""
    if parts["numerator"] is not None and parts["denominator"] is not None:
        made_of = f"{parts['numerator']:,} of {parts['denominator']:,}"
    found = [Beside("Value", now, _number(kpi, parts["number"], made_of))]
    if facts.get("note"):
        found.append(Beside("Note", "" if stands is None else stands.note or "", str(facts["note"])))
    return tuple(found)


def of_a_new_action(picture: Picture, facts: Mapping[str, Any]) -> tuple[Beside, ...]:
    """An action that does not exist yet: what it would be."""
    due_on: date | None = facts.get("due_on")
    objective = picture.elements.get(facts.get("objective") or "")
    told = (
        ("Objective", objective.title if objective is not None else ""),
        ("What will be different", facts.get("success") or ""),
        ("Due", day_words(due_on) if due_on is not None else "left to you"),
        ("Owner", picture.name("person", facts.get("owner")) or "whoever proposes it"),
    )
    return tuple(Beside(name, "", words) for name, words in told if words)


def _moved(picture: Picture, action: Action | None, new: date) -> str:
    """The new date, with how many school days later it is."""
    if action is None:
        return day_words(new)
    later = picture.calendar.school_days_since(action.due_on, new)
    return f"{day_words(new)}, {later} school day{'' if later == 1 else 's'} later" if later else day_words(new)


def _why(facts: Mapping[str, Any]) -> str:
    reason: MoveReason | None = facts.get("moved_for")
    said = (None if reason is None else str(reason).capitalize(), facts.get("moved_because"))
    return ": ".join(part for part in said if part)


def _number(kpi: Kpi | None, number: float | None, made_of: str) -> str:
    if number is None:
        return made_of or "no number"
    said = f"{number:g}" if kpi is None else with_unit(kpi, number)
    return f"{said} ({made_of})" if made_of else said
