"""A KPI by groups of pupils: the newest figure of each, the gap in points and its movement, who is missing."""

from framework.kpis.explained import change_words
from framework.kpis.groups import Gap
from framework.kpis.kpi import Kpi
from framework.kpis.words import NBSP, plain_number, with_unit
from framework.picture import Picture
from framework.picture.figures import by_group, of_words
from framework.picture.groups import NO, YES, Split, splits
from pages import ui, ui_kpi

# How people name those in a group and the rest; another dimension is named as the workbook writes it.
_CALLED = {
    "FSM": ("pupils with free school meals", "others"),
    "SEND": ("pupils with special educational needs", "others"),
    "EAL": ("pupils with English as an additional language", "others"),
    "PP": ("pupils with the pupil premium", "others"),
}


def groups(picture: Picture, kpi: Kpi, place: str) -> None:
    """The gap in a sentence, then each group with what it is made of. Nothing when nobody split it."""
    found = by_group(picture, kpi, place)
    if not found:
        return
    ui.section("By group")
    for split in splits(picture, kpi, place):
        for said in sentences(kpi, split):
            ui.words(said)
    rows = [
        (
            name,
            ui_kpi.nothing(f.missing) if f.missing else ui_kpi.linked(kpi, place, f.value),
            of_words(f.value),
            f.period.words,
            f.remark[:1].upper() + f.remark[1:],
        )
        for name, f in found
    ]
    columns = (
        ui.Column("Group"),
        ui.Column("Value", "right"),
        ui.Column("Made of", "right", quiet=True),
        ui.Column("Period", quiet=True),
        ui.Column("Note", quiet=True),
    )
    ui.table(columns, rows, caption=f"{kpi.title} by group", key="kpi_groups")


def sentences(kpi: Kpi, split: Split) -> list[str]:
    """The gap with both denominators, how it moved, the fair share of who takes part, who is in neither group."""
    found = split.gap
    one, other = (_figure(kpi, split, found, n) for n in (0, 1))
    said = [f"The gap is {change_words(kpi, abs(found.points))} in {split.period.words}: {one}, {other}."]
    if found.moved is not None and split.since is not None:
        said[0] += f" {_moved(kpi, found)} {split.since.words}."
    if split.shares:
        first = split.shares[0]
        share, of_all = (plain_number(s * 100) for s in (first.share_of_those_taking_part, first.share_of_all))
        times = "" if first.ratio is None else f": {plain_number(first.ratio, 2)} of a fair share"
        who = called(split.dimension)[0]
        said.append(f"Of those it counts {share}{NBSP}% are {who}; of all they are {of_all}{NBSP}%{times}.")
    if split.missing:
        verb = "is" if split.missing == 1 else "are"
        said.append(f"{split.missing:,} of {split.everyone:,} {verb} in neither group.")
    return said


def called(dimension: str) -> tuple[str, str]:
    return _CALLED.get(dimension, (f"those in {dimension}: {YES}", f"those in {dimension}: {NO}"))


def _figure(kpi: Kpi, split: Split, found: Gap, n: int) -> str:
    """`31.2 % of 812 pupils with free school meals`."""
    counts, points = (found.one_of, found.other_of)[n], split.numbers[n]
    of = f" of {counts[1]:,}" if counts is not None else " for"
    return f"{with_unit(kpi, points)}{of} {called(split.dimension)[n]}"


def _moved(kpi: Kpi, found: Gap) -> str:
    """Whether the gap closed, whichever its sign."""
    assert found.moved is not None
    before = found.points - found.moved
    change = abs(found.points) - abs(before)
    if abs(change) < (kpi.floor or 0.05):
        return "It is about as wide as in"
    words = change_words(kpi, abs(change))
    if found.points * before < 0:
        return f"It has turned round, from {change_words(kpi, abs(before))} the other way, since"
    return f"It has {'widened' if change > 0 else 'narrowed'} by {words} since"
