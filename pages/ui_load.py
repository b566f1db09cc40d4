"""A file on its way in: brought, read with a way to stop, previewed. Reading is heavy, so it is done once for all."""

import threading
from collections import OrderedDict
from typing import Any

import streamlit as st

from framework.deeds import importing, staging
from framework.deeds.previewing import Preview
from framework.errors import Refused, Unknown
from framework.store import waiting
from framework.store.waiting import Settled, Waiting
from framework.workbook.cells import Book
from framework.workbook.plan import Choices
from framework.workbook.read import read
from pages import ui, ui_receipt

LARGEST = 15  # MB a file
KINDS = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv"]
_KEPT = 3  # files read, and previews made, that are kept at a time: each may be large
_books: OrderedDict[str, Book] = OrderedDict()
_previews: OrderedDict[Any, Preview] = OrderedDict()
_lock = threading.Lock()


def settled(file: Waiting | None) -> None:
    """What became of a file that waits no longer, and where to go from here."""
    if file is None:
        ui.words("There is no such file here. It may have been put away.")
    elif file.state is Settled.PUT_AWAY:
        ui.words("This file was put away. Nothing of it was loaded.")
    else:
        st.success(f"Loaded: {ui.plain(file.name)}")
        ui_receipt.receipt(file.receipt)
        if file.change is not None:
            both = (
                ui.link("What this load did, and undoing it", "change", change=file.change),
                ui.link("What changed", "changes"),
            )
            ui.words(ui.join(*both, by=" · "))
    ui.words(ui.link("Choose another file", "data"))


def uploader() -> None:
    """The uploader. A file that was chosen is kept, and its own page opened."""
    turn = st.session_state.get("load_turn", 0)
    label = f"A spreadsheet: .xlsx, .xls, .ods or .csv, at most {LARGEST} MB"
    file = st.file_uploader(label, type=KINDS, key=f"load_file_{turn}", max_upload_size=LARGEST)
    if file is None:
        return
    st.session_state["load_turn"] = turn + 1  # the uploader starts afresh when one comes back
    try:
        ref = staging.bring(ui.store(), by=ui.person(), now=ui.now(), name=file.name, content=file.getvalue())
    except Refused as refusal:
        ui.refused(refusal)
        return
    st.switch_page("load.py", query_params={"ref": ref})


def preview_of(file: Waiting, by_title: bool = False) -> Preview:
    """What loading the file would change now, with what was chosen so far. Raises FileRefused when it is not read."""
    picture = ui.picture()
    key = (file.sha256, picture.change, picture.on, by_title, *_told(file.answers), "", *_told(file.mended))
    found = _get(_previews, key)
    if found is None:
        content = content_of(file)
        book = _book(file, content)
        with st.spinner("Comparing it with what is here …"):
            found = importing.preview(
                ui.store(),
                by=ui.person(),
                now=ui.now(),
                content=content,
                name=file.name,
                book=book,
                answers=file.answers,
                mended=file.mended,
                by_title=by_title,
            )
        _keep(_previews, key, found)
    return found


def _told(said: Any) -> tuple[Any, ...]:
    return tuple(sorted(said.items()))


def content_of(file: Waiting) -> bytes:
    """The file's bytes. Raises Unknown when it waits no longer."""
    content = waiting.content_of(ui.store(), file.ref)
    if content is None:
        raise Unknown("This file waits no longer: it was loaded or put away meanwhile.")
    return content


def _book(file: Waiting, content: bytes) -> Book:
    """The file's cells, read with a bar and a way to stop: a press ends this run, and with it the reading."""
    found = _get(_books, file.sha256)
    if found is not None:
        return found
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, ui.plain(f"Reading {file.name} …"))
        st.button("Stop and put the file away", key="load_stop", on_click=put_away, args=(file.ref,))
    found = read(content, file.name, progress=lambda share, said: bar.progress(share, ui.plain(said)) and None)
    place.empty()
    _keep(_books, file.sha256, found)
    return found


def put_away(ref: str) -> None:
    """Let go of a file; on a refusal the words are kept for the page."""
    try:
        staging.put_away(ui.store(), by=ui.person(), now=ui.now(), ref=ref)
    except Refused as refusal:
        st.session_state["load_said"] = refusal
    forget(ref)


def remember(ref: str, answers: dict[str, str], mended: dict[str, str] | None = None) -> None:
    """Keep what was chosen for the file."""
    try:
        staging.answer(ui.store(), by=ui.person(), ref=ref, answers=answers, mended=mended)
    except Refused as refusal:
        st.session_state["load_said"] = refusal


def chosen(ref: str) -> Choices:
    """What was chosen on the preview of this file in this session."""
    found: Choices = st.session_state.get(f"load_choices_{ref}", Choices())
    return found


def choose(ref: str, choices: Choices) -> None:
    st.session_state[f"load_choices_{ref}"] = choices


def forget(ref: str) -> None:
    """Drop what was chosen for the file, and where on its page one was: the next file begins at its own beginning."""
    places = ("load_step", "load_part", "load_sheet", "load_school")
    for key in [key for key in st.session_state if key in places or (str(key).startswith("load_") and ref in str(key))]:
        del st.session_state[key]


def said() -> None:
    """What was refused by the run before, once."""
    refusal = st.session_state.pop("load_said", None)
    if refusal is not None:
        ui.refused(refusal)


def drop(file: Waiting) -> None:
    """What was read and compared of a file that is settled need not be kept."""
    with _lock:
        _books.pop(file.sha256, None)
        for key in [key for key in _previews if key[0] == file.sha256]:
            del _previews[key]


def _get(kept: OrderedDict[Any, Any], key: Any) -> Any:
    with _lock:
        if key in kept:
            kept.move_to_end(key)
        return kept.get(key)


def _keep(kept: OrderedDict[Any, Any], key: Any, made: Any) -> None:
    with _lock:
        kept[key] = made
        while len(kept) > _KEPT:
            kept.popitem(last=False)
