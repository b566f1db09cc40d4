"""The one way to draw how rows came to be as they are: when, what from and to, who, from where, why."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from framework.kpis.words import with_unit
from framework.people import Act, may
from framework.periods import LONDON, day_words, local_day
from framework.picture import Picture
from framework.picture.history import WHY, setting_value, setting_words
from framework.store.left import ToldSetting, told_of_slot
from framework.store.provenance import Told, ToldRow, told_of_rows
from framework.subjects import ARCHIVED, BY_TABLE, VALUES, Field, Kind
from framework.workbook.words import LABELS, called, shown
from pages import ui

TO = " \N{RIGHTWARDS ARROW} "
FIRST = "Written down for the first time"
NOTHING = "nothing"
_VIA = {"page": "typed in", "link": "by link", "import": "a file", "inbox": "the watched folder", "command": ""}
_CELLS_SHOWN = 3  # of one line; more are told as their row
PAGES = ("action", "kpi", "element", "meeting")  # subjects that have a page of their own
WHEN = ui.Column("When", width="15%")
_COLUMNS = (
    WHEN,
    ui.Column("What changed", width="40%"),
    ui.Column("By", quiet=True, width="13%"),
    ui.Column("From", quiet=True, width="14%"),
    ui.Column("Why", quiet=True),
)


# What belongs to a thing and has no history of its own on its page.
PARTS = {"action": ("milestone", "evidence"), "kpi": ("target", "kpi_note")}


def told_of(picture: Picture, table: str, ref: str, *parts: str) -> list[ToldRow]:
    """Every revision of a thing and of its parts (tables), put away or not, newest first."""
    if table == VALUES.table:
        return told_of_slot(ui.store(), picture, ref)
    of = {
        part: [one.ref for one in picture.rows.get(part, {}).values() if getattr(one, table) == ref] for part in parts
    }
    return told_of_rows(ui.store(), picture, {table: [ref], **of})


def of_row(picture: Picture, table: str, ref: str, key: str) -> None:
    """Every change of one row's facts, newest first. The caller has seen that its viewer may read the row."""
    revisions(picture, told_of(picture, table, ref), key, caption=f"History of {BY_TABLE[table].one}")


def revisions(
    picture: Picture,
    told: Sequence[ToldRow],
    key: str,
    *,
    caption: str,
    of: str = "",
    why: Callable[[ToldRow], str | None] = lambda one: None,
) -> None:
    """Revisions, newest first, each beside what it was before.

    of   the table of the thing whose history it is; rows of other tables are named. Empty: there is one row alone
    why  the reason of a revision where neither its change nor the row gives one
    """
    rows = [
        (
            when(one.told),
            ui.lines(_part(picture, one, of) if of not in ("", one.table) else "", *moves(picture, one)),
            by(one.told),
            source(one),
            one.told.reason or why_of(one) or why(one),
        )
        for one in told
    ]
    ui.table(_COLUMNS, rows, caption=caption, key=key, empty="No history is kept of it.")


def name(picture: Picture, one: ToldRow) -> str:
    return called(BY_TABLE[one.table], one.data, picture.rows)


def _part(picture: Picture, one: ToldRow, of: str) -> ui.Html:
    """A row among those of the thing that it belongs to: `milestone Five mornings a week`."""
    subject = BY_TABLE[one.table]
    own = [field for name in LABELS[one.table] if (field := subject.field(name)).of != of]
    words = ", ".join(filter(None, (shown(subject, field, one.data[field.name], picture.rows) for field in own)))
    return ui.join(ui.small(subject.one.partition(" ")[2]), ui.strong(words), by=" ")


def name_link(picture: Picture, one: ToldRow, *, own_page: bool = False) -> ui.Html:
    """The row's name, which leads to its history; with `own_page` to its page where it has one."""
    if own_page and one.table in PAGES:
        return ui.link(name(picture, one), one.table, ref=one.ref)
    return ui.link(name(picture, one), "history", table=one.table, ref=one.ref)


def why_of(one: ToldRow) -> str | None:
    """The reason that the row itself gives for what it says now; None where it gives no new one."""
    field = WHY.get(one.table)
    return one.data[field] if field is not None and field in one.changed else None


def moves(picture: Picture, one: ToldRow, words: str = FIRST) -> list[ui.Html]:
    """What was changed, a line a field; what a new row said. Why it was stands beside it, in `why_of`.

    words  open the facts of a new row
    """
    if one.before is None:
        return first(picture, one, words)
    told = [move(picture, one, field) for field in one.changed if field != WHY.get(one.table)]
    return told or [ui.small("Saved again as it was" if why_of(one) is None else "Only the reason")]


