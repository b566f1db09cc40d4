"""What a person sees of their own words when they come back: the last one, whose it was, and what came of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from framework.people import Person
from framework.periods import day_words, local_day
from framework.picture.shape import Picture
from framework.plans import Action, Status, Update

_SETTLED = {"accepted": "Agreed", "edited": "Agreed, with a change", "declined": "Not agreed"}
_SHORT = {Status.BLOCKED: "Stuck"}


def answer_words(picture: Picture, update: Update, person: Person) -> str:
    """`You, Tue 22 Sep 2026 · Stuck`: who said a word, when, and the status or answer it gave."""
    who = "You" if update.by == person.ref else picture.name("person", update.by) or "Someone"
    said = update.answer or (update.status and _SHORT.get(update.status, update.status))
    return f"{who}, {day_words(update.on)}" + (f" · {str(said)[:1].upper()}{str(said)[1:]}" if said else "")


def came_of(
    picture: Picture, action: Action, person: Person, settled: Iterable[tuple[str, str, datetime | None]]
) -> str:
    """What came of the person's last word: a leader's answer to a proposal, or what others wrote since; newest first.

    settled  of each of their proposals about the action: its state, the answer, when it was settled (None: not yet)
    """
    updates = picture.updates.get(action.ref, ())
    own = [n for n, u in enumerate(updates) if u.by == person.ref]
    since = updates[own[-1] + 1 :] if own else ()
    spoke_on = updates[own[-1]].on if own else date.min
    told = [(u.on, f"{picture.name('person', u.by) or 'Someone'}: {u.words}") for u in since]
    for state, answer, at in settled:
        if at is not None and local_day(at) >= spoke_on:
            told.append((local_day(at), f"{_SETTLED.get(str(state), str(state))}{f': {answer}' if answer else '.'}"))
    return max(told, default=(date.min, ""), key=lambda one: one[0])[1]


def needing_a_word(picture: Picture, actions: Sequence[Action], person: Person) -> list[Action]:
    """The open ones, those first that need a word: not spoken of today, then late, quiet, and by date."""

    def order(action: Action) -> tuple[object, ...]:
        signals = picture.signals(action)
        today = any(u.on == picture.on and u.by == person.ref for u in picture.updates.get(action.ref, ()))
        return (today, not signals.late, not signals.quiet, action.due_on, action.code)

    return sorted((a for a in actions if a.open), key=order)
