"""The fictional sample: its published words are exact, its rows hang together, and it shows what it should show."""

from collections import Counter
from datetime import date

import pytest

from data.sample import days, plan
from data.sample.rows import Row
from framework.plans import Answer, MoveReason

ROWS = plan.rows()
CURRENT = "2025-2027"
TRUST = "PACT (Prince Albert Community Trust)"
LISTS = {
    "Actions": {"supporters": "Organisations", "schools": "Schools", "should move": "KPIs"},
    "Events": {"organisations": "Organisations", "schools": "Schools"},
}
LINKS = {
    "Actions": {
        "owner": "People",
        "organisation": "Organisations",
        "version": "Versions",
        "set by": "Organisations",
        "carried from": "Actions",
    },
    "Evidence": {"action": "Actions", "by": "People"},
    "Queries": {"KPI": "KPIs", "place": "Schools", "asked by": "People"},
    "Milestones": {"action": "Actions"},
    "Updates": {"action": "Actions", "by": "People"},
    "KPIs": {"version": "Versions", "owner": "People"},
    "Targets": {"KPI": "KPIs", "place": "Schools"},
    "Values": {"KPI": "KPIs", "place": "Schools"},
    "Notes": {"KPI": "KPIs", "place": "Schools"},
    "Comparators": {"KPI": "KPIs"},
    "People": {"organisation": "Organisations", "school": "Schools"},
    "Calendar": {"school": "Schools"},
}
REQUIRED = {
    "Versions": "code title start end state",
    "Framework": "version part order words",
    "Actions": "code version objective action due",
    "Milestones": "action milestone due",
    "Updates": "action date update",
    "Evidence": "action|what it shows|date|link",
    "Queries": "KPI|place|period|question|asked on",
    "KPIs": "code version KPI measure frequency",
    "Targets": "KPI period",
    "Values": "KPI place period",
    "Schools": "name kind",
    "Organisations": "name",
    "People": "name role",
    "Events": "title start",
    "Calendar": "kind|academic year|index|start|end",
    "Meetings": "title kind date",
}


def key_of(sheet: str) -> str:
    return "code" if "code" in ROWS[sheet][0] else "name"


def known(sheet: str) -> set[object]:
    return {cells[key_of(sheet)] for cells in ROWS[sheet]}


def words(part: str, version: str) -> list[object]:
    return [cells["words"] for cells in ROWS["Framework"] if (cells["part"], cells["version"]) == (part, version)]


def current(sheet: str) -> list[Row]:
    return [cells for cells in ROWS[sheet] if cells["version"] == CURRENT]


def updates_of(code: object) -> list[Row]:
    found = [cells for cells in ROWS["Updates"] if cells["action"] == code]
    return sorted(found, key=lambda cells: day(cells["date"]))


def day(cell: object) -> date:
    assert isinstance(cell, date)
    return cell


def number(cell: object) -> float:
    assert isinstance(cell, int | float)
    return cell


def is_open(action: Row) -> bool:
    return action.get("status") not in ("done", "stopped")


def is_late(action: Row) -> bool:
    return is_open(action) and day(action["due"]) < plan.SAMPLE_DAY


def is_quiet(action: Row) -> bool:
    said = updates_of(action["code"])
    return is_open(action) and bool(said) and days.school_days_since(day(said[-1]["date"])) > 45


