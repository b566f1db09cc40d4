"""What every page behind a personal link is made of: its document, its one style, its one script, its headers.

Nothing is fetched besides the page itself, and nothing on it runs or paints but what is hashed here.
"""

import base64
import hashlib
import html
import re
from pathlib import Path
from typing import Literal

Kind = Literal["form", "receipt", "other"]

_HERE = Path(__file__).parent
_BARE = re.compile(r"[A-Za-z0-9._-]+")


def _squeezed(name: str, remark: str) -> str:
    """A file beside this one, without indents, empty lines and the lines that are only a remark."""
    lines = map(str.strip, (_HERE / name).read_text(encoding="utf-8").splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(remark))


# In this style a space beside these signs never means anything.
STYLE = re.sub(r"\s*([{}:;,>+])\s*", r"\1", _squeezed("by_link.css", "/*")).replace(";}", "}")
SCRIPT = _squeezed("by_link.js", "//")


def esc(text: object) -> str:
    """Text made safe for markup and for a quoted attribute."""
    return html.escape(str(text), quote=True)


def attr(text: object) -> str:
    """Text made safe as an attribute's value, with quotes only where it needs them: eight cards have hundreds."""
    return str(text) if _BARE.fullmatch(str(text)) else f'"{esc(text)}"'


def heading(text: str) -> str:
    """Text of a heading, made safe; no line of it starts with a number that belongs to the word before (Year 11)."""
    return re.sub(r" (?=\d)", "\N{NO-BREAK SPACE}", esc(text))


def headers() -> dict[str, str]:
    """What every answer carries. The address is a key: it is neither kept, passed on nor indexed."""
    policy = (
        "default-src 'none'",
        f"style-src {_hash(STYLE)}",
        f"script-src {_hash(SCRIPT)}",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "img-src data:",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff",
    }


def document(title: str, main: str, *, banner: str, foot: tuple[str, ...], kind: Kind, draft_key: str = "") -> str:
    """A whole page. `main` is markup, everything else text; `draft_key` names what the browser keeps of the typing."""
    said = "".join(f"<p>{esc(line)}</p>" for line in foot if line)
    return (
        "<!doctype html>\n"
        "<html lang=en-GB><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        '<meta name=color-scheme content="light dark">'
        "<link rel=icon href=data:,>"  # or a browser asks for one, over whatever network there is
        f"<title>{esc(title)}</title><style>{STYLE}</style>"
        f'<body data-page={kind} data-key="{esc(draft_key)}">'
        + (f"<header>{esc(banner)}</header>" if banner else "")
        + f"<main>{main}</main>"
        + (f"<footer>{said}</footer>" if said else "")
        + f"<script>{SCRIPT}</script>"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
