"""The forms that answer a proposal: changed and accepted, or declined with words. What is typed stays on a refusal."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from framework.civic import Part
from framework.deeds import proposing
from framework.kpis.kpi import Measure
from framework.picture import Picture
from framework.plans import MoveReason
from framework.store.proposals import Kind, Proposal
from pages import ui_fields


def change(picture: Picture, one: Proposal, accept: Callable[[dict[str, Any], str], None]) -> None:
    """What was proposed, to be changed; accepted by `accept(fields, words)`."""
    key, facts = f"proposal_{one.ref}", proposing.typed(one)
    with st.form(f"{key}_form", border=False):
        edited = _FIELDS[one.kind](picture, one, facts, key)
        words = st.text_area("What to tell them (may stay empty)", key=f"{key}_words", height=80)
        sent = st.form_submit_button("Accept it like this", type="primary")
    if sent:
        accept(edited, words)
        st.rerun()


def decline(one: Proposal, done: Callable[[str], None]) -> None:
    """Why not, in words that whoever proposed it will read."""
    key = f"proposal_{one.ref}_no"
    with st.form(f"{key}_form", border=False):
        words = st.text_area("Why not, in a sentence they will read", key=f"{key}_words", height=80)
        sent = st.form_submit_button("Decline it", type="primary")
    if sent:
        done(words)
        st.rerun()


def _of_an_action(picture: Picture, one: Proposal, facts: dict[str, Any], key: str) -> dict[str, Any]:
    edited: dict[str, Any] = {}
    if "new_due_on" in facts:
        with st.container(horizontal=True):
            edited["new_due_on"] = st.date_input(
                "New date; empty: it stays", facts["new_due_on"], format="DD/MM/YYYY", key=f"{key}_due"
            )
            reasons = list(MoveReason)
            at = reasons.index(facts["moved_for"]) if facts.get("moved_for") in reasons else None
            edited["moved_for"] = st.selectbox(
                "Why it moves", reasons, at, lambda r: str(r).capitalize(), key=f"{key}_why"
            )
        if edited["new_due_on"] is None:
            edited |= {"moved_for": None, "moved_because": ""}
    if "status" in facts:
        agreed = st.checkbox(f"It is {facts['status']}", True, key=f"{key}_closes")
        edited["outcome"] = st.text_area("What changed", facts.get("outcome", ""), key=f"{key}_outcome", height=90)
        if not agreed:
            edited |= {"status": None, "outcome": ""}
    return edited


def _of_a_value(picture: Picture, one: Proposal, facts: dict[str, Any], key: str) -> dict[str, Any]:
    kpi = picture.kpis.get(one.about)
    edited: dict[str, Any] = {}
    with st.container(horizontal=True):
        if kpi is not None and kpi.measure in (Measure.PERCENTAGE, Measure.RATE):
            for name, label in (("numerator", "How many"), ("denominator", "Out of how many")):
                edited[name] = ui_fields.whole(label, facts.get(name), key=f"{key}_{name}")
        edited["number"] = ui_fields.number("Value", facts.get("number"), key=f"{key}_number")
    if any(edited.get(name) != facts.get(name) for name in ("numerator", "denominator")) and "numerator" in edited:
        edited["number"] = None  # it follows from its two parts
    edited["note"] = st.text_input("Note", facts.get("note") or one.words, key=f"{key}_note")
    return edited


def _of_a_new_action(picture: Picture, one: Proposal, facts: dict[str, Any], key: str) -> dict[str, Any]:
    assert picture.edition is not None
    objectives = {e.ref: e.title for e in picture.parts(picture.edition.ref, Part.OBJECTIVE)}
    people = {p.ref: p.name for p in sorted(picture.people.values(), key=lambda p: p.name) if p.here_on(picture.on)}
    refs, owner = list(people), facts.get("owner") or one.by
    edited: dict[str, Any] = {"title": st.text_input("Action", facts.get("title", ""), key=f"{key}_title")}
    edited["success"] = st.text_area(
        "What will be different", facts.get("success", ""), key=f"{key}_success", height=90
    )
    with st.container(horizontal=True):
        offered = list(objectives)
        at = offered.index(facts["objective"]) if facts.get("objective") in offered else None
        edited["objective"] = st.selectbox("Objective", offered, at, objectives.__getitem__, key=f"{key}_objective")
        at = refs.index(owner) if owner in refs else None
        edited["owner"] = st.selectbox("Owner", refs, at, people.__getitem__, key=f"{key}_owner")
        edited["due_on"] = st.date_input("Due", facts.get("due_on"), format="DD/MM/YYYY", key=f"{key}_due")
    return edited


_FIELDS = {Kind.UPDATE: _of_an_action, Kind.VALUE: _of_a_value, Kind.ACTION: _of_a_new_action}
