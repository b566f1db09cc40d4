"""Every setting, with its default, in one place. A setting at its default is not stored."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from framework.kpis.process_limits import RuleSet
from framework.meetings import FrozenCopy

FROZEN = "frozen:"  # before the ref of a frozen copy: the name under which the ledger knows it
LAYOUT = "layout:"  # before the key of a remembered layout, likewise


@dataclass(frozen=True)
class Settings:
    """What a trust may choose. `sample_day` is set by the fictional sample alone: the day it takes for today."""

    quiet_after: int = 45  # school days without a word after which an open action has gone quiet
    lag_days: int = 14  # days after a period's end by which its values are due, where the KPI does not say
    alpha: float = 0.10  # share of the planned change that counts as slightly behind
    least_coverage: float = 0.80  # of a roll-up, below which it is not judged
    rule_set: RuleSet = RuleSet.NHS_MDC  # how change over time is told from chance
    rare_below: float = 1.5  # mean count below which no limits are drawn
    small_below: float = 4.0  # mean count below which they are drawn with a caution
    least_denominator: int = 30  # below it a share is charted with limits of its own for each period
    steady_within: float = 0.25  # share by which denominators may lie from their mean and count as one size
    strong_season: float = 0.5  # share of the ups and downs that the season explains from which it is said
    monday_digest: bool = False  # whether the Monday digest goes out, in term time, by the mail server
    sample_day: date | None = None
    word_for_board: str = "board"


def settings(stored: Mapping[str, Any]) -> Settings:
    """The settings in force: what is stored, else the defaults. Names no longer known are passed over."""
    known = {f.name for f in fields(Settings)}
    chosen = {name: value for name, value in stored.items() if name in known}
    if chosen.get("sample_day") is not None:
        chosen["sample_day"] = date.fromisoformat(chosen["sample_day"])
    if "rule_set" in chosen:
        chosen["rule_set"] = RuleSet(chosen["rule_set"])
    return Settings(**chosen)


def frozen_copies(stored: Mapping[str, Any]) -> tuple[FrozenCopy, ...]:
    """The copies that were frozen, as the ledger knows them, oldest first."""
    kept = [
        FrozenCopy(
            **{
                **value,
                "ref": name.removeprefix(FROZEN),
                "met_on": date.fromisoformat(value["met_on"]),
                "on": date.fromisoformat(value["on"]),
                "as_at": datetime.fromisoformat(value["as_at"]),
            }
        )
        for name, value in stored.items()
        if name.startswith(FROZEN)
    ]
    return tuple(sorted(kept, key=lambda copy: (copy.as_at, copy.change)))
