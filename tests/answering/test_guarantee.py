"""The quote guarantee: answers that were altered by one digit, point, unit or mark are not accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from altered_answers import altered

from assistant import Assistant
from assistant.answering.guarantee import generated_violations, guaranteed, violations

QUESTIONS = Path(__file__).parents[2] / "benchmarks" / "questions.jsonl"


def test_no_altered_answer_is_accepted(seeds: Assistant) -> None:
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    questions += ["平湖市2013年的工作措施有哪些?", "2023年高新技术企业参评多少家?"]
    accepted, tried = [], 0
    for question in questions:
        answer = seeds.ask(question)
        assert violations(answer, seeds.index) == []
        if answer.answered:
            for one in altered(answer):
                tried += 1
                accepted += [] if violations(one, seeds.index) else [(question, one.text)]
    assert tried > 500
    assert accepted == []


def test_a_quote_about_another_place_is_not_accepted(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    assert violations(replace(answer, question="南京市专利申请量的目标是多少?"), seeds.index)
    assert violations(replace(answer, text="5[1]"), seeds.index)


def test_an_answer_that_fails_is_not_shown(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    shown = guaranteed(replace(answer, text=answer.text.replace("2300", "2800")), seeds.index)
    assert not shown.answered
    assert shown.text == "回答未通过引文核对,不予显示。"
    assert shown.citations == ()


@pytest.mark.parametrize(
    "text", ["", "专利申请量达到2300件以上", "专利申请量达到2300件以上[1]\n另外还有很多[1]", "2300件[1]\n大幅增长。"]
)
def test_words_without_a_quote_are_not_accepted(seeds: Assistant, text: str) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    assert violations(replace(answer, text=text), seeds.index)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("2013年专利申请量的目标是2300件以上,授权专利1600件以上。", True),
        ("2012年专利申请量的目标是2300件以上。", False),
        ("专利申请量的目标是2300件以上,授权专利1600件以上。", True),
        ("专利申请量的目标是２３００件以上。", True),
        ("专利申请量的目标是2,300件以上。", True),
        ("专利申请量的目标是2300件。", False),
        ("专利申请量的目标是1600件以上。", False),
        ("授权专利2300件以上,专利申请量1600件以上。", False),
        ("专利申请量的目标是2300家以上。", False),
        ("专利申请量的目标是23件以上。", False),
        ("完成专利申请量2300件以上。", False),
        ("专利申请量未达到2300件以上。", False),
        ("其中发明占1%以上。", False),
        ("其中发明占10%以上。", True),
        ("南京市专利申请量达到2300件以上。", False),
        ("专利申请量两千件以上。", False),
        ("专利申请量达到2300件以上,居全省第一。", False),
        ("企业家们对此十分满意并且热烈欢迎。", False),
    ],
)
def test_a_generated_sentence_says_what_its_quote_says(seeds: Assistant, words: str, right: bool) -> None:
    (citation,) = seeds.ask("平湖市2013年专利申请量的目标是多少?").citations
    assert citation.quote == "5.专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。"
    assert (generated_violations(words, [citation]) == []) is right
