"""What loading a file would do: our own workbook checked, or a stranger's recognised and converted, then compared."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from framework.civic import EditionState
from framework.earlier import Bases
from framework.errors import FileRefused, Unknown
from framework.periods import Calendar, local_day
from framework.store import waiting
from framework.store.bases import bases_of
from framework.store.coding import refs_from
from framework.store.engine import Store
from framework.store.pictures import known
from framework.subjects import BY_TABLE, data_of
from framework.workbook.cells import Book
from framework.workbook.check import check
from framework.workbook.compare import compare
from framework.workbook.fixes import mended as mended_book
from framework.workbook.fixes import read_fixes
from framework.workbook.headings import is_ours
from framework.workbook.marks import unguarded_book
from framework.workbook.plan import Plan
from framework.workbook.problems import Checked
from framework.workbook.read import read
from framework.workbook.recognise.layouts import layout_from_json, layout_of
from framework.workbook.recognise.look import recognise
from framework.workbook.recognise.rows import Converted, converted
from framework.workbook.recognise.shape import Layout, Looked, Question
from framework.workbook.scope import Scope
from framework.workbook.words import Known

HEADINGS = "headings|"  # and a sheet: the row in which someone says its headings stand; of this file alone
ASK_AGAIN = "?"  # in place of an answer: forget it, also where an earlier load left it


@dataclass(frozen=True)
class Preview:
    """What loading a file would do.

    looked     what was recognised in a stranger's file; None: the file is the product's own workbook
    questions  what someone must say (nothing suggested) or may (a suggestion stands)
    layout     what to remember of a stranger's file when it is loaded
    """

    book: Book
    plan: Plan
    looked: Looked | None = None
    questions: tuple[Question, ...] = ()
    layout: Layout | None = None

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """The questions without which nothing of the file may be loaded. What was answered is asked no more."""
        return tuple(q for q in self.questions if q.suggested is None)


def previewed(
    store: Store,
    now: datetime,
    book: Book,
    answers: Mapping[str, str],
    mended: Mapping[str, str],
    *,
    by_title: bool = False,
    make_ref: Callable[[], str] | None = None,
) -> Preview:
    """The preview of a file that was read, against what the store holds now.

    make_ref  makes the ref of a new row; None: from the file's bytes, so that the same file gives the same refs again
    """
    if (listed := read_fixes(book)) is not None:
        raise FileRefused(
            f"This is the list of cells to correct of {listed.file or 'another file'}. "
            "Open that file under Waiting to be loaded on Data, and bring the list there.",
            code="FILE-OTHER",
        )
    here, number = known(store)
    make_ref = make_ref or _refs_of(book, here)
    whole = _as_meant(book, mended)
    if not is_ours(whole):
        return _of_a_stranger(store, now, book, whole, answers, make_ref, here, number)
    checked = check(whole, here, new_ref=make_ref, by_title=by_title, on=local_day(now))
    bases = bases_of(store, checked, _revision(whole))
    return Preview(book, compare(checked, here, bases, based_on=number, scope=_scope(whole)))


def _of_a_stranger(
    store: Store,
    now: datetime,
    book: Book,
    whole: Book,
    answers: Mapping[str, str],
    make_ref: Callable[[], str],
    here: Known,
    number: int,
) -> Preview:
    day, edition = local_day(now), _edition(here)
    calendar = Calendar(here["calendar_line"].values())
    again = {key for key, said in answers.items() if said == ASK_AGAIN}
    layouts = [_without(layout_from_json(kept), again) for kept in waiting.layouts(store)]
    looked = recognise(whole, layouts, on=day, calendar=calendar, headings=_headings(answers))
    told = {**(looked.layout.answers if looked.layout else {}), **answers}
    told = {key: said for key, said in told.items() if key not in again and not key.startswith(HEADINGS)}

    def rows_of(one: Looked) -> Converted:
        return converted(one, told, here, on=day, edition=edition, new_ref=make_ref)

    rows, layout = rows_of(looked), layout_of(looked, told, book.name)
    # A renamed column makes another layout; what the file was before came by the one that fits.
    by_layouts = [layout, *([looked.layout] if looked.layout else [])]
    bases = _last_time(store, by_layouts, rows.checked, here, rows_of, on=day, calendar=calendar)
    plan = compare(rows.checked, here, bases, based_on=number, foreign=True)
    seen = Preview(book, plan, looked, rows.questions, layout)
    return replace(seen, plan=replace(plan, unanswered=len(seen.unanswered)))


def _refs_of(book: Book, here: Known) -> Callable[[], str]:
    """Refs for a file's new rows, none of them taken: what was chosen for a row holds when the file is read again."""
    taken = set().union(*here.values())
    made = (ref for ref in refs_from(book.sha256) if ref not in taken)
    return lambda: next(made)


def _headings(answers: Mapping[str, str]) -> dict[str, int]:
    moved = {key.removeprefix(HEADINGS): said for key, said in answers.items() if key.startswith(HEADINGS)}
    return {sheet: int(said) for sheet, said in moved.items() if said.isdecimal()}


def _last_time(
    store: Store,
    layouts: Iterable[Layout],
    now: Checked,
    here: Known,
    rows_of: Callable[[Looked], Converted],
    *,
    on: date,
    calendar: Calendar,
) -> Bases:
    """What a file of these layouts said the last time, so that what it changed is told from what changed here.

    Where its original is no longer kept, what that load left stands for it; where there was none, what is here.
    """
    loads = [(n, layout) for layout in layouts if (n := waiting.last_load(store, layout.key)) is not None]
    if not loads:
        return Bases()
    change, layout = max(loads, key=lambda load: load[0])
    try:
        content = waiting.original(store, change)
    except Unknown:
        return bases_of(store, now, change)
    earlier = rows_of(recognise(unguarded_book(read(content, layout.name)), [layout], on=on, calendar=calendar))
    rows = {
        table: {
            row.ref: {**data_of(BY_TABLE[table], here[table][row.ref]), **row.data}
            for row in some
            if row.ref in here.get(table, {})
        }
        for table, some in earlier.checked.rows.items()
    }
    return Bases(rows=rows)


def _without(layout: Layout, answers: set[str]) -> Layout:
    """The layout without some of its answers, so that they are asked again."""
    return replace(layout, answers={key: said for key, said in layout.answers.items() if key not in answers})


def _as_meant(book: Book, corrections: Mapping[str, str]) -> Book:
    """The book without the guard of our own CSV, and with the corrected cells in their places."""
    plain = unguarded_book(book)
    return mended_book(plain, corrections) if corrections else plain


def _scope(book: Book) -> Scope | None:
    """What our workbook says it was written for; None: everything. What a hand has put there instead is passed over."""
    said = book.meta.get("scope")
    if not isinstance(said, dict):
        return None
    lists = {table: refs for table, refs in said.items() if table in BY_TABLE and isinstance(refs, list)}
    return {table: [str(ref) for ref in refs] for table, refs in lists.items()} or None


def _revision(book: Book) -> int | None:
    """The change our workbook was written after; None when it does not say."""
    said = str(book.meta.get("revision") or "")
    return int(said) if said.isdecimal() and len(said) < 16 else None


def _edition(here: Mapping[str, Mapping[str, Any]]) -> str:
    """The version of the framework that a stranger's rows go to: the current one."""
    live = [e for e in here.get("edition", {}).values() if not e.archived]
    current = next((e for e in live if e.state is EditionState.CURRENT), None)
    if current is None:
        raise FileRefused(
            "There is no current version of the framework here, so this file's rows would belong to nothing. "
            "Load or add the framework first, then this file."
        )
    return str(current.ref)
