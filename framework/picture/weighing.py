"""Which few of all the things that changed to read first, each once, in terms of better and worse."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from framework.kpis.kpi import Kpi
from framework.kpis.standing import Standing, Verdict
from framework.periods import day_words
from framework.picture.compare import Changes, Confided
from framework.picture.eased import eased
from framework.picture.history import SETTING_WORDS
from framework.picture.judged import verdict
from framework.picture.shape import Picture
from framework.picture.telling import and_, capital, concern, from_to, meanwhile, why_of, word_on
from framework.picture.turned import Moved, Turn
from framework.plans import Action, Status


class Side(StrEnum):
    """What a thing is in the eyes of a reader. What is neither better nor worse is to be asked about."""

    WORSE = "Worse"
    ASK = "Ask about"
    BETTER = "Better"


class Size(IntEnum):
    """How far something moved, greatest last."""

    REST = 1  # done, surer, judged now and on track, better under the same mark
    LATE = 2  # newly late or silent, at risk, less sure
    HALTED = 3  # blocked, stopped, taken away, opened again
    GROUND = 4  # what a KPI is judged by moved: its target was eased, its definition edited; or under the same mark
    ONE_MARK = 5
    NO_VERDICT = 6  # a KPI lost its verdict, or was taken away with it
    TWO_MARKS = 7  # from on track to behind, or back


@dataclass(frozen=True)
class Thing:
    """One thing that changed, as a sentence: its title, then `words`, then `reason`.

    table, ref  lead to its page; an empty table leads nowhere
    board       a KPI that is or was among the board's own; of an action, that it should move one
    degree      among things of one size the greater comes first: times the tolerance, or school days
    gone        it is not here any more: its page is as it stood then
    """

    side: Side
    size: Size
    table: str
    ref: str
    title: str
    words: str
    reason: str = ""
    board: bool = False
    degree: float = 0.0
    code: str = ""
    gone: bool = False


def weight(thing: Thing) -> tuple[object, ...]:
    """What sorts things, the weightiest first.

    The board's own KPIs come before all else, for they are what the board asked to see. Then how far it moved
    (`Size`); of the same size worse before what is to be asked about before better, an action for one of the board's
    KPIs before others, the greater degree, and last the code.
    """
    own = thing.board and thing.table != "action"
    return not own, -thing.size, list(Side).index(thing.side), not thing.board, -thing.degree, thing.code


def weightiest(things: Iterable[Thing], most: int = 5) -> tuple[Thing, ...]:
    """The few things to read first: worse, then what is to be asked about, then better; each subject once.

    One place is kept for the weightiest that became better and one for the weightiest action, so that a run of KPIs
    hides neither good news nor the plan.
    """
    ordered, seen = list[Thing](), set[tuple[str, str]]()
    for thing in sorted(things, key=weight):
        if (thing.table, thing.ref) not in seen:
            seen.add((thing.table, thing.ref))
            ordered.append(thing)
    better = [t for t in ordered if t.side is Side.BETTER][:1]
    action = [t for t in ordered if t.table == "action"][:1]
    chosen = list(dict.fromkeys([*better, *action] if most > len(better) + len(action) else []))
    chosen += [t for t in ordered if t not in chosen][: most - len(chosen)]
    return tuple(sorted(chosen[:most], key=lambda t: (list(Side).index(t.side), weight(t))))


def things(before: Picture, after: Picture, changes: Changes, school: str | None = None) -> Iterator[Thing]:
    """Everything that might be read first. `school`: the one in view, at which KPIs were judged."""
    yield from _standings(before, changes)
    yield from _grounds(before, changes)
    yield from _kpis_away(before, changes, school)
    yield from _plan(before, after, changes)


def _standings(before: Picture, changes: Changes) -> Iterator[Thing]:
    for moved in (*changes.worse, *changes.better, *changes.turned):
        weighed = _weighed(moved)
        if weighed is not None:
            side, size = weighed
            told = f"{why_of(moved.after)} {meanwhile(changes, moved)}".strip()
            worst = moved.before if side is Side.BETTER else moved.after
            words, board = from_to(moved.before, moved.after), _of_board(before, moved.kpi)
            yield Thing(
                side,
                size,
                "kpi",
                moved.kpi.ref,
                moved.kpi.title,
                words,
                told,
                board,
                shortfall(worst),
                moved.kpi.code,
            )


def _weighed(moved: Moved) -> tuple[Side, Size] | None:
    """The side and size of a standing that turned; None for one without a verdict then and now."""
    two = Size.TWO_MARKS if moved.marks == 2 else Size.ONE_MARK
    match moved.turn:
        case Turn.WORSE:
            return Side.WORSE, two
        case Turn.BETTER:
            return Side.BETTER, two
        case Turn.LOST:
            return Side.ASK, Size.NO_VERDICT
        case Turn.WORSE_WITHIN:
            return Side.WORSE, Size.GROUND
        case Turn.BETTER_WITHIN:
            return Side.BETTER, Size.REST
        case Turn.JUDGED:
            # The first word on it, and a bad one.
            return Side.ASK, Size.REST if moved.after.good else Size.ONE_MARK
    return None


def shortfall(reached: Verdict) -> float:
    """How many times its tolerance a value falls short: comparable between KPIs of different units."""
    return max(reached.gap or 0.0, 0.0) / (reached.tolerance or 1.0)


def _of_board(before: Picture, kpi: Kpi) -> bool:
    was = before.kpis.get(kpi.ref)
    return kpi.board_set or (was is not None and was.board_set)


def _grounds(before: Picture, changes: Changes) -> Iterator[Thing]:
    """What KPIs are judged by: targets eased or taken away, definitions edited, left the board's set, the rules."""
    for moved in changes.targets_moved:
        if moved.target.place is None and eased(moved.kpi.direction, moved.before, moved.after):
            yield _ground(before, moved.kpi, "target taken away" if moved.after is None else "target eased")
    facts: dict[str, list[str]] = {}
    for fact in changes.definitions:
        facts.setdefault(fact.after.ref, []).append(fact.heading)
    kpis = {fact.after.ref: fact.after for fact in changes.definitions if isinstance(fact.after, Kpi)}
    for ref, headings in facts.items():
        yield _ground(before, kpis[ref], f"{and_(headings)} edited")
    for fact in changes.edited_otherwise:
        if isinstance(fact.after, Kpi) and fact.field.name == "board_set" and not fact.after.board_set:
            yield _ground(before, fact.after, "no more among the board\N{RIGHT SINGLE QUOTATION MARK}s own KPIs")
    if changes.rules:
        told = capital(f"{and_([SETTING_WORDS[rule.name] for rule in changes.rules])}.")
        words = "changed, for every KPI and action"
        yield Thing(Side.ASK, Size.GROUND, "", "rules", "The rules of judging", words, told, board=True)


