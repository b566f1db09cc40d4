"""Refusals: what was found, what was wanted, what to do next. Anything that is not a `Refused` is our bug."""

from collections.abc import Sequence


class Refused(Exception):
    """A deed that was not done, in words fit to be shown as they stand. Nothing was written."""


class NotAllowed(Refused):
    """The person may not do this, or may not do it here. Unknown and forbidden things answer alike."""


class Unknown(Refused):
    """Nothing of that name is here, or not for this person."""


class Conflict(Refused):
    """Someone else changed the same row after the person read it."""


class ValueRefused(Refused):
    """A fact was given that cannot be right, or one is missing."""


class FileRefused(Refused):
    """A file that cannot be loaded; `problems` lists every wrong cell at once.

    code  FILE-LOCKED, FILE-DAMAGED …; empty when the file could be read and its content is refused
    """

    def __init__(self, words: str, problems: Sequence[object] = (), *, code: str = "") -> None:
        super().__init__(words)
        self.problems = tuple(problems)
        self.code = code


class LinkRefused(Refused):
    """A personal link that opens nothing.

    kind  unknown, expired, revoked, or left: the person is no longer here
    """

    def __init__(self, words: str, kind: str) -> None:
        super().__init__(words)
        self.kind = kind


class Cancelled(Refused):
    """A long deed that the person stopped. Nothing was written."""


class StoreRefused(Refused):
    """A database that cannot be opened: made by a newer release, or not one of ours."""
