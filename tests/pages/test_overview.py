"""Overview: every number on it is one that the picture gives, narrowed as the URL says."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from framework.civic import Part
from framework.people import Role
from framework.picture.review import Filter, attention, by_part, figures_in
from framework.picture.since import changes_since, end_of_day, usual_since
from pages import ui

View = Callable[[Role | None], Any]
OWN_WORDS = 120  # look.md: besides the framework's words, names and figures


def opened(app: Any, **params: str) -> Any:
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def said(app: Any) -> str:
    """The page's words in one line, without what is folded into the choices of a viewer and of a moment."""
    folded = ("<style", "cd-viewers", "cd-any-day", "cd-moments")
    bodies = [e.proto.body for e in app.get("html") if not any(sign in e.proto.body for sign in folded)]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", " ".join(bodies))).split())


@pytest.mark.parametrize("part", [Part.OBJECTIVE, Part.PILLAR, Part.STRAND, Part.PRIORITY])
def test_each_row_says_what_the_picture_counts(viewed_as: View, part: Part) -> None:
    words = said(opened(viewed_as(Role.LEADER), by=str(part).capitalize()))
    picture = ui.picture()
    for row in by_part(picture, picture.edition.ref, part, Filter()):
        assert f"{row.element.title} {row.doing.done} of {row.doing.total} done" in words
        if row.difference.judged:
            assert f"{row.difference.good} of {row.difference.judged} on track" in words
        if row.doing.late:
            assert f"{row.doing.late} late" in words


def test_the_strip_counts_what_changed_since_the_newest_board(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER)))
    picture = ui.picture()
    day = usual_since(picture)
    found = changes_since(ui.picture(end_of_day(day)), picture, picture.edition.ref, Filter())
    assert "Since the board on" in words
    counts = (found.better, found.worse, found.done, found.newly_late, found.gone_quiet)
    kpis, done = ("KPI" if len(counts[0]) == 1 else "KPIs"), ("action" if len(counts[2]) == 1 else "actions")
    names = (f"{kpis} better", "worse", f"{done} done", "newly late", "gone quiet")
    assert " · ".join(f"{len(n)} {name}" for n, name in zip(counts, names, strict=True)) in words


def test_another_since_is_taken_from_the_url(viewed_as: View) -> None:
    assert "Since Wed 1 Oct 2025" in said(opened(viewed_as(Role.LEADER), since="2025-10-01"))


@pytest.mark.parametrize("wrong", ["yesterday", "2026-02-30", "1066-10-14", "2099-01-01", "<b>"])
def test_a_since_that_is_no_day_to_look_back_to_is_passed_over(viewed_as: View, wrong: str) -> None:
    assert "Since the board on" in said(opened(viewed_as(Role.LEADER), since=wrong))


def test_needs_attention_and_figures_say_what_the_picture_counts(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER)))
    picture = ui.picture()
    needing = attention(picture, picture.edition.ref, Filter())
    figures = figures_in(picture, picture.edition.ref, Filter())
    assert f"All {len(needing.actions)} that need attention" in words
    assert figures is not None
    assert f"{figures.here} of {figures.expected} are in" in words
    for kpi, _ in needing.kpis[:5]:
        assert kpi.title in words.split("KPIs behind", 1)[1]


def test_a_view_of_one_school_counts_that_school(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    picture = ui.picture()
    school = picture.schools[0]
    words = said(opened(app, school=school.name))
    rows = by_part(picture, picture.edition.ref, Part.OBJECTIVE, Filter(school=school.ref))
    assert f"Only {school.name}" in words
    for row in rows:
        count = f"{row.doing.done} of {row.doing.total} done" if row.doing.total else "No action here yet"
        assert f"{row.element.title} {count}" in words


def test_showing_everything_clears_the_view(viewed_as: View) -> None:
    app = opened(
        viewed_as(Role.LEADER),
        pillar=ui.picture().elements[ui.picture().parts(ui.picture().edition.ref, Part.PILLAR)[0].ref].title,
    )
    assert "Only pillar 1" in said(app)
    next(b for b in app.button if b.label == "Show everything").click().run()
    assert "Only pillar" not in said(app)


def test_a_row_leads_to_its_actions_and_kpis_in_the_same_view(viewed_as: View) -> None:
    app = viewed_as(Role.LEADER)
    picture = ui.picture()
    objective = picture.parts(picture.edition.ref, Part.OBJECTIVE)[0]
    opened(app)
    bodies = " ".join(html.unescape(e.proto.body) for e in app.get("html"))
    params = ui.narrowed(picture, Filter(), objective.ref)
    assert params == {"objective": objective.title}
    assert ui.address("actions", **params) in bodies
    assert ui.address("kpis", **params) in bodies


def test_a_view_narrowed_by_the_row_replaces_its_own_part(viewed_as: View) -> None:
    viewed_as(Role.LEADER)
    picture = ui.picture()
    first, second = picture.parts(picture.edition.ref, Part.OBJECTIVE)[:2]
    assert ui.narrowed(picture, Filter((first.ref,)), second.ref) == {"objective": second.title}


def test_it_says_little(viewed_as: View) -> None:
    words = said(opened(viewed_as(Role.LEADER)))
    picture = ui.picture()
    names = [row.title for row in (*picture.actions.values(), *picture.kpis.values())]
    names += [p.name for p in (*picture.people.values(), *picture.places.values())]
    names += [e.words for e in picture.elements.values()] + [picture.edition.title]
    for name in sorted(names, key=len, reverse=True):
        words = words.replace(name, " ")
    # Figures do not count, nor what only a screen reader is told, nor the frame's banner.
    for unseen in ("What we are doing and what difference it makes", "Actions that need attention Action Why Owner"):
        words = words.replace(unseen, " ")
    first_screen = words.split("Fri 13 Nov 2026.", 1)[1].split("Needs attention", 1)[0]
    own = [word for word in re.findall(r"[A-Za-z'-]+", first_screen) if len(word) > 1]
    assert len(own) <= OWN_WORDS


@pytest.mark.parametrize("role", list(Role))
def test_it_opens_for_every_role(viewed_as: View, role: Role) -> None:
    opened(viewed_as(role))


@pytest.mark.parametrize("role", [Role.LEADER, Role.MEMBER])
def test_an_empty_store_says_what_to_do_next(empty_app: View, role: Role) -> None:
    words = said(opened(empty_app(role)))
    assert "once there is a plan" in words
    assert ("Load a workbook" in words) == (role is Role.LEADER)
