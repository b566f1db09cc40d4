"""How long 100,000 values take to load, beside pandas' default reader merely reading the same file.

The file is our own workbook: 42 monthly KPIs of 20 schools over ten years, each value with its counts. Loading is
all of it: the child process with both passes over the cells, the check, the comparison and the one transaction.
Each side runs in a process of its own, alone, after its imports; they take turns. Memory is the most each process
held, the child of ours beside it.
"""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

ROWS = 100_000
SCHOOLS, YEARS = 20, range(2016, 2026)
KPIS_MADE = -(-ROWS // (SCHOOLS * len(YEARS) * 12))
NOW = datetime(2026, 11, 13, 16, tzinfo=UTC)
FILE, DATABASE = "values.xlsx", "loading.db"


def fill(folder: Path) -> None:
    """The database that the values are loaded into, and the file."""
    from framework.civic import EditionState
    from framework.kpis.kpi import Direction, Frequency, Measure
    from framework.people import Role
    from framework.places import PlaceKind
    from framework.store import Store
    from framework.store.ledger import entry
    from framework.subjects import EDITIONS, KPIS, PEOPLE, PLACES, Subject
    from framework.workbook.write import from_rows

    def row(subject: Subject, **given: Any) -> dict[str, Any]:
        return {**{f.name: f.default for f in subject.fields}, **given}

    store = Store.open(folder / DATABASE)
    span = {"starts_on": date(2016, 9, 1), "ends_on": date(2027, 8, 31), "state": EditionState.CURRENT}
    made = {"measure": Measure.PERCENTAGE, "frequency": Frequency.MONTHLY, "direction": Direction.HIGHER}
    with entry(store, by=None, now=NOW, deed="fill") as e:
        e.put(EDITIONS, "e000000000", row(EDITIONS, code="B", title="Bench", **span), seen=0)
        e.put(PEOPLE, "l000000000", row(PEOPLE, name="Leader", role=Role.LEADER), seen=0)
        for n in range(SCHOOLS):
            e.put(PLACES, f"s{n:09d}", row(PLACES, name=f"School {n}", kind=PlaceKind.SCHOOL), seen=0)
        for n in range(KPIS_MADE):
            e.put(KPIS, f"k{n:09d}", row(KPIS, code=f"K-{n}", edition="e000000000", title=f"Share {n}", **made), seen=0)
    store.close()
    (folder / FILE).write_bytes(from_rows({"Values": _values()}, {}))


def _values() -> list[dict[str, Any]]:
    from framework.periods import Period, PeriodKind

    chance, rows = Random(100), []
    for kpi in range(KPIS_MADE):
        for school in range(SCHOOLS):
            for year in YEARS:
                for month in range(1, 13):
                    of = chance.randint(180, 420)
                    count = chance.randint(60, of)
                    rows.append(
                        {
                            "KPI": f"K-{kpi}",
                            "place": f"School {school}",
                            "period": Period(PeriodKind.MONTH, year, month).words,
                            "value": round(100 * count / of, 1),
                            "numerator": count,
                            "denominator": of,
                            "state": "reported",
                        }
                    )
    return rows[:ROWS]


def load(folder: Path) -> dict[str, float]:
    """Seconds of each part of one load, by name."""
    from framework.deeds import importing
    from framework.people import Person, Role
    from framework.store import Store
    from framework.workbook.read import read

    store, by = Store.open(folder / DATABASE), Person("l000000000", "Leader", Role.LEADER)
    content = (folder / FILE).read_bytes()
    began = time.perf_counter()
    book = read(content, FILE)
    was_read = time.perf_counter()
    seen = importing.preview(store, by=by, now=NOW, content=content, name=FILE, book=book)
    compared = time.perf_counter()
    done = importing.apply(store, by=by, now=NOW, plan=seen.plan, content=content, name=FILE)
    applied = time.perf_counter()
    if done.new != ROWS:
        raise SystemExit(f"{done.new} values were loaded instead of {ROWS}: {seen.plan.problems[:3]}")
    return {"read": was_read - began, "check and compare": compared - was_read, "apply": applied - compared}


def merely_read(folder: Path) -> dict[str, float]:
    import pandas as pd

    began = time.perf_counter()
    frame = pd.read_excel(folder / FILE, sheet_name="Values", header=2, engine="openpyxl")  # its default today
    if len(frame) != ROWS:
        raise SystemExit(f"pandas read {len(frame)} rows instead of {ROWS}")
    return {"read": time.perf_counter() - began}


def _alone(what: str, folder: Path) -> dict[str, float]:
    """One side in a process of its own: its seconds, and the megabytes it held (`memory`, `child`)."""
    said = subprocess.run(
        [sys.executable, "-m", "tools.loading", what, str(folder)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(said.stdout)
    return found


def report(repeats: int = 3) -> str:
    """Both sides, medians over the repeats, and how the time divides."""
    ours: list[dict[str, float]] = []
    theirs: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        fill(folder)
        empty = (folder / DATABASE).read_bytes()
        for _ in range(repeats):
            for left in folder.glob(f"{DATABASE}*"):
                left.unlink()
            (folder / DATABASE).write_bytes(empty)
            ours.append(_alone("load", folder))
            theirs.append(_alone("merely_read", folder))
    mid = {name: statistics.median(one[name] for one in ours) for name in ours[0]}
    parts = [name for name in mid if name not in ("memory", "child")]
    whole = statistics.median(sum(one[name] for name in parts) for one in ours)
    reading = statistics.median(one["read"] for one in theirs)
    return (
        f"{ROWS:,} values: loaded in {whole:.1f} s ("
        + ", ".join(f"{name} {mid[name]:.1f}" for name in parts)
        + f"), {whole / reading:.2f} times as long as pandas takes to read the file ({reading:.1f} s); "
        f"{mid['memory']:.0f} MB, its child {mid['child']:.0f} MB"
    )


if __name__ == "__main__":
    done = {"load": load, "merely_read": merely_read}[sys.argv[1]](Path(sys.argv[2]))
    most = {"memory": resource.RUSAGE_SELF, "child": resource.RUSAGE_CHILDREN}
    used = {
        name: resource.getrusage(who).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        for name, who in most.items()
    }
    json.dump({**done, **{name: size / 1e6 for name, size in used.items()}}, sys.stdout)
