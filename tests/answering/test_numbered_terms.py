"""Terms that count their parts: told in a row beside them, or in as many sentences below them, or not at all."""

from __future__ import annotations

import pytest
from conftest import Office

from assistant import Assistant
from assistant.answering.checking.guarantee import violations
from assistant.datamodels import Counted, Quoted
from assistant.language.numbered_terms import asked_terms

TEXT = """一、总体思路
发展山上大棚杨梅、平原大棚蔬菜、滩涂海水养殖的“三带”经济。创优“无差别、无障碍”“可预期、可信赖”的“两无两可”环境。
深入实施企业倍增、平台提质、人才引育等三项行动,全面提升科技实力。落实“两减”要求:减材料、减环节。

二、重点工作
集中力量建设“三城两园”。推动滨江新城加速崛起,建设总部大楼。推动千年古城传承复兴,打造文化地标。推动科教智城提质建设。建设高教园。建设软件园。改造老旧管网。
打造“五宜”幸福城市,提升居民获得感。
"""


@pytest.fixture
def bureau(office: Office) -> Assistant:
    return office(衢州市2024年工作要点=TEXT)


@pytest.mark.parametrize(
    ("key", "terms"),
    [
        ("“三带”发展战略里的三带各是什么?", [("三带", ((3, "带"),))]),
        ("“三城两园”里的三座“城”都叫什么名字?", [("三城两园", ((3, "城"),))]),
        ("三大基石、三大动力分别是哪些?", [("三大基石", ((3, "基石"),)), ("三大动力", ((3, "动力"),))]),
        ("2023年说的六项行动是哪六项?", [("六项行动", ((6, "行动"),))]),
        ("“十六字方针”是哪十六个字?", []),
        ("今年要加快建设哪两条地铁线?", []),
        ("五个方面的工作是什么?", []),
        ("三大攻坚战完成了多少?", []),
    ],
)
def test_a_term_is_read_with_the_number_and_the_name_of_its_parts(
    key: str, terms: list[tuple[str, tuple[tuple[int, str], ...]]]
) -> None:
    assert [(one.text, one.groups) for one in asked_terms(key)] == terms


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("“三带”是指什么?", "发展山上大棚杨梅、平原大棚蔬菜、滩涂海水养殖的“三带”"),
        ("“两无两可”各指什么?", "创优“无差别、无障碍”“可预期、可信赖”的“两无两可”"),
        ("三项行动分别是什么?", "深入实施企业倍增、平台提质、人才引育等三项行动"),
        ("“两减”指什么?", "两减”要求:减材料、减环节"),
    ],
)
def test_the_parts_in_a_row_beside_the_term(bureau: Assistant, question: str, row: str) -> None:
    answer = bureau.ask(question)
    assert (answer.kind, [one.words for one in answer.lines if isinstance(one, Quoted)]) == ("numbered term", [row])
    assert violations(answer, bureau.store) == []


def test_as_many_sentences_as_the_term_has_parts(bureau: Assistant) -> None:
    answer = bureau.ask("“三城两园”里的三座“城”都叫什么名字?")
    assert [one.words for one in answer.lines if isinstance(one, Quoted)] == [
        "推动滨江新城加速崛起,建设总部大楼。",
        "推动千年古城传承复兴,打造文化地标。",
        "推动科教智城提质建设。",
    ]
    assert [one.items for one in answer.lines if isinstance(one, Counted)] == [3]
    assert violations(answer, bureau.store) == []
    both = bureau.ask("“三城两园”分别是什么?")
    assert [one.items for one in both.lines if isinstance(one, Counted)] == [5]


def test_a_term_whose_parts_nothing_tells_is_only_come_near_to(bureau: Assistant) -> None:
    answer = bureau.ask("“五宜”幸福城市的“五宜”具体指哪五个“宜”?")
    assert (answer.kind != "numbered term", answer.state) == (True, "nearest")
