"""Us or the others: how far a KPI and the figures beside it moved between the same two periods. Judges nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from framework.kpis.explained import change_words, is_nought
from framework.kpis.kpi import Comparator, Kpi, NoteKind
from framework.kpis.words import MINUS, NBSP
from framework.periods import Period, day_words
from framework.picture.figures import figures
from framework.picture.lines import comparators_of, notes_at
from framework.picture.shape import Picture


@dataclass(frozen=True)
class MovedBeside:
    """What ours and theirs did from `since` to `until`, in the KPI's unit; a fall is negative."""

    name: str
    since: Period
    until: Period
    ours: float
    theirs: float
    source: str
    dated_on: date  # when their newer figure was published


def moved_beside(picture: Picture, kpi: Kpi, place: str) -> list[MovedBeside]:
    """One for each comparator with two periods in common with ours, by name.

    From a year before the newest common period; where that is not in common, from the earliest one that is. Nothing
    is compared across another definition, nor with a trust's figure that holds too few of its schools.
    """
    own = _own(picture, kpi, place)
    found = []
    for name, theirs in comparators_of(picture, kpi).items():
        if (moved := _moved(name, own, theirs)) is not None:
            found.append(moved)
    return found


def _own(picture: Picture, kpi: Kpi, place: str) -> dict[Period, float]:
    """Our numbers since the newest change of definition."""
    least = picture.settings.least_coverage - 1e-9
    known = [
        f for f in figures(picture, kpi, place) if f.missing is None and (f.rolled is None or f.rolled.covered >= least)
    ]
    begun = [n.period.ordinal for n in notes_at(picture, kpi, place) if n.kind is NoteKind.NEW_DEFINITION]
    newest = known[-1].period.ordinal if known else 0
    start = max((b for b in begun if b <= newest), default=0)
    numbers = ((f.period, f.value.number) for f in known if f.value is not None and f.period.ordinal >= start)
    return {period: number for period, number in numbers if number is not None}


def _moved(name: str, own: dict[Period, float], theirs: Sequence[Comparator]) -> MovedBeside | None:
    by_period = {c.period: c for c in theirs}
    common = sorted(own.keys() & by_period.keys(), key=lambda p: p.ordinal)
    if len(common) < 2:
        return None
    until = common[-1]
    before = until.a_year_before()
    since = before if before in common else common[0]
    newest = by_period[until]
    return MovedBeside(
        name,
        since,
        until,
        own[until] - own[since],
        newest.number - by_period[since].number,
        newest.source,
        newest.dated_on,
    )


def moved_words(kpi: Kpi, others: Sequence[MovedBeside], newest: Period | None) -> list[str]:
    """`Since Autumn 1, 2025/26 ours moved -1.2 points, England's -0.9.` One sentence for those of the same periods.

    newest  of our values; where theirs end before it, both ends of the comparison are said
    """
    by_periods: dict[tuple[Period, Period], list[MovedBeside]] = {}
    for moved in others:
        by_periods.setdefault((moved.since, moved.until), []).append(moved)
    said = []
    for (since, until), some in by_periods.items():
        when = f"Since {since.words}" if until == newest else f"From {since.words} to {until.words}"
        theirs = ", ".join(f"{_whose(m.name)} {signed(kpi, m.theirs).split(NBSP)[0]}" for m in some)
        said.append(f"{when} ours moved {signed(kpi, some[0].ours)}, {theirs}.")
    return said


def _whose(name: str) -> str:
    """`England's`, `the city's`, `schools like ours'` inside a sentence."""
    inside = name[:1].lower() + name[1:] if name.startswith(("The ", "Schools ", "Like ")) else name
    return f"{inside}\N{RIGHT SINGLE QUOTATION MARK}" + ("" if inside.endswith("s") else "s")


def source_words(moved: MovedBeside) -> str:
    """Where their figures are from and when they were published."""
    return f"{moved.name}: {moved.source}, {day_words(moved.dated_on, weekday=False)}"


def us_or(others: Sequence[MovedBeside]) -> str:
    """The question that these answer: `Us or England?`."""
    names = list(dict.fromkeys(moved.name for moved in others))
    return f"Us or {names[0] if len(names) == 1 else 'the others'}?"


def signed(kpi: Kpi, number: float) -> str:
    """A difference with its sign and unit: `+0.4 points`; nought has no sign."""
    words = change_words(kpi, number)
    return words.lstrip(MINUS) if is_nought(words) else f"+{words}" if number > 0 else words