@pytest.mark.parametrize("version", ["2023-2025", CURRENT])
class TestPublishedWords:
    def test_the_nine_statements_stand_word_for_word_and_in_order(self, version: str) -> None:
        assert words("statement", version) == [
            "PACT has long-lasting relationships with young people and families",
            "Long-lasting relationships enable us to think broadly about outcomes we want for young people",
            "Trust leaders' moral purpose is strengthened through developing civic leadership",
            "Run great schools and advocate for (local and national) policy change when needed to achieve long-term "
            "goals",
            "Build and nurture strategic partnerships with other schools and other sectors supporting children and "
            "families locally",
            "Focus on impact and measure progress against broad outcomes for all children in communities in which the "
            "Trust works",
            "Invest in developing our workforce (especially locally) and contributing to strong communities",
            "Deliberately empower others (including people outside the Trust) to lead and take action to support "
            "children and families",
            "Use our position as a trusted, visible institution to improve local systems and increase their impact",
        ]

    def test_statements_one_to_three_are_premises_and_the_rest_commitments(self, version: str) -> None:
        rows = [r for r in ROWS["Framework"] if (r["part"], r["version"]) == ("statement", version)]
        assert [r["kind"] for r in rows] == ["premise"] * 3 + ["commitment"] * 6
        assert [r["order"] for r in rows] == list(range(1, 10))

    def test_the_objectives_pillars_strands_and_priorities_stand_word_for_word(self, version: str) -> None:
        assert words("objective", version) == [
            "Contribute to a coherent education experience for all children and young people",
            "Develop a deep understanding of our communities and work closely with them",
            "Consciously develop our local workforce: the Trust as an employer",
        ]
        assert words("pillar", version) == [
            "Collaboration and accountability",
            "Civic purpose and wider common good",
        ]
        assert words("strand", version) == [
            "Exceptional Education",
            "Exceptional Welfare",
            "Exceptional Infrastructure",
            "Sustainability",
            "Exceptional People",
        ]
        assert words("priority", version) == [
            "Prevent and reduce poverty",
            "Mobilising underserved communities",
            "Providing exposure to opportunities",
            "Enhancing PACT's leadership culture",
        ]

    def test_the_aim_and_the_other_single_words_stand_as_published(self, version: str) -> None:
        assert words("aim", version) == [
            "Establish PACT as an anchor institution in our communities, to mobilise joint responsibility to reverse "
            "the tide of deprivation and lack of equitable opportunities facing our students"
        ]
        assert words("strapline", version) == ["Ensuring every individual is free to succeed"]
        assert words("motto", version) == ["Collaboration today. Mobilising the communities of tomorrow."]
        assert words("basis", version) == [
            "Guided by the latest insights from our community task force partnership initiative and guiding "
            "principles and theory from the Confederation of School Trust's Community Anchoring \u2013 School Trusts "
            "as Anchor Institutions whitepaper"
        ]
        assert words("purpose", version) == [
            "to set our strategic objective and direct tactical management of targeted interventions and activity "
            "which embeds the Trust as an anchor institution within its community"
        ]
        assert words("task force", version) == [
            "our first ever 'Community Task Force' \u2013 a group made up of local organisations working towards "
            "mobilising our community to raise aspirations"
        ]
        assert words("contact", version) == [
            "communityevents@the-pact.co.uk (Community Task Force: get involved, find out more; Community Events "
            "Calendar)"
        ]

    def test_the_leaders_statement_is_left_for_the_trust(self, version: str) -> None:
        assert words("leader's statement", version) == []


def test_the_version_after_2025_says_that_it_is_fictional() -> None:
    assert [(r["code"], r["title"], r["state"], r["fictional"]) for r in ROWS["Versions"]] == [
        ("2023-2025", "Civic Duty Framework 2023-2025", "archived", "no"),
        (CURRENT, "Civic Duty Framework 2025-2027 (fictional continuation)", "current", "yes"),
    ]


def test_only_published_words_the_trust_and_real_dates_are_not_fictional() -> None:
    real = {sheet for sheet, rows in ROWS.items() for r in rows if r["fictional"] == "no"}
    assert real == {"Versions", "Framework", "Schools", "Calendar"}
    assert [r["name"] for r in ROWS["Schools"] if r["fictional"] == "no"] == [TRUST]


def test_making_the_plan_twice_gives_the_same_rows() -> None:
    assert plan.rows() == ROWS


@pytest.mark.parametrize("sheet", list(REQUIRED))
def test_every_row_has_the_required_cells_and_no_empty_ones(sheet: str) -> None:
    wanted = REQUIRED[sheet].split("|" if "|" in REQUIRED[sheet] else " ")
    for cells in ROWS[sheet]:
        assert set(wanted) <= cells.keys()
        assert not [heading for heading, cell in cells.items() if cell is None or cell == ""]


@pytest.mark.parametrize(("sheet", "column"), [(s, c) for s, columns in LINKS.items() for c in columns])
def test_every_single_link_points_at_something(sheet: str, column: str) -> None:
    assert {r[column] for r in ROWS[sheet] if column in r} <= known(LINKS[sheet][column])


