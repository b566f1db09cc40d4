"""The plan as a board: a column for each status in the owner's word, to be read; nothing is moved by hand."""

from collections.abc import Sequence

from framework.periods import day_words
from framework.picture import Picture
from framework.picture.action_lists import ActionLine, Said
from framework.picture.views import Column, board
from framework.plans import due_words
from pages import ui, ui_actions


def draw(picture: Picture, lines: Sequence[ActionLine], edition: str) -> None:
    """The board of the actions in view. `edition`: the code of the version, for the link to what is left out."""
    columns = board(picture, lines)
    ui.show(board_html([(_title(c), [_card(picture, x) for x in c.lines]) for c in columns]))
    before = sum(c.before for c in columns)
    if before:
        every = ui.link("all that is done", "actions", actions_status=str(Said.DONE), actions_version=edition)
        ui.quiet(ui.join(f"{before} more were done in an earlier school year: see ", every, "."))


def board_html(columns: Sequence[tuple[str, Sequence[ui.Html]]]) -> ui.Html:
    """The markup of a board: each column a heading with its count, and its cards as a list."""
    made = []
    for number, (title, cards) in enumerate(columns):
        inside = "".join(f"<li>{ui.esc(card)}</li>" for card in cards)
        listed = f"<ul>{inside}</ul>" if cards else '<p class="cd-quiet">None</p>'
        head = f'{ui.esc(title)} <span class="cd-quiet">{len(cards)}</span>'
        name = f"cd-column-{number}"
        made.append(f'<section aria-labelledby="{name}"><h2 id="{name}">{head}</h2>{listed}</section>')
    return ui.Html(f'<div class="cd-board">{"".join(made)}</div>')


def _title(column: Column) -> str:
    return "Done this year" if column.said is Said.DONE else str(column.said)


def _card(picture: Picture, line: ActionLine) -> ui.Html:
    action = line.action
    waits = due_words(action, picture.calendar, picture.on)
    due = waits.capitalize() if action.open and not line.signals.late else ""
    over = "" if action.open else f"due {day_words(action.due_on, weekday=False)}"
    signals = " · ".join(line.words)
    said = signals[:1].upper() + signals[1:]
    return ui.lines(ui_actions.name(line), ui.small(ui_actions.owner(line)), ui.small(due or over), said)
