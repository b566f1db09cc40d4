"""docs/kpis.md: its calls answer what it says, and every public function stands in it."""

import doctest
from pathlib import Path

import framework.kpis

PAGE = Path(__file__).parents[2] / "docs" / "kpis.md"


def test_every_worked_call_answers_what_the_page_says():
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert (found.failed, found.attempted > 20) == (0, True)


def test_every_public_function_stands_on_the_page():
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in framework.kpis.__all__ if f"`{name}`" not in text and f"{name}(" not in text] == []
