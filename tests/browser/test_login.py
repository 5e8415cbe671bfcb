"""A page with users in a real Chromium: log in, ask, log out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browser_page import CHROMIUM, MARKS, started_chat

from assistant.datamodels import Rights
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


@pytest.fixture
def divided(tmp_path: Path) -> Iterator[str]:
    """The address of a page over documents of two bureaus, with a reader of each."""
    (tmp_path / "corpus").mkdir()
    for name, text in {
        "丙市科技局2014年工作要点.txt": "一、目标\n专利申请量达到2300件以上。\n二、措施\n(一)建设孵化器\n",
        "丁县教育局2015年工作要点.txt": "一、目标\n新建学校12所以上。\n二、措施\n(一)改造食堂\n",
    }.items():
        (tmp_path / "corpus" / name).write_text(text, encoding="utf-8")
    users = UserStore(tmp_path / "index" / "state" / "users.sqlite")
    users.add("li", PASSWORD, sees=Rights(bureaus=frozenset({"科技局"})))
    users.add("wang", PASSWORD, sees=Rights(bureaus=frozenset({"教育局"})))
    with started_chat(tmp_path, "health") as address:
        yield address


def test_each_sees_the_documents_that_are_theirs(divided: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, own, other, asked in (
            ("li", "丙市科技局", "丁县教育局", "2014年专利申请量的目标是多少?"),
            ("wang", "丁县教育局", "丙市科技局", "2015年新建学校的目标是多少所?"),
        ):
            page = browser.new_context(locale="zh-CN").new_page()
            page.set_default_timeout(60_000)
            page.goto(divided)
            page.fill("#name", name)
            page.fill("#password", PASSWORD)
            page.click("button")
            page.wait_for_selector("#overview summary")
            assert "1 个文件" in page.inner_text("#overview")
            page.fill("#question textarea", asked)
            page.press("#question textarea", "Enter")
            link = page.wait_for_selector("#conversation .bot.message a[href*='documents/']")
            assert link is not None
            address = f"{divided}{str(link.get_attribute('href')).lstrip('/')}"
            assert page.request.get(address).status == 200
            year, others = ("2014", "2015") if name == "li" else ("2015", "2014")
            foreign = address.replace(quote(own), quote(other)).replace(year, others)
            assert foreign != address
            assert page.request.get(foreign.partition("?")[0]).status == 404
            for tab in ("目标一览", "措施一览", "文件"):
                page.get_by_role("tab", name=tab, exact=True).click()
                page.wait_for_timeout(1500)
            shown = page.inner_text("body")
            assert own in shown
            assert other not in page.content()
            for table in ("goals", "measures"):
                rows = page.request.get(f"{divided}export/{table}.csv").text()
                assert own in rows
                assert other not in rows
        browser.close()
