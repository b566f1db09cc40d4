"""The fields that a stranger's column can be, which of them words name, and the headings that never match."""

import re
from dataclasses import dataclass
from enum import StrEnum

from framework.workbook.recognise.labels import normal, stem
from framework.workbook.recognise.vocabulary import EITHER, WORDS


class Kind(StrEnum):
    """What a column of the field holds; the first six are read by `readings`."""

    DATE = "date"
    NUMBER = "number"
    SHARE = "share"
    STATUS = "status"
    RAG = "rag"
    PERSON = "person"
    CODE = "code"
    NAME = "name"  # words that name the record
    TEXT = "text"


@dataclass(frozen=True)
class Wanted:
    """One field. `words` are its headings, the surest first; a heading listed with two fields is decided by content."""

    name: str
    kind: Kind
    words: tuple[str, ...]


_KINDS = {
    "code": Kind.CODE,
    "action": Kind.NAME,
    "objective": Kind.NAME,
    "owner": Kind.PERSON,
    "due": Kind.DATE,
    "start": Kind.DATE,
    "status": Kind.STATUS,
    "rag": Kind.RAG,
    "kpi": Kind.NAME,
    "baseline": Kind.NUMBER,
    "target": Kind.NUMBER,
    "value": Kind.NUMBER,
    "evidence": Kind.TEXT,
    "notes": Kind.TEXT,
    "organisations": Kind.TEXT,
    "cost": Kind.TEXT,
    "likelihood": Kind.TEXT,
    "mitigation": Kind.TEXT,
    "impact": Kind.TEXT,
    "school": Kind.NAME,
    "period": Kind.TEXT,
    "percent_done": Kind.SHARE,
    "milestone": Kind.NAME,
    "done_on": Kind.DATE,
    "success": Kind.TEXT,
    "unit": Kind.TEXT,
    "source": Kind.TEXT,
    "group": Kind.TEXT,
    "numerator": Kind.NUMBER,
    "denominator": Kind.NUMBER,
    "definition": Kind.TEXT,
    "frequency": Kind.TEXT,
}
FIELDS = tuple(Wanted(name, kind, tuple(WORDS[name].split("|"))) for name, kind in _KINDS.items())
BY_NAME = {wanted.name: wanted for wanted in FIELDS}


_TIME_WORDS = frozenset(("date", "dates", "when", "deadline", "by"))
_NEVER = re.compile(
    r"\b(?:phone|telephone|tel|mobile|fax|e ?mail|email|postcode|post code|postal code|zip|zip code|address|url|"
    r"website|latitude|longitude|easting|northing|password|d ?o ?b|date of birth)\b"
)
_DATE_FIELDS = frozenset(w.name for w in FIELDS if w.kind is Kind.DATE)


def _index() -> dict[str, tuple[tuple[int, str], ...]]:
    """From a heading's stem to the fields it names, each with its rank among that field's words."""
    found: dict[str, list[tuple[int, str]]] = {}
    for wanted in FIELDS:
        for rank, word in enumerate(wanted.words):
            names = found.setdefault(stem(normal(word)), [])
            if wanted.name not in (name for _, name in names):
                names.append((rank, wanted.name))
    for word, names_in_order in EITHER.items():
        key = stem(normal(word))
        ranks = {name: rank for rank, name in found.get(key, [])}
        found[key] = [(ranks.get(name, 50), name) for name in names_in_order]
    return {word: tuple(names) for word, names in found.items() if word}


BY_WORD = _index()


def never(normalised: str) -> bool:
    """Whether a heading is one that is never matched: a phone, an address, a number, a date, an error."""
    return not any(c.isalpha() for c in normalised.replace("%", "a").replace("#", "a")) or bool(
        _NEVER.search(normalised)
    )


def only_dates(normalised: str) -> bool:
    """Whether a heading can only be a date's, by its words."""
    return not _TIME_WORDS.isdisjoint(normalised.replace("to date", "").split())  # `progress to date` is no date


def is_date_field(name: str) -> bool:
    return name in _DATE_FIELDS
