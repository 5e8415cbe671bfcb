"""Yes or no: what a question claims, held against the documents."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.language.frames import VERDICTS

YES, NO = VERDICTS[True], VERDICTS[False]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("平湖市2013年专利申请量的目标是不是2300件以上?", YES),
        ("平湖市2013年专利申请量的目标是不是2500件?", NO),
        ("平湖市2013年专利申请量的目标是否超过2000件?", YES),
        ("平湖市2013年专利申请量的目标是否不到2000件?", NO),
        ("义乌2004年新增省级高新技术企业是5家吗?", YES),
        ("义乌2004年新增省级高新技术企业是8家吗?", NO),
        ("平湖市2013年是否打算启动市创业风险投资引导基金?", YES),
    ],
)
def test_a_claim_is_judged_and_the_quote_shown(seeds: Assistant, question: str, verdict: str) -> None:
    answer = seeds.ask(question)
    assert answer.text.split("\n")[0] == verdict
    assert answer.citations


def test_where_the_words_do_not_decide_there_is_the_quote_alone(seeds: Assistant) -> None:
    answer = seeds.ask("平湖市2013年有没有完成高新技术产业基地创建?")
    assert YES not in answer.text
    assert NO not in answer.text


def test_a_claim_about_another_year_is_refused(seeds: Assistant) -> None:
    assert not seeds.ask("平湖市2014年专利申请量的目标是不是2300件?").answered
