"""Who is here, what day it is and what they may see. Thin: the store, the picture and the table of acts decide."""

import os
import threading
from datetime import UTC, date, datetime

import streamlit as st

from framework.deeds import starting
from framework.people import Audience, Person, Role, audience_of
from framework.periods import LONDON, local_day
from framework.picture import Picture
from framework.post import PostOffice, post_office
from framework.store import Store, pictures

VIEWER_COOKIE = "civic_viewer"

_open: list[Store] = []
_opening = threading.Lock()


def store() -> Store:
    """The trust's store, opened once a process: migrated, and in the demo loaded."""
    with _opening:
        if not _open:
            _open.append(starting.open_store())
        return _open[0]


def people() -> tuple[Person, ...]:
    """Everyone who may be here, as the leaders' picture knows them now; whoever has left may not."""
    known = pictures.load(store(), now(), Audience.LEADERS).people.values()
    return tuple(sorted((person for person in known if person.here_on(today())), key=lambda person: person.name))


def person() -> Person | None:
    """Who is here, asked again on every run. In the demo the viewer says so, and is a leader until they do."""
    if store().sample_day is None:
        return None
    chosen = st.context.cookies.get(VIEWER_COOKIE)
    present = people()
    found = next((p for p in present if p.ref == chosen), None)
    return found or next((p for p in present if p.role is Role.LEADER), None)


def now() -> datetime:
    """This moment in UTC; in the demo the same time of day on the sample's own day."""
    day, clock = store().sample_day, datetime.now(LONDON)
    if day is None:
        return clock.astimezone(UTC)
    return datetime.combine(day, clock.time(), LONDON).astimezone(UTC)


def mail_server() -> PostOffice | None:
    """The mail server that the environment names; None over the sample, whose people do not exist."""
    return None if store().sample_day is not None else post_office(os.environ)


def today() -> date:
    return local_day(now())


def picture(as_at: datetime | None = None) -> Picture:
    """Everything the trust knew at a moment (now, unless given), as this viewer may see it."""
    return pictures.load(store(), now(), audience_of(person()), as_at)
