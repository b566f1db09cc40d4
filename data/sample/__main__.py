"""Make the sample workbook: `python -m data.sample [path]`. The same rows always make the same file."""

import random
import string
import sys
from collections.abc import Callable
from pathlib import Path

from data.sample.plan import SAMPLE_DAY, rows
from framework.subjects import BY_TABLE, record
from framework.workbook.check import check
from framework.workbook.parse import parse
from framework.workbook.write import from_rows, write

_CAME_LATER = ("Evidence", "Queries")  # sheets whose rows draw ids of their own, so that no older row gets another
PATH = Path(__file__).parent.parent / "civic_duty_framework.xlsx"
META = {
    "schema": "civic-plan/1",
    "workbook": "sample",
    "revision": 0,
    "exported_at": "2026-11-13T16:00:00+00:00",
    "by": "",
    "fictional": True,
    "sample_day": SAMPLE_DAY.isoformat(),
}


def refs(seed: int = 2023) -> Callable[[], str]:
    """Ids that are the same each time, so that a new making of the workbook is recognised as the old one."""
    chance = random.Random(seed)
    letters = string.ascii_lowercase
    return lambda: chance.choice(letters) + "".join(chance.choices(letters + string.digits, k=9))


def workbook() -> bytes:
    """The sample workbook, with the ids that a first plain writing lacks."""
    plain = rows()
    for seed, sheet in enumerate(_CAME_LATER):
        own_ref = refs(seed)
        plain[sheet] = [{"_id": own_ref(), **cells} for cells in plain[sheet]]
    checked = check(parse(from_rows(plain, META), PATH.name), {}, new_ref=refs())
    if checked.problems:
        raise SystemExit("\n".join(str(problem) for problem in checked.problems))
    known = {}
    derived = {}
    for table, some in checked.rows.items():
        subject = BY_TABLE[table]
        known[table] = {row.ref: record(subject, {**row.data, "ref": row.ref}) for row in some}
        derived[table] = {row.ref: row.derived for row in some}
    return write(known, derived=derived, meta=META)


if __name__ == "__main__":
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else PATH
    path.write_bytes(workbook())
