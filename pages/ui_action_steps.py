"""The forms about an action's milestones: add one, change one, take one away."""

from typing import Any

import streamlit as st

from framework.deeds import planning
from framework.people import Person
from framework.periods import day_words
from framework.picture import Picture
from framework.plans import Action, Milestone
from pages import ui
from pages.ui_forms import do, form_key, go_on


def steps(picture: Picture, person: Person, action: Action) -> None:
    """Every milestone, each opened to be changed; and the form that adds one."""
    there = picture.milestones.get(action.ref, ())
    if not there:
        ui.quiet("No steps are set down yet.")
    for step in there:
        done = f", done {day_words(step.done_on)}" if step.done_on else ""
        with st.expander(ui.plain(f"{step.title}: due {day_words(step.due_on)}{done}"), key=f"step_{step.ref}"):
            _change(person, step)
    with st.expander("Add a milestone", key="step_new"):
        _add(person, action)


def _add(person: Person, action: Action) -> None:
    form = form_key("step", "new", action.ref)
    with st.form(form, border=False):
        title = st.text_input("Name of the milestone", key=f"{form}_title")
        due = st.date_input("It is due on", None, format="DD/MM/YYYY", key=f"{form}_due_on")
        sent = st.form_submit_button("Add this milestone")
    if sent:
        given: dict[str, Any] = {"action": action.ref, "title": title, "due_on": due}
        do(lambda: planning.add_milestone(ui.store(), by=person, now=ui.now(), **given), f"Added: {title}.")


def _change(person: Person, step: Milestone) -> None:
    form = form_key("step", step.ref)
    seen = f"{form}_seen"
    if f"{form}_title" not in st.session_state or seen not in st.session_state:
        st.session_state[seen] = step.version
    with st.form(form, border=False):
        facts: dict[str, Any] = {"title": st.text_input("Name", step.title, key=f"{form}_title")}
        due, done = st.columns(2)
        with due:
            facts["due_on"] = st.date_input("Due on", step.due_on, format="DD/MM/YYYY", key=f"{form}_due_on")
        with done:
            facts["done_on"] = st.date_input("Done on", step.done_on, format="DD/MM/YYYY", key=f"{form}_done_on")
        why = st.text_input("Why, if it needs saying", key=f"{form}_why")
        with st.container(horizontal=True):
            sent = st.form_submit_button("Save this milestone")
            gone = st.form_submit_button("Take it away", type="tertiary")
    given: dict[str, Any] = {"by": person, "now": ui.now(), "milestone": step.ref, "why": why}
    given["seen"] = int(st.session_state[seen])
    if sent:
        do(lambda: planning.change_milestone(ui.store(), facts=facts, **given), f"Saved: {facts['title']}.")
    if gone:
        do(lambda: planning.take_away_milestone(ui.store(), **given), f"Taken away: {step.title}.")
    if given["seen"] != step.version:
        ui.words(f"Someone changed this. It is now: {step.title}, due {day_words(step.due_on)}.")
        go_on(form, step.version)
