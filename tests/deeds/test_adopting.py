"""Adopting KPIs from the library."""

from typing import Any

import pytest
import sqlalchemy as sa

from framework.civic import Element, Part
from framework.deeds.measuring import adopt_kpi
from framework.errors import NotAllowed, Unknown, ValueRefused
from framework.kpis.kpi import Counted, Direction, Kpi, Level, ReportedBy
from framework.kpis.library import in_library, library
from framework.people import Audience
from framework.picture.shape import Picture
from framework.store import Store
from framework.store import tables as t
from framework.store.pictures import load
from framework.store.provenance import told_of_row
from tests.conftest import EDITION, GOVERNOR, LEADER, NOW, OBJECTIVE, PILLAR, put
from tests.deeds.grounds import BOTH_DATABASES, ground  # noqa: F401

EDUCATION = Element("elemented1", EDITION.ref, Part.STRAND, 1, "Exceptional Education")
WELFARE = Element("elementwe1", EDITION.ref, Part.STRAND, 2, "Exceptional pupil welfare")
FIRST = Element("elementpr1", EDITION.ref, Part.PRIORITY, 1, "Prevent and reduce poverty")


def picture(store: Store) -> Picture:
    return load(store, NOW, Audience.LEADERS)


def adopt(store: Store, code: str, **given: Any) -> str:
    return adopt_kpi(store, **({"by": LEADER, "now": NOW, "code": code, "edition": EDITION.ref} | given))


def adopted(store: Store, code: str) -> Kpi:
    ref = adopt(store, code)
    return picture(store).kpis[ref]


@BOTH_DATABASES
def test_an_adopted_kpi_holds_what_the_library_says(store: Store) -> None:
    kpi, found = adopted(store, "K-A04"), in_library("K-A04")
    assert found is not None
    for name in ("code", "title", "level", "measure", "unit", "per", "direction", "frequency", "time_nature"):
        assert getattr(kpi, name) == getattr(found, name)
    assert (kpi.aggregation, kpi.reported_by, kpi.lag_days, kpi.floor) == ("weighted", ReportedBy.SCHOOLS, 14, 0.2)
    assert kpi.definition == (
        "Suspensions given in the term, for every 100 pupils. "
        "One pupil can be suspended more than once: it counts events, not pupils."
    )
    assert kpi.source == "School information system. Entered by: School office"
    assert kpi.comparator == "DfE, Suspensions and permanent exclusions in England"
    assert (kpi.baseline, kpi.owner, kpi.board_set) == (None, None, False)


def test_its_tags_are_the_elements_of_the_version_that_are_there(store: Store) -> None:
    put(store, EDUCATION, WELFARE, FIRST)
    kpi = adopted(store, "K-A03")
    assert (kpi.objective, kpi.strand, kpi.other_strands) == (OBJECTIVE.ref, WELFARE.ref, ())
    money = adopted(store, "K-B17")
    # There is no objective B here: it is left out.
    assert (money.objective, money.strand, money.priorities) == (None, WELFARE.ref, (FIRST.ref,))
    fresh = adopted(store, "K-T03")
    assert (fresh.pillars, fresh.counted) == ((PILLAR.ref,), Counted.FRESH_UPDATES)


def test_other_strands_are_found_by_a_word_of_their_name(store: Store) -> None:
    buildings = Element("elementin1", EDITION.ref, Part.STRAND, 3, "Exceptional Infrastructure")
    put(store, EDUCATION, WELFARE, buildings)
    kpi = adopted(store, "K-W11")
    assert (kpi.strand, kpi.other_strands) == (WELFARE.ref, (buildings.ref,))


@BOTH_DATABASES
def test_one_change_of_the_ledger_says_what_was_done(store: Store) -> None:
    before = picture(store).change
    ref = adopt(store, "K-W08")
    assert picture(store).change == before + 1
    (told,) = told_of_row(store, picture(store), "kpi", ref)
    assert (told.told.deed, told.told.by) == ("adopt KPI", LEADER.name)


@pytest.mark.parametrize(
    ("code", "given", "refusal", "words"),
    [
        ("K-A02", {}, ValueRefused, "K-A02 is here already"),
        ("k-a02", {}, ValueRefused, "K-A02 is here already"),
        ("K-Z99", {}, Unknown, "The library has no K-Z99"),
        ("K-A01", {"edition": "edition999"}, Unknown, "no such framework version"),
        ("K-A01", {"by": GOVERNOR}, NotAllowed, "you may not add or change KPIs"),
    ],
)
def test_what_cannot_be_adopted_is_refused_and_nothing_is_written(
    store: Store, code: str, given: dict[str, Any], refusal: type[Exception], words: str
) -> None:
    before = picture(store).change
    with pytest.raises(refusal, match=words):
        adopt(store, code, **given)
    assert picture(store).change == before


@BOTH_DATABASES
def test_adopting_twice_is_refused(store: Store) -> None:
    adopt(store, "K-A01")
    with pytest.raises(ValueRefused, match="K-A01 is here already"):
        adopt(store, "K-A01")
    assert [k.code for k in picture(store).kpis.values()] == ["K-A01", "K-A02"]


def test_every_kpi_of_the_library_can_be_adopted(store: Store) -> None:
    for one in library():
        if one.code != "K-A02":
            adopt(store, one.code)
    with store.reading() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(t.TABLES["kpi"])).scalar() == 84
    kpis = picture(store).kpis.values()
    assert {k.code: (k.level, k.direction) for k in kpis if k.level is Level.CONTEXT} == {
        "K-W01": (Level.CONTEXT, Direction.NONE),
        "K-W08": (Level.CONTEXT, Direction.LOWER),
    }
