"""Form fields from the subjects' own declarations: the same headings, choices and help as in the workbook."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from framework.picture import Picture
from framework.subjects import Field, Kind, Subject
from framework.workbook.words import shown
from pages.ui_html import plain


def field(
    subject: Subject, name: str, value: Any, picture: Picture, key: str, *, options: Sequence[Any] = (), label: str = ""
) -> Any:
    """Draw one field and answer what is in it: a text, number, choice, ref, tuple of refs, Period or None.

    options  the refs that may be chosen, for a field that refers to another subject; the periods, for a period
    """
    own = subject.field(name)
    words = plain(label or own.heading[:1].upper() + own.heading[1:])
    told: dict[str, Any] = {"key": f"{key}_{name}", "help": plain(own.help) if own.help else None}
    match own.kind:
        case Kind.TEXT:
            return st.text_input(words, value or "", **told)
        case Kind.LONG:
            return st.text_area(words, value or "", height=90, **told)
        case Kind.NUMBER:
            return number(words, value, **told)
        case Kind.WHOLE:
            return whole(words, value, **told)
        case Kind.FLAG:
            return st.checkbox(words, bool(value), **told)
        case Kind.MANY:
            return tuple(st.multiselect(words, list(options), list(value or ()), _named(subject, own, picture), **told))
    return _one(subject, own, words, value, picture, options, told)


def _one(
    subject: Subject, own: Field, words: str, value: Any, picture: Picture, options: Sequence[Any], told: dict[str, Any]
) -> Any:
    """One of several, or none: a closed set, a reference, a period. What stands there now is always among them."""
    offered = list(own.choices or ()) if own.kind is Kind.CHOICE else list(options)
    if value is not None and value not in offered:
        offered.insert(0, value)
    listed = [None, *offered]
    return st.selectbox(words, listed, listed.index(value), _named(subject, own, picture), **told)


def _named(subject: Subject, own: Field, picture: Picture) -> Any:
    def named(value: Any) -> str:
        if value is None:
            return "Not said"
        if own.of == "element":
            return picture.elements[value].title if value in picture.elements else picture.name("element", value)
        return shown(subject, own, (value,) if own.kind is Kind.MANY else value, picture.rows)

    return named


def number(words: str, value: float | None, **told: Any) -> float | None:
    """A number that may be left empty; nought is a number."""
    return st.number_input(words, value=None if value is None else float(value), step=0.1, format="%g", **told)


def whole(words: str, value: int | None, **told: Any) -> int | None:
    return st.number_input(words, value=value, min_value=0, step=1, **told)
