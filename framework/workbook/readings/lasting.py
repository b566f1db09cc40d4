"""Times that are no date: going on, coming again, not settled yet. None of them is ever given a made-up day."""

import re
from dataclasses import replace

from framework.workbook.readings.setting import Setting, found, unknown
from framework.workbook.readings.shape import Certainty, Precision, Reading, When, WhenKind

_OPEN = (
    r"on ?-? ?going|continuous(?:ly)?|continual(?:ly)?|continuing|rolling(?: programme| basis)?|permanent|perpetual"
    r"|always|throughout(?: the year)?|all year(?: round)?|open[ -]?ended|no end(?: date)?|indefinite(?:ly)?"
    r"|at all times|business as usual|bau"
)
_UNITS = {
    "day": Precision.DAY,
    "dai": Precision.DAY,
    "week": Precision.WEEK,
    "fortnight": Precision.WEEK,
    "month": Precision.MONTH,
    "half": Precision.HALF_TERM,
    "term": Precision.TERM,
    "quarter": Precision.QUARTER,
    "year": Precision.ACADEMIC_YEAR,
    "annual": Precision.ACADEMIC_YEAR,
    "annum": Precision.ACADEMIC_YEAR,
    "mon": Precision.WEEK,  # every Monday
}
_UNIT = r"day|weekday|week|fortnight|month|half[ -]?term|term|quarter|year|annum"
_WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
_ADVERB = (
    r"(?:bi-?)?(?:weekly|monthly|annual(?:ly)?|yearly)|daily|fortnightly|half[ -]?termly|half[ -]?yearly|termly"
    r"|quarterly|(?:two|three|four|six|\d)[ -](?:week|month)ly"
)
_TIMES = r"(?:once|twice|(?:one|two|three|four|five|six|\d+)(?: times| x|x)?|at least once)"
_NUMBERS = r"(?:two|three|four|five|six|eight|ten|twelve|second|other|\d+(?:nd|rd|th)?)"
_EVERY = (
    rf"(?:on an? )?(?P<a>{_ADVERB})(?: basis)?"
    rf"|{_TIMES} (?:a|an|per|each|every) (?P<b>{_UNIT})"
    rf"|(?:each|every|per)(?: {_NUMBERS})? (?P<c>{_UNIT}|{_WEEKDAYS})s?"
    r"|(?:each|every) (?P<d>year|aut(?:umn)? ?\d?|spr(?:ing)? ?\d?|sum(?:mer)? ?\d?"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: term)?"
)
_KEPT_UP = r"(?:review(?:s|ed)?|meet(?:s|ings?)?|updates?|updated|reports?|reported|at least|minimum) ?"
_TBC = (
    r"t\.?b\.?[cda]\.?|to be (?:confirmed|decided|determined|agreed|arranged|advised|announced|scheduled|set)"
    r"|not (?:yet )?(?:agreed|set|known|confirmed|decided|scheduled)(?: yet)?|unknown|pending|\?+"
    r"|date (?:tbc|tbd|tba)|awaiting date"
)
_SOON = r"a\.?s\.?a\.?p\.?|as soon as (?:possible|practicable)|immediate(?:ly)?|urgent(?:ly)?|now|straight ?away"
_NOTHING = r"n/?a|n\.a\.?|not applicable|none|nil|no date"


def _open(words: re.Match[str], at: Setting) -> Reading:
    return found(WhenKind.OPEN_ENDED, None, None, Precision.NONE, "no end")


def _open_from(words: re.Match[str], at: Setting) -> Reading | None:
    inner = at.read(words["rest"])
    start = inner.value.start
    if start is None or inner.value.kind in (WhenKind.OPEN_ENDED, WhenKind.RECURRING):
        return None
    value = When(WhenKind.OPEN_ENDED, start, None, inner.value.precision)
    return replace(inner, value=value, rule=f"no end, {inner.rule}")


