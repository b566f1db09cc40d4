"""The card of one action: how it stands, and the form in which its owner says how it goes."""

from collections.abc import Sequence

import streamlit as st

from framework.deeds import updating
from framework.errors import Conflict, Refused
from framework.people import Audience, Person
from framework.periods import day_words, local_day
from framework.picture import Picture
from framework.picture.answered import answer_words
from framework.picture.mine import MyLine, Pile, due_line, quoted
from framework.plans import Action, Milestone, MoveReason, Update, due_words
from framework.plans.closing import expected_beside_actual
from framework.plans.going import BIG, Going, said_of
from framework.plans.saying import words_of
from framework.store import pictures
from pages import ui
from pages.ui_typed import FIELDS, Typing, collect, let_go, typing_of

HOW, WHAT = "How is it going?", "What happened?"
_SAVED, _PLACED = "update_saved", "update_placed"


def plan() -> Picture:
    """The leaders' picture, of which a page of one's own shows one's own: whoever does an action sees all of it."""
    return pictures.load(ui.store(), ui.now(), Audience.LEADERS)


def forget_saved() -> None:
    """A page that is opened anew asks again, also about what was saved on the visit before, in today's order."""
    for name in (_SAVED, _PLACED):
        st.session_state.pop(name, None)


def cards(picture: Picture, person: Person, lines: Sequence[MyLine]) -> None:
    """A card for each open action, by what needs a word; then what was finished.

    Cards stay where they were drawn first: saving a word moves no other card under the finger.
    """
    placed: dict[str, Pile] = st.session_state.setdefault(_PLACED, {})
    known = {line.action.ref: line for line in lines}
    for ref, line in known.items():
        if line.action.open:
            placed.setdefault(ref, line.pile)
    for pile in (Pile.NEEDS_A_WORD, Pile.GOING_ON):
        shown = [known[ref] for ref, where in placed.items() if where is pile and ref in known]
        if shown:
            ui.section(pile)
        for line in shown:
            card(picture, person, line)
    finished([line for line in lines if line.pile is Pile.FINISHED and line.action.ref not in placed])


def finished(lines: Sequence[MyLine]) -> None:
    """What was finished this term, each with its last word."""
    if not lines:
        return
    ui.section(Pile.FINISHED)
    for line in lines:
        word = line.last.words if line.last else ""
        end = f"{str(line.action.status).capitalize()}, {day_words(line.last.on)}" if line.last else ""
        ui.words(
            ui.lines(f"{line.action.title} ({line.action.code})", ui.small(ui.join(end, word, by=" \N{MIDDLE DOT} ")))
        )


def card(picture: Picture, person: Person, line: MyLine) -> None:
    """One action: its date, the last word on it, and the form; after saving, what was saved."""
    action = line.action
    with st.container(border=True, key=f"cd-card-{action.ref}"):
        _head(picture, person, line)
        saved = st.session_state.get(_SAVED, {})
        if action.ref in saved:
            st.success(ui.plain(saved[action.ref]))
            st.button(
                "Say more", key=f"{FIELDS}{action.ref}_again", type="tertiary", on_click=saved.pop, args=(action.ref,)
            )
            return
        _form(picture, person, line)


def _head(picture: Picture, person: Person, line: MyLine) -> None:
    due, note = due_line(line, picture.calendar, picture.on)
    ui.show(ui.Html(f'<h3 class="cd-card-title">{ui.esc(line.action.title)}</h3>'))
    ui.words(ui.lines(ui.strong(due), ui.small(f"{line.action.code} \N{MIDDLE DOT} {note}")))
    if line.last is not None or line.came_of_it:
        came = ui.lines(f"What came of it: {line.came_of_it}") if line.came_of_it else ""
        ui.show(
            ui.Html(f'<blockquote class="cd-said">{ui.join(last_word(picture, person, line.last), came)}</blockquote>')
        )


def last_word(picture: Picture, person: Person, word: Update | None, *, whole: bool = False) -> ui.Html:
    """The newest word on an action in quotation marks, and under it who said it and when."""
    if word is None:
        return ui.Html("")
    said = f"\N{LEFT DOUBLE QUOTATION MARK}{word.words if whole else quoted(word.words)}\N{RIGHT DOUBLE QUOTATION MARK}"
    return ui.lines(said, ui.small(_byline(picture, person, word)))


def _byline(picture: Picture, person: Person, word: Update) -> str:
    moved = f"new date {day_words(word.new_due_on)}" if word.new_due_on else ""
    unchecked = "by link, not yet checked" if word.unchecked else ""
    said = answer_words(picture, word, person)
    return " \N{MIDDLE DOT} ".join(part for part in (said, moved, unchecked) if part)


def _form(picture: Picture, person: Person, line: MyLine) -> None:
    action, typed = line.action, typing_of(picture, person, line.action)
    _from_draft(typed)
    chosen = typed.typed.get("going")
    offered = BIG if chosen is None or chosen in BIG else (*BIG, chosen)  # the table offers more
    going = st.pills(HOW, offered, key=typed.at("going"), width="stretch", **typed.keeping)
    st.text_area(WHAT, key=typed.at("words"), height=90, placeholder="A sentence is enough", **typed.keeping)
    if going is Going.STUCK:
        st.text_area("What would help?", key=typed.at("help_wanted"), height=90, **typed.keeping)
    if going is Going.NOT_OURS:
        ui.quiet("A trust leader sees it and looks for whose it is.")
    if going is Going.DONE:
        _closing(action, typed)
    with st.expander("More", expanded=_more_is_used(typed), key=f"{typed.key}_more"):
        _more(picture, line, typed, asks_help=going is not Going.STUCK)
    if typed.unkept:
        st.warning(ui.plain(typed.unkept))
    if typed.typed and typed.seen != updating.seen_of(picture, action.ref):
        _meanwhile(picture, person, action, typed)
        return
    if typed.clash:
        st.error(ui.plain(typed.clash))
    if st.button("Save", type="primary", key=f"{typed.key}_save", width="stretch"):
        _save(person, action, typed, typed.seen)


