"""How a KPI is drawn: its mark and sentence, its numbers and what stands where there is none, its schools.

Shared by KPI pages.
"""

from collections.abc import Mapping, Sequence

import streamlit as st

from framework.kpis.kpi import Kpi, Measure, State, Value
from framework.kpis.standing import Family, Standing, Verdict
from framework.kpis.words import NBSP, apart, plain_number, with_unit
from framework.periods import Period
from framework.picture import Picture
from framework.picture.beside import MovedBeside, source_words
from framework.picture.beside import moved_words as moved_beside_words
from framework.picture.figures import Missing, by_school, is_trust, of_words
from framework.picture.missing import why_none
from framework.picture.schools import level_words, moved_together, moved_words
from pages import ui

NONE = "\N{EN DASH}"
JUDGED = "kpi_judged"  # the URL's name for whether "How we judge this" is open
_SIGNS = {
    Missing.NOT_REPORTED: "cd-not-reported",
    Missing.NOT_DUE: "cd-not-due",
    Missing.NOT_APPLICABLE: "cd-not-applicable",
    Missing.NOT_AVAILABLE: "cd-not-available",
    Missing.HIDDEN: "cd-hidden",
}


def kept() -> dict[str, str]:
    """What a link to another KPI takes along, so that what was opened stays open: every page is a new session."""
    opened = st.session_state.get(JUDGED, st.query_params.get(JUDGED) == "true")
    return {JUDGED: "true"} if opened else {}


def nothing(missing: Missing) -> ui.Html:
    """Why there is no number: a sign of its own with its word. Nought is a number and never among these."""
    sign = f'<span class="cd-empty-sign {_SIGNS[missing]}"></span>'
    return ui.Html(f'<span class="cd-nothing">{sign}{ui.esc(missing)}</span>')


def standing(reached: Verdict) -> ui.Html:
    """Mark and word; a context KPI has the word alone."""
    if reached.family is Family.CONTEXT:
        return ui.small(reached.standing)
    return ui.mark(reached.family, reached.standing, colour_word=False)


def sentence(reached: Verdict, change: str = "") -> None:
    """The standing under a title: its word once, the reason, what the values say over time; then the remark."""
    rest = f"{reason(reached)} {change}".strip()
    if reached.family is Family.CONTEXT:
        ui.statement(None, ui.join(ui.strong(f"{reached.standing}."), rest, by=" "))
    else:
        ui.statement(ui.mark(reached.family, f"{reached.standing}."), rest)
    if reached.remark:
        ui.quiet(reached.remark)


def reason(reached: Verdict) -> str:
    """The standing's sentence without its word, which stands beside it."""
    rest = reached.reason.removeprefix(str(reached.standing)).lstrip(": ")
    return rest[:1].upper() + rest[1:]


def number(kpi: Kpi, value: Value | None) -> str:
    """The value with its unit; a dash where there is none. Nought is a number."""
    return NONE if value is None or value.number is None or not value.has_number else with_unit(kpi, value.number)


def place_name(picture: Picture, place: str) -> str:
    return "The whole trust" if is_trust(picture, place) else picture.name("place", place)


def schools(picture: Picture, kpi: Kpi) -> None:
    """Each school's standing and newest value, or why there is none; each opens to its own page."""
    rows = []
    for place, reached in by_school(picture, kpi):
        value, missing = reached.value, why_none(picture, kpi, place.ref, reached)
        rows.append(
            (
                ui.link(place.name, "kpi", ref=kpi.ref, place=place.ref, **kept()),
                standing(reached),
                nothing(missing) if missing else _aged(reached, linked(kpi, place.ref, value)),
                of_words(value),
                "" if value is None else value.period.words,
                ui.small(_note(reached)),
            )
        )
    columns = (
        ui.Column("School", width="22%"),
        ui.Column("Standing", width="17%"),
        ui.Column("Value", "right", width="15%"),
        ui.Column("Made of", "right", quiet=True, width="13%"),
        ui.Column("Period", quiet=True, width="15%"),
        ui.Column("Note", quiet=True),
    )
    ui.table(columns, rows, caption=f"{kpi.title} by school", key="kpi_schools")
    if by_level := level_words(picture, kpi):
        ui.words(by_level)
    moved = moved_together(picture, kpi)
    for said in () if moved is None else moved_words(kpi, moved):
        ui.words(said)


def _note(reached: Verdict) -> str:
    said_all = reached.judged or reached.standing in (Standing.CONTEXT, Standing.NO_TARGET)
    provisional = reached.value is not None and reached.value.state is State.PROVISIONAL
    return ("Provisional. " if provisional else "") + ("" if said_all else reached.reason)


def _aged(reached: Verdict, said: ui.Html | str) -> ui.Html | str:
    """A value that is out of date stands in grey."""
    return ui.small(said) if reached.standing is Standing.STALE else said


def newest_and_expected(picture: Picture, kpi: Kpi, place: str, reached: Verdict) -> tuple[ui.Html, str]:
    """Two cells of a list: the value with its period, and where it should be. Rounding never hides that they differ."""
    missing = why_none(picture, kpi, place, reached)
    said, expected = number(kpi, reached.value), NONE
    if reached.expected is not None and reached.value is not None and reached.value.number is not None:
        low, high = reached.expected
        if low == high:
            said, should = apart(kpi, reached.value.number, low)
            expected = should if _short_unit(kpi) else should.split(NBSP)[0]
        else:
            expected = bare(kpi, low, high)
    period = "" if reached.value is None else ui.small(reached.value.period.words)
    return ui.lines(nothing(missing) if missing else _aged(reached, said), period), expected


def beside(kpi: Kpi, others: Sequence[MovedBeside], newest: Period | None) -> list[object]:
    """How others moved between the same two periods, and under it where their figures are from."""
    said: list[object] = list(moved_beside_words(kpi, others, newest))
    return said + [ui.small(line) for line in dict.fromkeys(source_words(moved) for moved in others)]


def side_by_side(told: Mapping[str, Sequence[object]]) -> None:
    """Sections of a few sentences beside one another; those with nothing to say are left out."""
    said = {title: sentences for title, sentences in told.items() if sentences}
    for column, (title, sentences) in zip(
        st.columns(len(said), gap="large") if said else (), said.items(), strict=True
    ):
        with column:
            ui.section(title)
            ui.words(ui.lines(*sentences))


def _short_unit(kpi: Kpi) -> bool:
    return kpi.measure in (Measure.PERCENTAGE, Measure.CURRENCY)


def bare(kpi: Kpi, *numbers: float) -> str:
    """Numbers without a long unit, where the unit stands beside them already."""
    return " to ".join(with_unit(kpi, n) if _short_unit(kpi) else plain_number(n) for n in dict.fromkeys(numbers))


def linked(kpi: Kpi, place: str, value: Value | None) -> ui.Html | str:
    """The value as a link to where it comes from."""
    said = number(kpi, value)
    if value is None or said == NONE:
        return said
    return origin_link(kpi, place, value, said)


def origin_link(kpi: Kpi, place: str, value: Value, said: str) -> ui.Html:
    return ui.link(said, "kpi", ref=kpi.ref, place=place, origin=value.period.code, group=value.group)


def edges_words(kpi: Kpi, low: float, high: float) -> str:
    """What is expected: one number, or a band."""
    return with_unit(kpi, low) if low == high else f"{with_unit(kpi, low)} to {with_unit(kpi, high)}"
