"""What we are doing beside what difference it makes, what changed since a meeting, and what needs attention."""

import streamlit as st

from framework.civic import Part
from framework.people import Act, may
from framework.picture.review import Attention, Row, attention, by_part, figures_in
from framework.picture.since import changes_since
from framework.picture.telling import concern, foremost
from pages import ui, ui_review, ui_since

PARTS = (Part.OBJECTIVE, Part.PILLAR, Part.STRAND, Part.PRIORITY)
ATTENTION = (
    ui.Column("Action", width="44%", unseen=True),
    ui.Column("Why", unseen=True),
    ui.Column("Owner", width="19%", quiet=True, unseen=True),
)
SHOWN = 5
WIDE = "\N{EM SPACE}"
BEHIND = (ui.Column("KPI", unseen=True), ui.Column("Standing", width="46%", unseen=True))


def rows(found: list[Row]) -> None:
    columns = (ui.Column(str(part).capitalize(), width="39%"), ui.Column("What we are doing", width="25%"))
    drawn = []
    for row in found:
        view = ui.narrowed(picture, chosen, row.element.ref)
        drawn.append(
            (
                ui.link(row.element.title, "element", ref=row.element.ref),
                ui_review.doing(row.doing, view),
                ui_review.difference(row.difference, view, chosen.school),
            )
        )
    ui.table(
        (*columns, ui.Column("What difference it makes")),
        drawn,
        caption="What we are doing and what difference it makes",
        key="overview",
        empty=f"This version has no {part} yet.",
    )


def needing(found: Attention) -> None:
    ui.section("Needs attention")
    first = foremost(found, SHOWN)
    ui.table(
        ATTENTION,
        [
            (ui.link(a.title, "action", ref=a.ref), concern(picture, a), picture.name("person", a.owner) or "No owner")
            for a in first
        ],
        caption="Actions that need attention",
        key="attention",
        empty="Nothing is late, silent or blocked.",
    )
    if len(found.actions) > len(first):
        ui.words(
            ui.link(f"All {len(found.actions)} that need attention", "actions", **ui.narrowed(picture, chosen)), "small"
        )


def behind(found: Attention) -> None:
    if not found.kpis:
        return
    ui.section("KPIs behind")
    rows = [
        (ui.link(kpi.title, "kpi", ref=kpi.ref, place=chosen.school), ui.mark(verdict.family, verdict.standing))
        for kpi, verdict in found.kpis[:SHOWN]
    ]
    ui.table(BEHIND, rows, caption="KPIs that are behind", key="behind")
    if len(found.kpis) > SHOWN:
        more = ui.link(f"All {len(found.kpis)} behind", "kpis", kpis_standing="Behind", **ui.narrowed(picture, chosen))
        ui.words(more, "small")


picture = ui.picture()
edition = picture.edition
if edition is None:
    person = ui.person()
    first = ui.link("Load a workbook", "data") if may(person, Act.IMPORT) else None
    ui.empty_state(
        "Overview", "What we are doing, what difference it makes and what needs attention, once there is a plan.", first
    )
    st.stop()

aim = picture.parts(edition.ref, Part.AIM)
ui.heading(aim[0].words if aim else "Overview", crumbs=[edition.title], tab="Overview")
strip = st.container()
with st.container(horizontal=True, vertical_alignment="center", gap="small"):
    part = ui.choose("By", PARTS, "by", lambda part: str(part).capitalize(), how="segments") or Part.OBJECTIVE
    since = ui.since(picture)
    ui_since.choose_since(picture, since)
    chosen = ui.filters(picture, edition.ref)

view = ui.narrowed(picture, chosen)
corrected = 0
with strip:
    if since.refusal:
        ui.quiet(since.refusal)
    if since.moment is not None and since.before is not None:
        changes = changes_since(since.before, picture, edition.ref, chosen)
        corrected = len(changes.corrected)
        more = ui.link("What changed", "changes", since=since.moment.asked, **view)
        said = ui.join(ui.strong(f"Since {since.moment.words}"), ui_review.changed(changes), by=WIDE)
        ui.strip(said, more)
rows(by_part(picture, edition.ref, part, chosen))
found = attention(picture, edition.ref, chosen)
left, right = st.columns([3, 2], gap="large")
with left:
    needing(found)
with right:
    ui_review.figures(figures_in(picture, edition.ref, chosen), corrected)
    behind(found)
