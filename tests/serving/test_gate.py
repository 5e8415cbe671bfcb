"""The gate before the page: what passes and what is answered instead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.errors import SettingsError
from assistant.page.served import rules_of
from assistant.serving.gate import Gate, Rules
from assistant.serving.login import LoginPage
from assistant.serving.rate import Rate
from assistant.serving.sessions import Sessions
from assistant.serving.users import UserStore, users_of
from assistant.settings import Settings

pytestmark = pytest.mark.usefixtures("cheap_hashes")
PASSWORD = "correct horse"  # noqa: S105 - of a test
HTML = {"accept": "text/html"}


async def behind(request: Request) -> Response:
    read = len(await request.body())
    return JSONResponse({"user": request.state.user.name, "role": request.state.user.role, "bytes": read})


def client(rules: Rules, root_path: str = "") -> TestClient:
    routes = [Route("/{path:path}", behind, methods=["GET", "POST"])]
    return TestClient(
        Gate(Starlette(routes=routes), rules),
        base_url="http://127.0.0.1:7860",
        follow_redirects=False,
        root_path=root_path,
        raise_server_exceptions=True,
    )


@pytest.fixture
def users(tmp_path: Path) -> UserStore:
    store = UserStore(tmp_path / "users.sqlite")
    store.add("chen", PASSWORD, "editor")
    store.add("li", PASSWORD, "reader")
    return store


@pytest.fixture
def guarded(users: UserStore) -> Iterator[TestClient]:
    sessions = Sessions(users, 12)
    with client(Rules(login=LoginPage(users, sessions))) as opened:
        yield opened


def log_in(opened: TestClient, name: str, password: str = PASSWORD) -> int:
    return opened.post("/login", data={"name": name, "password": password}).status_code


def test_without_users_whoever_is_here_edits() -> None:
    assert client(Rules()).get("/").json() == {"user": "", "role": "editor", "bytes": 0}


def test_nothing_is_shown_before_the_log_in(guarded: TestClient) -> None:
    assert guarded.get("/", headers=HTML).headers["location"] == "/login"
    assert guarded.get("/config").status_code == 401
    assert guarded.post("/gradio_api/queue/join", json={}).status_code == 401
    assert guarded.get("/health").json() == {"status": "ok"}
    assert "用户名" in guarded.get("/login").text
    assert 'lang="en"' in guarded.get("/login", headers={"accept-language": "en-GB,en"}).text


def test_log_in_and_out(guarded: TestClient) -> None:
    assert log_in(guarded, "chen", "not the password") == 401
    answer = guarded.post("/login", data={"name": "chen", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Max-Age=43200", "Path=/"))
    assert guarded.get("/config").json()["user"] == "chen"
    assert guarded.get("/whoami").json() == {"name": "chen", "role": "editor"}
    stolen = guarded.cookies["bureau_session"]
    assert guarded.post("/logout").status_code == 303
    assert guarded.get("/config", headers={"cookie": f"bureau_session={stolen}"}).status_code == 401


def test_thirty_wrong_passwords_are_locked_out(guarded: TestClient) -> None:
    statuses = [log_in(guarded, "chen", f"wrong password {number}") for number in range(30)]
    assert statuses == [401] * 5 + [429] * 25
    assert log_in(guarded, "chen") == 429
    locked = guarded.post("/login", data={"name": "chen", "password": PASSWORD})
    assert 0 < int(locked.headers["retry-after"]) <= 31


def test_only_editors_upload(guarded: TestClient) -> None:
    log_in(guarded, "li")
    assert guarded.post("/gradio_api/upload", content=b"x").status_code == 403
    log_in(guarded, "chen")
    assert guarded.post("/gradio_api/upload", content=b"x").json()["bytes"] == 1


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:9"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "http://127.0.0.1:7860"}, 200),
        ({}, 200),
    ],
)
def test_other_pages_may_change_nothing(headers: dict[str, str], status: int) -> None:
    assert client(Rules()).post("/gradio_api/upload", content=b"x", headers=headers).status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("", 421),
        ("[", 421),
        ("localhost:7860", 200),
        ("LOCALHOST", 200),
        ("[::1]:7860", 200),
        ("192.168.1.7:7860", 200),
        ("wenda.kjj.local", 200),
    ],
)
def test_a_name_of_others_leads_nowhere(host: str, status: int) -> None:
    rules = Rules(frozenset({"localhost", "wenda.kjj.local"}))
    assert client(rules).get("/", headers={"host": host}).status_code == status


def test_what_is_too_large_is_refused_with_and_without_a_length() -> None:
    opened = client(Rules(body_bytes=10, upload_bytes=20))
    assert opened.post("/", content=b"x" * 10).json()["bytes"] == 10
    assert opened.post("/", content=b"x" * 11).status_code == 413
    assert opened.post("/", content=iter([b"x"])).status_code == 411
    assert opened.post("/gradio_api/upload", content=b"x" * 20).json()["bytes"] == 20
    assert opened.post("/gradio_api/upload", content=b"x" * 21).status_code == 413


def test_too_many_requests_wait_and_reading_costs_nothing() -> None:
    opened = client(Rules(rate=Rate(per_second=0.01, burst=2)))
    assert [opened.post("/").status_code for _ in range(3)] == [200, 200, 429]
    assert opened.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/health", "/login", "/nothing"])
def test_every_answer_carries_the_headers(guarded: TestClient, path: str) -> None:
    headers = guarded.get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


def test_under_a_root_path_everything_stays_below_it(users: UserStore) -> None:
    sessions = Sessions(users, 12)
    opened = client(Rules(login=LoginPage(users, sessions)), "/kb")
    assert opened.get("/kb/", headers=HTML).headers["location"] == "/kb/login"
    assert 'action="/kb/login"' in opened.get("/kb/login").text
    answer = opened.post("/kb/login", data={"name": "li", "password": PASSWORD})
    assert answer.headers["location"] == "/kb/"
    assert "Path=/kb" in answer.headers["set-cookie"]


def test_others_may_come_only_where_there_are_users(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index", hosts="wenda.kjj.local, ")
    assert rules_of(settings, "127.0.0.1").sessions is None
    with pytest.raises(SettingsError, match="bureau user add"):
        rules_of(settings, "0.0.0.0")  # noqa: S104 - refused
    users_of(settings).add("chen", PASSWORD, "editor")
    rules = rules_of(settings, "0.0.0.0")  # noqa: S104
    assert rules.sessions is not None
    assert {"wenda.kjj.local", "localhost"} <= rules.hosts
    assert "" not in rules.hosts
    assert rules_of(settings, "127.0.0.1").login is not None


def test_a_page_is_the_users_who_had_it_first(users: UserStore) -> None:
    with client(Rules(login=LoginPage(users, Sessions(users, 12)))) as opened:
        log_in(opened, "li")
        joined = {"session_hash": "of-li", "data": ["问"], "fn_index": 1}
        sent = opened.post("/gradio_api/queue/join", json=joined)
        assert sent.json() == {"user": "li", "role": "reader", "bytes": len(sent.request.content)}
        assert opened.get("/gradio_api/queue/data?session_hash=of-li").status_code == 200
        log_in(opened, "chen")
        named = (
            opened.get("/gradio_api/queue/data?session_hash=of-li"),
            opened.get("/gradio_api/queue/data?x=1&session_hash=mine&session_hash=of-li"),
            opened.get("/gradio_api/heartbeat/of-li"),
            opened.get("/gradio_api/stream/of-li/1/2/playlist.m3u8"),
            opened.post("/gradio_api/queue/join", json=joined),
            opened.post("/gradio_api/cancel", json=joined),
            opened.post("/gradio_api/upload", files={"files": b"x"}, headers={"session_hash": "of-li"}),
        )
        assert [one.status_code for one in named] == [403] * len(named)
        for body in (b"{", b"[1]", b'{"session_hash": 7}', b'{"session_hash": "of-chen"}'):
            passed = opened.post("/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
            assert passed.json() == {"user": "chen", "role": "editor", "bytes": len(body)}
        log_in(opened, "li")
        assert opened.get("/gradio_api/queue/data?session_hash=of-li").status_code == 200
        assert opened.get("/gradio_api/queue/data?session_hash=of-chen").status_code == 403
    assert client(Rules()).get("/gradio_api/queue/data?session_hash=of-li").status_code == 200  # nobody logs in there