def _ground(before: Picture, kpi: Kpi, words: str) -> Thing:
    board = _of_board(before, kpi)
    return Thing(Side.ASK, Size.GROUND, "kpi", kpi.ref, kpi.title, words, board=board, code=kpi.code)


def _kpis_away(before: Picture, changes: Changes, school: str | None) -> Iterator[Thing]:
    for kpi in changes.kpis_taken_away:
        was = verdict(before, kpi, school)
        size = Size.NO_VERDICT if was.judged else Size.REST
        stood = f"It was {_small(was.reason)}" if was.standing is not Standing.CONTEXT else ""
        yield Thing(
            Side.ASK,
            size,
            "kpi",
            kpi.ref,
            kpi.title,
            "taken away",
            stood,
            kpi.board_set,
            shortfall(was),
            kpi.code,
            gone=True,
        )


def _plan(before: Picture, after: Picture, changes: Changes) -> Iterator[Thing]:
    own = {kpi.ref for kpi in after.kpis.values() if kpi.board_set}

    def thing(side: Side, size: Size, action: Action, words: str, reason: str = "", degree: float = 0.0) -> Thing:
        board = not own.isdisjoint(action.kpis)
        gone = action.ref not in after.actions
        return Thing(side, size, "action", action.ref, action.title, words, reason, board, degree, action.code, gone)

    for action in changes.blocked:
        yield thing(Side.WORSE, Size.HALTED, action, _small(concern(after, action)))
    for action in changes.stopped:
        yield thing(Side.ASK, Size.HALTED, action, "stopped", _word(after, action, Status.STOPPED))
    for action in changes.reopened:
        was = before.actions[action.ref].status
        yield thing(Side.ASK, Size.HALTED, action, f"opened again; it was {was}", _word(after, action))
    for action in changes.taken_away:
        yield thing(Side.ASK, Size.HALTED, action, f"taken away; it was due {_day(action)}")
    for action in (*changes.newly_late, *changes.gone_quiet):
        signals = after.signals(action)
        degree = max(signals.days_late, signals.days_quiet - after.settings.quiet_after)
        yield thing(Side.WORSE, Size.LATE, action, _small(concern(after, action)), _word(after, action), degree)
    for action in changes.at_risk:
        yield thing(Side.WORSE, Size.LATE, action, "at risk", _word(after, action, Status.AT_RISK))
    for found in changes.confidence:
        if found.rose is not None:
            side, size = (Side.BETTER, Size.REST) if found.rose else (Side.WORSE, Size.LATE)
            yield thing(side, size, found.action, _surer(found), found.action.confidence_reason or "")
    for action in changes.on_track:
        yield thing(Side.BETTER, Size.REST, action, f"{before.actions[action.ref].status}, now on track")
    for action in changes.done:
        proved = after.has_evidence(action)
        words = "done, with evidence" if proved else "done, on the owner\N{RIGHT SINGLE QUOTATION MARK}s word"
        yield thing(Side.BETTER, Size.REST, action, words, degree=float(proved))


def _surer(found: Confided) -> str:
    return f"confidence {found.before.confidence}, now {found.action.confidence}"


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def _word(picture: Picture, action: Action, status: Status | None = None) -> str:
    said = word_on(picture, action, status)
    return "" if said is None else said.words


def _day(action: Action) -> str:
    return day_words(action.due_on, weekday=False)


def first_things(
    before: Picture, after: Picture, changes: Changes, school: str | None = None, most: int = 5
) -> Sequence[Thing]:
    """The few things that matter most between two pictures."""
    return weightiest(things(before, after, changes, school), most)
