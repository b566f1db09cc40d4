"""What an action of the sample is, and how its words become rows of Actions, Milestones, Updates and Evidence."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.sample import days
from data.sample.rows import Row, row
from data.sample.small_talk import SMALL_TALK
from data.sample.words import NOW

_NOTHING_NEW = "nothing new"
# The short list's reason for each reason in people's own words.
_MOVED_FOR = {
    "waiting for partner": "we wait for someone else",
    "staff change": "people were not free",
    "funding": "money was not there",
    "wider than thought": "it is more work than we thought",
    "licence for work near a badger": "permission or checks took longer",
}


@dataclass(frozen=True)
class Said:
    """A word on an action. Days are written 2026-09-18; a day without school moves to the next."""

    on: str
    words: str
    status: str = ""
    percent: int | None = None
    due: str = ""
    why: str = ""
    then: str = ""
    block: str = ""
    help: str = ""
    by: str = ""
    answer: str = ""
    by_link: bool = False  # and no leader has looked at it yet
    ref: str = ""  # of a word that was added later: an id of its own, so that those after it keep theirs

    @property
    def day(self) -> date:
        return days.school_day(date.fromisoformat(self.on))


@dataclass(frozen=True)
class Step:
    words: str
    due: str
    done: str = ""


@dataclass(frozen=True)
class Proof:
    """What shows that an action made a difference."""

    title: str
    on: str
    link: str


@dataclass(frozen=True)
class Action:
    code: str
    title: str
    start: str
    due: str  # as first promised
    owner: str = ""
    led_by: str = ""
    supporters: str = ""
    schools: str = ""
    pillars: str = "2"
    statements: str = ""
    strand: str = ""
    others: str = ""
    priorities: str = ""
    moves: str = ""
    different: str = ""
    change: float | None = None  # of the first KPI that it moves, in its unit
    change_by: str = ""
    hours: float | None = None
    cost: int | None = None  # in pounds
    set_by: str = ""
    outcome: str = ""  # said when it was closed
    carried: str = ""  # the code of the action that it carries on
    status: str = ""  # only where no update gives one
    confidence: tuple[str, str, str] | None = None  # level, reason, day
    evidence: str = ""
    risk: tuple[int, int, str] | None = None  # likelihood, impact, response
    visibility: str = "task force"
    written: str = ""  # the day it was first written down; else about its start
    small_talk: int = 2  # how many short words in between
    steps: tuple[Step, ...] = ()
    proofs: tuple[Proof, ...] = ()
    said: tuple[Said, ...] = ()
    version: str = NOW

    @property
    def objective(self) -> str:
        return self.code[0]

    @property
    def words_in_order(self) -> list[Said]:
        """Its updates with the short ones between them, by day."""
        return sorted([*self.said, *_small_talk(self)], key=lambda said: said.day)


def _small_talk(action: Action) -> list[Said]:
    """Short words on days of their own between the first and the last thing of substance."""
    if len(action.said) < 2:
        return []
    rng = Random(f"small talk of {action.code}")
    taken = {said.day for said in action.said}
    first, last = min(taken), max(taken)
    free = [day for day in days.SCHOOL_DAYS if first < day < last and min(abs(day - t) for t in taken).days > 5]
    chosen = sorted(rng.sample(free, min(action.small_talk, len(free))))
    partner = (action.supporters or action.led_by or "the schools").split("; ")[0]
    lines = rng.sample(SMALL_TALK, len(chosen))
    return [Said(day.isoformat(), line.format(partner=partner)) for day, line in zip(chosen, lines, strict=True)]


def _recorded(action: Action) -> date:
    if action.written:
        return date.fromisoformat(action.written)
    begun = [date.fromisoformat(action.start), *(said.day for said in action.words_in_order[:1])]
    return days.written_by(min(begun))


def status(action: Action) -> str:
    """The last status anyone gave; an update without one changes nothing."""
    given = [said.status for said in action.words_in_order if said.status]
    return given[-1] if given else action.status


def due(action: Action) -> date:
    moved = [said.due for said in action.words_in_order if said.due]
    return date.fromisoformat(moved[-1] if moved else action.due)


def _judged(action: Action) -> Row:
    """The leader's confidence and the risk, each only where somebody gave it."""
    cells: Row = {}
    if action.confidence is not None:
        level, reason, day = action.confidence
        cells |= {"confidence": level, "confidence reason": reason, "confidence on": date.fromisoformat(day)}
    if action.risk is not None:
        likelihood, impact, response = action.risk
        cells |= {"likelihood": likelihood, "impact": impact, "response": response}
    return cells


def action_row(action: Action) -> Row:
    return row(
        {
            "code": action.code,
            "version": action.version,
            "objective": action.objective,
            "action": action.title,
            "owner": action.owner,
            "organisation": action.led_by,
            "supporters": action.supporters,
            "schools": action.schools,
            "pillars": action.pillars,
            "statements": action.statements,
            "strand": action.strand,
            "other strands": action.others,
            "priorities": action.priorities,
            "should move": action.moves,
            "what will be different": action.different,
            "start": date.fromisoformat(action.start),
            "first due": date.fromisoformat(action.due),
            "due": due(action),
            "status": status(action),
            **_judged(action),
            "evidence": action.evidence,
            "visibility": action.visibility,
            "recorded on": _recorded(action),
            "by how much": action.change,
            "by when": date.fromisoformat(action.change_by) if action.change_by else None,
            "hours": action.hours,
            "money": action.cost,
            "set by": action.set_by,
            "what changed": action.outcome,
            "carried from": action.carried,
            "fictional": "yes",
        }
    )


def milestone_rows(action: Action) -> list[Row]:
    found = []
    for step in action.steps:
        done = date.fromisoformat(step.done) if step.done else None
        cells: Row = {"action": action.code, "milestone": step.words, "due": date.fromisoformat(step.due)}
        found.append(row({**cells, "done on": done, "fictional": "yes"}))
    return found


def _written_on(day: date) -> date:
    """Within six days of the day itself, and never after the sample's own day."""
    written = days.written_on(day)
    assert written - day <= timedelta(days=6)
    return min(written, days.SAMPLE_DAY)


def update_rows(action: Action) -> list[Row]:
    return [
        row(
            {
                "_id": said.ref,
                "action": action.code,
                "date": said.day,
                "update": said.words,
                "status": said.status,
                "% done": said.percent,
                "by": said.by or action.owner,
                "new due": date.fromisoformat(said.due) if said.due else None,
                "reason for the move": said.why,
                "next": said.then,
                "in the way": said.block,
                "help wanted": said.help,
                "kind of reason": _MOVED_FOR[said.why] if said.due else "",
                "answer": said.answer or (_NOTHING_NEW if said.words.casefold().startswith(_NOTHING_NEW) else ""),
                "not yet checked": "yes" if said.by_link else "",
                "recorded on": _written_on(said.day),
                "fictional": "yes",
            }
        )
        for said in action.words_in_order
    ]


def evidence_rows(action: Action) -> list[Row]:
    return [
        row(
            {
                "action": action.code,
                "what it shows": proof.title,
                "date": date.fromisoformat(proof.on),
                "link": proof.link,
                "by": action.owner,
                "fictional": "yes",
            }
        )
        for proof in action.proofs
    ]
