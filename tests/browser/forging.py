"""A client that speaks to the server as a browser does and sends whatever it likes: no page, no editor, no rules."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection, connect

from pages.ui_here import VIEWER_COOKIE

PATIENCE = 30.0  # seconds for one run of a page


@dataclass
class Forger:
    """One session. What it says of its widgets stays said, as in a browser."""

    socket: ClientConnection
    page: str
    query: str
    elements: dict[str, Any] = field(default_factory=dict)  # id of a widget → its message, as drawn last
    exceptions: list[str] = field(default_factory=list)
    states: dict[str, WidgetState] = field(default_factory=dict)

    def run(self) -> None:
        """Have the page drawn, and wait until it is."""
        asked = BackMsg()
        asked.rerun_script.page_name = self.page
        asked.rerun_script.query_string = self.query
        asked.rerun_script.widget_states.widgets.extend(self.states.values())
        self.socket.send(asked.SerializeToString())
        self.elements = {}
        finished = 0
        while not finished:
            told = ForwardMsg()
            told.ParseFromString(self.socket.recv(timeout=PATIENCE))  # type: ignore[arg-type]
            self._take(told)
            finished = told.WhichOneof("type") == "script_finished"
        # A press is over once it was heard.
        self.states = {name: state for name, state in self.states.items() if not state.trigger_value}

    def _take(self, told: ForwardMsg) -> None:
        if told.WhichOneof("type") != "delta" or told.delta.WhichOneof("type") != "new_element":
            return
        element = told.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.exceptions.append(element.exception.message)
        drawn = getattr(element, kind) if kind else None
        if getattr(drawn, "id", ""):
            self.elements[drawn.id] = drawn

    def named(self, key: str) -> Any:
        """The one widget whose key ends like this (a pattern), as drawn last."""
        (found,) = [drawn for name, drawn in self.elements.items() if re.search(f"{key}$", name)]
        return found

    def edit(self, key: str, **state: Any) -> None:
        """Say of an editor that it was edited so."""
        name = self.named(key).id
        whole = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], **state}
        self.states[name] = WidgetState(id=name, string_value=json.dumps(whole))
        self.run()

    def press(self, key: str) -> None:
        """Press a button, also one that is not to be pressed."""
        name = self.named(key).id
        self.states[name] = WidgetState(id=name, trigger_value=True)
        self.run()


@contextmanager
def forger(address: str, person: str, page: str, query: str = "") -> Iterator[Forger]:
    """A forger who is signed in as a person, with a page drawn."""
    stream = f"ws://{urlsplit(address).netloc}/_stcore/stream"
    cookie = {"Cookie": f"{VIEWER_COOKIE}={person}"}
    with connect(stream, subprotocols=["streamlit"], additional_headers=cookie, max_size=None) as socket:  # type: ignore[list-item]
        one = Forger(socket, page, query)
        one.run()
        yield one
