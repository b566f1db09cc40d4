"""The calendar: half-terms, terms, school days and days off of a school year; leaders change them here."""

import streamlit as st

from framework.people import Act, may
from pages import ui, ui_calendar, ui_calendar_table, ui_days_off, ui_forms

picture, person = ui.picture(), ui.person()
changes = person is not None and may(person, Act.CONVENE)
what = (
    "Here will be the half-terms, terms and days off of each school year. Lateness and silence are counted in school "
    "days, so that nobody is asked in the holidays."
)
if not picture.calendar_lines and not changes:
    ui.empty_state("Calendar", f"{what} A trust leader adds the first year.")
    st.stop()

ui.heading("Calendar", [ui.link("Meetings", "meetings"), "Calendar"])
ui_forms.done_words()
if not picture.calendar_lines:
    ui.words(ui.join(what, " Type the first year below, or ", ui.link("load a workbook", "data"), "."), "large")
year, place = ui_calendar.choices(picture, changes)
ui_calendar.summary(picture, year, place)
if person is not None and changes:
    ui_calendar_table.table(picture, person, year, place)
else:
    ui_calendar.dates(picture, year, place)
ui_days_off.days_off(picture, person if changes else None, year, place)
