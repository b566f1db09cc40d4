"""Whose actions they are: what each person, organisation or school holds, and with whom dates slip."""

from collections.abc import Sequence

from framework.people import Act, may
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.action_lists import ActionLine, Flag
from framework.picture.slipping import how_often, put_off, reasons, summary, totals
from framework.picture.views import By, Holder, holders
from pages import ui, ui_actions

ASK = "Ask for a word"
DAYS = "school days"
_BY = {By.OWNER: "owner", By.ORGANISATION: "organisation", By.SCHOOL: "school"}
_COUNTS = ((Flag.LATE, "Late"), (Flag.QUIET, "Gone quiet"), (Flag.BLOCKED, "Blocked"))
_SLIPS = (
    ui.Column("Action", width="38%"),
    ui.Column("Owner", width="18%"),
    ui.Column("Put off", width="12%"),
    ui.Column("How far", width="16%"),
    ui.Column("Why"),
)


def people(picture: Picture, lines: Sequence[ActionLine]) -> None:
    """Everybody who holds something open, those first with most that needs a word."""
    by = ui.choose("By", list(By), "actions_by", how="segments") or By.OWNER
    found = [holder for holder in holders(picture, lines, by) if holder.open]
    asks = by is By.OWNER and may(ui.person(), Act.CHASE)
    columns = (
        ui.Column(str(by), width="25%"),
        ui.Column("Open", "right", width="7%"),
        *(ui.Column(words, "right", width="9%") for _, words in _COUNTS),
        ui.Column("Next due"),
        *([ui.Column(ASK, width="12%", unseen=True)] if asks else []),
    )
    if by is By.SCHOOL:
        ui.quiet("An action for several schools stands with each of them.")
    ui.table(
        columns,
        [_holds(holder, by, asks) for holder in found],
        caption=f"Open actions by {_BY[by]}",
        key="actions_people",
        empty="Nothing is open in this view.",
    )


def _holds(holder: Holder, by: By, asks: bool) -> list[object]:
    notes = [
        "has left: find a new owner" if holder.left and by is By.OWNER else "has left" if holder.left else "",
        "much rests on one person" if by is By.OWNER and holder.ref and holder.rests_on_one else "",
    ]
    coming = holder.next_due
    due = ui.small("all late")
    if coming is not None:
        due = ui.lines(day_words(coming.action.due_on, weekday=False), ui_actions.name(coming))
    cells: list[object] = [
        ui.lines(holder.name, *(ui.small(note) for note in notes if note)),
        len(holder.open),
        *(holder.count(flag) for flag, _ in _COUNTS),
        due,
    ]
    if asks:
        cells.append(ui.link(ASK, "chase", person=holder.ref) if holder.ref and not holder.left else "")
    return cells


def slips(picture: Picture, lines: Sequence[ActionLine]) -> None:
    """What was put off, how often, how far and why; then the reasons together, and with whom it happens."""
    some = put_off(lines)
    if not some:
        ui.words("No action in this view was put off: each is due on the day that was promised first.")
        return
    ui.words(summary(lines))
    ui.table(_SLIPS, [_slip(line) for line in some], caption="What was put off, most often first", key="slips")
    ui.section("Why")
    why = reasons(some)
    moves = sum(number for _, number in why)
    columns = (
        ui.Column("Reason", width="60%"),
        ui.Column("Moves", "right", width="12%"),
        ui.Column("Share", unseen=True),
    )
    rows = [(reason[:1].upper() + reason[1:], f"{number} of {moves}", ui.bar(number, moves)) for reason, number in why]
    ui.table(columns, rows, caption="Reasons for moving a date, commonest first", key="slip_reasons")
    ui.section("With whom")
    by = ui.choose("By", list(By), "actions_by", how="segments") or By.OWNER
    _with_whom(picture, some, by)


def _slip(line: ActionLine) -> list[object]:
    action, slip = line.action, line.slip
    first = day_words(action.first_due_on, weekday=False) if action.first_due_on else ""
    moved = f"{first} \N{RIGHTWARDS ARROW} {day_words(action.due_on, weekday=False)}" if first else ""
    now = "" if action.open else f"{line.said} since"
    told = [f"{reason} {how_often(times)}" if times > 1 else reason for reason, times in slip.reasons]
    return [
        ui.lines(ui_actions.name(line), ui.small(now)),
        ui_actions.owner(line),
        how_often(slip.times).capitalize(),
        ui.lines(f"{slip.days}\N{NO-BREAK SPACE}{DAYS}", ui.small(moved)),
        ui.lines(*told),
    ]


def _with_whom(picture: Picture, some: Sequence[ActionLine], by: By) -> None:
    columns = (
        ui.Column(str(by), width="40%"),
        ui.Column("Actions put off", "right", width="20%"),
        ui.Column("Moves", "right", width="20%"),
        ui.Column("Furthest", "right"),
    )
    rows = [(t.name, t.actions, t.times, f"{t.furthest}\N{NO-BREAK SPACE}{DAYS}") for t in totals(picture, some, by)]
    ui.table(columns, rows, caption=f"What was put off, by {_BY[by]}", key="slips_by")
