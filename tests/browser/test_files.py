"""The tab 文件 in a real Chromium: add by dropping, put right, delete; and what a reader may not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser_page import MARKS, ask, opened_page, started_chat

from assistant.serving.users import UserStore

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS
PLAN = "丙市科技局2014年工作要点\n二、工作目标\n1.专利申请量达到2300件以上。\n"
PASSWORD = "correct horse"  # noqa: S105 - of a test
DROP = """([selector, name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type: "text/plain" }));
    const target = document.querySelector(selector);
    for (const kind of ["dragenter", "dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
}"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "丙市2014.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path


@pytest.fixture
def files(folder: Path) -> Iterator[Page]:
    with started_chat(folder) as address, opened_page(address, folder / "profile", []) as page:
        page.get_by_role("tab", name="文件", exact=True).click()
        page.wait_for_selector("#file-table tbody tr")
        yield page


def wait_for(page: Page, words: str) -> None:
    page.wait_for_function("words => document.querySelector('#file-state').innerText.includes(words)", arg=words)


def row(page: Page, name: str) -> list[str]:
    page.locator("#file-table tr", has_text=name).wait_for()
    return page.locator("#file-table tr", has_text=name).locator("td").all_inner_texts()


def test_a_file_is_dropped_put_right_and_deleted(files: Page, folder: Path) -> None:
    assert row(files, "丙市2014.txt") == [
        "丙市2014.txt", "丙市科技局2014年工作要点", "丙市", "2014", "计划、要点", "1", "1", "0", "已收录",
    ]  # fmt: skip
    text = PLAN.replace("丙市科技局2014年工作要点", "科技局工作要点").replace("2300", "2700")
    files.evaluate(DROP, ["#upload button, #upload [role=button]", "新要点.txt", text])
    files.locator("#upload", has_text="新要点").wait_for()
    files.click("#take-in")
    wait_for(files, "新增 1")
    assert (folder / "corpus" / "新要点.txt").read_text(encoding="utf-8") == text
    assert row(files, "新要点.txt")[2:4] == ["", ""]

    files.locator("#mend button").first.click()
    files.locator("#mend-file input").click()
    files.get_by_role("option", name="科技局工作要点").last.click()
    title = "#mend-title textarea, #mend-title input"
    files.wait_for_function(
        "([where, what]) => document.querySelector(where).value === what", arg=[title, "科技局工作要点"]
    )
    files.fill("#mend-years textarea, #mend-years input", "2016")
    files.fill("#mend-place textarea, #mend-place input", "丙市")
    files.click("#mend-save")
    wait_for(files, "更新 1")
    files.locator("#file-table tr", has_text="2016").wait_for()
    assert row(files, "新要点.txt")[2:4] == ["丙市", "2016"]
    files.get_by_role("tab", name="问答", exact=True).click()
    assert "2700件以上" in ask(files, "丙市2016年专利申请量的目标是多少?")

    files.get_by_role("tab", name="文件", exact=True).click()
    files.locator("#deletion button").first.click()
    files.locator("#delete-file input").click()
    files.get_by_role("option", name="新要点.txt").click()
    files.click("#delete")
    files.click("#confirm")
    wait_for(files, "移除 1")
    assert not (folder / "corpus" / "新要点.txt").exists()
    files.locator("#file-table tr", has_text="新要点.txt").wait_for(state="detached")
    assert "1 个文件" in files.locator("#overview").inner_text()


def test_what_is_not_taken_in_says_why(files: Page, folder: Path) -> None:
    files.evaluate(DROP, ["#upload button, #upload [role=button]", "丙市2014.txt", "别的内容"])
    files.locator("#upload", has_text="丙市2014").wait_for()
    files.click("#take-in")
    wait_for(files, "已有同名文件")
    assert (folder / "corpus" / "丙市2014.txt").read_text(encoding="utf-8") == PLAN


def test_a_reader_sees_the_list_and_changes_nothing(folder: Path) -> None:
    UserStore(folder / "index" / "state" / "users.sqlite").add("li", PASSWORD)
    with started_chat(folder, "health") as address:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            import browser_page

            browser = playwright.chromium.launch(executable_path=browser_page.CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page(locale="zh-CN")
            page.goto(address)
            page.fill("#name", "li")
            page.fill("#password", PASSWORD)
            page.click("button")
            page.get_by_role("tab", name="文件", exact=True).click()
            page.wait_for_selector("#file-table tbody tr")
            for element in ("#upload", "#take-in", "#mend", "#deletion"):
                assert not page.locator(element).is_visible()
            status = page.evaluate(
                """async () => {
                    const form = new FormData();
                    form.append("files", new File(["x"], "x.txt"));
                    return (await fetch("gradio_api/upload", { method: "POST", body: form })).status;
                }"""
            )
            assert status == 403
            browser.close()
