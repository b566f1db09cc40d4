"""What a table's records are, by the fields its columns have."""

from collections.abc import Iterable

from framework.workbook.recognise.labels import normal
from framework.workbook.recognise.shape import Column, Holds, Way

_DOING = frozenset(
    ("owner", "due", "status", "done_on", "percent_done", "start", "success", "rag", "milestone", "evidence", "notes")
)
_OF_A_KPI = frozenset(("baseline", "target", "unit", "definition", "frequency", "numerator", "denominator"))


def holds(columns: Iterable[Column], way: Way) -> Holds:
    """Actions, risks, KPIs, their values, or something else."""
    listed = list(columns)
    fields = {c.field for c in listed if c.field and c.period is None}
    risky = any(c.field == "action" and {"risk", "hazard", "threat"} & set(normal(c.heading).split()) for c in listed)
    about_risk = fields & {"likelihood", "mitigation", "impact"}
    scored = len(about_risk) >= 2 and not fields.isdisjoint(("action", "mitigation", "owner"))
    if scored or (risky and (about_risk or fields & {"rag", "owner"})):
        return Holds.RISKS
    across = way is Way.PERIODS_ACROSS
    if across and "action" not in fields:
        defines = fields & (_OF_A_KPI - {"numerator", "denominator"}) | (fields & {"owner"})
        return (
            Holds.KPIS
            if "kpi" in fields and defines
            else Holds.VALUES
            if fields & {"kpi", "school", "objective", "group", "code"}
            else Holds.OTHER
        )
    if "kpi" in fields and "value" in fields and "period" in fields and not fields & {"due", "action"}:
        return Holds.VALUES
    if "kpi" in fields and ("action" not in fields or len(fields & (_OF_A_KPI | {"value"})) >= 2):
        return Holds.KPIS
    if fields & {"action", "milestone"} and fields & (_DOING | {"objective", "cost"}):
        return Holds.ACTIONS
    if "objective" in fields and fields & {"owner", "due", "status"}:
        return Holds.ACTIONS
    if "objective" in fields and len(fields & (_OF_A_KPI | {"value"})) >= 2:
        return Holds.KPIS
    if "value" in fields and fields & {"period", "school"} and fields & {"school", "group", "kpi", "unit"}:
        return Holds.VALUES
    return Holds.OTHER
