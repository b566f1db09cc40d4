"""Which rows name which, as things would stand once some of them were written. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from framework.subjects import BY_TABLE, Kind, record
from framework.workbook.plan import Data, Key
from framework.workbook.words import Known, label

# Rows that are parts of an action or of a KPI, and the field that says of which: they go where it goes.
PARTS: Mapping[str, str] = {
    "milestone": "action",
    "action_update": "action",
    "evidence": "action",
    "target": "kpi",
    "value": "kpi",
    "query": "kpi",
    "kpi_note": "kpi",
    "comparator": "kpi",
}


@dataclass(frozen=True)
class Naming:
    """A row that names another, and the field in which it does."""

    table: str
    ref: str
    field: str

    @property
    def key(self) -> Key:
        return self.table, self.ref

    @property
    def as_part(self) -> bool:
        return PARTS.get(self.table) == self.field


class Afterwards:
    """The rows as they would stand: those that are here, with some of them written."""

    def __init__(self, known: Known, written: Iterable[tuple[Key, Data, bool]]) -> None:
        """`written`: a row, its fields, and whether it is put away; of a value its state says so."""
        self._known = known
        self._written: dict[str, dict[str, Any]] = defaultdict(dict)
        for (table, ref), data, archived in written:
            subject = BY_TABLE[table]
            more = {"ref": ref} if subject.appended else {"ref": ref, "archived": archived}
            self._written[table][ref] = record(subject, {**data, **more})

    def row(self, table: str, ref: str | None) -> Any:
        """The record of a row; None when there is none, or it was put away."""
        found = self._written.get(table, {}).get(ref or "") or self._known.get(table, {}).get(ref or "")
        return None if found is None or found.archived else found

    def live(self, table: str) -> Iterator[tuple[str, Any]]:
        """Every row of a table that is not put away, by its ref."""
        written = self._written.get(table)
        for ref, row in {**self._known.get(table, {}), **(written or {})}.items():
            if not row.archived:
                yield ref, row

    def naming(self, keys: Iterable[Key]) -> dict[Key, list[Naming]]:
        """The live rows that name each of these rows; one that none names is not among them."""
        wanted = set(keys)
        tables = {table for table, _ in wanted}
        found: dict[Key, list[Naming]] = defaultdict(list)
        for subject in BY_TABLE.values():
            fields = [f for f in subject.fields if f.of in tables]
            for ref, row in self.live(subject.table) if fields else ():
                for own in fields:
                    value = getattr(row, own.name)
                    for named in value if own.kind is Kind.MANY else (value,):
                        if (own.of, named) in wanted:
                            found[own.of, named].append(Naming(subject.table, ref, own.name))
        return found

    def label(self, key: Key) -> str:
        """What people call a row, put away or not."""
        table, ref = key
        row = self._written.get(table, {}).get(ref) or self._known.get(table, {}).get(ref)
        return ref if row is None else called(table, row, self._known)


def called(table: str, row: Any, known: Known) -> str:
    """What people call a row: `A-14 Paired reading`, `Collaboration and accountability`."""
    subject = BY_TABLE[table]
    if table == "element":
        return f"{row.part} {row.title}"
    return label(subject, {name: getattr(row, name) for name in subject.names}, known)
