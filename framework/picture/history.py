"""How a history says what somebody did: deeds, numbers of rows and settings in words, and where a row says why."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from framework.periods import day_words
from framework.settings import FROZEN, LAYOUT, Settings
from framework.subjects import ACTIONS, BY_TABLE, TARGETS, UPDATES, VALUES

# The field in which a row of a subject says why it says something else than before.
WHY = {
    ACTIONS.table: "confidence_reason",
    TARGETS.table: "reason",
    UPDATES.table: "moved_because",
    VALUES.table: "note",
}
_PLURALS = {"person": "people", "query": "queries"}
SETTING_WORDS = {
    "quiet_after": "school days without a word until an action has gone quiet",
    "lag_days": "days after a period until its values are due",
    "alpha": "share of the planned change that counts as slightly behind",
    "least_coverage": "share of a whole below which it is not judged",
    "rule_set": "rules that tell change from chance",
    "rare_below": "mean count below which no limits are drawn",
    "small_below": "mean count below which limits come with a caution",
    "least_denominator": "number below which each period has limits of its own",
    "steady_within": "share within which numbers of pupils count as one size",
    "strong_season": "share of the ups and downs from which a season is said",
    "monday_digest": "Monday digest",
    "sample_day": "the sample's today",
    "word_for_board": "word for the board",
}
# Verbs that are not told by adding -ed.
_PAST = {
    "begin": "began",
    "cancel": "cancelled",
    "bring": "brought",
    "freeze": "froze",
    "give": "gave",
    "keep": "kept",
    "pin": "pinned",
    "put": "put",
    "say": "said",
    "send": "sent",
    "set": "set",
    "shut": "shut",
    "stop": "stopped",
    "tag": "tagged",
    "take": "took",
    "undo": "undid",
    "unpin": "unpinned",
    "withdraw": "withdrew",
    "write": "wrote",
}


def did(deed: str) -> str:
    """A deed as what somebody did: `Moved target`, `Took away milestone`."""
    verb, _, rest = deed.partition(" ")
    return f"{_past(verb).capitalize()} {rest}".strip()


def _past(verb: str) -> str:
    if verb in _PAST:
        return _PAST[verb]
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return f"{verb[:-1]}ied"
    return f"{verb}d" if verb.endswith("e") else f"{verb}ed"


def how_many(table: str, n: int) -> str:
    """`1 target`, `60 parts of the framework`."""
    one = BY_TABLE[table].one.partition(" ")[2]
    head, of, rest = one.partition(" of ")
    return f"{n:,} {one if n == 1 else _PLURALS.get(head, f'{head}s') + of + rest}"


def setting_words(name: str, value: Any) -> str:
    """What a setting is: a choice of the trust, a layout that is remembered, or a copy that was frozen."""
    if name.startswith(LAYOUT):
        return f"remembered layout {value.get('name') or name.removeprefix(LAYOUT)}" if value else "remembered layout"
    if name.startswith(FROZEN):
        return f"frozen copy for {value['title']}, {day_words(date.fromisoformat(value['met_on']))}"
    return SETTING_WORDS.get(name, name)


def setting_value(name: str, value: Any) -> str:
    """A setting's value as people read it. None is what holds while nobody chose."""
    if isinstance(value, Mapping):
        return f"SHA-256 {value['sha256']}" if name.startswith(FROZEN) else "kept"
    if value is None:
        usual = getattr(Settings(), name, None)
        return "nothing" if usual is None else f"{setting_value(name, usual)} (the default)"
    if name == "sample_day":
        return day_words(date.fromisoformat(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
