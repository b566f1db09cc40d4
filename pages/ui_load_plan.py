"""The preview of a file: what is new, changed, in conflict, cleared, missing or wrong; what to take; loading it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from framework.deeds import importing, locking
from framework.deeds.previewing import Preview
from framework.errors import Refused
from framework.periods import day_words, local_day
from framework.picture.locked import shut_words
from framework.store import provenance
from framework.store.waiting import Waiting
from framework.subjects import BY_TABLE, Kind
from framework.workbook.merge import decided, left_behind
from framework.workbook.plan import Choices, Outcome, Plan, RowChange, Take, Written
from pages import ui, ui_load, ui_load_wrong, ui_preview
from pages.ui_preview import Known

CONFLICTS_SHOWN = 20
MOST_OFFERED = 1_000  # rows among which single ones can be named
LEFT_SHOWN = 5  # names of rows that are left out with another
TAKES = {Take.OURS: "Keep what is here", Take.FILE: "Take the file's", Take.BOTH: "Keep both"}
WITH_BOTH = (Kind.MANY, Kind.LONG)


def preview(file: Waiting, seen: Preview) -> None:
    """Everything the file would do, part by part, then the one button that does it."""
    plan, picture = seen.plan, ui.picture()
    known = ui_preview.with_new(plan, picture.rows)
    ui_preview.strip(plan)
    if seen.looked is not None and seen.looked.layout is not None:
        ui.quiet(f"Its headings are known from “{seen.looked.layout.name}”: nothing new was asked of them.")
    _say_if_known(file, plan)
    for note in plan.notes:
        ui.quiet(note)
    numbers = {name: n for name, n in ui_preview.counts(plan).items() if n}
    if numbers:
        first = [name for name in ("Problems", "Conflicts") if name in numbers]
        parts = [*first, *(name for name in numbers if name not in first)]
        part = ui.choose("Part", parts, "load_part", lambda p: f"{p} ({numbers[p]:,})", how="pills") or parts[0]
        PARTS[part](file, seen, known)
    load(file, seen)


def _say_if_known(file: Waiting, plan: Plan) -> None:
    """That nothing in the file has changed, or that it was loaded before and differs from what is here by now."""
    found = next((i for i in provenance.imports(ui.store(), ui.picture()) if i.sha256 == file.sha256), None)
    before = f"You loaded this file on {day_words(local_day(found.at))}" if found else ""
    if not any(ui_preview.counts(plan).values()):
        ui.words(f"{before or 'Everything in it is here already'}; nothing in it has changed.")
    elif before:
        ui.words(f"{before}. What differs was changed here since: the file would put it back.")


def leave_out(ref: str, rows: Sequence[RowChange], fields: bool) -> None:
    """Rows, or single facts of them, that are not to be taken."""
    if len(rows) > MOST_OFFERED:
        ui.quiet(f"To leave single rows out, choose a sheet or a school with at most {MOST_OFFERED:,} of them.")
        return
    choices = ui_load.chosen(ref)
    named: list[tuple[str, tuple[str, ...]]] = [(row.label, (row.table, row.ref)) for row in rows]
    if fields:
        named += [
            (f"{row.label}: {ui_preview.heading(row, one.name)}", (row.table, row.ref, one.name))
            for row in rows
            for one in row.fields
            if one.outcome in (Outcome.CHANGED, Outcome.MERGED)
        ]
    options = ui_preview.by_label(named)
    left = {key for key, take in (*choices.rows.items(), *choices.fields.items()) if take is Take.OURS}
    key = f"load_leave_{ref}_{fields}_{rows[0].table if rows else ''}"
    chosen = st.multiselect(
        "Leave out",
        list(options),
        default=[name for name, at in options.items() if at in left],
        key=key,
        placeholder="Nothing: everything above is taken",
    )
    wanted = {options[name] for name in chosen}
    here = set(options.values())
    ui_load.choose(
        ref,
        replace(
            choices,
            rows=_put(choices.rows, {at for at in here if len(at) == 2}, {at for at in wanted if len(at) == 2}),
            fields=_put(choices.fields, {at for at in here if len(at) == 3}, {at for at in wanted if len(at) == 3}),
        ),
    )


def _put(standing: Mapping[Any, Take], offered: set[Any], left: set[Any]) -> dict[Any, Take]:
    kept = {at: take for at, take in standing.items() if at not in offered}
    return {**kept, **dict.fromkeys(left, Take.OURS)}


def new(file: Waiting, seen: Preview, known: Known) -> None:
    rows = ui_preview.narrowed([row for row in seen.plan.changes if row.is_new], known)
    ui_preview.new_rows(rows, known, "plan_new")
    leave_out(file.ref, rows, fields=False)


def changed(file: Waiting, seen: Preview, known: Known) -> None:
    found = ui_preview.with_outcome(seen.plan, Outcome.CHANGED, Outcome.MERGED)
    rows = ui_preview.narrowed([row for row, _ in found], known)
    here = {(row.table, row.ref) for row in rows}
    ui_preview.changes(
        [f for f in found if (f[0].table, f[0].ref) in here], known, "plan_changed", "Rows that would change"
    )
    leave_out(file.ref, rows, fields=True)


def conflicts(file: Waiting, seen: Preview, known: Known) -> None:
    """Facts that the file and someone here changed differently: as taken out, in the file, here; and whose stands."""
    found = [(row, one) for row, some in ui_preview.with_outcome(seen.plan, Outcome.CONFLICT) for one in some]
    ui.words("Both the file and someone here changed these. What is here stays unless you choose otherwise.")
    choices = ui_load.chosen(file.ref)
    if len(found) > 1:
        with st.container(horizontal=True):
            for take in (Take.OURS, Take.FILE):
                st.button(
                    f"{TAKES[take]} for all {len(found):,}",
                    key=f"load_all_{take}",
                    on_click=_settle_all,
                    args=(file.ref, found, take),
                )
    turn = st.pagination(-(-len(found) // CONFLICTS_SHOWN), key="load_conflicts") if len(found) > CONFLICTS_SHOWN else 1
    for row, one in found[(turn - 1) * CONFLICTS_SHOWN : turn * CONFLICTS_SHOWN]:
        at = (row.table, row.ref, one.name)
        ui.section(f"{row.label}: {ui_preview.heading(row, one.name)}")
        ui.facts([
            ("As you took it out", ui_preview.words(row, one.name, one.base, known)),
            ("In your file", ui_preview.words(row, one.name, one.file, known)),
            ("Here now", ui_preview.words(row, one.name, one.ours, known)),
        ])  # fmt: skip
        takes = list(TAKES) if BY_TABLE[row.table].field(one.name).kind in WITH_BOTH else [Take.OURS, Take.FILE]
        key = _settle_key(file.ref, at)
        st.session_state.setdefault(key, choices.fields.get(at, Take.OURS))
        take = st.radio(
            ui.plain(f"What stands for {row.label}, {ui_preview.heading(row, one.name)}"),
            takes,
            format_func=lambda t: TAKES[t],
            key=key,
            horizontal=True,
            label_visibility="collapsed",
        )
        choices = replace(choices, fields={**choices.fields, at: take})
    ui_load.choose(file.ref, choices)


def _settle_all(ref: str, found: Sequence[tuple[RowChange, Any]], take: Take) -> None:
    choices = ui_load.chosen(ref)
    settled = {(row.table, row.ref, one.name): take for row, one in found}
    ui_load.choose(ref, replace(choices, fields={**choices.fields, **settled}))
    for at in settled:
        st.session_state[_settle_key(ref, at)] = take


def _settle_key(ref: str, at: Sequence[str]) -> str:
    return f"load_settle_{ref}_{'_'.join(at)}"


def cleared(file: Waiting, seen: Preview, known: Known) -> None:
    found = ui_preview.with_outcome(seen.plan, Outcome.CLEARED)
    cells = sum(len(fields) for _, fields in found)
    ui.words("These are empty in your file. Here they hold something, and it is kept.")
    ui_preview.changes(found, known, "plan_cleared", "Cells that are empty in the file")
    choices = ui_load.chosen(file.ref)
    words = f"Clear {'this fact' if cells == 1 else f'these {cells:,} facts'} here too"
    everything = st.checkbox(words, value=choices.clear, key=f"load_clear_{file.ref}")
    options = ui_preview.by_label(
        (f"{row.label}: {ui_preview.heading(row, one.name)}", (row.table, row.ref, one.name))
        for row, some in found
        for one in some
    )
    fields = {at: take for at, take in choices.fields.items() if at not in options.values()}
    if not everything and 1 < len(options) <= MOST_OFFERED:
        some_of_them = st.multiselect(
            "Or clear only these",
            list(options),
            default=[name for name, at in options.items() if choices.fields.get(at) is Take.FILE],
            key=f"load_clear_some_{file.ref}",
            placeholder="None: all are kept",
        )
        fields |= {options[name]: Take.FILE for name in some_of_them}
    ui_load.choose(file.ref, replace(choices, clear=everything, fields=fields))


def missing(file: Waiting, seen: Preview, known: Known) -> None:
    rows = ui_preview.narrowed(seen.plan.missing, known)
    n = len(seen.plan.missing)
    rows_are, them = ("row in the plan is", "it") if n == 1 else ("rows in the plan are", "them")
    ui.words(f"{n:,} {rows_are} not in your file. We have kept {them}.")
    listed = [(row.label, "changed here since you took it out" if row.changed_here else "") for row in rows]
    ui.table(
        (ui.Column("Row"), ui.Column("", quiet=True, unseen=True)),
        listed,
        caption="Not in your file",
        key="plan_missing",
    )
    if len(rows) > MOST_OFFERED:
        ui.quiet(f"To archive single rows, choose a sheet or a school with at most {MOST_OFFERED:,} of them.")
        return
    names = ui_preview.by_label((row.label, (row.table, row.ref)) for row in rows)
    choices = ui_load.chosen(file.ref)
    ticked = st.multiselect(
        "Archive",
        list(names),
        default=[name for name, at in names.items() if at in choices.archive],
        key=f"load_archive_{file.ref}",
        placeholder="None: all are kept",
    )
    kept = choices.archive - frozenset(names.values())
    ui_load.choose(file.ref, replace(choices, archive=kept | {names[name] for name in ticked}))


def here(file: Waiting, seen: Preview, known: Known) -> None:
    ui.words("These changed here after you took the file out. Your file does not touch them, and they stay.")
    ui_preview.changed_here(seen.plan, known)


PARTS: dict[str, Callable[[Waiting, Preview, Known], None]] = {
    "New": new,
    "Changed": changed,
    "Conflicts": conflicts,
    "Cleared": cleared,
    "Not in your file": missing,
    "Changed here": here,
    "Problems": ui_load_wrong.problems,
}


def load(file: Waiting, seen: Preview) -> None:
    """The way on, and why it is shut when it is."""
    choices = ui_load.chosen(file.ref)
    open_ones = seen.unanswered
    written: tuple[Written, ...] = ()
    if open_ones:
        n = len(open_ones)
        are, them = (" is", "it") if n == 1 else ("s are", "them")
        ui.words(f"{n:,} question{are} open. Answer {them} before this file can be loaded.")
    elif seen.plan.problems and not choices.without_wrong:
        ui.words("Nothing can be loaded while cells need correcting.")
    else:
        written = decided(seen.plan, choices)
        _say_left_behind(seen.plan, choices)
    if written:
        _ask_why(written)
    with st.container(horizontal=True):
        if written:
            words = f"Load {len(written):,} row{'' if len(written) == 1 else 's'}"
            st.button(words, type="primary", on_click=_load, args=(file, seen, choices))
        st.button("Put this file away", key="load_away", on_click=ui_load.put_away, args=(file.ref,))
        ui_load_wrong.download_preview(seen, ui_preview.with_new(seen.plan, ui.picture().rows))


def _ask_why(written: Sequence[Written]) -> None:
    """The reason: needed where figures of windows that are not open are among the rows, and then it says so."""
    shut, label = locking.shut_rows(ui.picture(), written), "Why (kept in the history; may stay empty)"
    if shut:
        listed = "You can load them if you say why; what had closed is then listed as changed after closing."
        ui.words(ui.join(ui.strong("Locked. "), f"{shut_words(ui.picture(), shut)}. {listed}"))
        label = "Why (needed: some windows are not open)"
    st.text_input(label, key="load_why", max_chars=300)


def _say_left_behind(plan: Plan, choices: Choices) -> None:
    """Rows that nobody left out and that cannot go in without one that was."""
    behind = left_behind(plan, choices)
    if behind:
        n, names = len(behind), "; ".join(row.label for row in behind[:LEFT_SHOWN])
        are, they = ("row is", "it belongs") if n == 1 else ("rows are", "they belong")
        more = f" and {n - LEFT_SHOWN:,} more" if n > LEFT_SHOWN else ""
        ui.words(f"{n:,} {are} left out too, because {they} to one that is: {names}{more}.")


def _load(file: Waiting, seen: Preview, choices: Choices) -> None:
    """Apply the plan that was shown. When something here moved meanwhile, the next run compares the file once more."""
    why = st.session_state.get("load_why") or ""  # asked for here: it may have been typed in the very run of the press
    try:
        content = ui_load.content_of(file)
        importing.apply(
            ui.store(),
            by=ui.person(),
            now=ui.now(),
            plan=seen.plan,
            content=content,
            name=file.name,
            choices=choices,
            layout=seen.layout,
            brought=file.ref,
            reason=why.strip(),
        )
    except Refused as refusal:
        st.session_state["load_said"] = refusal
    else:
        ui_load.drop(file)
        ui_load.forget(file.ref)
