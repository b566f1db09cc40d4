"""Actions as they stood on an earlier day, read off the dates that they and their updates carry.

What an action's row says and no update dated (a status or a due date changed on the row itself) is taken to hold from
the last word on it: nobody said when else it came.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from framework.periods import day_words
from framework.picture.shape import Picture
from framework.plans import CLOSED, Action, Status, Update, last_word_on


@dataclass(frozen=True)
class PastAction:
    """An action with its updates, oldest first."""

    action: Action
    updates: tuple[Update, ...]

    @property
    def first_due_on(self) -> date:
        return self.action.first_due_on or self.action.due_on

    def begun_by(self, day: date) -> bool:
        """Whether it had started, and was written down, by the day; with neither date it was always there."""
        dates = (self.action.starts_on, self.action.added_on)
        return all(d is None or d <= day for d in dates)

    def written_by(self, day: date) -> bool:
        return self.action.added_on is None or self.action.added_on <= day

    def status_on(self, day: date) -> Status | None:
        """The owner's word on the day; None when there was none yet."""
        given = [u for u in self.updates if u.status is not None]
        undated = self.action.status is not None and (not given or given[-1].status is not self.action.status)
        if undated and self._word_on <= day:
            return self.action.status
        return next((u.status for u in reversed(given) if u.on <= day), None)

    def open_on(self, day: date) -> bool:
        return self.begun_by(day) and self.status_on(day) not in CLOSED

    def due_on(self, day: date) -> date:
        """The due date in force on the day."""
        moved = [(u.on, u.new_due_on) for u in self.updates if u.new_due_on is not None]
        last = moved[-1][1] if moved else self.first_due_on
        if last != self.action.due_on and self._word_on <= day:
            return self.action.due_on
        return next((due for on, due in reversed(moved) if on <= day), self.first_due_on)

    def updated_on(self, day: date) -> date | None:
        """The day of its newest update by the day; None before the first."""
        return next((u.on for u in reversed(self.updates) if u.on <= day), None)

    def said_done_by(self, day: date) -> bool:
        """Whether an update said by the day that it is done, and none took that back by then."""
        said = [u.status for u in self.updates if u.status is not None and u.on <= day]
        return bool(said) and said[-1] is Status.DONE

    @property
    def done_words(self) -> str:
        """`done 3 Nov 2026`, `done, nobody said when`, `not done`; as it stands today."""
        if self.action.status is not Status.DONE:
            return "not done"
        said = next((u.on for u in self.updates if u.status is Status.DONE), None)
        return "done, nobody said when" if said is None else f"done {day_words(said, weekday=False)}"

    @property
    def _word_on(self) -> date:
        return last_word_on(self.action, self.updates) or date.min


def past_actions(picture: Picture, edition: str) -> tuple[PastAction, ...]:
    """Every live action of a version in the order of the codes, also those that this audience may not see."""
    key = ("past actions", edition)
    if key not in picture.cache:
        said: dict[str, list[Update]] = defaultdict(list)
        for update in picture.rows.get("action_update", {}).values():
            if not update.archived:
                said[update.action].append(update)
        actions = [a for a in picture.rows.get("action", {}).values() if not a.archived and a.edition == edition]
        picture.cache[key] = tuple(
            PastAction(a, tuple(sorted(said[a.ref], key=lambda u: u.on))) for a in sorted(actions, key=lambda a: a.code)
        )
    found: tuple[PastAction, ...] = picture.cache[key]
    return found
