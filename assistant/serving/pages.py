"""Which page of a browser is whose: what one user asks on it no other gets to see.

Gradio tells pages apart by a session hash that their browsers make, and gives what happened on a page to whoever names
its hash. The first user who does so keeps it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from threading import Lock
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.types import Message, Receive

API = "/gradio_api/"
NAMED_IN_PATH = ("heartbeat", "stream")
MOST = 20_000
"""Pages that are remembered; of more the oldest is forgotten, which by then is gone."""


class Pages:
    """The user of each page."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._lock = Lock()

    def is_own(self, page: str, user: str) -> bool:
        """Whether a page is this user's; one that nobody had becomes it."""
        with self._lock:
            while len(self._owners) >= MOST:
                del self._owners[next(iter(self._owners))]
            return self._owners.setdefault(page, user) == user


async def pages_named(request: Request, path: str) -> tuple[set[str], Receive]:
    """The pages that a request to Gradio names, and how to receive it again."""
    found = set(parse_qs(request.scope["query_string"].decode("latin-1")).get("session_hash", []))
    found |= {request.headers["session_hash"]} if "session_hash" in request.headers else set()
    parts = path.removeprefix(API).split("/")
    found |= {parts[1]} if len(parts) > 1 and parts[0] in NAMED_IN_PATH else set()
    if not request.headers.get("content-type", "").startswith("application/json"):
        return found, request.receive
    body = await request.body()
    return found | set(_in_json(body)), _again(body, request.receive)


def _in_json(body: bytes) -> Iterator[str]:
    try:
        told = json.loads(body)
    except ValueError:  # Gradio says so
        return
    page = told.get("session_hash") if isinstance(told, dict) else None
    if isinstance(page, str):
        yield page


def _again(body: bytes, receive: Receive) -> Receive:
    """What was received already, then the rest."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def received() -> Message:
        return messages.pop() if messages else await receive()

    return received
