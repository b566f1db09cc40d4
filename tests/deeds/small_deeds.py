"""One small call of every deed that leaves a change in the ledger, over the small trust: what is done, ready to do."""

from collections.abc import Callable
from datetime import date, timedelta

from framework.access.by_link_form import Sent, SentAction
from framework.civic import Part
from framework.deeds import (
    answering,
    carrying,
    convening,
    dating,
    digest,
    evidencing,
    governing,
    linking,
    measuring,
    milestones,
    noting,
    planning,
    proposing,
    querying,
    recording,
    undoing,
    updating,
)
from framework.deeds.updating import Said, seen_of
from framework.kpis.kpi import Note, NoteKind, Query
from framework.meetings import Meeting
from framework.people import Audience
from framework.periods import CalendarKind, CalendarLine
from framework.plans import Confidence, Evidence, Milestone, MoveReason, Status, Update
from framework.store import Store
from framework.store.pictures import load
from framework.subjects import KPIS, data_of
from framework.term_lines import seen_of as lines_seen
from framework.terms import from_calendar
from tests.conftest import (
    ADMINISTRATOR,
    EDITION,
    LEADER,
    MEMBER,
    NOW,
    OBJECTIVE,
    PILLAR,
    TODAY,
    TRUST,
    a_kpi,
    a_value,
    an_action,
    half_term,
    put,
)
from tests.deeds.test_strangers import OCTOBER, taken
from tests.rules.test_carrying import IN_SPRING, OLD, OLD_A, old_action, old_kpi, old_value

ACTION, KPI = an_action().ref, a_kpi().ref
STEP = Milestone("mile000001", ACTION, "Room agreed", date(2026, 11, 2))
OTHER = an_action(ref="action0002", code="A-15", title="Homework club", owner=MEMBER.ref, due_on=date(2026, 12, 4))
NOTE = Note("note000001", KPI, half_term(2026, 1), NoteKind.EVENT, "Flu closed two classes.")
PROOF = Evidence("evidence01", ACTION, "The menu", date(2026, 11, 2), link="https://example.org/menu")
ASKED = Query("query00001", KPI, TRUST.ref, half_term(2026, 1), "Is this right?", date(2026, 11, 2))
BY_LINK = Update("update0002", ACTION, date(2026, 11, 2), "No keys yet.", by=MEMBER.ref, unchecked=True)
OFF = CalendarLine("calloff001", CalendarKind.CLOSED, 2026, 1, date(2026, 11, 27), date(2026, 11, 27), note="Training")
BOARD = Meeting(
    "meeting001", "Board of trustees", "board", date(2026, 11, 24),
    reports=half_term(2026, 1), opens_on=date(2026, 11, 2), closes_on=date(2026, 11, 20),
)  # fmt: skip

Done = Callable[[], object]
SMALL_DEEDS: dict[str, Callable[[Store], Done]] = {}
BY = {"by": LEADER, "now": NOW}


def of(name: str) -> Callable[[Callable[[Store], Done]], Callable[[Store], Done]]:
    def keep(case: Callable[[Store], Done]) -> Callable[[Store], Done]:
        SMALL_DEEDS[name] = case
        return case

    return keep


def picture(store):
    return load(store, NOW, Audience.LEADERS)


def moved(**changes):
    return {"facts": changes, "seen": 1, "moved_for": MoveReason.LATE_START if "due_on" in changes else None}


# The framework and the settings


@of("add_element")
def _(store):
    return lambda: governing.add_element(store, **BY, edition=EDITION.ref, part=Part.PILLAR, words="Trust")


@of("change_element")
def _(store):
    return lambda: governing.change_element(store, **BY, element=PILLAR.ref, words="Working together", seen=1)


@of("change_setting")
def _(store):
    governing.change_setting(store, by=ADMINISTRATOR, now=NOW, name="quiet_after", value=30)
    return lambda: governing.change_setting(store, by=ADMINISTRATOR, now=NOW, name="quiet_after", value=20)


@of("switch_digest")
def _(store):
    return lambda: digest.switch_digest(store, **BY, on=True)


@of("carry_forward")
def _(store):
    put(store, OLD, OLD_A, old_kpi(), old_action(), Milestone("milestone1", "oldaction1", "Five mornings", IN_SPRING))
    put(store, old_value(22.0))
    chosen = {"actions": {"oldaction1": "A-20"}, "kpis": {"oldkpi0001": "K-W12"}}
    return lambda: carrying.carry_forward(store, **BY, into=EDITION.ref, elements={OLD_A.ref: OBJECTIVE.ref}, **chosen)


# KPIs, targets, values


