"""The page as it runs: nothing asked is printed, whatever comes in; files are their owner's; it ends in order."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import stat
import sys
from pathlib import Path

import httpx
import pytest
from browser_page import started_chat
from page_load import Client, at_once

from assistant.serving.running import OneLine

PLAN = "丙市科技局2014年工作要点\n专利申请量达到2300件以上。\n"
SECRET = "绝密的珍珠"  # noqa: S105 - of a test
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "丙市2014.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path


def test_nothing_that_was_asked_is_printed_also_on_bad_requests(folder: Path) -> None:
    headers = {"connection": "close"}  # a server may close what a bad request came over
    with (
        started_chat(folder) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60, headers=headers) as web,
    ):
        join = "/gradio_api/queue/join"
        event = Client(address, web.get("config").json())

        async def asked() -> None:
            async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
                assert (await event.ask(client, f"{SECRET}2014年是多少?", "one")).answered

        asyncio.run(asked())
        bad = [
            web.post(join, json={"data": [SECRET], "fn_index": 99999, "session_hash": "x"}),
            web.post(join, json={"data": SECRET, "fn_index": "a"}),
            web.post(join, content=SECRET.encode(), headers={"content-type": "application/json"}),
            web.post(join, json={"data": [SECRET] * 3, "fn_index": event.number, "session_hash": "x"}),
            web.get(f"documents/{SECRET}"),
            web.get(f"export/{SECRET}.csv"),
            web.get("export/goals.csv", params={"words": SECRET}),
            web.get(f"{SECRET}"),
            web.post("login", data={"name": SECRET, "password": SECRET}),
        ]
        assert all(one.status_code >= 400 or one.is_success for one in bad)
        assert sum(one.status_code >= 400 for one in bad) >= 6
        assert web.get("health").json() == {"status": "ok"}
    printed = (folder / "printed.txt").read_text(encoding="utf-8", errors="replace")
    for form in (SECRET, json.dumps(SECRET).strip('"'), repr(SECRET.encode())[2:-1]):
        assert form not in printed


def test_a_hundred_users_at_once_are_all_answered(folder: Path) -> None:
    with started_chat(folder) as address:
        client = Client(address, httpx.get(f"{address}config", trust_env=False).json())
        waited = asyncio.run(at_once(client, 100))
    assert [one.answered for one in waited] == [True] * 100


@pytest.mark.skipif(os.name != "posix", reason="file modes of POSIX")
def test_files_are_for_their_owner_alone_where_that_is_asked_for(folder: Path) -> None:
    for private, allowed in (("false", 0o055), ("true", 0)):
        index = folder / private
        index.mkdir()
        (index / "corpus").symlink_to(folder / "corpus")
        with started_chat(index, BUREAU_PRIVATE=private):
            pass
        written = [path for path in (index / "index").rglob("*") if path.name != ".lock"]
        modes = {stat.S_IMODE(path.stat().st_mode) & 0o055 for path in written}
        assert max(modes) <= allowed
        assert (max(modes) > 0) == (private == "false")


def test_an_error_is_logged_in_one_line_without_its_words() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        record = logging.LogRecord("x", 40, "x", 1, "Exception in %s\nmore", ("application",), sys.exc_info())
    assert OneLine().filter(record)
    assert logging.Formatter().format(record) == "Exception in application (ValueError)"
