"""A page with users in a real Chromium: log in, ask, log out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_page import CHROMIUM, MARKS, started_chat

from assistant.serving.users import UserStore

pytestmark = MARKS
PASSWORD = "correct horse"  # noqa: S105 - of a test


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[str]:
    """The address of a page over one document that only Li may read."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "丙市2014年工作要点.txt").write_text("专利申请量达到2300件以上。\n", encoding="utf-8")
    UserStore(tmp_path / "index" / "state" / "users.sqlite").add("li", PASSWORD)
    with started_chat(tmp_path, "health") as address:
        yield address


def test_log_in_ask_and_log_out(guarded: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(locale="zh-CN")
        page.set_default_timeout(60_000)
        page.goto(guarded)
        assert page.url == f"{guarded}login"
        for password in ("not the password", PASSWORD):
            page.fill("#name", "li")
            page.fill("#password", password)
            page.click("button")
            if password != PASSWORD:
                assert "不对" in page.inner_text("[role=alert]")
        page.fill("#question textarea", "2014年专利申请量的目标是多少?")
        page.press("#question textarea", "Enter")
        page.wait_for_selector("#conversation .bot.message a[href*='documents/']")
        assert "2300件以上" in page.locator("#conversation .bot.message").inner_text()
        assert page.evaluate("document.cookie") == ""
        page.click("#log-out button")
        page.wait_for_url(f"{guarded}login")
        page.goto(guarded)
        assert page.url == f"{guarded}login"
        browser.close()
