"""How one action is drawn: the three words about it, its dates, its tags, its tables and its past."""

from collections.abc import Sequence

import streamlit as st

from framework.civic import FACETS
from framework.deeds import updating
from framework.people import Act, Person, may
from framework.periods import day_words, local_day
from framework.picture import Picture
from framework.picture.action_lists import said
from framework.picture.action_story import milestone_words, moves, status_words
from framework.picture.disagreement import disagreements
from framework.picture.judged import verdict
from framework.picture.own import may_update
from framework.plans import Action, MoveReason, Status, Update, due_words
from framework.plans.closing import expected_beside_actual
from framework.plans.slipping import Move
from framework.store.provenance import Told, ToldRow
from framework.subjects import ACTIONS
from pages import ui, ui_history, ui_kpi
from pages.ui_forms import do, form_key

TO = " \N{RIGHTWARDS ARROW} "


def crumbs(picture: Picture, action: Action) -> list[object]:
    objective, edition = picture.elements.get(action.objective), picture.editions.get(action.edition)
    return [
        ui.link("Actions", "actions", actions_version=edition.code if edition else None),
        action.code,
        ui.link(f"Objective {objective.code}", "element", ref=objective.ref) if objective else "",
        edition.title if edition else "",
    ]


def deeds_links(action: Action, person: Person | None) -> ui.Html:
    """What this person may do with the action, each a link. The deed refuses anyway."""
    links = [
        ui.link("Say how it goes", "my", ref=action.ref) if may_update(action, person) else "",
        ui.link("Change this action", "action_edit", ref=action.ref) if may(person, Act.EDIT_PLAN) else "",
    ]
    return ui.join(*links, by=" \N{MIDDLE DOT} ")


def three_words(picture: Picture, action: Action) -> None:
    """The owner's word, what was counted and the leader's judgement, side by side; under them where they differ."""
    signals = picture.signals(action)
    own, counted, judged = st.columns(3, gap="medium")
    with own:
        _word("The owner says", str(said(action.status)), status_words(picture, action))
    with counted:
        _word("Signals", _signals(signals.words), "")
    with judged:
        on = f"on {day_words(action.confidence_on)}" if action.confidence_on else ""
        word = f"{str(action.confidence).capitalize()} confidence" if action.confidence else "Not set"
        _word("The leader's confidence", word, ui.lines(action.confidence_reason, on))
    if differing := disagreements(picture, action):
        ui.words(ui.lines(*differing))


def _signals(words: Sequence[str]) -> str:
    said_of = " · ".join(words) or "none"
    return said_of[:1].upper() + said_of[1:]


def _word(label: str, word: object, note: object) -> None:
    ui.words(ui.lines(ui.small(label), ui.strong(word), ui.small(note) if note else ""))


def dates(picture: Picture, action: Action) -> None:
    """What was promised first, what is promised now, and every move between the two with its reason."""
    moved = moves(action, picture.updates.get(action.ref, ()))
    now = day_words(action.due_on)
    due = f"{now} ({due_words(action, picture.calendar, picture.on)})" if action.open else now
    first = day_words(action.first_due_on) if action.first_due_on not in (None, action.due_on) else ""
    how_often = {0: "", 1: "Moved once", 2: "Moved twice"}.get(len(moved), f"Moved {len(moved)} times")
    ui.facts(
        [
            ("Starts", day_words(action.starts_on) if action.starts_on else ""),
            ("Promised first for", first),
            ("Due now" if first else "Due", due),
            (how_often, ui.lines(*(_move(picture, move) for move in moved))),
        ]
    )


def _move(picture: Picture, move: Move) -> ui.Html:
    to = f"to {day_words(move.after)}, said on {day_words(move.said_on, weekday=False)}"
    who = picture.name("person", move.by)
    reason = _reason(move.kind, move.reason) or ui.small("no reason was given")
    return ui.join(to + (f" by {who}" if who else ""), ": ", reason)


