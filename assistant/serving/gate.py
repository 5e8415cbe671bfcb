"""What stands before every request: headers, names of this host, origins, a rate, sizes, and who has logged in.

ASGI middleware of plain functions over a request; the page behind it need not know of any of this, but finds the user
in ``request.state.user``.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.serving.login import COOKIE, LoginPage, address_of, root_of
from assistant.serving.pages import API, Pages, pages_named
from assistant.serving.rate import Rate
from assistant.serving.sessions import Sessions
from assistant.serving.users import User

# Gradio's own start script is inline. Nothing may come from or go to another host.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers send the log-in form with the origin "null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
DOCUMENTS = "/documents/"
FRAMED = {  # the page shows documents beside its answers
    "Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'"),
    "X-Frame-Options": "SAMEORIGIN",
}
HERE = ("localhost", "127.0.0.1", "::1")
SAFE = ("GET", "HEAD", "OPTIONS")
UPLOAD = "/gradio_api/upload"
LOCAL_USER = User("", "editor")
"""Whoever asks a page that only this machine can reach."""
ASKING: ContextVar[User | None] = ContextVar("asking", default=None)
"""Who sent the request that is being answered; None between requests."""


@dataclass(frozen=True)
class Rules:
    """What the gate lets through: names by which this host is called, bytes of a request, who has logged in."""

    hosts: frozenset[str] = frozenset(HERE)
    login: LoginPage | None = None
    """None where nobody need log in."""
    rate: Rate = field(default_factory=Rate)
    body_bytes: int = 5_000_000
    upload_bytes: int = 50_000_000

    @property
    def sessions(self) -> Sessions | None:
        """Who has logged in, where anybody must."""
        return self.login.sessions if self.login else None


class Gate:
    """The middleware; ``rules`` say what passes."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules, self._pages = app, rules, Pages()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request here, or pass it on with its user."""
        if scope["type"] == "websocket":  # the page has none
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        send = with_headers(send, HEADERS | FRAMED if _path(request).startswith(DOCUMENTS) else HEADERS)
        response = health(request) or _told(refusal(request, self._rules)) or await self._of_login(request)
        if response is None:
            response = self._unless_known(request)
        if response is None and self._rules.sessions and _path(request).startswith(API):
            named, receive = await pages_named(request, _path(request))
            if not all(self._pages.is_own(one, request.state.user.name) for one in named):
                response = PlainTextResponse("这个页面属于别的用户,请重新打开。", 403)
        if response is not None:
            await response(scope, receive, send)
            return
        await self._app(scope, receive, send)

    async def _of_login(self, request: Request) -> Response | None:
        login = self._rules.login
        return await login.answer(request, _path(request)) if login else None

    def _unless_known(self, request: Request) -> Response | None:
        """None with the user in the state of the request; else the way to the log-in, or 401, or 403."""
        sessions = self._rules.sessions
        user = LOCAL_USER if sessions is None else sessions.user(request.cookies.get(COOKIE, ""))
        path = _path(request)
        if user is None:
            page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
            return RedirectResponse(f"{root_of(request)}/login", 303) if page else PlainTextResponse("请先登录。", 401)
        if path == UPLOAD and not user.edits:
            return PlainTextResponse("只有编辑者可以上传文件。", 403)
        if path == "/whoami":
            return JSONResponse({"name": user.name, "role": user.role}, headers={"Cache-Control": "no-store"})
        request.state.user = user
        ASKING.set(user)
        return None


@dataclass(frozen=True)
class Refused:
    """Why a request does not come in."""

    status: int
    words: str
    headers: Mapping[str, str] = field(default_factory=dict)


def _told(refused: Refused | None) -> Response | None:
    return PlainTextResponse(refused.words, refused.status, refused.headers) if refused else None


def health(request: Request) -> Response | None:
    """The answer to a request for /health; None for any other."""
    asked = _path(request) == "/health" and request.method in ("GET", "HEAD")
    return JSONResponse({"status": "ok"}) if asked else None


def refusal(request: Request, rules: Rules, *, any_origin: bool = False) -> Refused | None:
    """What no request may be, whoever sends it; ``any_origin`` for one that brings what no page of others has."""
    if not is_host_of(request.headers.get("host", ""), rules.hosts):
        return Refused(421, "地址不对:请用本机的地址访问,或在 BUREAU_HOSTS 中写明这个名称。")
    if request.method not in SAFE and not any_origin and not is_own_origin(request):
        return Refused(403, "请求来自别的网页,已拒绝。")
    if request.method not in SAFE and (wait := rules.rate.wait(address_of(request))):
        return Refused(429, "请求太快,请稍后再试。", {"Retry-After": str(wait)})
    return _too_large(request, rules.upload_bytes if _path(request) == UPLOAD else rules.body_bytes)


def _too_large(request: Request, limit: int) -> Refused | None:
    if "transfer-encoding" in request.headers:  # no client of ours sends anything without its length
        return Refused(411, "请求没有写明长度。")
    length = request.headers.get("content-length", "0")
    return Refused(413, "内容过大。") if not length.isdecimal() or int(length) > limit else None


def is_host_of(host: str, known: frozenset[str]) -> bool:
    """Whether a Host header is one of ours: a plain address, which no name of others can lead to, or a known name.

    A page elsewhere may let its own name lead to 127.0.0.1 (DNS rebinding); its requests carry that name.
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    try:
        ip_address(name)
    except ValueError:
        return name.lower() in known
    return True


def is_own_origin(request: Request) -> bool:
    """Whether a request that changes something comes from our own page, or from no page at all."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    if origin is None:
        return site in ("none", "same-origin")
    host = request.headers.get("host", "").lower()
    return urlsplit(origin).netloc.lower() == host


def with_headers(send: Send, added: Mapping[str, str]) -> Send:
    """``send`` with these headers on every response."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in added.items():
                headers[name] = value
            del headers["server"]
        await send(message)

    return sending


def _path(request: Request) -> str:
    """The path below the root path of the application."""
    path, root = str(request.scope["path"]), root_of(request)
    return path.removeprefix(root) if root and path.startswith(f"{root}/") else path
