"""Kinds of questions that nobody wrote rules for by hand: places without suffix, documents, outlines, refusals."""

from __future__ import annotations

import pytest
from conftest import Office

from assistant import Assistant
from assistant.answering.checking.guarantee import violations
from assistant.answering.question.pinyin import in_characters
from assistant.answering.question.whole_names import with_whole_names
from assistant.language.places import named_places

QUZHOU = """衢财发〔2024〕17号
2024年1月18日在衢州市第八届人民代表大会第三次会议上
市长 徐张艳

一、2023年工作回顾
全年新增就业3.1万人。引进博士42名。常山港航道整治工程开工建设。授权专利640件。

二、2024年重点工作
地区生产总值增长6.5%左右,新增就业3.5万人以上。
（一）着力扩大有效投资
新建标准厂房20万平方米。开工建设柯城实验中学。
（二）着力改善民生
推进老旧小区加装电梯。由市住建局牵头编制城市更新规划。
"""
LISHUI = """一、2023年工作回顾
全年新增就业2.4万人。实施老旧小区加装电梯96台。

二、2024年重点工作
地区生产总值增长5.5%以上。常住人口城镇化率达到65%。
（一）着力推进生态保护
松阳古村落保护工程年内开工。
"""


@pytest.fixture
def cities(office: Office) -> Assistant:
    return office(衢州市2024年政府工作报告=QUZHOU, 丽水市2024年政府工作报告=LISHUI)


def said(assistant: Assistant, question: str) -> str:
    answer = assistant.ask(question)
    assert violations(answer, assistant.store) == []
    return answer.text


@pytest.mark.parametrize(
    ("key", "whole"),
    [
        ("衢州和丽水哪个高", "衢州市和丽水市哪个高"),
        ("衢州市今年", "衢州市今年"),
        ("晋江的人口", "晋江市的人口"),
        ("松阳古村落开工了吗", "松阳古村落开工了吗"),  # a name that a text has: no place that is asked about
        ("请问贵州2024年", "请问贵州省2024年"),
        ("新春义乌—上海洽谈会", "新春义乌—上海洽谈会"),
    ],
)
def test_places_get_the_suffix_that_they_lack(cities: Assistant, key: str, whole: str) -> None:
    assert with_whole_names(key, cities.library) == whole


def test_a_place_without_suffix_that_no_document_is_about_is_refused(cities: Assistant) -> None:
    assert cities.ask("晋江新增就业多少人?").refusal is not None
    assert cities.ask("晋江新增就业多少人?").refusal.reason == "wrong_place"  # type: ignore[union-attr]
    assert "3.5万人" in said(cities, "衢州今年计划新增就业多少人?")
    assert "2.4万人" in said(cities, "丽水去年新增就业多少人?")


@pytest.mark.parametrize(
    "question",
    [
        "衢州和丽水2024年的经济增长目标哪个定得高?",
        "衢州和丽水,2024年地区生产总值增长目标谁高?",
        "2024年地区生产总值增长目标,衢州和丽水各是多少?",
    ],
)
def test_both_sides_are_told_however_they_are_set_against_each_other(cities: Assistant, question: str) -> None:
    text = said(cities, question)
    assert "6.5%左右" in text
    assert "5.5%以上" in text


def test_a_later_clause_takes_its_subject_from_the_first(cities: Assistant) -> None:
    text = said(cities, "衢州新增就业2023年是多少人,2024年要提高到多少?")
    assert "3.1万人" in text
    assert "3.5万人" in text


def test_a_report_tells_of_the_year_before_its_own(cities: Assistant) -> None:
    assert "42名" in said(cities, "衢州2023年引进博士多少名?")
    assert cities.ask("衢州2021年引进博士多少名?").refusal is not None


def test_documents_that_mention_something_are_counted_and_quoted(cities: Assistant) -> None:
    for question in ("哪些文件提到加装电梯?", "提到加装电梯的报告有几份?", "加装电梯在哪些文件里提到过?"):
        text = said(cities, question)
        assert text.startswith("共 2 份文件")
        assert "96台" in text
        assert "推进老旧小区加装电梯" in text
    assert said(cities, "有几份文件写到松阳古村落?").startswith("共 1 份文件")
    assert cities.ask("哪些文件提到量子计算?").refusal is not None
    (one,) = cities.mentions("松阳古村落")
    assert (one.sentences, one.citation.source) == (1, "丽水市2024年政府工作报告.txt")
    assert cities.mentions("加装电梯", place="衢州")[0].citation.place == "衢州市"


def test_the_edges_of_a_document_tell_of_it(cities: Assistant) -> None:
    text = said(cities, "衢州2024年政府工作报告是哪天、由谁作的?")
    assert "2024年1月18日" in text
    assert "徐张艳" in text
    assert said(cities, "衢州2024年政府工作报告的文号是什么?") == "衢财发〔2024〕17号[1]"


def test_an_outline_is_made_of_the_headings_with_what_stands_first_below(cities: Assistant) -> None:
    text = said(cities, "总结一下衢州2024年政府工作报告")
    assert text.startswith("共 2 个部分")
    assert text.index("一、2023年工作回顾") < text.index("全年新增就业3.1万人") < text.index("二、2024年重点工作")
    text = said(cities, "衢州2024年重点工作分哪几块?")
    assert "着力扩大有效投资" in text
    assert "着力改善民生" in text
    assert "工作回顾" not in text


def test_all_goals_are_listed_with_the_measures_where_both_are_asked(cities: Assistant) -> None:
    text = said(cities, "列出丽水2024年的全部目标")
    assert "5.5%以上" in text
    assert "65%" in text
    assert "2.4万人" not in text


