"""Talking in a real Chromium: buttons of a refusal, chips, search, copies, files, history, stop, feedback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from browser_page import MARKS, answered, ask, opened_page, started_chat
from scripted_server import scripted

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS
PLAN = "丙市科技局2014年工作要点\n二、工作目标\n1.专利申请量达到2300件以上。\n"
QUESTION = "丙市2014年专利申请量的目标是多少?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    tmp_path = tmp_path_factory.mktemp("talk")
    (tmp_path / "corpus").mkdir()
    for year, number in ((2014, 2300), (2016, 2700)):
        text = PLAN.replace("2014", str(year)).replace("2300", str(number))
        (tmp_path / "corpus" / f"丙市{year}.txt").write_text(text, encoding="utf-8")
    other = "丁县科技局2015年工作总结\n全年新增高新技术企业5家。\n"
    (tmp_path / "corpus" / "丁县2015.txt").write_text(other, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[str]:
    with started_chat(folder) as address:
        yield address


@pytest.fixture
def talk(served: str, tmp_path: Path) -> Iterator[Page]:
    with opened_page(served, tmp_path / "profile", []) as page:
        yield page


def choose(page: Page, field: str, option: str) -> None:
    if not page.locator(f"#filter-{field} input").is_visible():
        page.locator("#filters button").first.click()
    page.locator(f"#filter-{field} input").click()
    page.get_by_role("option", name=option, exact=True).click()


def press(page: Page, name: str) -> str:
    """Press a button below an answer, and return what it brings."""
    asked = page.locator("#conversation .user.message").count()
    page.locator("#conversation").get_by_role("button", name=name).click()
    page.wait_for_function("n => document.querySelectorAll('#conversation .user.message').length > n", arg=asked)
    return answered(page)


def test_a_refusal_offers_a_year_that_there_is_and_a_search(talk: Page) -> None:
    assert "没有该年份的内容" in ask(talk, QUESTION.replace("2014", "2015"))
    assert talk.locator("#conversation [role=status].refused").count() == 1
    assert "2700件以上" in press(talk, "改问 2016 年")
    ask(talk, QUESTION.replace("2014", "2015"))
    found = press(talk, "只检索相关段落")
    assert "综合" in found
    assert "语义第" in found


def test_the_nearest_document_opens_from_a_refusal(talk: Page) -> None:
    ask(talk, QUESTION.replace("2014", "2015"))
    link = talk.locator("#conversation a", has_text="打开《")
    title = link.inner_text().removeprefix("打开《").removesuffix("》")
    link.click()
    assert talk.frame_locator("#reader iframe").locator("h1").inner_text() == title


def test_filters_show_as_chips_and_are_cleared(talk: Page) -> None:
    choose(talk, "year", "2016 年")
    chip = talk.locator("#chip-year")
    chip.wait_for()
    assert chip.inner_text() == "年份:2016 年 ✕"
    assert "2700件以上" in ask(talk, "专利申请量的目标是多少?")
    choose(talk, "place", "丁县")
    assert "没有符合筛选条件的文件" in ask(talk, "专利申请量的目标是多少?")
    assert "件以上" in press(talk, "去掉筛选再问")
    chip.wait_for(state="hidden")
    choose(talk, "year", "2014 年")
    assert "只看:2014 年" in ask(talk, "专利申请量的目标是多少?")
    chip.click()
    chip.wait_for(state="hidden")
    choose(talk, "place", "丁县")
    talk.locator("#chip-place").wait_for()
    talk.click("#clear")
    talk.locator("#chip-place").wait_for(state="hidden")


def test_only_searching_lists_passages(talk: Page) -> None:
    talk.check("#search-only input")
    found = ask(talk, "高新技术企业")
    assert "共有“高新技术企业”" in found
    assert "词语第 1(" in found
    assert talk.locator("#sources .words b").first.inner_text() == "高新技术企业"


def test_answers_are_copied_with_their_quotes(talk: Page) -> None:
    talk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(talk, QUESTION)
    copied = {}
    for button in ("copy-answer", "copy-markdown", "copy-all"):
        talk.click(f"#{button}")
        talk.wait_for_function("id => document.querySelector(id).textContent === '已复制'", arg=f"#{button}")
        copied[button] = talk.evaluate("navigator.clipboard.readText()")
    quote = "1.专利申请量达到2300件以上。"
    assert copied["copy-answer"].startswith("专利申请量达到2300件以上")
    where = "[1] 丙市科技局2014年工作要点 › 二、工作目标 › 1.(丙市2014.txt)"
    assert copied["copy-answer"].endswith(f"{where}\n「{quote}」")
    assert f"> {where}\n>\n> {quote}" in copied["copy-markdown"]
    assert copied["copy-all"].startswith(f"问:{QUESTION}\n\n")


def test_a_conversation_is_saved_as_word_by_one_click(talk: Page, tmp_path: Path) -> None:
    ask(talk, QUESTION)
    with talk.expect_download() as download:
        talk.click("#save-word")
    target = tmp_path / "a.docx"
    download.value.save_as(target)
    told = [one.text for one in docx.Document(str(target)).paragraphs]
    assert QUESTION in told
    assert any("专利申请量达到2300件以上" in one for one in told)


def test_conversations_outlive_a_reload_and_are_deleted(talk: Page) -> None:
    ask(talk, QUESTION)
    ask(talk, "那2016年呢?")
    talk.reload()
    talk.wait_for_selector("#question textarea")
    talk.locator("#history button").first.click()
    talk.locator("#earlier input").click()
    talk.get_by_role("option", name=QUESTION[:20]).click()
    talk.wait_for_function("() => document.querySelectorAll('#conversation .bot.message').length === 2")
    answers = talk.locator("#conversation .bot.message").all_inner_texts()
    assert "2300件以上" in answers[0]
    assert "2700件以上" in answers[1]
    assert "2300件以上" in ask(talk, "那2014年呢?")  # it goes on where it was
    talk.click("#forget-all")
    talk.wait_for_timeout(1000)
    talk.reload()
    talk.wait_for_selector("#question textarea")
    talk.locator("#history button").first.click()
    talk.locator("#earlier input").click()
    assert talk.get_by_role("option").count() == 0


def test_feedback_is_kept_with_its_reason(talk: Page, folder: Path) -> None:
    ask(talk, QUESTION)
    talk.click("#judge-wrong_number")
    assert QUESTION in talk.locator("#judged-state").inner_text()
    talk.fill("#reason textarea, #reason input", "应为2310件")
    assert talk.locator("#send").inner_text() == "提交"
    talk.click("#send")
    talk.locator("#reason").wait_for(state="hidden")
    assert "谢谢" in talk.locator("#judged-state").inner_text()
    talk.click("#judge-useless")
    talk.locator("#send").wait_for()
    assert talk.locator("#send").inner_text() == "提交"
    command = [sys.executable, "-m", "assistant", "feedback", "--json", "--index", str(folder / "index")]
    given, _ = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert (given["verdict"], given["reason"], given["question"]) == ("wrong number", "应为2310件", QUESTION)


def test_a_second_question_waits_in_the_box_and_stop_stops(folder: Path, tmp_path: Path) -> None:
    with scripted(["专利申请量的目标是2300件以上[1]。"] * 200, "drip") as server:
        model = {"BUREAU_LLM_BASE_URL": server.base_url, "BUREAU_LLM_MODEL": "scripted"}
        with started_chat(folder, **model) as address, opened_page(address, tmp_path / "profile", []) as page:
            page.fill("#question textarea", QUESTION)
            page.press("#question textarea", "Enter")
            page.wait_for_function("() => document.querySelector('#question').innerText.includes('停止')")
            page.fill("#question textarea", "那2016年呢?")
            page.press("#question textarea", "Enter")
            page.wait_for_timeout(700)
            assert page.locator("#conversation .user.message").count() == 1
            assert page.input_value("#question textarea") == "那2016年呢?"
            page.locator("#question button").click()
            page.wait_for_function("() => document.querySelector('#question').innerText.includes('提问')")
            assert server.broken.wait(20), "the model is still asked"
            assert page.locator("#conversation .user.message").count() == 1
            assert page.input_value("#question textarea") == "那2016年呢?"
