"""KPIs of a stranger's file to KPIs of ours, with what their own cells tell of unit, measure and frequency."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from framework.workbook.recognise.alike import SAME, Matched, Titled, matched
from framework.workbook.recognise.asking import OUT, counted, one_of, table_key, value_key
from framework.workbook.recognise.conversion import Cells, Conversion, answered, from_cell
from framework.workbook.recognise.meaning import Meaning
from framework.workbook.recognise.naming import NEAR, Codes, Named, spelled
from framework.workbook.recognise.plans import NEW
from framework.workbook.recognise.shape import Holds
from framework.workbook.recognise.taking import Line, Taken, said
from framework.workbook.recognise.telling import Telling
from framework.workbook.recognise.times import Times
from framework.workbook.text import quoted

_OURS = "K-"  # what the codes of our KPIs begin with


@dataclass
class Draft:
    """One KPI of the file: the rows that speak of it, and which of ours it is (empty: not known yet)."""

    title: str
    code: str
    objective: str | None
    lines: list[tuple[Taken, Line]] = field(default_factory=list)
    ref: str = ""

    @property
    def first(self) -> tuple[Taken, Line]:
        return self.lines[0]


@dataclass(frozen=True)
class Measured:
    """A row of figures and the KPI that it is of."""

    table: Taken
    line: Line
    kpi: str
    makes: bool = False  # whether the KPI itself was made of it


class Kpis:
    """Converts what a file says of KPIs; no two of its KPIs are the same one of ours."""

    def __init__(self, job: Conversion, times: Times) -> None:
        self._job = job
        self._meaning = Meaning(job)
        self._telling = Telling(job, times)
        self._here = job.of_edition("kpi")
        self._codes = Codes(row.code for row in job.known.get("kpi", {}).values())
        self._drafts: dict[str, Draft] = {}
        self._of_line: list[tuple[Taken, Line, Draft]] = []
        self._untitled: Counter[str] = Counter()

    def convert(self, tables: Iterable[Taken]) -> list[Measured]:
        """Make the KPIs; the rows of figures, each with its KPI. Rows that wait for an answer are not among them."""
        every = sorted(tables, key=lambda table: table.holds is not Holds.KPIS)
        for table in every:  # lists of KPIs first: what they define, values may name
            for line in table.lines:
                if table.holds is Holds.KPIS:
                    self._listed(table, line)
                else:
                    self._named(table, line)
        drafts = list(self._drafts.values())
        here = [Titled(k.title, ref, spelled(k.code), k.objective) for ref, k in self._here.items()]
        titled = [Titled(d.title, "", spelled(d.code), d.objective) for d in drafts]
        found = matched(titled, here, lambda row: self._job.asking.answer(f"same|{spelled(row.title)}"))
        for draft, match in zip(drafts, found, strict=True):
            self._settle(draft, match)
        for sheet, count in self._untitled.items():
            lines = counted(count, "row names no KPI, so we passed it", "rows name no KPI, so we passed them")
            self._job.note("ROW-BLANK", f"'{sheet}': {lines} over.", sheet)
        made = {row.ref for row in self._job.made("kpi")}
        return [
            Measured(table, line, draft.ref, draft.ref in made and draft.first[1] is line)
            for table, line, draft in self._of_line
            if draft.ref
        ]

    def _listed(self, table: Taken, line: Line) -> None:
        title, code = _named(table, line)
        if not title:
            ref = self._known("", code)
            title = self._here[ref].title if ref in self._here else ""
        if title:
            self._draft(table, line, title, code)
        else:
            self._untitled[table.sheet] += 1

    def _draft(self, table: Taken, line: Line, title: str, code: str) -> Draft:
        """The KPI of the file with this title; the first row that speaks of it makes it."""
        own = spelled(title)
        if own not in self._drafts:
            self._drafts[own] = Draft(title, code, self._objective(line))
        draft = self._drafts[own]
        draft.lines.append((table, line))
        self._of_line.append((table, line, draft))
        return draft

    def _objective(self, line: Line) -> str | None:
        """The objective that a KPI names; a KPI needs none, so only a near name is asked about."""
        words = line.text("objective")
        if not words:
            return None
        found = self._job.names.objective(words)
        near = [] if found is not None else self._job.names.objectives.near(words, NEAR)
        if not near:
            return found
        letters = self._job.names.letters
        choices = [(letter, named.shown) for letter, ref in letters.items() for named in near if named.ref == ref]
        answer = self._job.asking.ask(
            value_key("objective", words),
            one_of(f"Which objective is '{quoted(words)}'?", [*choices, ("", "none of ours")]),
            cell=line.at("objective"),
            fits=lambda said: said == "" or said in letters,
        )
        return letters.get(answer or "")

    def _named(self, table: Taken, line: Line) -> None:
        """A row of values: its KPI stands here or in the file's own list, or someone says which it is."""
        title, code = _named(table, line)
        own = self._drafts.get(spelled(title)) if title else None
        if own is not None and own.lines:
            own.lines.append((table, line))
            self._of_line.append((table, line, own))
            return
        ref = self._known(title, code) if title or code else self._of_table(table, line)
        if ref is None and title:
            near = self._job.names.kpis.near(title)
            answer = self._job.asking.ask(
                value_key("kpi", title),
                one_of(
                    f"Which KPI is '{quoted(title)}'? None here is called so.",
                    [
                        *((named.ref, named.shown) for named in near),
                        (NEW, "a new KPI"),
                        (OUT, "none: leave its values out"),
                    ],
                ),
                cell=line.at(table.measured),
                fits=lambda said: said in self._job.names.kpis or said in (NEW, OUT),
            )
            if answer == NEW:
                self._draft(table, line, title, code)
                return
            ref = None if answer in (None, OUT) else answer
        if ref is not None:
            self._of_line.append((table, line, Draft(title, code, None, [(table, line)], ref)))

    def _of_table(self, table: Taken, line: Line) -> str | None:
        """The KPI of a table whose rows name none: its sheet may."""
        names = self._job.names.kpis
        answer = self._job.asking.ask(
            table_key(table.sheet, "kpi"),
            one_of(
                f"The rows of '{table.sheet}' name no KPI. Of which are their figures?",
                [*((named.ref, named.shown) for named in names), (OUT, "none: leave them out")],
            ),
            suggested=names.exact(table.sheet),
            cell=line.at("value"),
            fits=lambda said: said in names or said == OUT,
        )
        return None if answer == OUT else answer

    def _known(self, title: str, code: str) -> str | None:
        """The KPI here that a row names by its code or by its title, letter by letter or nearly so."""
        names = self._job.names.kpis
        found = names.exact(code) if code else None
        found = found or (names.exact(title) if title else None)
        if found is not None or not title:
            return found
        sure = names.near(title, SAME)
        return sure[0].ref if len(sure) == 1 else None

    def _settle(self, draft: Draft, match: Matched) -> None:
        ref = match.ref
        if ref is None and match.near:
            answer = self._ask_same(draft, match)
            if answer != NEW:
                return
        stands = self._job.standing("kpi", ref)
        table, line = draft.first
        data: dict[str, Any] = {"title": draft.title, "edition": self._job.edition}
        cells: Cells = {}
        if (cell := line.cell(table.measured)) is not None:
            cells["title"] = from_cell(cell)
        if not stands and not self._judged(draft, data, cells):
            return
        data["code"] = stands.get("code") or self._code(draft)
        self._described(draft, data, cells)
        draft.ref = ref or self._job.new_ref()
        label = f"{data['code']} {draft.title}"
        self._job.add("kpi", draft.ref, data, cells, line, label)
        if not stands:
            self._job.names.kpis.add(Named(draft.ref, label, (data["code"], draft.title)))

    def _ask_same(self, draft: Draft, match: Matched) -> str | None:
        free = [ref for ref in match.near if ref not in match.taken]
        choices = [(ref, f"the same as {self._here[ref].code} {quoted(self._here[ref].title)}") for ref in free]
        twice = [(OUT, "leave this row out: another row of the file is that KPI")] if match.taken else []
        table, line = draft.first
        return self._job.asking.ask(
            f"same|{spelled(draft.title)}",
            one_of(
                f"Is '{quoted(draft.title)}' ({table.sheet}, row {line.number}) a KPI that is here already?",
                [*choices, *twice, (NEW, "a new KPI")],
            ),
            cell=line.at(table.measured),
        )

    def _code(self, draft: Draft) -> str:
        """The file's own code where it is one of our kind and free; else the next of its objective."""
        wanted = draft.code.upper()
        if wanted.startswith(_OURS) and wanted not in self._codes:
            return self._codes.take(wanted)
        return self._codes.next(_OURS + self._job.names.letter(draft.objective), digits=2)

    def _judged(self, draft: Draft, data: dict[str, Any], cells: Cells) -> bool:
        """Give a new KPI its measure and frequency; False while someone must say them."""
        measure = self._telling.measure(draft.title, draft.lines)
        frequency = self._telling.frequency(draft.lines)
        if measure is None or frequency is None:
            return False
        data["measure"], data["frequency"] = measure, frequency
        cell = draft.first[1].cell("frequency")
        if cell is not None:
            cells["frequency"] = answered(cell, assumed=False)
        return True

    def _described(self, draft: Draft, data: dict[str, Any], cells: Cells) -> None:
        _, line = draft.first
        for name in ("definition", "unit", "source"):
            cell = line.cell(name)
            if cell is not None and said(cell):
                data[name] = said(cell)
                cells[name] = from_cell(cell)
        owner, _ = self._meaning.owner(line)
        if owner is not None:
            data["owner"] = owner
        if draft.objective is not None:
            data["objective"] = draft.objective
        for name in ("owner", "objective"):
            if name in data and (cell := line.cell(name)) is not None:
                cells[name] = from_cell(cell)


def _named(table: Taken, line: Line) -> tuple[str, str]:
    """What a row calls its KPI, and the code it gives it."""
    return " ".join(line.text(table.measured).split()), line.text("code")
