"""What a person may say over the recogniser: that colours are meant, and in which row the headings stand."""

from datetime import date

from framework.workbook.cells import Book, Cell, SheetCells
from framework.workbook.recognise.look import recognise
from framework.workbook.recognise.taking import taken


def cells(*rows):
    return [
        [None if text is None else Cell(f"{chr(65 + c)}{r}", text, text) for c, text in enumerate(row)]
        for r, row in enumerate(rows, 1)
    ]


PLAN = cells(
    ("Action", "Owner", "By when", "RAG"),
    ("Open a breakfast club", "Priya", "12/11/2026", "Green"),
    ("Hold a careers fair", "Sam", "01/12/2026", None),
    ("Train the staff", "Sam", "01/12/2026", None),
)


def book(rows=PLAN, fills=None, title="Plan"):
    return Book("plan.xlsx", "0" * 64, (SheetCells(title, rows, valued=9, fills=fills or {}),))


def ratings(answers):
    looked = recognise(book(fills={(3, 4): "FF0000", (4, 4): "EEEEEE"}), on=date(2026, 11, 13))
    (table,) = taken(looked, answers)
    return [line.text("rag") for line in table.lines]


def test_colours_are_passed_over_until_someone_says_that_they_are_meant():
    assert ratings({}) == ["Green", "", ""]
    assert ratings({"colours|rag": "no"}) == ["Green", "", ""]


def test_a_plain_colour_is_a_rating_once_someone_says_so_and_a_pale_one_is_none():
    assert ratings({"colours|rag": "yes"}) == ["Green", "red", ""]


def test_someone_may_say_in_which_row_the_headings_stand():
    rows = cells(
        ("Owner", "Status", "Due"),
        ("of this", "is late", "as ever"),
        ("Quoi", "Par qui", "Quand"),
        ("Ouvrir un club", "Priya", "12/11/2026"),
        ("Foire", "Sam", "01/12/2026"),
    )
    (table,) = recognise(book(rows), headings={"Plan": 3}).tables
    assert table.header_row == 3
    assert [column.heading for column in table.columns] == ["Quoi", "Par qui", "Quand"]
    assert len(table.records) == 2


def test_a_row_without_a_cell_heads_nothing_and_the_headings_are_looked_for():
    assert recognise(book(), headings={"Plan": 9}).tables[0].header_row == 1
