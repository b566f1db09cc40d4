"""A trust's schools side by side: how they moved together, and each by its size. Never a league table."""

from dataclasses import dataclass

from framework.kpis.funnel import Funnel, funnel
from framework.kpis.kpi import Kpi, Measure, NoteKind, Value
from framework.kpis.rollup import Mix, Together, against, change_together, levels
from framework.kpis.words import plain_number
from framework.periods import Period
from framework.picture.beside import signed
from framework.picture.figures import figures, is_trust, parts
from framework.picture.lines import notes_at
from framework.picture.shape import Picture

LEAST_SCHOOLS = 3  # in a funnel: two schools are a comparison of two


@dataclass(frozen=True)
class MovedTogether:
    """The trust's change over the schools that sent a number in both periods, and how they moved one by one."""

    since: Period
    until: Period
    together: Together
    mix: Mix


def moved_together(picture: Picture, kpi: Kpi) -> MovedTogether | None:
    """From a year before the newest period (else from the one before it) to the newest; None where nothing compares.

    Nothing is compared across another definition, or for a trust's own figure.
    """
    if picture.trust is None:
        return None
    rolled = [f for f in figures(picture, kpi, picture.trust.ref) if f.rolled is not None and f.missing is None]
    if len(rolled) < 2:
        return None
    until, known = rolled[-1].period, {f.period for f in rolled}
    year_before = until.a_year_before()
    since = year_before if year_before in known else rolled[-2].period
    if _redefined(picture, kpi, since, until):
        return None
    together = changed_together(picture, kpi, since, until)
    return None if together is None else MovedTogether(since, until, together, against(together))


def changed_together(picture: Picture, kpi: Kpi, since: Period, until: Period, group: str = "") -> Together | None:
    """The trust's change from one period to another over the schools that sent both; None where none did."""
    before, after = (_sent(picture, kpi, period, group) for period in (since, until))
    return None if picture.trust is None else change_together(kpi, picture.trust.ref, before, after)


def _sent(picture: Picture, kpi: Kpi, period: Period, group: str) -> list[Value]:
    return [f.value for _, f in parts(picture, kpi, period, group) if f.value is not None and f.missing is None]


def _redefined(picture: Picture, kpi: Kpi, since: Period, until: Period) -> bool:
    assert picture.trust is not None
    notes = notes_at(picture, kpi, picture.trust.ref)
    begun = [n.period.ordinal for n in notes if n.kind is NoteKind.NEW_DEFINITION]
    return any(since.ordinal < b <= until.ordinal for b in begun)


def moved_words(kpi: Kpi, moved: MovedTogether) -> list[str]:
    """What is to be known of the schools' change: over the same schools where they were not all in both periods, and
    that most went the other way than the trust. Empty where the trust's own change says it all."""
    together, mix, said = moved.together, moved.mix, []
    n = len(together.places)
    if n < max(together.of_before, together.of_after):
        said.append(f"The same {n} schools together: {signed(kpi, together.change)} since {moved.since.words}.")
    if mix.opposite:
        way, other = ("rose", "fell") if mix.trust_change > 0 else ("fell", "rose")
        said.append(
            f"The trust {way} since {moved.since.words} while most schools {other} ({mix.rose} rose, {mix.fell} fell): "
            "larger schools weigh more."
        )
    return said


def funnel_of(picture: Picture, kpi: Kpi) -> tuple[Period, Funnel] | None:
    """The schools' shares of the trust's newest period, in the order of their size; None with fewer than three."""
    if kpi.measure is not Measure.PERCENTAGE or picture.trust is None:
        return None
    rolled = [f for f in figures(picture, kpi, picture.trust.ref) if f.rolled is not None and f.missing is None]
    if not rolled:
        return None
    period = rolled[-1].period
    units = [
        (place.name, float(f.value.numerator), float(f.value.denominator))
        for place, f in parts(picture, kpi, period)
        if f.missing is None
        and f.value is not None
        and f.value.numerator is not None
        and f.value.denominator
        and not is_trust(picture, place.ref)
    ]
    if len(units) < LEAST_SCHOOLS:
        return None
    return period, funnel(sorted(units, key=lambda unit: -unit[2]))


def level_words(picture: Picture, kpi: Kpi) -> str:
    """How many schools stand at each level of a score in its newest period, lowest first; empty for another measure."""
    if picture.trust is None or kpi.measure is not Measure.SCORE:
        return ""
    rolled = [f for f in figures(picture, kpi, picture.trust.ref) if f.rolled is not None and f.missing is None]
    if not rolled:
        return ""
    period = rolled[-1].period
    found = levels(_sent(picture, kpi, period, ""))
    said = ", ".join(f"{count} at {plain_number(level)}" for level, count in found.items())
    return f"Schools by level, {period.words}: {said}."