@pytest.mark.parametrize(("sheet", "column"), [(s, c) for s, columns in LISTS.items() for c in columns])
def test_every_list_of_links_points_at_something(sheet: str, column: str) -> None:
    found = {part for r in ROWS[sheet] for part in str(r.get(column, "")).split("; ") if part}
    assert found <= known(LISTS[sheet][column])


@pytest.mark.parametrize("sheet", ["Actions", "KPIs"])
def test_every_tag_is_a_part_of_the_framework(sheet: str) -> None:
    for r in ROWS[sheet]:
        assert r["objective"] in ("A", "B", "C")
        if "strand" in r:
            others = str(r.get("other strands", r["strand"])).split("; ")
            assert {r["strand"], *others} <= set(words("strand", CURRENT))
        for column, most in (("pillars", 2), ("statements", 9), ("priorities", 4)):
            numbers = [int(n) for n in str(r.get(column, "1")).split("; ")]
            assert all(1 <= n <= most for n in numbers)


def test_an_action_and_the_kpis_it_should_move_belong_to_one_version() -> None:
    version = {r["code"]: r["version"] for r in ROWS["KPIs"]}
    for action in ROWS["Actions"]:
        for code in filter(None, str(action.get("should move", "")).split("; ")):
            assert version[code] == action["version"]


@pytest.mark.parametrize("sheet", ["Versions", "Actions", "KPIs", "Schools", "Organisations", "People"])
def test_codes_and_names_are_used_once(sheet: str) -> None:
    assert len(known(sheet)) == len(ROWS[sheet])


def test_initials_are_used_once() -> None:
    assert len({r["initials"] for r in ROWS["People"]}) == len(ROWS["People"])


@pytest.mark.parametrize(
    ("sheet", "least", "most"),
    [
        ("Actions", 43, 48),
        ("Milestones", 100, 140),
        ("Updates", 220, 260),
        ("KPIs", 28, 35),
        ("Values", 2000, 2600),
        ("Schools", 8, 8),
        ("Organisations", 12, 15),
        ("People", 20, 24),
        ("Events", 9, 12),
    ],
)
def test_there_are_about_as_many_rows_as_a_real_plan_has(sheet: str, least: int, most: int) -> None:
    assert least <= len(ROWS[sheet]) <= most


def test_an_action_has_one_to_four_milestones() -> None:
    counts = Counter(r["action"] for r in ROWS["Milestones"])
    assert counts.keys() == known("Actions")
    assert set(counts.values()) <= {1, 2, 3, 4}


def test_the_last_update_gives_the_status_and_due_of_its_action() -> None:
    for action in ROWS["Actions"]:
        said = updates_of(action["code"])
        status = [u["status"] for u in said if "status" in u]
        moved = [u["new due"] for u in said if "new due" in u]
        if said:
            assert action.get("status") in ((status[-1],) if status else (None, "not started"))
        assert action["due"] == (moved[-1] if moved else action["first due"])


def test_a_moved_date_has_a_reason_from_the_list_and_one_in_words() -> None:
    moved = [u for u in ROWS["Updates"] if "new due" in u]
    assert all("reason for the move" in u for u in moved)
    assert Counter(u["kind of reason"] for u in moved) == {
        MoveReason.OTHERS: 3,
        MoveReason.PEOPLE: 1,
        MoveReason.MONEY: 1,
        MoveReason.MORE_WORK: 1,
        MoveReason.CHECKS: 1,
    }


def test_what_an_action_should_move_is_said_of_a_kpi_and_goes_the_way_that_is_better() -> None:
    direction = {r["code"]: r.get("direction") for r in ROWS["KPIs"]}
    expecting = [r for r in ROWS["Actions"] if "by how much" in r]
    for r in expecting:
        wanted = {"higher": 1, "lower": -1}[str(direction[str(r["should move"]).split("; ")[0]])]
        assert number(r["by how much"]) * wanted > 0
        assert day(r["by when"]) > day(r["start"])
    assert len(expecting) >= 12


def test_what_changed_is_said_of_closed_actions_alone_and_not_of_all_of_them() -> None:
    told = {r["code"] for r in current("Actions") if "what changed" in r}
    closed = {r["code"] for r in current("Actions") if not is_open(r)}
    assert told < closed
    assert closed - told == {"B-15", "C-07"}


