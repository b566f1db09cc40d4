"""How an action is going, as a person taps and types it: kept as a draft, read back, and turned into what is said."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from framework.plans.saying import Said
from framework.plans.shape import CLOSED, Answer, MoveReason, Status


class Going(StrEnum):
    """The answers to "How is it going?". The first five are the big buttons; a table offers all of them."""

    ON_TRACK = "On track"
    STUCK = "Stuck"
    DONE = "Done"
    NOTHING_NEW = "Nothing new"
    NOT_OURS = "Not ours"
    AT_RISK = "At risk"
    STOPPED = "Stopped"


BIG = (Going.ON_TRACK, Going.STUCK, Going.DONE, Going.NOTHING_NEW, Going.NOT_OURS)
_STATUS = {
    Going.ON_TRACK: Status.ON_TRACK,
    Going.STUCK: Status.BLOCKED,
    Going.DONE: Status.DONE,
    Going.AT_RISK: Status.AT_RISK,
    Going.STOPPED: Status.STOPPED,
}
_ANSWER = {Going.NOTHING_NEW: Answer.NOTHING_NEW, Going.NOT_OURS: Answer.NOT_OURS}

TEXTS = ("words", "help_wanted", "outcome", "evidence", "next_step", "in_the_way", "moved_because")
NAMES = (*TEXTS, "going", "moved_for", "new_due_on", "percent_done", "ticked")
# What is typed of one action: field → value. Fields that hold nothing are left out.
Typed = dict[str, Any]


def said_of(typed: Mapping[str, Any]) -> Said:
    """What is said by what was typed. What is asked only of some answers counts only with those."""
    going, due = typed.get("going"), typed.get("new_due_on")
    status = _STATUS.get(going) if going is not None else None
    closing, moved = status in CLOSED, due is not None
    return Said(
        words=typed.get("words", ""),
        status=status,
        answer=_ANSWER.get(going) if going is not None else None,
        next_step=typed.get("next_step", ""),
        in_the_way=typed.get("in_the_way", ""),
        help_wanted=typed.get("help_wanted", ""),
        percent_done=typed.get("percent_done"),
        ticked=tuple(typed.get("ticked", ())),
        new_due_on=due,
        moved_for=typed.get("moved_for") if moved else None,
        moved_because=typed.get("moved_because", "") if moved else "",
        outcome=typed.get("outcome", "") if closing else "",
        evidence=typed.get("evidence", "").strip() if closing else "",
    )


def to_draft(typed: Mapping[str, Any]) -> dict[str, Any]:
    """As it is kept: texts, numbers and lists of them. Empty when nothing was typed."""
    kept = {name: typed[name] for name in TEXTS if typed.get(name)}
    kept |= {name: str(typed[name]) for name in ("going", "moved_for") if typed.get(name) is not None}
    if typed.get("new_due_on") is not None:
        kept["new_due_on"] = typed["new_due_on"].isoformat()
    if typed.get("percent_done") is not None:
        kept["percent_done"] = typed["percent_done"]
    return kept | ({"ticked": list(typed["ticked"])} if typed.get("ticked") else {})


def from_draft(kept: object) -> Typed:
    """What `to_draft` made, read back. What cannot be read any more is left out."""
    if not isinstance(kept, Mapping):
        return {}
    typed: Typed = {name: kept[name] for name in TEXTS if isinstance(kept.get(name), str) and kept[name]}
    for name, read in _READERS.items():
        if name in kept and (value := _read(read, kept[name])) is not None:
            typed[name] = value
    return typed


def _read(read: Callable[[Any], Any], value: object) -> Any:
    try:
        return read(value)
    except (ValueError, TypeError):
        return None


def _percent(value: Any) -> float | None:
    number = float(value)
    return number if 0 <= number <= 100 else None


def _refs(value: Any) -> tuple[str, ...] | None:
    return tuple(ref for ref in value if isinstance(ref, str)) or None if isinstance(value, list) else None


_READERS: dict[str, Callable[[Any], Any]] = {
    "going": Going,
    "moved_for": MoveReason,
    "new_due_on": date.fromisoformat,
    "percent_done": _percent,
    "ticked": _refs,
}
