"""How a KPI is drawn: its mark and sentence, its tables of schools, groups and values. Shared by KPI pages."""

from datetime import date

import streamlit as st

from framework.kpis.kpi import Kpi, Measure, State, Value
from framework.kpis.standing import Family, Standing, Verdict
from framework.kpis.words import NBSP, apart, plain_number, with_unit
from framework.periods import day_words, local_day
from framework.picture import Picture
from framework.picture.figures import Figure, by_group, by_school, expected_on, figures, is_trust, of_words
from framework.workbook.comma import comma_separated
from pages import ui

NONE = "\N{EN DASH}"
FIRST = 6  # values shown at once; the earlier ones unfold
VALUE_HEADS = ("period", "value", "numerator", "denominator", "expected from", "expected to", "note", "recorded")


def standing(reached: Verdict) -> ui.Html:
    """Mark and word; a context KPI has the word alone."""
    if reached.family is Family.CONTEXT:
        return ui.small(reached.standing)
    return ui.mark(reached.family, reached.standing, colour_word=False)


def sentence(reached: Verdict) -> None:
    """The standing sentence under a title: its word once, then the reason."""
    rest = reached.reason.removeprefix(str(reached.standing)).lstrip(": ")
    rest = rest[:1].upper() + rest[1:]
    if reached.family is Family.CONTEXT:
        ui.statement(None, ui.join(ui.strong(f"{reached.standing}."), rest, by=" "))
    else:
        ui.statement(ui.mark(reached.family, f"{reached.standing}."), rest)


def number(kpi: Kpi, value: Value | None) -> str:
    """The value with its unit; a dash where there is none. Nought is a number."""
    return NONE if value is None or value.number is None or not value.has_number else with_unit(kpi, value.number)


def place_name(picture: Picture, place: str) -> str:
    return "The whole trust" if is_trust(picture, place) else picture.name("place", place)


def schools(picture: Picture, kpi: Kpi) -> None:
    """Each school's standing and newest value, or why there is none; each opens to its own page."""
    rows = []
    for place, reached in by_school(picture, kpi):
        value = reached.value
        period = "" if value is None else value.period.words
        said_all = reached.judged or reached.standing in (Standing.CONTEXT, Standing.NO_TARGET)
        why = "" if said_all else reached.reason
        if value is not None and value.state is State.PROVISIONAL:
            why = "Provisional. " + why
        rows.append(
            (
                ui.link(place.name, "kpi", ref=kpi.ref, place=place.ref),
                standing(reached),
                _aged(reached, _linked(kpi, place.ref, value)),
                of_words(value) or NONE,
                period or NONE,
                ui.small(why) if why else "",
            )
        )
    columns = (
        ui.Column("School", width="22%"),
        ui.Column("Standing", width="17%"),
        ui.Column("Value", "right", width="13%"),
        ui.Column("Made of", "right", quiet=True, width="13%"),
        ui.Column("Period", quiet=True, width="15%"),
        ui.Column("Note", quiet=True),
    )
    ui.table(columns, rows, caption=f"{kpi.title} by school", key="kpi_schools")


def _aged(reached: Verdict, said: ui.Html | str) -> ui.Html | str:
    """A value that is out of date stands in grey."""
    return ui.small(said) if reached.standing is Standing.STALE else said


def newest_and_expected(kpi: Kpi, reached: Verdict) -> tuple[ui.Html, str]:
    """Two cells of a list: the value with its period, and where it should be. Rounding never hides that they differ."""
    said, expected = number(kpi, reached.value), NONE
    if reached.expected is not None and reached.value is not None and reached.value.number is not None:
        low, high = reached.expected
        if low == high:
            said, should = apart(kpi, reached.value.number, low)
            expected = should if _short_unit(kpi) else should.split(NBSP)[0]
        else:
            expected = bare(kpi, low, high)
    period = "" if reached.value is None else ui.small(reached.value.period.words)
    return ui.lines(_aged(reached, said), period), expected


def _short_unit(kpi: Kpi) -> bool:
    return kpi.measure in (Measure.PERCENTAGE, Measure.CURRENCY)


def bare(kpi: Kpi, *numbers: float) -> str:
    """Numbers without a long unit, where the unit stands beside them already."""
    return " to ".join(with_unit(kpi, n) if _short_unit(kpi) else plain_number(n) for n in dict.fromkeys(numbers))


