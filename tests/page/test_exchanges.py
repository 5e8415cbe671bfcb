"""What a question on the page brings: a message, its passages, buttons to go on with, a conversation to keep."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import docx
import pytest
from conftest import Office

from assistant import Assistant
from assistant.page.talk.conversation import trimmed
from assistant.page.talk.conversation_files import as_markdown, write_word
from assistant.page.talk.exchanges import MOST, Asked, Reply, Talk, replied, replies
from assistant.page.talk.filters import Filters, choices_of
from assistant.page.talk.history import MOST_KEPT, asked_in, forgotten, listed, remembered
from assistant.page.talk.panels import shared_words
from assistant.page.talk.suggestions import asked_again, suggestions

NEW = Talk()
NOW = datetime(2031, 5, 6, 7, 8)
GOAL = "丙市2014年专利申请量的目标是多少?"
PLANS = {
    "丙市科技局2014年工作要点": "二、工作目标\n1.专利申请量达到2300件以上。\n",
    "丙市科技局2016年工作要点": "二、工作目标\n1.专利申请量达到2700件以上。\n",
    "丁县科技局2015年工作总结": "全年新增高新技术企业5家。\n",
}


@pytest.fixture
def plans(office: Office) -> Assistant:
    return office(**PLANS)


def last(assistant: Assistant, asked: Asked, talk: Talk = NEW) -> Reply:
    return list(replies(assistant, asked, talk))[-1]


def test_an_answer_has_its_mark_its_place_and_year_and_its_passage(plans: Assistant) -> None:
    reply = last(plans, Asked(GOAL))
    (citation,) = plans.ask(GOAL).citations
    assert reply.content == (
        r"专利申请量达到2300件以上 [\[1\]](documents/%E4%B8%99%E5%B8%82%E7%A7%91%E6%8A%80%E5%B1%802014%E5%B9%B4"
        rf"%E5%B7%A5%E4%BD%9C%E8%A6%81%E7%82%B9.txt%231?start={citation.start}&end={citation.end} "
        r'"丙市科技局2014年工作要点 › 二、工作目标 › 1\.\(丙市科技局2014年工作要点\.txt\)'
        r'「1\.专利申请量达到2300件以上。」")'
        " <small class='where'>丙市 2014</small>"
    )
    assert "<mark>1.专利申请量达到2300件以上。</mark>" in reply.panel


def test_a_follow_up_leans_on_the_talk_unless_it_is_asked_alone(plans: Assistant) -> None:
    talk = last(plans, Asked(GOAL)).talk
    assert "2700件以上" in last(plans, Asked("那2016年呢?"), talk).content
    assert last(plans, Asked("那2016年呢?", alone=True), talk).exchange.question == "那2016年呢?"


def test_a_search_lists_passages_with_the_score_of_each_leg_and_shared_words(plans: Assistant) -> None:
    reply = last(plans, Asked("高新技术企业", searching=True))
    hit = reply.exchange.hits[0]
    assert hit.sparse_score is not None
    assert f"词语第 1({hit.sparse_score:.2f})" in reply.content
    assert "共有“高新技术企业”" in reply.content
    assert "<b>高新技术企业</b>" in reply.panel
    assert reply.talk.turns == ()


@pytest.mark.parametrize(
    ("question", "text", "shared"),
    [
        ("专利申请量的目标", "专利申请量达到2300件", ["专利申请量"]),
        ("R&D 投入 2.3%", "R&D投入占2.3%", ["2.3", "投入"]),
        ("珍珠", "专利", []),
        ("a(b 专利", "专利a(b", ["专利"]),
    ],
)
def test_words_that_a_question_shares_with_a_text(question: str, text: str, shared: list[str]) -> None:
    assert shared_words(question, text) == shared


def test_filters_choose_documents(plans: Assistant) -> None:
    asked = Asked("专利申请量的目标是多少?", Filters(year="2016"))
    assert "2700件以上" in last(plans, asked).content
    name = next(name for name, one in plans.documents().items() if "2014" in one.title)
    assert "2300件以上" in last(plans, Asked("专利申请量的目标是多少?", Filters(document=name))).content
    assert Filters().scope.passes(name, plans.documents()[name])


def test_filters_offer_what_there_is(plans: Assistant) -> None:
    offered = choices_of(plans.documents())
    assert offered["year"] == [("全部", ""), ("2016 年", "2016"), ("2015 年", "2015"), ("2014 年", "2014")]
    assert offered["place"] == [("全部", ""), ("丁县", "丁县"), ("丙市", "丙市")]
    assert offered["kind"] == [("全部", ""), ("计划、要点", "plan"), ("总结", "summary")]
    assert [label for label, _ in offered["document"]] == ["全部", *sorted(PLANS)]


def test_a_refusal_offers_the_years_that_there_are_of_the_place(plans: Assistant) -> None:
    reply = last(plans, Asked("丙市2015年专利申请量的目标是多少?", Filters(kind="plan")))
    assert "role='status'" in reply.content
    assert "打开《丙市科技局" in reply.content
    labels = {one["label"]: one["value"] for one in suggestions(reply.exchange, plans.store.facts)}
    assert list(labels) == ["改问 2016 年", "改问 2014 年", "去掉筛选再问", "只检索相关段落"]
    again = asked_again(labels["改问 2016 年"], Filters(kind="plan"))
    assert again == Asked("丙市2016年专利申请量的目标是多少?", Filters(kind="plan"), alone=True)
    assert "2700件以上" in last(plans, again).content
    assert asked_again(labels["去掉筛选再问"], Filters(kind="plan")).filters == Filters()
    assert asked_again(labels["只检索相关段落"], Filters()).searching


def test_an_answer_offers_nothing(plans: Assistant) -> None:
    assert suggestions(last(plans, Asked(GOAL)).exchange, plans.store.facts) == []


def test_a_talk_keeps_its_last_exchanges(plans: Assistant) -> None:
    talk = Talk()
    for _ in range(MOST + 3):
        talk = last(plans, Asked("专利申请量", searching=True), talk).talk
    assert len(talk.exchanges) == MOST


def test_a_page_shows_no_more_than_its_talk_keeps() -> None:
    history = [{"role": role, "content": str(number)} for number in range(100) for role in ("user", "assistant")]
    shown = trimmed(history)
    assert (len(shown), shown[0]["role"], shown[-1]) == (2 * (MOST - 1), "user", history[-1])
    assert trimmed(history[:4]) == history[:4]


def talk_of(assistant: Assistant, *questions: str) -> Talk:
    talk = Talk()
    for question in questions:
        talk = last(assistant, Asked(question), talk).talk
    return talk


def test_a_browser_keeps_what_was_asked_and_it_is_answered_anew(plans: Assistant) -> None:
    talk = talk_of(plans, GOAL, "那2016年呢?")
    kept = remembered({}, "li", "one", talk.exchanges, NOW)
    assert "2300" not in str(kept)
    assert listed(kept, "li") == [("05-06 07:08 丙市2014年专利申请量的目标是多少?(2 问)", "one")]
    assert listed(kept, "chen") == []
    again = Talk()
    for asked in asked_in(kept, "li", "one"):
        again = replied(plans, asked, again).talk
    assert [one.answer for one in again.exchanges] == [one.answer for one in talk.exchanges]


def test_conversations_are_forgotten_one_by_one_or_all(plans: Assistant) -> None:
    exchanges = talk_of(plans, GOAL).exchanges
    kept: object = {}
    for number in range(MOST_KEPT + 2):
        kept = remembered(kept, "li", str(number), exchanges, NOW)
    kept = remembered(kept, "chen", "other", exchanges, NOW)
    names = [name for _, name in listed(kept, "li")]
    assert names == [str(number) for number in range(MOST_KEPT + 1, 1, -1)]
    kept = forgotten(kept, "li", "5")
    assert "5" not in [name for _, name in listed(kept, "li")]
    kept = forgotten(kept, "li", None)
    assert (listed(kept, "li"), len(listed(kept, "chen"))) == ([], 1)


@pytest.mark.parametrize(
    "kept", [None, "x", {"li": "x"}, {"li": [{"name": 1}]}, {"li": [{"name": "a", "when": "x", "asked": []}]}]
)
def test_what_a_browser_never_got_from_us_is_nothing(kept: object) -> None:
    assert listed(kept, "li") == []
    assert asked_in(kept, "li", "a") == []


def test_a_conversation_as_markdown_quotes_every_source(plans: Assistant) -> None:
    text = as_markdown(talk_of(plans, GOAL).exchanges, NOW)
    assert text == (
        "# 科技局文件问答记录\n\n2031-05-06 07:08\n\n## 丙市2014年专利申请量的目标是多少?\n\n"
        "专利申请量达到2300件以上\\[1\\]\n\n"
        "> \\[1\\] 丙市科技局2014年工作要点 › 二、工作目标 › 1\\.\\(丙市科技局2014年工作要点\\.txt\\)\n>\n"
        "> 1\\.专利申请量达到2300件以上。\n"
    )


def test_a_conversation_says_which_documents_were_asked(plans: Assistant) -> None:
    talk = last(plans, Asked("专利申请量的目标是多少?", Filters(year="2016", kind="plan"))).talk
    assert "\n只看\\:2016 年、计划、要点\n" in as_markdown(talk.exchanges, NOW)


def test_a_conversation_as_word_holds_the_same(plans: Assistant, tmp_path: Path) -> None:
    talk = last(plans, Asked("专利\x07申请量", searching=True), talk_of(plans, GOAL)).talk
    write_word(talk.exchanges, tmp_path / "a.docx", NOW)
    told = [paragraph.text for paragraph in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert told[:4] == ["科技局文件问答记录", "2031-05-06 07:08", GOAL, "专利申请量达到2300件以上[1]"]
    assert told[4].endswith("(丙市科技局2014年工作要点.txt)\n1.专利申请量达到2300件以上。")
    assert "专利\ufffd申请量" in told
