"""Fixtures of the tests of what programs reach: the interface over a few documents, in this process or served."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from pydantic import SecretStr
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from assistant import Assistant
from assistant.server.api import application
from assistant.server.door import Door
from assistant.serving.gate import Rules
from assistant.serving.rate import Rate
from assistant.settings import Settings

KEY = "a-key-that-none-guesses"
PLANS = {
    "丙市科技局2014年工作要点": "一、工作目标\n1.专利申请量达到2300件以上。\n2.新增高新技术企业5家。\n"
    "二、工作措施\n(一)加强知识产权保护。建立专利预警机制。\n",
    "丁县科技局2015年工作总结": "一、主要工作\n全年专利申请量5件。建成科技企业孵化器1家。\n",
}
Interface = Callable[..., TestClient]


@pytest.fixture
def plans(office: Callable[..., Assistant]) -> Assistant:
    return office(**PLANS)


def door(assistant: Assistant, key: str = "") -> Door:
    """The whole interface, which may be asked as often as one likes."""
    rules = Rules(rate=Rate(per_second=1e6, burst=1e6))
    return application(assistant, rules, Settings(api_key=SecretStr(key)))


@pytest.fixture
def interface(plans: Assistant) -> Interface:
    """A client of it; whoever has the ``key`` sends it."""

    def client(key: str = "", sent: str = "") -> TestClient:
        headers = {"Authorization": f"Bearer {sent}"} if sent else {}
        return TestClient(door(plans, key), base_url="http://127.0.0.1:8000", headers=headers)

    return client


@pytest.fixture
def serve() -> Iterator[Callable[[ASGIApp], str]]:
    """Serves an application on a port of its own, and tells its address."""
    servers = []

    def served(app: ASGIApp) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        servers.append((server, thread, listening))
        return f"http://127.0.0.1:{listening.getsockname()[1]}"

    yield served
    for server, thread, listening in servers:
        server.should_exit = True
        thread.join(10)
        listening.close()
