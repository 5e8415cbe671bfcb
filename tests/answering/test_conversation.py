"""Follow-up questions, resolved by hand against the turns before them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Assistant, Turn, kept
from assistant.answering.question.conversation import MOST_TURNS, readings


def talk(assistant: Assistant, *questions: str) -> tuple[Turn, ...]:
    """The turns of a conversation."""
    turns: tuple[Turn, ...] = ()
    for question in questions:
        (turn,) = assistant.converse(question, turns=turns)
        turns = kept(turns, turn)
    return turns


FIRST = "平湖市2013年专利申请量的目标是多少?"


@pytest.mark.parametrize(
    ("follow_up", "understood"),
    [
        ("那2014年呢?", "平湖市2014年专利申请量的目标是多少?"),
        ("那南京市呢?", "南京市2013年专利申请量的目标是多少?"),
        ("授权专利呢?", "平湖市2013年授权专利目标是多少?"),
        ("那南京市的财政收入呢?", "2013年南京市的财政收入目标是多少?"),
        ("南京市有哪些措施?", "南京市有哪些措施?"),
        ("其中发明占多少?", "平湖市2013年发明占多少?"),
    ],
)
def test_what_a_follow_up_leaves_out_is_filled_in(seeds: Assistant, follow_up: str, understood: str) -> None:
    assert readings(follow_up, talk(seeds, FIRST), seeds.library)[-1].text == understood


def test_a_first_question_stays_as_it_is(seeds: Assistant) -> None:
    assert readings("那2014年呢?", (), seeds.library)[0].text == "那2014年呢?"


def test_another_year_is_refused_and_a_third_turn_returns(seeds: Assistant) -> None:
    turns = talk(seeds, FIRST, "那2014年呢?", "那2013年呢?")
    assert [turn.answer.answered for turn in turns] == [True, False, True]
    assert turns[2].answer.text == "专利申请量达到2300件以上[1]"


def test_another_indicator_of_the_same_document(seeds: Assistant) -> None:
    turns = talk(seeds, FIRST, "授权专利呢?")
    assert turns[1].answer.text == "授权专利1600件以上[1]"


def test_an_item_of_a_list_is_told_whole(seeds: Assistant) -> None:
    turns = talk(seeds, "义乌2005年重点抓哪五个方面的科技工作?", "第二条展开说说")
    assert turns[1].answer.text.startswith("(二)")
    quotes = "".join(citation.quote for citation in turns[1].answer.citations)
    assert "(三)" not in quotes
    assert len(quotes) > 200


def test_an_item_that_is_not_there_is_no_item(seeds: Assistant) -> None:
    turns = talk(seeds, "义乌2005年重点抓哪五个方面的科技工作?", "第九条展开说说")
    assert not turns[1].answer.answered


def test_how_asks_for_the_paragraph(seeds: Assistant) -> None:
    turns = talk(seeds, "2020年种天麻、杜仲的那个县和谁合作搞辐照育种?", "具体怎么做的?")
    assert "无纺布育苗袋" in turns[1].answer.text


def test_a_conversation_is_bounded(seeds: Assistant) -> None:
    turns: tuple[Turn, ...] = ()
    (turn,) = seeds.converse(FIRST)
    for _ in range(MOST_TURNS + 5):
        turns = kept(turns, turn)
    assert len(turns) == MOST_TURNS


def test_turns_that_the_index_no_longer_has_are_forgotten(seeds: Assistant) -> None:
    (turn,) = talk(seeds, FIRST)
    (citation,) = turn.answer.citations
    for gone in (replace(citation, passage_id="gone"), replace(citation, quote="专利申请量达到2400件以上")):
        stale = Turn(turn.question, replace(turn.answer, citations=(gone,)))
        (answered,) = seeds.converse("那2014年呢?", turns=(turn, stale))
        assert answered.question == "那2014年呢?"
        (answered,) = seeds.converse("那2014年呢?", turns=(stale, turn))
        assert answered.question == "平湖市2014年专利申请量的目标是多少?"


def test_a_question_of_its_own_leaves_the_last_document(seeds: Assistant) -> None:
    turns = talk(seeds, FIRST, "古堡民居试点修缮了多少个院落、多少间古民居?")
    assert "227间" in turns[1].answer.text
