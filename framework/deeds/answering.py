"""Answering by a personal link: words and status apply at once; a date, a closing and a figure wait for a leader.

Who holds the link speaks for its person, about its rows alone. All that is sent at once is kept, or nothing is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from framework.access.by_link_form import Sent, SentAction, SentFigure
from framework.deeds.linking import open_link
from framework.deeds.locking import check_open
from framework.deeds.recording import checked_value, value_seen
from framework.deeds.updating import Word, a_word, cleaned, put_words, seen_of
from framework.errors import Refused
from framework.people import Audience, Person
from framework.periods import Period, day_words, local_day
from framework.picture.shape import Picture
from framework.plans import Action, Answer, MoveReason, Status
from framework.plans.saying import Said, words_of, wrong_in
from framework.store import proposals
from framework.store.coding import refs_from
from framework.store.engine import Store
from framework.store.ledger import Entry, Via, entry
from framework.store.links import Link, Slot
from framework.store.pictures import load
from framework.store.proposals import Kind
from framework.store.seen import written_since
from framework.workbook.cells import Cell
from framework.workbook.readings import Precision, read_amount, read_when

_STATUS = {"on track": Status.ON_TRACK, "stuck": Status.BLOCKED, "done": Status.DONE}
_ANSWER = {str(answer): answer for answer in Answer}


@dataclass(frozen=True)
class Told:
    """What was kept of one row: what is there now for all to see, and what waits for a leader."""

    row: str  # ref of the action, key of the value
    recorded: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """What became of one sending. With `problems`, by row, nothing of it was kept; "" is the whole form's."""

    told: tuple[Told, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)


def key_of(slot: Slot) -> str:
    """A value's name on the page."""
    return "_".join(slot)


def answer_by_link(store: Store, token: str, now: datetime, sent: Sent) -> Answered:
    """Keep what was sent by a link. `sent.once` is `once_of` the page: a repeat of it keeps nothing twice.

    Raises LinkRefused when the link opens nothing. Rows that are not the link's are refused as unknown.
    """
    link, person, _ = open_link(store, token, now)
    nonce, change = read_once(sent.once)
    with entry(store, by=person, now=now, deed="answer by link", via=Via.LINK) as e:
        # Read inside the entry: nobody else writes until it is closed.
        picture = load(store, now, Audience.LEADERS)
        one = _Answering(store, e, picture, link, person, now, nonce)
        theirs = {ref for ref in sent.actions if ref in link.actions}
        moved = written_since(store, sorted(theirs), change)
        for ref, said in sent.actions.items():
            one.take_action(ref, said, meanwhile=ref in moved)
        for key, figure in sent.figures.items():
            one.take_figure(key, figure)
        if not one.told and not one.problems:
            one.problems[""] = "Nothing was said yet. Choose how one of them is going, then save."
        if one.problems:
            e.rows.clear()
            return Answered(problems=one.problems)
        for keep in one.proposed:
            proposals.propose(e.conn, **keep)
    return Answered(told=tuple(one.told))


def once_of(nonce: str, change: int) -> str:
    """What a page carries so that a repeat is known again, and that somebody wrote after it was drawn."""
    return f"{nonce}.{change}"


def read_once(once: str) -> tuple[str, int]:
    """The two parts; a forged one counts as a page of long ago."""
    nonce, _, change = once[:60].rpartition(".")
    return (nonce or once[:40]), (int(change) if change.isascii() and change.isdecimal() and len(change) < 12 else 0)


