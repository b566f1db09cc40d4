"""The server: headers on everything, nothing private, health, the demo's choice of viewer, and its background."""

import asyncio
import base64
import gc
import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import app as server
from framework.access.headers import CompressedStatic, SecurityHeaders, content_policy
from framework.errors import ValueRefused
from framework.post import PostOffice
from framework.store import leases, waiting
from framework.store.ledger import entry
from framework.where import WATCHED
from pages import ui, ui_here
from tests.conftest import GOVERNOR, NOW, SMALL_TRUST, put

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = "\n  window.prerenderReady = false\n"
POLICY = content_policy(f"<script>{SCRIPT}</script><script src='a.js'></script>")
TEXT = "var words = 'the same again and again';\n" * 400


# Headers


class Client:
    """Asks an ASGI app without a server; redirects are not followed."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def get(self, path: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._get(path, **options))

    async def _get(self, path: str, **options: Any) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://127.0.0.1") as asking:
            return await asking.get(path, **options)


def behind_headers(**options) -> Client:
    def answer(request) -> Response:
        return PlainTextResponse("here", headers={"x-content-type-options": "none"})

    routes = [
        Route(path, answer) for path in ("/", "/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/health")
    ]
    return Client(SecurityHeaders(Starlette(routes=routes), POLICY, **options))


@pytest.mark.parametrize("path", ["/", "/not-here", "/_stcore/metrics"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ],
)
def test_every_answer_carries_the_headers_once(path, name, value):
    assert behind_headers().get(path).headers.get_list(name) == [value]


def test_strict_transport_is_asked_for_only_over_https():
    assert "strict-transport-security" not in behind_headers().get("/").headers
    assert "strict-transport-security" in behind_headers(https=True).get("/").headers


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_what_tells_strangers_about_the_app_is_closed(path):
    assert behind_headers().get(path).status_code == 404


def test_what_only_looks_like_it_is_open():
    assert behind_headers().get("/_stcore/health").status_code == 200


def test_the_policy_allows_the_page_its_own_inline_script_and_no_other():
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    script = next(part for part in POLICY.split("; ") if part.startswith("script-src"))
    assert script == f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{digest}'"


def test_the_policy_forbids_framing_and_other_hosts():
    assert "frame-ancestors 'none'" in POLICY
    assert "http" not in POLICY


# Smaller files


@pytest.fixture
def files() -> Client:
    async def script(request) -> Response:
        return Response(TEXT, media_type="text/javascript", headers={"etag": '"1"'})

    async def font(request) -> Response:
        return Response(b"\x00" * 5000, media_type="font/woff2")

    routes = [Route("/static/a.js", script), Route("/static/a.woff2", font), Route("/a.js", script)]
    return Client(CompressedStatic(Starlette(routes=routes)))


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_static_file_is_sent_packed_and_whole(files, time):
    if time == "second":
        files.get("/static/a.js")
    answer = files.get("/static/a.js", headers={"accept-encoding": "gzip"})
    assert answer.text == TEXT
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(TEXT) / 10


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/static/a.js", {"accept-encoding": "identity"}),
        ("/static/a.js", {"accept-encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/a.woff2", {"accept-encoding": "gzip"}),
        ("/a.js", {"accept-encoding": "gzip"}),
        ("/static/not-here.js", {"accept-encoding": "gzip"}),
    ],
)
def test_anything_else_is_sent_as_it_is(files, path, headers):
    assert "content-encoding" not in files.get(path, headers=headers).headers


def test_what_is_missing_once_is_not_remembered(files):
    files.get("/static/not-here.js", headers={"accept-encoding": "gzip"})
    assert files.app.packed == {}


def test_what_is_kept_unpacks_to_the_file(files):
    files.get("/static/a.js", headers={"accept-encoding": "gzip"})
    assert gzip.decompress(files.app.packed["/static/a.js"]).decode() == TEXT


# Health and the viewer


@pytest.fixture
def open_store(sqlite_ground, monkeypatch):
    """The store that the server answers from, empty."""
    store = sqlite_ground.store("empty")
    monkeypatch.setattr(ui_here, "_open", [store])
    return store


@pytest.fixture
def demo(open_store):
    put(open_store, *SMALL_TRUST)
    with entry(open_store, by=None, now=NOW, deed="start sample") as e:
        e.set("sample_day", "2026-11-13")
    return open_store


@pytest.fixture
def routes() -> Client:
    return Client(Starlette(routes=server.ROUTES))


def test_health_says_not_ready_while_the_store_is_empty(open_store, routes):
    answer = routes.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"ready": False})


def test_health_says_ready_when_the_data_is_there(demo, routes):
    answer = routes.get("/health")
    assert (answer.status_code, answer.json()) == (200, {"ready": True})


def become(routes: Client, ref: str, back: str = "/") -> httpx.Response:
    return routes.get("/viewer", params={"ref": ref, "next": back})


def test_the_demo_lets_the_viewer_become_one_of_its_people(demo, routes):
    answer = become(routes, GOVERNOR.ref, "/kpis?by=Pillar")
    assert (answer.status_code, answer.headers["location"]) == (303, "/kpis?by=Pillar")
    assert answer.cookies[ui.VIEWER_COOKIE] == GOVERNOR.ref


def test_the_viewers_cookie_is_out_of_reach_of_scripts_and_other_sites(demo, routes):
    cookie = become(routes, GOVERNOR.ref).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.casefold()


@pytest.mark.parametrize(
    "back",
    [
        "//evil.org",
        "https://evil.org",
        "/\\evil.org",
        "\\\\evil.org",
        "evil.org",
        "/\t/evil.org",
        "/\n/evil.org",
        "",
        "javascript:alert(1)",
    ],
)
def test_the_viewer_is_never_sent_to_another_host(demo, routes, back):
    assert become(routes, GOVERNOR.ref, back).headers["location"] == "/"


@pytest.mark.parametrize("ref", ["nobody", "", "' OR 1=1"])
def test_nobody_becomes_someone_who_is_not_in_the_sample(demo, routes, ref):
    answer = become(routes, ref)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_a_trusts_own_database_has_no_choice_of_viewer(open_store, routes):
    put(open_store, *SMALL_TRUST)
    answer = become(routes, GOVERNOR.ref)
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


# What goes on in the background


def test_a_server_that_starts_takes_up_what_lies_in_the_watched_folder_and_stops_when_it_stops(
    demo, tmp_path, monkeypatch
):
    monkeypatch.setenv(WATCHED, str(tmp_path))
    (tmp_path / "june.csv").write_bytes(b"a,b\n1,2\n")
    os.utime(tmp_path / "june.csv", (0, 0))  # it has been still for long enough

    async def serve_until_it_waits():
        async with server.lifespan(server.app), asyncio.timeout(10):
            while not waiting.waiting(demo):
                await asyncio.sleep(0.02)
        assert asyncio.all_tasks() == {asyncio.current_task()}

    try:
        asyncio.run(serve_until_it_waits())
    finally:
        gc.unfreeze()
    (one,) = waiting.waiting(demo)
    assert (one.name, one.by, one.via, one.made_at.date()) == ("june.csv", None, "inbox", NOW.date())
    assert leases.take(demo, "background", "the next server", server.clock(), 1)


def test_half_a_mail_server_stops_the_start(open_store, monkeypatch):
    put(open_store, *SMALL_TRUST)
    monkeypatch.setenv("SMTP_HOST", "smtp.trust.org")

    async def serve():
        async with server.lifespan(server.app):
            pass

    with pytest.raises(ValueRefused, match="Mail is half set up: SMTP_HOST but no SMTP_FROM"):
        asyncio.run(serve())


def test_over_the_sample_there_is_no_mail_server_whatever_the_environment_says(demo, monkeypatch):
    monkeypatch.setenv("SMTP_HOST", "smtp.trust.org")
    assert server.ui.mail_server() is None


def test_a_trusts_own_server_has_the_mail_server_of_its_environment(open_store, monkeypatch):
    put(open_store, *SMALL_TRUST)
    monkeypatch.setenv("SMTP_HOST", "smtp.trust.org")
    monkeypatch.setenv("SMTP_FROM", "plan@trust.org")
    assert server.ui.mail_server() == PostOffice("smtp.trust.org", "plan@trust.org")


# The whole app


def test_streamlits_page_gets_a_policy_with_its_inline_script():
    assert "'sha256-" in content_policy(server.index_page())


def test_the_package_comes_before_the_folder_of_pages_on_the_path():
    """pages/framework.py bears the package's name, and Streamlit would put its folder first while a script runs."""
    code = (
        "import app, os, sys; from streamlit.runtime.scriptrunner.exec_code import modified_sys_path\n"
        "with modified_sys_path(os.path.abspath('pages/frame.py')):\n"
        "    print(sys.path.index(os.path.abspath('.')) < sys.path.index(os.path.abspath('pages')))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=environment)
    assert run.stdout.strip() == "True", run.stderr
