"""How work is chosen to go on in another version: the map, the rows with what they need, and what will come of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

import streamlit as st

from framework.civic import Edition, Element, Part
from framework.kpis.kpi import Kpi
from framework.kpis.words import with_unit
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.action_lists import said
from framework.picture.carrying import (
    Left,
    Work,
    carried_as,
    suggested_code,
    suggested_map,
    tagged,
    why_not,
    work_of,
)
from framework.picture.forward import Asked, Carrying, carrying, starting_value
from framework.plans import Action
from pages import ui

NOTHING = "Nothing stands for it"
NOT_SAID = "Not said"
_SHORT = 60  # characters of an element's words where a list names it
_BY_CODE = 8  # so many actions and KPIs are named in full; more than that by their codes


def mapped(picture: Picture, before: Edition, into: Edition, form: str) -> dict[str, str | None]:
    """What stands for each part of the earlier version: as suggested, unless it is changed here."""
    suggested, parts = suggested_map(picture, before.ref, into.ref), tagged(picture, before.ref)
    there = tagged(picture, into.ref)
    ui.section("What stands for what", _agreement(suggested, parts, there, into))
    chosen: dict[str, str | None] = {}
    with st.expander("Change what stands for what", key=f"{form}_map"):
        for pair in (parts[n : n + 2] for n in range(0, len(parts), 2)):
            for column, element in zip(st.columns(2), pair, strict=False):
                with column:
                    chosen[element.ref] = _stands_for(element, suggested[element.ref], there, form)
    return chosen


def _agreement(
    suggested: Mapping[str, str | None], parts: Sequence[Element], there: Sequence[Element], into: Edition
) -> str:
    words = {e.ref: e.words for e in there}
    same = sum(words.get(suggested[e.ref] or "") == e.words for e in parts)
    without = [_named(e) for e in parts if suggested[e.ref] is None]
    if same == len(parts):
        return f"The words are the same in both, at all {same} places."
    other = len(parts) - same - len(without)
    told = [f"{same} of {len(parts)} places have the same words in both."]
    told += [f"{other} {'is' if other == 1 else 'are'} matched by number."] if other else []
    told += [f"Nothing in {into.code} stands for: {'; '.join(without)}."] if without else []
    return " ".join(told)


def _stands_for(element: Element, suggested: str | None, there: Sequence[Element], form: str) -> str | None:
    offered = {e.ref: e for e in there if e.part is element.part}
    refs = [None, *offered]
    words = ui.plain(f"{str(element.part).capitalize()} {_named(element, part=False)}")
    return st.selectbox(
        words,
        refs,
        refs.index(suggested),
        lambda ref: NOTHING if ref is None else _shortened(offered[ref].title),
        key=f"{form}_{element.ref}",
    )


def _named(element: Element, *, part: bool = True) -> str:
    name = _shortened(element.title)
    return f"{element.part} {name}" if part else name


def _shortened(words: str) -> str:
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 1].rstrip()}…"


@dataclass
class _Typed:
    """What was typed so far of the rows that are ticked."""

    form: str
    codes: dict[str, str] = field(default_factory=dict)
    objectives: dict[str, str | None] = field(default_factory=dict)
    due: dict[str, date] = field(default_factory=dict)

    @property
    def before(self) -> dict[str, str]:
        """The codes of the run before: those of rows that are drawn further down are taken too."""
        found: dict[str, str] = st.session_state.get(f"{self.form}_codes", {})
        return found


def asked(picture: Picture, before: Edition, into: Edition, elements: Mapping[str, str | None], form: str) -> Asked:
    """The actions and KPIs that are ticked, each with its new code, its objective and by when it is due now."""
    offered = [row for row in work_of(picture, before.ref) if not why_not(picture, row)]
    actions = [row for row in offered if isinstance(row, Action)]
    kpis = [row for row in offered if isinstance(row, Kpi)]
    typed = _Typed(form)
    for rows, what, none in (
        (actions, "actions", f"None of {before.code} is open and still to be carried."),
        (kpis, "KPIs", f"None of {before.code} has a value and is still to be carried."),
    ):
        ui.section(f"{what[:1].upper()}{what[1:]}", "" if rows else none)
        for row in _ticked(picture, rows, what, form):
            _ask(picture, row, into, elements, typed)
    st.session_state[f"{form}_codes"] = typed.codes
    chosen = {row.ref for row in actions}
    return Asked(
        into.ref,
        elements,
        {ref: code for ref, code in typed.codes.items() if ref in chosen},
        {ref: code for ref, code in typed.codes.items() if ref not in chosen},
        typed.due,
        typed.objectives,
    )


def _ticked(picture: Picture, rows: Sequence[Work], what: str, form: str) -> list[Work]:
    """The rows that are ticked; two abreast, one under another on a phone."""
    keys = [f"{form}_{row.ref}" for row in rows]
    if len(rows) > 1:
        every = all(st.session_state.get(key) for key in keys)
        st.button(
            f"Choose {'none' if every else 'all'} of the {len(rows)} {what}",
            key=f"{form}_all_{what}",
            on_click=lambda: st.session_state.update(dict.fromkeys(keys, not every)),
            type="tertiary",
        )
    half = -(-len(rows) // 2)
    found: list[Work] = []
    for column, some in zip(st.columns(2), (rows[:half], rows[half:]), strict=True):
        with column, st.container(gap="xsmall"):
            for row in some:
                label, now = ui.plain(f"{row.code} {row.title}"), ui.plain(_now(picture, row))
                if st.checkbox(label, key=f"{form}_{row.ref}", help=now):
                    found.append(row)
    return found


def _ask(picture: Picture, row: Work, into: Edition, elements: Mapping[str, str | None], typed: _Typed) -> None:
    """What a row needs in the other version."""
    key = f"{typed.form}_{row.ref}"
    columns = iter(st.columns(3))
    with next(columns):
        objective = _objective(picture, row, into, elements.get(row.objective or ""), key)
    typed.objectives[row.ref] = objective
    taken = [code for ref, code in {**typed.before, **typed.codes}.items() if ref != row.ref]
    ready = suggested_code(picture, row, objective, taken)
    with next(columns):
        # Of another objective it is another code, so the field begins anew.
        typed.codes[row.ref] = st.text_input(ui.plain(f"New code of {row.code}"), ready, key=f"{key}_code_{objective}")
    with next(columns):
        if isinstance(row, Action):
            usual = row.due_on if row.due_on > picture.on else None
            day = st.date_input(ui.plain(f"{row.code} is due on"), usual, format="DD/MM/YYYY", key=f"{key}_due")
            if isinstance(day, date):
                typed.due[row.ref] = day


def _objective(picture: Picture, row: Work, into: Edition, stands: str | None, key: str) -> str | None:
    there = {e.ref: e for e in picture.parts(into.ref, Part.OBJECTIVE)}
    refs = [None, *there]
    return st.selectbox(
        ui.plain(f"Objective of {row.code}"),
        refs,
        refs.index(stands if stands in there else None),
        lambda ref: NOT_SAID if ref is None else _shortened(there[ref].title),
        key=f"{key}_objective_{stands}",
    )


def _now(picture: Picture, row: Work) -> str:
    """How it stands in the earlier version."""
    owner = picture.name("person", row.owner) or "nobody"
    if isinstance(row, Action):
        return f"{said(row.status)}. Due on {day_words(row.due_on)}. Owner: {owner}."
    start = starting_value(picture, row)
    if start is None or start.number is None:
        return f"Too few schools were ever in to start from. Owner: {owner}."
    return f"It would start from {with_unit(row, start.number)}, {start.period.words}. Owner: {owner}."


def preview(picture: Picture, wanted: Asked, into: Edition) -> Carrying:
    """What would be made, drawn as a list, and each reason why it cannot be yet."""
    places = (f"new{n}" for n in count())
    found = carrying(picture, wanted, lambda: next(places))
    rows = [_made(picture, one.of, one.data, one.lost) for one in (*found.actions, *found.kpis)]
    columns = (
        ui.Column("Goes on as", width="34%"),
        ui.Column("Objective", width="10%"),
        ui.Column("Due, or starts from", width="18%"),
        ui.Column("Owner", width="14%"),
        ui.Column("Does not come along", quiet=True),
    )
    ui.section(f"What {into.code} will have")
    ui.table(columns, rows, caption=f"What goes on in {into.code}", key="carry_made", empty="Nothing yet.")
    for line in found.wrong:
        ui.words(line)
    return found


def _made(picture: Picture, row: Work, data: Mapping[str, object], lost: Sequence[str]) -> tuple[object, ...]:
    objective = picture.elements.get(str(data["objective"]))
    if isinstance(row, Action):
        when = day_words(data["due_on"]) if isinstance(data["due_on"], date) else ""
    else:
        start = starting_value(picture, row)
        when = "" if start is None or start.number is None else f"{with_unit(row, start.number)}, {start.period.words}"
    return (
        ui.lines(f"{data['code']} {row.title}", ui.small(f"from {row.code}")),
        objective.code if objective else "",
        when,
        picture.name("person", data["owner"] if isinstance(data["owner"], str) else None),
        ui.lines(*(f"{words[:1].upper()}{words[1:]}" for words in lost)),
    )


def carried_already(picture: Picture, before: Edition) -> None:
    """What of the earlier version goes on already, and as what."""
    rows = [
        (_linked(row), ui.lines(*(_linked(later) for later in after)))
        for row in work_of(picture, before.ref)
        if (after := carried_as(picture, row))
    ]
    if rows:
        ui.section("Carried already")
        columns = (ui.Column(f"Of {before.code}", width="50%"), ui.Column("Goes on as"))
        ui.table(columns, rows, caption="Carried already", key="carry_already")


def behind(left: Sequence[Left], before: Edition) -> None:
    """What stays where it was, by the reason why."""
    ui.section(f"What stays behind in {before.code}")
    why: dict[str, list[Work]] = {}
    for one in left:
        why.setdefault(one.why, []).append(one.row)
    columns = (ui.Column("Why", width="24%"), ui.Column("What"))
    rows = [(f"{len(some)} {reason}", _all_of(some)) for reason, some in why.items()]
    ui.table(columns, rows, caption=f"What stays behind in {before.code}", key="carry_left", empty="Nothing.")


def _all_of(rows: Sequence[Work]) -> ui.Html:
    """Rows as links under one another; of a great many the codes alone."""
    if len(rows) > _BY_CODE:
        return ui.join(*(_linked(row, row.code) for row in rows), by=" · ")
    return ui.lines(*(_linked(row) for row in rows))


def _linked(row: Work, words: str = "") -> ui.Html:
    page = "action" if isinstance(row, Action) else "kpi"
    return ui.link(words or f"{row.code} {row.title}", page, ref=row.ref)