def _reason(kind: MoveReason | None, words: str | None) -> str:
    """`people were not free: the cook was ill`: the kind of reason, and the words given with it."""
    return ": ".join(str(part) for part in (kind, words) if part)


def people(picture: Picture, action: Action) -> None:
    """Who does it, where and with whom."""
    person = picture.people.get(action.owner or "")
    owner = ui.lines(person.name, ui.small(person.job)) if person else ui.small("no owner yet")
    ui.facts(
        [
            ("Owner", owner),
            ("Led by", picture.name("organisation", action.organisation) or "the trust"),
            ("Supported by", ui.lines(*(picture.name("organisation", ref) for ref in action.supporters))),
            ("Schools", ", ".join(picture.name("place", ref) for ref in action.places) or "the whole trust"),
            ("Set by", picture.name("organisation", action.set_by)),
            ("It takes", _takes(action)),
            ("Risk", _risk(action)),
            ("Carried on from", _carried(picture, action)),
        ]
    )


def tags(picture: Picture, action: Action) -> None:
    """A link to each element of the framework that it serves."""
    found = [e for e in picture.elements.values() if e.ref in action.tags]
    links = {part: [ui.link(e.title, "element", ref=e.ref) for e in found if e.part is part] for part in FACETS}
    ui.facts([(str(part).capitalize(), ui.lines(*some)) for part, some in links.items()])


def _takes(action: Action) -> str:
    hours = "" if action.hours is None else f"{action.hours:g}\N{NO-BREAK SPACE}hour{'' if action.hours == 1 else 's'}"
    return ", ".join(part for part in (hours, "" if action.cost is None else f"£{action.cost:,}") if part)


def _carried(picture: Picture, action: Action) -> object:
    earlier = picture.actions.get(action.carried_from or "")
    return ui.link(f"{earlier.code} {earlier.title}", "action", ref=earlier.ref) if earlier else ""


def _risk(action: Action) -> str:
    said_of = [
        f"likelihood {action.likelihood} of 5" if action.likelihood else "",
        f"impact {action.impact} of 5" if action.impact else "",
        f"response: {action.response}" if action.response else "",
    ]
    return ", ".join(part for part in said_of if part)


def kpis(picture: Picture, action: Action) -> None:
    """The KPIs it should move, and how each stands."""
    rows = []
    for kpi in (picture.kpis[ref] for ref in action.kpis if ref in picture.kpis):
        reached = verdict(picture, kpi)
        name = ui.lines(ui.link(kpi.title, "kpi", ref=kpi.ref), ui.small(kpi.code))
        rows.append((name, ui_kpi.standing(reached), reached.reason.removeprefix(f"{reached.standing}: ")))
    columns = (ui.Column("KPI", width="30%"), ui.Column("Standing", width="18%"), ui.Column("Why"))
    nothing = "No KPI is named, so nobody will be able to tell whether this made a difference."
    ui.table(columns, rows, caption=f"KPIs that {action.code} should move", key="action_kpis", empty=nothing)
    beside = expected_beside_actual(picture, action)
    if beside is not None:
        title = f"{beside.kpi.title}: " if len(rows) > 1 else ""
        ui.words(ui.lines(f"{title}{beside.sentence}", ui.small(beside.stood)))


def outcome(picture: Picture, action: Action) -> None:
    """What changed, in the words of whoever closed it; of one that is done and cannot be seen to be, that."""
    if action.outcome:
        ui.words(action.outcome)
    if action.status is Status.DONE and not picture.has_evidence(action):
        ui.words("It is done on the owner\N{RIGHT SINGLE QUOTATION MARK}s word: nothing else shows it yet.")


def milestones(picture: Picture, action: Action) -> None:
    rows = [
        (
            m.title,
            day_words(m.due_on),
            day_words(m.done_on) if m.done_on else "",
            milestone_words(m, picture.calendar, picture.on) if action.open or m.done_on else "",
        )
        for m in picture.milestones.get(action.ref, ())
    ]
    columns = (
        ui.Column("Milestone", width="40%"),
        ui.Column("Due", width="18%"),
        ui.Column("Done on", width="18%"),
        ui.Column("In words", quiet=True),
    )
    ui.table(columns, rows, caption=f"Milestones of {action.code}", key="action_steps", empty="No steps are set down.")


