"""What waits for a leader: each proposal beside what stands now, words that came by link, and the ways to answer."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from framework.deeds import proposing, recording, updating
from framework.errors import Refused, Unknown
from framework.periods import Period, day_words, local_day
from framework.picture import Picture
from framework.picture.action_lists import said as status_words
from framework.picture.proposed import Beside, of_a_new_action, of_a_value, of_an_action
from framework.plans import Update
from framework.store.proposals import Kind, Proposal
from framework.store.waiting import Waiting
from pages import ui, ui_proposal_forms
from pages.ui_preview import by_label

AT_A_TIME = 20  # proposals that are drawn; the next come when these are answered
SAID, OPEN = "proposals_said_", "proposals_open"
CHANGING, DECLINING = "change", "decline"


def said(where: str = "") -> None:
    """What was done or refused by the run before, once: at the top, or with the proposal of this ref."""
    for one in st.session_state.pop(f"{SAID}{where}", ()):
        if isinstance(one, Refused):
            ui.refused(one)
        else:
            st.success(ui.plain(one))


def do(deed: Callable[[], object], done: str, where: str = "") -> None:
    """For a button: do a deed, and keep what to say of it for the next run; a refusal is said at its place."""
    try:
        deed()
    except Refused as refusal:
        # What is not there any more has no place of its own.
        st.session_state[SAID + ("" if isinstance(refusal, Unknown) else where)] = (refusal,)
        return
    st.session_state[SAID] = (done,)
    st.session_state.pop(OPEN, None)


def counted(parts: Sequence[tuple[int, str]]) -> str:
    """`3 proposals · 1 word by link`."""
    found = []
    for number, what in parts:
        first, _, rest = what.partition(" ")
        plural = first if number == 1 else f"{first}s"
        found.append(f"{number} {plural} {rest}".strip())
    return " · ".join(words for words, (number, _) in zip(found, parts, strict=True) if number)


def several(picture: Picture, found: Sequence[Proposal]) -> None:
    """The one button for all that clash with nothing."""
    free = [one.ref for one in found if not proposing.clash(picture, one)]
    if len(free) < 2:
        return

    def accept() -> None:
        done = proposing.accept_all(ui.store(), by=ui.person(), now=ui.now(), proposals=free)
        told = (f"Accepted {len(done.done)}.",) if done.done else ()
        names = {one.ref: title(picture, one) for one in found}
        left = [Refused(f"{names[ref]} waits on: {why}") for ref, why in done.left.items()]
        st.session_state[SAID] = (*told, *left)

    st.button(f"Accept the {len(free)} that clash with nothing", type="primary", key="proposals_all", on_click=accept)


def title(picture: Picture, one: Proposal) -> str:
    """What it is about, on one line."""
    if one.kind is Kind.ACTION:
        return f"A new action: {one.data.get('title', '')}"
    if one.kind is Kind.VALUE:
        kpi = picture.kpis.get(one.about)
        name = picture.name("kpi", one.about) if kpi is None else f"{kpi.code} {kpi.title}"
        return f"{name}, {picture.name('place', one.data['place'])}, {Period.parse(one.data['period']).words}"
    action = picture.actions.get(one.about)
    return picture.name("action", one.about) if action is None else f"{action.code} {action.title}"


def each(picture: Picture, found: Sequence[Proposal]) -> None:
    """Every proposal with its answers, oldest first."""
    for one in found[:AT_A_TIME]:
        with st.container(key=f"proposal_{one.ref}"):
            _draw(picture, one)
            _answers(picture, one)
            said(one.ref)
    if len(found) > AT_A_TIME:
        ui.quiet(f"{len(found) - AT_A_TIME} more come here when these are answered.")


def _draw(picture: Picture, one: Proposal) -> None:
    ui.section(title(picture, one), _who(picture, one))
    rows = [(line.name, line.now, line.proposed) for line in _beside(picture, one)]
    new = one.kind is Kind.ACTION
    columns = (ui.Column("Fact", width="22%", unseen=True), ui.Column("Now", width="30%"), ui.Column("Proposed"))
    if new:
        rows, columns = [(name, what) for name, _, what in rows], (columns[0], columns[2])  # type: ignore[assignment, misc]
    ui.table(columns, rows, caption=f"What is proposed: {title(picture, one)}", key=f"proposal_facts_{one.ref}")
    if one.words and all(line.proposed != one.words for line in _beside(picture, one)):
        ui.words(f"“{one.words}”")
    clash = proposing.clash(picture, one)
    if clash:
        ui.words(ui.join(ui.strong("Look first. "), clash))


def _who(picture: Picture, one: Proposal) -> ui.Html:
    how = "by link" if one.link is not None else ""
    told = (picture.name("person", one.by), day_words(local_day(one.made_at)), how, _about(picture, one))
    return ui.join(*told, by=" · ")


def _about(picture: Picture, one: Proposal) -> ui.Html | str:
    if one.kind is Kind.UPDATE and one.about in picture.actions:
        return ui.link("The action", "action", ref=one.about)
    return ui.link("The KPI", "kpi", ref=one.about) if one.kind is Kind.VALUE and one.about in picture.kpis else ""


def _beside(picture: Picture, one: Proposal) -> tuple[Beside, ...]:
    facts = proposing.typed(one)
    if one.kind is Kind.UPDATE:
        return of_an_action(picture, picture.actions.get(one.about), facts)
    if one.kind is Kind.ACTION:
        return of_a_new_action(picture, facts)
    slot = (one.about, facts["place"], facts["period"], facts.get("group") or "")
    return of_a_value(picture.kpis.get(one.about), recording.value_seen(picture, *slot), facts)


def _answers(picture: Picture, one: Proposal) -> None:
    accept = partial(_accept, one, f"Accepted: {title(picture, one)}.")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Accept", key=f"accept_{one.ref}", on_click=accept)
        for label, what in (("Change and accept", CHANGING), ("Decline", DECLINING)):
            st.button(label, key=f"{what}_{one.ref}", on_click=_toggle, args=((one.ref, what),), type="tertiary")
    opened = st.session_state.get(OPEN)
    if opened == (one.ref, CHANGING):
        ui_proposal_forms.change(picture, one, accept)
    elif opened == (one.ref, DECLINING):
        who = picture.name("person", one.by)
        declined = f"Declined: {title(picture, one)}. {who} reads why when they come next."
        ui_proposal_forms.decline(one, partial(_decline, one, declined))


def _toggle(what: tuple[str, str]) -> None:
    st.session_state[OPEN] = None if st.session_state.get(OPEN) == what else what


def _accept(one: Proposal, done: str, edited: Mapping[str, Any] | None = None, words: str = "") -> None:
    given: dict[str, Any] = {"proposal": one.ref, "edited": edited, "words": words}
    do(lambda: proposing.accept(ui.store(), by=ui.person(), now=ui.now(), **given), done, one.ref)


def _decline(one: Proposal, done: str, words: str) -> None:
    do(
        lambda: proposing.decline(ui.store(), by=ui.person(), now=ui.now(), proposal=one.ref, words=words),
        done,
        one.ref,
    )


def unchecked(picture: Picture) -> list[Update]:
    """The words that came by link and that no leader has looked at, oldest first."""
    found = [u for some in picture.updates.values() for u in some if u.unchecked]
    return sorted(found, key=lambda u: (u.on, u.action, u.ref))


def words_by_link(picture: Picture, found: Sequence[Update]) -> None:
    """What was said by link, and one button that says it was looked at."""
    ui.section(f"Words by link ({len(found)})", "They stand in the plan already, marked “by link, not yet checked”.")
    columns = (
        ui.Column("Action", width="30%"),
        ui.Column("Said", width="36%"),
        ui.Column("Status", width="14%"),
        ui.Column("Who and when", quiet=True),
    )
    rows = [
        (
            ui.join(ui.small(picture.actions[u.action].code), _action(picture, u), by=" "),
            u.words,
            status_words(u.status) if u.status is not None else str(u.answer or "").capitalize(),
            ui.lines(picture.name("person", u.by), day_words(u.on, weekday=False)),
        )
        for u in found
    ]
    ui.table(columns, rows, caption="Words by link, oldest first", key="proposals_words")
    named = ((f"{picture.actions[u.action].code}, {picture.name('person', u.by)}, {day_words(u.on)}", u) for u in found)
    labels = {u.ref: label for label, u in by_label(named).items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        left = st.multiselect(
            "Leave for later",
            list(labels),
            format_func=labels.__getitem__,
            key="proposals_later",
            placeholder="None",
        )
        refs = [u.ref for u in found if u.ref not in left]
        many = f"all {len(found)}" if not left and found[1:] else f"{len(refs)} of {len(found)}"
        check = partial(_check, refs, f"Checked: {many}.")
        st.button(
            f"I have checked {many if found[1:] else 'it'}", key="proposals_check", disabled=not refs, on_click=check
        )


def _check(refs: Sequence[str], done: str) -> None:
    do(lambda: updating.check_update(ui.store(), by=ui.person(), now=ui.now(), updates=refs), done)


def _action(picture: Picture, update: Update) -> ui.Html:
    return ui.link(picture.actions[update.action].title, "action", ref=update.action)


def files(picture: Picture, found: Sequence[Waiting]) -> None:
    """Files that were brought and are not loaded yet."""
    ui.section(f"Files that wait ({len(found)})", "Each shows what it would change before anything is saved.")
    rows = [
        (ui.link(one.name, "load", ref=one.ref), picture.name("person", one.by), day_words(local_day(one.made_at)))
        for one in found
    ]
    columns = (ui.Column("File", width="46%"), ui.Column("Brought by"), ui.Column("Since", width="22%"))
    ui.table(columns, rows, caption="Files that wait to be loaded", key="proposals_files")
