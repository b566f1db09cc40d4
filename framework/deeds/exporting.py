"""Taking the plan out: as a workbook that loads back, whole or for one person, school or objective, or as one CSV."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from framework.deeds import deed
from framework.errors import Unknown
from framework.people import Act, Audience, Person, audience_of
from framework.periods import local_day
from framework.picture.moments import Moment, file_name
from framework.picture.shape import Picture
from framework.store.coding import new_ref
from framework.store.derived import derived
from framework.store.engine import Store
from framework.store.pictures import known, load
from framework.subjects import ACTIONS, BY_SHEET, BY_TABLE, SHEET_ORDER
from framework.workbook.comma import sheet_as_csv
from framework.workbook.scope import within
from framework.workbook.words import NAMED_BY
from framework.workbook.write import write

Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class About:
    """Whom or what a workbook is for: at most one of them, by ref; none: the whole plan."""

    person: str | None = None
    school: str | None = None
    objective: str | None = None


@deed(Act.READ_PLAN)
def export(
    store: Store,
    *,
    by: Person,
    now: datetime,
    tables: Iterable[str] | None = None,
    about: Mapping[str, Set[str]] | None = None,
    whom: About | None = None,
    empty: bool = False,
    moment: Moment | None = None,
) -> tuple[str, bytes]:
    """What this person may see of the plan as a workbook that loads back, or an empty template: its name and bytes.

    tables  the subjects wanted; None: all
    about   of a table, the rows wanted, by ref, with all that belongs to them (an action's updates); None: all
    whom    one person's, school's or objective's actions, figures and what belongs to them
    moment  the past one that is taken out, from which loading it back tells what changed since; None: today
    Raises Unknown when there is no such person, school or objective.
    """
    shown, number = _known_to(store, by, now, moment)
    wanted = None if tables is None else set(tables)
    scope = {table: set(refs) for table, refs in (about or {}).items()}
    title = None
    if whom is not None:
        title, more = _of(whom, shown)
        scope |= more
    meta: dict[str, Any] = {
        "workbook": new_ref(),
        "revision": number,
        "exported_at": now.isoformat(),
        "by": by.name,
        "scope": {table: sorted(refs) for table, refs in scope.items()},
        "fictional": store.sample_day is not None and not empty,
        "sample_day": None if store.sample_day is None else store.sample_day.isoformat(),
    }
    if title:
        meta["title"] = title
    if moment is not None:
        meta |= {"as_at": moment.as_at.isoformat(), "holds": moment.holds}
    sheets = tuple(s for s in SHEET_ORDER if wanted is None or s.table in wanted)
    rows = within(shown, scope)
    # A workbook for someone else goes out of the house.
    private = whom is None and audience_of(by) is Audience.LEADERS
    content = write(rows, derived=derived(store, number), meta=meta, sheets=sheets, empty=empty, private=private)
    return "civic-duty-template.xlsx" if empty else file_name("civic-duty", ".xlsx", local_day(now), moment), content


@deed(Act.READ_PLAN)
def export_sheet(
    store: Store, *, by: Person, now: datetime, sheet: str, moment: Moment | None = None
) -> tuple[str, bytes]:
    """One sheet as a CSV that loads back: its name and bytes. Raises Unknown when no sheet is called so.

    moment  the past one that is taken out; None: today
    """
    subject = BY_SHEET.get(sheet)
    if subject is None:
        names = ", ".join(s.sheet for s in SHEET_ORDER)
        raise Unknown(f"There is no sheet called {sheet}. The sheets are {names}.")
    shown, number = _known_to(store, by, now, moment)
    private = audience_of(by) is Audience.LEADERS
    meta = {"workbook": new_ref(), "revision": number}
    content = sheet_as_csv(subject, shown, derived(store, number), meta, private=private)
    return file_name(f"civic-duty-{sheet.casefold()}", ".csv", local_day(now), moment), content


def _known_to(store: Store, by: Person, now: datetime, moment: Moment | None) -> tuple[Rows, int]:
    """Every row that this person may see as at the moment, and the newest change among them."""
    if moment is None:
        here, number = known(store)
        return _shown_to(load(store, now, audience_of(by)), here), number
    then = load(store, now, audience_of(by), moment.as_at, moment.change)
    here, number = known(store, then.change)
    return _shown_to(then, here), number


def _shown_to(picture: Picture, here: Mapping[str, Mapping[str, Any]]) -> Rows:
    """The rows this audience may see: none archived, and of actions only its own, with milestones and updates."""
    shown = {table: {ref: row for ref, row in rows.items() if not row.archived} for table, rows in here.items()}
    for table, rows in shown.items():
        if table == ACTIONS.table:
            shown[table] = {ref: row for ref, row in rows.items() if ref in picture.actions}
        elif "action" in BY_TABLE[table].names:
            shown[table] = {ref: row for ref, row in rows.items() if row.action in picture.actions}
    return shown


def _of(whom: About, rows: Rows) -> tuple[str, dict[str, set[str]]]:
    """The title of a workbook for someone, and the rows that are theirs."""
    actions, kpis = rows["action"].values(), rows["kpi"].values()
    if whom.person is not None:
        name = _name(rows, "person", whom.person)
        own = {a.ref for a in actions if a.owner == whom.person}
        return f"Actions of {name}", {"action": own, "kpi": {k.ref for k in kpis if k.owner == whom.person}}
    if whom.school is not None:
        name = _name(rows, "place", whom.school)
        # Without schools of its own an action is the whole trust's, and not this school's to send back.
        own = {a.ref for a in actions if whom.school in a.places}
        return f"Actions and figures of {name}", {"action": own, "place": {whom.school}}
    assert whom.objective is not None, "nobody was named"
    code = rows["element"].get(whom.objective)
    if code is None:
        raise Unknown("There is no such objective here. Choose one of the framework.")
    own = {a.ref for a in actions if a.objective == whom.objective}
    return f"Objective {code.code}", {
        "action": own,
        "kpi": {k.ref for k in kpis if k.objective == whom.objective},
    }


def _name(rows: Rows, table: str, ref: str) -> str:
    row = rows[table].get(ref)
    if row is None:
        raise Unknown("There is nobody and nothing of that name here. Choose from the list.")
    return str(getattr(row, NAMED_BY[table]))