def test_of_the_done_actions_ten_have_evidence_and_three_rest_on_their_owners_word() -> None:
    shown = {r["action"] for r in ROWS["Evidence"]}
    done = [r for r in current("Actions") if r.get("status") == "done"]
    without = [r["code"] for r in done if "evidence" not in r and r["code"] not in shown]
    assert (len(done), without) == (13, ["B-08", "B-14", "C-07"])


def test_evidence_is_a_link_to_an_address_that_belongs_to_nobody() -> None:
    written = {r["code"]: day(r["recorded on"]) for r in ROWS["Actions"]}
    for r in ROWS["Evidence"]:
        assert str(r["link"]).startswith("https://example.org/")
        assert written[r["action"]] < day(r["date"]) <= plan.SAMPLE_DAY
    assert 4 <= len(ROWS["Evidence"]) <= 6


def test_two_queries_are_open_and_one_was_answered() -> None:
    assert [("answer" in r, "answered on" in r) for r in ROWS["Queries"]] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_everybody_but_one_has_an_address_that_belongs_to_nobody() -> None:
    addresses = [str(r["email"]) for r in ROWS["People"] if "email" in r]
    assert all(address.endswith(".example") and " " not in address for address in addresses)
    assert len(set(addresses)) == len(addresses) == len(ROWS["People"]) - 1


def test_one_person_has_left_and_still_owns_an_open_action() -> None:
    left = {r["name"]: day(r["left"]) for r in ROWS["People"] if "left" in r}
    assert list(left) == ["Patience Adeyemi"]
    for name, last in left.items():
        assert [r["code"] for r in ROWS["Actions"] if r.get("owner") == name and is_open(r)] == ["B-11"]
        assert all(day(u["date"]) <= last for u in ROWS["Updates"] if u.get("by") == name)


def test_two_actions_carry_on_ones_of_the_ended_version() -> None:
    assert {r["code"]: r["carried from"] for r in ROWS["Actions"] if "carried from" in r} == {
        "A-06": "A-03",
        "A-08": "B-04",
    }


def test_a_word_that_says_nothing_new_is_marked_as_that_answer() -> None:
    silent = [u for u in ROWS["Updates"] if str(u["update"]).startswith("Nothing new")]
    assert {u.get("answer") for u in silent} == {Answer.NOTHING_NEW}


def test_an_answer_gives_no_status_and_one_says_that_it_is_not_theirs() -> None:
    answered = [u for u in ROWS["Updates"] if "answer" in u]
    assert all("status" not in u for u in answered)
    assert [u["action"] for u in answered if u["answer"] == Answer.NOT_OURS] == ["B-19"]


def test_one_word_came_by_link_and_was_not_checked_yet() -> None:
    assert [(u["action"], u["by"]) for u in ROWS["Updates"] if "not yet checked" in u] == [("A-08", "Harpreet Sandhu")]


def test_an_update_is_said_on_a_school_day_and_written_down_within_six_days() -> None:
    for update in ROWS["Updates"]:
        assert day(update["date"]) in days.SCHOOL_DAYS
        assert 0 <= (day(update["recorded on"]) - day(update["date"])).days <= 6


def test_an_action_is_written_down_before_anything_is_said_of_it() -> None:
    for action in ROWS["Actions"]:
        assert all(day(action["recorded on"]) <= day(u["date"]) for u in updates_of(action["code"]))


def test_done_actions_have_no_open_milestone_and_nothing_is_done_in_the_future() -> None:
    done = {r["code"] for r in ROWS["Actions"] if r.get("status") == "done"}
    assert all("done on" in m for m in ROWS["Milestones"] if m["action"] in done)
    assert all(day(m["done on"]) <= plan.SAMPLE_DAY for m in ROWS["Milestones"] if "done on" in m)


def test_nothing_was_written_down_before_the_plan_began_or_after_its_day() -> None:
    headings = ("recorded on", "corrected on", "moved on")
    written = {day(r[h]) for rows in ROWS.values() for r in rows for h in headings if h in r}
    assert min(written) >= date(2023, 9, 1)
    assert max(written) <= plan.SAMPLE_DAY
    assert len(written) < 180


