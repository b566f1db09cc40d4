"""The whole sample plan: every sheet of the workbook as rows of headings and cells. The same on every call."""

from data.sample import aims, beside, gatherings, term_dates, trust, values, words
from data.sample.actions_a import ACTIONS_A
from data.sample.actions_b import ACTIONS_B
from data.sample.actions_c import ACTIONS_C
from data.sample.actions_old import ACTIONS_OLD
from data.sample.days import SAMPLE_DAY
from data.sample.doing import action_row, evidence_rows, milestone_rows, update_rows
from data.sample.rows import Row

__all__ = ["SAMPLE_DAY", "rows"]

_ACTIONS = [*ACTIONS_OLD, *ACTIONS_A, *ACTIONS_B, *ACTIONS_C]


def rows() -> dict[str, list[Row]]:
    """By sheet title, in the order of the workbook. Fictional but for the published words, the trust and its dates."""
    return {
        "Versions": words.version_rows(),
        "Framework": words.framework_rows(),
        "Actions": [action_row(action) for action in _ACTIONS],
        "Milestones": [row for action in _ACTIONS for row in milestone_rows(action)],
        "Updates": [row for action in _ACTIONS for row in update_rows(action)],
        "Evidence": [row for action in _ACTIONS for row in evidence_rows(action)],
        "KPIs": values.kpi_rows(),
        "Targets": aims.target_rows(),
        "Values": values.value_rows(),
        "Queries": beside.query_rows(),
        "Notes": beside.note_rows(),
        "Comparators": beside.comparator_rows(),
        "Schools": trust.school_rows(),
        "Organisations": trust.organisation_rows(),
        "People": trust.people_rows(),
        "Events": gatherings.event_rows(),
        "Calendar": term_dates.calendar_rows(),
        "Meetings": gatherings.meeting_rows(),
    }
