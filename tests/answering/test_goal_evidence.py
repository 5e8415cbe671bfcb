"""Numbers are answered from the rows that the question names, and from no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HashingEncoder

from assistant import Assistant, Citation
from assistant.answering.question.understanding import understand

ANJI = (
    "安吉县科技局2013年工作要点\n二、工作目标\n1.专利申请量2300件以上,授权专利1600件以上;R&D经费支出占GDP比重2.3%。\n"
    "2.认定企业研发中心x家;高新技术企业参评*家。\n三、工作措施\n(一)抓培育\n1.高新技术企业参评7家。\n"
    "(二)抓活动\n1.办好第三届科技节。活动中签约资金1500万元,参会人员700人。\n"
)
CHANGXING = "长兴县科技局2013年工作总结\n全年专利申请量2415件,授权专利812件。认定企业研发中心21家。"


@pytest.fixture
def assistant(tmp_path: Path, hashing_encoder: HashingEncoder) -> Assistant:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "anji.txt").write_text(ANJI, encoding="utf-8")
    (corpus / "changxing.txt").write_text(CHANGXING, encoding="utf-8")
    return Assistant.build(corpus, tmp_path / "index", encoder=hashing_encoder)


@pytest.mark.parametrize(
    ("question", "first_line"),
    [
        ("安吉县2013年专利申请量的目标是多少?", "专利申请量2300件以上[1]"),
        ("安吉县2013年研发投入占地区生产总值比重目标是多少?", "R&D经费支出占GDP比重2.3%[1]"),
        ("长兴县2013年专利申请量是多少件?", "全年专利申请量2415件[1]"),
        ("长兴县2013年认定多少家企业研发中心?", "认定企业研发中心21家[1]"),
        ("安吉县第三届科技节签约资金多少?", "活动中签约资金1500万元[1]"),
        ("安吉县2013年专利申请量、授权专利目标各是多少?", "专利申请量2300件以上,授权专利1600件以上[1]"),
    ],
)
def test_the_row_that_is_asked_for_answers(assistant: Assistant, question: str, first_line: str) -> None:
    assert assistant.ask(question).text.split("\n")[0] == first_line


@pytest.mark.parametrize(
    "question",
    [
        "安吉县2013年完成专利申请量多少件?",  # planned only
        "长兴县2014年专利申请量目标是多少?",
        "长兴县2013年发明专利申请量是多少件?",
        "安吉县第四届科技节签约资金多少?",
    ],
)
def test_another_status_year_or_kind_does_not_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not any(number in answer.text.split("\n")[0] for number in ("2300", "2415", "1500")) or not answer.answered


@pytest.fixture
def traps(tmp_path: Path, hashing_encoder: HashingEncoder) -> Assistant:
    """One document in which another place, year, kind or total lies beside what is asked."""
    corpus = tmp_path / "traps"
    corpus.mkdir()
    text = (
        "和丰市科技局2023年工作总结\n一、成绩\n城南区技术合同成交额30亿元,城北区高新技术企业77家。\n"
        "全市新认定高新技术企业120家,总数达到500余家。\n新增省级重点实验室3家、市级工程技术中心12家。\n"
        "全社会R&D经费支出58.3亿元。2022年专利授权量8800件,今年1-10月7650件。\n"
        "指标 | 2022年实际 | 2023年实际\n发明专利拥有量(件) | 3,210 | 3,560\n"
    )
    (corpus / "a.txt").write_text(text, encoding="utf-8")
    return Assistant.build(corpus, tmp_path / "traps-index", encoder=hashing_encoder)


@pytest.mark.parametrize(
    ("question", "first_line"),
    [
        ("和丰市2023年高新技术企业总数是多少家?", "总数达到500余家[1]"),
        ("和丰市2023年发明专利拥有量是多少?", "发明专利拥有量(件) · 2023年实际:3,560件[1]"),
        ("和丰市2023年研发投入是多少?", "全社会R&D经费支出58.3亿元[1]"),
    ],
)
def test_the_right_row_among_its_neighbours(traps: Assistant, question: str, first_line: str) -> None:
    assert traps.ask(question).text.split("\n")[0] == first_line


@pytest.mark.parametrize(
    "question",
    [
        "城北区2023年技术合同成交额多少?",
        "和丰市2023年新增市级重点实验室多少家?",
        "和丰市2024年研发投入是多少?",
        "和丰市2023年发明专利拥有量目标是多少?",
        "和丰市2023年城南区高新技术企业多少家?",
    ],
)
def test_a_neighbour_does_not_answer(traps: Assistant, question: str) -> None:
    assert not traps.ask(question).answered


def test_a_hidden_number_is_told_to_be_hidden(assistant: Assistant) -> None:
    lines = assistant.ask("安吉县2013年认定企业研发中心多少家?").text.split("\n")
    assert lines[0] == "认定企业研发中心x家[1]"
    assert "数值缺失" in lines[1]


def test_both_sides_of_a_contradiction_are_shown(assistant: Assistant) -> None:
    answer = assistant.ask("安吉县2013年高新技术企业参评多少家?")
    assert answer.text.split("\n") == [
        "高新技术企业参评*家[1]",
        "高新技术企业参评7家[2]",
        "(原文前后不一致,两处一并列出,请核对。)",
    ]
    first, second = answer.citations
    assert isinstance(first, Citation)
    assert (first.quote, second.quote) == ("高新技术企业参评*家。", "1.高新技术企业参评7家。")


def test_the_quote_is_the_sentence_of_the_row(assistant: Assistant) -> None:
    (citation,) = assistant.ask("安吉县2013年授权专利目标是多少?").citations
    assert citation.quote == "1.专利申请量2300件以上,授权专利1600件以上;"
    assert ANJI[citation.original_start : citation.original_end] == citation.quote


def test_filters_bind_rows_too(assistant: Assistant) -> None:
    assert "2415" in assistant.ask("专利申请量是多少件?", source="changxing").text
    assert "2300" in assistant.ask("专利申请量是多少件?", place="安吉县").text
    assert not assistant.ask("安吉县2013年专利申请量是多少件?", source="changxing").answered


@pytest.mark.parametrize(
    ("question", "tokens"),
    [
        ("签约项目销售额多少?", {"销售", "售额"}),
        ("认定了多少家企业研发中心?", {"业研", "研发", "发中", "中心"}),
        ("专利申请量的目标是多少件?", {"申请", "请量"}),
    ],
)
def test_the_thing_that_is_asked(question: str, tokens: set[str]) -> None:
    assert understand(question).thing == tokens


@pytest.mark.parametrize(
    ("question", "statuses"),
    [
        ("专利申请量的目标是多少?", {"planned", "projected"}),
        ("专利申请量完成多少?", {"achieved"}),
        ("国家级科技计划项目多少项?", {"planned", "achieved", "projected"}),
        ("目标和实际完成分别是多少?", {"planned", "achieved", "projected"}),
    ],
)
def test_the_status_that_is_asked(question: str, statuses: set[str]) -> None:
    assert understand(question).statuses == statuses
