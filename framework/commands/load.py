"""`python -m framework load FILE`: what a file would change; with `--yes` it is loaded."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from framework.commands.opening import add_database, bytes_of, opened
from framework.commands.whose import leader
from framework.deeds import importing, locking, staging
from framework.people import Audience
from framework.picture.locked import shut_words
from framework.store import pictures
from framework.store.ledger import Via
from framework.workbook.merge import decided
from framework.workbook.plan import Choices, Outcome, Plan

SHOWN = 20  # lines of a kind that are printed


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    load = commands.add_parser("load", help="say what a spreadsheet would change and, with --yes, load it")
    load.add_argument("file", type=Path)
    load.add_argument("--yes", action="store_true", help="load it; without this nothing is saved")
    load.add_argument("--by", metavar="NAME", help="the leader in whose name it is loaded: their name as in the plan")
    load.add_argument("--why", default="", help="kept in the history; needed for figures whose window is not open")
    load.add_argument("--clear", action="store_true", help="clear here what is empty in the file")
    load.add_argument("--without-wrong", action="store_true", help="leave out the rows that have a problem")
    add_database(load)
    load.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the preview; load it when it was asked for and nothing stands against it. Its exit code."""
    with opened(chosen.database) as store:
        now = datetime.now(UTC)
        by = leader(store, now, chosen.by)
        content, name = bytes_of(chosen.file), chosen.file.name
        seen = importing.preview(store, by=by, now=now, content=content, name=name)
        _print(seen.plan)
        open_questions = seen.unanswered
        if open_questions:
            print(f"To be answered on the page Data before this file can be loaded ({len(open_questions)}):")
            for question in open_questions[:SHOWN]:
                print(f"- {question.words}")
            if chosen.yes:
                staging.bring(store, by=by, now=now, name=name, content=content, via=Via.COMMAND)
                print("The file waits there now.")
            return 1
        choices = Choices(clear=chosen.clear, without_wrong=chosen.without_wrong)
        if seen.plan.problems and not chosen.without_wrong:
            return 1
        picture = pictures.load(store, now, Audience.LEADERS)
        if shut := locking.shut_rows(picture, decided(seen.plan, choices)):
            print(f"{shut_words(picture, shut)}. To load them, say why with --why.")
        if not chosen.yes:
            print("Nothing was saved. Add --yes to load it.")
            return 0
        done = importing.apply(
            store,
            by=by,
            now=now,
            plan=seen.plan,
            content=content,
            name=name,
            choices=choices,
            layout=seen.layout,
            reason=chosen.why,
            via=Via.COMMAND,
        )
        print(
            f"Loaded: {done.new:,} new, {done.changed:,} changed, {done.unchanged:,} unchanged, {done.left_out:,} "
            "left out."
            if done.change is not None
            else "Nothing in the file differs from what is here, so nothing was written."
        )
        return 0


def _print(plan: Plan) -> None:
    new = sum(c.is_new for c in plan.changes)
    of = {o: sum(f.outcome is o for c in plan.changes for f in c.fields) for o in Outcome}
    print(
        f"{new:,} new rows, {len(plan.changes) - new:,} rows that differ, {sum(plan.unchanged.values()):,} unchanged, "
        f"{len(plan.missing):,} here and not in the file (kept)."
    )
    print(", ".join(f"{outcome}: {n:,} cells" for outcome, n in of.items() if n) or "No cell differs.")
    for note in plan.notes[:SHOWN]:
        print(f"- {note}")
    for problem in plan.problems[:SHOWN]:
        print(f"! {problem}")
    if len(plan.problems) > SHOWN:
        print(f"! and {len(plan.problems) - SHOWN:,} more like this")
