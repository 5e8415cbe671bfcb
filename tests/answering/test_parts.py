"""Questions that ask for more than one thing, taken apart by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Assistant, Difference
from assistant.answering.checking.guarantee import violations
from assistant.answering.question.parts import clauses, compared, scopes, statuses


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("甲县选派的科技人员,比乙县选派的指导员多几名?", ["甲县选派的科技人员是多少名?", "乙县选派的指导员是多少名?"]),
        ("南京市专利授权目标比杭州市高多少件", ["南京市专利授权目标是多少件?", "杭州市专利授权目标是多少件?"]),
        ("甲市的国家级项目与乙市的国家级项目相比差多少?", ["甲市的国家级项目是多少?", "乙市的国家级项目是多少?"]),
        ("安吉县2014年新增企业比2013年多多少家?", ["安吉县2014年新增企业是多少家?", "安吉县2013年新增企业是多少家?"]),
        ("高新技术产业产值占比重多少?", []),
        ("甲市专利申请量是多少?", []),
    ],
)
def test_the_sides_of_a_comparison(text: str, sides: list[str]) -> None:
    assert [part.text for part in compared(text)] == sides


def test_places_and_years_set_side_by_side() -> None:
    assert [part.text for part in scopes("南京市和杭州市的专利申请量分别是多少?")] == [
        "南京市的专利申请量是多少?",
        "杭州市的专利申请量是多少?",
    ]
    assert [part.label for part in scopes("南京市2012年和2013年的专利申请量分别是多少?")] == ["2012年", "2013年"]
    assert scopes("南京市2013年的专利申请量是多少?") == []


def test_done_and_planned_side_by_side() -> None:
    parts = statuses("中心组的学习次数,上一年实际和次年计划分别是多少?")
    assert [(part.text, part.label) for part in parts] == [
        ("实际完成的中心组的学习多少次?", "上一年实际"),
        ("计划的中心组的学习多少次?", "次年计划"),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("南京市2013年发展了多少会员,签约了多少项目?", ["南京市2013年发展了多少会员?", "南京市2013年签约了多少项目?"]),
        ("问题有哪些,2005年在研发上准备怎么做?", ["问题有哪些?", "2005年在研发上准备怎么做?"]),
        ("“创新讲坛”多久一次,来年计划多久一次?", ["“创新讲坛”多久一次?", "“创新讲坛”来年计划多久一次?"]),
        ("建了哪几个平台,共几个?", []),
        ("根据文件,目标是多少?", []),
    ],
)
def test_clauses_that_each_ask(text: str, parts: list[str]) -> None:
    assert [part.text for part in clauses(text)] == parts


def test_a_comparison_is_a_table_with_its_difference(seeds: Assistant) -> None:
    answer = seeds.ask("举办第三届中国创新挑战赛的市认定的高新技术企业,比义乌2004年新增的省级高新技术企业多几家?")
    lines = answer.text.split("\n")
    assert lines[:2] == ["| 对比 | 原文 |", "|---|---|"]
    assert lines[2].startswith("| 举办第三届中国创新挑战赛的市认定的高新技术企业 | ")
    assert "相差 66家(71家 - 5家)。" in lines
    assert len(answer.citations) == 2
    (difference,) = (line for line in answer.lines if isinstance(line, Difference))
    assert (difference.larger, difference.smaller, difference.apart) == ("71", "5", 66)
    for wrong in (Difference("72", "5", "家"), Difference("71", "6", "家"), Difference("5", "71", "家")):
        altered = tuple(wrong if line == difference else line for line in answer.lines)
        assert violations(replace(answer, lines=altered), seeds.store)


def test_a_part_that_the_documents_do_not_tell_is_named(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少,引进外资多少亿元?")
    assert answer.text == "专利申请量达到2300件以上[1]\n(资料没有引进外资多少亿元的内容。)"


def test_each_part_is_quoted_once(seeds: Assistant) -> None:
    answer = seeds.ask("义乌2004年总结里承认的问题有哪些,2005年在研发中心上准备怎么做?")
    assert answer.citations[0].quote.startswith("一年来,我市科技工作虽然取得了较大的成绩,但也存在以下一些问题与不足:")
    assert len({(one.passage_id, one.start) for one in answer.citations}) == len(answer.citations)


def test_a_number_that_several_documents_tell_is_shown_for_each(seeds: Assistant) -> None:
    assert seeds.ask("授权专利多少件?").text.split("\n")[:4] == [
        "《科学技术局工作总结与来年工作思路篇五》",
        "今年获授权专利812件[1]",
        "《关于印发平湖市科技局2013年工作要点的通知》",
        "授权专利1600件以上[2]",
    ]
    assert seeds.ask("平湖市2013年授权专利多少件?").text == "授权专利1600件以上[1]"


@pytest.mark.parametrize("question", ["目标是多少?", "措施有哪些?"])
def test_a_question_without_a_thing_is_asked_back(seeds: Assistant, question: str) -> None:
    answer = seeds.ask(question)
    assert answer.refusal is not None
    assert answer.refusal.reason == "vague"
    assert "《2023年科技工作要点》" not in answer.refusal.missing
    assert answer.refusal.missing.endswith("等 20 篇")
