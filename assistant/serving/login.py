"""The log-in page and log-out, without script, in Chinese or English as the browser asks."""

from __future__ import annotations

import html
from dataclasses import dataclass
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from assistant.errors import LoginRefused
from assistant.serving.sessions import Sessions
from assistant.serving.users import UserStore

COOKIE = "bureau_session"
LONGEST = 4096
"""Bytes of the form that is sent."""
WORDS = {
    "zh-CN": ("登录", "用户名", "密码", "登录"),
    "en": ("Log in", "User", "Password", "Log in"),
}
REFUSED_IN_ENGLISH = "Wrong name or password."
PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
:root {{ color-scheme: light dark }}
body {{ font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif }}
main {{ max-width: 22rem; margin: 15vh auto; padding: 0 1rem }}
label {{ display: block; margin: 1rem 0 .3rem }}
input, button {{ font: inherit; width: 100%; box-sizing: border-box; padding: .6rem; min-height: 44px }}
button {{ margin-top: 1.5rem }}
p {{ border-left: 4px solid #c0392b; padding-left: .6rem }}
</style></head><body><main><h1>{title}</h1>{told}
<form method="post" action="{root}/login">
<label for="name">{name}</label><input id="name" name="name" autocomplete="username" required autofocus>
<label for="password">{password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button>{button}</button></form></main></body></html>"""


@dataclass(frozen=True)
class LoginPage:
    """/login and /logout over the users and their sessions."""

    users: UserStore
    sessions: Sessions

    async def answer(self, request: Request, path: str) -> Response | None:
        """The response to a request for one of the two; None for any other."""
        if path == "/logout" and request.method == "POST":
            return self._left(request)
        if path != "/login":
            return None
        if request.method == "POST":
            return await self._tried(request)
        return _page(request)

    async def _tried(self, request: Request) -> Response:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > LONGEST:
                return PlainTextResponse("内容过大。", 413)
        given = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
        name, password = (given.get(one, [""])[0] for one in ("name", "password"))
        try:
            user = await to_thread.run_sync(self.users.verify, name, password, address_of(request))
        except LoginRefused as error:
            return _page(request, error)
        response = RedirectResponse(f"{root_of(request)}/", 303)
        response.set_cookie(
            COOKIE,
            self.sessions.begin(user),
            max_age=self.sessions.seconds,
            path=root_of(request) or "/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return response

    def _left(self, request: Request) -> Response:
        self.sessions.end(request.cookies.get(COOKIE, ""))
        response = RedirectResponse(f"{root_of(request)}/login", 303)
        response.delete_cookie(COOKIE, path=root_of(request) or "/")
        return response


def _page(request: Request, refused: LoginRefused | None = None) -> Response:
    """The form, with what was wrong; 401 for a wrong password and 429 for one too many."""
    asked = request.headers.get("accept-language", "").lower()
    lang = "en" if asked.startswith("en") else "zh-CN"
    title, name, password, button = WORDS[lang]
    told, status, headers = "", 200, {"Cache-Control": "no-store"}
    if refused is not None:
        words = str(refused) if lang != "en" or refused.seconds else REFUSED_IN_ENGLISH
        told, status = f'<p role="alert">{html.escape(words)}</p>', 429 if refused.seconds else 401
        headers |= {"Retry-After": str(refused.seconds)} if refused.seconds else {}
    root = html.escape(root_of(request))
    content = PAGE.format(lang=lang, title=title, told=told, root=root, name=name, password=password, button=button)
    return HTMLResponse(content, status, headers)


def root_of(request: Request) -> str:
    """The path under which the application is shown, without a slash at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def address_of(request: Request) -> str:
    """Where a request comes from; '' where that is not known."""
    return request.client.host if request.client else ""
