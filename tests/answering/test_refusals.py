"""Near misses of what the documents tell, each refused for its own reason; and near misses that are none."""

from __future__ import annotations

import pytest

from assistant import Assistant


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("平湖市教育局2013年专利申请量的目标是多少?", "教育局"),
        ("平湖县2013年专利申请量的目标是多少?", ""),
        ("平湖市2013年6月专利申请量是多少件?", "6月"),
        ("平湖市2013年专利申请量增长多少?", ""),
        ("获得全国文明城市称号的那个县2013年专利申请量目标是多少?", ""),
        ("甲乙市2013年专利申请量的目标是多少?", "甲乙市"),
        ("平湖市科技局局长是谁?", ""),
        ("平湖市科创中心二期工程什么时候完工?", ""),
        ("海安市2020年认定了多少家科技型中小企业?", ""),
    ],
)
def test_a_near_miss_is_refused(seeds: Assistant, question: str, missing: str) -> None:
    answer = seeds.ask(question)
    assert not answer.answered
    assert answer.refusal is not None
    assert missing in answer.refusal.missing


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("提出“一区一廊一会一室”的市,次年全社会R&D投入强度目标是多少?", "全社会r&%以上"),
        ("争取蘇區振興政策的縣計劃組織多少名科技特派員進園區進企業進鄉村?", "100名"),
        ("获得省“科技创新鼎”的区,2022年要培育多少家高新技术企业?", "x家"),
        ("义乌04年新增省级高新技术企业几家", "5家"),
        ("古堡民居试点修缮了几个院落、几间古民居", "227间"),
    ],
)
def test_a_document_described_and_an_everyday_wording_are_understood(
    seeds: Assistant, question: str, told: str
) -> None:
    assert told in seeds.ask(question).text


@pytest.mark.parametrize("asked", ["新增了多少家珍珠养殖企业", "新增珍珠养殖企业多少家", "新增了几家珍珠养殖企业"])
def test_what_is_missing_is_named_without_the_unit(seeds: Assistant, asked: str) -> None:
    answer = seeds.ask(f"平湖市2013年{asked}?")
    assert answer.refusal is not None
    assert "珍珠养殖企业" in answer.refusal.missing
    assert "家珍珠" not in answer.refusal.missing


@pytest.mark.parametrize(
    "question",
    ["怎么做红烧肉?", "明天会下雨吗?", "如何请假?", "怎么学英语?", "Quel est l'objectif de brevets en 2013 ?"],
)
def test_a_question_that_shares_no_word_with_the_passages_is_refused(seeds: Assistant, question: str) -> None:
    """Single characters are shared by all texts: 做, 会, 学 tell nothing."""
    answer = seeds.ask(question)
    assert (answer.state, answer.citations) == ("refused", ())
