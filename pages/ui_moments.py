"""Choosing a moment: any day by a form, a meeting or a frozen copy by a link. Each leads to this page's own address.

Another moment is opened afresh: nothing that was chosen or opened on a page outlives its moment.
"""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from pages.ui_html import Html, esc, join

SHOWN = 6  # meetings and copies that are shown before the earlier ones are unfolded

View = dict[str, str]  # what else the address says


def any_day(name: str, view: View, first: date, last: date, day: date | None, press: str) -> Html:
    """A form that asks for this very page with another day. A phone opens the calendar that people know."""
    kept = join(*(Html(f'<input type="hidden" name="{esc(key)}" value="{esc(said)}">') for key, said in view.items()))
    value = "" if day is None else f' value="{esc(day)}"'
    return Html(
        f'<form class="cd-any-day" method="get">{kept}<label>Any day'
        f'<input type="date" name="{esc(name)}" min="{esc(first)}" max="{esc(last)}"{value} required></label>'
        f"<button>{esc(press)}</button></form>"
    )


def meetings(name: str, view: View, offered: Sequence[tuple[str, str]], asked: str) -> Html:
    """Each meeting and frozen copy (what it is asked for by, its words) as a link; all but the newest folded away."""
    if not offered:
        return Html("")
    items = [Html(f"<li>{moment(said, name, view, one, here=one == asked)}</li>") for one, said in offered]
    folded = ""
    if len(items) > SHOWN:
        is_open = " open" if asked in [one for one, _ in offered[SHOWN:]] else ""
        older = f"<summary>{len(items) - SHOWN} earlier</summary><ul>{join(*items[SHOWN:])}</ul>"
        folded = f"<details{is_open}>{older}</details>"
    newest = f"<strong>Or the day of a meeting, or a copy frozen for one</strong><ul>{join(*items[:SHOWN])}</ul>"
    return Html(f'<nav class="cd-moments" aria-label="Meetings and frozen copies">{newest}{folded}</nav>')


def moment(label: str, name: str, view: View, asked: str = "", *, here: bool = False) -> Html:
    """A link to this page, an address without a path, with another moment; nothing asked: without one."""
    current = ' aria-current="true"' if here else ""
    to = urlencode({**view, name: asked} if asked else view)
    return Html(f'<a href="?{esc(to)}" target="_self"{current}>{esc(label)}</a>')
