"""Whether a target that moved became easier or harder to reach. Pure; judges nothing else."""

from framework.kpis.kpi import Direction, Target


def eased(direction: Direction | None, before: Target | None, after: Target | None) -> bool | None:
    """True: easier, False: harder, None: neither can be said.

    A lower demand by the same day, or the same demand by a later one, is easier; a lower demand by an earlier day is
    neither. A target taken away asks for nothing any more.
    """
    if before is None:
        return None
    if after is None:
        return True
    day, demand = _by_day(before, after), _by_demand(direction, before, after)
    if day is None or demand is None or day == demand == 0 or day * demand < 0:
        return None
    return day + demand > 0


def _by_day(before: Target, after: Target) -> int | None:
    """1: later, -1: earlier, 0: the same; None for periods of two lengths."""
    if before.period == after.period:
        return 0
    if before.period.kind is not after.period.kind:
        return None
    return 1 if after.period.ordinal > before.period.ordinal else -1


def _by_demand(direction: Direction | None, before: Target, after: Target) -> int | None:
    """1: less is asked for, -1: more, 0: the same; None where it cannot be told."""
    was, now = _edges(before), _edges(after)
    if was == now:
        return 0
    if was is None or now is None:
        return None
    if direction is Direction.BAND:
        if now[0] <= was[0] and was[1] <= now[1]:
            return 1
        return -1 if was[0] <= now[0] and now[1] <= was[1] else None
    if direction not in (Direction.HIGHER, Direction.LOWER) or was[0] != was[1] or now[0] != now[1]:
        return None
    less = now[0] < was[0]
    return 1 if less is (direction is Direction.HIGHER) else -1


def _edges(target: Target) -> tuple[float, float] | None:
    if target.number is not None:
        return target.number, target.number
    return None if target.low is None or target.high is None else (target.low, target.high)
