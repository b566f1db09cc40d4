"""Which field each column is: exact words first, then a look at what the column holds. Near words only propose."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from framework.workbook.cells import Cell
from framework.workbook.recognise.content import are_levels, fits
from framework.workbook.recognise.fields import BY_NAME, Kind
from framework.workbook.recognise.known import named, naming_rank
from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.near import nearest
from framework.workbook.recognise.shape import Column, How
from framework.workbook.recognise.spans import Span, span_in

_SAMPLE = 300  # values of a column that are looked at
_QUESTION = re.compile(r"q(?:[5-9]|\d\d)")
_RISK_WORDS = frozenset(("risk", "risks", "hazard", "threat"))


@dataclass
class Judged:
    """A column while its field is sought. `fields`: those its words name; `rank`: the lower, the surer the words."""

    index: int
    heading: str
    cells: Sequence[Cell]
    fields: tuple[str, ...] = ()
    rank: int = 999
    field: str | None = None
    how: How = How.NONE
    suggested: str | None = None
    span: Span | None = None
    plain: str = ""
    filled: int = 0


def match(heads: Mapping[int, tuple[str, ...]], sample: Callable[[int], Sequence[Cell]]) -> tuple[Column, ...]:
    """Each column with its field.

    heads   by column: its words in each header row, empty where it has none there
    sample  its first filled cells
    """
    judged = [_judge(index, words, sample(index)[:_SAMPLE]) for index, words in heads.items()]
    _set_periods(judged)
    for one in judged:
        _choose(one)
    _settle(judged)
    _name_risks(judged)
    _name_records(judged)
    taken = {one.field for one in judged if one.field}
    for one in judged:
        if one.field is None and one.suggested is None and one.span is None:
            one.suggested = "due" if _only_date(one, taken) else nearest(one.heading)
    return tuple(_column(one) for one in judged)


def _judge(index: int, words: tuple[str, ...], cells: Sequence[Cell]) -> Judged:
    """The heading is looked up as its lowest row says it, then with the rows above, then those alone."""
    own = words[-1]
    joined = " ".join(dict.fromkeys(filter(None, words)))
    one = Judged(index, joined, cells, plain=normal(own or joined), filled=len(cells))
    for text in dict.fromkeys(filter(None, (own, joined) if own else (joined, *reversed(words[:-1])))):
        found = named(text)
        if found is not None:
            one.fields, one.rank = found
            break
    one.span = _span(own, words[:-1])
    return one


def _span(own: str, above: tuple[str, ...]) -> Span | None:
    """The period of a column: its own heading's, made whole by those above it, or one of those above it."""
    over = [(word, span) for word in reversed(above) if word and (span := span_in(word))]
    mine = span_in(own) if own else None
    if mine is None:
        return next((Span(span.words, normal(own)) for _, span in over if not span.rest), None)
    year = next((span.words for _, span in over if span.words != mine.words), "")
    rest = mine.rest or next((r for w in reversed(above) if w and (r := _rest(w)) and _measures(r)), "")
    return Span(f"{mine.words} {year}".strip(), rest)


def _rest(above: str) -> str:
    """What a heading above periods says beside a period: `targets` of `Year 1 targets`."""
    span = span_in(above)
    return span.rest if span is not None else re.sub(r"\b(?:year|yr|phase) ?\d+\b", "", normal(above)).strip()


def _set_periods(judged: list[Judged]) -> None:
    """Columns of periods: two or more headings that name a time, with nothing else or with what is measured then."""
    block = [one for one in judged if one.span is not None and _measures(one.span.rest) is not None]
    if any(_QUESTION.fullmatch(one.plain) for one in judged):  # Q5 and on: they are questions, not quarters
        block = [one for one in block if not re.fullmatch(r"q\d", one.plain)]
    if len({(one.span.words.casefold(), one.span.rest) for one in block if one.span}) < 2:
        block = []
    for one in judged:
        if one not in block:
            one.span = None
    for one in block:
        assert one.span is not None
        what = _measures(one.span.rest) or ""
        one.field, one.how, one.fields = what or None, How.SYNONYM if what else How.NONE, ()
    said = [one.span for one in block]
    for one in block:
        if one.span is not None and said.count(one.span) > 1:
            one.span = Span(one.heading, one.span.rest)  # the same term under two headings: both are told whole


