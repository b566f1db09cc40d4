"""How long each page's script takes, beside the same elements drawn from constants.

For every page three numbers are printed, medians over the repeats: the milliseconds of its script (`page`), those
of a second script that draws the same elements (`constants`), and one divided by the other. The second script is made
from one recorded run of the page: every call of a Streamlit element in it, with the very arguments it was given, is
made again in the same containers. So it costs what Streamlit takes to draw the page; the rest is ours.

Only the run of the script is timed, in Streamlit's own script runner; not the server, the network or the browser. The
two scripts take turns, so that a busy machine slows both. The frame runs as part of the page, so who is here and the
menu are counted; the menu is no element, and constants do not draw it. The data is the sample, loaded beforehand.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import MethodType
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from tools import as_at, judging, loading
from tools.drawing import PATIENCE, Failed, drawn, page_app, prepare, timed

PAGES = (
    "overview",
    "framework",
    "actions",
    "kpis",
    "changes",
    "search",
    "data",
    "kpi_edit",
    "library",
    "load",
    "change",
    # My actions is not here: it draws a component of its own, and that cannot be drawn from constants.
    *("propose", "action_edit", "proposals", "chase", "returns", "carry", "meetings", "term_dates", "history"),
    *("action", "kpi", "element", "meeting"),
)
MEASURED = {"judging": judging.report, "loading": loading.report, "as-at": as_at.report}
PARTS = ("pages", *MEASURED)


@dataclass(frozen=True)
class Call:
    """One element as a page drew it. `parent` and `made` name the containers it was drawn in and answered."""

    parent: int | None  # None: the page itself
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    made: tuple[DeltaGenerator, ...]


def query_of(page: str) -> dict[str, str]:
    """What the page's address must say: for a page about one thing, the first of them."""
    from framework.store import provenance
    from pages import ui

    picture = ui.picture()
    if page == "change":
        return {"change": str(provenance.imports(ui.store(), picture)[0].change)}
    things: dict[str, Mapping[str, Any]] = {
        "action": picture.actions,
        "kpi": picture.kpis,
        "element": picture.elements,
        "meeting": picture.meetings,
    }
    return {"ref": next(iter(things[page]))} if page in things else {}


def containers(result: object) -> tuple[DeltaGenerator, ...]:
    if isinstance(result, DeltaGenerator):
        return (result,)
    if isinstance(result, list | tuple):
        return tuple(item for item in result if isinstance(item, DeltaGenerator))
    return ()


@contextmanager
def recorded() -> Iterator[list[Call]]:
    """Every element drawn inside the block; what an element draws within itself is left to it."""
    calls: list[Call] = []
    known: set[int] = set()
    depth = 0

    def recording(original: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(original)
        def draw(self: DeltaGenerator, *args: Any, **kwargs: Any) -> Any:
            nonlocal depth
            place = id(self._active_dg)
            depth += 1
            try:
                result = original(self, *args, **kwargs)
            finally:
                depth -= 1
            if depth == 0:
                made = containers(result)
                calls.append(Call(place if place in known else None, original.__name__, args, kwargs, made))
                known.update(id(container) for container in made)
            return result

        return draw

    # `st.metric` and its like were bound when Streamlit was imported, so they are replaced beside the class's own.
    methods = {name: method for name, method in vars(st).items() if isinstance(method, MethodType)}
    bound = {name: method for name, method in methods.items() if isinstance(method.__self__, DeltaGenerator)}
    of_class: dict[str, Any] = {m.__name__: recording(m.__func__) for m in bound.values()}
    of_module: dict[str, Any] = {name: of_class[m.__name__].__get__(m.__self__) for name, m in bound.items()}
    with patch.multiple(DeltaGenerator, **of_class), patch.multiple(st, **of_module):
        yield calls


def from_constants(calls: "list[Call]") -> None:
    """The script that draws what was recorded. Streamlit runs this function's text, so it stands alone."""
    import streamlit

    places: dict[int | None, object] = {}
    for call in calls:
        result = getattr(places.get(call.parent, streamlit), call.name)(*call.args, **call.kwargs)
        made = result if isinstance(result, (list, tuple)) else (result,)
        places.update(zip(map(id, call.made), made, strict=False))


def measure(page: str, repeats: int) -> tuple[float, float]:
    """Milliseconds of the page and of its constants."""
    app = page_app(page, query_of(page))
    with recorded() as calls:
        drawn(app)
    constants = drawn(AppTest.from_function(from_constants, default_timeout=PATIENCE, args=(calls,)))
    with timed() as taken:
        for _ in range(repeats):
            drawn(app)
            drawn(constants)
    return statistics.median(taken[0::2]), statistics.median(taken[1::2])


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--parts", default=",".join(PARTS), help="part,part")
    parser.add_argument("--only", default=",".join(PAGES), help="page,page")
    chosen = parser.parse_args()
    parts = chosen.parts.split(",")
    whole = pages(chosen.only.split(","), chosen.repeats) if "pages" in parts else True
    for part, measured in MEASURED.items():
        if part in parts:
            print(measured(), flush=True)
    return 0 if whole else 1


def pages(names: list[str], repeats: int) -> bool:
    """Print the table of pages; whether all of them could be drawn."""
    whole = True
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder) / "bench.db")
        print(f"{'page':<12}{'page ms':>10}{'constants ms':>15}{'ratio':>8}")
        for page in filter(None, names):
            try:
                ours, least = measure(page, repeats)
            except Failed as failed:
                whole = False
                print(f"{page:<12}  did not draw: {failed}")
            else:
                print(f"{page:<12}{ours:>10.1f}{least:>15.1f}{ours / least:>8.1f}", flush=True)
    return whole


if __name__ == "__main__":
    sys.exit(main())
