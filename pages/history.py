"""The whole ledger: who did what, when and why, by person, day, kind of thing and words; or one thing's own history."""

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from framework.picture.history import did, how_many
from framework.store import history, pictures
from framework.store.history import NOBODY, SETTING, Line, Sought
from framework.store.provenance import ToldRow
from framework.subjects import BY_TABLE, SHEET_ORDER
from pages import ui, ui_history

MOVES_SHOWN = 3  # of one row
TURNED = "history_turned"  # what was sought, and the change before which the page that is shown begins
KINDS = {subject.table: subject.sheet for subject in SHEET_ORDER} | {SETTING: "Settings"}
COLUMNS = (
    ui_history.WHEN,
    ui.Column("Who", width="13%"),
    ui.Column("What", width="38%"),
    ui.Column("Why"),
    ui.Column("From", quiet=True, width="14%"),
)


def sought() -> Sought:
    """What is looked for: every choice is kept in the address."""
    people = sorted(picture.rows.get("person", {}).values(), key=lambda person: person.name)
    names = {person.ref: person.name for person in people} | {NOBODY: "the command line"}
    begun = pictures.first_day(ui.store()) or picture.on
    with st.container(horizontal=True, vertical_alignment="bottom", key="cd-list-controls"):
        words = st.text_input("Words", key="history_words", bind="query-params", type="search")
        table = ui.choose("What", list(KINDS), "history_what", KINDS.__getitem__, everything="Anything")
        person = ui.choose("Who", list(names), "history_who", names.__getitem__, everything="Anybody")
        first, last = (day(label, key, begun) for label, key in (("From", "history_from"), ("To", "history_to")))
    return Sought(person=person, first=first, last=last, table=table or "", words=words or "")


def day(label: str, key: str, begun: date) -> date | None:
    """A day between the first entry and the picture's; None while none is chosen."""
    found: date | None = st.date_input(
        label, None, begun, picture.on, key=key, format="DD/MM/YYYY", bind="query-params"
    )
    return found


def row(line: Line, wanted: Sought) -> tuple[object, ...]:
    """A change with what it did. Of one that did much its rows are named alone, unless they are what is looked for."""
    n = sum(line.counts.values())
    told = n <= history.NAMED or wanted.table != "" or wanted.words != ""
    counts = ", ".join(how_many(table, count) for table, count in line.counts.items())
    whys = [line.told.reason, *(ui_history.why_of(one) for one in line.rows if told)]
    return (
        ui_history.when(line.told),
        ui_history.by(line.told),
        ui.lines(
            ui.join(ui.strong(did(line.told.deed)), ui.small(counts), by=" "),
            *(things(line.rows) if told else [names(line.rows)]),
            ui.small("and others") if 0 < len(line.rows) < n else "",
            *(ui_history.setting(one) for one in line.settings),
        ),
        ui.lines(*dict.fromkeys(filter(None, whys))),
        ui_history.origin(line.told),
    )


def names(rows: Sequence[ToldRow]) -> ui.Html:
    return ui.join(*(ui_history.name_link(picture, one) for one in rows), by="; ")


def things(rows: Sequence[ToldRow]) -> Iterator[ui.Html]:
    """Each row's name, what it is, and what of it moved."""
    for one in rows:
        kind = BY_TABLE[one.table].one.partition(" ")[2] + (", new" if one.before is None else "")
        yield ui.join(ui_history.name_link(picture, one), ui.small(kind), by=" ")
        if one.before is not None:
            moves = ui_history.moves(picture, one)
            yield from moves[:MOVES_SHOWN]
            if len(moves) > MOVES_SHOWN:
                yield ui.small(f"and {len(moves) - MOVES_SHOWN} more")


def everything() -> None:
    """Every change that holds what is looked for, newest first."""
    ui.heading("History", note="Every change that was ever made here. None can be edited or taken out.")
    wanted = sought()
    if wanted.first is not None and wanted.last is not None and wanted.first > wanted.last:
        ui.words("The first day is after the last one. Choose an earlier first day, or a later last one.", "large")
        return
    kept, before = st.session_state.get(TURNED, (None, None))
    before = before if kept == wanted else None
    found = history.search(ui.store(), picture, wanted, before=before)
    nothing = "No change fits. Take one of the choices above away, or look for fewer words."
    if wanted == Sought():
        nothing = "Nothing has been recorded here yet."
    ui.table(
        COLUMNS,
        [row(line, wanted) for line in found.lines],
        caption="Changes, newest first",
        key="history",
        empty=nothing,
    )
    with st.container(horizontal=True):
        if before is not None:
            st.button("Back to the newest", on_click=turn, args=(wanted, None))
        if found.older is not None:
            st.button(f"The {history.MOST} before these", on_click=turn, args=(wanted, found.older))


def turn(wanted: Sought, before: int | None) -> None:
    st.session_state[TURNED] = (wanted, before)


def of_thing(table: str, ref: str) -> None:
    """One thing, and what belongs to it, from its newest change to its first."""
    told = ui_history.told_of(picture, table, ref, *ui_history.PARTS.get(table, ())) if table in BY_TABLE else []
    mine = next((one for one in told if one.table == table), None)
    if mine is None:
        ui.empty_state("Nothing of that kind is here", "Look for it by its name.", ui.link("All history", "history"))
        return
    crumbs = [ui.link("History", "history"), ui.link(KINDS[table], "history", history_what=KINDS[table])]
    ui.heading(ui_history.name(picture, mine), crumbs, note=f"The history of {BY_TABLE[table].one}, newest first.")
    if table in ui_history.PAGES:
        ui.words(ui.link(f"Open this {BY_TABLE[table].one.partition(' ')[2]}", table, ref=ref))
    if table == "person":
        name = picture.name("person", ref)
        ui.words(ui.link(f"What {name} did here", "history", history_who=name))
    ui_history.revisions(picture, told, "history_row", caption="What it was, from and to", of=table)


picture = ui.picture()
asked = st.query_params.get("ref", "")
if asked:
    of_thing(st.query_params.get("table", ""), asked)
else:
    everything()
