"""What is told of how a sheet's rows were recognised."""

from collections.abc import Iterator, Mapping, Sequence

from framework.subjects import Subject, data_of
from framework.workbook.cells import Note
from framework.workbook.identity import Findings
from framework.workbook.text import quoted
from framework.workbook.words import Known, label

_TOLD = 5  # rows of a kind that are named; of the rest, how many


def notes_on(
    subject: Subject, found: Findings, labels: Mapping[int, str], known: Known, *, has_ids: bool
) -> Iterator[Note]:
    """Notes on rows that were taken for new ones, or known without their ids.

    labels  what rows that look like one here call themselves, by number
    """
    sheet, here = subject.sheet, known.get(subject.table, {})
    if found.copies:
        one = len(found.copies) == 1
        words = (
            f"{sheet}: {_rows(found.copies)} {'has' if one else 'have'} the hidden id of another row, as copies have"
        )
        yield _note("KEY-DUPLICATE", subject, f"{words}. {_taken_new(found.copies)}.")
    if found.strange and here:
        one = len(found.strange) == 1
        whose = "has a hidden id that is" if one else "have hidden ids that are"
        words = f"{sheet}: {_rows(found.strange)} {whose} not known here: from another workbook, or an old copy"
        yield _note("KEY-UNKNOWN", subject, f"{words}. {_taken_new(found.strange)}.")
    if found.moved:
        one = len(found.moved) == 1
        words = (
            f"{sheet}: {_rows(found.moved)} {'says' if one else 'say'} another {_headings(subject, 'or')} than before"
        )
        kept = (
            "it is a value of its own, and the one before stays"
            if one
            else "they are values of their own, and those before stay"
        )
        yield _note("KEY-UNKNOWN", subject, f"{words}: {kept}.")
    if found.keyed or found.titled:
        how = [_how(len(rows), by) for rows, by in ((found.keyed, _headings(subject)), (found.titled, "title")) if rows]
        why = "was passed over" if has_ids else "is not there"
        yield _note("KEY-MISSING", subject, f"{sheet}: the hidden column _id {why}, so {' and '.join(how)}.")
    for number, ref in found.near[:_TOLD]:
        like = label(subject, data_of(subject, here[ref]), known)
        words = f"{sheet}, row {number}: '{quoted(labels[number])}' looks like '{quoted(like)}', which is here"
        yield _note("KEY-UNKNOWN", subject, f"{words}. It goes in as a new row, unless you leave it out.")
    if len(found.near) > _TOLD:
        yield _note(
            "KEY-UNKNOWN", subject, f"{sheet}: {len(found.near) - _TOLD:,} more new rows look like one that is here."
        )


def _note(code: str, subject: Subject, words: str) -> Note:
    return Note(code, words, subject.sheet)


def _headings(subject: Subject, joint: str = "and") -> str:
    *others, last = (subject.field(name).heading for name in subject.key)
    return f"{', '.join(others)} {joint} {last}" if others else last


def _rows(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    if len(numbers) > _TOLD:
        return f"rows {', '.join(str(n) for n in numbers[:_TOLD])} and {len(numbers) - _TOLD:,} more"
    return f"rows {', '.join(str(n) for n in numbers[:-1])} and {numbers[-1]}"


def _taken_new(numbers: Sequence[int]) -> str:
    return "It goes in as a new row" if len(numbers) == 1 else "They go in as new rows"


def _how(count: int, by: str) -> str:
    return f"{count:,} row{' was' if count == 1 else 's were'} known by {by}"