def _from_draft(typed: Typing) -> None:
    if typed.since is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        ui.quiet(f"Kept from {day_words(local_day(typed.since))}, not saved yet.")
        st.button("Let it go", key=f"{typed.key}_go", type="tertiary", on_click=let_go, args=(typed.action,))


def _closing(action: Action, typed: Typing) -> None:
    """What is asked of an action that is done: what changed, beside what was expected, and where it can be seen."""
    seen = ui.picture()
    beside = expected_beside_actual(seen, action)
    if beside is not None:
        ui.words(ui.lines(ui.strong(beside.kpi.title), ui.small(beside.sentence)))
    st.text_area("What changed?", key=typed.at("outcome"), height=90, **typed.keeping)
    st.text_input("Where can it be seen?", key=typed.at("evidence"), placeholder="https://", **typed.keeping)
    if action.ref in seen.actions:
        ui.quiet(ui.link("Add a file that shows it", "action", ref=action.ref))


def _more_is_used(typed: Typing) -> bool:
    used = {"next_step", "in_the_way", "new_due_on", "moved_for", "moved_because", "ticked", "percent_done"}
    return typed.since is not None and bool(used & set(typed.typed))


def _more(picture: Picture, line: MyLine, typed: Typing, *, asks_help: bool) -> None:
    """What is seldom said: what is next and in the way, a new date with its reason, milestones, how far it is."""
    st.text_area("What is next?", key=typed.at("next_step"), height=80, **typed.keeping)
    st.text_area("What is in the way?", key=typed.at("in_the_way"), height=80, **typed.keeping)
    if asks_help:
        st.text_area("What would help?", key=typed.at("help_wanted"), height=80, **typed.keeping)
    due = st.date_input("New date", value=None, format="DD/MM/YYYY", key=typed.at("new_due_on"), **typed.keeping)
    if due is not None:
        _why_moved(typed)
    if line.milestones:
        _milestones(picture, line.milestones, typed)
    st.number_input(
        "How far is it, in %?",
        min_value=0.0,
        max_value=100.0,
        step=5.0,
        format="%g",
        key=typed.at("percent_done"),
        **typed.keeping,
    )


def _why_moved(typed: Typing) -> None:
    reasons = [None, *MoveReason]
    st.selectbox(
        "Why does it move?",
        reasons,
        format_func=lambda reason: "Choose a reason" if reason is None else str(reason).capitalize(),
        key=typed.at("moved_for"),
        **typed.keeping,
    )
    st.text_input("In your own words", key=typed.at("moved_because"), **typed.keeping)


def _milestones(picture: Picture, milestones: Sequence[Milestone], typed: Typing) -> None:
    with st.container(gap="xsmall"):
        ui.words("Reached now")
        for step in milestones:
            st.checkbox(ui.plain(f"{step.title} ({day_words(step.due_on)})"), key=typed.tick(step.ref), **typed.keeping)


def _save(person: Person, action: Action, typed: Typing, seen: int) -> None:
    said, typed.clash = said_of(collect(typed)), ""
    try:
        updating.say(ui.store(), by=person, now=ui.now(), action=action.ref, said=said, seen=seen, once=typed.once)
    except Conflict as conflict:
        typed.clash = str(conflict)
        st.rerun()  # what was written meanwhile is drawn beside what was typed
    except Refused as refusal:
        ui.refused(refusal)
        return
    let_go(action.ref)
    st.session_state.setdefault(_SAVED, {})[action.ref] = thanks(str(typed.typed.get("going") or ""))
    st.rerun()


def thanks(what: str = "") -> str:
    """What is said once a word is saved: what, and who sees it."""
    return f"Saved{f': {what}' if what else ''}. The trust\N{RIGHT SINGLE QUOTATION MARK}s leaders see it."


# Two people at once


def _meanwhile(picture: Picture, person: Person, action: Action, typed: Typing) -> None:
    """What somebody else wrote while this was typed, beside it; both can be kept."""
    said_meanwhile(picture, person, action, typed)
    now = updating.seen_of(picture, action.ref)
    with st.container(horizontal=True):
        both = st.button(
            "Save mine as well", type="primary", key=f"{typed.key}_both", on_click=typed.agree, args=(now,)
        )
        st.button("Leave it as it is", key=f"{typed.key}_leave", on_click=let_go, args=(action.ref,))
    if both and typed.agreed is not None:
        _save(person, action, typed, typed.agreed)


def said_meanwhile(picture: Picture, person: Person, action: Action, typed: Typing, *, code: bool = False) -> None:
    """What stands there now that did not when the typing began, and beside it what is typed."""
    of = f" on {action.code}" if code else ""
    theirs, mine = st.columns(2, gap="medium")
    with theirs:
        ui.words(ui.strong(f"Written{of} meanwhile"))
        new = [u for u in picture.updates.get(action.ref, ()) if u.ref not in typed.known]
        for word in new:
            ui.words(last_word(picture, person, word, whole=True))
        if not new:
            due = due_words(action, picture.calendar, picture.on)
            ui.words(f"The action was changed. It is now: {action.title}, {due}, {action.status or 'no status'}.")
    with mine:
        ui.words(ui.strong("Typed by you"))
        ui.words(ui.lines(words_of(said_of(typed.typed)), ui.small(str(typed.typed.get("going") or ""))))
