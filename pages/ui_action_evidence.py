"""What shows that an action made a difference: the list with its files, and the forms that add to it or take away."""

from collections.abc import Callable
from urllib.parse import urlsplit

import streamlit as st

from framework.deeds import evidencing
from framework.people import Person
from framework.periods import day_words
from framework.picture import Picture
from framework.plans import Action, Evidence
from framework.plans.showing import MOST_BYTES, is_web_address
from framework.store import evidence as kept
from pages import ui
from pages.ui_forms import do, form_key

MOST_MB = MOST_BYTES // 1024 // 1024
_KINDS = ["pdf", "png", "jpg", "jpeg", "webp", "docx", "xlsx", "txt", "csv"]


def evidence(picture: Picture, action: Action) -> None:
    """Everything that shows what came of it, oldest first, and a button for each file."""
    there = picture.evidence.get(action.ref, ())
    if action.evidence:
        ui.words(action.evidence)
    rows = [
        (
            ui.lines(_named(one), ui.small(one.file) if one.file else ""),
            ui.lines(day_words(one.on, weekday=False), ui.small(picture.name("person", one.by))),
        )
        for one in there
    ]
    columns = (ui.Column("What it shows", width="64%"), ui.Column("Given", quiet=True))
    if rows or not action.evidence:
        nothing = "Nothing shows it yet: neither a link nor a file."
        ui.table(columns, rows, caption=f"Evidence of {action.code}", key="action_evidence", empty=nothing)
    files = [one for one in there if one.sha256 is not None]
    if files:
        with st.container(horizontal=True):
            for one in files:
                _offer(one)


def _named(one: Evidence) -> ui.Html:
    """The title; of a link to a page of the web it leads there. Any other address is shown and leads nowhere."""
    if one.link is None:
        return ui.esc(one.title)
    if not is_web_address(one.link):
        return ui.lines(one.title, ui.small(one.link))
    away = f'<a href="{ui.esc(one.link)}" target="_blank" rel="noopener noreferrer">{ui.esc(one.title)}</a>'
    return ui.lines(ui.Html(away), ui.small(f"{urlsplit(one.link).hostname}, opens in a new tab"))


def _offer(one: Evidence) -> None:
    """A button that fetches the file's bytes when it is pressed."""
    st.download_button(
        ui.plain(f"Download {one.file}"),
        _bytes(one),
        one.file,
        "application/octet-stream",
        key=f"evidence_{one.ref}",
        on_click="ignore",
        type="tertiary",
    )


def _bytes(one: Evidence) -> Callable[[], bytes]:
    def fetched() -> bytes:
        found = kept.content_of(ui.store(), one.sha256 or "")
        return b"" if found is None else found[1]

    return fetched


def forms(picture: Picture, action: Action, person: Person) -> None:
    """For the owner and for leaders: add a link or a small file; take one away, with why."""
    with st.expander("Add evidence", key="evidence_add"):
        _add(action, person)
    there = picture.evidence.get(action.ref, ())
    if there:
        with st.expander("Take evidence away", key="evidence_gone"):
            _take_away({one.ref: one for one in there}, person)


def _add(action: Action, person: Person) -> None:
    form = form_key("evidence", action.ref)
    with st.form(form, border=False):
        title = st.text_input("What it shows", key=f"{form}_title")
        link = st.text_input("Link", key=f"{form}_link", placeholder="https://")
        label = f"Or a file: PDF, picture, Word, Excel or text, at most {MOST_MB} MB"
        file = st.file_uploader(label, type=_KINDS, key=f"{form}_file", max_upload_size=MOST_MB)
        sent = st.form_submit_button("Add this evidence", type="primary")
    if sent:
        name, content = ("", None) if file is None else (file.name, file.getvalue())
        given = {"action": action.ref, "title": title, "link": link, "name": name}
        do(
            lambda: evidencing.add_evidence(ui.store(), by=person, now=ui.now(), content=content, **given),
            f"Added: {title}.",
        )


def _take_away(there: dict[str, Evidence], person: Person) -> None:
    form = form_key("evidence_gone")
    with st.form(form, border=False):
        ref = st.selectbox("Which", list(there), format_func=lambda ref: there[ref].title, key=f"{form}_which")
        why = st.text_input("Why it is taken away", key=f"{form}_why")
        sent = st.form_submit_button("Take it away")
    if sent and ref is not None:
        one = there[ref]
        do(
            lambda: evidencing.take_away_evidence(
                ui.store(), by=person, now=ui.now(), evidence=ref, seen=one.version, why=why
            ),
            f"Taken away: {one.title}.",
        )