def test_statements_two_and_nine_have_no_action_now_and_sustainability_at_most_one() -> None:
    tagged = {n for r in current("Actions") for n in str(r["statements"]).split("; ")}
    assert tagged == {"1", "3", "4", "5", "6", "7", "8"}
    assert sum(r["strand"] == "Sustainability" for r in current("Actions")) <= 1


def test_the_current_actions_stand_as_a_real_plan_does() -> None:
    assert Counter(r.get("status") for r in current("Actions")) == {
        "done": 13,
        "on track": 9,
        "at risk": 5,
        "not started": 3,
        None: 3,
        "blocked": 2,
        "stopped": 2,
    }


def test_five_actions_are_late_and_one_of_them_by_24_school_days_after_two_moves() -> None:
    late = {r["code"]: days.school_days_since(day(r["due"])) for r in ROWS["Actions"] if is_late(r)}
    assert late == {"A-05": 24, "A-11": 9, "A-16": 14, "B-09": 9, "C-05": 5}
    assert sum("new due" in u for u in updates_of("A-05")) == 2
    assert sum("new due" in u for u in updates_of("B-09")) == 3


def test_four_actions_have_gone_quiet() -> None:
    assert [r["code"] for r in ROWS["Actions"] if is_quiet(r)] == ["A-07", "A-18", "B-11", "B-17"]


def test_blocked_actions_say_what_is_in_the_way() -> None:
    blocked = [r["code"] for r in ROWS["Actions"] if r.get("status") == "blocked"]
    assert blocked
    assert all("in the way" in updates_of(code)[-1] for code in blocked)


def test_work_rests_on_one_person_and_some_on_nobody() -> None:
    owners = Counter(r.get("owner") for r in current("Actions") if is_open(r))
    assert owners["Joanna Whitlock"] == 6
    assert owners[None] == 3


def test_nothing_of_the_ended_version_is_still_open() -> None:
    assert {r["status"] for r in ROWS["Actions"] if r["version"] == "2023-2025"} == {"done", "stopped"}


def test_30_of_36_values_are_in_for_the_half_term_just_ended() -> None:
    places = {"schools": 7, "trust": 1, "primary schools": 6, "secondary schools": 1}
    reported = [r for r in current("KPIs") if "counted here" not in r]
    half_termly = {r["code"]: r for r in reported if r["frequency"] == "half-termly"}
    found = [
        r
        for r in ROWS["Values"]
        if r["KPI"] in half_termly and r["period"] == "Autumn 1, 2026/27" and "group" not in r and "value" in r
    ]
    assert sum(places[str(r["reported by"])] for r in half_termly.values()) == 36
    assert len(found) == 30
    missing = Counter(str(r["place"]) for r in found)
    assert [place for place, n in missing.items() if n < 5 and place != TRUST] == [
        "Mill Lane Primary",
        "Lantern Hill Primary",
    ]


def test_no_slot_has_two_values() -> None:
    slots = Counter((r["KPI"], r["place"], r["period"], r.get("group")) for r in ROWS["Values"])
    assert max(slots.values()) == 1


def test_the_trusts_total_is_never_stored_where_schools_report() -> None:
    by = {r["code"]: r["reported by"] for r in ROWS["KPIs"]}
    assert not [r for r in ROWS["Values"] if r["place"] == TRUST and by[r["KPI"]] != "trust" and "group" not in r]


def test_a_school_that_joined_late_has_no_values_before() -> None:
    joined = {r["name"]: day(r["joined"]) for r in ROWS["Schools"] if "joined" in r}
    assert joined == {"Larkfield Primary": date(2024, 9, 1)}
    assert not [r for r in ROWS["Values"] if r["place"] in joined and "2023/24" in str(r["period"])]


def test_a_value_with_a_denominator_is_worked_out_from_it() -> None:
    kpis = {r["code"]: r for r in ROWS["KPIs"]}
    for r in ROWS["Values"]:
        if "denominator" in r:
            kpi = kpis[r["KPI"]]
            times = 1 if kpi["measure"] == "average" else number(kpi.get("per", 100))
            assert r["value"] == round(times * number(r["numerator"]) / number(r["denominator"]), 4)


