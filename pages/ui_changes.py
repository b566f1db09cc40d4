"""What changed, drawn: the few things that matter most, and each kind with its lines; everything leads to its page."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from framework.kpis.standing import Family, Verdict
from framework.picture.telling import why_of
from framework.picture.told import Section, Told
from framework.picture.weighing import Thing
from pages.ui_here import AS_AT
from pages.ui_html import Html, join, lines, link, mark, small, strong
from pages.ui_table import Column, table
from pages.ui_words import words

_WIDTHS = {"then": "12%", "now": "18%", "why": None, "who": "14%"}
_OF_VERDICTS = {"then": None, "now": None, "why": "18%", "who": "14%"}
_OF_FACTS = {"then": None, "now": None, "why": "10%", "who": "14%"}
_FIRST = (Column("In short", width="11%", unseen=True), Column("What", unseen=True))
_KINDS = {"action": "Action", "kpi": "KPI", "element": "Part", "": "Rule"}


@dataclass(frozen=True)
class Led:
    """Where links lead.

    since    the earlier moment as an address says it: what is gone now is shown as it stood then
    school   the one in view
    history  whether who looks may see the ledger
    """

    since: str
    school: str | None
    history: bool


def first(things: Sequence[Thing], led: Led) -> None:
    """The few things that matter most, each a sentence."""
    if things:
        table(_FIRST, [_thing(one, led) for one in things], caption="What matters most", key="matters")


def section(found: Section, led: Led) -> None:
    """A kind of change under its name; one of little weight is folded away, with how many there are."""
    key = found.title.lower().replace(" ", "_")
    if found.folded:
        with st.expander(f"{found.title}: {len(found.lines)}", key=f"{key}_opened"):
            _lines(found, led, key)
    else:
        words(join(strong(found.title), small(found.note), by=" "))
        _lines(found, led, key)


def _thing(one: Thing, led: Led) -> tuple[Html, Html]:
    said = join(_leads(one.title, one.table, one.ref, led, gone=one.gone), one.words, by=", ")
    reason = one.reason[:1].upper() + one.reason[1:]
    return strong(one.side), lines(said, small(reason) if reason else "")


def _lines(found: Section, led: Led, key: str) -> None:
    one = found.lines[0]
    linked = led.history and one.edited
    columns = [
        name for name in _WIDTHS if any(getattr(told, name) for told in found.lines) or (linked and name == "why")
    ]
    heads = dict(zip(_WIDTHS, (*found.heads, "Owner"), strict=True))
    widths = _OF_FACTS if one.edited else _OF_VERDICTS if one.verdicts is not None else _WIDTHS
    table(
        [
            Column("Fact" if one.edited else _KINDS[one.table], width="28%"),
            *(Column(heads[name] or "Why", width=widths[name], quiet=name == "who") for name in columns),
        ],
        [_row(told, columns, led) for told in found.lines],
        caption=found.title,
        key=key,
    )


def _row(told: Told, columns: Sequence[str], led: Led) -> list[object]:
    cells: dict[str, object] = {"then": told.then, "now": told.now, "why": told.why, "who": told.who}
    if told.verdicts is not None:
        cells |= {"then": _verdict(told.verdicts[0]), "now": _verdict(told.verdicts[1])}
    if told.edited and led.history:
        cells["why"] = link("Its history", "history", table=told.table, ref=told.ref)
    return [_leads(told.name, told.table, told.ref, led, gone=told.gone), *(cells[column] for column in columns)]


def _verdict(reached: Verdict) -> Html:
    family = Family.NONE if reached.family is Family.CONTEXT else reached.family
    return lines(mark(family, reached.standing), small(why_of(reached)))


def _leads(name: str, table_: str, ref: str, led: Led, *, gone: bool) -> object:
    """The page of what changed; of what is gone, as it stood at the earlier moment."""
    if not table_:
        return name
    if table_ == "edition":
        return link(name, "framework")
    place = led.school if table_ == "kpi" else None
    return link(name, table_, ref=ref, place=place, **({AS_AT: led.since} if gone else {}))
