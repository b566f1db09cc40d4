"""What was answered, and what is still to be asked: one question for many cells, asked once.

Whoever converts a row asks here for each cell; the same question gathers its cells, and an answer settles them all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from framework.workbook.recognise.shape import Asks, Choice, Question
from framework.workbook.text import key

SHOWN = 5  # cells of a question that are named
OUT = "out"  # the answer that leaves something out
EMPTY = ""  # the answer that leaves a field empty

_ABOUT = {"column": Asks.COLUMN, "dates": Asks.DATES, "scale": Asks.SCALE, "colours": Asks.COLOURS, "sheet": Asks.SHEET}

# From the number of cells to the question and its choices: both may say how many there are.
Wording = Callable[[int], tuple[str, Sequence[Choice]]]


@dataclass
class _Open:
    wording: Wording
    suggested: str | None
    cells: list[str] = field(default_factory=list)
    count: int = 0


class Asking:
    """Answers by question key, and the questions that came up without one."""

    def __init__(self, answers: Mapping[str, str], asked: Iterable[Question] = ()) -> None:
        """`asked`: the questions of the recogniser; their words and suggestions stand before those made here."""
        self._answers = answers
        self._asked = {question.key: question for question in asked}
        self._open: dict[str, _Open] = {}
        self._met: set[str] = set()

    def answer(self, key: str) -> str | None:
        """What was answered; None: nothing was."""
        return self._answers.get(key)

    def ask(
        self,
        key: str,
        wording: Wording,
        *,
        suggested: str | None = None,
        cell: str = "",
        fits: Callable[[str], bool] | None = None,
    ) -> str | None:
        """What stands: the answer, else the suggestion; None while someone must answer.

        fits  whether an answer can be meant; None: one of the choices. One that does not fit is asked again.
        """
        self._met.add(key)
        said, known = self._answers.get(key), self._asked.get(key)
        if said is not None:
            fitting = fits(said) if fits else said in {c.value for c in wording(1)[1]}
            if fitting or (known is not None and said in {c.value for c in known.choices}):
                return said
        if key not in self._open:
            self._open[key] = _Open(wording, known.suggested if known else suggested)
        question = self._open[key]
        question.count += 1
        if cell and cell not in question.cells and len(question.cells) < SHOWN:
            question.cells.append(cell)
        return question.suggested

    def questions(self, concerns: Callable[[Question], bool]) -> tuple[Question, ...]:
        """What is still to be answered or was assumed; `concerns` says which of the recogniser's to keep."""
        theirs = [
            question
            for key, question in self._asked.items()
            if key in self._open or (key not in self._met and key not in self._answers and concerns(question))
        ]
        ours = [_question(key, question) for key, question in self._open.items() if key not in self._asked]
        return (*theirs, *ours)


def _question(key: str, made: _Open) -> Question:
    words, choices = made.wording(made.count)
    asks = _ABOUT.get(key.partition("|")[0], Asks.VALUE)
    return Question(key, asks, words, tuple(choices), made.suggested, tuple(made.cells), made.count)


def value_key(name: str, text: str) -> str:
    """The question of what a text means in a field."""
    return f"value|{name}|{key(text)}"


def table_key(sheet: str, what: str) -> str:
    """The question that one table asks once."""
    return f"table|{sheet}|{what}"


def one_of(words: str, choices: Iterable[tuple[str, str]]) -> Wording:
    """A question whose words do not depend on how many cells ask it."""
    made = tuple(Choice(value, said) for value, said in choices)
    return lambda count: (words, made)


def counted(number: int, one: str, many: str = "") -> str:
    """`1 row`, `3 rows`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
