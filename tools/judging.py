"""How long 1,000 KPI series of 40 points take to judge, beside reading them from the database.

The store is filled through the ledger like any other. Reading is one pass over every value in force; judging is what
the rules then make of it: the standing of the newest value, the chart over time and what is said of it.
"""

import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from framework.kpis.kpi import Direction, Frequency, Kpi, Level, Measure, Value
from framework.kpis.path import SetPoint, path
from framework.kpis.reading import Point, read
from framework.kpis.saying import change_sentence
from framework.kpis.standing import Timing, standing
from framework.periods import Period, PeriodKind
from framework.store import Store
from framework.store.coding import new_ref
from framework.store.ledger import entry
from framework.store.pictures import all_values
from framework.subjects import EDITIONS, KPIS, PLACES, VALUES, data_of

SERIES, POINTS = 1_000, 40
NOW = datetime(2026, 11, 13, 16, tzinfo=UTC)
ENDS = date(2026, 10, 23)
WAY = path(80.0, date(2020, 10, 23), [SetPoint(date(2027, 7, 21), 90.0, 90.0)])


def filled(folder: Path) -> Store:
    """A store with the series: percentages of about two hundred, half-term by half-term."""
    store, chance = Store.open(folder / "judging.db"), Random(40)
    edition = {f.name: f.default for f in EDITIONS.fields}
    edition |= {"code": "B", "title": "Bench", "starts_on": date(2020, 9, 1), "ends_on": ENDS, "state": "current"}
    place = {f.name: f.default for f in PLACES.fields} | {"name": "The trust", "kind": "trust"}
    plain = {f.name: f.default for f in VALUES.fields}
    first = Period(PeriodKind.HALF_TERM, 2019, 1)
    with entry(store, by=None, now=NOW, deed="fill") as e:
        e.put(EDITIONS, "e000000000", {**edition, "aim": "None"}, seen=0)
        e.put(PLACES, "p000000000", place, seen=0)
        for n in range(SERIES):
            kpi = _kpi(f"k{n:09d}", f"K-{n}")
            e.put(KPIS, kpi.ref, data_of(KPIS, kpi), seen=0)
            period = first
            for _ in range(POINTS):
                of, share = chance.randint(180, 220), chance.gauss(0.82, 0.03)
                count = round(of * min(max(share, 0.0), 1.0))
                value = {"kpi": kpi.ref, "place": "p000000000", "period": period, "number": 100 * count / of}
                e.put(VALUES, new_ref(), {**plain, **value, "numerator": count, "denominator": of}, seen=0)
                period = period.next()
    return store


def _kpi(ref: str, code: str) -> Kpi:
    return Kpi(
        ref,
        code,
        "e000000000",
        code,
        Measure.PERCENTAGE,
        Frequency.HALF_TERMLY,
        level=Level.OUTCOME,
        direction=Direction.HIGHER,
        baseline=80.0,
        floor=0.5,
    )


def judged(kpi: Kpi, values: list[Value]) -> str:
    newest = values[-1]
    reached = standing(kpi, newest, WAY, Timing(newest.period, ENDS, None, None), NOW.date())
    points = [Point(v.period, v.number, v.numerator, v.denominator) for v in values]
    return change_sentence(kpi, read(kpi, points, target=90.0, ahead=4), reached)


def measure(repeats: int) -> tuple[float, float]:
    """Seconds to read every series and to judge every series; the best of the repeats, which take turns."""
    with tempfile.TemporaryDirectory() as folder:
        store = filled(Path(folder))
        reading, judging = [], []
        for _ in range(repeats):
            start = time.perf_counter()
            by_kpi: dict[str, list[Value]] = defaultdict(list)
            with store.reading() as conn:
                for value in all_values(conn).values():
                    by_kpi[value.kpi].append(value)
            reading.append(time.perf_counter() - start)
            series = [(replace(_kpi(ref, ref)), sorted(v, key=lambda x: x.period.ordinal)) for ref, v in by_kpi.items()]
            start = time.perf_counter()
            for kpi, values in series:
                judged(kpi, values)
            judging.append(time.perf_counter() - start)
        store.close()
    return min(reading), min(judging)


def report(repeats: int = 3) -> str:
    reading, judging = measure(repeats)
    return (
        f"{SERIES:,} series of {POINTS} points: read in {reading:.2f} s, judged in {judging:.2f} s, "
        f"{judging / reading:.2f} times as long"
    )
