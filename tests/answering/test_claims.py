"""Verdicts worked out by hand: intervals of numbers, and words that decide nothing."""

from __future__ import annotations

import pytest

from assistant.answering.checking.claims import verdict


@pytest.mark.parametrize(
    ("question", "stated", "holds"),
    [
        ("参展企业超过20家吗?", "参展企业不超过20家", False),
        ("新认定高新技术企业是否少于45家?", "新认定高新技术企业不少于45家", False),
        ("新认定高新技术企业是否多于45家?", "新认定高新技术企业不少于45家", None),
        ("高新技术企业是否低于210家?", "高新技术企业总数突破210家", False),
        ("高新技术企业是否低于220家?", "高新技术企业总数突破210家", None),
        ("受众是不是不足8000人次?", "受众8000余人次", None),
        ("科技干部培训超过300人次吗?", "科技干部培训近300人次", None),
        ("兑现率低于60%吗?", "兑现率不低于60%", False),
        ("规上企业不到20家吗?", "规上企业不低于20家", False),
        ("引进团队少于3个吗?", "引进领军型创新创业团队3个以上", False),
        ("引进团队3个以上吗?", "引进领军型创新创业团队3个以上", True),
        ("R&D占比达到2.8%了吗?", "R&D占比达2.85%", True),
        ("R&D占比达到2.9%了吗?", "R&D占比达2.85%", False),
        ("R&D占比是2.85%吗?", "R&D占比达2.85%", True),
        ("专利申请3000件吗?", "专利申请2875件", False),
        ("技术交易额15000万元吗?", "技术交易额1.5亿元", True),
        ("引进博士8名、硕士30名吗?", "引进博士8名、硕士35名", None),
        ("新增高企12-15家吗?", "新增高企12家", None),
        ("王秀兰是领导小组组长吗?", "市长李明远任组长,副市长王秀兰任副组长", None),
        ("摸底8月底前完成吗?", "3月底前完成摸底,8月底前完成第一批申报", None),
        ("有没有国家级科技企业孵化器?", "力争创建国家级科技企业孵化器1家", None),
        ("是否打算启动创业风险投资引导基金?", "启动创业风险投资引导基金", True),
        ("启动创业风险投资引导基金了吗?", "争取启动创业风险投资引导基金", None),
        ("发明专利授权量完成了吗?", "发明专利授权量105件,完成年度任务120件的87.5%", None),
        ("启动创业风险投资引导基金了吗?", "未启动创业风险投资引导基金", None),
    ],
)
def test_a_verdict_stands_on_the_words_or_is_not_given(question: str, stated: str, holds: bool | None) -> None:
    assert verdict(question, stated) is holds
