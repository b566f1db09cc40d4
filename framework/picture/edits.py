"""What a table edited in a browser may change: the cells that are open, in the rows that were shown, each value read.

The browser enforces nothing: a client can send any position, column and value, rows added and rows taken away. What
was not open is passed over without a word, since no honest browser sends it; what is open and cannot be read is said.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from framework.errors import ValueRefused
from framework.text import clean

T = TypeVar("T")
Reader = Callable[[object], Any]  # a cell as the browser sent it → what is kept; raises ValueRefused
MOST_CHARACTERS = 5_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EMPTY: tuple[object, ...] = (None, "")


@dataclass(frozen=True)
class Edited:
    """What was changed and can be read, and a sentence for each cell that cannot.

    changes  ref of the row → column → its new value; None or an empty text: it was emptied
    """

    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def edited_rows(
    snapshot: Sequence[str], edits: object, allowed: Mapping[str, Reader], named: Callable[[str], str] = str
) -> Edited:
    """The changes among what a browser sent.

    snapshot  the refs of the rows as they were drawn, in that order: a position means one of these and no other
    edits     position → column → value, as `edited_rows` of the editor's state; anything else is no edit
    allowed   each column that is open, with its reader
    named     what people call a row and a column, in a sentence about a cell
    """
    found = Edited()
    for position, cells in _mapping(edits).items():
        ref = _row(snapshot, position)
        if ref is None:
            continue
        for column, value in _mapping(cells).items():
            reader = allowed.get(column) if isinstance(column, str) else None
            if reader is None:
                continue
            try:
                found.changes.setdefault(ref, {})[column] = reader(value)
            except ValueRefused as refusal:
                found.refused.append(f"{named(ref)}, {named(column)}: {refusal}")
    empty = [ref for ref, cells in found.changes.items() if not cells]
    for ref in empty:
        del found.changes[ref]
    return found


def is_sound(state: object, rows: int, columns: Sequence[str]) -> bool:
    """Whether an editor of fixed rows can be drawn with this state: only cells of its own, no row added or taken away.

    Drawing it with anything else fails inside the editor, so such a state is let go of first.
    """
    sent = _mapping(state)
    if sent.get("added_rows") or sent.get("deleted_rows"):
        return False
    edits = sent.get("edited_rows")
    if edits is not None and not isinstance(edits, Mapping):
        return False
    return all(
        _whole(position) is not None
        and 0 <= int(position) < rows
        and isinstance(cells, Mapping)
        and all(column in columns for column in cells)
        for position, cells in _mapping(edits).items()
    )


def text(value: object, most: int = MOST_CHARACTERS) -> str:
    """Words as they are kept; empty for none."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueRefused(f"found {_found(value)}, wanted words.")
    words = clean(value)
    if len(words) > most:
        raise ValueRefused(f"found {len(words):,} characters, wanted {most:,} at most. Shorten it.")
    return words


def day(value: object) -> date | None:
    """A date from its ISO text."""
    if value in _EMPTY:
        return None
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueRefused(f"found {_found(value)}, wanted a date of the calendar.")


def one_of(options: Mapping[str, T]) -> Callable[[object], T | None]:
    """Reads one of the words that were offered; each stands for a value."""

    def read(value: object) -> T | None:
        if value in _EMPTY:
            return None
        if isinstance(value, str) and value in options:
            return options[value]
        raise ValueRefused(f"found {_found(value)}, wanted one of: {', '.join(options)}.")

    return read


def number(low: float | None = None, high: float | None = None) -> Callable[[object], float | None]:
    """Reads a finite number within bounds, both of them included."""

    def read(value: object) -> float | None:
        if value in _EMPTY:
            return None
        wanted = (
            "a number" + (f" from {low:g}" if low is not None else "") + (f" to {high:g}" if high is not None else "")
        )
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueRefused(f"found {_found(value)}, wanted {wanted}.")
        given = float(value) if abs(value) < 1e300 else float("inf")
        if not (float("-inf") if low is None else low) <= given <= (1e300 if high is None else high):
            raise ValueRefused(f"found {_found(value)}, wanted {wanted}.")
        return given

    return read


def _mapping(sent: object) -> Mapping[Any, Any]:
    return sent if isinstance(sent, Mapping) else {}


def _row(snapshot: Sequence[str], position: object) -> str | None:
    number_of = _whole(position)
    return snapshot[number_of] if number_of is not None and 0 <= number_of < len(snapshot) else None


def _whole(position: object) -> int | None:
    """A row's position, which JSON may have turned into text; None when it is none."""
    if isinstance(position, int) and not isinstance(position, bool):
        return position
    if isinstance(position, str) and position.isascii() and position.isdigit() and len(position) < 10:
        return int(position)
    return None


def _found(value: object) -> str:
    if isinstance(value, str):
        words = clean(value)
        return f'"{words[:40]}…"' if len(words) > 40 else f'"{words}"'
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:g}" if isinstance(value, float) or abs(value) < 10**15 else "a very large number"
    return "something else"
