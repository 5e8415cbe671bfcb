"""Everyone can use the page: axe-core finds nothing, two languages, a phone, twice the size, the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import browser_page
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser_page import MARKS, answered, ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS
TABS = ("目标一览", "措施一览", "文件", "语言模型")
GOAL = "平湖市2013年专利申请量的目标是多少?"
WIDE = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@contextmanager
def browser(address: str, **options: Any) -> Iterator[Page]:  # noqa: ANN401 - options of a browser
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=browser_page.CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = started.new_page(**{"locale": "zh-CN", "viewport": {"width": 1280, "height": 720}} | options)
        page.set_default_timeout(60_000)
        page.goto(address)
        page.wait_for_selector("#question textarea")
        yield page
        started.close()


def found(page: Page) -> list[str]:
    """What axe-core finds that is serious or critical, once nothing fades in or out."""
    page.wait_for_timeout(1000)
    told = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in told if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_tab(address: str, scheme: str) -> None:
    with browser(address, color_scheme=scheme) as page:
        page.wait_for_selector("#conversation button.example")
        assert found(page) == []
        for question in (GOAL, GOAL.replace("2013", "2014"), "那2013年呢?"):
            ask(page, question)
        for part in ("#filters", "#history"):
            page.locator(f"{part} button").first.click()
        assert found(page) == []
        page.locator("#conversation a[href*='documents/']").first.click()
        page.frame_locator("#reader iframe").locator("mark").first.wait_for()
        assert found(page) == []
        page.keyboard.press("Escape")
        for name in TABS:
            page.get_by_role("tab", name=name, exact=True).click()
            assert found(page) == []


@pytest.mark.parametrize(
    ("language", "button", "tab"),
    [("zh-CN", "提问", "目标一览"), ("en-US", "Ask", "Goals"), ("zh-TW", "提问", "目标一览")],
)
def test_labels_are_in_the_language_of_the_browser(address: str, language: str, button: str, tab: str) -> None:
    with browser(address, locale=language) as page:
        page.get_by_role("tab", name=tab, exact=True).wait_for()
        assert page.locator("#question button").inner_text() == button
        assert page.evaluate("document.documentElement.lang").startswith(language[:2])
        assert "2300件以上" in ask(page, GOAL)


def test_an_error_is_told_in_the_language_of_the_browser(address: str) -> None:
    for language, words in (("zh-CN", "不像一个问题"), ("en-US", "This is no question")):
        with browser(address, locale=language) as page:
            assert words in ask(page, "?!")


def test_a_phone_shows_everything_without_scrolling_sideways(address: str) -> None:
    with browser(address, viewport={"width": 390, "height": 844}) as page:
        box = page.locator("#conversation button.example").last.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 844
        assert page.evaluate(WIDE)
        ask(page, GOAL)
        page.locator("#conversation a[href*='documents/']").first.click()
        frame = page.locator("#reader").bounding_box()
        assert frame is not None
        assert frame["width"] == 390
        page.click("#reader-close")
        page.wait_for_selector("#reader", state="hidden")
        for name in TABS:
            if not page.get_by_role(
                "tab", name=name, exact=True
            ).count():  # behind the button of those that find no room
                page.locator(".overflow-menu > button").click()
                page.locator(".overflow-menu button", has_text=name).last.click()
            else:
                page.get_by_role("tab", name=name, exact=True).click()
            assert page.evaluate(WIDE)


def test_at_twice_the_size_nothing_is_cut_off(address: str) -> None:
    with browser(address, viewport={"width": 640, "height": 360}) as page:  # 1280x720 at 200 %
        assert page.evaluate(WIDE)
        assert "2300件以上" in ask(page, GOAL)
        assert page.evaluate(WIDE)


def test_the_keyboard_alone_asks_and_opens_a_quote(address: str) -> None:
    with browser(address) as page:
        reached = []
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.closest('[id]')?.id + document.activeElement.tagName"))
            if page.evaluate("document.activeElement.classList.contains('example')"):
                break
        page.keyboard.press("Enter")
        page.wait_for_selector("#conversation .bot.message a[href*='documents/']")
        assert answered(page)
        page.locator("#conversation .bot.message a").first.focus()
        page.keyboard.press("Enter")
        page.frame_locator("#reader iframe").locator("mark").first.wait_for()
        page.keyboard.press("Escape")
        page.wait_for_selector("#reader", state="hidden")
