"""The server: its start, its health, the demo's choice of viewer, and the headers of every answer."""

import asyncio
import gc
import importlib
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from framework.access import typed
from framework.access.headers import CompressedStatic, SecurityHeaders, content_policy
from framework.deeds.background import keep_doing, the_jobs
from framework.where import INBOX, WATCHED, base_url
from pages import ui, ui_by_link

# Imported before the first visitor comes and then frozen: Streamlit collects garbage after every run of a page,
# and would walk through these each time.
HEAVY = ("pandas", "altair", "framework.charts")

# Streamlit puts the script's folder first on the path while it runs, unless it is on it already: from there
# pages/framework.py would stand in for the package of that name.
sys.path.append(str(Path(__file__).resolve().parent / "pages"))


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the store before anyone is served; a store that cannot be opened, or half a mail server, stops the start."""
    for name in HEAVY:
        importlib.import_module(name)
    jobs = the_jobs(Path(os.environ.get(WATCHED) or INBOX), ui.mail_server(), clock=clock)
    gc.collect()
    gc.freeze()
    holder = f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(4)}"
    working = asyncio.create_task(keep_doing(ui.store(), jobs, now=ui.now, clock=clock, holder=holder))
    yield
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


def clock() -> datetime:
    return datetime.now(UTC)


def health(_request: Request) -> Response:
    ready = ui.store().ready()
    return JSONResponse({"ready": ready}, status_code=200 if ready else 503)


def viewer(request: Request) -> Response:
    """The demo only: become one of the sample's people, and go back to where one was."""
    if ui.store().sample_day is None:
        return PlainTextResponse("Not found", status_code=404)
    chosen = request.query_params.get("ref", "")
    if all(person.ref != chosen for person in ui.people()):
        return PlainTextResponse("Nobody of that name is in the sample.", status_code=404)
    answer = RedirectResponse(local_path(request.query_params.get("next", "/")), status_code=303)
    answer.set_cookie(ui.VIEWER_COOKIE, chosen, httponly=True, samesite="lax", path="/")
    return answer


def local_path(wanted: str) -> str:
    """The address when it lies on this server, else the first page.

    Browsers read a backslash as `/` and drop control characters, so neither may stand in it.
    """
    outside = not wanted.startswith("/") or wanted.startswith("//") or "\\" in wanted
    return "/" if outside or any(ord(character) < 32 for character in wanted) else wanted


def index_page() -> str:
    return (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


ROUTES = [Route("/health", health), Route("/viewer", viewer), *ui_by_link.ROUTES, *typed.ROUTES]

app = st.App(
    "pages/frame.py",
    lifespan=lifespan,
    routes=ROUTES,
    middleware=[
        Middleware(
            SecurityHeaders,
            policy=content_policy(index_page()),
            https=(base_url() or "").startswith("https:"),
        ),
        Middleware(CompressedStatic),
    ],
)
