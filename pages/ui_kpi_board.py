"""The board set on a KPI's own page: one small button for those who may pin."""

import streamlit as st

from framework.deeds import measuring
from framework.kpis.kpi import Kpi
from framework.people import Person
from pages import ui
from pages.ui_forms import do, form_key


def pin(kpi: Kpi, person: Person) -> None:
    """Pin the KPI to the board set, or unpin it; a full set is refused in words."""
    label = "Unpin from the board set" if kpi.board_set else "Pin to the board set"
    if st.button(label, key=form_key("kpi_board", kpi.ref)):
        said = f"Saved: {kpi.code} is {'no longer' if kpi.board_set else 'now'} among the board set."
        pinned, seen = not kpi.board_set, kpi.version
        do(
            lambda: measuring.pin_to_board(ui.store(), by=person, now=ui.now(), kpi=kpi.ref, pinned=pinned, seen=seen),
            said,
        )