def _from_alone(words: re.Match[str], at: Setting) -> Reading | None:
    inner = _open_from(words, at)
    if inner is None or at.read(words["rest"]).value.kind is WhenKind.RANGE:
        return None  # `from Sept to July` has an end
    return inner.less_sure(Certainty.ASSUMED, "Only a start is named.")


def _open_until(words: re.Match[str], at: Setting) -> Reading | None:
    inner = at.read(words["rest"])
    if inner.value.end is None:
        return None
    value = When(WhenKind.RANGE, None, inner.value.end, inner.value.precision)
    return replace(inner, value=value, rule=f"until {inner.rule}")


def _open_with_words(words: re.Match[str], at: Setting) -> Reading:
    return _open(words, at).less_sure(Certainty.ASSUMED, f"'{words['rest']}' was left out.")


def _precision(unit: str) -> Precision:
    if unit.endswith(("days", "day")) and unit not in ("day", "weekday"):
        return Precision.WEEK
    if unit.startswith("weekday"):
        return Precision.DAY
    bare = re.sub(r"^(?:bi-?|(?:two|three|four|six|\d)[ -])", "", unit)
    if (bare == "annually" and unit.startswith("bi")) or (bare.startswith("half") and "year" in bare):
        return Precision.ACADEMIC_YEAR
    return next((p for start, p in _UNITS.items() if bare.startswith(start)), Precision.ACADEMIC_YEAR)


def _recurring(words: re.Match[str], at: Setting) -> Reading:
    unit = words["a"] or words["b"] or words["c"] or "year"
    return found(WhenKind.RECURRING, None, None, _precision(unit), "comes again")


def _recurring_from(words: re.Match[str], at: Setting) -> Reading | None:
    inner = at.read(words["rest"])
    if inner.value.start is None:
        return None
    again = _recurring(words, at)
    value = replace(again.value, start=inner.value.start)
    return replace(inner, value=value, rule=f"comes again, {inner.rule}")


def _recurring_with_words(words: re.Match[str], at: Setting) -> Reading:
    return _recurring(words, at).less_sure(Certainty.ASSUMED, f"'{words['rest']}' was left out.")


def _tbc(words: re.Match[str], at: Setting) -> Reading:
    return found(WhenKind.TBC, None, None, Precision.NONE, "not settled yet")


def _soon(words: re.Match[str], at: Setting) -> Reading:
    reading = found(WhenKind.TBC, None, None, Precision.NONE, "as soon as possible")
    return reading.less_sure(Certainty.WARN, "It names no date, so it can never be late.")


def _nothing(words: re.Match[str], at: Setting) -> Reading:
    return unknown("Is no date needed, or is it not known yet?", "not applicable")


RULES = (
    (_OPEN, _open),
    (rf"(?:{_OPEN})[ ,:(-]+(?:from|since|starting|beginning|w\.?e\.?f\.?) (?P<rest>[^)]+)\)?", _open_from),
    (rf"(?:{_OPEN})[ ,:(-]+(?:until|till|to|up to) (?P<rest>[^)]+)\)?", _open_until),
    (
        rf"(?:from )?(?P<rest>.+?)(?:,? (?:and )?onwards?|,? ?(?:and|then|-|to) ?(?:{_OPEN})|,? (?:{_OPEN})| ?-|\+)",
        _open_from,
    ),
    (r"(?:from|since|starting|starts|beginning|commencing|w\.?e\.?f\.?) (?P<rest>.+)", _from_alone),
    (rf"(?:{_KEPT_UP})*(?:{_EVERY})(?: (?:review|meeting|update|report|basis)s?)?", _recurring),
    (rf"(?:{_EVERY})[ ,:(-]+(?:from|starting|beginning) (?P<rest>[^)]+)\)?", _recurring_from),
    (rf"(?:{_EVERY})(?P<rest>[ ,;:(-].+)", _recurring_with_words),
    (r"(?:on[ -]?going|continuous|rolling)(?P<rest>[ ,;:(-].+)", _open_with_words),
    (_TBC, _tbc),
    (_SOON, _soon),
    (_NOTHING, _nothing),
)
