"""Where a KPI's numbers come from and what stood there before: the drawer, the targets' and the KPI's own history."""

from collections import defaultdict
from functools import partial

from framework.kpis.kpi import Kpi, Value
from framework.kpis.words import with_unit
from framework.periods import Period, day_words, local_day
from framework.picture import Picture
from framework.picture.counted import Item, account
from framework.picture.figures import Figure, figures, is_trust, of_words, parts, target_words
from framework.picture.judged import targets_at
from framework.store.provenance import Told, ToldRow, ToldValue, told_of_rows, told_of_value
from framework.subjects import KPIS, NOTES, TARGETS, record
from pages import ui, ui_history, ui_kpi


def open_origin(picture: Picture, kpi: Kpi, place: str, period: Period, group: str = "") -> None:
    """Open the drawer of one value. Unknown periods say so inside it."""
    ui.drawer("Where this number comes from", partial(_origin, picture, kpi, place, period, group))


def _origin(picture: Picture, kpi: Kpi, place: str, period: Period, group: str) -> None:
    found = next((f for f in figures(picture, kpi, place, group) if f.period == period), None)
    where = ui_kpi.place_name(picture, place) + (f", {group}" if group else "")
    ui.quiet(f"{kpi.code} {kpi.title} · {where} · {period.words}")
    if found is None or found.value is None:
        ui.words(f"There is no value: {found.missing if found else 'Not reported'}.", "large")
        return
    _total(kpi, found)
    if kpi.counted is not None:
        _counted(picture, kpi, period)
    elif found.rolled is not None:
        _parts(picture, kpi, found, group)
    else:
        _told(kpi, told_of_value(ui.store(), picture, found.value))


def _total(kpi: Kpi, found: Figure) -> None:
    """The value, and the sum behind it with its numbers."""
    assert found.value is not None
    if found.missing is not None:
        ui.words(ui.strong(found.missing), "large")
    else:
        ui.words(ui.strong(ui_kpi.number(kpi, found.value)), "large")
    made_of = of_words(found.value)
    if made_of and found.missing is None:
        ui.words(f"{made_of}{_how(kpi, found.value)}.")
    if found.remark and found.rolled is None:
        ui.quiet(found.remark[:1].upper() + found.remark[1:])


def _how(kpi: Kpi, value: Value) -> str:
    """The arithmetic in numbers: `: 100 times 758 over 3,164 = 23.957 %`."""
    if value.number is None or value.numerator is None or not value.denominator:
        return ""
    per = 100 if kpi.measure == "percentage" else kpi.per or 1
    times = f"{per:,} \N{MULTIPLICATION SIGN} " if per != 1 else ""
    sum_ = f"{times}{value.numerator:,} \N{DIVISION SIGN} {value.denominator:,}"
    return f": {sum_} = {with_unit(kpi, value.number, 3)}"


def _counted(picture: Picture, kpi: Kpi, period: Period) -> None:
    """What the app counted, and what of it does not count: each action that this viewer may see, with why."""
    tally = account(picture, kpi, period)
    if tally is None:
        return
    ui.words(f"Counted here from the plan: {tally.words}. Nobody typed it in.")
    seen = [item for item in tally.not_counting if item.table != "action" or item.ref in picture.actions]
    rows = [(_item(item), item.note) for item in seen[: ui.ROWS_SHOWN]]
    if rows:
        columns = (ui.Column("What does not count", width="65%"), ui.Column("Why", quiet=True))
        ui.table(columns, rows, caption="What does not count", key="origin_counted")
    if len(seen) > len(rows):
        ui.quiet(f"And {len(seen) - len(rows)} more.")
    if len(seen) < len(tally.not_counting):
        ui.quiet(f"{len(tally.not_counting) - len(seen)} more do not count that are not shown to you.")


def _item(item: Item) -> ui.Html | str:
    """A link to its page; an organisation has none."""
    if item.table == "organisation":
        return item.words
    return ui.link(item.words, item.table, ref=item.ref, place=item.place)


def _parts(picture: Picture, kpi: Kpi, found: Figure, group: str) -> None:
    """What a rolled-up value is made of: each school's figure and its cell."""
    assert found.rolled is not None
    how = str(kpi.aggregation or "sum")
    ui.words(f"Put together here from {found.rolled.words} ({how}). Nobody typed it in.")
    rows = []
    for place, figure in parts(picture, kpi, found.period, group):
        told = told_of_value(ui.store(), picture, figure.value) if figure.value is not None else []
        said = str(figure.missing) if figure.missing else ui_kpi.number(kpi, figure.value)
        value = figure.value
        linked = ui_kpi.origin_link(kpi, place.ref, value, said) if value is not None else said
        rows.append((place.name, linked, of_words(figure.value) or ui_kpi.NONE, _cell(told[0].told) if told else ""))
    columns = (
        ui.Column("School"),
        ui.Column("Value", "right"),
        ui.Column("Made of", "right", quiet=True),
        ui.Column("Cell", quiet=True),
    )
    ui.table(columns, rows, caption="Each school's part", key="origin_parts")


