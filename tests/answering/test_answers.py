"""Answers over the corpus of the repository, each worked out by reading the documents."""

from __future__ import annotations

import re

import pytest

from assistant import Assistant, RowQuery, Scope
from assistant.answering.checking.citations import is_valid
from assistant.facts.store import SqlRows

PLAN = "003_6c7405a0fd13b55c.txt"


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("平湖市2013年专利申请量的目标是多少?", "专利申请量达到2300件以上[1]"),
        ("平湖市科创中心2013年的在孵单位、注册资本和年技工贸收入目标各是多少?", "注册资本8000万元以上"),
        ("義烏市2004年新增省級高新技術企業多少家?", "新增省级高新技术企业5家"),
        ("義乌2004年受理了多少起专利侵权,调处成功多少起?", "全年共受理专利侵权26起,已成功调处12起"),
        ("中国川菜产业化园区所在的县,全年知识产权质押融资的目标是多少?", "4000万元以上"),
    ],
)
def test_a_number_is_told_with_its_condition(seeds: Assistant, question: str, lead: str) -> None:
    answer = seeds.ask(question)
    assert answer.answered
    assert lead in answer.text


def test_the_citation_opens_the_exact_sentence_of_the_file(seeds: Assistant) -> None:
    (citation,) = seeds.ask("平湖市2013年专利申请量的目标是多少?").citations
    assert citation.source == PLAN
    assert citation.quote == "5.专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。"
    assert citation.original == citation.quote
    assert (citation.original_start, citation.original_end) == (892, 932)
    assert citation.section_path == ("二、工作目标", "5.")


def test_a_whole_list_is_given_and_counted(seeds: Assistant) -> None:
    answer = seeds.ask("义乌2005年重点抓哪五个方面的科技工作?")
    assert answer.text.startswith("共 5 条,已列 5 条:")
    assert [citation.quote[:3] for citation in answer.citations] == ["(一)", "(二)", "(三)", "(四)", "(五)"]
    measures = seeds.ask("平湖市2013年的工作措施有哪些?")
    assert measures.text.startswith("共 7 个主题、23 条措施,已列 30 条:")
    assert len(measures.citations) == 30
    assert measures.citations[29].quote == "3推进党风廉政和惩防体系建设"


def test_a_measure_is_quoted_as_a_paragraph(seeds: Assistant) -> None:
    quote = seeds.ask("县里在防震减灾方面计划采取哪些措施?").citations[0].quote
    assert quote.startswith("9、切实推进科学防震减灾工作。")
    assert quote.endswith("不断提高我县地震应急管理的能力和水平。")


@pytest.mark.parametrize(
    ("question", "reason", "missing"),
    [
        ("平湖市2014年专利申请量的目标是多少?", "wrong_year", "2014年"),
        ("南京市专利申请量的目标是多少?", "wrong_place", "南京"),
        ("平湖市科技局局长是谁?", "absent", ""),
        ("古堡民居景区全年门票收入是多少?", "absent", "门票"),
        ("火星基地的氧气产量是多少?", "absent", "火星"),
    ],
)
def test_what_the_documents_do_not_tell_is_refused(seeds: Assistant, question: str, reason: str, missing: str) -> None:
    answer = seeds.ask(question)
    assert answer.refusal is not None
    assert (answer.refusal.reason, answer.citations) == (reason, ())
    assert missing in answer.refusal.missing
    assert 1 <= len(answer.refusal.nearest) <= 3
    assert "不是答案" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "平湖市2013年引进外资多少亿元?",
        "平湖市2013年人口多少?",
        "平湖市2013年GDP是多少?",
        "二〇一四年平湖专利申请量多少件",
        "平湖市去年专利申请量是多少?",
        "平湖市2013年实用新型专利申请量是多少?",
        "平湖市2013年上半年专利申请量是多少?",
        "乍浦镇2013年专利申请量目标是多少?",
        "平湖市海宁市2013年专利申请量目标是多少?",
        "第四届中国创新挑战赛达成多少项合作协议?",
    ],
)
def test_a_near_miss_of_a_number_is_refused(seeds: Assistant, question: str) -> None:
    """The indicator, year, place, edition or part of the year is another than the documents': no figure is shown."""
    answer = seeds.ask(question)
    assert not answer.answered
    assert "2300" not in answer.text


def test_a_lead_reaches_to_every_word_of_the_question(seeds: Assistant) -> None:
    assert "其中省级1家以上" in seeds.ask("平湖市2013年新增省级专利示范企业多少家?").text
    assert "2180余万元" in seeds.ask("百对千活动签约项目销售额多少?").text


