"""What every answer over HTTP carries, what is never answered, and smaller static files. Pure ASGI; asks no server."""

import base64
import gzip
import hashlib
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

# They tell a stranger who is using the app and how (measured: no sign-in is asked for either).
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
COMPRESSED = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def content_policy(page: str) -> str:
    """The Content-Security-Policy that lets this page run its own inline scripts, by their hashes, and no others."""
    digests = (hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(page))
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Adds the headers to every answer, and answers 404 for what is closed."""

    def __init__(self, app: App, policy: str, *, https: bool = False) -> None:
        self.app = app
        self.headers: list[Header] = [
            (b"content-security-policy", policy.encode()),
            (b"x-content-type-options", b"nosniff"),
            (b"referrer-policy", b"same-origin"),
            (b"cross-origin-opener-policy", b"same-origin"),
            (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ]
        if https:
            self.headers.append((b"strict-transport-security", b"max-age=31536000"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _replaced(message.get("headers", ()), _unless_said(message, self.headers))
            await send(message)

        if _is_closed(scope["path"]):
            await _not_found(send_with_headers)
        else:
            await self.app(scope, receive, send_with_headers)


class CompressedStatic:
    """Sends files under /static gzipped. A name carries a hash of the content, so each is packed once a process."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.packed: dict[str, bytes] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _wants_packed(scope):
            send = _Packing(self.packed, scope["path"], send)
        await self.app(scope, receive, send)


class _Packing:
    """Holds an answer back until it is whole, then sends it packed; anything but a text file passes untouched."""

    def __init__(self, packed: dict[str, bytes], path: str, send: Send) -> None:
        self.packed, self.path, self.send = packed, path, send
        self.start: Message | None = None
        self.parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _worth_packing(message):
            self.start = message
        elif self.start is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._finish(self.start)

    async def _finish(self, start: Message) -> None:
        if self.path not in self.packed:
            self.packed[self.path] = gzip.compress(b"".join(self.parts), 6, mtime=0)
        body = self.packed[self.path]
        added = [
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(body)).encode()),
            (b"vary", b"Accept-Encoding"),
        ]
        start["headers"] = [
            h for h in _replaced(start.get("headers", ()), added) if h[0].lower() not in (b"etag", b"accept-ranges")
        ]
        await self.send(start)
        await self.send({"type": "http.response.body", "body": body})


# A page of ours may be stricter than the app: what it says of these itself stays.
_OWN = (b"content-security-policy", b"referrer-policy")


def _unless_said(message: Message, ours: Iterable[Header]) -> list[Header]:
    said = {name.lower() for name, _ in message.get("headers", ())}
    return [header for header in ours if not (header[0] in _OWN and header[0] in said)]


def _is_closed(path: str) -> bool:
    return any(path == closed or path.startswith(f"{closed}/") for closed in CLOSED)


async def _not_found(send: Send) -> None:
    await send(
        {"type": "http.response.start", "status": 404, "headers": [(b"content-type", b"text/plain; charset=utf-8")]}
    )
    await send({"type": "http.response.body", "body": b"Not found"})


def _replaced(headers: Iterable[Header], ours: Iterable[Header]) -> list[Header]:
    ours = list(ours)
    names = {name for name, _ in ours}
    return [header for header in headers if header[0].lower() not in names] + ours


def _header(headers: Iterable[Header], name: bytes) -> bytes:
    return next((value for key, value in headers if key.lower() == name), b"")


def _wants_packed(scope: Scope) -> bool:
    headers: list[Header] = list(scope["headers"])
    if scope["method"] != "GET" or not scope["path"].startswith("/static/"):
        return False
    return b"gzip" in _header(headers, b"accept-encoding") and not _header(headers, b"range")


def _worth_packing(start: Message) -> bool:
    headers: list[Header] = list(start.get("headers", ()))
    kind = _header(headers, b"content-type").decode("latin-1")
    return start["status"] == 200 and kind.startswith(COMPRESSED) and not _header(headers, b"content-encoding")
