"""Words around a date that move it (`end of`, `by`, `w/c`) and two dates that make a span."""

import re
from calendar import month_name
from dataclasses import replace
from datetime import date, timedelta

from framework.periods import day_words
from framework.workbook.readings.days import day, month_of, month_span, year_of
from framework.workbook.readings.setting import ASSUMED_YEAR, Setting, found, no_such, span_of, unknown
from framework.workbook.readings.shape import Certainty, Precision, Reading, When, WhenKind, worst
from framework.workbook.readings.terms import BREAK

_SPANS = frozenset(
    {
        WhenKind.MONTH,
        WhenKind.RANGE,
        WhenKind.TERM,
        WhenKind.HALF_TERM,
        WhenKind.ACADEMIC_YEAR,
        WhenKind.QUARTER,
        WhenKind.WEEK,
    }
)
_DATED = _SPANS | {WhenKind.DATE}
_FINE = (Precision.DAY, Precision.WEEK, Precision.MONTH, Precision.HALF_TERM, Precision.TERM)
_PARTS = {"early": (1, 10), "mid": (11, 20), "middle": (11, 20), "late": (21, 31)}
_WEEK = timedelta(days=6)
_HOLIDAYS = 50  # days; more than lie between two terms
_JOINED = ("/", " & ", " and ", "+", ", ")  # what joins two, rather than leads from one to the other
_DIVIDERS = (" to ", " until ", " till ", " through ", " - ", "-", *_JOINED)


def _end(words: re.Match[str], at: Setting) -> Reading | None:
    return _edge(at.read(words["rest"]), last=True)


def _start(words: re.Match[str], at: Setting) -> Reading | None:
    return _edge(at.read(words["rest"]), last=False)


def _edge(whole: Reading, *, last: bool) -> Reading | None:
    """The last or the first day of something longer than a day."""
    when: When = whole.value
    if when.kind not in _SPANS:
        return whole if when.kind in (WhenKind.DATE, WhenKind.INVALID) else None
    edge = when.end if last else when.start
    rule = f"{'end' if last else 'start'} of {whole.rule}"
    return replace(whole, value=When(WhenKind.DATE, edge, edge, Precision.DAY), rule=rule)


def _part_of_month(words: re.Match[str], at: Setting) -> Reading | None:
    """`mid-March`: people mean about ten days, so a month is cut in three."""
    whole = at.read(words["rest"])
    span = span_of(whole)
    if whole.value.kind is not WhenKind.MONTH or span is None:
        return None
    first, last = _PARTS[words["part"]]
    start, end = span[0].replace(day=first), min(span[1], span[0] + timedelta(days=last - 1))
    part = replace(whole, value=When(WhenKind.RANGE, start, end, Precision.DAY), rule=f"{words['part']}, {whole.rule}")
    return part.less_sure(Certainty.ASSUMED, f"Read as {start.day} to {end.day} {month_name[start.month]}.")


def _same(words: re.Match[str], at: Setting) -> Reading | None:
    """`by`, `due`, `deadline:` and the like leave the date what it is."""
    inner = at.read(words["rest"])
    return inner if inner.value.kind is not WhenKind.UNKNOWN or inner.rule == "term without its name" else None


def _about(words: re.Match[str], at: Setting) -> Reading | None:
    inner = _same(words, at)
    return None if inner is None else inner.less_sure(Certainty.ASSUMED, "It says about.")


def _before(words: re.Match[str], at: Setting) -> Reading | None:
    inner = at.read(words["rest"])
    when: When = inner.value
    if when.kind not in _DATED or when.start is None:
        return None
    if inner.rule.startswith(BREAK):
        return inner
    eve = when.start - timedelta(days=1)
    turned = replace(inner, value=When(WhenKind.DATE, eve, eve, Precision.DAY), rule=f"before {inner.rule}")
    return turned.less_sure(Certainty.ASSUMED, "Read as the day before.")


def _remark(words: re.Match[str], at: Setting) -> Reading | None:
    """`July 2025 (provisional)`: what stands in brackets is left out, and said."""
    inner = _same(words, at)
    return None if inner is None else inner.less_sure(Certainty.ASSUMED, f"'{words['remark']}' was left out.")


def _said_done(words: re.Match[str], at: Setting) -> Reading | None:
    """`Completed July 2025` in a date column: a date, but hardly the one that was promised."""
    inner = at.read(words["rest"])
    if inner.value.kind not in _DATED:
        return None
    return inner.less_sure(Certainty.ASK, "It says when this was done: is that the date of this column?")


