"""One action: what was promised, how it goes, what it should move, and everything that was said and changed."""

from urllib.parse import urlsplit

import streamlit as st

from framework.people import Act, may
from framework.picture.opened import opened
from framework.picture.own import may_update
from pages import ui, ui_action, ui_action_evidence, ui_action_judge, ui_forms, ui_history

person = ui.person()
found = opened(ui.picture(), st.query_params.get("ref", ""), person)
if found is None:
    ui.empty_state(
        "There is no such action here",
        "It may have been taken away, or it is not open to you. Choose one from the list.",
        ui.link("All actions", "actions"),
    )
    st.stop()

picture, action = found
ui.heading(action.title, ui_action.crumbs(picture, action), tab=f"{action.code} {action.title}")
ui.words(action.success or ui.small("What will be different: nobody has said yet."), "large")
ui.show(ui_action.deeds_links(action, person))
ui_forms.done_words()
ui_action.three_words(picture, action)
leads = person is not None and may(person, Act.EDIT_PLAN)
if person is not None and leads:
    with st.expander("Say how confident you are", key="action_judge"):
        ui_action_judge.confidence(action, person)
when, who = st.columns(2, gap="medium")
with when:
    ui_action.dates(picture, action)
with who:
    ui_action.people(picture, action)

ui.section("What it should move")
ui_action.kpis(picture, action)
ui.section("Evidence" if action.open else "What came of it")
ui_action.outcome(picture, action)
ui_action_evidence.evidence(picture, action)
if person is not None and may_update(action, person):
    ui_action_evidence.forms(picture, action, person)
ui.section("Milestones")
ui_action.milestones(picture, action)
ui.section("Updates")
ui_action.updates(picture, action)
if person is not None and leads:
    ui_action.checked(picture, action, person)
ui.section("What it serves")
ui_action.tags(picture, action)

told = ui_history.told_of(picture, "action", action.ref, *ui_history.PARTS["action"])
with st.expander("Where it comes from", key="action_origin"):
    ui_action.origin(told)
with st.expander("History of this action", key="action_past"):
    ui_action.history(picture, action, told)
with st.expander("Link to share", key="action_link"):
    here = urlsplit(st.context.url or "")
    origin = f"{here.scheme}://{here.netloc}" if here.netloc else ""
    st.code(origin + ui.address("action", ref=action.ref), language=None, wrap_lines=True)
