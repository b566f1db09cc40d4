"""What is typed on the page behind a personal link: the names of its fields, and a posted form read back into words.

Everything stays text. Whether a number is a number, a date a date, and a row one of the link's is the deed's to say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framework.text import clean

# What can be chosen for an action: as it is posted, and as it is read.
CHOICES = (
    ("on track", "On track"),
    ("stuck", "Stuck"),
    ("done", "Done"),
    ("nothing new", "Nothing new"),
    ("not ours", "Not ours"),
)
ONCE = "once"

Posted = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class SentAction:
    """What was said of one action, as typed; "" where nothing was."""

    choice: str = ""  # one of CHOICES as posted, unless the form was forged
    words: str = ""
    help_wanted: str = ""
    outcome: str = ""  # what changed
    evidence: str = ""  # where it can be seen
    next_step: str = ""
    new_due: str = ""  # 2026-11-25 from a date field, anything from an old browser
    moved_for: str = ""
    ticked: tuple[str, ...] = ()  # refs of milestones


@dataclass(frozen=True)
class SentFigure:
    """What was sent for one value, as typed. A share comes as its two counts, anything else as a number."""

    number: str = ""
    numerator: str = ""
    denominator: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sent:
    """A posted form. Rows about which nothing was said are left out."""

    once: str = ""  # the same for every repeat of one Save
    actions: Mapping[str, SentAction] = field(default_factory=dict)  # by ref
    figures: Mapping[str, SentFigure] = field(default_factory=dict)  # by key


# The last part of a field's name, and the fact it holds. The two sets share no name, so a name tells its kind.
OF_ACTIONS = {
    "say": "choice",
    "words": "words",
    "help": "help_wanted",
    "changed": "outcome",
    "seen": "evidence",
    "next": "next_step",
    "due": "new_due",
    "why": "moved_for",
    "tick": "ticked",
}
OF_FIGURES = {"number": "number", "count": "numerator", "of": "denominator", "note": "note"}


def field_name(row: str, part: str) -> str:
    """The name of a field of the form. `row`: an action's ref or a figure's key."""
    return f"{row}.{part}"


def read_form(fields: Posted) -> Sent:
    """The form as it was posted, text cleaned; fields it does not have are passed over."""
    actions: dict[str, dict[str, Any]] = {}
    figures: dict[str, dict[str, Any]] = {}
    for name, posted in fields.items():
        row, _, part = name.rpartition(".")
        given = tuple(text for text in map(clean, [posted] if isinstance(posted, str) else posted) if text)
        if not row or not given:
            continue
        if part == "tick":
            actions.setdefault(row, {})["ticked"] = tuple(dict.fromkeys(given))
        elif part in OF_ACTIONS:
            actions.setdefault(row, {})[OF_ACTIONS[part]] = given[0]
        elif part in OF_FIGURES:
            figures.setdefault(row, {})[OF_FIGURES[part]] = given[0]
    once = fields.get(ONCE, "")
    return Sent(
        once=clean(once if isinstance(once, str) else next(iter(once), "")),
        actions={row: SentAction(**said) for row, said in actions.items()},
        figures={row: SentFigure(**said) for row, said in figures.items()},
    )
