"""What a page says, for tests: its words in one line, its links, its fields by their labels."""

import html
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit


def opened(app: Any, page: str, **params: str) -> Any:
    """The page through the frame, as a link opens it: at once, with no other page before; fails on any exception."""
    app.switch_page(page)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


# The stylesheet, and what the frame lets one choose: who is looking, and as at when.
_OF_THE_FRAME = ("<style", "cd-viewers", "cd-as-at")


def bodies(app: Any) -> list[str]:
    found = [e.proto.body for e in app.get("html")]
    return [body for body in found if not any(part in body for part in _OF_THE_FRAME)]


def said(app: Any) -> str:
    """The page's words in one line, no-break spaces as spaces, without the choices of the frame."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", " ".join(bodies(app)))).split())


def links(app: Any, page: str) -> list[dict[str, str]]:
    """The parameters of every link to a page, in order."""
    found = [html.unescape(h) for body in bodies(app) for h in re.findall(r'href="([^"]*)"', body)]
    parts = [urlsplit(h) for h in found]
    return [{k: v[0] for k, v in parse_qs(p.query).items()} for p in parts if p.path == f"/{page}"]


def field(app: Any, kind: str, label: str) -> Any:
    """The one widget of a kind with this label."""
    found = [w for w in app.get(kind) if w.label.replace("\\", "") == label]
    assert len(found) == 1, f"{len(found)} fields called {label!r} among {[w.label for w in app.get(kind)]}"
    return found[0]


def press(app: Any, label: str) -> Any:
    """Press the button of this name and run."""
    field(app, "button", label).click()
    app.run()
    assert not app.exception, app.exception
    return app
