"""The plan over time: each action as a line under its objective; and the same as a table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from framework import charts
from framework.periods import PeriodKind, day_words
from framework.picture import Picture
from framework.picture.action_lists import ActionLine
from framework.plans import Milestone
from pages import ui, ui_actions, ui_kpi_chart

LEGEND = (
    "A line runs from the start to the day promised now. Dashed from a hollow tick: put off from the day promised "
    "first. Small ticks are milestones, filled when done. Grey: done or stopped."
)
_COLUMNS = (
    ui.Column("Action", width="40%"),
    ui.Column("Starts", width="13%"),
    ui.Column("Promised first", width="13%"),
    ui.Column("Due", width="13%"),
    ui.Column("Milestones"),
)


def timeline(picture: Picture, lines: Sequence[ActionLine]) -> None:
    """The actions in view by objective, those first that begin first. Nothing in view: says so."""
    if not lines:
        ui.quiet(ui_actions.NOTHING)
        return
    grouped = _grouped(picture, lines)
    ui.quiet(LEGEND)
    refs = tuple(line.action.ref for _, some in grouped for line in some)
    plot = _plot(picture, grouped)
    first, last = (day_words(date.fromordinal(day), weekday=False) for day in _ends(plot))
    late = sum(line.signals.late for line in lines)
    alt = charts.timeline_words(plot, first, last, late)
    ui_kpi_chart.draw(
        picture, ("timeline", refs), lambda palette: charts.timeline_plot(plot, palette), alt, "actions_timeline"
    )
    with st.expander("The same as a table", key="actions_timeline_table"):
        rows = [_row(picture, line) for _, some in grouped for line in some]
        ui.table(_COLUMNS, rows, caption="The actions over time", key="timeline")


def _grouped(picture: Picture, lines: Sequence[ActionLine]) -> list[tuple[str, list[ActionLine]]]:
    """The objectives in their order, each with its actions by the day they begin."""
    found = []
    for element in picture.elements.values():
        some = [line for line in lines if line.action.objective == element.ref]
        if some:
            found.append((element.title, sorted(some, key=_begins)))
    return found


def _begins(line: ActionLine) -> tuple[date, date, str]:
    return _start(line), line.action.due_on, line.action.code


def _start(line: ActionLine) -> date:
    """Where its line begins: its start, else the day it was written down, and never after it is due."""
    action = line.action
    known = action.starts_on or action.added_on or action.first_due_on or action.due_on
    return min(known, action.due_on)


def _plot(picture: Picture, grouped: Sequence[tuple[str, Sequence[ActionLine]]]) -> charts.TimelinePlot:
    lines: list[dict[str, Any]] = []
    steps: list[dict[str, Any]] = []
    groups: list[dict[str, Any]] = []
    row = 0
    for name, some in grouped:
        groups.append({"row": row, "label": name})
        for line in some:
            row += 1
            lines.append(_line(line, row))
            steps += [
                {"row": row, "day": m.due_on.toordinal(), "done": m.done_on is not None, **_step(m)}
                for m in picture.milestones.get(line.action.ref, ())
            ]
        row += 1
    days = [line["start"] for line in lines]
    return charts.TimelinePlot(
        lines=pd.DataFrame(lines),
        steps=pd.DataFrame(steps),
        groups=pd.DataFrame(groups),
        today=picture.on.toordinal(),
        today_words=f"Today, {day_words(picture.on, weekday=False)}",
        ticks=_ticks(picture, min(days), max(line["due"] for line in lines)),
    )


def _line(line: ActionLine, row: int) -> dict[str, Any]:
    action = line.action
    moved = action.first_due_on is not None and action.first_due_on != action.due_on
    return {
        "row": row,
        "label": f"{action.code} {action.title}",
        "start": _start(line).toordinal(),
        "due": action.due_on.toordinal(),
        "first": action.first_due_on.toordinal() if moved and action.first_due_on else None,
        "over": not action.open,
        "said": _dates(line),
    }


def _dates(line: ActionLine) -> str:
    action = line.action
    begins = day_words(_start(line), weekday=False)
    first = action.first_due_on
    moved = f", promised first for {day_words(first, weekday=False)}" if first and first != action.due_on else ""
    return f"{begins} to {day_words(action.due_on, weekday=False)}{moved}"


def _step(milestone: Milestone) -> dict[str, str]:
    due = f"due {day_words(milestone.due_on, weekday=False)}"
    done = f", done {day_words(milestone.done_on, weekday=False)}" if milestone.done_on else ""
    return {"label": milestone.title, "said": due + done}


def _ends(plot: charts.TimelinePlot) -> tuple[int, int]:
    return int(plot.lines["start"].min()), int(plot.lines["due"].max())


def _ticks(picture: Picture, first: int, last: int) -> dict[int, str]:
    """The beginning of each term; where the calendar has none, of each half-year."""
    terms = [picture.calendar.dates(p) for p in picture.calendar.periods(PeriodKind.TERM)]
    days = [dates[0] for dates in terms if dates is not None]
    if not days:
        years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        days = [date(year, month, 1) for year in years for month in (1, 9)]
    return {d.toordinal(): f"{d:%b} {d.year}" for d in days if first <= d.toordinal() <= last}


def _row(picture: Picture, line: ActionLine) -> list[object]:
    action = line.action
    steps = picture.milestones.get(action.ref, ())
    done = sum(m.done_on is not None for m in steps)
    first = action.first_due_on
    return [
        ui_actions.name(line),
        day_words(action.starts_on, weekday=False) if action.starts_on else "",
        day_words(first, weekday=False) if first and first != action.due_on else "",
        ui.lines(day_words(action.due_on, weekday=False), "" if action.open else ui.small(line.said)),
        f"{done} of {len(steps)} done" if steps else "",
    ]
