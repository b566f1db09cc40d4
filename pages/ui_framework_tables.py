"""The tables under the framework's picture: what is missing, and the versions beside each other."""

import streamlit as st

from framework.civic import Edition, Element
from framework.people import Act, may
from framework.periods import day_words
from framework.picture import Picture
from framework.picture.coverage import Gap, closed, gaps
from framework.picture.editions import in_order, pairs, state_words
from pages import ui, ui_framework

BY_CODE = 8  # so many actions or KPIs are named in full; more than that by their codes


def _thing(gap: Gap, n: int, edition: Edition) -> ui.Html:
    """One thing of a gap as a link; of a person, to the actions that rest on them."""
    one = gap.things[n]
    if gap.table == "person":
        known = ui.link(one.name, "actions", actions_words=one.name, actions_version=edition.code)
        return ui.join(known, gap.notes[n], by=", ")
    if gap.table == "element":
        return ui.link(one.title, "element", ref=one.ref)
    return ui.link(one.code if gap.count > BY_CODE else f"{one.code} {one.title}", gap.table, ref=one.ref)


def _which(gap: Gap, edition: Edition) -> ui.Html:
    """The things of a gap under one another; of a great many the codes alone."""
    links = [_thing(gap, n, edition) for n in range(gap.count)]
    return ui.join(*links, by=" · ") if gap.count > BY_CODE else ui.lines(*links)


def covered(picture: Picture, edition: Edition) -> None:
    """What nothing serves, measures or owns, each thing a link; and in a sentence what is whole."""
    found = gaps(picture, edition.ref)
    ui.section("Coverage", "What the framework promises and nothing serves yet, and what hangs by a thread.")
    ui.table(
        (ui.Column("What is missing", width="34%", unseen=True), ui.Column("Which", unseen=True)),
        [(ui.join(gap.count, gap.words, by=" "), _which(gap, edition)) for gap in found if gap.count],
        caption="Gaps of the framework",
        key="coverage",
        empty="Nothing is missing.",
    )
    whole = closed(found)
    if whole:
        ui.quiet(". ".join(whole) + ".")


def versions(picture: Picture, edition: Edition) -> None:
    """Every version with its dates, its state and its counts; two of them can be read beside each other."""
    editions = in_order(picture)
    ui.section("Versions")
    rows = [
        (
            ui.link(e.title, "framework", framework_version=e.code),
            f"{day_words(e.starts_on, weekday=False)} to {day_words(e.ends_on, weekday=False)}",
            state_words(e, picture.on),
            len(picture.actions_of(e.ref)),
            len(picture.kpis_of(e.ref)),
        )
        for e in editions
    ]
    columns = (
        ui.Column("Version", width="40%"),
        ui.Column("Dates", width="24%"),
        ui.Column("State"),
        ui.Column("Actions", "right", width="8%"),
        ui.Column("KPIs", "right", width="8%"),
    )
    ui.table(columns, rows, caption="Versions of the framework", key="versions")
    others = [e for e in editions if e.ref != edition.ref]
    if others and may(ui.person(), Act.EDIT_FRAMEWORK):
        ui.words(ui.link("Carry actions and KPIs from one version into another", "carry"))
    if others:
        with st.expander("Read two versions side by side", key="framework_side_by_side"):
            _side_by_side(picture, edition, others)


def _words(picture: Picture, element: Element | None) -> ui.Html:
    """An element's words with what serves it; of a version that lacks it, that it does."""
    if element is None:
        return ui.small("not in this version")
    counts = ui_framework.counts(picture, element)
    return ui.lines(ui.link(element.words, "element", ref=element.ref), ui.small(counts) if counts else "")


def _side_by_side(picture: Picture, edition: Edition, others: list[Edition]) -> None:
    other = others[0]
    if len(others) > 1:
        other = ui.choose(f"{edition.code} beside", others, "framework_beside", lambda e: e.code) or other
    earlier, later = sorted((edition, other), key=lambda e: e.starts_on)
    found = pairs(picture, earlier, later)
    differing = [pair for pair in found if not pair.same]
    alike = len(found) - len(differing)
    same = f"The words are the same in both, at all {alike} places."
    ui.words(f"The words differ at {len(differing)} of {len(found)} places." if differing else same)
    every = alike and st.checkbox("Show the places with the same words too", key="framework_every")
    rows = [
        (
            f"{str(pair.either.part).capitalize()} {pair.either.position}",
            _words(picture, pair.earlier),
            _words(picture, pair.later),
        )
        for pair in (found if every else differing)
    ]
    if not rows:
        return
    columns = (ui.Column("Part", width="14%"), ui.Column(earlier.code, width="43%"), ui.Column(later.code))
    ui.table(columns, rows, caption=f"The words of {earlier.code} and {later.code}", key="side_by_side")
