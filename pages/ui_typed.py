"""What somebody types about an action: kept on the server with every change, shown again after leaving or reloading.

One draft an action and a person, whether it is typed into a card or into the table.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import streamlit as st

from framework.access.typed import ADDRESS
from framework.deeds import drafting, updating
from framework.errors import Refused
from framework.people import Person
from framework.picture import Picture
from framework.plans import Action
from framework.plans.going import NAMES, Typed, from_draft, to_draft
from pages import ui

_EMPTY: Mapping[str, Any] = dict.fromkeys(("going", "moved_for", "new_due_on", "percent_done"))  # texts: ""
_TICK = "tick_"
FIELDS = "mine_"  # what the key of every field and button of these pages begins with; Streamlit forgets them on leaving
_TYPING, _TURN = "typing_", "turn_of_typing"

# A tag of its own, since our content policy refuses scripts that are not files of this server.
_listener = st.components.v2.component("typed", html=f'<script src="{ADDRESS}"></script>')


@dataclass
class Typing:
    """What is typed about one action in this window.

    seen   how often the action was written when the typing began
    known  the words that stood on it then
    since  when the draft was kept that the typing goes on from; None: it began here
    once   the same for every repeat of one saving
    """

    action: str
    key: str
    typed: Typed
    seen: int
    known: tuple[str, ...]
    since: datetime | None = None
    unkept: str = ""  # why it could not be kept; empty: it is
    clash: str = ""  # why the last saving met with another's; empty: it did not
    agreed: int | None = None  # what was seen when it was said that this is to be saved as well
    once: str = field(default_factory=lambda: secrets.token_hex(8))

    def at(self, name: str) -> str:
        """The key of a field of the form, which has what was typed in it so far."""
        key = f"{self.key}_{name}"
        if key not in st.session_state:
            st.session_state[key] = self._so_far(name)
        return key

    def _so_far(self, name: str) -> Any:
        if name.startswith(_TICK):
            return name.removeprefix(_TICK) in self.typed.get("ticked", ())
        return self.typed.get(name, _EMPTY.get(name, ""))

    def agree(self, seen: int) -> None:
        """To be called by a button, with what was shown beside it: not with what came since."""
        self.agreed = seen

    def tick(self, milestone: str) -> str:
        return self.at(_TICK + milestone)

    @property
    def keeping(self) -> dict[str, Any]:
        """For a widget: whatever changes in it is kept."""
        return {"on_change": lambda: keep(self)}


def listen() -> None:
    """Let what is typed be taken after each pause."""
    _listener(key="typed_listener")


def opened_anew() -> bool:
    """Whether the page was not open in this window until now; then drafts are read again. One call a run, first."""
    if any(str(key).startswith(FIELDS) for key in st.session_state):
        return False
    for key in [key for key in st.session_state if str(key).startswith(_TYPING)]:
        del st.session_state[key]
    return True


def typing_of(picture: Picture, person: Person, action: Action) -> Typing:
    """What is typed about the action: in this window, else in the draft that was kept of it, else nothing yet."""
    found: Typing | None = st.session_state.get(_TYPING + action.ref)
    if found is None:
        found = st.session_state[_TYPING + action.ref] = _begun(picture, person, action)
    if not found.typed:
        _seen_now(picture, found)
    return found


def _begun(picture: Picture, person: Person, action: Action) -> Typing:
    turn = st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    begun = Typing(action.ref, f"{FIELDS}{action.ref}_{turn}", {}, 0, ())
    _seen_now(picture, begun)
    kept = drafting.draft_of(ui.store(), person, action.ref)
    if kept is not None:
        data, at = kept
        begun.typed, begun.since = from_draft(data.get("typed")), at
        if isinstance(data.get("seen"), int) and isinstance(data.get("known"), list):
            begun.seen, begun.known = data["seen"], tuple(str(ref) for ref in data["known"])
    return begun


def _seen_now(picture: Picture, one: Typing) -> None:
    one.seen = updating.seen_of(picture, one.action)
    one.known = tuple(u.ref for u in picture.updates.get(one.action, ()))


def collect(one: Typing) -> Typed:
    """What is in the fields now, and what was typed into those that are not shown any more."""
    head = f"{one.key}_"
    here = {str(key).removeprefix(head): value for key, value in st.session_state.items() if str(key).startswith(head)}
    ticks = {name.removeprefix(_TICK): on for name, on in here.items() if name.startswith(_TICK)}
    fields = {name: value for name, value in here.items() if name in NAMES}
    one.typed = from_draft(to_draft({**one.typed, **fields}))
    if ticks:
        one.typed["ticked"] = tuple(ref for ref, on in ticks.items() if on)
    return one.typed


def keep(one: Typing, fields: Mapping[str, Any] | None = None) -> None:
    """Keep on the server what is typed now: in the fields of the form, or these fields of it (None: emptied)."""
    if fields is None:
        collect(one)
    else:
        one.typed = from_draft(to_draft({**one.typed, **fields}))
    person = ui.person()
    if person is None:
        return
    data = to_draft(one.typed)
    whole = {"typed": data, "seen": one.seen, "known": list(one.known)} if data else {}
    try:
        drafting.keep_draft(ui.store(), by=person, now=ui.now(), key=one.action, data=whole)
        one.unkept = ""
    except Refused as refusal:
        one.unkept = str(refusal)


def let_go(action: str) -> None:
    """Forget what was typed about an action, here and on the server; its form is drawn empty."""
    st.session_state.pop(_TYPING + action, None)
    person = ui.person()
    if person is not None:
        drafting.drop_draft(ui.store(), by=person, key=action)
