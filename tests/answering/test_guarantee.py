"""The quote guarantee: answers that were altered by one digit, point, unit or mark are not accepted."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from altered_answers import altered
from conftest import HashingEncoder

from assistant import (
    Answer,
    Assistant,
    Counted,
    Difference,
    Heading,
    Line,
    Notice,
    Quoted,
    TableRow,
    Verdict,
)
from assistant.answering.checking.citations import cite
from assistant.answering.checking.guarantee import guaranteed, violations

QUESTIONS = Path(__file__).parents[2] / "benchmarks" / "questions.jsonl"


def test_no_altered_answer_is_accepted(seeds: Assistant) -> None:
    questions = [json.loads(line)["question"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    questions += ["平湖市2013年的工作措施有哪些?", "2023年高新技术企业参评多少家?"]
    accepted, tried = [], 0
    for question in questions:
        answer = seeds.ask(question)
        assert violations(answer, seeds.store) == []
        if answer.answered:
            for one in altered(answer):
                tried += 1
                accepted += [] if violations(one, seeds.store) else [(question, one.text)]
    assert tried > 500
    assert accepted == []


def test_a_quote_about_another_place_is_not_accepted(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    assert violations(replace(answer, question="南京市专利申请量的目标是多少?"), seeds.store)
    assert violations(replace(answer, lines=(Quoted("5", (1,)),)), seeds.store)


def test_an_answer_that_fails_is_not_shown(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    shown = guaranteed(replace(answer, lines=(Quoted("专利申请量达到2800件以上", (1,)),)), seeds.library)
    assert not shown.answered
    assert shown.text == "回答未通过引文核对,不予显示。"
    assert shown.citations == ()


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (Quoted("专利申请量达到2300件以上", ()),),
        (Quoted("专利申请量达到2300件以上", (1,)), Quoted("另外还有很多", (1,))),
        (Quoted("专利申请量达到2300件以上", (1,)), Quoted("大幅增长。", ())),
        (Quoted("专利申请量达到2300件以上", (1,)), Notice("missing", ("研发投入",))),
        (Quoted("专利申请量达到2300件以上", (1,)), Verdict(holds=True)),
        (Counted(2, 1), Quoted("专利申请量达到2300件以上", (1,))),
        (Heading("别的文件", "003_6c7405a0fd13b55c.txt#1"), Quoted("专利申请量达到2300件以上", (1,))),
        (TableRow("南京市", "专利申请量达到2300件以上", (1,)),),
        (Quoted("专利申请量达到2300件以上", (1,)), Difference("2300", "0", "件")),
    ],
)
def test_words_without_a_quote_are_not_accepted(seeds: Assistant, lines: tuple[Line, ...]) -> None:
    answer = seeds.ask("平湖市2013年专利申请量的目标是多少?")
    assert violations(replace(answer, lines=lines), seeds.store)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("科技干部培训近300人次", "300人次"),
        ("高新技术企业总数突破210家", "210家"),
        ("取消专利奖励5项", "专利奖励5项"),
        ("未完成专利奖励5项", "完成专利奖励5项"),
        ("专利奖励不超过5项", "5项"),
        ("签约约30亿元", "30亿元"),
        ("新增企业至少12家", "12家"),
        ("培训农民1200人次", "培训农民1200人"),
        ("投资30万元", "投资30万"),
        ("提高5个百分点", "提高5个"),
        ("建成厂房1600平方米", "建成厂房1600平"),
        ("实现产值12.5亿元以上", "实现产值12.5亿元"),
        ("惠及企业200余家", "惠及企业200"),
        ("暂停认定研发中心6家", "认定研发中心6家"),
        ("拟新建院士工作站4家", "新建院士工作站4家"),
        ("培育企业5-8家", "8家"),
        ("培育企业1,300家", "300家"),
        ("培育企业三十家", "十家"),
        ("培训逾300人次", "300人次"),
        ("企业300家之多", "企业300家"),
        ("补助企业100元/人", "补助企业100元"),
    ],
)
def test_no_words_that_deny_or_bound_are_cut_off(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.txt").write_text(f"甲市科技局2013年工作总结\n{text}。\n", encoding="utf-8")
    built = Assistant.build(tmp_path, tmp_path / "index", encoder=HashingEncoder())
    (passage,) = built.store.passages()
    start = passage.text.index(text)
    citation = cite(built.store, passage, start, start + len(text), 1)
    whole, part = (Answer("问题", "fact", (Quoted(one, (1,)),), (citation,)) for one in (text, words))
    assert violations(whole, built.store) == []
    assert violations(part, built.store)
    begin = start + text.index(words)
    cut = cite(built.store, passage, begin, begin + len(words), 1)  # a quote that itself begins behind the word
    assert violations(Answer("问题", "fact", (Quoted(words, (1,)),), (cut,)), built.store)
