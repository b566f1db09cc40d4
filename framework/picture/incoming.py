"""The values that came in between two pictures: on time, late, corrected, or taken back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from framework.kpis.kpi import Kpi, Value
from framework.picture.arrivals import asked, recorded_on
from framework.picture.shape import Picture


@dataclass(frozen=True)
class Late:
    """A value that was first recorded after its last day on time."""

    value: Value
    due_on: date
    recorded_on: date

    @property
    def days(self) -> int:
        return (self.recorded_on - self.due_on).days


@dataclass(frozen=True)
class Corrected:
    """A value that was replaced by another after the earlier picture."""

    kpi: Kpi
    before: Value
    after: Value


@dataclass(frozen=True)
class TakenBack:
    """A value that the earlier picture knew and that stands no more."""

    kpi: Kpi
    value: Value


@dataclass
class Incoming:
    """What became of the values of some KPIs. Each slot stands in one of the four."""

    on_time: list[Value] = field(default_factory=list)  # and those that no version asks for by any day
    late: list[Late] = field(default_factory=list)
    corrected: list[Corrected] = field(default_factory=list)
    taken_back: list[TakenBack] = field(default_factory=list)


def incoming(before: Picture, after: Picture, kpis: Sequence[Kpi], school: str | None) -> Incoming:
    """Of each KPI what came in after the earlier picture; of one school where it is given."""
    found = Incoming()
    for kpi in kpis:
        if before.kpi_changes.get(kpi.ref) != after.kpi_changes.get(kpi.ref):
            _of_kpi(before, after, kpi, school, found)
    return found


def _of_kpi(before: Picture, after: Picture, kpi: Kpi, school: str | None, found: Incoming) -> None:
    known = {(v.place, v.period, v.group): v for v in before.series(kpi.ref) if school in (None, v.place)}
    there = {(v.place, v.period, v.group): v for v in after.series(kpi.ref) if school in (None, v.place)}
    dues = {period: asked(after, kpi, period) for period in {v.period for v in there.values()}}
    for slot, value in there.items():
        if slot in known:
            if value.version != known[slot].version:
                found.corrected.append(Corrected(kpi, known[slot], value))
            continue
        due, came = dues[value.period].get(value.place), recorded_on(value)
        if due is not None and came is not None and came > due:
            found.late.append(Late(value, due, came))
        else:
            found.on_time.append(value)
    found.taken_back += [TakenBack(kpi, known[slot]) for slot in known if slot not in there]
