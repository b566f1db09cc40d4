"""Pieces of markup. Every function escapes what it is given unless that is already `Html`; nothing here draws."""

import html
import re
from collections.abc import Sequence
from urllib.parse import urlencode

from framework.people import Person, Role
from pages.ui_here import AS_AT, asked_moment


class Html(str):
    """Markup made by these functions, and so safe to place in more markup. Pages never make one themselves."""

    __slots__ = ()


_SHAPES = {
    "achieved": ("cd-achieved", "cd-green"),
    "on track": ("cd-on-track", "cd-green"),
    "slightly behind": ("cd-slightly-behind", "cd-amber"),
    "behind": ("cd-behind", "cd-red"),
    "none": ("cd-none", "cd-grey"),
}
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
_CODES = re.compile(r"(:(?=[A-Za-z/+_-])|www\.|@)(?=\S)")


def esc(text: object) -> Html:
    """Text made safe for markup; markup made here passes as it is, None is nothing."""
    if isinstance(text, Html):
        return text
    return Html("" if text is None else html.escape(str(text), quote=True))


def plain(text: object) -> str:
    """Text for what reads Markdown (st.error, labels), so that it shows as it was written.

    A word joiner parts what is replaced after escapes are read: emoji, icons, addresses of the web and of mail.
    """
    lines = (" ".join(line.split(" ")).strip() for line in str(text).splitlines())
    return "  \n".join(_MARKDOWN.sub(r"\\\1", _CODES.sub("\\1\N{WORD JOINER}", line)) for line in lines)


def join(*parts: object, by: object = "") -> Html:
    """The parts one after another, text escaped."""
    return Html(esc(by).join(esc(part) for part in parts if part not in (None, "")))


def lines(*parts: object) -> Html:
    """The parts under one another; empty ones are left out."""
    return Html("".join(f'<span class="cd-line">{esc(part)}</span>' for part in parts if part not in (None, "")))


def strong(text: object) -> Html:
    return Html(f"<strong>{esc(text)}</strong>")


def small(text: object) -> Html:
    """The second voice: smaller and grey, inside a cell or a line."""
    return Html(f'<span class="cd-quiet">{esc(text)}</span>')


def _shape(family: str) -> str:
    shape, colour = _SHAPES[family]
    return f'<span class="cd-shape {shape} {colour}"></span>'


def mark(family: str, word: str, colour_word: bool = True) -> Html:
    """One of the five marks with its word. `family`: achieved, on track, slightly behind, behind, none."""
    colour = _SHAPES[family][1] if colour_word else "cd-plain"
    return Html(f'<span class="cd-mark">{_shape(family)}<span class="cd-verdict {colour}">{esc(word)}</span></span>')


def marks(items: Sequence[tuple[str, str]]) -> Html:
    """Bare marks in a row; each (family, title) is told to a screen reader and on hover."""
    told = esc("; ".join(title for _, title in items))
    shapes = "".join(f'<span title="{esc(title)}">{_shape(family)}</span>' for family, title in items)
    return Html(f'<span class="cd-marks" role="img" aria-label="{told}">{shapes}</span>') if items else Html("")


def bar(done: float, total: float) -> Html:
    """A bar of 8 px, filled by done ÷ total; empty where the total is nought. The words beside it say the numbers."""
    share = 0.0 if total <= 0 else min(max(done / total, 0.0), 1.0)
    return Html(f'<span class="cd-bar" aria-hidden="true"><span style="width:{share * 100:.2f}%"></span></span>')


def address(page: str, **params: object) -> str:
    """The address of a page, `/kpi?ref=…`; parameters that are None or empty are left out.

    Whoever looks at the past stays there, unless `as_at` is given as empty.
    """
    given = {name: value for name, value in {AS_AT: asked_moment(), **params}.items() if value not in (None, "")}
    path = "/" if page == "overview" else f"/{page}"
    return path + (f"?{urlencode(given, doseq=True)}" if given else "")


def link(label: object, page: str, **params: object) -> Html:
    """A link to another page of the app, in the same tab."""
    return Html(f'<a href="{esc(address(page, **params))}" target="_self">{esc(label)}</a>')


def term(word: str, explanation: object) -> Html:
    """A word that explains itself when it is tapped."""
    return Html(f'<details class="cd-term"><summary>{esc(word)}</summary><span>{esc(explanation)}</span></details>')


def cell(title: object, *, code: str = "", foot: object = "", look: str = "rest", to: str = "") -> Html:
    """A place of the framework. `look`: chosen, serves, rest, empty (no action yet). `to`: an `address`."""
    if look not in ("chosen", "serves", "rest", "empty"):
        raise ValueError(f"a cell has no look {look!r}")
    number = f'<span class="cd-code">{esc(code)}</span>' if code else ""
    inside = f"<span>{number}{esc(title)}</span>" + (f'<span class="cd-foot">{esc(foot)}</span>' if foot else "")
    if to:
        return Html(f'<a class="cd-cell cd-{look}" href="{esc(to)}" target="_self">{inside}</a>')
    return Html(f'<div class="cd-cell cd-{look}">{inside}</div>')


def band(name: object, cells: Sequence[Html], columns: int = 3) -> Html:
    """A named row of cells, as many abreast as `columns`; one under another on a phone."""
    inside = "".join(cells)
    return Html(
        f'<div class="cd-band"><div>{esc(name)}</div>'
        f'<div class="cd-cells" style="--cd-columns:{int(columns)}">{inside}</div></div>'
    )


def viewers(people: Sequence[Person], back: str) -> Html:
    """The demo's people by role, each a link that becomes that person and comes back to `back`."""
    parts = []
    for role in Role:
        names = sorted((person for person in people if person.role is role), key=lambda person: person.name)
        items = "".join(f"<li>{_viewer(person, back)}</li>" for person in names)
        if items:
            parts.append(f"<h3>{esc(str(role).capitalize())}</h3><ul>{items}</ul>")
    return Html(f'<div class="cd-viewers">{"".join(parts)}</div>')


def _viewer(person: Person, back: str) -> Html:
    job = join(", ", person.job) if person.job else ""
    return join(link(person.name, "viewer", ref=person.ref, next=back), small(job))
