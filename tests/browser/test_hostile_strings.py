"""Sixty hostile strings, as words of a document and as questions: they are shown, and do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_page import MARKS, ask, opened_page, started_chat
from hostile_strings import STRINGS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS
MADE = "img, iframe, object, embed, video, audio, form, svg[onload], base, meta[http-equiv], [onerror], [onclick]"


@pytest.fixture
def requested() -> list[str]:
    return []


@pytest.fixture
def page(tmp_path: Path, requested: list[str]) -> Iterator[Page]:
    (tmp_path / "corpus").mkdir()
    lines = [
        f"{number}.培育{' '.join(one.split())}企业{number + 10}家。" for number, one in enumerate(STRINGS, start=1)
    ]
    text = "丙市科技局2014年工作要点\n二、工作目标\n" + "\n".join(lines) + "\n"
    (tmp_path / "corpus" / "丙市2014.txt").write_text(text, encoding="utf-8")
    with started_chat(tmp_path) as address, opened_page(address, tmp_path / "profile", requested) as opened:
        yield opened


def test_hostile_strings_are_shown_and_do_nothing(page: Page, requested: list[str]) -> None:
    assert len(STRINGS) == 60
    address = page.url
    for number, one in enumerate(STRINGS):
        ask(page, f"培育{' '.join(one.split())}企业多少家?")
        shown = page.locator("#conversation .user.message").last.inner_text()
        assert " ".join(f"培育{one}企业多少家?".split()) == " ".join(shown.split())
        if number % 10 == 9:
            page.click("#clear")
            page.wait_for_function("() => document.querySelectorAll('#conversation .message').length === 0")
    for tab, table in (("目标一览", "goals"), ("措施一览", "measures")):
        page.get_by_role("tab", name=tab, exact=True).click()
        page.wait_for_selector(f"#{table}-table")
        assert page.locator(f"#{table}-table").locator(MADE).count() == 0
    page.get_by_role("tab", name="目标一览", exact=True).click()
    page.locator("#goals-table a.whole").first.click()
    document = page.frame_locator("#reader iframe")
    document.locator("article").wait_for()
    assert document.locator("article").locator(MADE).count() == 0
    read = "".join(document.locator("article").inner_text().split())
    assert all("".join(one.split()) in read for one in STRINGS if "\u202e" not in one)
    assert page.evaluate("window.hacked") is None
    assert document.locator("body").evaluate("() => window.hacked") is None
    assert page.locator("#conversation, #sources").locator(MADE).count() == 0
    assert all(url.startswith((address, "data:", "blob:")) for url in requested)
