"""What somebody has typed and not saved, kept on the server so that no lost connection loses it."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from framework.deeds import deed
from framework.errors import ValueRefused
from framework.people import Act, Person
from framework.store import drafts
from framework.store.engine import Store

LONGEST = 40_000  # characters of one draft, all its fields together


@deed(Act.UPDATE_ACTIONS)
def keep_draft(store: Store, *, by: Person, now: datetime, key: str, data: Mapping[str, Any]) -> None:
    """Keep what was typed about a thing (an action's ref, or any key), in place of what was kept of it before.

    data  texts, numbers and lists of them, by field; empty: the draft is let go
    Raises ValueRefused when it is too long to be kept; then the earlier draft stays.
    """
    if len(json.dumps(dict(data))) > LONGEST:
        raise ValueRefused("This is too long to be kept while you type. Shorten it, or save it now.")
    with store.writing() as conn:
        drafts.keep(conn, person=by.ref, about=key[:100], data=data, at=now)


@deed(Act.UPDATE_ACTIONS)
def drop_draft(store: Store, *, by: Person, key: str) -> None:
    """Let go of what was typed about a thing."""
    with store.writing() as conn:
        drafts.drop(conn, person=by.ref, about=key[:100])


def draft_of(store: Store, by: Person, key: str) -> tuple[dict[str, Any], datetime] | None:
    """What the person has typed about a thing and not saved, and when; None for nothing."""
    return drafts.drafts_of(store, by.ref).get(key[:100])
