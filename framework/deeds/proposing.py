"""Proposals: what somebody would change and may not, kept until a leader accepts, changes or declines it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from framework.deeds import deed
from framework.deeds.locking import check_open
from framework.deeds.planning import put_action
from framework.deeds.recording import checked_value, value_seen
from framework.deeds.updating import a_word, put_words, seen_of, the_action
from framework.errors import Refused, Unknown, ValueRefused
from framework.kpis.kpi import Value
from framework.people import Act, Audience, Person
from framework.periods import Period, day_words, local_day
from framework.picture.locked import lock_on, lock_words
from framework.picture.shape import Picture
from framework.plans import MoveReason, Status
from framework.plans.saying import LONGEST, Said, wrong_in
from framework.store import proposals
from framework.store.coding import new_ref
from framework.store.engine import Store
from framework.store.ledger import Entry, Via, entry
from framework.store.pictures import change_at, load
from framework.store.proposals import NO_LONGER, Kind, Proposal, State
from framework.subjects import VALUES
from framework.text import clean


@dataclass(frozen=True)
class Accepted:
    """What became of several proposals: those accepted, and of each other one why it was left."""

    done: tuple[str, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)


@deed(Act.PROPOSE)
def propose_action(store: Store, *, by: Person, now: datetime, facts: Mapping[str, Any], words: str = "") -> str:
    """Propose a new action; the ref of the proposal. It is in no list until a leader accepts it.

    facts  title, objective, success (what will be different), due_on, owner; None: left to the leader
    Raises ValueRefused when title or objective is missing or a text is too long; then nothing is kept.
    """
    picture = load(store, now, Audience.LEADERS)
    given: dict[str, Any] = {name: clean(v) if type(v) is str else v for name, v in facts.items()}
    if not given.get("title") or given.get("objective") not in picture.elements:
        raise ValueRefused("A proposal needs what is to be done, and the objective it serves. Nothing was sent.")
    due: date | None = given.get("due_on")
    if due is not None and due < local_day(now):
        raise ValueRefused(f"{day_words(due)} is past. Give a day from today on, or leave it to the leader.")
    why = clean(words)
    if any(len(str(v)) > LONGEST for v in (*given.values(), why)):
        raise ValueRefused(f"A text is longer than {LONGEST:,} characters. Shorten it; nothing was sent.")
    data = {name: v.isoformat() if isinstance(v, date) else v for name, v in given.items() if v is not None}
    with store.writing() as conn:
        return proposals.propose(
            conn, at=now, by=by.ref, via=Via.PAGE, kind=Kind.ACTION, about="", data=data, seen=0, words=why
        )


@deed(Act.EDIT_PLAN)
def accept(
    store: Store,
    *,
    by: Person,
    now: datetime,
    proposal: str,
    edited: Mapping[str, Any] | None = None,
    words: str = "",
) -> int:
    """Make a proposal true, as it is or with some of its fields changed; the number of the change.

    edited  fields to take instead, typed as their records have them; None: as it was proposed
    words   what to tell whoever proposed it; may be empty. Of a figure whose window is not open, these, the note or the
            words of the proposal say why it is recorded all the same
    Raises Unknown when it waits no longer, else what the deed raises that would have made the change; then it waits on.
    """
    found, answer = that_waits(store, proposal), clean(words)
    facts = {**typed(found), **(edited or {})}
    state = State.EDITED if facts != typed(found) else State.ACCEPTED
    reason = answer or found.words
    with entry(store, by=by, now=now, deed=f"accept {found.kind}", reason=reason) as e:
        picture = load(store, now, Audience.LEADERS)
        if found.kind is Kind.VALUE:
            why = facts.get("note") or reason
            check_open(store, picture, by=by, period=facts["period"], place=facts["place"], why=why)
        _PUT[found.kind](e, picture, found, facts, by, now)
        number = change_at(e.conn, None) + 1  # nothing comes between
        proposals.settle(e.conn, [proposal], state, at=now, by=by.ref, answer=answer, change=number)
    return number


@deed(Act.EDIT_PLAN)
def accept_all(store: Store, *, by: Person, now: datetime, proposals: Sequence[str]) -> Accepted:
    """Accept each of these that clashes with nothing, as a change of its own; the others are left, with why."""
    done, left = [], {}
    for ref in proposals:
        try:
            found = that_waits(store, ref)
            why = clash(load(store, now, Audience.LEADERS), found)
            if why:
                left[ref] = why
                continue
            accept(store, by=by, now=now, proposal=ref)
            done.append(ref)
        except Refused as refusal:
            left[ref] = str(refusal)
    return Accepted(tuple(done), left)


@deed(Act.EDIT_PLAN)
def decline(store: Store, *, by: Person, now: datetime, proposal: str, words: str) -> None:
    """Say no to a proposal, with the words that whoever proposed it will read. Nothing of it enters the plan.

    Raises Unknown when it waits no longer, ValueRefused without words.
    """
    that_waits(store, proposal)
    answer = clean(words)
    if not answer:
        raise ValueRefused("Say why, in a sentence: whoever proposed it will read it. Nothing was saved.")
    with store.writing() as conn:
        proposals.settle(conn, [proposal], State.DECLINED, at=now, by=by.ref, answer=answer, change=None)


def that_waits(store: Store, ref: str) -> Proposal:
    """The proposal while it waits. Raises Unknown."""
    found = proposals.one(store, ref)
    if found is None or found.state is not State.WAITING:
        raise Unknown(NO_LONGER)
    return found


def clash(picture: Picture, proposal: Proposal) -> str:
    """Why a leader must look first: what changed here since it was proposed, or why it is locked; empty: nothing."""
    if proposal.kind is Kind.ACTION:
        return ""
    if proposal.kind is Kind.VALUE:
        stands = _standing(picture, proposal)
        if stands is not None and stands.version > proposal.seen:
            return "Another value was recorded there since."
        facts = typed(proposal)
        lock = lock_on(picture, facts["period"], facts["place"])
        return "" if lock is None else lock_words(picture, lock, facts["period"], leader=True)
    if proposal.about not in picture.actions:
        return "The action is not here any more."
    action = picture.actions[proposal.about]
    since = seen_of(picture, action.ref) - proposal.seen
    if since <= 0:
        return ""
    if action.status is not None and action.status.closes:
        return f"The action is {action.status} already."
    # Their own later words are no reason to look again.
    others = [u for u in picture.updates.get(action.ref, ())[-since:] if u.by != proposal.by]
    return f"{picture.name('person', others[-1].by) or 'Someone'} wrote on it since." if others else ""


def _standing(picture: Picture, proposal: Proposal) -> Value | None:
    facts = typed(proposal)
    return value_seen(picture, proposal.about, facts["place"], facts["period"], facts.get("group") or "")


def typed(proposal: Proposal) -> dict[str, Any]:
    """The fields proposed, as their records have them: dates, choices, periods."""
    turns: dict[str, Any] = {
        "new_due_on": date.fromisoformat,
        "due_on": date.fromisoformat,
        "status": Status,
        "moved_for": MoveReason,
        "period": Period.parse,
    }
    return {n: turns[n](v) if n in turns and v is not None else v for n, v in proposal.data.items()}


def _put_update(
    e: Entry, picture: Picture, found: Proposal, facts: Mapping[str, Any], by: Person, now: datetime
) -> None:
    action, proposer = the_action(picture, found.about), picture.people.get(found.by, by)
    said = Said(**{name: v for name, v in facts.items() if name in Said.__dataclass_fields__})
    word = a_word(picture, action, said, "", proposer, now)
    if wrong := wrong_in(said, action, word.milestones, local_day(now)):
        raise ValueRefused(" ".join(wrong) + " Nothing was saved.")
    # It is the proposer's word; that a leader agreed to it stands in the ledger.
    put_words(e, word, by=proposer, now=now, via=Via.PAGE)


def _put_value(
    e: Entry, picture: Picture, found: Proposal, facts: Mapping[str, Any], by: Person, now: datetime
) -> None:
    stands = _standing(picture, found)
    note = facts.get("note") or (found.words if stands is not None else None)
    data = checked_value(picture, now, {**facts, "kpi": found.about, "note": note}, corrects=stands is not None)
    e.put(VALUES, new_ref(), data, seen=0 if stands is None else stands.version)


def _put_new(e: Entry, picture: Picture, found: Proposal, facts: Mapping[str, Any], by: Person, now: datetime) -> None:
    put_action(e, picture, new_ref(), {"owner": found.by, **facts}, on=local_day(now))


_PUT = {Kind.UPDATE: _put_update, Kind.VALUE: _put_value, Kind.ACTION: _put_new}
