"""The reading of a KPI's series at a place, on the picture's day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from framework.kpis.kpi import Direction, Kpi, NoteKind
from framework.kpis.reading import Change, Point, Reading, Rules, read
from framework.kpis.standing import Standing
from framework.periods import Period
from framework.picture.figures import Figure, figures, is_trust
from framework.picture.judged import path_of, verdict
from framework.picture.lines import begins, notes_at
from framework.picture.schools import changed_together
from framework.picture.shape import Picture

_FURTHEST = 60  # periods ahead that a target is looked for


def reading(picture: Picture, kpi: Kpi, place: str, group: str = "", *, adjusted: bool = False) -> Reading:
    """What the values say over time; `adjusted`: less what each season usually brings. Worked out once a picture."""
    key = ("reading", kpi.ref, place, group, adjusted)
    if key not in picture.cache:
        picture.cache[key] = _reading(picture, kpi, place, group, adjusted)
    found: Reading = picture.cache[key]
    return found


def _reading(picture: Picture, kpi: Kpi, place: str, group: str, adjusted: bool) -> Reading:
    found = figures(picture, kpi, place, group)
    points = points_of(picture, kpi, place, found)
    way = None if group else path_of(picture, kpi, place)
    final = None if way is None or kpi.direction is Direction.BAND else way.final
    newest = next((p.period for p in reversed(points) if p.number is not None), None)
    ahead, period = (0, None) if final is None or newest is None else _ahead(picture, place, newest, final.on)
    said = read(
        kpi,
        points,
        target=None if final is None else final.low,
        ahead=ahead,
        adjusted=adjusted,
        stale=verdict(picture, kpi, place, group).standing is Standing.STALE,
        rules=rules_of(picture),
    )
    said = replace(said, forecast_for=period)
    if newest is None or any(f.period == newest and f.rolled is None for f in found):
        return said
    return replace(
        said,
        from_last=_same_schools(picture, kpi, group, said.from_last, newest),
        from_last_year=_same_schools(picture, kpi, group, said.from_last_year, newest),
    )


def _same_schools(picture: Picture, kpi: Kpi, group: str, change: Change | None, newest: Period) -> Change | None:
    """A rolled-up trust's change over the schools that sent both periods. Source: measurement 3.8."""
    together = None if change is None else changed_together(picture, kpi, change.since, newest, group)
    return None if change is None or together is None else Change(change.since, together.change)


def rules_of(picture: Picture) -> Rules:
    chosen = picture.settings
    return Rules(
        rule_set=chosen.rule_set,
        rare_below=chosen.rare_below,
        small_below=chosen.small_below,
        least_denominator=chosen.least_denominator,
        steady_within=chosen.steady_within,
        strong_season=chosen.strong_season,
    )


def points_of(picture: Picture, kpi: Kpi, place: str, found: Sequence[Figure]) -> list[Point]:
    """The figures as a series to read. A trust's figure that covers too little of it is as good as missing."""
    notes, group, series = notes_at(picture, kpi, place), 0, 0
    points: list[Point] = []
    for figure in found:
        begun = begins(notes, figure.period) if points else None
        group += begun is not None
        series += begun is NoteKind.NEW_DEFINITION
        value = None if figure.missing is not None or _partial(picture, figure) else figure.value
        counts = (None, None) if value is None else (value.numerator, value.denominator)
        points.append(Point(figure.period, None if value is None else value.number, *counts, group, series))
    return points


def _partial(picture: Picture, figure: Figure) -> bool:
    return figure.rolled is not None and figure.rolled.covered < picture.settings.least_coverage - 1e-9


def _ahead(picture: Picture, place: str, newest: Period, target_on: date) -> tuple[int, Period | None]:
    """How many periods after the newest value the target's is, and which; (0, None) when it is not ahead."""
    at = None if is_trust(picture, place) else place
    period = newest
    for n in range(1, _FURTHEST + 1):
        period = picture.calendar.following(period)
        ends_on = picture.calendar.ends_on(period, at)
        if ends_on is None or ends_on > target_on:
            return 0, None
        if ends_on == target_on:
            return n, period
    return 0, None
