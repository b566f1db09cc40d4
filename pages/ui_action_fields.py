"""The fields of an action's form, in groups that are opened when they matter. What is typed of each is kept apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from framework.kpis.kpi import Direction, Kpi, Measure
from framework.people import Act, may
from framework.picture import Picture
from framework.picture.judged import verdict
from framework.plans import MoveReason, Response, Visibility
from framework.plans.checks import NEEDED, next_code, usual_visibility
from framework.plans.suggesting import Suggestion, suggested
from framework.subjects import ACTIONS, Kind
from pages import ui, ui_fields

T = TypeVar("T")
TAGS = (
    ("pillars", "Pillars"),
    ("statements", "Statements"),
    ("strand", "Main strand"),
    ("other_strands", "Other strands"),
    ("priorities", "Priorities"),
)
_LABELS = {
    "title": "What is to be done",
    "success": "What will be different",
    "starts_on": "Starts on",
    "due_on": "Due on",
    "kpis": "KPIs it should move",
    "expected_by": "By when",
    "hours": "Hours it takes",
    "cost": "Money it takes, in whole pounds",
    "organisation": "Led by",
    "supporters": "Supported by",
    "places": "Schools",
    "set_by": "Set by",
    "outcome": "What changed",
    "evidence": "What shows it, in words",
}
_EMPTY = {"organisation": "The trust", "set_by": "The trust", "places": "The whole trust"}
_SEEN_BY = {
    Visibility.LEADERS: "leaders and governors",
    Visibility.TASK_FORCE: "the task force too",
    Visibility.PUBLIC: "everybody",
}
_SHORT_TITLE = 44  # characters of an element's title on a button


@dataclass(frozen=True)
class Asking:
    """One form: what stands in its fields at first, and the key that each of its fields begins with."""

    picture: Picture
    edition: str
    form: str
    facts: Mapping[str, Any]  # as they stood when the form was opened; empty in a new one
    new: bool = False

    def field(self, name: str, label: str = "") -> Any:
        """Draw one field by what it holds; its value."""
        own, kept = ACTIONS.field(name), self.facts[name]
        words = label or _LABELS.get(name) or own.heading.capitalize()
        if own.kind is Kind.DATE:
            return self.day(name, words)
        if own.kind is Kind.ONE:
            return self.one(name, words)
        if own.kind is Kind.MANY:
            return self.many(name, words)
        return ui_fields.field(ACTIONS, name, kept, self.picture, self.form, label=words)

    def day(self, name: str, words: str) -> date | None:
        kept = self.facts[name]
        found = st.date_input(ui.plain(words), kept, format="DD/MM/YYYY", key=f"{self.form}_{name}")
        return found if isinstance(found, date) else None

    def one(self, name: str, words: str) -> str | None:
        """One of several rows, or none. What stands there stays among the choices; what is needed cannot be emptied."""
        kept, needed = self.facts[name], name in NEEDED
        named = lambda ref: self.named(name, ref)  # noqa: E731
        return choice(words, kept, self.options(name), named, f"{self.form}_{name}", none="" if needed else named(None))

    def many(self, name: str, words: str) -> tuple[str, ...]:
        """Any number of rows. What stands there stays among the choices, also where it is not offered any more."""
        kept = tuple(self.facts[name])
        chosen = st.multiselect(
            ui.plain(words),
            list(dict.fromkeys((*self.options(name), *kept))),
            list(kept),
            lambda ref: self.named(name, ref),
            key=f"{self.form}_{name}",
            placeholder=_EMPTY.get(name, "Choose any"),
        )
        return tuple(chosen)

    def named(self, name: str, ref: str | None) -> str:
        if ref is None:
            return _EMPTY.get(name, "Not said")
        of, picture = ACTIONS.field(name).of, self.picture
        if of == "person" and ref in picture.people and picture.people[ref].job:
            return f"{picture.people[ref].name}, {picture.people[ref].job}"
        return _title(picture, of, ref)

    def options(self, name: str) -> list[str]:
        """The refs that can be chosen: of this version of the framework, and of people those who are here."""
        own, picture = ACTIONS.field(name), self.picture
        if own.of == "element" and own.part is not None:
            return [e.ref for e in picture.parts(self.edition, own.part)]
        if own.of == "kpi":
            return [k.ref for k in picture.kpis_of(self.edition)]
        if own.of == "person":
            here = [p for p in picture.people.values() if p.here_on(picture.on) and may(p, Act.UPDATE_ACTIONS)]
            return [p.ref for p in sorted(here, key=lambda p: p.name)]
        if own.of == "place":
            return [p.ref for p in picture.schools]
        return [o.ref for o in sorted(picture.organisations.values(), key=lambda o: o.name)]


def _title(picture: Picture, of: str, ref: str) -> str:
    row = picture.rows.get(of, {}).get(ref)
    if row is None:
        return ref
    if of == "kpi":
        return f"{row.code} {row.title}"
    return picture.elements[ref].title if ref in picture.elements else picture.name(of, ref)


def choice(
    words: str, kept: T | None, options: Sequence[T], named: Callable[[T | None], str], key: str, *, none: str
) -> T | None:
    """One of several. What stands there is always among them; where nothing does, nothing is chosen at first.

    none  what is said for none of them; empty: once there is one, it cannot be emptied
    """
    if kept is None:
        return st.selectbox(ui.plain(words), list(options), None, named, key=key, placeholder=none or "Choose one")
    listed = [*([None] if none else []), *([] if kept in options else [kept]), *options]
    return st.selectbox(ui.plain(words), listed, listed.index(kept), named, key=key)


def abreast(asking: Asking, *names: str, widths: Sequence[float] = (1, 1)) -> dict[str, Any]:
    """Fields abreast; one under another on a phone."""
    found = {}
    for column, name in zip(st.columns(widths), names, strict=True):
        with column:
            found[name] = asking.field(name)
    return found


def first_four(asking: Asking) -> dict[str, Any]:
    """What every action needs: what, for which objective, who, by when."""
    title = {"title": asking.field("title")}
    return title | abreast(asking, "objective", "owner", "due_on", widths=(2, 2, 1.2))


def why_moved(form: str) -> dict[str, Any]:
    """Asked once a due date differs: for which reason of the list it moves, and in which words."""
    with st.container(horizontal=True):
        reason = choice(
            "Why does the date move?", None, list(MoveReason), capital, f"{form}_moved_for", none="Choose a reason"
        )
        words = st.text_input("In your own words", key=f"{form}_moved_because")
    return {"moved_for": reason, "moved_because": words}


def about(asking: Asking, so_far: Mapping[str, Any]) -> dict[str, Any]:
    """What will be different, when it starts, what it is called and who sees it."""
    found: dict[str, Any] = {"success": asking.field("success")}
    start, code = st.columns(2)
    with start:
        found["starts_on"] = asking.field("starts_on")
    with code:
        ready = next_code(asking.picture, so_far["objective"])
        kept, key = asking.facts["code"] or "", f"{asking.form}_code"
        found["code"] = st.text_input("Code", kept, key=key, placeholder=ready or "The next one") or None
    usual = usual_visibility(asking.picture.people.get(so_far["owner"] or ""))
    unsaid = f"As usual: {_SEEN_BY[usual]}" if asking.new else f"Not said: {_SEEN_BY[Visibility.LEADERS]}"
    found["visibility"] = choice(
        "Who sees it",
        asking.facts["visibility"],
        list(Visibility),
        lambda v: unsaid if v is None else _SEEN_BY[v].capitalize(),
        f"{asking.form}_visibility",
        none=unsaid,
    )
    return found


def capital(words: object) -> str:
    return str(words)[:1].upper() + str(words)[1:]


def should_move(asking: Asking) -> dict[str, Any]:
    """The KPIs it should move; once there is one, by how much and by when."""
    found: dict[str, Any] = {"kpis": asking.field("kpis")}
    if not found["kpis"]:
        return found | {"expected_change": None, "expected_by": None}
    kpi = asking.picture.kpis.get(found["kpis"][0])
    if kpi is None:  # it was put away: what was expected of it stays
        return found | {name: asking.facts[name] for name in ("expected_change", "expected_by")}
    ui.quiet(_stands(asking.picture, kpi))
    much, when = st.columns(2)
    with much:
        label = f"By how much {kpi.code} should change{_unit(kpi)}"
        key = f"{asking.form}_expected_change"
        help_words = "The first of the KPIs, in its unit; a minus for a fall."
        found["expected_change"] = ui_fields.number(
            ui.plain(label), asking.facts["expected_change"], key=key, help=help_words
        )
    with when:
        found["expected_by"] = asking.field("expected_by")
    return found


def _unit(kpi: Kpi) -> str:
    unit = "points" if kpi.measure is Measure.PERCENTAGE else kpi.unit or ""
    return f" ({unit})" if unit else ""


def _stands(picture: Picture, kpi: Kpi) -> str:
    better = {Direction.HIGHER: " Higher is better.", Direction.LOWER: " Lower is better."}
    return f"{kpi.title}. {verdict(picture, kpi).reason}{better.get(kpi.direction, '')}"  # type: ignore[arg-type]


def takes(asking: Asking) -> dict[str, Any]:
    return abreast(asking, "hours", "cost")


def helps(asking: Asking) -> dict[str, Any]:
    """Who leads it, who asked for it, who supports it, and where."""
    return abreast(asking, "organisation", "set_by") | abreast(asking, "supporters", "places")


def risk(asking: Asking) -> dict[str, Any]:
    """How likely it is to fail and how much that would matter; what is done about it is asked once there is a risk."""
    found: dict[str, Any] = {}
    labels = {"likelihood": "How likely it is to fail", "impact": "How much that would matter"}
    for column, (name, label) in zip(st.columns(2), labels.items(), strict=True):
        with column:
            key = f"{asking.form}_{name}"
            found[name] = choice(label, asking.facts[name], range(1, 6), _of_five, key, none=_of_five(None))
    kept = asking.facts["response"]
    if kept is None and not any(found.values()):
        return found | {"response": None}
    words, key = "What is done about it", f"{asking.form}_response"
    return found | {"response": choice(words, kept, list(Response), capital, key, none="Not said")}


def _of_five(step: int | None) -> str:
    ends = {1: "1 of 5, hardly", 5: "5 of 5, very"}
    return "Not said" if step is None else ends.get(step, f"{step} of 5")


def serves(asking: Asking, so_far: Mapping[str, Any]) -> dict[str, Any]:
    """The tags, each facet with those suggested for it and why; none is chosen until somebody does so."""
    found: dict[str, Any] = {}
    # Drawn by what is chosen in the lists alone: a suggestion that was taken stays where it was tapped.
    lists = {name: st.session_state.get(f"{asking.form}_{name}", asking.facts[name]) for name, _ in TAGS}
    ready = suggested(asking.picture, {**so_far, **lists, "edition": asking.edition})
    if ready:
        ui.quiet("Suggested below each list, with why. Nothing is chosen until you choose it.")
    for name, label in TAGS:
        found[name] = asking.field(name, label)
        if name in ready:
            found[name] = _with(found[name], _offered(asking, name, label, ready[name]))
    return found


def _offered(asking: Asking, name: str, label: str, offers: Sequence[Suggestion]) -> list[str]:
    elements = asking.picture.elements
    mode = "single" if name == "strand" else "multi"
    chosen: Any = st.pills(
        f"Suggested: {label.lower()}",
        [offer.ref for offer in offers],
        selection_mode=mode,
        format_func=lambda ref: ui.plain(_short(elements[ref].title)),
        key=f"{asking.form}_{name}_offered",
    )
    told = [ui.small(f"{_short(elements[offer.ref].title)}: {offer.why}.") for offer in offers]
    ui.words(ui.lines(*told), "small")
    return [chosen] if isinstance(chosen, str) else list(chosen or ())


def _with(kept: Any, more: Sequence[str]) -> Any:
    if isinstance(kept, tuple):
        return tuple(dict.fromkeys((*kept, *more)))
    return kept or next(iter(more), None)


def _short(title: str) -> str:
    return title if len(title) <= _SHORT_TITLE else f"{title[:_SHORT_TITLE].rsplit(' ', 1)[0]} …"
