"""A list as comma-separated text: nothing in it can be taken for a formula, and numbers stay numbers."""

import csv
import io

import pytest

from framework.workbook.comma import comma_separated


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_begins_like_a_formula_is_quoted(start):
    assert cells(comma_separated(["a"], [[f"{start}cmd"]])) == [["a"], [f"'{start}cmd"]]


def test_a_negative_number_is_left_alone():
    assert cells(comma_separated(["a"], [[-1.5]])) == [["a"], ["-1.5"]]


def test_nought_is_written_and_nothing_is_empty():
    assert cells(comma_separated(["a", "b"], [[0, None]])) == [["a", "b"], ["0", ""]]


def test_every_field_is_quoted_and_excel_is_told_the_encoding():
    assert comma_separated(["é"], [["x"]]) == '\ufeff"é"\r\n"x"\r\n'.encode()
