"""The forms about a KPI: a value, a target, the KPI itself. Each does one deed and keeps what was typed if refused."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from framework.civic import Part
from framework.deeds import locking, measuring, recording
from framework.kpis.kpi import Basis, Direction, Kpi, Measure, Value
from framework.kpis.words import plain_number, with_unit
from framework.people import Act, Person, may
from framework.periods import day_words, local_day
from framework.picture import Picture
from framework.picture.entering import (
    SAID,
    groups_of,
    periods_to_aim,
    periods_to_enter,
    periods_to_start,
    places_to_enter,
)
from framework.picture.figures import of_words, target_words
from framework.picture.judged import reporting_places
from framework.subjects import KPIS, VALUES, Kind
from pages import ui, ui_fields, ui_kpi
from pages.ui_forms import do, form_key, go_on

ASKED_FIRST = ("code", "title", "objective", "definition", "level", "measure", "direction", "frequency")
MORE = {
    "How it is counted": ("unit", "per", "reported_by", "aggregation", "time_nature", "lag_days", "floor"),
    "Where it starts, and its path": (
        "baseline",
        "baseline_period",
        "baseline_numerator",
        "baseline_denominator",
        "path_shape",
    ),
    "Who and where from": ("owner", "source", "comparator"),
    "What else it speaks to": ("pillars", "statements", "strand", "other_strands", "priorities"),
}
_LABELS = {
    "title": "Name of the KPI",
    "per": "Per how many",
    "aggregation": "How schools are put together",
    "time_nature": "Counted as",
    "lag_days": "Days until it is due",
    "floor": "Smallest difference that means anything",
    "path_shape": "How it is expected to go between targets",
    "comparator": "Who publishes a figure to set beside it",
}
_LONG = ("definition",)
_SPREAD = "How far the single figures lie from their average, where whoever counted them says so."


def opened(form: str, probe: str, version: int) -> int:
    """The version that stood there when the form was first drawn; a later one makes the deed answer with a conflict."""
    seen = f"{form}_seen"
    if f"{form}_{probe}" not in st.session_state or seen not in st.session_state:
        st.session_state[seen] = version
    return int(st.session_state[seen])


def changed_meanwhile(form: str, seen: int, version: int) -> None:
    """Offer to go on from what stands there now; what was typed stays."""
    if seen == version:
        return
    ui.words("Someone changed this after you opened it. What stands there now is shown above; what you typed is kept.")
    go_on(form, version)


def value(picture: Picture, kpi: Kpi, person: Person, place_asked: str) -> None:
    """Enter or correct one value: which one first, then what stands there, then the new one."""
    if kpi.counted is not None:
        ui.words(f"{kpi.code} is counted here from the plan ({kpi.counted}); nobody types it in.")
        return
    places = {p.ref: p for p in places_to_enter(picture, kpi, person)}
    if not places:
        ui.words("There is no place for which you may record values of this KPI. Ask a trust leader.")
        return
    with st.container(horizontal=True):
        refs = list(places)
        first = refs.index(place_asked) if place_asked in places else 0
        place = st.selectbox("Place", refs, first, lambda ref: places[ref].name, key="value_place")
        period = st.selectbox("Period", periods_to_enter(picture, kpi), 0, lambda p: p.words, key="value_period")
        offered = groups_of(picture, kpi)
        group = st.selectbox("Group", offered, 0, lambda g: g or "Everyone", key="value_group") if offered[1:] else ""
    if period is None:
        ui.words("The calendar has no period for this KPI yet. Add its dates to the calendar first.")
        return
    old = recording.value_seen(picture, kpi.ref, place, period, group)
    version = 0 if old is None else old.version
    form = form_key("value", kpi.ref, place, period.code, group)
    locked = locking.why_locked(ui.store(), picture, person, period, place)
    # A form that was open before its window closed stays, with what was typed, and the deed refuses.
    asks = not locked or may(person, Act.CONVENE) or f"{form}_note" in st.session_state
    ui.words(_stands(kpi, old) + (" What you save corrects it; the earlier value is kept." if old and asks else ""))
    _say_locked(locked)
    if not asks:
        return
    seen = opened(form, "note", version)
    with st.form(form, border=False):
        facts = _value_facts(picture, kpi, old, form, locked=bool(locked))
        sent = st.form_submit_button("Save this value", type="primary")
    if sent:
        said = f"Saved: {kpi.code}, {places[place].name}, {period.words}."
        given: dict[str, Any] = {"kpi": kpi.ref, "place": place, "period": period, "group": group, "seen": seen}
        do(lambda: recording.record_value(ui.store(), by=person, now=ui.now(), **given, **facts), said)
    changed_meanwhile(form, seen, version)


def _say_locked(locked: str) -> None:
    if locked:
        ui.words(ui.join(ui.strong("Locked. "), locked))


def _stands(kpi: Kpi, old: Value | None) -> str:
    if old is None:
        return "Nothing is recorded here yet."
    said = ui_kpi.number(kpi, old) if old.has_number else SAID[old.state]
    made_of = f" ({_made_of(kpi, old)})" if _made_of(kpi, old) else ""
    on = f", recorded on {day_words(local_day(old.recorded_at))}" if old.recorded_at else ""
    return f"Here stands: {said}{made_of}{on}."


def _made_of(kpi: Kpi, old: Value) -> str:
    if kpi.measure is not Measure.AVERAGE:
        return of_words(old)
    over = "" if old.denominator is None else f"average over {old.denominator:,}"
    spread = "" if old.sd is None else f"standard deviation {plain_number(old.sd, 2)}"
    return ", ".join(part for part in (over, spread) if part)


def _value_facts(picture: Picture, kpi: Kpi, old: Value | None, form: str, *, locked: bool) -> dict[str, Any]:
    """What is typed of a value. A share is asked for by its two numbers first, so that schools can be put together."""
    facts: dict[str, Any] = {}
    unit = f" ({kpi.unit})" if kpi.unit else ""
    with st.container(horizontal=True):
        if kpi.measure in (Measure.PERCENTAGE, Measure.RATE):
            facts["numerator"] = ui_fields.whole("How many", None, key=f"{form}_numerator")
            facts["denominator"] = ui_fields.whole("Out of how many", None, key=f"{form}_denominator")
            label = ui.plain(f"Or the value itself{unit}, where those are not known")
        else:
            label = ui.plain(f"Value{unit}")
        facts["number"] = ui_fields.number(label, None, key=f"{form}_number")
        if kpi.measure is Measure.AVERAGE:
            facts["denominator"] = ui_fields.whole("Average over how many", None, key=f"{form}_denominator")
    facts["state"] = st.selectbox("What kind of value it is", list(SAID), 0, SAID.__getitem__, key=f"{form}_state")
    first = "Why it comes now" if locked else "Note, if there is something to know"
    why = "Why it is corrected" if old is not None else first
    facts["note"] = st.text_area(why, key=f"{form}_note", height=80)
    with st.expander("More", key=f"{form}_more"):
        if kpi.measure is Measure.AVERAGE:
            facts["sd"] = ui_fields.number("Standard deviation", None, key=f"{form}_sd", help=_SPREAD)
        facts["symbol"] = ui_fields.field(VALUES, "symbol", None, picture, form)
    return facts


def target(picture: Picture, kpi: Kpi, person: Person, place_asked: str) -> None:
    """Set a target, or move the one that stands there and say why."""
    assert picture.trust is not None
    places = {picture.trust.ref: picture.trust} | {p.ref: p for p in reporting_places(picture, kpi, picture.on)}
    refs, periods = list(places), periods_to_aim(picture, kpi)
    with st.container(horizontal=True):
        first = refs.index(place_asked) if place_asked in places else 0
        where = st.selectbox("Place", refs, first, lambda ref: places[ref].name, key="target_place")
        aims = [p for p in periods if measuring.target_seen(picture, kpi.ref, p, where)]
        start = periods.index(aims[0]) if aims else 0
        period = st.selectbox("By the end of", periods, start, lambda p: p.words, key="target_period")
    if period is None:
        ui.words("The calendar has no period for this KPI yet. Add its dates to the calendar first.")
        return
    place = None if where == picture.trust.ref else where
    old = measuring.target_seen(picture, kpi.ref, period, place)
    stands = "There is no target here yet." if old is None else f"The target here is {target_words(kpi, old)}."
    start_words = (
        f" It started at {with_unit(kpi, kpi.baseline)}." if kpi.baseline is not None and place is None else ""
    )
    ui.words(stands + start_words)
    version = 0 if old is None else old.version
    form = form_key("target", kpi.ref, where, period.code)
    locked = locking.why_locked(ui.store(), picture, person, period, place, target=True)
    _say_locked(locked)
    seen = opened(form, "reason", version)
    with st.form(form, border=False):
        facts = _target_facts(kpi, old is not None, form, locked=bool(locked))
        sent = st.form_submit_button("Move this target" if old else "Set this target", type="primary")
    if sent:
        given: dict[str, Any] = {"kpi": kpi.ref, "place": place, "period": period, "seen": seen}
        said = f"Saved: the target of {kpi.code} for {period.words}, {places[where].name}."
        do(lambda: measuring.set_target(ui.store(), by=person, now=ui.now(), **given, **facts), said)
    changed_meanwhile(form, seen, version)


def _target_facts(kpi: Kpi, moves: bool, form: str, *, locked: bool) -> dict[str, Any]:
    unit = f" ({kpi.unit})" if kpi.unit else ""
    facts: dict[str, Any] = {}
    with st.container(horizontal=True):
        if kpi.direction is Direction.BAND:
            facts["low"] = ui_fields.number(ui.plain(f"From{unit}"), None, key=f"{form}_low")
            facts["high"] = ui_fields.number(ui.plain(f"To{unit}"), None, key=f"{form}_high")
        else:
            facts["number"] = ui_fields.number(ui.plain(f"Target{unit}"), None, key=f"{form}_number")
        basis = [None, *Basis]
        facts["basis"] = st.selectbox(
            "What it rests on",
            basis,
            0,
            lambda b: "Not said" if b is None else str(b).capitalize(),
            key=f"{form}_basis",
        )
    first = "Why it is set now" if locked else "Why this target"
    facts["reason"] = st.text_area("Why it is moved" if moves else first, key=f"{form}_reason", height=80)
    facts["managed_decline"] = st.checkbox(
        "The trust means to let it get worse (managed decline)", key=f"{form}_decline"
    )
    return facts


def facts(picture: Picture, kpi: Kpi | None, person: Person) -> None:
    """Add a KPI, or change one: eight questions first, the rest under More."""
    editions = {e.ref: e for e in picture.editions.values()}
    usual = kpi.edition if kpi is not None else picture.edition.ref if picture.edition else ""
    edition = usual
    if kpi is None and len(editions) > 1:
        refs = list(editions)
        edition = st.selectbox(
            "Framework version", refs, refs.index(usual), lambda ref: editions[ref].title, key="kpi_edition"
        )
    form = form_key("kpi", "new" if kpi is None else kpi.ref, edition)
    version = 0 if kpi is None else kpi.version
    seen = opened(form, "code", version)
    with st.form(form, border=False):
        typed = _typed(picture, kpi, edition, form)
        why = st.text_input("Why, if it needs saying", key=f"{form}_why")
        sent = st.form_submit_button("Add this KPI" if kpi is None else "Save this KPI", type="primary")
    if sent and kpi is None:
        whole = {**typed, "edition": edition, "fictional": editions[edition].fictional}
        said = f"Added: {typed['code']} {typed['title']}. Set its target next."
        do(lambda: measuring.add_kpi(ui.store(), by=person, now=ui.now(), facts=whole, why=why), said)
    elif sent and kpi is not None:
        given: dict[str, Any] = {"kpi": kpi.ref, "facts": typed, "seen": seen, "why": why}
        do(lambda: measuring.change_kpi(ui.store(), by=person, now=ui.now(), **given), f"Saved: {kpi.code}.")
    if kpi is not None:
        changed_meanwhile(form, seen, version)


def _typed(picture: Picture, kpi: Kpi | None, edition: str, form: str) -> dict[str, Any]:
    def ask(name: str) -> Any:
        own = KPIS.field(name)
        value = own.default if kpi is None else getattr(kpi, name)
        # Every week of every year is a period: a long list, made for the one field that asks for it.
        periods = periods_to_start(picture) if own.kind is Kind.PERIOD else []
        options = _options(picture, edition, own.of, own.part) if own.of else periods
        return ui_fields.field(KPIS, name, value, picture, form, options=options, label=_LABELS.get(name, ""))

    typed = _asked(ASKED_FIRST, ask)
    with st.expander("More: unit, baseline, owner, tags", key=f"{form}_more"):
        for heading, names in MORE.items():
            ui.section(heading)
            typed |= _asked(names, ask)
    return typed


def _asked(names: tuple[str, ...], ask: Callable[[str], Any]) -> dict[str, Any]:
    """The fields two abreast, long texts over the whole width; one under another on a phone."""
    found: dict[str, Any] = {}
    short = [name for name in names if name not in _LONG]
    for pair in (short[n : n + 2] for n in range(0, len(short), 2)):
        for column, name in zip(st.columns(2), pair, strict=False):
            with column:
                found[name] = ask(name)
    return found | {name: ask(name) for name in names if name in _LONG}


def _options(picture: Picture, edition: str, of: str, part: Part | None) -> list[str]:
    if of == "element" and part is not None:
        return [e.ref for e in picture.parts(edition, part)]
    return [p.ref for p in sorted(picture.people.values(), key=lambda p: p.name)]
