"""Who is here, what day it is and what they may see. Thin: the store, the picture and the table of acts decide."""

import os
import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from framework.deeds import starting
from framework.people import Audience, Person, Role, audience_of
from framework.periods import LONDON, local_day
from framework.picture import Picture
from framework.picture.moments import Moment, moment_of
from framework.picture.moments import file_name as named
from framework.post import PostOffice, post_office
from framework.store import Store, pictures

VIEWER_COOKIE = "civic_viewer"
AS_AT = "as_at"  # the address's name for the moment that is looked at

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
    """Who is here, as someone who may only read while they look at the past."""
    found = viewer()
    return replace(found, looking_back=True) if found is not None and is_past() else found


def viewer() -> Person | None:
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


def asked_moment() -> str | None:
    """What the address asks to be shown as at; None: today, or no page is being drawn."""
    return None if get_script_run_ctx() is None else st.query_params.get(AS_AT) or None


def is_past() -> bool:
    """Whether something other than today is asked for, even one that cannot be shown."""
    asked = asked_moment()
    return asked is not None and asked != today().isoformat()


def moment() -> Moment | None:
    """The past moment that is looked at; None: today. Raises ValueRefused where the address asks for none there is."""
    asked = asked_moment()
    if asked is None:
        return None
    present = pictures.load(store(), now(), Audience.LEADERS)
    key = ("moment", asked)
    if key not in present.cache:
        present.cache[key] = moment_of(asked, present, pictures.first_day(store()))
    found: Moment | None = present.cache[key]
    return found


def file_name(stem: str, ending: str) -> str:
    """What a download is called: with today's day, or with the moment that is looked at."""
    return named(stem, ending, today(), moment())


def picture(as_at: datetime | None = None, change: int | None = None) -> Picture:
    """Everything the trust knew at a moment (the one looked at, unless given), as this viewer may see it.

    change  the newest change in it, where the moment given does not tell: of a frozen copy
    """
    audience, looked_at = audience_of(viewer()), None if as_at is not None else moment()
    if looked_at is not None:
        return pictures.load(store(), now(), audience, looked_at.as_at, looked_at.change)
    return pictures.load(store(), now(), audience, as_at, change)


def today_picture() -> Picture:
    """Everything the trust knows now, as this viewer may see it, whichever moment is looked at."""
    return pictures.load(store(), now(), audience_of(viewer()))
