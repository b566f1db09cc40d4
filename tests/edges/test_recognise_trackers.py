"""Two dozen trackers as schools, councils and charities keep them: what is taken is what a person would count."""

from datetime import date as day
from typing import Any, NamedTuple

import pytest

from framework.workbook.recognise.shape import Holds, Way
from tests.strangers import fields, looked_at, numbers

_ = None


class Tracker(NamedTuple):
    """rows, what it is sheet by sheet: header row and record rows of each table, and some fields of the first."""

    rows: list[list[Any]]
    tables: list[tuple[int, list[int]]]
    fields: dict[str, str]
    holds: Holds
    merges: tuple[str, ...] = ()
    way: Way = Way.DOWN


TRACKERS = {
    "a school improvement plan with merged objectives, a block a priority": Tracker(
        [
            ["Hollybank Primary School: School Improvement Plan 2024-25"],
            [],
            ["Priority 1: Quality of education"],
            ["Objective", "Actions", "Lead", "By when", "Resources", "Success criteria", "Monitoring", "RAG", "Impact"],
            ["1.1 Reading", "Train staff", "AHT", "Autumn 1", "£500 CPD", "All trained", "Learning walks", "G", "Yes"],
            [_, "Buy new books", "English lead", "Dec 2024", "£2000", "Books in class", "Pupil voice", "A"],
            [_, "Daily reading", "Class teachers", "Ongoing", _, "80% ARE", "Data drops", "G"],
            ["1.2 Maths", "Mastery CPD", "Maths lead", "Spring 2", "£300", _, "Book look", "R"],
            [_, "Number sense", "Maths lead", "Summer 1"],
            [],
            ["Priority 2: Behaviour and attitudes"],
            ["Objective", "Actions", "Lead", "By when", "Resources", "Success criteria", "Monitoring", "RAG", "Impact"],
            ["2.1 Attendance", "Weekly tracking", "DHT", "Weekly", _, "96%", "EWO", "A"],
            [_, "Home visits", "HT", "Autumn 2", _, _, _, "R"],
        ],
        [(4, [5, 6, 7, 8, 9]), (12, [13, 14])],
        {
            "Objective": "objective",
            "Actions": "action",
            "Lead": "owner",
            "By when": "due",
            "Resources": "cost",
            "Success criteria": "success",
            "Monitoring": "evidence",
            "RAG": "rag",
        },
        Holds.ACTIONS,
        ("A1:I1", "A3:I3", "A5:A7", "A8:A9", "A11:I11", "A13:A14"),
    ),
    "a trust dashboard with a block a term and a total": Tracker(
        [
            ["Trust KPI dashboard 2024/25"],
            ["KPI", "Owner", "Target", "Autumn", _, "Spring", _, "Summer"],
            [_, _, _, "Actual", "RAG", "Actual", "RAG", "Actual", "RAG"],
            ["Attendance", "CEO", "96%", "95.2%", "A", "95.6%", "A"],
            ["Persistent absence", "CEO", "12%", "14%", "R", "13%", "A"],
            ["Staff turnover", "COO", "10%", "8%", "G", "9%", "G"],
            ["Total"],
        ],
        [(3, [4, 5, 6])],
        {"KPI": "kpi", "Owner": "owner", "Target": "target", "Autumn Actual": "value", "Spring RAG": "rag"},
        Holds.KPIS,
        ("A1:I1", "D2:E2", "F2:G2", "H2:I2", "A2:A3", "B2:B3", "C2:C3"),
        Way.PERIODS_ACROSS,
    ),
    "schools down and half-terms across, with the trust's average below": Tracker(
        [
            ["School", "Aut 1", "Aut 2", "Spr 1", "Spr 2", "Sum 1", "Sum 2"],
            ["Ash", 95.1, 95.2, 94.0],
            ["Birch", 96.1, 95.9, 94.6],
            ["Cedar", 93.1, 92, 91],
            ["Trust average", 94.8, 94.4, 93.2],
        ],
        [(1, [2, 3, 4])],
        {"School": "school", "Aut 1": "value", "Sum 2": "value"},
        Holds.VALUES,
        way=Way.PERIODS_ACROSS,
    ),
    "KPIs down and schools across": Tracker(
        [["KPI", "Target", "Ash", "Birch", "Trust"], ["Attendance %", 96, 95, 96, 95.5], ["Exclusions", 0, 1, 0, 1]],
        [(1, [2, 3])],
        {"KPI": "kpi", "Target": "target"},
        Holds.KPIS,
    ),
    "years across as numbers": Tracker(
        [["Measure", 2019, 2020, 2021, 2022], ["Bullying incidents", 1, 2, 3, 4], ["Exclusions", 2, 3, 4, 5]],
        [(1, [2, 3])],
        {"Measure": "kpi", "2019": "value", "2022": "value"},
        Holds.VALUES,
        way=Way.PERIODS_ACROSS,
    ),
    "month ends across as true dates": Tracker(
        [
            ["KPI", "Owner", day(2024, 9, 30), day(2024, 10, 31), day(2024, 11, 30)],
            ["Attendance", "DHT", 95, 96, 94],
            ["Exclusions", "HT", 1, 0, 2],
        ],
        [(1, [2, 3])],
        {"KPI": "kpi", "30 Sep 2024": "value"},
        Holds.KPIS,
        way=Way.PERIODS_ACROSS,
    ),
    "school years across with the next year's target": Tracker(
        [
            ["Indicator", "Unit", "2021/22", "2022/23", "2023/24", "Target 2024/25"],
            ["KS2 reading", "%", 70, 72, 74, 76],
            ["KS2 maths", "%", 68, 70, 73, 75],
        ],
        [(1, [2, 3])],
        {"Indicator": "kpi", "Unit": "unit", "2021/22": "value", "Target 2024/25": "target"},
        Holds.KPIS,
        way=Way.PERIODS_ACROSS,
    ),
    "two years of termly targets under merged headings": Tracker(
        [
            ["Objective", "Success measure", "Year 1 targets", _, _, "Year 2 targets"],
            [_, _, "Autumn", "Spring", "Summer", "Autumn", "Spring", "Summer"],
            ["Raise attendance", "96%", 94, 95, 95.5, 95.5, 96, 96],
            ["Cut exclusions", "<5", 10, 9, 8, 7, 6, 5],
        ],
        [(2, [3, 4])],
        {"Objective": "objective", "Year 1 targets Autumn": "target", "Year 2 targets Summer": "target"},
        Holds.VALUES,
        ("A1:A2", "B1:B2", "C1:E1", "F1:H1"),
        Way.PERIODS_ACROSS,
    ),
    "values one a row": Tracker(
        [
            ["School", "Indicator", "Period", "Value", "Numerator", "Denominator"],
            ["Ash", "Attendance", "Autumn 2024", "95%", 950, 1000],
            ["Birch", "Attendance", "Autumn 2024", "96%", 960, 1000],
        ],
        [(1, [2, 3])],
        {"School": "school", "Indicator": "kpi", "Period": "period", "Value": "value", "Numerator": "numerator"},
        Holds.VALUES,
    ),
    "a risk register with grouped scores and numbered rows to spare": Tracker(
        [
            ["Risk register"],
            ["Last updated:", day(2024, 9, 1)],
            [],
            [_, _, _, "Inherent", _, _, _, "Residual"],
            ["Ref", "Risk", "Cause", "Likelihood (1-5)", "Impact (1-5)", "Score", "Controls", "Likelihood", "Impact"],
            ["R1", "Loss of funding", "Falling rolls", 4, 5, 20, "Budget monitoring", 3, 4],
            ["R2", "Safeguarding failure", "Turnover", 2, 5, 10, "Training", 1, 5],
            ["R3", _, _, _, _, "=D8*E8"],
            ["R4"],
        ],
        [(5, [6, 7])],
        {
            "Ref": "code",
            "Risk": "action",
            "Inherent Likelihood (1-5)": "likelihood",
            "Inherent Impact (1-5)": "impact",
            "Controls": "mitigation",
        },
        Holds.RISKS,
        ("D4:F4", "H4:I4"),
    ),
    "a risk register where the risk is only described": Tracker(
        [
            [
                "Risk ID",
                "Risk Owner",
                "Description",
                "Likelihood",
                "Impact",
                "Existing Controls",
                "Action Plan",
                "Status",
            ],
            ["R1", "CIO", "Data is lost", 3, 4, "MFA", "Back up", "In progress"],
            ["R2", "CFO", "Fraud", 3, 4, "Audit", "Train", "Open"],
            ["R3", "CFO", "Fire", 3, 4, "Alarm", "Drill", "Closed"],
        ],
        [(1, [2, 3, 4])],
        {"Description": "action", "Existing Controls": "mitigation", "Risk Owner": "owner"},
        Holds.RISKS,
    ),
    "an action log with remarks and a key below it": Tracker(
        [
            ["No.", "Action required", "Responsible", "Deadline", "Status", "Comments"],
            [1, "Fix roof", "J Smith", day(2024, 10, 1), "Complete", "done"],
            [2, "Paint hall", "A Patel", day(2024, 11, 1), "In progress"],
            [3, "Review policy", "K Jones", "TBC"],
            [4],
            [5],
            [],
            ["Note: RAG reviewed monthly by the governing board."],
            ["Key: Green = on track"],
        ],
        [(1, [2, 3, 4])],
        {"No.": "code", "Action required": "action", "Responsible": "owner", "Deadline": "due", "Comments": "notes"},
        Holds.ACTIONS,
    ),
    "a council tracker under a title and a directorate": Tracker(
        [
            ["Corporate Plan Action Tracker Q2 2024/25"],
            ["Directorate: Place"],
            [],
            ["Priority", "Ref", "Milestone", "Lead Officer", "Target Date", "Progress update", "BRAG"],
            ["A greener borough", "G1", "Plant trees", "J Green", day(2025, 3, 31), "200 planted so far", "A"],
            ["A greener borough", "G2", "EV charging", "K Blue", day(2025, 6, 30), "Procurement under way", "G"],
            ["Thriving economy", "E1", "Market relaunch", "L Red", day(2024, 12, 1), "Relaunched in October", "B"],
        ],
        [(4, [5, 6, 7])],
        {"Priority": "objective", "Milestone": "milestone", "Lead Officer": "owner", "BRAG": "rag"},
        Holds.ACTIONS,
    ),
    "an Ofsted action plan with the area named once a group": Tracker(
        [
            ["Action plan following Ofsted inspection"],
            [
                "Area for improvement",
                "Actions",
                "Person responsible",
                "Timescale",
                "Success criteria",
                "Progress (RAG)",
            ],
            ["Phonics", "Train staff", "Phonics lead", "By Christmas", "All staff consistent", "Green"],
            [_, "Buy decodable books", "Phonics lead", "October half term", "Books in use", "Amber"],
            ["Attendance", "Meet families", "Attendance officer", "ongoing", "PA < 10%", "Red"],
        ],
        [(2, [3, 4, 5])],
        {
            "Area for improvement": "objective",
            "Person responsible": "owner",
            "Timescale": "due",
            "Progress (RAG)": "rag",
        },
        Holds.ACTIONS,
    ),
    "a plan headed by questions": Tracker(
        [
            ["SDP 2024"],
            ["Key issue 1: Raise standards in writing"],
            ["What?", "Who?", "When?", "Cost", "How will we know?", "Evaluation"],
            ["Moderate writing", "English lead", "Termly", "£0", "Moderation notes"],
            ["Buy spelling scheme", "HT", "Sept 2024", "£900", "Scores rise"],
        ],
        [(3, [4, 5])],
        {"What?": "action", "Who?": "owner", "When?": "due", "Cost": "cost", "How will we know?": "success"},
        Holds.ACTIONS,
    ),
    "sections in capitals between the actions": Tracker(
        [
            ["Action", "Lead", "Deadline", "Status", "RAG"],
            ["LEADERSHIP"],
            ["Appoint deputy", "HT", "Sept 2024", "Done", "G"],
            ["Review structure", "HT", "Dec 2024", "In progress", "A"],
            ["CURRICULUM"],
            ["Map curriculum", "DHT", "Dec 2024", "In progress", "A"],
        ],
        [(1, [3, 4, 6])],
        {"Action": "action", "RAG": "rag"},
        Holds.ACTIONS,
    ),
    "numbered sections with numbered actions": Tracker(
        [
            ["Ref", "Action", "Lead", "Due", "RAG"],
            ["1", "Leadership and management"],
            ["1.1", "Do a", "HT", day(2024, 1, 1), "G"],
            ["1.2", "Do b", "HT", day(2024, 1, 1), "G"],
            ["2", "Teaching and learning"],
            ["2.1", "Do c", "DHT", day(2024, 1, 1), "A"],
        ],
        [(1, [3, 4, 6])],
        {"Ref": "code", "Action": "action"},
        Holds.ACTIONS,
    ),
    "a record over several merged rows with its milestones inside": Tracker(
        [
            ["No", "Action", "Owner", "Milestones", "Status"],
            [1, "Launch reading scheme", "Ann", "Buy books", "Done"],
            [_, _, _, "Train staff", "Done"],
            [_, _, _, "Review", "Open"],
            [2, "Launch maths scheme", "Bob", "Buy kit", "Done"],
            [_, _, _, "Train", "Open"],
        ],
        [(1, [2, 3, 4, 5, 6])],
        {"No": "code", "Action": "action", "Milestones": "milestone"},
        Holds.ACTIONS,
        ("A2:A4", "B2:B4", "C2:C4", "A5:A6", "B5:B6", "C5:C6"),
    ),
    "actions and risks one under the other": Tracker(
        [
            ["Actions"],
            ["Action", "Lead", "Due", "Status"],
            ["Mend the roof", "Ann", day(2024, 1, 1), "Done"],
            ["Paint the hall", "Bob", day(2024, 1, 1), "Done"],
            [],
            [],
            ["Risks"],
            ["Risk", "Likelihood", "Impact", "Mitigation"],
            ["Rain", "High", "Low", "Buckets"],
            ["Snow", "Low", "Low", "Shovels"],
        ],
        [(2, [3, 4]), (8, [9, 10])],
        {"Action": "action"},
        Holds.ACTIONS,
    ),
    "headings repeated on a second page": Tracker(
        [
            ["Action", "Owner", "Due"],
            ["Mend the roof", "Ann", day(2024, 1, 1)],
            ["Action", "Owner", "Due"],
            ["Paint the hall", "Bob", day(2024, 1, 1)],
        ],
        [(1, [2]), (3, [4])],
        {"Action": "action"},
        Holds.ACTIONS,
    ),
    "empty columns between the columns": Tracker(
        [
            [_, "Ref", _, "Action", _, "Owner", _, "Due"],
            [_, 1, _, "Do x", _, "Ann", _, day(2024, 1, 1)],
            [_, 2, _, "Do y", _, "Bob", _, day(2024, 1, 1)],
        ],
        [(1, [2, 3])],
        {"Ref": "code", "Action": "action", "Owner": "owner", "Due": "due"},
        Holds.ACTIONS,
    ),
    "one project a column": Tracker(
        [
            ["Project name", "New hall", "Car park"],
            ["Lead", "Ann Smith", "Bob Jones"],
            ["Start date", day(2024, 1, 1), day(2024, 2, 1)],
            ["Due date", day(2024, 9, 1), day(2024, 10, 1)],
            ["Budget", 100000, 20000],
            ["Status", "On track", "Delayed"],
        ],
        [(1, [2, 3])],
        {"Project name": "action", "Lead": "owner", "Due date": "due", "Status": "status"},
        Holds.ACTIONS,
        way=Way.ACROSS,
    ),
    "minutes with the actions of each meeting": Tracker(
        [
            ["Meeting actions log"],
            ["Date of meeting", "Item", "Action", "By whom", "By when", "Completed?"],
            [day(2024, 9, 3), "4", "Circulate minutes", "Clerk", day(2024, 9, 9), "Y"],
            [day(2024, 9, 3), "5", "Review budget", "Chair of F&R", day(2024, 10, 1), "N"],
            [day(2024, 10, 8), "2", "Update website", "SBM", "ASAP"],
        ],
        [(2, [3, 4, 5])],
        {"Date of meeting": "start", "Item": "code", "By whom": "owner", "By when": "due", "Completed?": "status"},
        Holds.ACTIONS,
    ),
    "a log frame with outcomes at the left": Tracker(
        [
            ["Project:", "Reading for All"],
            ["Donor:", "XYZ"],
            [],
            [_, "Indicator", "Baseline", "Milestone 1", "Target", "Means of verification", "Assumptions"],
            ["Goal: literacy", "% reading at level", 40, 50, 70, "Survey", "stable"],
            ["Outcome 1", "Teachers trained", 0, 20, 60, "Register"],
            [_, "Books distributed", 0, 100, 500, "Register"],
            ["Output 1.1", "Sessions held", 0, 5, 20, "Log"],
        ],
        [(4, [5, 6, 7, 8])],
        {"Indicator": "kpi", "Baseline": "baseline", "Target": "target", "Means of verification": "evidence"},
        Holds.KPIS,
    ),
    "an empty tracker": Tracker(
        [["Action tracker"], [], ["Ref", "Action", "Owner", "Due date", "Status", "RAG"]],
        [(3, [])],
        {"Ref": "code", "Action": "action", "Due date": "due"},
        Holds.ACTIONS,
    ),
    "a return with its school above the table": Tracker(
        [
            ["Please complete all white cells and return by 31 October 2024 to the data team."],
            ["School:", "Ash Primary", _, "DfE no:", "1234"],
            [],
            ["Pupil group", "Number on roll", "Number absent", "% absent"],
            ["All", 200, 10, "5%"],
            ["FSM", 50, 5, "10%"],
            ["SEND", 30, 3, "10%"],
        ],
        [(4, [5, 6, 7])],
        {"Pupil group": "group"},
        Holds.OTHER,
    ),
    "a budget with sub-totals": Tracker(
        [
            ["Budget heading", "Budget", "Actual", "Variance"],
            ["Staff", 100, 90, 10],
            ["Books", 50, 60, -10],
            ["Sub-total", 150, 150, 0],
            ["Energy", 10, 11, -1],
            ["Water", 5, 5, 0],
            ["Total", 165, 166, -1],
        ],
        [(1, [2, 3, 5, 6])],
        {"Budget": "cost", "Actual": "value"},
        Holds.OTHER,
    ),
}


@pytest.mark.parametrize("tracker", TRACKERS.values(), ids=TRACKERS)
def test_the_tables_and_records_are_those_a_person_counts(tracker):
    taken = [t for t in looked_at(tracker.rows, merges=tracker.merges).tables if t.used]
    assert [(table.header_row, numbers(table)) for table in taken] == tracker.tables


@pytest.mark.parametrize("tracker", TRACKERS.values(), ids=TRACKERS)
def test_the_columns_have_the_fields_a_person_gives_them(tracker):
    table = next(t for t in looked_at(tracker.rows, merges=tracker.merges).tables if t.used)
    found = fields(table)
    assert {heading: found.get(heading) for heading in tracker.fields} == tracker.fields
    assert (table.holds, table.way) == (tracker.holds, tracker.way)
