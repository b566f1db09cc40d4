"""`python -m framework export`: the plan as a workbook, a template, or one sheet as CSV."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from framework.commands.opening import add_database, opened
from framework.commands.whose import leader
from framework.deeds import exporting
from framework.errors import Refused
from framework.people import Audience
from framework.picture.moments import moment_of
from framework.store.pictures import first_day, load


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    export = commands.add_parser("export", help="take the plan out as a workbook that loads back")
    export.add_argument("--to", type=Path, help="the file to write; without it one is named in this folder")
    export.add_argument("--empty", action="store_true", help="an empty template")
    export.add_argument("--sheet", metavar="NAME", help="one sheet as CSV")
    export.add_argument("--as-at", metavar="DAY", help="what was recorded by the end of a past day, such as 2026-07-07")
    export.add_argument("--by", metavar="NAME", help="whose view of the plan is taken out; without it a leader's")
    add_database(export)
    export.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the file, never over another; its exit code."""
    with opened(chosen.database) as store:
        now = datetime.now(UTC)
        by = leader(store, now, chosen.by)
        moment = moment_of(chosen.as_at, load(store, now, Audience.LEADERS), first_day(store))
        if chosen.sheet:
            name, content = exporting.export_sheet(store, by=by, now=now, sheet=chosen.sheet, moment=moment)
        else:
            name, content = exporting.export(store, by=by, now=now, empty=chosen.empty, moment=moment)
    path = chosen.to or Path(name)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as trouble:
        raise Refused(f"{path} is there already and was left as it is. Name another file with --to.") from trouble
    except OSError as trouble:
        raise Refused(f"{path} cannot be written: {trouble.strerror}.") from trouble
    print(f"Written: {path}")
    return 0
