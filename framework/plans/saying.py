"""What an update says of an action, and what it cannot say. The owner's own words; nothing here is computed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date

from framework.periods import day_words
from framework.plans.shape import CLOSED, Action, Answer, Milestone, MoveReason, Status
from framework.plans.showing import wrong_link

LONGEST = 5_000  # characters of one text: some two pages; what is longer belongs into a file
_CLOSED_WORD = {Status.DONE: "done", Status.STOPPED: "stopped"}


@dataclass(frozen=True)
class Said:
    """One update as it is given, before it is a row. A blank status changes nothing."""

    words: str = ""  # what happened
    status: Status | None = None
    answer: Answer | None = None
    next_step: str = ""
    in_the_way: str = ""
    help_wanted: str = ""
    percent_done: float | None = None  # 0 to 100
    ticked: tuple[str, ...] = ()  # refs of milestones that are done now
    new_due_on: date | None = None
    moved_for: MoveReason | None = None
    moved_because: str = ""
    outcome: str = ""  # what changed; asked when the action is closed
    evidence: str = ""  # an address at which it can be seen

    @property
    def empty(self) -> bool:
        return self == Said()


def words_of(said: Said) -> str:
    """What happened, in words; where none were given, those of the answer or of the status."""
    short = said.answer or said.status
    if said.words or short is None:
        return said.words or said.outcome or _of_what_else(said)
    return f"{str(short).capitalize()}."


def _of_what_else(said: Said) -> str:
    given = (
        (said.new_due_on is not None, "A new date"),
        (bool(said.ticked), "A milestone is done"),
        (bool(said.next_step), "What is next"),
        (bool(said.in_the_way or said.help_wanted), "What is in the way"),
        (said.percent_done is not None, "How far it is"),
        (bool(said.evidence), "Where it can be seen"),
    )
    return next((f"{words}." for there, words in given if there), "")


def wrong_in(said: Said, action: Action, milestones: Sequence[Milestone], on: date) -> list[str]:
    """Why this cannot be said of the action on that day, each in a sentence; empty when it can."""
    return list(_wrong(said, action, milestones, on))


def _wrong(said: Said, action: Action, milestones: Sequence[Milestone], on: date) -> Iterator[str]:
    if said.empty:
        yield "Nothing was said. Choose how it is going, or write a sentence."
        return
    yield from too_long(said)
    if said.answer is not None and (said.status is not None or said.new_due_on is not None or said.ticked):
        yield f"“{str(said.answer).capitalize()}” stands alone: take the status, the date and the milestones out."
    if said.percent_done is not None and not 0 <= said.percent_done <= 100:
        yield f"{said.percent_done:g} % done cannot be: it lies between 0 and 100."
    yield from _wrong_close(said)
    if said.new_due_on is not None:
        yield from _wrong_date(said, said.new_due_on, action, on)
    open_steps = {m.ref for m in milestones if m.done_on is None}
    if not set(said.ticked) <= open_steps:
        yield "One of the milestones is done already or is no milestone of this action. Load the page again."
    yield from wrong_link(said.evidence)


def too_long(said: Said) -> Iterator[str]:
    """The texts that are longer than one text may be."""
    for field in fields(said):
        text = getattr(said, field.name)
        if isinstance(text, str) and len(text) > LONGEST:
            yield (
                f"A text has {len(text):,} characters, and {LONGEST:,} is the most. Shorten it; "
                "what is longer belongs into a file that is kept as evidence."
            )


def _wrong_close(said: Said) -> Iterator[str]:
    if said.status in CLOSED and not (said.outcome or said.words):
        asked = "what changed" if said.status is Status.DONE else "why it was stopped"
        yield f"Say {asked}, in a sentence: it is what people will ask."


def _wrong_date(said: Said, new: date, action: Action, on: date) -> Iterator[str]:
    closed = said.status if said.status in CLOSED else action.status if said.status is None else None
    if closed in _CLOSED_WORD:
        yield f"It is {_CLOSED_WORD[closed]}, so it needs no new date. Leave the date out, or say how it goes on."
    if new == action.due_on:
        yield f"It is due on {day_words(new)} already. Give another day, or leave the date out."
    elif new < on:
        yield f"{day_words(new)} is past. Give a day from today on."
    elif action.starts_on is not None and new < action.starts_on:
        yield f"{day_words(new)} is before it starts, on {day_words(action.starts_on)}. Give a later day."
    if said.moved_for is None:
        yield "Say why the date moves: choose a reason from the list."
    elif said.moved_for is MoveReason.OTHER and not said.moved_because:
        yield "Say in a few words which other reason moves the date."