def test_a_topic_of_several_documents_is_told_by_each(cities: Assistant) -> None:
    text = said(cities, "老旧小区加装电梯有哪些措施?")
    assert "《衢州市2024年政府工作报告》" in text
    assert "《丽水市2024年政府工作报告》" in text


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("丽水松阳古村落保护工程开工了没有?", "完成情况"),  # planned only
        ("衢州的柯城实验中学由谁牵头建设?", ""),  # nobody is named
        ("衢州去年申请专利多少件?", "申请"),  # granted, not applied for
        ("衢州一共有多少就业人员?", ""),  # new, not all
        ("丽水第四批古村落有多少个?", ""),
    ],
)
def test_what_stands_beside_the_thing_asked_is_no_answer(cities: Assistant, question: str, missing: str) -> None:
    answer = cities.ask(question)
    assert answer.state != "answered", answer.text
    assert missing in answer.text


def test_who_is_told_where_the_sentence_says_so(cities: Assistant) -> None:
    assert "由市住建局牵头" in said(cities, "衢州的城市更新规划由谁牵头?")
    assert "开工建设" in said(cities, "衢州常山港航道整治工程开工了吗?")


def test_quotes_that_share_little_are_shown_as_the_nearest(cities: Assistant) -> None:
    assert cities.ask("怎样让老年居民上下楼梯轻松些?").state == "refused"
    answer = cities.ask("老旧小区怎么方便老人上下楼")
    assert answer.state == "nearest"
    assert answer.text.startswith("没有直接写明,最接近的是:")
    assert answer.citations


@pytest.mark.parametrize("words", ["你好", "您好!", "你能做什么?", "帮我写一份工作总结"])
def test_what_is_no_question_gets_help_without_a_quote(cities: Assistant, words: str) -> None:
    answer = cities.ask(words)
    assert (answer.state, answer.citations) == ("help", ())
    assert "2 篇文件" in answer.text
    assert violations(answer, cities.store) == []


def test_the_documents_are_listed(cities: Assistant) -> None:
    assert said(cities, "有哪些文件?").split("\n") == [
        "已收入 2 篇:",
        "- 丽水市2024年政府工作报告",
        "- 衢州市2024年政府工作报告",
    ]


def test_pinyin_is_read_as_the_words_of_the_documents(cities: Assistant) -> None:
    assert in_characters("quzhou jinnian xinzeng jiuye duoshao", cities.library) == "衢州今年新增就业多少"
    assert "3.5万人" in said(cities, "quzhou 2024 nian xinzeng jiuye mubiao shi duoshao")
    assert in_characters("how many jobs were created in total", cities.library) == ""


def test_a_full_question_stands_alone_and_a_refusal_lends_nothing(cities: Assistant) -> None:
    (first,) = cities.converse("衢州今年计划新增就业多少人?")
    (second,) = cities.converse("松阳古村落保护工程什么时候开工?", turns=(first,))
    assert second.question == "松阳古村落保护工程什么时候开工?"
    assert "年内开工" in second.answer.text
    (refused,) = cities.converse("晋江新增就业多少人?")
    (third,) = cities.converse("那2023年呢?", turns=(refused,))
    assert "晋江" not in third.question
    (greeting,) = cities.converse("你好", turns=(first,))
    assert greeting.answer.text == cities.ask("你好").text
    (leaning,) = cities.converse("那丽水呢?", turns=(first,))
    assert "丽水" in leaning.question
    assert "就业" in leaning.question


def test_all_documents_are_asked_in_words_of_their_own(cities: Assistant) -> None:
    text = said(cities, "各市报告对老旧小区装电梯咋说的")
    assert "《衢州市2024年政府工作报告》" in text
    assert "《丽水市2024年政府工作报告》" in text


def test_what_shall_be_done_is_not_told_by_the_review(office: Office) -> None:
    assistant = office(
        衢州市2024年政府工作报告="""一、2023年工作回顾
外资招引成效明显,招引外资项目12个,外资招引力度加大,外资企业服务优化。

二、2024年重点工作
更大力度招引外资。用好激励政策,开展全球招商活动。
"""
    )
    assert "全球招商" in said(assistant, "今年打算用哪些办法招引外资?")


def test_a_reason_is_told_by_words_that_give_one(office: Office) -> None:
    assistant = office(
        衢州市2023年统计公报="全年一般公共预算收入40亿元,下降54.2%。\n受减税影响,税收收入下降16.7%。\n",
    )
    assert assistant.ask("一般公共预算收入为什么下降?").state == "nearest"
    assert assistant.ask("税收收入为什么下降?").state == "answered"


def test_the_sides_of_a_comparison_may_be_years_of_two_digits(office: Office) -> None:
    assistant = office(
        衢州市2013年政府工作报告="一、2012年工作回顾\n全年旅游收入达到38亿元。\n",
        衢州市2018年政府工作报告="一、2017年工作回顾\n全年旅游收入达到94.8亿元。\n",
    )
    text = said(assistant, "衢州旅游收入17年比12年多了多少钱")
    assert "相差 56.8亿元(94.8亿元 - 38亿元)" in text


def test_an_honorary_citizen_is_no_place() -> None:
    assert named_places("玉林市荣誉市民") == ("玉林市",)


def test_an_abbreviation_stands_among_pinyin(cities: Assistant) -> None:
    assert in_characters("quzhou 2024 nian gdp zengzhang mubiao duoshao", cities.library) == "衢州2024年gdp增长目标多少"