def first(picture: Picture, one: ToldRow, words: str) -> list[ui.Html]:
    """What a row said when it was new: its words or its figure, and the rest of its facts for whoever asks."""
    fields = [f for f in BY_TABLE[one.table].fields if f.kind is not Kind.FLAG]
    said = [(f, text) for f in fields if (text := fact(picture, one, f, one.data[f.name]))]
    open_ = [(f, text) for f, text in said if _tells(f, one)]
    rest = [ui.join(ui.small(f"{f.heading}: "), text) for f, text in said if not _tells(f, one)]
    told = [ui.join("" if f.kind is Kind.LONG else ui.small(f"{f.heading}: "), text) for f, text in open_]
    return [*told, ui.term(words, ui.lines(*rest))]


def _tells(field: Field, one: ToldRow) -> bool:
    """Whether a new row is there to say just this: its words, or a figure of a KPI."""
    return (field.required and field.kind is Kind.LONG) or (field.kind is Kind.NUMBER and "kpi" in one.data)


def move(picture: Picture, one: ToldRow, field: str) -> ui.Html:
    """`due: 05 Nov 2026 → 12 Nov 2026`; of a row that was put away or brought back, that."""
    old, new = one.move(field)
    if field == ARCHIVED.name:
        return ui.esc("Put away" if new else "Brought back")
    own = BY_TABLE[one.table].field(field)
    from_, to = (fact(picture, one, own, value) or NOTHING for value in (old, new))
    if from_ == to:  # they differ by less than is usually shown
        from_, to = (shown(BY_TABLE[one.table], own, value, picture.rows) for value in (old, new))
    return ui.join(ui.small(f"{own.heading}: "), from_, TO, to)


def fact(picture: Picture, one: ToldRow, field: Field, value: Any) -> str:
    """A field's value in words; a figure of a KPI with its unit. Empty when there is none."""
    kpi = picture.rows.get("kpi", {}).get(one.data.get("kpi", ""))
    if value is not None and kpi is not None and field.kind is Kind.NUMBER:
        return with_unit(kpi, value)
    return shown(BY_TABLE[one.table], field, value, picture.rows)


def setting(one: ToldSetting) -> ui.Html:
    """`quiet after: 45 → 30`; of a layout or a copy, which it is."""
    old, new = (setting_value(one.name, value) for value in (one.before, one.after))
    words = setting_words(one.name, one.after if one.after is not None else one.before)
    if isinstance(one.after, Mapping) and one.before is None:
        return ui.join(ui.small("new: "), words)
    return ui.join(ui.small(f"{words}: "), old, TO, new)


def when(told: Told) -> ui.Html:
    """The day, which leads to the whole change for whoever may read it, and the time in London."""
    return ui.lines(change_link(told), ui.small(f"{told.at.astimezone(LONDON):%H:%M}"))


def change_link(told: Told, words: str = "") -> ui.Html:
    """Words (else the day), which lead to the whole change for whoever may read it."""
    said = words or day_words(local_day(told.at))
    return ui.link(said, "change", change=told.change) if may(ui.person(), Act.READ_DATA) else ui.esc(said)


def by(told: Told) -> str:
    return told.by or "the command line"


def origin(told: Told) -> str:
    """The file that a change came from, or how it came without one."""
    return told.file or _VIA.get(told.via, told.via)


def source(one: ToldRow) -> ui.Html:
    """The file with the cells that said so; of what was typed in, where."""
    return ui.lines(origin(one.told), cells(one))


def cells(one: ToldRow) -> str:
    """`Actions!F14, G14`; `Actions, row 14` where they are many; empty where it came from no cell."""
    sheet, subject = one.told.sheet, BY_TABLE[one.table]
    moved = [one.cells[field][0] for field in one.changed if field in one.cells]
    if one.before is None:  # all of its cells moved: the one that it is about
        moved = [one.cells[f.name][0] for f in subject.fields if f.name in one.cells and _tells(f, one)] or moved
    if not moved and one.told.cell is not None:
        moved = [one.told.cell]
    if not sheet or not moved:
        return sheet or ""
    return f"{sheet}!{', '.join(moved)}" if len(moved) <= _CELLS_SHOWN else f"{sheet}, row {row_of(moved[0])}"


def row_of(cell: str) -> str:
    """`14` of `F14`."""
    return "".join(c for c in cell if c.isdigit())
