"""Spreadsheets in and out: any is read and recognised here, the product's own is checked, compared and written.

The only owner of the spreadsheet libraries. It never writes to a store and never asks the clock.

`look(path)` says what is recognised in anybody's workbook, and `as_json` tells it to programs; both need no database:

    from framework.workbook import as_json, look
    as_json(look("risks.xlsx"))["tables"][0]["header_row"]
"""

from typing import Any

__all__ = ["as_json", "look"]


def __getattr__(name: str) -> Any:
    """The two are fetched when they are asked for: whoever only writes a workbook need not load what recognises one."""
    if name == "look":
        from framework.workbook.recognise.look import look

        return look
    if name == "as_json":
        from framework.workbook.recognise.told import as_json

        return as_json
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
