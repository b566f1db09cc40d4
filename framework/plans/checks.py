"""What the facts of an action and of a milestone may be: one set of rules for every form and every deed.

Each answer is a sentence that says what was found, what was wanted and what to do; an empty list means nothing is
wrong. Of an action that is here already only what is changed is asked about: a fact that a file brought long ago is no
reason to refuse another.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from framework.civic import Part
from framework.kpis.explained import distance_words
from framework.kpis.kpi import Direction, Measure
from framework.people import Person, Role
from framework.periods import day_words
from framework.picture.shape import Picture
from framework.plans.saying import LONGEST
from framework.plans.shape import Action, Milestone, MoveReason, Visibility
from framework.subjects import ACTIONS, MILESTONES, Field, Kind, Subject
from framework.text import clean

SHORT_LONGEST = 300  # characters of one line, such as a title
NEEDED = ("title", "objective", "owner", "due_on")
# What is said elsewhere: the status is the owner's word, and the days are written down by the product itself.
KEPT_ELSEWHERE = {
    "edition": "An action stays in its version of the framework. Carry it forward instead.",
    "status": "The status is the owner's word. Say it in an update.",
    "added_on": "The day on which it was first written down is kept for ever. Leave it out.",
    "first_due_on": "The first promised date is kept for ever. Change the due date and say why.",
}
_NAMED = {"due_on": "due date", "edition": "framework version"}
_CODE = re.compile(r"([A-Z]+)-([0-9]{1,6})")
Data = Mapping[str, Any]


def cleaned(subject: Subject, facts: Data) -> dict[str, Any]:
    """The facts with texts cleaned, empty ones None, words of a closed set made members of it, lists made tuples."""
    return {name: _clean(subject, name, value) for name, value in facts.items()}


def _clean(subject: Subject, name: str, value: Any) -> Any:
    own = subject.field(name) if name in subject.names else None
    if own is not None and own.kind is Kind.MANY:
        return tuple(dict.fromkeys(value)) if isinstance(value, list | tuple) else value
    if isinstance(value, float) and value.is_integer() and own is not None and own.kind is Kind.WHOLE:
        return int(value)
    if not isinstance(value, str):
        return value
    text = clean(value) or None
    if own is not None and own.choices is not None and text in list(own.choices):
        return own.choices(text)
    return text


def wrong_kinds(subject: Subject, data: Data) -> list[str]:
    """Facts that the subject does not have, of another kind than it has, out of bounds, or too long."""
    return list(_wrong_kinds(subject, data))


def _wrong_kinds(subject: Subject, data: Data) -> Iterator[str]:
    for name, value in data.items():
        if name not in subject.names:
            yield f"{subject.one.capitalize()} has no {name}. Leave it out."
            continue
        own = subject.field(name)
        if value is None:
            continue
        if not _is_kind(own, value):
            yield f"{_heading(own)}: found {_found(value)}, wanted {_wanted(own)}."
        elif own.kind in (Kind.NUMBER, Kind.WHOLE) and not _within(own, value):
            yield f"{_heading(own)} is {value:g}, and that cannot be: wanted {_wanted(own)}."
        elif own.kind in (Kind.TEXT, Kind.LONG) and len(value) > _most(own):
            yield (
                f"{_heading(own)} has {len(value):,} characters, and {_most(own):,} is the most. Shorten it; "
                "what is longer belongs into a file that is kept as evidence."
            )


def _is_kind(own: Field, value: Any) -> bool:
    if own.kind is Kind.CHOICE:
        return own.choices is not None and isinstance(value, own.choices)
    if own.kind is Kind.MANY:
        return isinstance(value, tuple) and all(isinstance(one, str) for one in value)
    if own.kind is Kind.NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if own.kind is Kind.WHOLE:
        return isinstance(value, int) and not isinstance(value, bool)
    return type(value) is {Kind.DATE: date, Kind.FLAG: bool}.get(own.kind, str)


def _within(own: Field, value: float) -> bool:
    return (own.low is None or value >= own.low) and (own.high is None or value <= own.high)


def _most(own: Field) -> int:
    return LONGEST if own.kind is Kind.LONG else SHORT_LONGEST


def _heading(own: Field) -> str:
    words = "title" if own.name == "title" else own.heading
    return words[:1].upper() + words[1:]


def _found(value: Any) -> str:
    text = clean(str(value))
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


def _wanted(own: Field) -> str:
    if own.kind is Kind.CHOICE and own.choices is not None:
        return f"one of: {', '.join(own.choices)}"
    if own.kind in (Kind.NUMBER, Kind.WHOLE):
        number = "a whole number" if own.kind is Kind.WHOLE else "a number"
        if own.low is not None and own.high is not None:
            return f"{number} from {own.low:g} to {own.high:g}"
        return number if own.low is None else f"{number} of {own.low:g} or more"
    return {Kind.DATE: "a day", Kind.FLAG: "yes or no", Kind.MANY: "a list of those that are here"}.get(
        own.kind, "words"
    )


def wrong_action(picture: Picture, data: Data, was: Action | None, on: date) -> list[str]:
    """What cannot be right in an action, all its facts given.

    was  the action as it stands; None: it is new
    """
    wrong = wrong_kinds(ACTIONS, data)
    return wrong or list(_wrong_action(picture, data, _changed(data, was), was, on))


def _changed(data: Data, was: Action | None) -> frozenset[str]:
    return frozenset(name for name in data if was is None or data[name] != getattr(was, name))


def _wrong_action(picture: Picture, data: Data, changed: frozenset[str], was: Action | None, on: date) -> Iterator[str]:
    yield from _kept_elsewhere(data, changed, was)
    # The code follows from the objective, so only one of them is asked for.
    needed = [*NEEDED, "edition", *(["code"] if data["objective"] is not None else [])]
    lacking = [_NAMED.get(name, name) for name in needed if name in changed and data[name] is None]
    if lacking:
        yield f"An action needs its {_listed(lacking)}. Fill in what is missing."
        return
    if "code" in changed:
        yield from _wrong_code(picture, data, was)
    if changed & {"starts_on", "due_on"} and data["starts_on"] is not None and data["due_on"] < data["starts_on"]:
        starts, due = day_words(data["starts_on"]), day_words(data["due_on"])
        yield f"It would be due on {due}, before it starts on {starts}. Give a later due date, or an earlier start."
    if "owner" in changed and data["owner"] is not None:
        yield from _wrong_owner(picture, data["owner"], on)
    yield from _not_here(picture, data, changed)
    yield from _wrong_hope(picture, data, changed)
    judged = changed & {"confidence", "confidence_reason"} and data["confidence"] is not None
    if judged and data["confidence_reason"] is None:
        yield "Say in a sentence why your confidence is what it is; it stands beside the owner's word."


def _kept_elsewhere(data: Data, changed: frozenset[str], was: Action | None) -> Iterator[str]:
    for name in KEPT_ELSEWHERE:
        if was is not None and name in changed and not (name == "first_due_on" and was.first_due_on is None):
            yield KEPT_ELSEWHERE[name]
    if was is None and data.get("status") is not None:
        yield KEPT_ELSEWHERE["status"]


def _wrong_code(picture: Picture, data: Data, was: Action | None) -> Iterator[str]:
    others = (a for a in picture.actions.values() if was is None or a.ref != was.ref)
    taken = next((a for a in others if a.code.casefold() == data["code"].casefold()), None)
    if taken is not None:
        ready = next_code(picture, data["objective"])
        yield f"{taken.code} is taken: it is {taken.title}. Choose another code{f', such as {ready}' if ready else ''}."


def _wrong_owner(picture: Picture, ref: str, on: date) -> Iterator[str]:
    person = picture.rows.get("person", {}).get(ref)
    if person is None or person.archived:
        who = "This owner" if person is None else person.name
        yield f"{who} is not among the people here. Choose an owner who is."
    elif not person.here_on(on):
        yield f"{person.name} left on {day_words(person.left_on)} and cannot be asked. Choose an owner who is here."


def _not_here(picture: Picture, data: Data, changed: frozenset[str]) -> Iterator[str]:
    """References to what is not here, or belongs to another version of the framework."""
    edition = picture.editions.get(data["edition"])
    if edition is None:
        yield "There is no such version of the framework here. Choose one that is."
        return
    for own in ACTIONS.fields:
        if own.name not in changed or own.name in ("edition", "owner", "carried_from"):
            continue
        refs = data[own.name] if own.kind is Kind.MANY else [data[own.name]] if own.kind is Kind.ONE else []
        for row, ref in ((_row(picture, own, ref), ref) for ref in refs if ref is not None):
            if row is None:
                yield f"{_heading(own)}: one that was chosen is not here any more. Choose among those that are."
            elif own.of in ("element", "kpi") and row.edition != edition.ref:
                yield f"{_named(picture, own, ref)} is no part of {edition.code}. Choose one of that version."


def _row(picture: Picture, own: Field, ref: str) -> Any:
    """The row, of the part of the framework that the field is about; None when there is none, or it was put away."""
    row = picture.rows.get(own.of, {}).get(ref)
    if row is None or row.archived or (own.part is not None and row.part is not own.part):
        return None
    return row


def _named(picture: Picture, own: Field, ref: str) -> str:
    row = picture.rows[own.of][ref]
    return str(row.title if own.of == "element" else f"{row.code} {row.title}")


def _wrong_hope(picture: Picture, data: Data, changed: frozenset[str]) -> Iterator[str]:
    """What it should move: a KPI, by how much and by when."""
    hope, by, starts = data["expected_change"], data["expected_by"], data["starts_on"]
    if changed & {"expected_by", "starts_on"} and by is not None and starts is not None and by < starts:
        yield (
            f"The KPI cannot have moved by {day_words(by)}: the action starts on {day_words(starts)}. Give a later day."
        )
    if hope is None or not changed & {"expected_change", "kpis"}:
        return
    if not data["kpis"]:
        yield "It says by how much, yet not what it should move. Choose the KPI, or leave the number out."
        return
    kpi = picture.kpis.get(data["kpis"][0])
    if kpi is None:
        return
    if kpi.measure is Measure.PERCENTAGE and abs(hope) > 100:
        yield f"{kpi.code} is a percentage, so it cannot change by {abs(hope):g} points. Give 100 at most."
    wrong_way = {Direction.LOWER: hope > 0, Direction.HIGHER: hope < 0}.get(kpi.direction, False)  # type: ignore[arg-type]
    if wrong_way:
        word = "rise" if hope > 0 else "fall"
        sign = "a minus before it" if hope > 0 else "no minus before it"
        yield (
            f"{kpi.code} {kpi.title} is better {kpi.direction}, so it should not {word} by "
            f"{distance_words(kpi, abs(hope))}. Write the number with {sign}, or choose another KPI."
        )


def wrong_move(moved_for: MoveReason | None, moved_because: str) -> list[str]:
    """Why a due date cannot be moved: nobody said for what reason, or only that it was another one."""
    if moved_for is None:
        return ["The due date moves. Say why: choose a reason from the list."]
    if moved_for is MoveReason.OTHER and not moved_because:
        return ["Say in a few words which other reason moves the date."]
    if len(moved_because) > SHORT_LONGEST:
        return [f"The reason has {len(moved_because):,} characters, and {SHORT_LONGEST} is the most. Shorten it."]
    return []


def wrong_milestone(
    data: Data, action: Action, others: Sequence[Milestone], on: date, was: Milestone | None = None
) -> list[str]:
    """What cannot be right in a milestone of an action; `others` are those it has besides."""
    return wrong_kinds(MILESTONES, data) or list(_wrong_milestone(data, action, others, on, was))


def _wrong_milestone(
    data: Data, action: Action, others: Sequence[Milestone], on: date, was: Milestone | None
) -> Iterator[str]:
    lacking = [_NAMED.get(name, name) for name in ("title", "due_on") if data[name] is None]
    if lacking:
        yield f"A milestone needs its {_listed(lacking)}. Fill in what is missing."
        return
    if any(m.title.casefold() == data["title"].casefold() for m in others):
        yield f"{action.code} has the milestone “{data['title']}” already. Give this one another name."
    same_day = was is not None and was.due_on == data["due_on"]
    if not same_day and action.starts_on is not None and data["due_on"] < action.starts_on:
        yield (
            f"“{data['title']}” would be due on {day_words(data['due_on'])}, before the action starts on "
            f"{day_words(action.starts_on)}. Give a later day."
        )
    if data["done_on"] is not None and data["done_on"] > on:
        yield f"{day_words(data['done_on'])} is yet to come, so it cannot be done by then. Give a day up to today."


def next_code(picture: Picture, objective: str | None, taken: Sequence[str] = ()) -> str:
    """The next code of an objective's letter, such as A-19, above every code that was ever used; empty for none.

    taken  codes that are about to be used
    """
    element = picture.elements.get(objective or "")
    if element is None or element.part is not Part.OBJECTIVE:
        return ""
    known = (*taken, *(a.code for a in picture.rows.get(ACTIONS.table, {}).values()))
    found = (_CODE.fullmatch(code.upper()) for code in known)
    used = [int(code[2]) for code in found if code is not None and code[1] == element.code]
    return f"{element.code}-{max(used, default=0) + 1:02d}"


def usual_visibility(owner: Person | None) -> Visibility:
    """Who sees an action of which nobody said: the task force where one of them does it, else leaders alone."""
    leads = owner is None or owner.role in (Role.LEADER, Role.ADMINISTRATOR)
    return Visibility.LEADERS if leads else Visibility.TASK_FORCE


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
