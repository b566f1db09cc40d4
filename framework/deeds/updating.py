"""Words on actions: dated, never overwritten, by the owner or a leader; one action or several at once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from framework.deeds import deed
from framework.errors import Conflict, NotAllowed, Unknown, ValueRefused
from framework.people import Act, Audience, Person
from framework.periods import day_words, local_day
from framework.picture.own import may_update
from framework.picture.shape import Picture
from framework.plans import Action, Milestone, Update
from framework.plans.saying import Said, words_of, wrong_in
from framework.store.coding import new_ref, refs_from
from framework.store.engine import Store
from framework.store.ledger import Entry, Via, entry
from framework.store.pictures import load
from framework.store.seen import times_written
from framework.subjects import ACTIONS, EVIDENCE, MILESTONES, UPDATES, data_of
from framework.text import clean


def seen_of(picture: Picture, action: str) -> int:
    """What a form carries so that a second writer is told: how often the action and the words on it were written."""
    words = [u for u in picture.rows.get(UPDATES.table, {}).values() if u.action == action]
    return int(picture.rows[ACTIONS.table][action].version) + len(words)


@deed(Act.UPDATE_ACTIONS)
def say(
    store: Store, *, by: Person, now: datetime, action: str, said: Said, seen: int, once: str = "", via: Via = Via.PAGE
) -> str:
    """Add a word to an action, with what it changes: status, date, milestones, evidence; the ref of the update.

    seen  `seen_of` the action when the form was drawn
    once  the same for every repeat of one saving; a repeat writes nothing and answers the same
    Raises NotAllowed, ValueRefused, or Conflict when someone else wrote on it meanwhile; then nothing is saved.
    """
    return say_all(store, by=by, now=now, said={action: said}, seen={action: seen}, once=once, via=via)[0]


@deed(Act.UPDATE_ACTIONS)
def say_all(
    store: Store,
    *,
    by: Person,
    now: datetime,
    said: Mapping[str, Said],
    seen: Mapping[str, int],
    once: str = "",
    via: Via = Via.PAGE,
) -> tuple[str, ...]:
    """Words on several actions as one change, all of them or none; the refs of the updates, in the order of `said`.

    Raises as `say` does; a refusal names every action that is wrong.
    """
    given = {ref: cleaned(words) for ref, words in said.items()}
    words = _checked(store, by, now, given, once)
    fresh = [word for word in words if word.earlier is None]
    if fresh:
        reason = words_of(fresh[0].said) if len(given) == 1 else ""
        # Everything is read before the entry: while it is open, nobody else writes.
        with entry(store, by=by, now=now, deed=_deed(given), reason=reason, via=via) as e:
            later = [
                word.action.ref for word in fresh if times_written(e.conn, word.action.ref) != seen[word.action.ref]
            ]
            for word in () if later else fresh:
                put_words(e, word, by=by, now=now, via=via)
        if later:
            # Of two repeats of one saving the second finds here what the first one wrote.
            words = _checked(store, by, now, given, once)
            if any(word.earlier is None for word in words):
                raise Conflict(_meanwhile(load(store, now, Audience.LEADERS), later))
    return tuple(word.earlier or word.ref for word in words)


def _checked(store: Store, by: Person, now: datetime, given: Mapping[str, Said], once: str) -> list["Word"]:
    """Each word with what it is about, and the update that says it already. Raises NotAllowed or ValueRefused."""
    picture = load(store, now, Audience.LEADERS)
    words = [a_word(picture, _own(picture, by, ref), told, once, by, now) for ref, told in given.items()]
    fresh = [word for word in words if word.earlier is None]
    if wrong := [line for word in fresh for line in _lines_wrong(word, now, several=len(words) > 1)]:
        raise ValueRefused(" ".join(wrong) + " Nothing was saved.")
    return words


@deed(Act.EDIT_PLAN)
def check_update(store: Store, *, by: Person, now: datetime, updates: Sequence[str]) -> None:
    """Say that words which came by link were looked at. Those that were so already are passed over.

    Raises NotAllowed, Unknown or Conflict; then nothing is written.
    """
    picture = load(store, now, Audience.LEADERS)
    known = {u.ref: u for some in picture.updates.values() for u in some}
    if missing := [ref for ref in updates if ref not in known]:
        raise Unknown(f"{len(missing)} of these updates are not here. Load the page again; nothing was saved.")
    rows = [known[ref] for ref in dict.fromkeys(updates) if known[ref].unchecked]
    with entry(store, by=by, now=now, deed="check update") as e:
        for row in rows:
            e.put(UPDATES, row.ref, {**data_of(UPDATES, row), "unchecked": False}, seen=row.version)


@dataclass(frozen=True)
class Word:
    """One action, what is said of it, and the ref its update takes. `earlier`: the update that says it already."""

    action: Action
    milestones: tuple[Milestone, ...]
    said: Said
    ref: str
    earlier: str | None = None


def a_word(picture: Picture, action: Action, said: Said, once: str, by: Person, now: datetime) -> Word:
    """What is said of an action. `once`: the same for every repeat of one saving; empty: there is none."""
    ref = update_ref(action.ref, once)
    earlier = _said_already(picture, by, now, action.ref, said, ref)
    return Word(action, picture.milestones.get(action.ref, ()), said, ref, earlier)


def the_action(picture: Picture, ref: str) -> Action:
    """The action of this ref; raises Unknown."""
    found = picture.actions.get(ref)
    if found is None:
        raise Unknown("There is no such action here. Go back to the list and choose one; nothing was saved.")
    return found


def _own(picture: Picture, by: Person, ref: str) -> Action:
    found = picture.actions.get(ref)
    # Unknown and forbidden answer alike.
    if found is None or not may_update(found, by):
        raise NotAllowed("This action is not yours to update, or it is not here. Ask a leader. Nothing was saved.")
    return found


def cleaned(said: Said) -> Said:
    """The same with every text cleaned."""
    # A choice is a string too, and stays what it is.
    texts: dict[str, Any] = {f.name: clean(getattr(said, f.name)) for f in fields(said) if f.type is str}
    return replace(said, **texts)


def update_ref(action: str, once: str) -> str:
    """The ref of a new update: the same for every repeat of one saving."""
    return next(refs_from(f"{once}|{action}")) if once else new_ref()


def _said_already(picture: Picture, by: Person, now: datetime, action: str, said: Said, ref: str) -> str | None:
    """The update that is here already: of the same saving, or the same words by the same person on the same day."""
    same = (action, by.ref, local_day(now), words_of(said), False)
    for one in picture.rows.get(UPDATES.table, {}).values():
        is_same = (one.action, one.by, one.on, one.words, one.archived) == same and _facts(one) == _facts_of(said)
        if one.ref == ref or is_same:
            return str(one.ref)
    return None


def _facts(update: Update) -> tuple[Any, ...]:
    texts = (update.next_step or "", update.in_the_way or "", update.help_wanted or "")
    return (update.status, update.answer, update.percent_done, update.new_due_on, *texts)


def _facts_of(said: Said) -> tuple[Any, ...]:
    texts = (said.next_step, said.in_the_way, said.help_wanted)
    return (said.status, said.answer, said.percent_done, said.new_due_on, *texts)


def _lines_wrong(word: Word, now: datetime, *, several: bool) -> Iterator[str]:
    for line in wrong_in(word.said, word.action, word.milestones, local_day(now)):
        yield f"{word.action.code}: {line}" if several else line


def _deed(given: Mapping[str, Said]) -> str:
    if len(given) > 1:
        return "update actions"
    closing = any(said.status is not None and said.status.closes for said in given.values())
    return "close action" if closing else "update action"


def _meanwhile(picture: Picture, actions: Sequence[str]) -> str:
    """Who wrote what on these actions meanwhile."""
    told = []
    for ref in actions:
        newest = max(picture.updates.get(ref, ()), key=lambda u: (u.on, u.version), default=None)
        code = picture.actions[ref].code if ref in picture.actions else "This action"
        who = "" if newest is None else picture.name("person", newest.by)
        wrote = f": “{newest.words}”" if newest is not None else ""
        told.append(f"{code} was changed after you opened it{f', last by {who}' if who else ''}{wrote}.")
    return " ".join(told) + " Nothing was saved, and what you typed is kept. Look at it, then save yours as well."


def put_words(e: Entry, word: Word, *, by: Person, now: datetime, via: Via) -> None:
    """Put an update into an entry, with the rows that it changes: the action, its milestones, its evidence."""
    action, said, on = word.action, word.said, local_day(now)
    told = {
        "action": action.ref,
        "on": on,
        "words": words_of(said),
        "status": said.status,
        "percent_done": said.percent_done,
        "by": by.ref,
        "new_due_on": said.new_due_on,
        "moved_because": said.moved_because or None,
        "next_step": said.next_step or None,
        "in_the_way": said.in_the_way or None,
        "help_wanted": said.help_wanted or None,
        "moved_for": said.moved_for if said.new_due_on is not None else None,
        "answer": said.answer,
        "unchecked": via is Via.LINK,
        "fictional": action.fictional,
    }
    e.put(UPDATES, word.ref, told, seen=0)
    before = data_of(ACTIONS, action)
    closing = said.status is not None and said.status.closes
    after = {
        **before,
        "status": said.status or action.status,
        "due_on": said.new_due_on or action.due_on,
        "outcome": (said.outcome or (said.words if closing else "")) or action.outcome,
    }
    if after != before:
        e.put(ACTIONS, action.ref, after, seen=action.version)
    for step in word.milestones:
        if step.ref in said.ticked:
            e.put(MILESTONES, step.ref, {**data_of(MILESTONES, step), "done_on": on}, seen=step.version)
    if said.evidence:
        shown = dict.fromkeys(EVIDENCE.names)
        shown |= {"action": action.ref, "title": f"Given with the word of {day_words(on)}", "on": on, "by": by.ref}
        e.put(EVIDENCE, new_ref(), {**shown, "link": said.evidence, "fictional": action.fictional}, seen=0)
