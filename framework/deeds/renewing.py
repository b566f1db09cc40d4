"""A fresh link for whoever's link has expired: sent to the address we have, or else asked of the leaders."""

from datetime import datetime

from framework.deeds.chasing import UNDER_WAY
from framework.deeds.linking import ask_afresh, expired_link, link_address, renewed
from framework.errors import ValueRefused
from framework.people import Audience
from framework.periods import local_day
from framework.picture.asking import subject_of, text_of
from framework.picture.chasing import Reason
from framework.plans import due_words
from framework.post import Message, NotSent, PostOffice, address_of
from framework.store import askings
from framework.store.askings import AskedFor, How
from framework.store.engine import Store
from framework.store.pictures import load


def renew(store: Store, token: str, now: datetime, base: str, office: PostOffice | None) -> bool:
    """Send a fresh link to the address of the expired link's person, or write down that they ask for one.

    office  None: no mail goes out from here
    False when the token is not that of an expired link. Whoever asks is told the same in every case.
    """
    found = expired_link(store, token, now)
    if found is None:
        return False
    link, person = found
    address = address_of(person.email)
    if office is None or not address or store.sample_day is not None:
        return ask_afresh(store, token, now)
    try:
        made = renewed(store, link, now)
    except ValueRefused:  # everything it asked for is closed: a leader may want to say so
        return ask_afresh(store, token, now)
    picture = load(store, now, Audience.LEADERS)
    actions = [picture.actions[ref] for ref in link.actions if ref in picture.actions and picture.actions[ref].open]
    text = text_of(
        picture,
        to=person.name,
        by=picture.name("person", link.by),
        actions=[Reason(a, due_words(a, picture.calendar, picture.on)) for a in actions],
        values=link.values,
        words="You asked for a fresh link. Here it is.",
        url=link_address(base, made.token),
        until=local_day(made.expires_at),
    )
    subject = subject_of(len(actions), len(link.values))
    with store.writing() as conn:
        asking = askings.log(
            conn,
            at=now,
            by=None,
            person=person.ref,
            kind=AskedFor.FRESH_LINK,
            how=How.SENT,
            outcome=UNDER_WAY,
            actions=[a.ref for a in actions],
            values=link.values,
            link=made.ref,
        )
    try:
        office.send(Message(person.name, address, subject, text, automatic=True), now)
    except NotSent as refusal:
        outcome = str(refusal)
    else:
        outcome = ""
    with store.writing() as conn:
        askings.turned_out(conn, asking, outcome)
    return True
