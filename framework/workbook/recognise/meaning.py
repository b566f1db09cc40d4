"""What a cell of a stranger's plan means in a field of ours: an objective, an owner, a status, schools."""

from collections.abc import Iterable

from framework.plans import Confidence, Status
from framework.workbook.cells import Cell
from framework.workbook.readings import Certainty, Reading, read_list, read_people, read_rag, read_status
from framework.workbook.recognise.asking import EMPTY, Wording, counted, one_of, table_key, value_key
from framework.workbook.recognise.conversion import Conversion
from framework.workbook.recognise.naming import NEAR, Index, Named
from framework.workbook.recognise.shape import Choice
from framework.workbook.recognise.taking import Line, Taken, said
from framework.workbook.text import key, quoted

EACH = "each"  # the answer by which every word of a column is asked by itself
_MOST_EACH = 12
_FEW = 30
_ASSUMED = Certainty.ASSUMED
_ASKED = (Certainty.ASK, Certainty.ERROR)
# The file's own rating, taken for the leader's judgement only when someone says so. Halves and blue say no such thing.
_CONFIDENCE = {"green": Confidence.HIGH, "amber": Confidence.MEDIUM, "red": Confidence.LOW}


class Meaning:
    """Reads the fields of plans that name or rate something."""

    def __init__(self, job: Conversion) -> None:
        self._job = job
        self._names = job.names
        self._asking = job.asking

    def objective(self, table: Taken, line: Line) -> tuple[str | None, bool]:
        """The ref of the row's objective, and whether the row itself says so. None: it is still to be said."""
        words = line.text("objective")
        one_by_one = self._asking.answer(table_key(table.sheet, "objective")) == EACH
        found = self._names.objective(words) if words else None
        if found is not None:
            return found, True
        asked_by = value_key("objective", words)
        near = bool(words) and bool(self._names.objectives.near(words, NEAR))
        if near or one_by_one or (words and self._asking.answer(asked_by) is not None):
            asked = (
                f"Which objective is '{quoted(words)}'?" if words else "Of which objective are the rows that name none?"
            )
            letter = self._asking.ask(asked_by, self._objectives(asked), cell=line.at("objective"))
            return (None, False) if letter is None else (self._names.letters.get(letter), bool(words))
        return self._objective_of_table(table, line), False

    def _objective_of_table(self, table: Taken, line: Line) -> str | None:
        def wording(count: int) -> tuple[str, list[Choice]]:
            words = {said for other in table.lines if (said := other.text("objective"))}
            each = 1 < len(words) <= _MOST_EACH
            rows = counted(count, "row that names none", "rows that name none")
            asked = f"To which objective do the actions of '{table.sheet}' belong ({rows} of ours)?"
            _, choices = self._objectives("")(count)
            by_word = Choice(EACH, f"not all to one: ask for each of the {len(words)} words in its column")
            return asked, [*choices, *([by_word] if each else [])]

        each = bool(line.text("objective"))
        letters = self._names.letters
        letter = self._asking.ask(
            table_key(table.sheet, "objective"),
            wording,
            cell=line.at("objective"),
            fits=lambda said: said in letters or (said == EACH and each),
        )
        return self._names.letters.get(letter or "")

    def _objectives(self, words: str) -> Wording:
        letters = self._names.letters
        return one_of(words, [(letters_of, self._shown(ref)) for letters_of, ref in letters.items()])

    def _shown(self, ref: str) -> str:
        return next((named.shown for named in self._names.objectives if named.ref == ref), ref)

    def status(self, line: Line) -> tuple[Status | None, Reading | None, str]:
        """The owner's word, how it was read, and the file's own word where it could not be taken. Blank is not set."""
        cell = line.cell("status")
        words = line.text("status")
        if cell is None or not words:
            return None, None, ""
        column = line.column("status")
        reading = read_status(words, heading="" if column is None else column.heading)
        if reading.certainty in (Certainty.EXACT, Certainty.WARN):
            return reading.value, reading, ""
        assumed = reading.certainty is Certainty.ASSUMED and isinstance(reading.value, Status)
        proposed = str(reading.value) if assumed else EMPTY
        choices = [(status.value, status.value) for status in Status]
        answer = self._asking.ask(
            value_key("status", words),
            one_of(
                f"What does the status '{quoted(words)}' mean?",
                [*choices, (EMPTY, "not set: keep the word in the update")],
            ),
            suggested=proposed,
            cell=line.at("status"),
        )
        status = next((status for status in Status if status.value == answer), None)
        settled = self._asking.answer(value_key("status", words)) == answer
        told = Reading(reading.raw, status, "answered") if settled else Reading(words, status, reading.rule, _ASSUMED)
        return status, told, "" if status is not None else words

    def confidence(self, table: Taken, line: Line) -> tuple[Confidence | None, str]:
        """The leader's judgement where the file's rating was said to be that, and the rating where it is not taken."""
        words = line.text("rag")
        if not words:
            return None, ""
        answer = self._asking.ask(
            table_key(table.sheet, "rag"),
            one_of(
                f"'{table.sheet}' rates its rows red, amber or green. Is that your confidence in them?",
                [
                    ("confidence", "yes: green is high, amber medium, red low"),
                    (EMPTY, "no: keep the rating in the update"),
                ],
            ),
            suggested=EMPTY,
            cell=line.at("rag"),
        )
        reading = read_rag(words)
        found = _CONFIDENCE.get(str(reading.value)) if reading.certainty not in _ASKED else None
        return (found, "" if found else words) if answer == "confidence" else (None, words)

    def owner(self, line: Line, name: str = "owner") -> tuple[str | None, str]:
        """The person a cell names, and its words where they say more than that. Nobody is made by an import."""
        words = line.text(name)
        if not words:
            return None, ""
        whole = self._names.person(words)
        if whole is not None:
            return whole, ""
        reading = read_people(words)
        names: tuple[str, ...] = reading.value or ()
        if reading.certainty is Certainty.ASK:
            answer = self._asked_names(words, names, line, name, reading.says)
            if answer in self._names.people:
                return answer, ""
            names = tuple(filter(None, (part.strip() for part in (answer or "").split(";"))))
        doubted = {key(words)} if reading.certainty is Certainty.ASK else set()  # asked about already
        found = [self._names.person(own) if key(own) in doubted else self._person(own, line, name) for own in names]
        first = next((ref for ref in found if ref is not None), None)
        return first, "" if first is not None and len(names) == 1 else words

    def _asked_names(self, words: str, names: tuple[str, ...], line: Line, name: str, says: str) -> str | None:
        """Whom a text names that may be one person or two; names parted by semicolons."""
        apart = "; ".join(names)
        choices = [(said, said) for said in dict.fromkeys(filter(None, (apart, words)))]
        return self._asking.ask(
            value_key("owner", words),
            one_of(f"Who is '{quoted(words)}'? {says}", [*choices, (EMPTY, "nobody: keep it as a note")]),
            suggested=apart or words,
            cell=line.at(name),
            fits=lambda said: True,
        )

    def _person(self, words: str, line: Line, name: str) -> str | None:
        exact = self._names.person(words)
        if exact is not None:
            return exact
        people = self._names.people
        answer = self._asking.ask(
            value_key("owner", words),
            one_of(
                f"Who is '{quoted(words)}'? Nobody here has that name.",
                [
                    *_near(people.near(words) or self._few_people),
                    (EMPTY, "leave the owner empty, and keep the name in the update"),
                ],
            ),
            suggested=EMPTY,
            cell=line.at(name),
            fits=lambda said: said == EMPTY or said in people,
        )
        return answer or None

    @property
    def _few_people(self) -> list[Named]:
        """Everybody, where they are few enough to choose from."""
        everyone = list(self._names.people)
        return everyone if len(everyone) <= _FEW else []

    def schools(self, line: Line) -> tuple[tuple[str, ...], str]:
        """The schools a row names (none: the whole trust), and the words of those that are left out."""
        words = line.text("school")
        if not words or self._names.everywhere(words):
            return (), ""
        return self._many(words, self._names.places, "school", line, "leave it out")

    def organisations(self, line: Line) -> tuple[tuple[str, ...], str]:
        found: list[str] = []
        unknown: list[str] = []
        for words in line.texts("organisations"):
            refs, left = self._many(words, self._names.organisations, "organisations", line, "leave it out")
            found += refs
            unknown += [left] if left else []
        return tuple(dict.fromkeys(found)), "; ".join(unknown)

    def kpis(self, line: Line) -> tuple[tuple[str, ...], str]:
        """The KPIs that a row of a plan names exactly, and its words where it names others."""
        words = line.text("kpi")
        pieces = _pieces(words, self._names.kpis)
        refs = [ref for piece in pieces if (ref := self._names.kpis.exact(piece)) is not None]
        return tuple(dict.fromkeys(refs)), "" if len(refs) == len(pieces) else words

    def _many(self, words: str, index: Index, name: str, line: Line, out: str) -> tuple[tuple[str, ...], str]:
        refs: list[str] = []
        unknown: list[str] = []
        for piece in _pieces(words, index):
            ref = self.one(piece, index, name, line, [(EMPTY, out)], suggested=EMPTY)
            (refs if ref else unknown).append(ref or piece)
        return tuple(dict.fromkeys(refs)), "; ".join(unknown)

    def one(
        self,
        words: str,
        index: Index,
        name: str,
        line: Line,
        more: Iterable[tuple[str, str]],
        *,
        suggested: str | None = None,
        every: bool = False,
    ) -> str | None:
        """The row that a text names: exactly, or as someone said among the near ones (`every`: among all)."""
        exact = index.exact(words)
        if exact is not None:
            return exact
        others = list(more)
        near = index.near(words)
        offered = near if near or not every else list(index)
        return self._asking.ask(
            value_key(name, words),
            one_of(f"What is '{quoted(words)}'? Nothing here has that name.", [*_near(offered), *others]),
            suggested=suggested,
            cell=line.at(name),
            fits=lambda said: said in index or said in {value for value, _ in others},
        )


def _near(near: Iterable[Named]) -> list[tuple[str, str]]:
    return [(named.ref, named.shown) for named in near]


def _pieces(words: str, index: Index) -> tuple[str, ...]:
    """The names in a cell: the whole of it where it is one, else parted as lists are."""
    if not words or index.exact(words) is not None:
        return (words,) if words else ()
    return tuple(read_list(words, options=[name for named in index for name in named.names]).value or ())


def whole_of_five(cell: Cell) -> int | None:
    """A likelihood or impact of 1 to 5, also with its meaning behind it (`3 - possible`); None for any other."""
    words = said(cell)
    head = words.split(maxsplit=1)[0].rstrip(".:-") if words else ""
    number = head.removesuffix(".0")
    return int(number) if number in {"1", "2", "3", "4", "5"} and not words[len(head) :].strip()[:1].isdigit() else None