@dataclass
class _Answering:
    """One sending, row by row."""

    store: Store
    e: Entry
    picture: Picture
    link: Link
    person: Person
    now: datetime
    nonce: str
    told: list[Told] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    proposed: list[dict[str, Any]] = field(default_factory=list)

    @property
    def on(self) -> date:
        return local_day(self.now)

    def take_action(self, ref: str, sent: SentAction, *, meanwhile: bool) -> None:
        action = self.picture.actions.get(ref) if ref in self.link.actions else None
        if action is None:
            self.problems[""] = "One of these actions is not on this link any more. Load the page again."
            return
        try:
            said = cleaned(self._said(sent))
        except ValueError as wrong:
            self.problems[ref] = str(wrong)
            return
        if said.empty:
            return
        now_said, later = _parted(said)
        word = a_word(self.picture, action, now_said, self.nonce, self.person, self.now)
        refused = wrong_in(said, action, word.milestones, self.on)
        if refused and word.earlier is None:
            self.problems[ref] = " ".join(refused)
        elif meanwhile and word.earlier is None:
            self.problems[ref] = self._meanwhile(action)
        else:
            self._keep(action, word, later)

    def _keep(self, action: Action, word: Word, later: dict[str, Any]) -> None:
        ref = action.ref
        if word.earlier is None and not word.said.empty:
            put_words(self.e, word, by=self.person, now=self.now, via=Via.LINK)
        if later:
            # Their own words come first, and are no reason to look again when a leader accepts.
            seen = seen_of(self.picture, ref) + sum(row.ref in (ref, word.ref) for row in self.e.rows)
            self._propose(Kind.UPDATE, ref, later, seen, words_of(word.said), ref)
        self.told.append(Told(ref, _recorded(word.said), _waits(later)))

    def take_figure(self, key: str, sent: SentFigure) -> None:
        slot = next((one for one in self.link.values if key_of(one) == key), None)
        if slot is None:
            self.problems[""] = "One of these figures is not on this link any more. Load the page again."
            return
        kpi, place, code = slot
        period = Period.parse(code)
        stands = value_seen(self.picture, kpi, place, period)
        try:
            numbers = {name: _number(getattr(sent, name), name) for name in ("number", "numerator", "denominator")}
            given = {**numbers, "note": sent.note or None}
            facts = {"kpi": kpi, "place": place, "period": period, **given}
            self._check_open(period, place, key, sent.note)
            data = checked_value(self.picture, self.now, facts, corrects=stands is not None)
        except (Refused, ValueError) as wrong:
            self.problems[key] = str(wrong)
            return
        kept = {name: data[name] for name in ("number", "numerator", "denominator", "note")}
        seen = 0 if stands is None else stands.version
        self._propose(Kind.VALUE, kpi, {"place": place, "period": code, "group": "", **kept}, seen, sent.note, key)
        self.told.append(Told(key, (), (_figure_words(kept),)))

    def _check_open(self, period: Period, place: str, key: str, why: str) -> None:
        """Raises ValueRefused for a figure whose window has closed, but not for a repeat of what was sent in time."""
        if proposals.one(self.store, self._ref_of(key)) is None:
            check_open(self.store, self.picture, by=self.person, period=period, place=place, why=why)

    def _ref_of(self, row: str) -> str:
        return next(refs_from(f"{self.nonce}|{row}|proposal"))

    def _propose(self, kind: Kind, about: str, data: dict[str, Any], seen: int, words: str, row: str) -> None:
        self.proposed.append(
            {
                "at": self.now,
                "by": self.person.ref,
                "via": Via.LINK,
                "kind": kind,
                "about": about,
                "data": data,
                "seen": seen,
                "words": words,
                "link": self.link.ref,
                "ref": self._ref_of(row),
            }
        )

    def _said(self, sent: SentAction) -> Said:
        """What was typed, typed as an update has it. Raises ValueError, in words."""
        if sent.choice and sent.choice not in _STATUS and sent.choice not in _ANSWER:
            raise ValueError("Choose one of the five answers.")
        moved_for = next((reason for reason in MoveReason if reason == sent.moved_for), None)
        return Said(
            words=sent.words,
            status=_STATUS.get(sent.choice),
            answer=_ANSWER.get(sent.choice),
            next_step=sent.next_step,
            help_wanted=sent.help_wanted,
            ticked=sent.ticked,
            new_due_on=self._day(sent.new_due),
            moved_for=moved_for,
            # On the page the words say which other reason it is.
            moved_because=sent.words if moved_for is MoveReason.OTHER else "",
            outcome=sent.outcome,
            evidence=sent.evidence,
        )

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            reading = read_when(Cell("", text, text), on=self.on, calendar=self.picture.calendar)
        when = reading.value
        if when is None or when.precision is not Precision.DAY or when.start is None:
            raise ValueError(f"“{text[:40]}” is no day that we can read. Write it as 25 Nov 2026.")
        found: date = when.start
        return found

    def _meanwhile(self, action: Action) -> str:
        newest = max(self.picture.updates.get(action.ref, ()), key=lambda u: (u.on, u.version), default=None)
        who = "Someone" if newest is None else self.picture.name("person", newest.by) or "Someone"
        wrote = "" if newest is None else f" wrote: “{newest.words[:200]}”"
        return f"{who}{wrote or ' changed it'} while this page was open. Save once more to add yours."


def _parted(said: Said) -> tuple[Said, dict[str, Any]]:
    """What applies at once, and what a leader decides: a new date, and closing."""
    later: dict[str, Any] = {}
    now_said = {name: getattr(said, name) for name in Said.__dataclass_fields__}
    if said.new_due_on is not None:
        because = said.moved_because or None
        later |= {"new_due_on": said.new_due_on.isoformat(), "moved_for": said.moved_for, "moved_because": because}
        now_said |= {"new_due_on": None, "moved_for": None, "moved_because": ""}
    if said.status is not None and said.status.closes:
        later |= {"status": str(said.status), "outcome": said.outcome or said.words}
        now_said |= {"status": None, "outcome": "", "words": said.words or said.outcome}
    if later:
        later["words"] = said.words or words_of(said)
    return Said(**now_said), {name: value for name, value in later.items() if value}


def _recorded(said: Said) -> tuple[str, ...]:
    lines = [words_of(said)] if words_of(said) else []
    if said.status is not None:
        word = "Stuck" if said.status is Status.BLOCKED else str(said.status).capitalize()
        lines.insert(0, word) if said.words else None
    if said.answer is not None and said.words:
        lines.insert(0, str(said.answer).capitalize())
    more = (("Next", said.next_step), ("What would help", said.help_wanted), ("Where it can be seen", said.evidence))
    lines += [f"{name}: {text}" for name, text in more if text]
    if said.ticked:
        lines.append(f"{len(said.ticked)} milestone{'' if len(said.ticked) == 1 else 's'} done")
    return tuple(lines)


def _waits(later: Mapping[str, Any]) -> tuple[str, ...]:
    lines = []
    if "status" in later:
        lines.append("that it is done")
    if "new_due_on" in later:
        lines.append(f"the new date, {day_words(date.fromisoformat(later['new_due_on']))}")
    return tuple(lines)


def _figure_words(kept: Mapping[str, Any]) -> str:
    parts = ""
    if kept["numerator"] is not None and kept["denominator"] is not None:
        parts = f"{kept['numerator']:,} of {kept['denominator']:,}"
    number = "" if kept["number"] is None else f"{round(kept['number'], 2):,g}"
    return f"{number} ({parts})" if number and parts else number or parts


def _number(text: str, name: str) -> float | int | None:
    if not text:
        return None
    reading = read_amount(Cell("", text, text))
    amount = reading.value
    if amount is None or amount.number is None or amount.comparator is not None:
        raise ValueError(f"“{text[:40]}” is no number that we can take. Write digits; say the rest in the note.")
    if name == "number":
        return float(amount.number)
    if amount.number != int(amount.number):
        raise ValueError(f"“{text[:40]}” is no count. Write a whole number.")
    return int(amount.number)
