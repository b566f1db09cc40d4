"""A chart in a sentence, for someone who cannot see it: the finding first."""

import pandas as pd  # type: ignore[import-untyped]

from framework.charts.plot import MISSING


def alt_sentence(
    title: str, place: str, finding: str, values: pd.DataFrame, beside: pd.DataFrame | None = None, notes: int = 0
) -> str:
    """The finding; first, last, lowest and highest value; the gaps; whose figures and how many notes stand there too.

    beside  as in `Plot`
    """
    shown = values[values["state"] != MISSING]
    if shown.empty:
        return f"{title}, {place}: no values yet. {finding}"
    words = f"Line chart of {title}, {place}. {finding} {_extremes(shown)}"
    gaps = int((values["state"] == MISSING).sum())
    if gaps:
        words += f" {gaps} {'period has' if gaps == 1 else 'periods have'} no value."
    if beside is not None and len(beside):
        words += f" {_beside(beside)}"
    if notes:
        words += f" {notes} {'note is' if notes == 1 else 'notes are'} numbered on it and told below."
    return words


def _extremes(shown: pd.DataFrame) -> str:
    first, last = shown.iloc[0], shown.iloc[-1]
    if len(shown) == 1:
        return f"One value: {first['said']} in {first['period']}."
    low, high = shown.loc[shown["number"].idxmin()], shown.loc[shown["number"].idxmax()]
    words = f"{len(shown)} values, from {first['said']} in {first['period']} to {last['said']} in {last['period']};"
    return words + f" lowest {low['said']} in {low['period']}, highest {high['said']} in {high['period']}."


def _beside(beside: pd.DataFrame) -> str:
    said = []
    for name, some in beside.groupby("name", sort=False):
        last = some.iloc[-1]
        said.append(f"{name} {last['said']} in {last['period']}")
    return f"Beside it in grey: {'; '.join(said)}."