def _week_from(words: re.Match[str], at: Setting) -> Reading | None:
    inner = at.read(words["rest"])
    if inner.value.kind is not WhenKind.DATE or inner.value.start is None:
        return None
    start: date = inner.value.start
    week = replace(inner, value=When(WhenKind.WEEK, start, start + _WEEK, Precision.WEEK), rule=f"week, {inner.rule}")
    if start.weekday() != 0:
        return week.less_sure(Certainty.WARN, f"{day_words(start)} is no Monday.")
    return week


def _week_to(words: re.Match[str], at: Setting) -> Reading | None:
    inner = at.read(words["rest"])
    if inner.value.kind is not WhenKind.DATE or inner.value.end is None:
        return None
    end: date = inner.value.end
    return replace(inner, value=When(WhenKind.WEEK, end - _WEEK, end, Precision.WEEK), rule=f"week, {inner.rule}")


def _numbered_week(words: re.Match[str], at: Setting) -> Reading:
    return unknown("Which week is that? Write a date in it, such as w/c 9 Sept.", "numbered week")


def _two_months(words: re.Match[str], at: Setting) -> Reading | None:
    """`Jan/Feb 25`, `Nov-Jan 2025`: the year is the second month's, and no day could belong to both."""
    first, second = month_of(words["m"]), month_of(words["n"])
    if first is None or second is None or not (first[1] and second[1]) or first[0] == second[0]:
        return None
    year = year_of(words["y"])
    start = month_span(year - (first[0] > second[0]), first[0])[0]
    reading = found(WhenKind.RANGE, start, month_span(year, second[0])[1], Precision.MONTH, "months")
    between = (second[0] - first[0]) % 12
    if words["join"].strip() in ("/", "&", "and") and between > 1:
        return reading.less_sure(Certainty.ASK, "One of these months, or everything from the first to the second?")
    return reading


def _days_of_month(words: re.Match[str], at: Setting) -> Reading | None:
    """`12-14 March 2025`: the first is a day of the month that the second names."""
    last = at.read(words["rest"])
    if last.value.kind is not WhenKind.DATE or last.value.end is None:
        return None
    end: date = last.value.end
    first = day(end.year, end.month, int(words["d"]))
    if first >= end:
        return None
    reading = replace(last, value=When(WhenKind.RANGE, first, end, Precision.DAY), rule=f"days, {last.rule}")
    if words["join"].strip() in ("/", "&", "and", ",") and (end - first).days > 1:
        return unknown("Two days are named: which of them is meant?", "two days")
    return reading


def _two_of_kind(words: re.Match[str], at: Setting) -> Reading | None:
    """`Autumn 1/2`, `HT3-4`, `Autumn 1 & 2 2025/26`: the second leaves out what it shares with the first."""
    first, second = int(words["a"]), int(words["b"])
    if first >= second:
        return None
    return at.read(f"{words['name']}{first}{words['year'] or ''} to {words['name']}{second}{words['year'] or ''}")


def _range(words: re.Match[str], at: Setting) -> Reading | None:
    """Two dates with a divider. Where one side names no year, it is read from the other."""
    if at.inside_range:
        return None
    for divider in _DIVIDERS:
        for place in re.finditer(re.escape(divider), words["all"]):
            left, right = words["all"][: place.start()].strip(), words["all"][place.end() :].strip()
            if left and right and (read := _between(left, right, at)) is not None:
                return _joined(read) if divider in _JOINED and not words["between"] else read[0]
    return None


def _between(left: str, right: str, at: Setting) -> tuple[Reading, Reading, Reading] | None:
    """The span, and its two sides; None unless both are dates."""
    first, second = at.read_side(left), at.read_side(right)
    told = ASSUMED_YEAR in first.rule and ASSUMED_YEAR not in second.rule  # by the other side
    if ASSUMED_YEAR in second.rule and first.value.start is not None:
        second = at.read_side(right, after=first.value.start)
    elif told and second.value.end is not None:
        first = at.read_side(left, before=second.value.end)
    start, end = span_of(first), span_of(second)
    if first.value.kind not in _DATED or second.value.kind not in _DATED or start is None or end is None:
        return None
    if start[0] > end[1]:
        return no_such("The end lies before the start."), first, second
    precision = second.value.precision if second.value.precision in _FINE else first.value.precision
    guessed = [ASSUMED_YEAR in side.rule for side in (first, second)]
    # Of two sides one of which names the year, that one says how sure it is.
    sides = [side for side, guess in zip((first, second), guessed, strict=True) if all(guessed) or not guess]
    rule = f"range, {ASSUMED_YEAR}" if all(guessed) else "range"
    says = " ".join(dict.fromkeys(side.says for side in sides if side.says))
    if all(guessed) and worst(first.certainty, second.certainty) is Certainty.ASSUMED:
        says = f"No year is named; we took {day_words(start[0], weekday=False)} to {day_words(end[1], weekday=False)}."
    certainty = worst(*(side.certainty for side in sides))
    return found(WhenKind.RANGE, start[0], end[1], precision, rule, certainty, says), first, second