def updates(picture: Picture, action: Action) -> None:
    """Every word on it, newest first."""
    rows = [_update(picture, u) for u in reversed(picture.updates.get(action.ref, ()))]
    columns = (ui.Column("When and who", width="20%"), ui.Column("Owner's word", width="14%"), ui.Column("Update"))
    ui.table(columns, rows, caption=f"Updates on {action.code}", key="action_words", empty="No word yet.")


def _update(picture: Picture, update: Update) -> tuple[object, ...]:
    percent = "" if update.percent_done is None else ui.small(f"{update.percent_done:g}\N{NO-BREAK SPACE}% done")
    why = _reason(update.moved_for, update.moved_because)
    moved = "" if update.new_due_on is None else day_words(update.new_due_on) + (f" ({why})" if why else "")
    more = [
        ("Next", update.next_step),
        ("In the way", update.in_the_way),
        ("Help wanted", update.help_wanted),
        ("New date", moved),
    ]
    told = [ui.join(ui.small(f"{name}: "), text) for name, text in more if text]
    unchecked = ui.small("By link, not yet checked") if update.unchecked else ""
    word = said(update.status) if update.status else str(update.answer or "").capitalize()
    return (
        ui.lines(day_words(update.on), ui.small(picture.name("person", update.by)), unchecked),
        ui.lines(word, percent),
        ui.lines(update.words, *told),
    )


def checked(picture: Picture, action: Action, person: Person) -> None:
    """For leaders: a button that says they have looked at the words that came by link."""
    waiting = [u.ref for u in picture.updates.get(action.ref, ()) if u.unchecked]
    if waiting and st.button("I have checked what came by link", key=form_key("checked", action.ref)):
        do(lambda: updating.check_update(ui.store(), by=person, now=ui.now(), updates=waiting), "Saved: checked.")


def when(told: Told) -> str:
    return day_words(local_day(told.at))


def origin(told: Sequence[ToldRow]) -> None:
    """The file, sheet and row of the newest revision, and the cell and text behind each of its facts."""
    newest = next(one for one in told if one.table == ACTIONS.table)
    who = newest.told.by or "the command line"
    cells = sorted(newest.cells.items(), key=lambda item: ACTIONS.names.index(item[0]))
    number = ui_history.row_of(cells[0][1][0]) if cells else ""
    ui.facts(
        [
            ("File", newest.told.file or "None: typed in on a page"),
            ("Sheet", newest.told.sheet),
            ("Row", number),
            ("Recorded by", who),
            ("Recorded on", when(newest.told)),
            ("Change", f"number {newest.told.change} in the ledger: {newest.told.deed}"),
        ]
    )
    # Where a text could have been read otherwise, the rule and how certain it was follow.
    rows = [
        (ACTIONS.field(name).heading, cell, ui.lines(raw, ui.small(f"read as: {', '.join(how)}" if any(how) else "")))
        for name, (cell, raw, *how) in cells
    ]
    columns = (ui.Column("Fact", width="24%"), ui.Column("Cell", width="12%"), ui.Column("Text in the cell"))
    if rows:
        ui.table(columns, rows, caption="The cells it came from", key="action_cells")


def history(picture: Picture, action: Action, told: Sequence[ToldRow]) -> None:
    """Every change of the action's own facts, its milestones and its evidence."""
    reasons = {move.after: move.reason for move in moves(action, picture.updates.get(action.ref, ()))}

    def why(one: ToldRow) -> str | None:
        moved = one.table == ACTIONS.table and one.before is not None and "due_on" in one.changed
        return reasons.get(one.data["due_on"]) if moved else None

    caption = "History of this action"
    ui_history.revisions(picture, told, "action_history", caption=caption, of=ACTIONS.table, why=why)
