"""Groups of pupils as strangers write them: a dimension and its member, as ours are kept."""

import re

from framework.workbook.recognise.naming import spelled

_EVERYONE = frozenset(
    {"", "all", "all pupils", "all students", "all children", "everyone", "total", "overall", "whole school", "cohort"}
)
_YES_NO = {
    "fsm": "FSM", "free school meals": "FSM", "fsm6": "FSM6", "pp": "PP", "pupil premium": "PP", "ppg": "PP",
    "disadvantaged": "Disadvantaged", "send": "SEND", "sen": "SEN", "ehcp": "EHCP", "eal": "EAL", "lac": "LAC",
    "looked after": "LAC", "boys": "Sex: boys", "girls": "Sex: girls", "male": "Sex: boys", "female": "Sex: girls",
    "sen support": "SEN: support",
}  # fmt: skip
_NOT = re.compile(r"(?:non|not|no) (.+)")
_YEAR = re.compile(r"(?:year|yr|y) ?(\d{1,2})")
_KEPT = re.compile(r"([^:]+?)\s*:\s*(\S.*)", re.DOTALL)


def group_in(words: str) -> str | None:
    """A group as it is kept (`FSM: yes`, `Year: 6`); "": everyone; None: it is not known as one."""
    kept = _KEPT.fullmatch(words.strip())
    if kept is not None:
        return f"{kept[1]}: {kept[2]}"
    said = spelled(words)
    if said in _EVERYONE:
        return ""
    year = _YEAR.fullmatch(said)
    if year is not None:
        return f"Year: {int(year[1])}"
    without = _NOT.fullmatch(said)
    name = _YES_NO.get(without[1] if without else said.removesuffix(" pupils"))
    if name is None:
        return None
    if ":" in name:
        return None if without else name
    return f"{name}: {'no' if without else 'yes'}"
