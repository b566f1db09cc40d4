"""Which facts of a row read otherwise in the later of two pictures, and what each says in words.

Of a KPI the facts that say what its figures mean, or by which they are judged, are its definition; the others are not.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from framework.civic import Edition
from framework.kpis.kpi import Kpi
from framework.kpis.words import MINUS, plain_number, with_unit
from framework.periods import Period, day_words
from framework.picture.shape import Picture
from framework.plans import Action
from framework.settings import Settings
from framework.subjects import ACTIONS, EDITIONS, KPIS, Field, Kind, Subject

DEFINITION = (
    "title", "definition", "measure", "unit", "per", "direction", "level", "baseline", "baseline_period",
    "baseline_numerator", "baseline_denominator", "floor", "path_shape", "frequency", "lag_days", "reported_by",
    "aggregation", "time_nature", "counted", "source",
)  # fmt: skip
# What a reader of an action should know: whose it is, what it is for and who may see it.
TASK = (
    "title", "owner", "organisation", "objective", "kpis", "expected_change", "expected_by", "success", "places",
    "starts_on", "first_due_on", "visibility", "likelihood", "impact", "response",
)  # fmt: skip
# Told in places of their own, or not of the plan: a version's rows are compared, and invented ones are not marked here.
_ELSEWHERE = {"edition", "fictional", "status", "due_on", "confidence", "confidence_on"}
OTHER_OF_ACTION = tuple(name for name in ACTIONS.names if name not in {*TASK, *_ELSEWHERE})
OTHER_OF_KPI = tuple(name for name in KPIS.names if name not in {*DEFINITION, *_ELSEWHERE})
OF_VERSION = tuple(name for name in EDITIONS.names if name not in _ELSEWHERE)

_LABELS = {
    "baseline_numerator": "numerator of the baseline",
    "baseline_denominator": "denominator of the baseline",
    "floor": "smallest difference that means anything",
    "path_shape": "path between targets",
    "lag_days": "days until a figure is due",
    "aggregation": "how schools make up the trust",
    "kpis": "what it should move",
    "expected_change": "by how much it should move it",
    "expected_by": "by when it should move it",
    "organisation": "who leads it",
    "set_by": "who asked for it",
    "comparator": "who publishes a figure beside it",
}
_NONE = {"places": "The whole trust", "organisation": "The trust", "reported_by": "The trust"}
# Of the settings those by which figures and actions are judged.
RULES = (
    "alpha", "least_coverage", "lag_days", "quiet_after", "rule_set", "rare_below", "small_below",
    "least_denominator", "steady_within", "strong_season",
)  # fmt: skip


@dataclass(frozen=True)
class Edited:
    """One fact of a row that reads otherwise now."""

    before: Action | Kpi | Edition
    after: Action | Kpi | Edition
    field: Field

    @property
    def heading(self) -> str:
        return _LABELS.get(self.field.name, self.field.heading)


@dataclass(frozen=True)
class Ruled:
    """A setting by which is judged, and that is another now."""

    name: str
    before: Any
    after: Any


def edited(
    subject: Subject, pairs: Iterable[tuple[Any, Any]], names: Collection[str], besides: Collection[str] = ()
) -> Iterator[Edited]:
    """The facts of these names that differ, row by row. `besides`: names that are told elsewhere this time."""
    for was, now in pairs:
        if was != now:
            for name in names:
                if name not in besides and getattr(was, name) != getattr(now, name):
                    yield Edited(was, now, subject.field(name))


def ruled(before: Settings, after: Settings) -> list[Ruled]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in RULES)
    return [Ruled(name, was, now) for name, was, now in pairs if was != now]


def fact_words(picture: Picture, row: Action | Kpi | Edition, field: Field) -> str:
    """What a row says there, as a reader would say it: names of people and parts, numbers with their unit."""
    value = getattr(row, field.name)
    if value is None or value == ():
        return _NONE.get(field.name, "Not said")
    if field.kind is Kind.ONE:
        return picture.name(field.of, value) or "Not known here"
    if field.kind is Kind.MANY:
        return "; ".join(sorted(picture.name(field.of, ref) or "Not known here" for ref in value))
    if field.kind in (Kind.NUMBER, Kind.WHOLE):
        return _number(picture, row, field.name, value)
    return _plain(value)


def _plain(value: Any) -> str:
    """A fact that needs nothing around it: a flag, a day, a period, a word that was chosen, words."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return day_words(value, weekday=False)
    if isinstance(value, Period):
        return value.words
    words = str(value)
    return words[:1].upper() + words[1:]


def _number(picture: Picture, row: Action | Kpi | Edition, name: str, value: float) -> str:
    if isinstance(row, Kpi) and name in ("baseline", "floor"):
        return with_unit(row, value, 2)
    if name == "cost":
        return f"£{plain_number(value)}"
    if name == "expected_change" and isinstance(row, Action):
        kpi = picture.rows.get("kpi", {}).get(row.kpis[0]) if row.kpis else None
        said = plain_number(value, 2) if kpi is None else with_unit(kpi, value, 2)
        return said if said.startswith(MINUS) else f"+{said}"
    return plain_number(value, 2)