def _cell(told: Told) -> str:
    return f"{told.sheet}!{told.cell}" if told.cell else "typed in" if told.file is None else str(told.sheet or "")


def _told(kpi: Kpi, told: list[ToldValue]) -> None:
    """The value in force with its source, then the earlier ones with why they were replaced."""
    for n, one in enumerate(told):
        if n == 1:
            ui.section("Earlier values")
        words = str(one.state).capitalize() if one.number is None else with_unit(kpi, one.number, 3)
        made_of = f"{one.numerator:,} of {one.denominator:,}" if None not in (one.numerator, one.denominator) else ""
        pairs = [] if n == 0 else [("Value", words), ("Made of", made_of)]
        note = ("Note" if n or len(told) == 1 else "Why corrected", one.note)
        why = one.told.reason if one.told.reason != one.note else ""
        ui.facts([*pairs, *source(one.told), note, ("Why", why)])


def source(told: Told) -> list[tuple[str, object]]:
    """File, sheet, cell, raw text, who, when: names and what they are, for `ui.facts`."""
    change = f"number {told.change} in the ledger"
    raw = f"\N{LEFT DOUBLE QUOTATION MARK}{told.raw}\N{RIGHT DOUBLE QUOTATION MARK}" if told.raw is not None else None
    return [
        ("File", told.file or "None: typed in on a page"),
        ("Sheet", told.sheet),
        ("Cell", told.cell),
        ("Text in the cell", raw),
        ("Read as", told.rule),
        ("Recorded by", told.by or "the command line"),
        ("Recorded on", day_words(local_day(told.at))),
        ("Change", ui.join(ui_history.change_link(told, change), ": ", told.deed)),
    ]


def targets(picture: Picture, kpi: Kpi, place: str) -> None:
    """Each target as it was set and moved, newest word first, with why."""
    rows = []
    aims = targets_at(picture, kpi, place)[::-1]
    told_of = defaultdict(list)
    for one in told_of_rows(ui.store(), picture, {TARGETS.table: [target.ref for target in aims if target.ref]}):
        told_of[one.ref].append(one)
    for target in aims:
        if not target.ref:  # its schools' targets together, which nobody set
            rows.append((target.period.words, ui.strong(target_words(kpi, target)), "", "", target.reason))
            continue
        for n, one in enumerate(told_of[target.ref]):
            then = record(TARGETS, {**one.data, "ref": target.ref})
            words = ui.strong(target_words(kpi, then)) if n == 0 else ui.small(target_words(kpi, then))
            what = ui.join("set " if one.before is None else "moved ", ui_history.change_link(one.told))
            said = ui.lines(what, ui.small(ui_history.source(one)))
            why = one.data.get("reason") or one.told.reason or _basis(one)
            period = then.period.words if n == 0 else ui.join(ui.small("earlier: "), then.period.words)
            rows.append((period, words, said, ui_history.by(one.told), why))
    columns = (
        ui.Column("By the end of"),
        ui.Column("Target", "right"),
        ui.Column("Set or moved", quiet=True),
        ui.Column("By", quiet=True),
        ui.Column("Why", quiet=True),
    )
    ui.table(columns, rows, caption=f"Targets of {kpi.title}", key="kpi_targets", empty="No target has been set.")


def _basis(one: ToldRow) -> str:
    basis = one.data.get("basis")
    return str(basis).capitalize() if basis else ""


def history(picture: Picture, kpi: Kpi) -> None:
    """Every change of the KPI's own facts and of the notes on its line. Its targets' moves stand with its targets."""
    told = ui_history.told_of(picture, KPIS.table, kpi.ref, NOTES.table)
    ui_history.revisions(picture, told, "kpi_history", caption=f"History of {kpi.code}", of=KPIS.table)


def newest_period(picture: Picture, kpi: Kpi, place: str) -> Period | None:
    """The period of the newest value with a number; None when there is none."""
    return next((f.period for f in reversed(figures(picture, kpi, place)) if f.missing is None), None)


def can_see(picture: Picture, place: str) -> bool:
    return is_trust(picture, place) or any(s.ref == place for s in picture.schools)