@of("add_kpi")
def _(store):
    facts = {**data_of(KPIS, a_kpi()), "code": "K-B01", "title": "Listening reach"}
    return lambda: measuring.add_kpi(store, **BY, facts=facts)


@of("change_kpi")
def _(store):
    return lambda: measuring.change_kpi(store, **BY, kpi=KPI, facts={"floor": 0.5, "owner": LEADER.ref}, seen=1)


@of("adopt_kpi")
def _(store):
    return lambda: measuring.adopt_kpi(store, **BY, code="K-A04", edition=EDITION.ref)


@of("pin_to_board")
def _(store):
    return lambda: measuring.pin_to_board(store, **BY, kpi=KPI, pinned=True, seen=1)


@of("set_target")
def _(store):
    move = {"period": half_term(2026, 6), "number": 18.0, "reason": "Agreed by the board"}
    return lambda: measuring.set_target(store, **BY, kpi=KPI, seen=1, **move)


@of("set_target, a first one")
def _(store):
    return lambda: measuring.set_target(store, **BY, kpi=KPI, seen=0, period=half_term(2026, 5), number=21.0)


def recorded(store, number=24.1, **more):
    given = {"kpi": KPI, "place": TRUST.ref, "period": half_term(2026, 1), "number": number, "seen": 0, **more}
    return recording.record_value(store, **BY, **given)


@of("record_value")
def _(store):
    return lambda: recorded(store)


@of("record_value, a correction")
def _(store):
    seen = recorded(store)
    return lambda: recorded(store, 23.0, seen=seen, note="Late register")


@of("add_note")
def _(store):
    given = {"kpi": KPI, "period": half_term(2026, 1), "kind": NoteKind.EVENT, "words": "Flu."}
    return lambda: noting.add_note(store, **BY, **given)


@of("change_note")
def _(store):
    put(store, NOTE)
    return lambda: noting.change_note(store, **BY, note=NOTE.ref, words="Flu closed three classes.", seen=1)


@of("take_back_note")
def _(store):
    put(store, NOTE)
    return lambda: noting.take_back_note(store, **BY, note=NOTE.ref, seen=1, why="Not so")


@of("ask_about")
def _(store):
    given = {"kpi": KPI, "place": TRUST.ref, "period": half_term(2026, 1), "words": "Is this right?"}
    return lambda: querying.ask_about(store, **BY, **given)


@of("settle_query")
def _(store):
    put(store, ASKED)
    return lambda: querying.settle_query(store, **BY, query=ASKED.ref, answer="It is.", seen=1)


# Actions


@of("add_action")
def _(store):
    facts = {"title": "Bus", "objective": OBJECTIVE.ref, "owner": LEADER.ref, "due_on": date(2027, 3, 25)}
    return lambda: planning.add_action(store, **BY, facts=facts, milestones=[("Route drawn", date(2027, 1, 15))])


@of("change_action")
def _(store):
    changes = moved(due_on=date(2026, 12, 18), kpis=(KPI,), success="No child is hungry.", owner=MEMBER.ref)
    return lambda: planning.change_action(store, **BY, action=ACTION, **changes)


@of("change_actions")
def _(store):
    put(store, OTHER)
    both = {ACTION: {"likelihood": 3}, OTHER.ref: {"likelihood": 2}}
    return lambda: planning.change_actions(store, **BY, changes=both, seen=dict.fromkeys(both, 1))


@of("tag_actions")
def _(store):
    return lambda: planning.tag_actions(store, **BY, actions={ACTION: 1}, add={"pillars": (PILLAR.ref,)})


@of("judge")
def _(store):
    given = {"action": ACTION, "confidence": Confidence.LOW, "reason": "Few come.", "seen": 1}
    return lambda: planning.judge(store, **BY, **given)


@of("add_milestone")
def _(store):
    return lambda: milestones.add_milestone(store, **BY, action=ACTION, title="Cook", due_on=date(2026, 12, 1))


@of("change_milestone")
def _(store):
    put(store, STEP)
    return lambda: milestones.change_milestone(store, **BY, milestone=STEP.ref, facts={"done_on": TODAY}, seen=1)


@of("take_away_milestone")
def _(store):
    put(store, STEP)
    return lambda: milestones.take_away_milestone(store, **BY, milestone=STEP.ref, seen=1)


@of("add_evidence")
def _(store):
    return lambda: evidencing.add_evidence(store, **BY, action=ACTION, title="Register", name="a.txt", content=b"Forty")


@of("take_away_evidence")
def _(store):
    put(store, PROOF)
    return lambda: evidencing.take_away_evidence(store, **BY, evidence=PROOF.ref, seen=1, why="Not ours")


