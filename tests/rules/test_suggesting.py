"""Tags suggested for an action: from its KPIs, from actions like it, from words; each with its reason."""

from framework.civic import Edition, EditionState, Element, Part
from framework.plans.suggesting import MOST, suggested
from tests.conftest import EDITION, OBJECTIVE, PILLAR, STATEMENT, a_kpi, an_action
from tests.rules.test_counted import a_picture


def element(n, part, words, edition=EDITION.ref):
    return Element(f"{part.value[:6]}{n:04}", edition, part, n, words)


WELFARE, EDUCATION = (element(n, Part.STRAND, w) for n, w in ((1, "Exceptional Welfare"), (2, "Exceptional Education")))
POVERTY, EXPOSURE = (
    element(n, Part.PRIORITY, w) for n, w in ((1, "Prevent and reduce poverty"), (2, "Exposure to jobs"))
)
SECOND = element(2, Part.PILLAR, "Civic purpose and wider common good")
TAGS = (PILLAR, SECOND, STATEMENT, WELFARE, EDUCATION, POVERTY, EXPOSURE)
KPI = a_kpi(pillars=(PILLAR.ref,), strand=WELFARE.ref, priorities=(POVERTY.ref,))
LIKE = an_action(title="Breakfast club at Hazel Grange", pillars=(SECOND.ref,), strand=EDUCATION.ref)
NEW = {"title": "Walking bus", "objective": OBJECTIVE.ref, "edition": EDITION.ref}


def offers(*rows, **facts):
    """Field → the refs suggested for it, in order."""
    found = suggested(a_picture(*TAGS, KPI, *rows), {**NEW, **facts})
    return {name: [offer.ref for offer in some] for name, some in found.items()}


def why(*rows, **facts):
    found = suggested(a_picture(*TAGS, KPI, *rows), {**NEW, **facts})
    return {offer.ref: offer.why for some in found.values() for offer in some}


def test_an_action_of_which_nothing_is_known_gets_no_suggestion():
    assert offers(LIKE) == {}
    assert suggested(a_picture(*TAGS, KPI, LIKE), {}) == {}


def test_the_tags_of_the_kpis_it_should_move_are_suggested_with_the_kpi_as_the_reason():
    wanted = {"pillars": [PILLAR.ref], "strand": [WELFARE.ref], "priorities": [POVERTY.ref]}
    assert offers(kpis=(KPI.ref,)) == wanted
    assert why(kpis=(KPI.ref,))[PILLAR.ref] == "K-A02 Persistent absence, which it should move, speaks to it"


def test_the_tags_of_an_action_of_the_same_objective_that_shares_a_word_are_suggested():
    assert offers(LIKE, title="Breakfast for all") == {"pillars": [SECOND.ref], "strand": [EDUCATION.ref]}
    assert why(LIKE, title="Breakfast for all")[SECOND.ref] == (
        "A-14 Breakfast club at Hazel Grange, an action like it, serves it"
    )


def test_an_action_of_another_objective_or_with_a_word_that_many_titles_have_suggests_nothing():
    assert offers(LIKE, title="Breakfast for all", objective="elementoth") == {}
    many = [an_action(ref=f"many{n:06}", code=f"A-{n}", title="Breakfast club") for n in range(4)]
    assert offers(LIKE, *many, title="Breakfast for all") == {}


def test_an_action_never_suggests_its_own_tags_to_itself():
    assert offers(LIKE, title=LIKE.title, ref=LIKE.ref) == {}


def test_an_element_that_shares_a_word_is_suggested_with_the_word():
    assert offers(success="Less poverty among families.") == {"priorities": [POVERTY.ref]}
    assert why(success="Less poverty among families.")[POVERTY.ref] == "it speaks of “poverty” too"


def test_short_and_common_words_suggest_nothing():
    assert offers(title="Jobs for every school and its children") == {}


def test_what_is_chosen_already_is_not_suggested():
    assert offers(kpis=(KPI.ref,), pillars=(PILLAR.ref,), priorities=[POVERTY.ref]) == {"strand": [WELFARE.ref]}


def test_beside_a_main_strand_another_one_is_suggested_among_the_others():
    assert offers(kpis=(KPI.ref,), strand=EDUCATION.ref)["other_strands"] == [WELFARE.ref]
    assert "other_strands" not in offers(kpis=(KPI.ref,), strand=WELFARE.ref)


def test_a_kpi_says_more_than_an_action_and_an_action_more_than_a_word():
    found = offers(LIKE, title="Breakfast without poverty", kpis=(KPI.ref,), success="Exposure")
    assert found["pillars"] == [PILLAR.ref, SECOND.ref]
    assert found["priorities"] == [POVERTY.ref, EXPOSURE.ref]
    both = {"title": "Breakfast without poverty", "kpis": (KPI.ref,)}
    assert why(LIKE, **both)[POVERTY.ref].startswith("K-A02")


def test_at_most_three_are_suggested_for_a_facet():
    many = [element(n, Part.PRIORITY, f"Priority {n}") for n in range(3, 9)]
    kpi = a_kpi(ref="kpi0000002", code="K-A03", priorities=tuple(e.ref for e in many))
    assert offers(kpi, *many, kpis=(kpi.ref,)) == {"priorities": [e.ref for e in many[:MOST]]}


def test_elements_of_another_version_are_never_suggested():
    old = Edition("edition002", "2023-2025", "Old", EDITION.starts_on, EDITION.ends_on, EditionState.ARCHIVED)
    kpi = a_kpi(ref="kpi0000002", code="K-A03", priorities=("priori0009",))
    rows = (old, kpi, element(9, Part.PRIORITY, "Reduce poverty", old.ref))
    assert offers(*rows, kpis=(kpi.ref,), title="Poverty") == {"priorities": [POVERTY.ref]}
