"""The script by which what is typed into a card reaches the server after each pause, before the box is left."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

ADDRESS = "/typed.js"
_SCRIPT = Path(__file__).with_suffix(".js").read_bytes()


def script(_request: Request) -> Response:
    return Response(_SCRIPT, media_type="text/javascript", headers={"cache-control": "no-cache"})


ROUTES = [Route(ADDRESS, script)]
