"""What the log of askings says of people: who was asked last and how, and who waits for a fresh link."""

from collections.abc import Iterable

from framework.store.askings import AskedFor, Asking, How


def last_asked(found: Iterable[Asking]) -> dict[str, Asking]:
    """The newest time that each person was asked, as far as we know; what did not go out is passed over.

    found  newest first
    """
    newest: dict[str, Asking] = {}
    for one in found:
        if not one.outcome and not _own_wish(one):
            newest.setdefault(one.person, one)
    return newest


def fresh_links_wanted(found: Iterable[Asking]) -> list[Asking]:
    """Who asked for a fresh link and has had none since: their newest wish, newest first.

    found  newest first
    """
    wanted: list[Asking] = []
    settled: set[str] = set()
    for one in found:
        if _own_wish(one):
            if one.person not in settled:
                wanted.append(one)
            settled.add(one.person)
        elif one.link is not None and not one.outcome:
            settled.add(one.person)
    return wanted


def _own_wish(one: Asking) -> bool:
    """Whether the person asked us, not we them. A fresh link that the server sent by itself is no wish any more."""
    return one.kind is AskedFor.FRESH_LINK and one.how is How.BY_LINK
