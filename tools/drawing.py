"""Runs of a page's script in Streamlit's own script runner, timed. Not the server, the network or the browser."""

import gc
import importlib
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.logger import set_log_level
from streamlit.runtime.scriptrunner import script_runner
from streamlit.testing.v1 import AppTest

FRAME = Path(__file__).parents[1] / "pages" / "frame.py"
PATIENCE = 60  # seconds for one run
RUN = "exec_func_with_error_handling"  # what Streamlit's script runner runs a script with


class Failed(Exception):
    """There is nothing to measure."""


def prepare(database: Path) -> None:
    """Open a store, loaded with the sample where there is none, and make ready to draw, as the server does at first."""
    from framework.deeds import starting
    from pages import ui

    os.environ[starting.DATABASE] = str(database)
    ui.store()
    st.config.set_option("client.showErrorDetails", "full")
    # Streamlit says at every run outside its server that this is one.
    set_log_level("error")
    for name in ("pandas", "altair", "framework.charts"):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


@contextmanager
def timed() -> Iterator[list[float]]:
    """The milliseconds of every script run inside the block."""
    taken: list[float] = []
    run = getattr(script_runner, RUN)

    def run_timed(*args: Any) -> Any:
        start = time.perf_counter()
        try:
            return run(*args)
        finally:
            taken.append((time.perf_counter() - start) * 1000)

    with patch.object(script_runner, RUN, run_timed):
        yield taken


def drawn(app: AppTest) -> AppTest:
    app.run()
    if app.exception:
        raise Failed(" ".join(app.exception[0].value.split())[:200])
    return app


def page_app(page: str, query: Mapping[str, str]) -> AppTest:
    """A page, drawn through the frame as its address opens it: at once, with no other page before."""
    if not FRAME.with_name(f"{page}.py").is_file():
        raise Failed("there is no such page")
    app = AppTest.from_file(str(FRAME), default_timeout=PATIENCE)
    app.switch_page(f"{page}.py")
    app.query_params.update(query)
    return drawn(app)
