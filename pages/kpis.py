"""Every KPI: how it stands, its newest value, where it should be, who owns it. The view is in the URL."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from framework.deeds import exporting
from framework.people import Act, may
from framework.picture.figures import target_numbers
from framework.picture.listing import KpiLine, KpiSort, Standings, counted, kpi_lines, sorted_kpis
from pages import ui, ui_kpi, ui_kpi_words, ui_wall

EVERY = "All"
LIST, WALL = "List", "Wall"
COLUMNS = (
    ui.Column("KPI", width="27%"),
    ui.Column("Standing", width="15%"),
    ui.Column("Latest value", "right", width="17%"),
    ui.Column("Expected", "right", width="9%"),
    ui.Column("Target", "right", width="18%"),
    ui.Column("Owner and level", quiet=True),
)


def row(line: KpiLine) -> list[object]:
    kpi, target = line.kpi, line.target
    newest, expected = ui_kpi.newest_and_expected(picture, kpi, place, line.verdict)
    aim = ui_kpi.NONE if target is None else ui_kpi.bare(kpi, *target_numbers(target))
    return [
        ui.lines(
            ui.link(kpi.title, "kpi", ref=kpi.ref, place=chosen.school, **ui_kpi.kept()),
            ui.small(kpi.code + ui_wall.board_mark(kpi)),
        ),
        ui_kpi.standing(line.verdict),
        newest,
        expected,
        ui.lines(aim, "" if target is None else ui.small(f"by {target.period.words}")),
        ui.lines(line.owner or "no owner", kpi.level),
    ]


def offer(lines: Sequence[KpiLine]) -> tuple[str, Callable[[], bytes], str]:
    """The KPIs in view with their targets and values as a workbook that loads back; made when it is asked for."""
    kept, store, person, now = {line.kpi.ref for line in lines}, ui.store(), ui.person(), ui.now()
    given: dict[str, Any] = {"tables": ("kpi", "target", "value"), "about": {"kpi": kept}, "moment": ui.moment()}

    def made() -> bytes:
        return exporting.export(store, by=person, now=now, **given)[1]

    return ui.file_name("kpis", ".xlsx"), made, ui.XLSX


picture = ui.picture()
if picture.edition is None:
    ui.empty_state(
        "KPIs",
        "Here will be every measure: how it stands, where it should be, and who owns it.",
        ui.link("Load a workbook", "data") if may(ui.person(), Act.IMPORT) else None,
    )
    st.stop()

editions = sorted(picture.editions.values(), key=lambda e: (e.ref != picture.edition.ref, e.starts_on))
ui.heading("KPIs")
with st.container(horizontal=True, vertical_alignment="bottom", key="cd-list-controls"):
    words = st.text_input("Search", key="kpis_words", bind="query-params", type="search")
    edition = ui.choose("Version", editions, "kpis_version", lambda e: e.code) or picture.edition
    by = ui.choose("Sort", list(KpiSort), "kpis_sort") or KpiSort.CONCERN
chosen = ui.filters(picture, edition.ref)
place = chosen.school or (picture.trust.ref if picture.trust else "")
with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    view = ui.choose("View", [LIST, WALL], "kpis_view", how="segments")
    wanted = ui.choose("Standing", [EVERY, *Standings], "kpis_standing", how="pills")
    board = st.toggle("Board set only", key="kpis_board", bind="query-params")

found = [k for k in kpi_lines(picture, edition.ref, chosen, words or "") if k.kpi.board_set or not board]
lines = sorted_kpis([line for line in found if wanted in (EVERY, line.standings)], by)
ui.quiet(counted(found))
if view == WALL and lines:
    ui_wall.wall(picture, lines, place, chosen.school)
else:
    ui.table(
        COLUMNS,
        [row(line) for line in lines],
        caption=f"KPIs of {edition.code}, {str(by).lower()}",
        key="kpis",
        download=lambda: offer(lines),
        empty="No KPI fits this view. Take one of the choices above away, or search for other words.",
    )
if ui_kpi_words.may_edit():
    ui.words(ui.join(ui.link("Add a KPI", "kpi_edit"), ui.link("Library of KPIs", "library"), by=" · "))
