"""Which row of ours a row of the file is: by its hidden id, else by what tells its kind apart, else by its title."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from framework.subjects import BY_TABLE, Kind, Subject
from framework.workbook.merge import same
from framework.workbook.text import key
from framework.workbook.titles import Titles

_REF_LENGTH = 10
# Source: shared rule of identity: over a tenth of the rows beside another row's id, and at least three of them.
_SHUFFLED_SHARE = 0.1
_SHUFFLED_LEAST = 3

Key = tuple[Any, ...]


def is_ref(text: str) -> bool:
    """Whether a hidden id has the shape that the product gives its ids."""
    return len(text) == _REF_LENGTH and text.isascii() and text.isalnum()


def key_of(subject: Subject, data: Mapping[str, Any]) -> Key | None:
    """What tells the row apart when it has no id; None when a required part of that is missing."""
    parts = []
    for name, default, required, text in _parts(subject.table):
        value = data.get(name, default)
        if value is None and required:
            return None
        parts.append(key(value) if text and type(value) is str else value)
    return tuple(parts)


@cache
def _parts(table: str) -> tuple[tuple[str, Any, bool, bool], ...]:
    """Of each field of a table's key: name, default, whether it is required, whether it is someone's own words."""
    fields = [BY_TABLE[table].field(name) for name in BY_TABLE[table].key]
    return tuple((own.name, own.default, own.required, own.kind is not Kind.ONE) for own in fields)


@dataclass(slots=True)
class Claim:
    """One row of the file: what it says it is, and, once settled, which row of ours that is.

    says    its fields; of those whose column is missing, what stands here under its id
    is_row  the ref of the row of ours that it is; None: a new one
    by_id   it is that row by its own hidden id, so its version in the file counts
    """

    number: int
    hidden_id: str
    says: Mapping[str, Any]
    key: Key | None = None
    is_row: str | None = None
    by_id: bool = False


@dataclass(frozen=True)
class Clash:
    """Two rows that claim to be the same one: by their hidden id, or by what tells their kind apart.

    with_row  the other row of the file; 0: a row that stands here and is not in the file
    """

    number: int
    by_id: bool
    with_row: int


@dataclass
class Findings:
    """What settling found besides, by the numbers of rows.

    copies   rows with the id of another row, taken for new ones
    strange  rows with an id that is not known here, taken for new ones
    moved    values whose id is of another slot, taken for values of their own
    near     new rows that look like one here, with that row's ref
    keyed, titled  rows without an id that were known by key, or by title
    """

    clashes: list[Clash] = field(default_factory=list)
    shuffled: bool = False
    copies: list[int] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    near: list[tuple[int, str]] = field(default_factory=list)
    keyed: list[int] = field(default_factory=list)
    titled: list[int] = field(default_factory=list)


class Identities:
    """Settles the rows of one sheet."""

    def __init__(self, subject: Subject, here: Mapping[str, Any], *, ids: bool, told: Sequence[str]) -> None:
        """
        ids   whether hidden ids count; without them rows are known by key and by title
        told  the fields whose column is present
        """
        self._subject = subject
        self._here = here
        self._ids = ids
        self._titles = Titles(subject, here, told)
        self._keys = {
            ref: key_of(subject, {name: getattr(row, name) for name in subject.key}) for ref, row in here.items()
        }
        self._by_key: dict[Key, str] = {}
        # Of values the slot is the identity, withdrawn or not; the code of an archived row is free again.
        for ref, own in self._keys.items():
            if own is not None and (subject.appended or not here[ref].archived):
                self._by_key[own] = ref
        self._found = Findings()
        self._taken: dict[str, Claim] = {}

    def settle(self, claims: Sequence[Claim]) -> Findings:
        """Give every claim its ref, and say what was found on the way."""
        for claim in claims:
            claim.key = key_of(self._subject, claim.says)
        with_id = [claim for claim in claims if self._ids and claim.hidden_id in self._here]
        self._found.shuffled = self._out_of_step(with_id)
        copies = self._copies(claims) if self._ids else {}
        for claim in with_id:
            if claim.number not in copies and not self._of_another_slot(claim):
                self._take(claim, claim.hidden_id, by_id=True)
        for claim in claims:
            if not claim.by_id:
                self._without_id(claim, copies)
        self._found.clashes += self._same_keys(claims)
        return self._found

    def _take(self, claim: Claim, ref: str, *, by_id: bool = False) -> None:
        claim.is_row, claim.by_id = ref, by_id
        self._taken[ref] = claim

    def _of_another_slot(self, claim: Claim) -> bool:
        """Whether a value says another slot than its id had: then it is a value of that slot, or a new one."""
        return self._subject.appended and claim.key is not None and claim.key != self._keys[claim.hidden_id]

    def _copies(self, claims: Iterable[Claim]) -> dict[int, Claim]:
        """Rows whose id another row bears too, by number, with that row: the nearest to what stands here keeps it."""
        bearer: dict[str, Claim] = {}
        several: dict[str, list[Claim]] = {}
        for claim in claims:
            ref = claim.hidden_id
            if ref and (ref in self._here or is_ref(ref)) and (first := bearer.setdefault(ref, claim)) is not claim:
                several.setdefault(ref, [first]).append(claim)
        copies = {}
        for ref, some in several.items():
            keeps = max(some, key=lambda claim: (*self._nearness(claim, ref), -claim.number))
            copies.update({claim.number: keeps for claim in some if claim is not keeps})
        return copies

    def _nearness(self, claim: Claim, ref: str) -> tuple[bool, int]:
        """How much of a row that stands here a row of the file says: whether its key, and how many fields."""
        here = self._here.get(ref)
        if here is None:
            return False, 0
        alike = sum(same(f, claim.says.get(f.name), getattr(here, f.name)) for f in self._subject.fields)
        return claim.key == self._keys[ref], alike

    def _without_id(self, claim: Claim, copies: Mapping[int, Claim]) -> None:
        """A row that no id settles: known by key or, where the sheet has no ids, by title; else new."""
        found = self._found
        of = copies.get(claim.number)
        ref = None if claim.key is None else self._by_key.get(claim.key)
        if of is not None and (ref is not None or claim.key == of.key):
            found.clashes.append(Clash(claim.number, True, of.number))
            return
        if ref is not None:
            if ref in self._taken:
                found.clashes.append(Clash(claim.number, False, self._taken[ref].number))
                return
            self._take(claim, ref)
            if not self._ids:
                found.keyed.append(claim.number)
            return
        if of is not None:
            found.copies.append(claim.number)
        elif self._ids and claim.hidden_id in self._here:
            found.moved.append(claim.number)
        else:
            self._by_title(claim)
            if self._ids and claim.hidden_id:
                found.strange.append(claim.number)

    def _by_title(self, claim: Claim) -> None:
        """Know a row by its title where ids do not count; where they do, or it is only like one here, that is said."""
        near = self._titles.nearest(claim.says, self._taken)
        if near is not None and near.is_same and not self._ids:
            self._take(claim, near.ref)
            self._found.titled.append(claim.number)
        elif near is not None:
            self._found.near.append((claim.number, near.ref))

    def _same_keys(self, claims: Iterable[Claim]) -> Iterator[Clash]:
        """Rows of the file that say the same as another row, of the file or here.

        Two rows that stand here alike already were let in knowingly and may come back as they went.
        """
        first: dict[Key, Claim] = {}
        said = {clash.number for clash in self._found.clashes}
        for claim in claims:
            if claim.key is None or claim.number in said:
                continue
            other = first.setdefault(claim.key, claim)
            if other is not claim:
                if not (self._as_before(claim) and self._as_before(other)):
                    yield Clash(claim.number, False, other.number)
                continue
            owner = self._by_key.get(claim.key)
            if owner is not None and owner not in self._taken and not self._as_before(claim):
                yield Clash(claim.number, False, 0)

    def _as_before(self, claim: Claim) -> bool:
        return claim.is_row is not None and self._keys[claim.is_row] == claim.key

    def _out_of_step(self, with_id: Sequence[Claim]) -> bool:
        """Whether the rows were sorted without their hidden ids: many say what another id's row says, not their own."""
        titled = self._titles.by_ref
        what = titled or self._keys
        told = ((self._titles.of(claim.says) if titled else claim.key, claim.hidden_id) for claim in with_id)
        strayed = [said for said, ref in told if said is not None and said != what.get(ref)]
        if len(strayed) < _SHUFFLED_LEAST:
            return False
        alike = Counter(what.values())  # what two rows say tells neither of them
        wrong = sum(alike.get(said) == 1 for said in strayed)
        return wrong >= _SHUFFLED_LEAST and wrong > _SHUFFLED_SHARE * len(with_id)