def _joined(read: tuple[Reading, Reading, Reading]) -> Reading:
    """`Spring/Summer 2025` is a span only where the second follows the first at once; else it is one of the two."""
    whole, first, second = read
    if whole.value.kind is WhenKind.INVALID:
        return unknown("Two dates are named: which of them is meant?", "two dates")
    gap = (second.value.start - first.value.end).days
    limit = _HOLIDAYS if first.value.precision in (Precision.TERM, Precision.HALF_TERM) else 1
    if 0 < gap <= limit:
        return whole
    return unknown("Two dates are named: which of them is meant?", "two dates")


_LABEL = r"(?:due|deadline|target|review|revised|new|completion|end|start|date|to be completed|to complete|complete)"
_KEEPS = (
    r"by|until|till|up to|no later than|not later than|on|in|during|for|throughout|across|over|within|at|to|the"
    rf"|(?:{_LABEL} )?(?:date|deadline|due|review|target|completion)(?: date)?|(?:{_LABEL} )+by"
)
_ABOUT = r"circa|c\.|ca\.?|about|around|approx\.?|approximately|roughly|probably|provisionally|likely|~"
_DONE = r"completed?|done|achieved|finished|closed|actioned|delivered|met"
RULES = (
    (r"(?:the )?(?:end|close)[ -](?:of )?(?:the )?(?P<rest>.+)", _end),
    (r"(?:the )?(?:start|beginning)[ -](?:of )?(?:the )?(?P<rest>.+)", _start),
    (r"(?:in )?(?:the )?(?P<part>early|mid|middle|late)[ -](?:of )?(?P<rest>.+)", _part_of_month),
    (r"before (?:the )?(?:end of )?(?P<rest>.+)", _before),
    (r"(?:week[ -](?:commencing|beginning|starting|of)|wk? ?[/.]? ?[cbs]\.?)[ :]*(?P<rest>.+)", _week_from),
    (r"(?:week[ -](?:ending|end)|w ?[/.]? ?e\.?|wk ?[/.]? ?e)[ :]*(?P<rest>.+)", _week_to),
    (r"(?:week|wk) ?\d{1,2}", _numbered_week),
    (r"(?P<m>[a-z]{3,9})\.?(?P<join> ?(?:/|-|&|to|and) ?)(?P<n>[a-z]{3,9})\.?[ ,/-]*(?P<y>\d{4}|'?\d{2})", _two_months),
    (r"(?:from |between )?(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)?(?P<join> ?(?:-|/|&|,|\bto\b|\band\b) ?)"
     r"(?P<rest>\d{1,2}(?:st|nd|rd|th)?(?: of)?[ -]?[a-z]{3}.*)", _days_of_month),
    (r"(?P<name>(?:(?:aut|spr|sum)[a-z]*|ht|half[ -]?term|terms?|t)(?: term| ht)? ?)(?P<a>\d)"
     r" ?(?:-|/|&|to|and) ?(?P<b>\d)(?P<year>,? .+)?", _two_of_kind),
    (rf"(?:{_KEEPS})[ :-]+(?P<rest>.+)", _same),
    (rf"(?:{_ABOUT}) ?(?P<rest>.+)", _about),
    (r"(?P<rest>.+?),? (?:at the latest|latest|at latest|deadline|tbc)", _same),
    (r"(?P<rest>[^(\[]+?) ?[(\[](?P<remark>[^)\]]*)[)\]]", _remark),
    (r"(?:from |(?P<between>between ))?(?P<all>.{3,60})", _range),
    (rf"(?:{_DONE})[ :,-]+(?:on |in |by )?(?P<rest>.+)", _said_done),
)  # fmt: skip
