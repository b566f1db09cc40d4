"""In whose name a command acts. Whoever runs commands on the server may act for anyone; the ledger says `command`."""

from datetime import datetime

from framework.errors import Refused
from framework.people import Act, Audience, Person, may
from framework.store.engine import Store
from framework.store.pictures import load


def leader(store: Store, now: datetime, name: str | None) -> Person:
    """The person of that name, or the only one who may load; whether they may, the deed says."""
    people = [p for p in load(store, now, Audience.LEADERS).people.values() if not p.archived]
    if name is None:
        found = [p for p in people if may(p, Act.IMPORT)]
    else:
        found = [p for p in people if p.name.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    if name is None:
        names = ", ".join(sorted(p.name for p in found)) or "nobody yet"
        raise Refused(f"Say in whose name it is loaded: --by NAME. Who may load: {names}.")
    raise Refused(f"{'Nobody' if not found else 'More than one person'} here is called {name}.")