def _linked(kpi: Kpi, place: str, value: Value | None) -> ui.Html | str:
    """The value as a link to where it comes from."""
    said = number(kpi, value)
    if value is None or said == NONE:
        return said
    return origin_link(kpi, place, value, said)


def origin_link(kpi: Kpi, place: str, value: Value, said: str) -> ui.Html:
    return ui.link(said, "kpi", ref=kpi.ref, place=place, origin=value.period.code, group=value.group)


def groups(picture: Picture, kpi: Kpi, place: str) -> bool:
    """The newest value of each group with what it is made of; False when nobody split it."""
    found = by_group(picture, kpi, place)
    if not found:
        return False
    ui.section("By group")
    rows = [
        (
            name,
            _linked(kpi, place, f.value),
            of_words(f.value) or NONE,
            f.period.words,
            f.remark or str(f.missing or ""),
        )
        for name, f in found
    ]
    columns = (
        ui.Column("Group"),
        ui.Column("Value", "right"),
        ui.Column("Made of", "right", quiet=True),
        ui.Column("Period", quiet=True),
        ui.Column("Note", quiet=True),
    )
    ui.table(columns, rows, caption=f"{kpi.title} by group", key="kpi_groups")
    return True


def values(picture: Picture, kpi: Kpi, place: str) -> None:
    """Every period, newest first: the same numbers as the chart, each a link to where it comes from."""
    found = figures(picture, kpi, place)[::-1]
    at = None if is_trust(picture, place) else place
    ends = {f.period: end for f in found if (end := picture.calendar.ends_on(f.period, at)) is not None}
    way = expected_on(picture, kpi, place, sorted(ends.values()))
    rows = [(f, way.get(ends[f.period]) if f.period in ends else None) for f in found]
    columns = (
        ui.Column("Period"),
        ui.Column("Value", "right"),
        ui.Column("Made of", "right", quiet=True),
        ui.Column("Expected", "right", quiet=True),
        ui.Column("Note", quiet=True),
        ui.Column("Recorded", quiet=True),
    )
    cells = [_value_cells(kpi, place, *row) for row in rows]
    caption = f"{kpi.title}, {place_name(picture, place)}"
    ui.table(columns, cells[:FIRST], caption=caption, key="kpi_values", empty="No value has been recorded yet.")
    if len(cells) > FIRST:
        with st.expander(f"{len(cells) - FIRST} earlier values", key="kpi_earlier"):
            ui.table(columns, cells[FIRST:], caption=f"{caption}: earlier values", key="kpi_values_earlier")
    if cells:
        st.download_button(
            "Download these values",
            lambda: comma_separated(VALUE_HEADS, [_value_plain(*row) for row in rows]),
            file_name=f"{kpi.code} values.csv",
            mime="text/csv",
            key="kpi_values_download",
            on_click="ignore",
            type="tertiary",
        )


def _value_cells(kpi: Kpi, place: str, figure: Figure, edges: tuple[float, float] | None) -> tuple[object, ...]:
    return (
        figure.period.words,
        _linked(kpi, place, figure.value),
        of_words(figure.value) or NONE,
        NONE if edges is None else edges_words(kpi, *edges),
        _note(figure),
        "" if _told_on(figure) is None else day_words(_told_on(figure), weekday=False),
    )


def _value_plain(figure: Figure, edges: tuple[float, float] | None) -> tuple[str | float | None, ...]:
    value = None if figure.missing is not None else figure.value
    low, high = edges or (None, None)
    on = _told_on(figure)
    return (
        figure.period.words,
        None if value is None else value.number,
        None if value is None else value.numerator,
        None if value is None else value.denominator,
        low,
        high,
        _note(figure),
        None if on is None else on.isoformat(),
    )


def _note(figure: Figure) -> str:
    corrected = "corrected" if figure.value is not None and figure.value.corrects else ""
    said = "; ".join(part for part in (str(figure.missing or ""), figure.remark, corrected) if part)
    return said[:1].upper() + said[1:]


def _told_on(figure: Figure) -> date | None:
    told = None if figure.value is None else figure.value.recorded_at
    return None if told is None else local_day(told)


def edges_words(kpi: Kpi, low: float, high: float) -> str:
    """What is expected: one number, or a band."""
    return with_unit(kpi, low) if low == high else f"{with_unit(kpi, low)} to {with_unit(kpi, high)}"
