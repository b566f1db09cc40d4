"""Personal links: whose they are, what they open, how long, and what a stranger learns of them (nothing)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from framework.community import Organisation
from framework.deeds.linking import MOST_DAYS, ask_afresh, make_link, open_link, renewed, revoke_link
from framework.errors import LinkRefused, NotAllowed, Unknown, ValueRefused
from framework.plans import Status
from framework.store import askings, links
from framework.store.askings import AskedFor
from tests.conftest import HAZEL, LEADER, MEMBER, NOW, TODAY, a_kpi, an_action, half_term, put

OWN = an_action(ref="actionmine", code="A-20", owner=MEMBER.ref, due_on=date(2026, 12, 18))
SLOT = ("kpi0000001", "placetrust", half_term(2026, 1).code)


@pytest.fixture
def plan(store):
    put(store, OWN)
    return store


@pytest.fixture
def small(sqlite_ground):
    """One database is enough for what no database decides."""
    store = sqlite_ground.store("small trust")
    put(store, OWN)
    return store


def link(store, **more):
    return make_link(store, **{"by": LEADER, "now": NOW, "person": MEMBER.ref, "actions": [OWN.ref], **more})


def kind_of(store, token, now=NOW):
    with pytest.raises(LinkRefused) as refusal:
        open_link(store, token, now)
    return refusal.value.kind


def test_a_link_opens_its_rows_for_its_person(plan):
    made = link(plan, values=[SLOT], words="for the trustees")
    found, person, picture = open_link(plan, made.token, NOW)
    assert (person.ref, found.actions, found.values, found.words) == (
        MEMBER.ref, (OWN.ref,), (SLOT,), "for the trustees",
    )  # fmt: skip
    assert picture.actions[OWN.ref].code == "A-20"


def test_the_token_has_256_bits_and_stands_nowhere_in_the_database(small):
    made = link(small)
    assert len(made.token) >= 43
    path = small.url.removeprefix("sqlite:///")
    with small.writing() as conn:
        conn.execute(sa.text("SELECT 1"))
    small.engine.dispose()
    kept = b"".join(p.read_bytes() for p in __import__("pathlib").Path(path).parent.glob("trust.db*"))
    assert made.token.encode() not in kept
    assert links.hash_of(made.token).encode() in kept


def test_opening_a_link_writes_nothing(small):
    made = link(small)
    with small.reading() as conn:
        before = conn.exec_driver_sql("PRAGMA data_version").fetchone()
        for _ in range(3):
            open_link(small, made.token, NOW)
        assert conn.exec_driver_sql("PRAGMA data_version").fetchone() == before


@pytest.mark.parametrize(("days", "opens"), [(0.0, True), (13.999, True), (14.0, False), (400.0, False)])
def test_a_link_is_open_until_the_moment_its_time_is_over(small, days, opens):
    made, then = link(small), NOW + timedelta(days=days)
    if opens:
        assert open_link(small, made.token, then)
    else:
        assert kind_of(small, made.token, then) == "expired"


def test_a_link_that_was_taken_back_opens_nothing_and_cannot_be_taken_back_twice(plan):
    made = link(plan)
    revoke_link(plan, by=LEADER, now=NOW, link=made.ref)
    assert kind_of(plan, made.token) == "revoked"
    with pytest.raises(Unknown):
        revoke_link(plan, by=LEADER, now=NOW, link=made.ref)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "%00", "'; DROP TABLE link; --"])
def test_a_forged_link_opens_nothing(small, token):
    link(small)
    assert kind_of(small, token) == "unknown"


def test_the_link_of_someone_who_left_opens_nothing_from_the_day_after_on(small):
    made = link(small)
    put(small, replace(MEMBER, left_on=TODAY, version=1))
    assert open_link(small, made.token, NOW)
    assert kind_of(small, made.token, NOW + timedelta(days=1)) == "left"


def test_nobody_who_left_gets_a_link(small):
    put(small, replace(MEMBER, left_on=TODAY - timedelta(days=1), version=1))
    with pytest.raises(ValueRefused, match="left on"):
        link(small)


def test_another_persons_action_is_refused_and_no_link_is_made(small):
    with pytest.raises(ValueRefused, match="A-14 is not Denise Member"):
        link(small, actions=[OWN.ref, "action0001"])
    assert links.all_links(small) == []


def test_an_action_that_their_organisation_supports_may_be_on_their_link(small):
    kitchen = Organisation("orgkitchen", "Saffron Kitchen")
    put(small, kitchen, replace(MEMBER, organisation=kitchen.ref, version=1))
    put(small, an_action(ref="actionhelp", code="A-21", supporters=(kitchen.ref,)))
    assert link(small, actions=["actionhelp"]).ref


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"actions": []}, "must name something"),
        ({"days": 0}, "1 to 60 days, not 0"),
        ({"days": MOST_DAYS + 1}, "not 61"),
        ({"values": [("kpi0000001", HAZEL.ref, half_term(2026, 1).code)]}, "not reported by Hazel"),
        ({"values": [("kpi0000001", "placetrust", "202627-Y")]}, "has no value for"),
    ],
)
def test_what_cannot_be_asked_is_refused(small, wrong, why):
    with pytest.raises(ValueRefused, match=why):
        link(small, **wrong)


def test_an_unknown_person_or_action_is_refused(small):
    with pytest.raises(Unknown):
        link(small, person="personnone")
    with pytest.raises(Unknown):
        link(small, actions=["actionnone"])


def test_only_a_leader_makes_links(small):
    with pytest.raises(NotAllowed):
        link(small, by=MEMBER)


def test_asking_for_a_fresh_link_stands_once_a_day_and_only_for_an_expired_one(small):
    made, later = link(small), NOW + timedelta(days=20)
    assert not ask_afresh(small, made.token, NOW)
    assert not ask_afresh(small, "forged", later)
    assert ask_afresh(small, made.token, later)
    assert ask_afresh(small, made.token, later + timedelta(minutes=1))
    assert [(a.kind, a.person) for a in askings.askings(small)] == [(AskedFor.FRESH_LINK, MEMBER.ref)]


def test_a_fresh_link_leaves_out_what_was_closed_since(small):
    other = an_action(ref="actionmor2", code="A-22", owner=MEMBER.ref)
    put(small, other)
    made = link(small, actions=[OWN.ref, other.ref])
    put(small, replace(OWN, status=Status.DONE, version=1))
    found = links.by_token(small, made.token)
    fresh = renewed(small, found, NOW + timedelta(days=20))
    assert links.by_token(small, fresh.token).actions == (other.ref,)


def test_when_everything_is_closed_there_is_nothing_to_renew(small):
    made = link(small)
    put(small, replace(OWN, status=Status.DONE, version=1))
    with pytest.raises(ValueRefused, match="closed"):
        renewed(small, links.by_token(small, made.token), NOW)


def test_a_kpi_that_schools_report_may_be_asked_of_a_school(small):
    from framework.kpis.kpi import ReportedBy

    put(small, a_kpi(ref="kpischool1", code="K-A09", reported_by=ReportedBy.SCHOOLS))
    assert link(small, actions=[], values=[("kpischool1", HAZEL.ref, half_term(2026, 1).code)]).ref