def test_a_year_that_is_missing_beside_one_that_is_there_is_said(seeds: Assistant) -> None:
    assert "(资料没有2015年的内容。)" in seeds.ask("平湖市2013年和2015年的专利申请量目标是多少?").text


def test_a_number_of_another_document_does_not_answer(seeds: Assistant) -> None:
    """The plan that seeks the support policy has no figure for patents; another city's 2300 must not stand in."""
    answer = seeds.ask("争取苏区振兴政策的那个县2013年专利申请量目标是多少件?")
    assert not answer.answered
    assert "2300" not in answer.text


def test_a_masked_value_is_said_to_be_masked(seeds: Assistant) -> None:
    answer = seeds.ask("2023年全县技术合同成交额的目标是多少?")
    assert "*亿元" in answer.text
    assert "数值缺失" in answer.text


def test_every_quote_and_number_of_an_answer_stands_in_a_cited_passage(seeds: Assistant) -> None:
    passages = {passage.passage_id: passage for passage in seeds.store.passages()}
    for question in (
        "2005年的工作思路有哪些?",
        "新增高新技术企业多少家?",
        "科技特派员做什么?",
        "研发投入强度目标",
        "x",
    ):
        answer = seeds.ask(question)
        for citation in answer.citations:
            assert is_valid(citation, passages[citation.passage_id])
        if answer.answered:
            lines = [line for line in answer.text.split("\n") if re.search(r"\[\d+\]", line)]
            assert len(lines) == len(answer.citations)
            for line, citation in zip(lines, answer.citations, strict=True):
                words, marker = re.fullmatch(r"(?:\| .+? \| |\u3000)?(.+)\[(\d+)\](?: \|)?", line).groups()  # type: ignore[union-attr]
                assert words in citation.quote
                assert int(marker) == citation.marker


def test_an_english_question_is_answered_from_the_chinese_text(seeds: Assistant) -> None:
    answer = seeds.ask("How many patents were granted in Yiwu in 2004?")
    assert "今年获授权专利812件,其中发明专利39件" in answer.text
    refused = seeds.ask("How many patents were granted in Paris in 2004?")
    assert refused.refusal is not None
    assert (refused.refusal.reason, refused.refusal.missing) == ("wrong_place", "paris")


def test_filters_bind_an_answer(seeds: Assistant) -> None:
    answer = seeds.ask("科技特派员做什么?", source="003")
    assert {citation.source for citation in answer.citations} == {PLAN}
    for filters in ({"year": 2004}, {"place": "义乌市"}):
        assert not seeds.ask("平湖市2013年专利申请量的目标是多少?", **filters).answered
    empty = seeds.ask("科技特派员做什么?", year=1949)
    assert empty.refusal is not None
    assert empty.refusal.reason == "empty"


@pytest.mark.parametrize(
    ("question", "times"),
    [
        ("平湖市2013年专利申请量的目标是多少?", 1),
        ("防震减灾有哪些措施?", 1),
        ("科技特派员做什么?", 1),
        ("平湖市2013年专利申请量的目标是多少,引进外资多少亿元?", 3),  # the whole and its two clauses
    ],
)
def test_a_question_is_understood_once_and_each_clause_once(
    seeds: Assistant, monkeypatch: pytest.MonkeyPatch, question: str, times: int
) -> None:
    from assistant.answering.question import checking, understanding

    asked: list[str] = []
    checked = checking.checked_question

    def counted(text: str) -> str:
        asked.append(text)
        return checked(text)

    monkeypatch.setattr(understanding, "checked_question", counted)
    seeds.ask(question)
    assert len(asked) == times, asked


def test_rows_are_read_by_index_and_terms_weighed_once(seeds: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant import HybridIndex

    library = seeds.library
    assert library is seeds.library
    assert library.weights is library.weights
    library.weights["专利"]
    looked_up: list[str] = []
    held_by = HybridIndex.held_by

    def counted(index: HybridIndex, term: str) -> int:
        looked_up.append(term)
        return held_by(index, term)

    monkeypatch.setattr(HybridIndex, "held_by", counted)
    library.weights["专利"]
    assert looked_up == []
    rows = seeds.store.rows
    assert isinstance(rows, SqlRows)
    for query in (
        RowQuery(names=["专利申请量"]),
        RowQuery(canonicals=["专利申请量"]),
        RowQuery(ids=["a"]),
        RowQuery(standings=["corrected", "correction"]),
        RowQuery(Scope(documents=frozenset({"a", "b"}))),
    ):
        plan = " ".join(rows.plan(query))
        assert "SCAN g" not in plan, plan
        assert "goals_by_" in plan, plan
