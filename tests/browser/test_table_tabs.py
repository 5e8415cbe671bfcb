"""The tabs 目标一览 and 措施一览 in a real Chromium: find, sort, open a passage, turn pages, chart, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from browser_page import MARKS
from openpyxl import load_workbook

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS


def open_tab(page: Page, name: str, element: str) -> None:
    page.get_by_role("tab", name=name, exact=True).click()
    page.wait_for_selector(f"#{element}-table tbody tr")


def find(page: Page, element: str, words: str, count: str) -> None:
    """Look for words and wait until the count is told."""
    page.fill(f"#{element}-words textarea, #{element}-words input", words)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "([selector, words]) => document.querySelector(selector)?.innerText.includes(words)",
        arg=[f"#{element}-count", count],
    )


def choose(page: Page, selector: str, option: str) -> None:
    page.locator(f"{selector} input").click()
    page.get_by_role("option", name=option, exact=True).click()


def test_a_goal_opens_its_document_by_keyboard(page: Page) -> None:
    open_tab(page, "目标一览", "goals")
    find(page, "goals", "专利申请量", "条目标与指标")
    choose(page, "#goals-place", "平湖市")
    page.wait_for_function("() => !document.querySelector('#goals-table').innerText.includes('义乌')")
    row = page.locator("#goals-table tbody tr", has_text="2300件")
    row.locator("a.whole").focus()
    page.keyboard.press("Enter")
    mark = page.frame_locator("#reader iframe").locator("mark")
    assert "".join(mark.all_inner_texts()) == "专利申请量达到2300件以上"
    page.keyboard.press("Escape")
    assert row.locator("a.whole").evaluate("one => one === document.activeElement")


def test_no_column_is_hidden_at_1280_and_rows_are_sorted_by_document_place_and_year(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_tab(page, "目标一览", "goals")
    heads = page.locator("#goals-table th").all_inner_texts()
    assert heads == ["文件", "地区", "期间", "指标", "数值", "状态", "责任单位、时限"]
    assert page.locator("#goals-table").evaluate("one => one.scrollWidth <= one.clientWidth")
    titles = [one.split("\n")[0] for one in page.locator("#goals-table td:first-child").all_inner_texts()]
    assert titles == sorted(titles)


def test_all_rows_are_reached_page_by_page(page: Page) -> None:
    open_tab(page, "目标一览", "goals")
    total = int(page.locator("#goals-count").inner_text().split("共 ")[1].split(" ")[0])
    seen = page.locator("#goals-table tbody tr").count()
    assert page.locator("#goals-before").count() == 0
    while page.locator("#goals-after").count():
        page.click("#goals-after")
        page.wait_for_function(
            "n => document.querySelector('#goals-count').innerText.includes(`第 ${n + 1}—`)", arg=seen
        )
        seen += page.locator("#goals-table tbody tr").count()
    assert seen == total > 500
    page.click("#goals-before")
    page.wait_for_selector("#goals-after")


def test_largest_numbers_come_first_where_that_is_chosen(page: Page) -> None:
    open_tab(page, "目标一览", "goals")
    find(page, "goals", "授权专利", "条目标与指标")
    choose(page, "#goals-order", "按数值")
    page.wait_for_timeout(1000)
    shown = page.locator("#goals-table td:nth-child(5)").all_inner_texts()
    pieces = [float(one.split("件")[0]) for one in shown if one.split(" ")[0].endswith("件")]
    assert pieces == sorted(pieces, reverse=True)
    assert len(pieces) > 1


def test_pairs_are_a_view(page: Page) -> None:
    open_tab(page, "目标一览", "goals")
    choose(page, "#goals-view", "计划与完成对照")
    page.wait_for_function("() => document.querySelector('#goals-table th').innerText === '关系'")
    assert page.locator("#goals-table tbody tr").first.locator("a.whole").count() == 2


def test_one_indicator_is_drawn(page: Page) -> None:
    open_tab(page, "目标一览", "goals")
    find(page, "goals", "授权专利", "条目标与指标")
    page.get_by_text("指标对比图").click()
    page.wait_for_timeout(500)
    choose(page, "#goal-choice", "授权专利(件)")
    picture = page.locator("#goal-picture img")
    picture.wait_for()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")


def test_the_rows_are_exported_by_one_click(page: Page, tmp_path: Path) -> None:
    open_tab(page, "目标一览", "goals")
    find(page, "goals", "授权专利", "条目标与指标")
    with page.expect_download() as download:
        page.get_by_role("link", name="导出 Excel").first.click()
    assert download.value.suggested_filename == "目标.xlsx"
    target = tmp_path / "目标.xlsx"
    download.value.save_as(target)
    rows = list(load_workbook(target).worksheets[0].iter_rows(values_only=True))
    assert rows[0][:2] == ("指标", "数值")
    assert ("授权专利", 1600) in {row[:2] for row in rows}


def test_measures_are_counted_and_open_their_passage(page: Page) -> None:
    open_tab(page, "措施一览", "measures")
    find(page, "measures", "大棚CO2施肥技术", "共 1 个主题、1 条措施")
    page.locator("#measures-table a.whole").nth(1).click()
    mark = page.frame_locator("#reader iframe").locator("mark")
    assert "".join(mark.all_inner_texts()).startswith("1推进农村科技工作。")


def test_hostile_words_stay_words(page: Page) -> None:
    open_tab(page, "目标一览", "goals")
    find(page, "goals", "珍珠企业", "共 1 条")
    page.locator("#goals-table a.whole").click()
    assert "<img src=x" in page.frame_locator("#reader iframe").locator("article").inner_text()
    assert page.locator("#goals-table img").count() == 0
    assert page.evaluate("window.hacked") is None
