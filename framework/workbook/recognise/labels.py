"""A heading without what does not tell headings apart: capitals, brackets, stars, punctuation, numbering, footnotes."""

import re
import unicodedata
from functools import lru_cache

from framework.text import clean

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}|<[^<>]*>")
_PUNCTUATION = re.compile(r"[^\w%£#&/+]+|_+")
_NUMBERING = re.compile(r"^\(?(?:\d{1,2}|[a-z])[.)]\s+(?=\D)")
# A digit glued to a word of four letters or more is a footnote's mark, unless the word is one that people count.
_FOOTNOTE = re.compile(r"(?<=[^\W\d_]{4})[1-9](?:[ ,]?[1-9])?(?=\s|$)")
_COUNTED = re.compile(
    r"\b(?:column|field|action|milestone|term|year|quarter|week|objective|priorit(?:y|ies)|target|kpi|month|step|phase|stage|"
    r"option|level|tier|risk|task|outcome|output|goal|aim|strand|pillar|question|autumn|spring|summer|winter|school|"
    r"round|group|part|item|line|sheet|table|driver|period|sept|june|july|march|april|june|cohort|site|evidence|name|"
    r"owner|lead|partner|comment|note|review|update|visit|data|point|date|value|score|test|paper|class|room|address)s?\d+",
)
_SMALL_WORDS = frozenset(("a", "an", "the", "of", "for", "please", "your", "its", "their", "this", "our"))
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z])(?=ID\b)")  # `dueDate`, `RiskID`
_LONG = 200  # a longer text is no heading


@lru_cache(maxsize=16_384)
def normal(text: str) -> str:
    """What is left of a heading: `Action Required*\\n(what?)` → `action required`; empty when nothing is.

    What stands in brackets goes, unless nothing else is there: `(%)` → `%`.
    """
    flat = _flat(text)
    bare = _BRACKETED.sub(" ", flat)
    return _words(bare) or _words(flat)


@lru_cache(maxsize=16_384)
def with_brackets(text: str) -> str:
    """As `normal`, and what stands in brackets is kept: `Owner (lead)` → `owner lead`."""
    return _words(_flat(text))


def _flat(text: str) -> str:
    whole = unicodedata.normalize("NFKC", clean(text[:_LONG]).replace("_x000D_", " "))
    flat = _JOINED.sub(" ", whole).casefold()
    return " ".join(flat.replace("\u2019", "'").replace("'s ", "s ").split())


def _words(flat: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", _NUMBERING.sub("", flat.strip())).split()).strip("/& +")


@lru_cache(maxsize=16_384)
def stem(normalised: str) -> str:
    """What two spellings of one heading share: no small words, no plurals. `names of the leads` → `name lead`."""
    return " ".join(filter(None, (_singular(w) for w in re.split(r"[ ]+", normalised) if w not in _SMALL_WORDS)))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=16_384)
def without_footnote(text: str) -> str | None:
    """The heading without the footnote digits glued to its words: `Percentage1` → `Percentage`; None: it has none."""
    flat = unicodedata.normalize("NFKC", clean(text[:_LONG]))
    if not any(c.isdigit() for c in flat) or _COUNTED.search(flat.casefold()):
        return None
    bare = _FOOTNOTE.sub("", flat)
    return bare if bare != flat else None


def is_number(text: str) -> bool:
    """Whether a text is nothing but a number: `12`, `£1,250.00`, `75%`, `-3`."""
    return bool(text) and _NUMBER.fullmatch(text.strip()) is not None


_NUMBER = re.compile(r"[£$€]?\s*\(?[-+]?\s*[£$€]?\s*\d[\d, ]*(?:\.\d+)?(?:e[-+]?\d+)?\)?\s*[%kKmM]?")
