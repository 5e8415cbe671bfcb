"""The page in a real Chromium: ask, follow a citation, reload, dark mode, hostile text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser_page import HOSTILE, MARKS, ask

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = MARKS


def test_an_answer_shows_its_passage_beside_it(page: Page) -> None:
    assert "2300件以上" in ask(page, "平湖市2013年专利申请量的目标是多少?")
    card = page.locator(".passage").first
    assert card.locator("mark").inner_text() == "5.专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。"
    assert "003_6c7405a0fd13b55c.txt" in card.inner_text()
    assert "工作目标" in card.locator("h3").inner_text()
    assert page.locator("#conversation small.where").inner_text() == "平湖市 2013"


def test_a_mark_opens_the_document_there_and_escape_leads_back(page: Page) -> None:
    ask(page, "平湖市2013年专利申请量的目标是多少?")
    link = page.locator("#conversation a[href*='documents/']").first
    link.focus()
    page.keyboard.press("Enter")
    document = page.frame_locator("#reader iframe")
    assert "专利申请量达到2300件以上" in "".join(document.locator("mark").all_inner_texts())
    assert document.locator("mark").first.evaluate("one => one.getBoundingClientRect().top < innerHeight")
    assert "二、工作目标" in document.locator("nav").inner_text()
    page.keyboard.press("Escape")
    page.wait_for_selector("#reader", state="hidden")
    assert link.evaluate("one => one === document.activeElement")


def test_j_and_k_go_through_the_quotes_of_an_answer(page: Page) -> None:
    ask(page, "平湖市2013年有哪些工作目标?")
    links = page.locator("#sources .turn").first.locator("a.whole")
    assert links.count() > 1
    links.first.click()
    place = page.locator("#reader-place")
    shown = []
    for key, told in (("j", "2"), ("k", "1"), ("k", "1")):
        page.keyboard.press(key)
        page.wait_for_function("n => document.querySelector('#reader-place').textContent.startsWith(n)", arg=told)
        shown.append(page.locator("#reader-alone").get_attribute("href"))
    assert (shown[0] != shown[1], shown[1]) == (True, shown[2])
    assert place.inner_text() == f"1 / {links.count()}"


def test_another_year_is_refused_and_the_nearest_passages_are_shown_as_such(page: Page) -> None:
    assert "没有该年份的内容" in ask(page, "平湖市2014年专利申请量的目标是多少?")
    assert page.locator(".passage").count() == 3
    assert page.locator(".passage mark").count() == 0
    assert "相关内容" in page.locator(".passage h3").first.inner_text()


def test_reload_starts_afresh_and_dark_mode_keeps_the_mark_readable(page: Page) -> None:
    ask(page, "平湖市2013年专利申请量的目标是多少?")
    page.emulate_media(color_scheme="dark")
    mark = page.locator(".passage mark").first
    page.wait_for_function("() => document.body.classList.contains('dark')")
    colours = mark.evaluate("element => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]")
    assert colours == ["rgb(26, 26, 26)", "rgb(255, 229, 138)"]
    page.reload()
    page.wait_for_selector("#question textarea")
    assert page.locator(".passage").count() == 0
    assert "2300件以上" in ask(page, "平湖市2013年专利申请量的目标是多少?")


def test_clear_empties_conversation_and_panel(page: Page) -> None:
    ask(page, "平湖市2013年专利申请量的目标是多少?")
    page.click("#clear")
    page.wait_for_function("() => document.querySelectorAll('#conversation .message').length === 0")
    page.wait_for_function("() => document.querySelectorAll('.passage').length === 0")


def test_hostile_text_is_shown_and_does_nothing(page: Page, address: str, requested: list[str]) -> None:
    answer = ask(page, f"丁市2031年培育珍珠企业多少家?{HOSTILE}")
    assert "77家" in answer
    assert "<img src=x" in page.locator("#conversation .user.message").first.inner_text()
    assert "<img src=x" in page.locator(".passage").first.inner_text()
    page.locator("#conversation a[href*='documents/']").first.click()
    document = page.frame_locator("#reader iframe")
    assert "<img src=x" in document.locator("article").inner_text()
    assert document.locator("article img").count() == 0
    assert page.locator("#conversation img[src='x'], #sources img").count() == 0
    assert page.evaluate("window.hacked") is None
    assert all(url.startswith((address, "data:", "blob:")) for url in requested)


def test_example_questions_are_answered(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    examples = page.locator("#conversation button.example")
    assert examples.count() == 4
    for number in range(4):
        box = examples.nth(number).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 720
        question = examples.nth(number).inner_text()
        examples.nth(number).click()
        page.wait_for_selector("#conversation .bot.message a[href*='documents/']")
        assert page.locator("#conversation .user.message").inner_text() == question
        page.click("#clear")
        page.wait_for_function("() => document.querySelectorAll('#conversation .message').length === 0")


def test_the_first_screen_tells_what_there_is(page: Page) -> None:
    page.locator("#overview summary").wait_for()
    shown = page.locator("#overview").inner_text()
    assert "6 个文件" in shown  # five of the corpus, and the hostile one
    assert "2031 年" in shown
    page.locator("#overview summary").click()
    assert "平湖市科技局2013年工作要点" in page.locator("#overview li").all_inner_texts().__str__()


def test_a_follow_up_is_read_as_the_last_question_until_the_talk_is_cleared(page: Page) -> None:
    ask(page, "平湖市2013年专利申请量的目标是多少?")
    answer = ask(page, "那2014年呢?")
    assert "按“平湖市2014年专利申请量的目标是多少?”理解" in answer
    assert "没有该年份的内容" in answer
    page.click("#clear")
    page.wait_for_function("() => document.querySelectorAll('#conversation .message').length === 0")
    assert "理解" not in ask(page, "那2014年呢?")


def test_a_comparison_is_a_table_whose_marks_open_their_passages(page: Page) -> None:
    ask(page, "举办第三届中国创新挑战赛的市认定的高新技术企业,比义乌2004年新增的省级高新技术企业多几家?")
    rows = page.locator("#conversation .bot.message").last.locator("tbody tr")
    assert rows.count() == 2
    assert "71家" in rows.nth(0).inner_text()
    rows.nth(1).locator("a[href*='documents/']").click()
    page.frame_locator("#reader iframe").locator("mark", has_text="5家").first.wait_for()
