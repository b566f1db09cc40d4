"""The rows by which actions and KPIs go on in another framework version. The page shows what the deed will write."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from framework.civic import Edition, Part
from framework.kpis.checks import BOARD_SET_MOST
from framework.kpis.kpi import Kpi, Value
from framework.periods import day_words
from framework.picture.carrying import Work, carried_as, may_come_from, tagged, why_not
from framework.picture.judged import trust_series
from framework.picture.lines import definitions, notes_at
from framework.picture.shape import Picture
from framework.plans import Action, Milestone, Status
from framework.plans.checks import SHORT_LONGEST
from framework.subjects import ACTIONS, KPIS, data_of
from framework.text import clean

Data = Mapping[str, Any]
_MANY = ("pillars", "statements", "other_strands", "priorities")
# What was said of the work under the earlier version stays with the work there.
_NOT_CARRIED = ("confidence", "confidence_reason", "confidence_on", "evidence", "outcome")


@dataclass(frozen=True)
class Asked:
    """What a leader wants carried into a version.

    elements    each element of the earlier version → what stands for it in the other; None: nothing
    actions, kpis  ref → its new code
    due         of actions: by when it is due now; not in it: as it was
    objectives  of rows: the objective they serve now; not in it: what stands for theirs
    """

    into: str
    elements: Mapping[str, str | None]
    actions: Mapping[str, str] = field(default_factory=dict)
    kpis: Mapping[str, str] = field(default_factory=dict)
    due: Mapping[str, date] = field(default_factory=dict)
    objectives: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Carry:
    """A row as it will stand.

    of     the row that it carries on
    lost   what does not come along, each in words
    steps  of an action: its milestones that are still to come, which come along
    """

    of: Work
    ref: str
    data: Data
    lost: tuple[str, ...] = ()
    steps: tuple[Milestone, ...] = ()


@dataclass(frozen=True)
class Carrying:
    """What would be written, and each reason why it cannot be; nothing is while there is one."""

    kpis: tuple[Carry, ...]
    actions: tuple[Carry, ...]
    wrong: tuple[str, ...]


def carrying(picture: Picture, asked: Asked, new_ref: Callable[[], str]) -> Carrying:
    """The rows by which the chosen actions and KPIs go on. `new_ref` makes the ref of each."""
    into = picture.editions.get(asked.into)
    if into is None:
        return Carrying((), (), ("There is no such version of the framework here. Choose one that is.",))
    chosen = {**asked.kpis, **asked.actions}
    rows: dict[str, Work] = {ref: picture.kpis[ref] for ref in asked.kpis if ref in picture.kpis}
    rows |= {ref: picture.actions[ref] for ref in asked.actions if ref in picture.actions}
    told = _Forward(picture, asked, into, {ref: new_ref() for ref in rows})
    wrong = [*_wrong_choice(picture, asked, into, rows, len(chosen)), *_wrong_codes(picture, rows, chosen)]
    if any(row.edition == into.ref for row in rows.values()):
        return Carrying((), (), tuple(wrong))
    kpis = tuple(told.kpi(row) for row in rows.values() if isinstance(row, Kpi))
    actions = [row for row in rows.values() if isinstance(row, Action)]
    wrong += [line for row in actions for line in told.wrong_action(row)]
    ready = tuple(told.action(row) for row in actions if told.due(row) is not None)
    return Carrying(kpis, ready, tuple(wrong))


def _wrong_choice(
    picture: Picture, asked: Asked, into: Edition, rows: Mapping[str, Work], chosen: int
) -> Iterator[str]:
    if not chosen:
        yield "Choose at least one action or KPI to carry."
    if len(rows) < chosen:
        yield "One of those chosen is not here any more. Look at what stands here now, and choose again."
    allowed = {e.ref for e in may_come_from(picture, into)}
    here = sorted({row.edition for row in rows.values()})
    if into.ended(picture.on):
        yield f"{into.code} ended on {day_words(into.ends_on)}. Carry into a version that is still to end."
    elif wrong := [ref for ref in here if ref not in allowed]:
        codes = " and ".join(picture.editions[ref].code if ref in picture.editions else "another" for ref in wrong)
        yield f"What is of {codes} cannot be carried into {into.code}: only what is of a version that began before it."
    if len(here) > 1:
        yield "What was chosen is of several versions. Carry from one of them at a time."
    yield from _wrong_map(picture, asked, into)
    for row in rows.values():
        if reason := why_not(picture, row):
            was = "was" if carried_as(picture, row) else "has" if isinstance(row, Kpi) else "is"
            yield f"{row.code} {was} {reason}. Leave it out."


def _wrong_map(picture: Picture, asked: Asked, into: Edition) -> Iterator[str]:
    theirs = {e.ref: e for e in tagged(picture, into.ref)}
    for before, after in asked.elements.items():
        element = picture.elements.get(before)
        if element is None or (after is not None and (after not in theirs or theirs[after].part is not element.part)):
            what = "A part of the framework" if element is None else element.title
            yield f"{what} was given something to stand for it that {into.code} does not have. Choose again."
    wrong = [ref for ref in asked.objectives.values() if ref is not None and not _is_objective(picture, ref, into)]
    if wrong:
        yield f"An objective was chosen that is none of {into.code}. Choose one that is."


def _is_objective(picture: Picture, ref: str, into: Edition) -> bool:
    element = picture.elements.get(ref)
    return element is not None and element.part is Part.OBJECTIVE and element.edition == into.ref


def _wrong_codes(picture: Picture, rows: Mapping[str, Work], chosen: Mapping[str, str]) -> Iterator[str]:
    codes = {ref: clean(chosen[ref]) for ref in rows}
    often = Counter((type(rows[ref]), code.casefold()) for ref, code in codes.items())
    for ref, row in rows.items():
        code = codes[ref]
        others: list[Work] = [*picture.actions.values()] if isinstance(row, Action) else [*picture.kpis.values()]
        taken = next((other for other in others if other.code.casefold() == code.casefold()), None)
        if not code:
            yield f"{row.code} needs a new code. Fill it in."
        elif len(code) > SHORT_LONGEST:
            yield f"The new code of {row.code} has {len(code):,} characters, and {SHORT_LONGEST} is the most."
        elif taken is not None:
            yield f"{taken.code} is taken: it is {taken.title}. Choose another code for {row.code}."
        elif often[type(row), code.casefold()] > 1:
            yield f"{code} is given twice. Choose another code for {row.code}."


class _Forward:
    """Makes the rows, one by one."""

    def __init__(self, picture: Picture, asked: Asked, into: Edition, refs: Mapping[str, str]) -> None:
        self._picture, self._asked, self._into, self._refs = picture, asked, into, refs
        self._begins_on = max(picture.on, into.starts_on)
        # A KPI that was carried before stands for its old one too.
        before = {k.carried_from: k.ref for k in picture.kpis_of(into.ref) if k.carried_from is not None}
        self._kpis = {**before, **{ref: refs[ref] for ref in asked.kpis if ref in refs}}
        self._pinned = sum(k.board_set for k in picture.kpis_of(into.ref))

    def due(self, row: Action) -> date | None:
        """By when it is due now: as asked, else as it was if that day is still to come; None: nobody said."""
        asked = self._asked.due.get(row.ref)
        return asked if asked is not None else row.due_on if row.due_on > self._picture.on else None

    def wrong_action(self, row: Action) -> Iterator[str]:
        due, starts = self.due(row), self._starts_on(row)
        if due is None:
            yield f"{row.code} was due on {day_words(row.due_on)}, and that has passed. Say by when it is due now."
        elif due < starts:
            late = f"{row.code} would be due on {day_words(due)}, and it can go on from {day_words(starts)} only."
            yield f"{late} Give a later day."
        if self._objective(row) is None:
            yield f"Nothing in {self._into.code} stands for the objective of {row.code}. Choose its objective there."

    def _starts_on(self, row: Action) -> date:
        return max(self._begins_on, row.starts_on or self._begins_on)

    def _objective(self, row: Work) -> str | None:
        if row.ref in self._asked.objectives:
            return self._asked.objectives[row.ref]
        return None if row.objective is None else self._asked.elements.get(row.objective)

    def action(self, row: Action) -> Carry:
        lost: list[str] = []
        data = data_of(ACTIONS, row) | self._common(row, self._asked.actions[row.ref], lost)
        due = self.due(row)
        assert due is not None
        kpis = [ref for ref in row.kpis if ref in self._kpis]
        lost += [f"KPI {self._picture.rows['kpi'][ref].code}" for ref in row.kpis if ref not in kpis]
        hoped = row.expected_change is not None
        past = row.expected_by is not None and row.expected_by <= self._picture.on
        if past or (hoped and row.kpis[:1] != tuple(kpis[:1])):
            data |= {"expected_change": None, "expected_by": None}
            lost += ["by how much it should move its KPI"] if hoped else []
        steps = self._steps(row, due, lost)
        data |= {
            "organisation": self._here("organisation", row.organisation, lost),
            "set_by": self._here("organisation", row.set_by, lost),
            "supporters": tuple(r for r in row.supporters if self._here("organisation", r, lost)),
            "places": tuple(r for r in row.places if self._here("place", r, lost)),
            "kpis": tuple(self._kpis[ref] for ref in kpis),
            "starts_on": self._starts_on(row),
            "due_on": due,
            "first_due_on": due,
            "added_on": self._picture.on,
            "status": Status.NOT_STARTED,
            **dict.fromkeys(_NOT_CARRIED),
        }
        return Carry(row, self._refs[row.ref], data, tuple(lost), steps)

    def _steps(self, row: Action, due: date, lost: list[str]) -> tuple[Milestone, ...]:
        """The milestones that are still to come. The rest of those not done is named; what is done is history."""
        open_ = [m for m in self._picture.milestones.get(row.ref, ()) if m.done_on is None]
        coming = tuple(m for m in open_ if self._starts_on(row) <= m.due_on <= due)
        lost += [f"milestone {m.title}" for m in open_ if m not in coming]
        return coming

    def kpi(self, row: Kpi) -> Carry:
        lost: list[str] = []
        data = data_of(KPIS, row) | self._common(row, self._asked.kpis[row.ref], lost)
        trust = "" if self._picture.trust is None else self._picture.trust.ref
        newest, *_ = definitions(row, notes_at(self._picture, row, trust))
        start = starting_value(self._picture, row)
        room = row.board_set and self._pinned < BOARD_SET_MOST
        self._pinned += room
        lost += ["its place in the board set, which is full"] if row.board_set and not room else []
        data |= {
            "definition": newest[1] or None,
            "baseline": None if start is None else start.number,
            "baseline_period": None if start is None else start.period,
            "baseline_numerator": None if start is None else start.numerator,
            "baseline_denominator": None if start is None else start.denominator,
            "board_set": room,
        }
        return Carry(row, self._refs[row.ref], data, tuple(lost))

    def _common(self, row: Work, code: str, lost: list[str]) -> dict[str, Any]:
        """What a row of either kind is in the other version: its tags by the map, its owner if still here."""
        objective = self._objective(row)
        if objective is None and row.objective is not None:
            lost.append(self._element_words(row.objective))
        strand = self._tags(() if row.strand is None else (row.strand,), lost)
        return {
            "code": clean(code),
            "edition": self._into.ref,
            "objective": objective,
            **{name: self._tags(getattr(row, name), lost) for name in _MANY},
            "strand": next(iter(strand), None),
            "owner": self._owner(row.owner, lost),
            "carried_from": row.ref,
            "fictional": row.fictional or self._into.fictional,
        }

    def _tags(self, refs: Sequence[str], lost: list[str]) -> tuple[str, ...]:
        found = [self._asked.elements.get(ref) for ref in refs]
        lost += [self._element_words(ref) for ref, now in zip(refs, found, strict=True) if now is None]
        return tuple(dict.fromkeys(ref for ref in found if ref is not None))

    def _element_words(self, ref: str) -> str:
        element = self._picture.rows["element"][ref]
        return f"{element.part} {element.code}"

    def _owner(self, ref: str | None, lost: list[str]) -> str | None:
        person = None if ref is None else self._picture.rows["person"].get(ref)
        if person is None or person.here_on(self._picture.on):
            return ref
        lost.append(f"its owner {person.name}, who left")
        return None

    def _here(self, table: str, ref: str | None, lost: list[str]) -> str | None:
        """An organisation or a school that is still here."""
        row = None if ref is None else self._picture.rows[table].get(ref)
        if row is None or (not row.archived and (row.left_on is None or self._picture.on <= row.left_on)):
            return ref
        lost.append(f"{row.name}, who left" if table == "organisation" else f"{row.name}, which left")
        return None


def starting_value(picture: Picture, kpi: Kpi) -> Value | None:
    """The trust's newest value of a KPI that covers enough of its schools to start from; None for none."""
    for value, rolled in reversed(trust_series(picture, kpi)):
        if value.has_number and (rolled is None or rolled.covered >= picture.settings.least_coverage - 1e-9):
            return value
    return None
