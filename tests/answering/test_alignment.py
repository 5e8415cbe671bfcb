"""Sentences of a model beside their quotes: what may be left out and added, and what may not."""

from __future__ import annotations

import pytest

from assistant.answering.checking.alignment import is_borne_out

QUOTES = [
    "全年新增省级科技企业孵化器x家、众创空间3家。",
    "全年专利申请量2875件,同比增长8.3%,授权量同比下降4.6%。",
    "技术合同成交额16.2亿元,未完成年初确定的17亿元目标。",
    "关停高耗能企业15家,不新增钢铁产能。",
    "市长李明远任组长,副市长王秀兰任副组长。",
    "审批时限由15个工作日压缩至7个工作日以内。",
    "参展企业不超过20家,培训近300人次。",
]


@pytest.mark.parametrize(
    "sentence",
    [
        "全年专利申请量2875件,同比增长8.3%",
        "专利申请量是2875件",
        "根据文件,技术合同成交额为16.2亿元,未完成年初确定的17亿元目标",
        "某市2020年专利申请量2875件",
        "市长李明远任组长",
        "新增众创空间3家",
    ],
)
def test_words_of_the_quotes_in_their_order(sentence: str) -> None:
    headings = ["某市2020年工作总结"]
    assert is_borne_out(sentence, QUOTES, headings) is (sentence != "新增众创空间3家")


@pytest.mark.parametrize(
    "sentence",
    [
        "新增省级科技企业孵化器3家",
        "专利申请量同比下降8.3%",
        "专利申请量2875件以上",
        "超过2875件",
        "专利申请量不足2875件",
        "专利授权量2875件",
        "商标申请量2875件",
        "计划专利申请量2875件",
        "完成年初确定的17亿元目标",
        "超额完成年初确定的17亿元目标",
        "关停高耗能企业15家,新增钢铁产能",
        "副市长王秀兰任组长",
        "王秀兰任组长",
        "审批时限为15个工作日以内",
        "审批时限由15个工作日延长至7个工作日以内",
        "参展企业20家",
        "培训300人次",
        "居全省第一",
        "",
    ],
)
def test_a_change_of_meaning_is_not_borne_out(sentence: str) -> None:
    assert not is_borne_out(sentence, QUOTES, ["某市2020年工作总结"])


def test_a_heading_lends_its_words_but_not_without_its_not() -> None:
    heading = "1.改革评审机制,不再要求企业提供纸质材料"
    quotes = ["改革评审机制,不再要求企业提供纸质材料。"]
    assert is_borne_out("改革评审机制,不再要求企业提供纸质材料", quotes, [heading])
    assert not is_borne_out("改革评审机制,要求企业提供纸质材料", quotes, [heading])


def test_a_goal_may_be_called_one_only_under_a_plan() -> None:
    quote = ["力争专利申请量达到3200件以上。"]
    assert is_borne_out("专利申请量的目标是3200件以上", quote, ["2021年工作要点"])
    assert not is_borne_out("专利申请量3200件以上", quote, ["2021年工作要点"])
    assert not is_borne_out("专利申请量的目标是2875件", QUOTES, ["某市2020年工作总结"])
