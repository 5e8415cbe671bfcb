"""Take the pictures in docs/screenshots of the page over the corpus: python docs/take_screenshots.py."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser_page import CHROMIUM, ask, started_chat

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parent / "screenshots"
GOAL = "平湖市2013年专利申请量的目标是多少?"
MEASURES = "平湖市2013年怎样加强知识产权工作?"


def discard(_: object) -> None:
    """Nothing, of something."""


def opened_tab(page: Page, name: str, element: str) -> None:
    """Show a tab."""
    page.get_by_role("tab", name=name, exact=True).click()
    page.wait_for_selector(f"{element} tbody tr")
    page.wait_for_timeout(500)


def answered(page: Page) -> None:
    """Answers about a goal and measures."""
    ask(page, GOAL)
    ask(page, MEASURES)


def refused(page: Page) -> None:
    """An answer, and a question of another year."""
    ask(page, GOAL)
    ask(page, "那2014年呢?")


def reading(page: Page) -> None:
    """The document beside an answer."""
    ask(page, GOAL)
    page.locator("#conversation a[href*='documents/']").first.click()
    page.frame_locator("#reader iframe").locator("mark").first.wait_for()
    page.wait_for_timeout(500)


SHOWN: dict[str, tuple[dict[str, Any], Callable[[Page], None]]] = {
    "first": ({}, lambda page: page.wait_for_timeout(500)),
    "answer": ({}, answered),
    "dark": ({"color_scheme": "dark"}, answered),
    "refusal": ({}, refused),
    "reader": ({}, reading),
    "goals": ({}, lambda page: opened_tab(page, "目标一览", "#goals-table")),
    "files": ({}, lambda page: opened_tab(page, "文件", "#file-table")),
    "phone": ({"viewport": {"width": 390, "height": 844}}, lambda page: discard(ask(page, GOAL))),
}


def take(browser: Browser, address: str, name: str, options: dict[str, Any], show: Callable[[Page], None]) -> None:
    """One picture."""
    page = browser.new_page(**{"viewport": {"width": 1280, "height": 800}, "locale": "zh-CN"} | options)
    page.set_default_timeout(60_000)
    page.goto(address)
    page.wait_for_timeout(2000)
    show(page)
    page.screenshot(path=PICTURES / f"{name}.png")
    page.close()


def main() -> None:
    """Take them all."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        (Path(folder) / "none" / "corpus").mkdir(parents=True)
        with started_chat(Path(folder) / "none", "health") as address:
            take(browser, address, "empty", {}, lambda page: page.wait_for_timeout(500))
        (Path(folder) / "corpus").symlink_to(ROOT / "corpus")
        with started_chat(Path(folder)) as address:
            for name, (options, show) in SHOWN.items():
                take(browser, address, name, options, show)
        browser.close()


if __name__ == "__main__":
    main()
