"""Which row of ours a row of the file is: by its hidden id, else by the fields that tell rows of its kind apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from framework.subjects import Subject, data_of
from framework.workbook.text import key

_REF_LENGTH = 10


def is_ref(text: str) -> bool:
    """Whether a hidden id has the shape that the product gives its ids."""
    return len(text) == _REF_LENGTH and text.isascii() and text.isalnum()


def key_of(subject: Subject, data: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """What tells the row apart when it has no id; None when a required part of that is missing."""
    parts = []
    for name in subject.key:
        value = data.get(name, subject.field(name).default)
        if value is None and subject.field(name).required:
            return None
        parts.append(key(value) if type(value) is str else value)
    return tuple(parts)


@dataclass(frozen=True)
class Clash:
    """Two rows that claim to be the same one: by their hidden id, or by what tells their kind apart.

    with_row  the other row of the file; 0: a row that stands here and is not in the file
    """

    number: int
    by_id: bool
    with_row: int


class Identities:
    """The rows of one subject that stand here, and those of the file that have been matched to them."""

    def __init__(self, subject: Subject, here: Mapping[str, Any]) -> None:
        self._subject = subject
        self._here = here
        self._keys = {ref: key_of(subject, data_of(subject, row)) for ref, row in here.items()}
        self._by_key = {k: ref for ref, k in self._keys.items() if k is not None and not here[ref].archived}
        self._taken: dict[str, tuple[int, str]] = {}  # ref: the row of the file that has it, and its hidden id
        self._rows: list[tuple[int, str, tuple[Any, ...] | None]] = []

    def match(self, hidden_id: str, data: Mapping[str, Any]) -> str | None:
        """The ref of the row that a row of the file is; None when it is new. A foreign id does not hide a known key."""
        if hidden_id in self._here:
            return hidden_id
        own_key = key_of(self._subject, data)
        return None if own_key is None else self._by_key.get(own_key)

    def take(self, number: int, hidden_id: str, ref: str, data: Mapping[str, Any]) -> Clash | None:
        """Note a row of the file under its ref; a clash when another row of the file has that ref."""
        if ref in self._taken:
            other, other_id = self._taken[ref]
            return Clash(number, hidden_id == other_id != "", other)
        self._taken[ref] = (number, hidden_id)
        self._rows.append((number, ref, key_of(self._subject, data)))
        return None

    def clashes(self) -> Iterator[Clash]:
        """Rows of the file that say the same as another row, of the file or here.

        Two rows that stand here alike already were let in knowingly and may come back as they went.
        """
        first: dict[tuple[Any, ...], tuple[int, str, bool]] = {}
        for number, ref, own in self._rows:
            if own is None:
                continue
            as_before = self._keys.get(ref) == own
            if own not in first:
                first[own] = (number, ref, as_before)
                owner = self._by_key.get(own)
                if owner is not None and owner not in self._taken and owner != ref and not as_before:
                    yield Clash(number, False, 0)
            elif first[own][1] != ref and not (as_before and first[own][2]):
                yield Clash(number, False, first[own][0])
