"""What a view is narrowed to: one row for every list, kept in the URL, so that a view can be sent."""

from collections.abc import Sequence

import streamlit as st

from framework.civic import Part
from framework.picture.review import Filter
from framework.picture.shape import Picture
from pages.ui_html import Html, plain, strong
from pages.ui_words import show

# The URL's names. `narrowed` makes the same parameters for a link.
PARTS = (Part.OBJECTIVE, Part.PILLAR, Part.STRAND, Part.PRIORITY)
SCHOOL = "school"
KEYS = (*(str(part) for part in PARTS), SCHOOL)


def filters(picture: Picture, edition: str) -> Filter:
    """The choice of pillar, objective, strand, priority and school; and in words what the view is narrowed to."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        with st.popover("Narrow this view", type="tertiary"):
            elements = [_choose(str(part), [e.ref for e in picture.parts(edition, part)], picture) for part in PARTS]
            school = _choose(SCHOOL, [s.ref for s in picture.schools], picture)
        chosen = Filter(tuple(ref for ref in elements if ref is not None), school)
        if chosen != Filter():
            show(narrowed_words(picture, chosen))
            st.button("Show everything", key="show_everything", on_click=_clear, type="tertiary")
    return chosen


def narrowed(picture: Picture, chosen: Filter, *more: str) -> dict[str, str]:
    """The URL's parameters of a view, and of one narrowed further to the elements `more`, for `ui.link`.

    An element takes the place of another of its part.
    """
    found = {str(picture.elements[ref].part): _title(picture, ref) for ref in (*chosen.elements, *more)}
    return found | ({SCHOOL: _title(picture, chosen.school)} if chosen.school is not None else {})


def narrowed_words(picture: Picture, chosen: Filter) -> Html:
    """`Only objective A, pillar 1, Hazel Grange Primary`; nothing for the whole."""
    said = [_short(picture, ref) for ref in (*chosen.elements, chosen.school) if ref is not None]
    return Html(f'<p class="cd-words cd-small">Only {strong(", ".join(said))}</p>') if said else Html("")


def _short(picture: Picture, ref: str) -> str:
    element = picture.elements.get(ref)
    if element is None or element.part is Part.STRAND:
        return _title(picture, ref)
    return f"{element.part} {element.code}"


def _choose(key: str, refs: Sequence[str], picture: Picture) -> str | None:
    def named(ref: str | None) -> str:
        return "All" if ref is None else _title(picture, ref)

    return st.selectbox(plain(key.capitalize()), [None, *refs], format_func=named, key=key, bind="query-params")


def _title(picture: Picture, ref: str) -> str:
    element = picture.elements.get(ref)
    return picture.name("place", ref) if element is None else element.title


def _clear() -> None:
    for key in KEYS:
        st.session_state[key] = None
