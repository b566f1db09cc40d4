"""Pages behind a personal link as the tests ask for them, and reading one back as a browser would."""

from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

from framework.access.by_link import Card, FigureCard, LinkPage, Step

BREAKFAST = Card(
    "a7kd02mxq1",
    "Open a breakfast club at Coppershaw Primary",
    "24 days late",
    "Was due Mon 19 Oct 2026, moved twice",
    "Kitchen has passed its check. We still need a second volunteer for Tuesdays.",
    "You, Tue 22 Sep 2026 · Stuck",
)
CAFE = Card(
    "b7kd02mxq2",
    "Parents' café at Quillbrook Primary",
    "Gone quiet: no word for 52 school days",
    "Due Fri 18 Dec 2026",
    "Room agreed with the school. First café in September.",
    "You, Mon 13 Jul 2026 · On track",
)
INTERVIEWS = Card(
    "c7kd02mxq3",
    "Interview practice for Year 11 at Larkmere Academy",
    "Due in 9 school days",
    "Wed 25 Nov 2026",
    "Eight employers have said yes. We are asking two more.",
    "You, Thu 5 Nov 2026 · On track",
    "the council has put two more names forward.",
    (
        Step("m1kd02mxq1", "Ask ten employers", "due Fri 6 Nov 2026"),
        Step("m2kd02mxq2", "Hall and timetable agreed", "due Mon 16 Nov 2026"),
    ),
)
ABSENCE = FigureCard(
    "k7kd02mxq1.s1.autumn-1",
    "Persistent absence",
    "Pupils who missed a tenth of their sessions or more, out of all on roll.",
    "Autumn 1, 2026/27 · Hazel Grange Primary",
    share=True,
    stands="23 of 310, sent on Tue 3 Nov 2026",
    query="Last time it was 3 of 310. Was it really 3?",
)
FAMILIES = FigureCard(
    "k8kd02mxq1.s1.autumn-1",
    "Families at the breakfast club",
    "Families who came at least once.",
    "Autumn 1, 2026/27 · Hazel Grange Primary",
    unit="families",
)
THREE = LinkPage(
    title="How are your three actions going?",
    action_url="/by-link/x",
    once="o" * 22,
    draft_key="by-link-p1",
    for_whom="For the Volunteer centre lead",
    lead="One tap and a sentence each: two minutes.",
    facts=(
        ("Who asks", "The Community lead, for the trustees on Thu 26 Nov 2026"),
        ("Link works", "until Wed 25 Nov 2026, for you only"),
        ("Who will see", "The trust's leaders and the task force, at once, marked “by link, not yet checked”"),
    ),
    cards=(BREAKFAST, CAFE, INTERVIEWS),
    banner="Fictional sample: these people and schools are invented.",
    foot=("Save keeps everything on this page. “Done” waits for the Community lead.", "Civic Duty Framework 2025-2027"),
)


def a_page(**changes: Any) -> LinkPage:
    """A Volunteer centre lead is asked about three actions, one late, one gone quiet and one going well."""
    return replace(THREE, **changes)


class Markup(HTMLParser):
    """A page taken apart: its tags with their attributes, its texts by tag, and what its form would post."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.posted: dict[str, list[str]] = {}
        self._open: tuple[str, dict[str, str | None]] = ("", {})
        self._option: tuple[str, bool] | None = None
        self._select = ""
        self._area: str | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        self._open = (tag, given)
        name = given.get("name") or ""
        if tag == "input" and (given.get("type") not in ("radio", "checkbox") or "checked" in given):
            self._post(name, given.get("value") or "")
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            self._post(self._open[1].get("name") or "", self._area.removeprefix("\n"))
            self._area = None

    def handle_data(self, data: str) -> None:
        tag, given = self._open
        if self._area is not None:
            self._area += data
        elif tag == "option" and "selected" in given:
            self._post(self._select, data)
        if data.strip():
            self.texts.setdefault(tag, []).append(data)

    def _post(self, name: str, value: str) -> None:
        self.posted.setdefault(name, []).append(value)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [given for found, given in self.tags if found == tag]
