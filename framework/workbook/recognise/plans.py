"""Actions and risks of a stranger's file to actions of ours. What has no field of its own becomes a dated update."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from framework.workbook.recognise.alike import Matched, Titled, matched
from framework.workbook.recognise.asking import OUT, counted, one_of, table_key
from framework.workbook.recognise.conversion import Cells, Conversion, answered, from_cell
from framework.workbook.recognise.meaning import Meaning, whole_of_five
from framework.workbook.recognise.naming import Codes, spelled
from framework.workbook.recognise.shape import Choice, Holds
from framework.workbook.recognise.steps import Steps, words_of
from framework.workbook.recognise.taking import Line, Taken, said
from framework.workbook.recognise.times import Times, plain_day
from framework.workbook.text import quoted

NEW = "new"  # the answer by which a near row is another one
_END = "end"  # the answer by which an action without a day is due at the end of the version
_WAYS_OUT = frozenset({_END, OUT})
_OURS = "A-"  # what the codes of our actions begin with
_TITLE_ENDS = 300  # characters of a title that identify it


@dataclass
class Draft:
    """One action of the file before it is known which of ours it is.

    lines      its rows: several where its milestones stand below each other
    objective  None: it is still to be said
    by_row     whether the row itself names its objective, rather than an answer for the whole table
    words      what goes into the update, each with the field whose cell says it
    """

    table: Taken
    lines: list[Line]
    title: str
    objective: str | None
    by_row: bool
    data: dict[str, Any] = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)
    words: list[tuple[str, str]] = field(default_factory=list)

    @property
    def line(self) -> Line:
        return self.lines[0]

    @property
    def titled(self) -> Titled:
        code = said(cell) if (cell := self.line.cell("code")) is not None else ""
        return Titled(self.title, "", spelled(code), self.objective, frozenset(self.data.get("places", ())))


class Plans:
    """Converts the tables of actions and risks of one file, all together: no two rows of it are the same action."""

    def __init__(self, job: Conversion, times: Times) -> None:
        self._job = job
        self._times = times
        self._meaning = Meaning(job)
        self._steps = Steps(job, times)
        self._here = [_titled(ref, row) for ref, row in job.of_edition("action").items()]
        self._codes = Codes(row.code for row in job.known.get("action", {}).values())
        edition = job.known.get("edition", {}).get(job.edition)
        self._ends: date | None = None if edition is None else edition.ends_on

    def convert(self, tables: Iterable[Taken]) -> dict[Holds, int]:
        """Make the rows; how many records of each kind went in."""
        drafts = [draft for table in tables for draft in self._drafts(table)]
        found = matched([draft.titled for draft in drafts], self._here, self._chosen)
        counts: Counter[Holds] = Counter()
        for draft, match in zip(drafts, found, strict=True):
            if self._settle(draft, match):
                counts[draft.table.holds] += len(draft.lines)
        return dict(counts)

    def _drafts(self, table: Taken) -> Iterator[Draft]:
        untitled = 0
        draft: Draft | None = None
        for line in table.lines:
            cell = line.cell(table.titled)
            title = "" if cell is None else " ".join(said(cell).split())
            if not title:
                untitled += 1
            elif draft is not None and table.titled == "action" and _goes_on(draft, line, title):
                draft.lines.append(line)
            else:
                if draft is not None:
                    yield draft
                draft = self._draft(table, line, title)
        if draft is not None:
            yield draft
        if untitled:
            rows = counted(untitled, "row says no action, so we passed it", "rows say no action, so we passed them")
            self._job.note("ROW-BLANK", f"'{table.sheet}': {rows} over.", table.sheet)

    def _draft(self, table: Taken, line: Line, title: str) -> Draft:
        objective, by_row = self._meaning.objective(table, line)
        draft = Draft(table, [line], title, objective, by_row)
        draft.data["title"] = title
        cell = line.cell(table.titled)
        assert cell is not None
        draft.cells["title"] = from_cell(cell)
        if by_row:
            draft.cells["objective"] = answered(line.cell("objective") or cell)
        self._named(draft)
        self._rated(draft)
        self._told(draft)
        return draft

    def _named(self, draft: Draft) -> None:
        """People, schools, organisations and KPIs; what nobody here bears stays in words."""
        line, meaning = draft.line, self._meaning
        owner, left = meaning.owner(line)
        _put(draft, "owner", owner, line, "owner")
        _keep(draft, "Owner", left, "owner")
        for name, source, heading, (refs, other) in (
            ("places", "school", "School", meaning.schools(line)),
            ("supporters", "organisations", "Organisations", meaning.organisations(line)),
            ("kpis", "kpi", "KPI", meaning.kpis(line)),
        ):
            _put(draft, name, refs or None, line, source)
            _keep(draft, heading, other, source)

    def _rated(self, draft: Draft) -> None:
        line = draft.line
        status, reading, word = self._meaning.status(line)
        if status is not None:
            draft.data["status"] = status
            draft.cells["status"] = from_cell(line.cell("status") or _first(line), reading)
        _keep(draft, "Status", word, "status")
        confidence, rating = self._meaning.confidence(draft.table, line)
        _put(draft, "confidence", confidence, line, "rag")
        _keep(draft, "Rating", rating, "rag")
        for name in ("likelihood", "impact"):
            cell = line.cell(name)
            if cell is not None:
                number = whole_of_five(cell)
                _put(draft, name, number, line, name)
                _keep(draft, name.capitalize(), "" if number is not None else said(cell), name)

    def _told(self, draft: Draft) -> None:
        line = draft.line
        success = "; ".join(line.texts("success") or line.texts("target"))
        _put(draft, "success", success or None, line, "success" if line.cell("success") else "target")
        _put(draft, "evidence", "; ".join(line.texts("evidence")) or None, line, "evidence")
        place = places[0] if len(places := draft.data.get("places", ())) == 1 else None
        starts = self._times.day("start", line, place, first=True)
        if starts is not None:
            draft.data["starts_on"] = starts[0]
            draft.cells["starts_on"] = from_cell(line.cell("start") or _first(line), starts[1])
        due = self._times.day("due", line, place)
        if due is not None:
            draft.data["due_on"] = due[0]
            draft.cells["due_on"] = from_cell(line.cell("due") or _first(line), due[1])
        else:
            _keep(draft, "Due", line.text("due"), "due")

    def _chosen(self, row: Titled) -> str | None:
        return self._job.asking.answer(_same_key(row.title))

    def _settle(self, draft: Draft, match: Matched) -> bool:
        """Make the rows of one action; False when it is left out, or waits for an answer."""
        ref = match.ref
        if ref is None and match.near:
            answer = self._ask_same(draft, match)
            if answer != NEW:
                return False
        draft.data["due_on"] = self._due(draft, ref)
        if ref is None and (draft.objective is None or draft.data["due_on"] is None):
            return False
        self._make(draft, ref)
        return True

    def _ask_same(self, draft: Draft, match: Matched) -> str | None:
        shown = {row.ref: row.shown for row in self._here_named(match.near)}
        free = [(ref, f"the same as {shown[ref]}") for ref in match.near if ref not in match.taken]
        twice = [(OUT, "leave this row out: another row of the file is that action")] if match.taken else []
        return self._job.asking.ask(
            _same_key(draft.title),
            one_of(
                f"Is '{quoted(draft.title)}' ({draft.table.sheet}, row {draft.line.number}) here already?",
                [*free, *twice, (NEW, "a new action")],
            ),
            cell=draft.line.at(draft.table.titled),
        )

    def _due(self, draft: Draft, ref: str | None) -> date | None:
        """The day it is due; of a new action that has none, what was said of all of its table."""
        own: date | None = draft.data.get("due_on")
        if len(draft.lines) > 1:  # a day of each milestone: the action ends with the last
            days = [found[0] for line in draft.lines if (found := self._times.day("due", line)) is not None]
            own = max(days, default=None)
        if own is not None or ref is not None:
            return own
        end = "" if self._ends is None else f" ({plain_day(self._ends)})"

        def wording(count: int) -> tuple[str, list[Choice]]:
            texts = dict.fromkeys(words for line in draft.table.lines if (words := line.text("due")))
            about = f" (such as '{quoted(next(iter(texts)))}')" if texts else ""
            actions = counted(
                count, "action has no day by which it is due", "actions have no day by which they are due"
            )
            asked = f"'{draft.table.sheet}': {actions}{about}."
            choices = [Choice(_END, f"the end of the framework version{end}")] if self._ends is not None else []
            out = "leave this row out" if count == 1 else f"leave these {count:,} rows out"
            return f"{asked} An action here must have one: which?", [*choices, Choice(OUT, out)]

        key = table_key(draft.table.sheet, "no due")
        answer = self._job.asking.ask(key, wording, cell=draft.line.at("due"), fits=_WAYS_OUT.__contains__)
        return self._ends if answer == _END else None

    def _make(self, draft: Draft, ref: str | None) -> None:
        job, data = self._job, draft.data
        stands = job.standing("action", ref)
        if data["due_on"] is None:
            del data["due_on"]
        if draft.objective is not None and (draft.by_row or not stands):
            data["objective"] = draft.objective
        if data.get("confidence") is not None and data["confidence"] != stands.get("confidence"):
            data["confidence_on"] = job.on
        code = stands.get("code") or self._codes.next(_OURS)
        data |= {"code": code, "edition": job.edition}
        own = ref or job.new_ref()
        job.add("action", own, data, draft.cells, draft.line, f"{code} {draft.title}")
        self._steps.milestones(own, draft.lines, data.get("due_on") or stands.get("due_on"))
        self._steps.update(own, draft.table, draft.lines, code, draft.words)

    def _here_named(self, refs: Iterable[str]) -> Iterator["_Shown"]:
        for ref in refs:
            row = self._job.known["action"][ref]
            yield _Shown(ref, f"{row.code} {quoted(row.title)}" + (" (archived)" if row.archived else ""))


@dataclass(frozen=True)
class _Shown:
    ref: str
    shown: str


def _goes_on(draft: Draft, line: Line, title: str) -> bool:
    """Whether a row holds one more milestone of the action above it."""
    return line.cell("milestone") is not None and spelled(title) == spelled(draft.title)


def _titled(ref: str, row: Any) -> Titled:
    return Titled(row.title, ref, spelled(row.code), row.objective, frozenset(row.places))


def _same_key(title: str) -> str:
    return f"same|{spelled(title)[:_TITLE_ENDS]}"


def _put(draft: Draft, name: str, value: Any, line: Line, source: str) -> None:
    """A field that the file fills; one that it leaves empty is not told, so that nothing here is cleared."""
    if value is None:
        return
    draft.data[name] = value
    cell = line.cell(source)
    if cell is not None:
        draft.cells[name] = from_cell(cell)


def _keep(draft: Draft, heading: str, words: str, source: str) -> None:
    if words:
        draft.words.append((words_of(heading, words), source))


def _first(line: Line) -> Any:
    return line.first