@of("say")
def _(store):
    put(store, STEP)
    said = Said(
        words="Thirty came.", status=Status.DONE, outcome="Thirty eat.", ticked=(STEP.ref,),
        evidence="https://example.org/register",
    )  # fmt: skip
    return lambda: updating.say(store, **BY, action=ACTION, said=said, seen=seen_of(picture(store), ACTION))


@of("say, another date")
def _(store):
    said = Said(words="Later.", new_due_on=date(2027, 1, 15), moved_for=MoveReason.LATE_START)
    return lambda: updating.say(store, **BY, action=ACTION, said=said, seen=seen_of(picture(store), ACTION))


@of("say_all")
def _(store):
    put(store, OTHER)
    said = {ref: Said(words="On its way.", status=Status.AT_RISK) for ref in (ACTION, OTHER.ref)}
    return lambda: updating.say_all(store, **BY, said=said, seen={r: seen_of(picture(store), r) for r in said})


@of("check_update")
def _(store):
    put(store, BY_LINK)
    return lambda: updating.check_update(store, **BY, updates=[BY_LINK.ref])


def proposed(store):
    facts = {"title": "Bus", "objective": OBJECTIVE.ref, "due_on": date(2027, 3, 25)}
    return proposing.propose_action(store, by=MEMBER, now=NOW, facts=facts)


@of("accept")
def _(store):
    ref = proposed(store)
    return lambda: proposing.accept(store, **BY, proposal=ref)


@of("accept_all")
def _(store):
    ref = proposed(store)
    return lambda: proposing.accept_all(store, **BY, proposals=[ref])


@of("answer_by_link")
def _(store):
    put(store, OTHER)
    made = linking.make_link(store, **BY, person=MEMBER.ref, actions=[OTHER.ref])
    once = answering.once_of("page1", picture(store).change)
    sent = Sent(once, {OTHER.ref: SentAction(choice="stuck", words="No keys yet.", help_wanted="Keys")}, {})
    return lambda: answering.answer_by_link(store, made.token, NOW, sent)


# Meetings and the calendar


@of("add_meeting")
def _(store):
    return lambda: convening.add_meeting(store, **BY, facts={"title": "Board", "kind": "board", "on": date(2027, 3, 9)})


@of("change_meeting")
def _(store):
    put(store, BOARD)
    facts = {"on": date(2026, 12, 1), "note": "Moved"}
    return lambda: convening.change_meeting(store, **BY, meeting=BOARD.ref, facts=facts, seen=1)


@of("cancel_meeting")
def _(store):
    put(store, BOARD)
    return lambda: convening.cancel_meeting(store, **BY, meeting=BOARD.ref, seen=1, why="Snow")


@of("open_window")
def _(store):
    put(store, Meeting(**{**vars(BOARD), "opens_on": date(2026, 11, 16)}))
    return lambda: convening.open_window(store, **BY, meeting=BOARD.ref, seen=1)


@of("close_window")
def _(store):
    put(store, BOARD)
    return lambda: convening.close_window(store, **BY, meeting=BOARD.ref, seen=1)


@of("reopen_window")
def _(store):
    put(store, Meeting(**{**vars(BOARD), "closes_on": date(2026, 11, 9)}))
    until = {"until": date(2026, 11, 20), "why": "A late return"}
    return lambda: convening.reopen_window(store, **BY, meeting=BOARD.ref, seen=1, **until)


@of("set_year")
def _(store):
    lines = list(picture(store).calendar_lines.values())
    dates = list(from_calendar(lines, 2026).half_terms)
    dates[5] = (dates[5][0], dates[5][1] + timedelta(days=1))
    return lambda: dating.set_year(store, **BY, year=2026, dates=dates, seen=lines_seen(lines, 2026))


@of("add_day_off")
def _(store):
    return lambda: dating.add_day_off(store, **BY, year=2026, first=OFF.starts_on, note="Training")


@of("change_day_off")
def _(store):
    put(store, OFF)
    return lambda: dating.change_day_off(store, **BY, day_off=OFF.ref, first=date(2026, 12, 4), seen=1)


@of("take_away_day_off")
def _(store):
    put(store, OFF)
    return lambda: dating.take_away_day_off(store, **BY, day_off=OFF.ref, seen=1)


# Loading and undoing


@of("apply")
def _(store):
    put(store, a_value(24.1))
    return lambda: taken(store, OCTOBER)


@of("undo")
def _(store):
    number = recorded(store)
    plan = undoing.undo_plan(store, by=LEADER, change=number)
    return lambda: undoing.undo(store, **BY, change=number, plan=plan)
