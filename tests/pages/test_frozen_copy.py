"""The frozen copy on its meeting's page and in the band: whether it is the same to the byte, or what differs."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from framework.people import Role
from framework.store.frozen import frozen_by
from pages import ui
from tests.pages.reading import links, opened, press, said

View = Callable[[Role | None], Any]


def the_copy() -> Any:
    """The newest of the sample: frozen for the board of 7 July."""
    return ui.today_picture().frozen[-1]


def test_a_leader_sees_that_it_is_the_same_opens_it_and_freezes_another(viewed_as: View) -> None:
    view = viewed_as(Role.LEADER)
    copy = the_copy()
    app = opened(view, "meeting.py", ref=copy.meeting)
    assert "Same to the byte as when it was frozen. Open it" in said(app)
    assert f"Frozen Tue 7 Jul 2026 at 16:00, by {ui.picture().people[by_(copy)].name}" in said(app)
    assert f"{copy.sha256[:12]} SHA-256 of its content ({copy.size:,} bytes): {copy.sha256}" in said(app)
    assert 'href="/?as_at=' + copy.ref in " ".join(e.proto.body for e in app.get("html"))
    assert [b.label for b in app.get("download_button")] == ["Download its content"]
    press(app, "Freeze a copy now")
    assert "A copy was frozen for Board of trustees of Tue" in app.success[0].value.replace("\N{NO-BREAK SPACE}", " ")
    assert [link["copy"] for link in links(app, "meeting") if "copy" in link] == [copy.ref]
    press(app, "Freeze a copy now")
    assert "Nothing has changed since the copy" in app.error[0].value


def by_(copy: Any) -> str:
    return str(frozen_by(ui.store(), ui.picture())[copy.ref].by)


def test_a_governor_sees_that_it_is_the_same_and_takes_nothing_out(viewed_as: View) -> None:
    view = viewed_as(Role.GOVERNOR)
    app = opened(view, "meeting.py", ref=the_copy().meeting)
    assert "Same to the byte as when it was frozen. Open it" in said(app)
    assert [b.label for b in app.get("download_button")] == []
    assert "Freeze a copy now" not in [b.label for b in app.get("button")]


def test_a_ledger_that_was_rewritten_is_told_on_the_page_and_in_the_band(viewed_as: View) -> None:
    view = viewed_as(Role.LEADER)
    copy, store = the_copy(), ui.store()
    moved = "UPDATE revision SET data = replace(data, 'Board of trustees', 'Trustees') WHERE table_name = 'meeting'"
    with store.writing() as conn:
        conn.execute(sa.text("DROP TRIGGER sealed_revision_update"))
        conn.execute(sa.text(f"{moved} AND ref = :ref"), {"ref": copy.meeting})
        conn.execute(sa.text("UPDATE meeting SET title = 'Trustees' WHERE ref = :ref"), {"ref": copy.meeting})
    store.cache.clear()
    app = opened(view, "meeting.py", ref=copy.meeting)
    assert "No longer what was frozen: 1 row differs. Open it The app never changes" in said(app)
    since = "since moved or renamed: Trustees of Tue 7 Jul 2026"
    assert f"For Board of trustees of Tue 7 Jul 2026; {since} Fingerprint" in said(app)
    assert "Meeting: Board of trustees, 07 Jul 2026 title Board of trustees Trustees" in said(app)
    band = said(opened(viewed_as(Role.LEADER), "meetings.py", as_at=copy.ref))
    assert f"No longer what was frozen: 1 row differs (fingerprint {copy.sha256[:12]}). See what differs" in band
