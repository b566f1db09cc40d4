"""What pages say: headings, sentences, refusals, empty pages, drawers and choices. All of it is escaped."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeVar

import streamlit as st

from framework.errors import Refused
from pages.ui_html import Html, esc, join, plain

T = TypeVar("T")
PRODUCT = "Civic Duty Dashboard"
PROBLEMS_SHOWN = 200
BETWEEN_CRUMBS = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


def show(markup: Html) -> None:
    """Draw markup made by the ui functions. Anything else is refused, so that no text is ever drawn as markup."""
    if not isinstance(markup, Html):
        raise TypeError("show draws only what the ui functions made; escape text with ui.esc")
    if markup:
        st.html(markup)


def heading(title: str, crumbs: Sequence[object] = (), note: object = "", tab: str = "") -> None:
    """The page's one title, where it stands above it and a quiet note under it; names the browser's tab too."""
    st.set_page_config(page_title=f"{tab or title} · {PRODUCT}")
    above = (
        f'<nav class="cd-crumbs" aria-label="Where this is">{join(*crumbs, by=BETWEEN_CRUMBS)}</nav>' if crumbs else ""
    )
    below = f'<p class="cd-words cd-small">{esc(note)}</p>' if note else ""
    show(Html(f'{above}<h1 class="cd-title">{esc(title)}</h1>{below}'))


def section(title: str, note: object = "") -> None:
    below = f'<p class="cd-words cd-small">{esc(note)}</p>' if note else ""
    show(Html(f'<h2 class="cd-section">{esc(title)}</h2>{below}'))


def words(text: object, size: Literal["small", "body", "large"] = "body") -> None:
    """A paragraph: small (second voice), body or large."""
    show(Html(f'<p class="cd-words cd-{size}">{esc(text)}</p>'))


def quiet(text: object) -> None:
    words(text, "small")


def statement(mark: Html | None, text: object) -> None:
    """The standing sentence: its mark and word, then the sentence. No mark for a context KPI."""
    words(join(mark, text, by=" ") if mark else text, "large")


def strip(text: object, right: object = "") -> None:
    """One line in a hairline frame, with a link at its end."""
    show(Html(f'<div class="cd-strip"><span>{esc(text)}</span><span>{esc(right)}</span></div>'))


def facts(pairs: Sequence[tuple[str, object]]) -> None:
    """Names and what they are, one under another; pairs with nothing to say are left out."""
    said = [(name, value) for name, value in pairs if value not in (None, "")]
    inside = "".join(f"<dt>{esc(name)}</dt><dd>{esc(value)}</dd>" for name, value in said)
    show(Html(f'<dl class="cd-facts">{inside}</dl>') if said else Html(""))


def refused(refusal: Refused) -> None:
    """Show a refusal in its own words, and every wrong cell it names."""
    st.error(plain(refusal))
    problems: Sequence[object] = getattr(refusal, "problems", ())
    if problems:
        listed = "".join(f"<li>{esc(problem)}</li>" for problem in problems[:PROBLEMS_SHOWN])
        more = len(problems) - PROBLEMS_SHOWN
        show(Html(f"<ul>{listed}</ul>" + (f'<p class="cd-words cd-small">And {more:,} more.</p>' if more > 0 else "")))


def empty_state(title: str, what: object, next_link: Html | None = None) -> None:
    """What this page will show, and the one thing to do next."""
    heading(title)
    words(what, "large")
    if next_link:
        words(next_link)


def drawer(title: str, body: Callable[[], None]) -> None:
    """Open a drawer at the right, drawn by `body`. One a run."""
    st.dialog(plain(title), position="right", width="medium")(body)()


def choose(
    label: str,
    options: Sequence[T],
    key: str,
    words: Callable[[T], str] = str,
    *,
    everything: str | None = None,
    how: Literal["list", "pills", "segments"] = "list",
) -> T | None:
    """One of the options, kept in the URL under `key`; the first unless another was chosen.

    `everything` names a first choice that stands for no choice, and answers None. The URL holds the option's words.
    """
    offered: list[T | None] = [*([None] if everything is not None else []), *options]

    def named(option: T | None) -> str:
        return str(everything) if option is None else words(option)

    if how == "list":
        return st.selectbox(plain(label), offered, format_func=named, key=key, bind="query-params")
    kind = st.pills if how == "pills" else st.segmented_control
    first = offered[0] if offered else None
    return kind(
        plain(label),
        offered,
        default=first,
        required=True,
        format_func=named,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
