"""What stands before every request of a program: names of this host, origins, sizes, a rate, and the key.

Errors are JSON in the shape that the one who asks knows: Dify's below /retrieval, OpenAI's elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.serving.gate import DOCUMENTS, FRAMED, HEADERS, SAFE, Rules, health, refusal, with_headers

RETRIEVAL = "/retrieval"
BEARER = "bearer "
SIGNED = re.compile(r"/documents/~([0-9a-f]{32})/(.+)", re.DOTALL)
NO_BEARER, WRONG_KEY, NO_KNOWLEDGE = 1001, 1002, 2001
"""Dify's error codes (docs.dify.ai, External Knowledge API)."""
FILE = "file"
"""Asks a document's address for the whole file, which may hold other works: no link opens that."""
REFUSED = {
    403: "the request comes from another page; programs send no Origin, or send the key",
    411: "the request must tell its length (Content-Length)",
    413: "the request is too large",
    421: "this host is not called by that name; add it to BUREAU_HOSTS",
    429: "too many requests; ask again after the seconds of Retry-After",
}
MISSING = "the header Authorization must be: Bearer KEY"
WRONG = "the key is wrong; the right one is BUREAU_API_KEY of the server"
CODES = {
    400: "invalid_request", 401: "invalid_api_key", 403: "forbidden", 404: "not_found", 405: "method_not_allowed",
    411: "length_required", 413: "too_large", 421: "unknown_host", 422: "invalid_request", 429: "rate_limited",
    503: "index_unavailable",
}  # fmt: skip


class Door:
    """ASGI middleware; without a key whoever reaches it comes in."""

    def __init__(self, app: ASGIApp, rules: Rules, key: str) -> None:
        self._app, self._rules, self._key = app, rules, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request here, or pass it on."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":  # there is none
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        send = with_headers(send, HEADERS | FRAMED if request.url.path.startswith(DOCUMENTS) else HEADERS)
        opened = unsigned(scope["path"], self._key) if self._key and FILE not in request.query_params else None
        if opened and request.method in SAFE:
            scope = {**scope, "path": opened, "raw_path": opened.encode()}
        response = health(request) or self._refused(request, opened=opened is not None)
        await (response or self._app)(scope, receive, send)

    def _refused(self, request: Request, *, opened: bool) -> Response | None:
        path, dify = request.url.path, request.url.path == RETRIEVAL
        given = request.headers.get("authorization", "")
        key = given[len(BEARER) :].strip() if given.lower().startswith(BEARER) else ""
        known = bool(self._key) and hmac.compare_digest(key.encode(), self._key.encode())
        if refused := refusal(request, self._rules, any_origin=known):
            return error_response(path, refused.status, REFUSED[refused.status], headers=dict(refused.headers))
        if known or not self._key or opened:
            return None
        told = WRONG if key else MISSING
        return error_response(path, 403 if dify else 401, told, dify_code=WRONG_KEY if key else NO_BEARER)


def unsigned(path: str, key: str) -> str | None:
    """The path of the document that a signed link of ours leads to; None for any other path, or a wrong signature.

    The signature stands in the path, so that what the document's page links to, relative to itself, is signed too.
    """
    signed = SIGNED.fullmatch(path)
    if not signed or not hmac.compare_digest(signed[1].encode(), signature(key, signed[2]).encode()):
        return None
    return DOCUMENTS + signed[2]


def signature(key: str, document_id: str) -> str:
    """What lets one document be read without the key (HMAC-SHA256, RFC 2104), as 32 hex digits."""
    return hmac.new(key.encode(), document_id.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


def error_response(
    path: str, status: int, message: str, *, dify_code: int = 0, headers: dict[str, str] | None = None
) -> JSONResponse:
    """An error in the shape that is known below ``path``."""
    if path == RETRIEVAL:
        return JSONResponse({"error_code": dify_code or status, "error_msg": message}, status, headers)
    return JSONResponse(error_body(status, message), status, headers)


def error_body(status: int, message: str) -> dict[str, Any]:
    """An error as OpenAI's clients read it (platform.openai.com, error codes)."""
    kind = "server_error" if status >= 500 else "invalid_request_error"
    return {"error": {"message": message, "type": kind, "param": None, "code": CODES.get(status)}}
