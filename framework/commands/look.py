"""`python -m framework look FILE`: what is recognised in anybody's spreadsheet. Needs no database, saves nothing."""

import argparse
import json
from pathlib import Path

from framework.errors import FileRefused
from framework.workbook.recognise.look import look
from framework.workbook.recognise.told import as_json, as_text, refusal_json


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command and its options."""
    command = commands.add_parser("look", help="say what is recognised in a spreadsheet; saves nothing")
    command.add_argument("file", type=Path)
    command.add_argument("--json", action="store_true", help="everything, for programs")
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print what was recognised; exit code 1 when the file is refused."""
    try:
        looked = look(chosen.file)
    except FileRefused as refusal:
        print(json.dumps(refusal_json(refusal), indent=1) if chosen.json else str(refusal))
        return 1
    print(json.dumps(as_json(looked), indent=1, ensure_ascii=False) if chosen.json else as_text(looked))
    return 0
