"""What every part of a conversion shares: what stands here, what was answered, and the rows made so far."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from framework.subjects import BY_TABLE, data_of
from framework.workbook.cells import Cell, Note
from framework.workbook.identity import key_of
from framework.workbook.problems import FileRow, Problem
from framework.workbook.readings import Certainty, Reading
from framework.workbook.recognise.asking import Asking
from framework.workbook.recognise.naming import Names
from framework.workbook.recognise.taking import Line, said
from framework.workbook.references import Directory
from framework.workbook.words import Known

Cells = dict[str, tuple[str, ...]]


class Conversion:
    """One file on its way to rows of ours."""

    def __init__(self, known: Known, asking: Asking, *, on: date, edition: str, new_ref: Callable[[], str]) -> None:
        self.known = known
        self.asking = asking
        self.on = on
        self.edition = edition
        self.new_ref = new_ref
        self.names = Names(known, edition)
        self._directory = Directory(known)
        self.calendar = self._directory.calendar
        self.rows: dict[str, list[FileRow]] = {}
        self.problems: list[Problem] = []
        self.notes: list[Note] = []
        self._by_key: dict[str, dict[tuple[Any, ...], str]] = {}
        self._data: dict[tuple[str, str], tuple[dict[str, Any], Cells]] = {}
        self._said: set[str] = set()
        self._updates: dict[str, list[Any]] | None = None

    def standing(self, table: str, ref: str | None) -> Mapping[str, Any]:
        """The fields of a row as it stands here; empty when it does not."""
        return self._directory.standing(table, ref)

    def of_edition(self, table: str) -> dict[str, Any]:
        """The rows of a table in the version that the file goes to, live ones first."""
        rows = {ref: row for ref, row in self.known.get(table, {}).items() if row.edition == self.edition}
        return dict(sorted(rows.items(), key=lambda item: item[1].archived))

    def keyed(self, table: str, data: Mapping[str, Any]) -> str | None:
        """The row here, or made before of this file, that bears the same key; None when none does."""
        own = key_of(BY_TABLE[table], data)
        return None if own is None else self._keys(table).get(own)

    def _keys(self, table: str) -> dict[tuple[Any, ...], str]:
        if table not in self._by_key:
            subject = BY_TABLE[table]
            rows = sorted(self.known.get(table, {}).items(), key=lambda item: not item[1].archived)
            made = {key_of(subject, data_of(subject, row)): ref for ref, row in rows}
            self._by_key[table] = {own: ref for own, ref in made.items() if own is not None}
        return self._by_key[table]

    def add(self, table: str, ref: str, data: dict[str, Any], cells: Cells, line: Line, label: str) -> None:
        """Keep a row. `cells` says of every field that came from a cell where, what stood there and how it was read."""
        is_new = ref not in self.known.get(table, {})
        version = 0 if is_new else self.known[table][ref].version
        row = FileRow(table, ref, data, cells, {}, line.sheet, line.number, label, is_new, None, version)
        self.rows.setdefault(table, []).append(row)
        self._data.setdefault((table, ref), (data, cells))
        own = key_of(BY_TABLE[table], data)
        if own is not None:
            self._keys(table).setdefault(own, ref)

    def put(self, table: str, data: dict[str, Any], cells: Cells, line: Line, label: str) -> None:
        """Keep a row under the ref of what it is of. What the file says twice goes in once."""
        ref = self.keyed(table, data)
        if ref is None or self.data_of(table, ref) != data:
            self.add(table, ref or self.new_ref(), data, cells, line, label)

    def updates_of(self, action: str) -> list[Any]:
        """The updates of an action that stand here."""
        if self._updates is None:
            self._updates = defaultdict(list)
            for row in self.known.get("action_update", {}).values():
                if not row.archived:
                    self._updates[row.action].append(row)
        return self._updates[action]

    def made(self, table: str) -> list[FileRow]:
        return self.rows.get(table, [])

    def data_of(self, table: str, ref: str | None) -> dict[str, Any]:
        """The fields of a row of this file, which may still be added to; empty when the file has none."""
        return self._data.get((table, ref or ""), ({}, {}))[0]

    def cells_of(self, table: str, ref: str) -> Cells:
        return self._data.get((table, ref), ({}, {}))[1]

    def problem(self, code: str, line: Line, cell: Cell | None, heading: str, wanted: str, if_left: str) -> None:
        """A cell that cannot be right. What else its row says goes in without it."""
        where = cell or line.first
        found = None if cell is None or cell.blank else cell.raw
        title = line.text("action") or line.text("kpi")
        address = "" if where is None else where.address
        self.problems.append(Problem(code, line.sheet, address, heading, found, wanted, 0, title, if_left))

    def note(self, code: str, words: str, sheet: str = "", cell: str = "") -> None:
        self.notes.append(Note(code, words, sheet, cell))

    def note_once(self, code: str, words: str, sheet: str) -> None:
        if words not in self._said:
            self._said.add(words)
            self.note(code, words, sheet)


def from_cell(cell: Cell, reading: Reading | None = None) -> tuple[str, ...]:
    """Where a field came from: address, raw text, and the rule and certainty of its reading."""
    rule, certainty = ("as it stands", Certainty.EXACT) if reading is None else (reading.rule, reading.certainty)
    return (cell.address, said(cell) or cell.raw, rule, certainty.value)


def answered(cell: Cell, *, assumed: bool = False) -> tuple[str, ...]:
    """Where a field came from whose meaning someone said, or would say unless they object."""
    return (cell.address, said(cell) or cell.raw, "answered", (Certainty.ASSUMED if assumed else Certainty.EXACT).value)