def _measures(rest: str) -> str | None:
    """What a period's column holds by the rest of its heading: a field, empty for anything, None for something else."""
    words = " ".join(
        w for w in rest.split() if w not in ("term", "year", "end", "of", "the", "half", "in", "for", "-", "ay")
    )
    if not words or words in ("%", "£", "no", "number", "data", "figures", "percentage", "n"):
        return "value"
    found = named(words)
    if found is None:
        return None
    name = found.fields[0]
    return (
        name if name in ("value", "target", "baseline", "rag", "status", "notes", "numerator", "denominator") else None
    )


def _choose(one: Judged) -> None:
    """Of the fields that a heading names, the first that the content bears out; the others are proposed at most."""
    if one.span is not None or not one.fields:
        return
    if one.plain == "priority" and (not one.cells or are_levels(one.cells)):
        return  # high, medium and low say how pressing it is, not what it is for
    for place, name in enumerate(one.fields):
        if fits(name, one.cells):
            one.field, one.how = name, How.SYNONYM if place == 0 else How.CONTENT
            return
    if BY_NAME[one.fields[0]].kind not in (Kind.TEXT, Kind.PERSON):
        one.suggested = one.fields[0]


def _settle(judged: list[Judged]) -> None:
    """One column a field: the surest heading keeps it, the others are asked about."""
    risky = any(_about_risk(one) for one in judged if one.field == "action")
    by_field: dict[str, list[Judged]] = {}
    for one in judged:
        if one.field is not None and one.span is None:
            by_field.setdefault(one.field, []).append(one)
    for name, rivals in by_field.items():
        if len(rivals) < 2:
            continue
        best = max(rivals, key=lambda one: _sureness(one, risky and name == "action"))
        for one in rivals:
            if one is not best:
                other = next((f for f in one.fields if f != name and f not in by_field and fits(f, one.cells)), None)
                one.field, one.how = other, How.CONTENT if other else How.NONE
                one.suggested = None if other else name


def _sureness(one: Judged, risky: bool) -> tuple[bool, bool, bool, int, int, int]:
    """The field's own name stands first, even over an empty column; then what is filled, then the surer word."""
    return risky and _about_risk(one), one.rank == 0, one.filled > 0, -min(one.rank, 200) // 5, one.filled, -one.index


def _name_risks(judged: list[Judged]) -> None:
    """In a register of risks the risk is what a row is about, and an action is what is done against it."""
    of = {one.field: one for one in judged if one.field and one.span is None}
    risks = "likelihood" in of or any("risk" in normal(one.heading).split() for one in judged if one.field)
    if not risks or not {"likelihood", "impact", "mitigation"} & set(of):
        return
    holder = of.get("action")
    titles = [one for one in judged if one.field is None and naming_rank(one.heading) is not None and one.filled]
    if holder is not None and not _about_risk(holder) and titles:
        holder.field, holder.how = None, How.NONE
        holder.suggested = "action"
    elif holder is None or not _about_risk(holder):
        return
    for one in judged:
        if one.field is None and one.suggested == "action" and not _about_risk(one):
            free = "mitigation" not in of
            one.field, one.how = ("mitigation", How.CONTENT) if free else (None, How.NONE)
            one.suggested = None if free else "mitigation"
            of["mitigation"] = one


def _about_risk(one: Judged) -> bool:
    return bool(_RISK_WORDS & set(normal(one.heading).split()))


def _name_records(judged: list[Judged]) -> None:
    """Where no column names the records, a title or a description does."""
    fields = {one.field for one in judged if one.span is None}
    if fields & {"action", "kpi", "milestone"}:
        return
    about_plans = fields & {"owner", "due", "status", "mitigation", "likelihood", "percent_done", "rag", "done_on"}
    if len(about_plans) < 2:
        return
    able = [one for one in judged if one.field is None and one.span is None and naming_rank(one.heading) is not None]
    able = [one for one in able if fits("action", one.cells)]
    if able:
        best = min(able, key=lambda one: (naming_rank(one.heading) or 0, one.index))
        best.field, best.how, best.suggested = "action", How.CONTENT, None


def _only_date(one: Judged, taken: Collection[str]) -> bool:
    """Whether a plan's one date says nothing more than that it is one."""
    return (
        one.plain in ("date", "dates") and "due" not in taken and not {"action", "milestone", "owner"}.isdisjoint(taken)
    )


def _column(one: Judged) -> Column:
    return Column(one.index, one.heading, one.field, one.how, one.suggested, one.span.words if one.span else None)
