"""The tabs 目标一览 and 措施一览 in a real Chromium: find, sort, open a passage, chart, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from browser_page import MARKS
from openpyxl import load_workbook

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

pytestmark = MARKS


def open_tab(page: Page, name: str, element: str) -> None:
    page.get_by_role("tab", name=name).click()
    page.wait_for_selector(f"#{element}-table [data-testid='cell-0-1']")


def cell(page: Page, element: str, row: int, column: int) -> Locator:
    return page.locator(f"#{element}-table [data-testid='cell-{row}-{column}']").first


def find(page: Page, element: str, words: str, first: str) -> None:
    """Look for words and wait until the first row names ``first``."""
    page.fill(f"#{element}-words textarea, #{element}-words input", words)
    page.keyboard.press("Enter")
    column = 1 if element == "goal" else 3
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)",
        arg=[f"#{element}-table [data-testid='cell-0-{column}']", first],
    )


def test_a_clicked_goal_opens_its_passage(page: Page) -> None:
    open_tab(page, "目标一览", "goal")
    find(page, "goal", "专利申请量", "专利申请")
    row = next(number for number in range(8) if cell(page, "goal", number, 2).inner_text().strip() == "2300")
    cell(page, "goal", row, 1).click()
    mark = page.locator("#goal-passage mark")
    mark.wait_for()
    assert mark.inner_text() == "专利申请量达到2300件以上"


def test_a_sorted_table_opens_the_row_that_is_shown(page: Page) -> None:
    open_tab(page, "目标一览", "goal")
    find(page, "goal", "专利申请量", "专利申请")
    page.locator("#goal-table [data-testid='header-2']").first.hover()
    page.locator("#goal-table [data-testid='header-2'] .cell-menu-button").first.click()
    page.get_by_role("menuitem").first.click()  # ascending: the 10 % of the second row come first
    page.wait_for_function(
        """() => {
            const top = (id) => document.querySelector(`#goal-table [data-testid='${id}']`).getBoundingClientRect().top;
            return top("cell-1-2") < top("cell-0-2");
        }"""
    )
    cell(page, "goal", 1, 1).click()
    mark = page.locator("#goal-passage mark")
    mark.wait_for()
    assert mark.inner_text() == "其中发明占10%以上"


def test_one_indicator_is_drawn(page: Page) -> None:
    open_tab(page, "目标一览", "goal")
    find(page, "goal", "授权专利", "授权专利")
    page.get_by_text("指标对比图").click()
    page.locator("#goal-choice input").click()
    page.get_by_role("option", name="授权专利(件)").click()
    picture = page.locator("#goal-picture img")
    picture.wait_for()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")


def test_the_shown_rows_are_exported(page: Page, tmp_path: Path) -> None:
    open_tab(page, "目标一览", "goal")
    find(page, "goal", "授权专利", "授权专利")
    page.get_by_role("button", name="导出 Excel").first.click()
    link = page.locator("#goal-file a[download]").first
    link.wait_for()
    with page.expect_download() as download:
        link.click()
    target = tmp_path / "目标.xlsx"
    download.value.save_as(target)
    rows = list(load_workbook(target).worksheets[0].iter_rows(values_only=True))
    assert rows[0][:2] == ("指标", "数值")
    assert ("授权专利", 1600) in {row[:2] for row in rows}


def test_measures_are_counted_and_open_their_passage(page: Page) -> None:
    open_tab(page, "措施一览", "measure")
    find(page, "measure", "大棚CO2施肥技术", "以推进农业和民生科技")
    assert page.locator("#measure-count").inner_text() == "共 1 个主题、1 条措施"
    cell(page, "measure", 1, 3).click()
    mark = page.locator("#measure-passage mark")
    mark.wait_for()
    assert mark.inner_text().startswith("1推进农村科技工作。")


def test_hostile_words_stay_words(page: Page) -> None:
    open_tab(page, "目标一览", "goal")
    find(page, "goal", "珍珠企业", "珍珠企业")
    cell(page, "goal", 0, 1).click()
    page.locator("#goal-passage mark").wait_for()
    assert "<img src=x" in page.locator("#goal-passage").inner_text()
    assert page.locator("#goal-passage img, #goal-table img").count() == 0
    assert page.evaluate("window.hacked") is None
