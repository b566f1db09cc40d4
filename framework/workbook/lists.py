"""The lists that drop-downs draw on: each a column of the sheet Lists, under a name that validations refer to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name  # type: ignore[import-untyped]

from framework.civic import FACETS, Part
from framework.periods import COUNT_IN_YEAR, Period, PeriodKind, read_year, year_words
from framework.subjects import SUBJECTS, Field, Kind
from framework.workbook.grids import Grid
from framework.workbook.headings import LISTS_SHEET
from framework.workbook.looks import Looks
from framework.workbook.text import write_text
from framework.workbook.words import NAMED_BY, element_code

_FIRST_ROW = 3  # counted from nought: headings of the lists stand in row 3, the words from row 4
_FLAGS = "yes_no"
_PERIODS = "periods"
_YEARS = "school_years"


@dataclass(frozen=True)
class WordList:
    """One list: the name validations know it by, its heading, and its words."""

    name: str
    heading: str
    words: tuple[str, ...]


def list_name(field: Field) -> str | None:
    """The list a field's drop-down draws on; None when it has none: in a cell of many, a choice would lose the rest."""
    match field.kind:
        case Kind.CHOICE:
            assert field.choices is not None
            return f"list_{field.choices.__name__.lower()}"
        case Kind.FLAG:
            return f"list_{_FLAGS}"
        case Kind.PERIOD:
            return f"list_{_PERIODS}"
        case Kind.SCHOOL_YEAR:
            return f"list_{_YEARS}"
        case Kind.ONE:
            return f"list_{field.part.name.lower() if field.part else field.of}"
    return None


def word_lists(grids: Mapping[str, Grid]) -> list[WordList]:
    """Every list, from the choices of fields and from what the sheets themselves name. `grids` by table."""
    lists = [*_choices(), WordList(f"list_{_FLAGS}", "yes or no", ("yes", "no"))]
    years = sorted(_years(grids))
    lists.append(WordList(f"list_{_PERIODS}", "periods", tuple(p.words for year in years for p in _periods(year))))
    lists.append(WordList(f"list_{_YEARS}", "school years", tuple(year_words(year) for year in years)))
    for subject in SUBJECTS:
        if subject.table in NAMED_BY and subject.table != "element":
            words = _once(grids[subject.table].column(NAMED_BY[subject.table])) if subject.table in grids else ()
            lists.append(WordList(f"list_{subject.table}", subject.sheet, words))
    return [*lists, *_elements(grids.get("element"))]


def _choices() -> Iterator[WordList]:
    seen = set()
    for field in (field for subject in SUBJECTS for field in subject.fields):
        if field.choices is not None and field.choices not in seen:
            seen.add(field.choices)
            name = list_name(field)
            assert name is not None
            yield WordList(name, _spaced(field.choices.__name__), tuple(choice.value for choice in field.choices))


def _spaced(name: str) -> str:
    """`TimeNature` as `time nature`."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _years(grids: Mapping[str, Grid]) -> set[int]:
    if "calendar_line" not in grids:
        return set()
    read = (read_year(str(year)) for year in grids["calendar_line"].column("year"))
    return {year for year in read if year is not None}


def _periods(year: int) -> Iterator[Period]:
    # Weeks are typed: two hundred of them would bury the rest.
    for kind in (PeriodKind.YEAR, PeriodKind.TERM, PeriodKind.HALF_TERM, PeriodKind.QUARTER, PeriodKind.MONTH):
        for index in range(1, COUNT_IN_YEAR[kind] + 1):
            yield Period(kind, year, index)


def _elements(grid: Grid | None) -> Iterator[WordList]:
    rows = [] if grid is None else list(zip(*(grid.column(n) for n in ("part", "position", "words")), strict=True))
    for part in FACETS:
        codes = [element_code(part, int(n), str(words)) for said, n, words in rows if _is(said, part)]
        yield WordList(f"list_{part.name.lower()}", f"{part.value}s", _once(codes))


def _is(said: Any, part: Part) -> bool:
    return str(said).strip().casefold() == part.value


def _once(words: Iterable[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(word) for word in words if word not in (None, "")))


def write_lists(workbook: Any, lists: list[WordList], looks: Looks) -> None:
    """The sheet Lists, with a name for each of its columns."""
    sheet = workbook.add_worksheet(LISTS_SHEET)
    sheet.write_string(0, 0, "Lists: the words that drop-downs offer", looks.title)
    sheet.write_string(1, 0, "Add to them on the sheets themselves; this sheet is written anew each time.", looks.help)
    for column, words in enumerate(lists):
        sheet.write_string(_FIRST_ROW - 1, column, words.heading, looks.heading)
        for row, word in enumerate(words.words, _FIRST_ROW):
            write_text(sheet, row, column, word, looks.typed)
        last = max(_FIRST_ROW, _FIRST_ROW + len(words.words) - 1)
        letters = xl_col_to_name(column, col_abs=True)
        workbook.define_name(words.name, f"={LISTS_SHEET}!{letters}${_FIRST_ROW + 1}:{letters}${last + 1}")
    sheet.set_column(0, len(lists) - 1, 22)
    sheet.freeze_panes(_FIRST_ROW, 0)
