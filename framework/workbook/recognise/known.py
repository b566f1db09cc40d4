"""Which fields a heading names by its words alone, exactly. Near words are only ever proposed."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from framework.workbook.recognise.fields import BY_WORD, is_date_field, never, only_dates
from framework.workbook.recognise.labels import normal, stem, with_brackets, without_footnote

# Headings that stand in cells as often: they prove no row of headings.
WEAK = frozenset((
    "closed", "complete", "completed", "done", "opened", "achieved", "end", "finish", "start", "from", "no", "key",
    "item", "index", "number", "formula", "complete by", "project", "programme", "support", "service", "team",
    "control", "response", "system", "contact", "manager", "director", "money", "finance", "budget", "leader",
    "officer", "schools", "school", "academy", "sex", "gender", "phase", "step", "base", "amount", "figure",
    "created",
))  # fmt: skip
# Words that name a record only where nothing surer does, in this order.
NAMING = (
    "title", "name", "subject", "description", "detail", "summary", "heading", "item description", "topic", "criteria",
    "criterion", "statement", "question", "service improvement", "item", "event", "point",
)  # fmt: skip
# Words before a heading that do not change what it is: `action owner`, `current RAG`. Never left with a naming field.
_BEFORE = frozenset((
    "action", "risk", "task", "project", "kpi", "indicator", "issue", "activity", "milestone", "item", "programme",
    "program", "objective", "measure", "current", "latest", "overall", "planned", "proposed", "agreed", "main",
    "key", "new", "initial", "original", "revised", "total", "school", "trust", "internal", "last", "recent",
    "estimated", "expected", "actual", "annual", "sip", "work", "service",
))  # fmt: skip
_AFTER = frozenset(("name", "detail", "details", "description"))
_PARTS = re.compile(r"\s*(?:/|&|\band\b|\bor\b|\+)\s*")
_EXPLAINED = re.compile(r"(.{2,40}?)\s*(?:\n|:\s| [-\u2013] |\? )\s*(.{3,})", re.DOTALL)
_DATED = re.compile(r"\b(?:dates?|deadline)\b", re.IGNORECASE)
_NAMING_FIELDS = frozenset(("action", "objective", "kpi", "milestone", "school", "period", "code", "group"))


class Named(NamedTuple):
    """The fields a heading may be, the first unless the content says otherwise; `rank`: the lower, the surer."""

    fields: tuple[str, ...]
    rank: int


@lru_cache(maxsize=16_384)
def named(heading: str) -> Named | None:
    """The fields that a heading names exactly, None when none. Case, brackets, plurals, numbering do not count."""
    spellings = tuple(dict.fromkeys(_spellings(heading)))
    if any(never(plain) for plain in spellings):
        return None
    for read in (_exact, _parts, _qualified):
        for plain in spellings:
            found = read(plain)
            if found is not None and _allowed(plain, found):
                return found
    return None


def proves(heading: str) -> str | None:
    """The field that a heading names when it can hardly be anything but a heading; None: it may be a cell's content."""
    found = named(heading)
    return None if found is None or normal(heading) in WEAK else found.fields[0]


@lru_cache(maxsize=4_096)
def naming_rank(heading: str) -> int | None:
    """The place of a heading among the words that name a record where nothing surer does; None: it is none."""
    plain = stem(normal(heading))
    words = plain.split()
    for rank, word in enumerate(NAMING):
        if plain == word or (len(words) == 2 and words[1] == word and words[0] in _BEFORE):
            return rank
    return None


def _spellings(heading: str) -> Iterator[str]:
    yield with_brackets(heading)
    yield normal(heading)
    bare = without_footnote(heading)
    if bare is not None:
        yield normal(bare)
    first, guidance = first_part(heading)
    if guidance and not _DATED.search(guidance):
        yield normal(first)


def first_part(heading: str) -> tuple[str, str]:
    """A heading and what explains it: `Success criteria` and `what will be different for pupils`; empty: nothing."""
    found = _EXPLAINED.match(heading.strip())
    return (found[1], found[2]) if found is not None else (heading, "")


def _exact(plain: str) -> Named | None:
    found = BY_WORD.get(stem(plain))
    return None if found is None else Named(tuple(name for _, name in found), min(rank for rank, _ in found))


def _parts(plain: str) -> Named | None:
    """Of `Owner / Lead` both parts name one field; of `Owner and date` they do not, so neither is meant alone."""
    parts = [part for part in _PARTS.split(plain) if part]
    if len(parts) < 2:
        return None
    found = [_exact(part) for part in parts]
    fields = {one.fields[0] for one in found if one is not None}
    if any(one is None for one in found):
        return None
    if len(fields) > 1:
        # `Objective / action`: the finer of two names for the record.
        finest = next((name for name in ("action", "milestone", "kpi", "objective") if name in fields), None)
        return Named((finest,), 40) if finest and fields <= {"action", "milestone", "kpi", "objective"} else None
    return Named((fields.pop(),), 30)


def _qualified(plain: str) -> Named | None:
    words = plain.split()
    if 1 < len(words) <= 4 and words[0] in _BEFORE:
        found = _exact(" ".join(words[1:]))
        if found is not None and found.fields[0] not in _NAMING_FIELDS:
            return Named(found.fields, found.rank + 20)
    if 1 < len(words) <= 3 and words[-1] in _AFTER:
        found = _exact(" ".join(words[:-1]))
        if found is not None and found.fields[0] in ("owner", "school", "likelihood", "impact", "action", "objective"):
            return Named(found.fields, found.rank + 25)
    return None


def _allowed(plain: str, found: Named) -> bool:
    """A heading that speaks of a date goes to a date's field; `by whom` and its like speak of people."""
    words = set(plain.replace("to date", "").split())
    if not only_dates(plain) or any(is_date_field(name) for name in found.fields):
        return True
    if words & {"date", "dates", "when", "deadline"}:
        return False
    return "by" in words and found.fields[0] in ("owner", "source", "organisations", "evidence", "mitigation")