def test_percentages_lie_between_0_and_100_and_counts_are_whole() -> None:
    measure = {r["code"]: r["measure"] for r in ROWS["KPIs"]}
    for r in ROWS["Values"]:
        for value in (number(r[h]) for h in ("value", "earlier value") if h in r):
            if measure[r["KPI"]] == "percentage":
                assert 0 <= value <= 100
            if measure[r["KPI"]] == "count":
                assert value == int(value) >= 0


def test_every_period_of_a_value_target_or_baseline_is_in_the_calendar() -> None:
    known_periods = {
        p.words
        for year in days.YEARS
        for p in [*days.half_terms(year), *days.terms(year), days.school_year(year), *days.months(year)]
    }
    named = {r["period"] for sheet in ("Values", "Targets", "Queries") for r in ROWS[sheet]}
    named |= {r["baseline period"] for r in ROWS["KPIs"] if "baseline period" in r}
    assert named <= known_periods


def test_the_calendar_has_six_half_terms_three_terms_and_a_year_for_five_years() -> None:
    counts = Counter((r["academic year"], r["kind"]) for r in ROWS["Calendar"] if "school" not in r)
    for year in ("2023/24", "2024/25", "2025/26", "2026/27", "2027/28"):
        assert (counts[year, "half-term"], counts[year, "term"], counts[year, "year"]) == (6, 3, 1)
    assert sum("school" in r for r in ROWS["Calendar"]) == 1


def test_the_values_show_what_real_returns_show() -> None:
    values = ROWS["Values"]
    assert {r["state"] for r in values} == {"reported", "provisional", "not applicable", "not available"}
    assert {"z", "x", "c", "u"} == {r["symbol"] for r in values if "symbol" in r}
    corrected = [day(r["corrected on"]) for r in values if "earlier value" in r]
    assert [sum(d > date(2026, 7, 7) for d in corrected), len(corrected)] == [2, 5]
    assert any(r["KPI"] == "K-C08" and r["value"] == 0 for r in values)


def test_small_numbers_stay_small_where_severe_absence_is_counted() -> None:
    primary = [r for r in ROWS["Values"] if r["KPI"] == "K-A03" and "Primary" in str(r["place"]) and "numerator" in r]
    assert {r["numerator"] for r in primary} == {0, 1, 2, 3, 4}


def test_two_kpis_have_no_values_yet_one_no_direction_and_one_no_owner() -> None:
    measured = {r["KPI"] for r in ROWS["Values"]}
    without = [r["code"] for r in ROWS["KPIs"] if r["code"] not in measured and "counted here" not in r]
    assert without == ["K-B12", "K-C12"]
    assert [r["code"] for r in ROWS["KPIs"] if "direction" not in r] == ["K-W10"]
    assert [r["code"] for r in ROWS["KPIs"] if "owner" not in r] == ["K-C14"]


def test_kpis_stand_on_all_four_levels_and_the_board_set_is_at_most_twelve() -> None:
    assert {r["level"] for r in current("KPIs")} == {"context", "output", "outcome", "connection"}
    assert 8 <= sum(r["board set"] == "yes" for r in current("KPIs")) <= 12


def test_no_target_lies_on_the_wrong_side_of_its_baseline() -> None:
    kpis = {r["code"]: r for r in ROWS["KPIs"]}
    for r in ROWS["Targets"]:
        kpi = kpis[r["KPI"]]
        if "target" in r and "baseline" in kpi and "place" not in r:
            gain = number(r["target"]) - number(kpi["baseline"])
            assert gain * (-1 if kpi["direction"] == "lower" else 1) >= 0


def test_a_moved_target_keeps_the_earlier_one_and_says_why() -> None:
    moved = [r for r in ROWS["Targets"] if "earlier target" in r]
    assert [r["KPI"] for r in moved] == ["K-A02", "K-W03", "K-C14"]
    assert all("reason" in r and day(r["moved on"]) > day(r["recorded on"]) for r in moved)


def test_the_board_met_on_7_july_2026_and_meets_next_on_24_november() -> None:
    boards = sorted(day(r["date"]) for r in ROWS["Meetings"] if r["kind"] == "board")
    assert date(2026, 7, 7) in boards
    assert min(d for d in boards if d > plan.SAMPLE_DAY) == date(2026, 11, 24)
