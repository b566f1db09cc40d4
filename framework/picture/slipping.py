"""What slips: which actions were put off, how often, how far and why, and with whom it happens."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framework.picture.action_lists import ActionLine
from framework.picture.shape import Picture
from framework.picture.views import By, holders


def put_off(lines: Iterable[ActionLine]) -> list[ActionLine]:
    """Those that were promised for an earlier day once: most often first, then furthest; closed ones are among them."""
    found = [line for line in lines if line.slip.times]
    return sorted(found, key=lambda line: (-line.slip.times, -line.slip.days, line.action.code))


def reasons(lines: Iterable[ActionLine]) -> tuple[tuple[str, int], ...]:
    """Each reason with the number of moves it was given for, commonest first, then by its words."""
    total: Counter[str] = Counter()
    for line in lines:
        total.update(dict(line.slip.reasons))
    return tuple(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def how_often(times: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(times, f"{times} times")


def summary(lines: Sequence[ActionLine]) -> str:
    """`4 of 37 actions were put off, 7 times in all.` Empty when none was."""
    some = put_off(lines)
    if not some:
        return ""
    times = sum(line.slip.times for line in some)
    were = "was" if len(some) == 1 else "were"
    return f"{len(some)} of {len(lines)} actions {were} put off, {how_often(times)} in all."


@dataclass(frozen=True)
class Total:
    """What was put off with one owner, organisation or school. `furthest`: the most school days of one action."""

    name: str
    actions: int
    times: int
    furthest: int


def totals(picture: Picture, lines: Sequence[ActionLine], by: By) -> tuple[Total, ...]:
    """With whom it happens, most often first; those with whom nothing was put off are left out."""
    found = [
        Total(
            holder.name,
            len(holder.lines),
            sum(line.slip.times for line in holder.lines),
            max(line.slip.days for line in holder.lines),
        )
        for holder in holders(picture, put_off(lines), by)
    ]
    return tuple(sorted(found, key=lambda t: (-t.times, -t.furthest, t.name.casefold())))
