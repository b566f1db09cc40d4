"""The calendar and the meetings."""

from framework.meetings import Meeting
from framework.people import Audience
from framework.periods import CalendarKind, CalendarLine
from framework.subjects.shape import FICTIONAL, Field, Kind, Subject, choice, one

CALENDAR = Subject(
    "calendar_line",
    "Calendar",
    "School years, terms, half-terms and days off",
    "a line of the calendar",
    CalendarLine,
    ("kind", "year", "index", "place"),
    (
        choice("kind", "kind", CalendarKind, required=True),
        Field("year", "academic year", Kind.SCHOOL_YEAR, required=True, help="such as 2026/27"),
        Field("index", "index", Kind.WHOLE, required=True, low=1, help="1 for the first of its kind in the year"),
        Field("starts_on", "start", Kind.DATE, required=True),
        Field("ends_on", "end", Kind.DATE, required=True),
        one("place", "school", "place", help="only where a school's dates differ"),
        Field("note", "note"),
        FICTIONAL,
    ),
)
MEETINGS = Subject(
    "meeting",
    "Meetings",
    "Meetings",
    "a meeting",
    Meeting,
    ("title", "on"),
    (
        Field("title", "title", required=True),
        Field("kind", "kind", help="the body that meets"),
        Field("on", "date", Kind.DATE, required=True),
        Field("papers_on", "papers due", Kind.DATE),
        Field("note", "note", Kind.LONG),
        choice("audience", "audience", Audience, help="how much its paper may show; blank: as its kind tells", since=4),
        one("place", "school", "place", help="of a school's committee", since=4),
        Field("reports", "reports", Kind.PERIOD, help="the half-term, term or year that is reported to it", since=4),
        Field("opens_on", "window opens", Kind.DATE, help="first day on which its figures can be sent", since=4),
        Field("closes_on", "window closes", Kind.DATE, help="last day on which its figures can be sent", since=4),
        Field("closed_on", "closed by hand", Kind.DATE, help="the day somebody closed it before its day", since=4),
        FICTIONAL,
    ),
)
