"""Questions about values on Returns: asking one, all that are open, and settling one."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from framework.deeds import querying
from framework.kpis.kpi import Kpi, Query, Value
from framework.people import Act, may
from framework.periods import Period, day_words, local_day
from framework.picture import Picture
from framework.picture.entering import SAID
from framework.picture.returns import open_queries, value_asked_about
from framework.places import Place
from pages import ui, ui_kpi
from pages.ui_forms import do, form_key


def about_value(picture: Picture) -> None:
    """The form of a question about one value, where the address names one: KPI, place and period."""
    person, found = ui.person(), _named(picture, st.query_params.get("ask", ""))
    if found is None or person is None or not may(person, Act.CHASE):
        return
    kpi, place, period = found
    ui.section("Ask about this value")
    ui.words(ui.join(ui.strong(f"{kpi.code} {kpi.title}"), f", {place.name}, {period.words}"))
    groups = ["", *sorted({v.group for v in picture.series(kpi.ref) if v.place == place.ref and v.group})]
    form = form_key("returns_ask", kpi.ref, place.ref, period.code)
    with st.form(form, border=False):
        group = st.selectbox("Group", groups, 0, lambda g: g or "Everyone", key=f"{form}_group") if groups[1:] else ""
        sent = next((v for v in picture.series(kpi.ref, place.ref, group) if v.period == period), None)
        ui.words(_stands(kpi, sent))
        words = st.text_area("Your question", key=f"{form}_words", height=80)
        ask = st.form_submit_button("Ask", type="primary")
    if ask:

        def asked() -> None:
            given: dict[str, Any] = {
                "kpi": kpi.ref,
                "place": place.ref,
                "period": period,
                "group": group,
                "words": words,
            }
            querying.ask_about(ui.store(), by=person, now=ui.now(), **given)
            st.query_params.pop("ask", None)

        do(asked, f"Asked about {kpi.code}, {place.name}, {period.words}. Their next message says so.")


def _named(picture: Picture, asked: str) -> tuple[Kpi, Place, Period] | None:
    """What an address asks about; None when it is nothing that is here."""
    parts = asked.split(".")
    if len(parts) != 3:
        return None
    kpi, place = picture.kpis.get(parts[0]), picture.places.get(parts[1])
    try:
        period = Period.parse(parts[2])
    except ValueError:
        return None
    return None if kpi is None or place is None else (kpi, place, period)


def _stands(kpi: Kpi, value: Value | None) -> str:
    if value is None:
        return "No value has been sent yet."
    said = ui_kpi.number(kpi, value) if value.has_number else SAID[value.state]
    on = f", recorded on {day_words(local_day(value.recorded_at))}" if value.recorded_at else ""
    return f"Here stands: {said}{on}."


def questions(picture: Picture, may_settle: bool) -> None:
    """The questions that are open, and settling one: writing down what came of it."""
    found = open_queries(picture)
    if not found:
        return
    ui.section("Open questions", "A value recorded on a later day than the question settles it by itself.")
    rows = [
        (
            ui.lines(_about(picture, query), ui.small(query.group)),
            query.words,
            ui.lines(day_words(query.asked_on, weekday=False), ui.small(picture.name("person", query.asked_by))),
            _now(picture, query),
        )
        for query in found
    ]
    columns = (
        ui.Column("Value", width="32%"),
        ui.Column("Question"),
        ui.Column("Asked", width="16%", quiet=True),
        ui.Column("Here then" if ui.is_past() else "Here now", width="16%"),
    )
    ui.table(columns, rows, caption="Questions about values that are open, oldest first", key="returns_questions")
    if may_settle:
        _settle(picture, found)


def _about(picture: Picture, query: Query) -> str:
    code = picture.kpis[query.kpi].code if query.kpi in picture.kpis else picture.name("kpi", query.kpi)
    return f"{code}, {picture.name('place', query.place)}, {query.period.words}"


def _now(picture: Picture, query: Query) -> str:
    value, kpi = value_asked_about(picture, query), picture.kpis.get(query.kpi)
    if value is None or kpi is None:
        return "nothing yet"
    return ui_kpi.number(kpi, value) if value.has_number else SAID[value.state]


def _settle(picture: Picture, found: Sequence[Query]) -> None:
    form, person = form_key("returns_settle"), ui.person()
    assert person is not None
    # The versions that were shown: a question that somebody settles meanwhile is not settled twice.
    seen = {q.ref: st.session_state.setdefault(f"{form}_seen_{q.ref}", q.version) for q in found}
    with st.form(form, border=False):
        named = {q.ref: f"{_about(picture, q)}: {q.words[:60]}" for q in found}
        ref = st.selectbox("A question to settle", list(named), 0, named.__getitem__, key=f"{form}_which")
        answer = st.text_area("What came of it", key=f"{form}_answer", height=80)
        sent = st.form_submit_button("Settle this question")
    if sent and ref is not None:
        given: dict[str, Any] = {"query": ref, "answer": answer, "seen": seen[ref]}
        do(lambda: querying.settle_query(ui.store(), by=person, now=ui.now(), **given), "Settled. The answer is kept.")
