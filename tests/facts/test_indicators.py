"""What a quantity measures, in the words of the document."""

from __future__ import annotations

import pytest

from assistant.facts.indicators import name_indicators
from assistant.language.quantities import find_quantities


def names(sentence: str) -> list[str]:
    return [one.indicator for one in name_indicators(sentence, find_quantities(sentence))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("5.专利申请量达到2300件以上", ["专利申请量"]),
        ("全市高新技术产业产值占工业总产值28%以上", ["高新技术产业产值占工业总产值比重"]),
        ("新增国家高新技术企业5家以上,省级创新型企业1家", ["新增国家高新技术企业", "新增省级创新型企业"]),
        ("新增专利示范企业6家以上,其中省级1家以上", ["新增专利示范企业", "新增省级专利示范企业"]),
        ("专利申请量达到2300件以上,其中发明占10%以上", ["专利申请量", "发明占专利申请量比重"]),
        ("组织申报市级众创空间3家,认定2家", ["组织申报市级众创空间", "认定市级众创空间"]),
        ("实现高新技术产业产值29.4亿元,增幅为22.5%", ["高新技术产业产值", "高新技术产业产值增幅"]),
        ("地区生产总值增长6%左右", ["地区生产总值增长"]),
        ("对拟建研发中心的44家企业", ["拟建研发中心的企业"]),
        ("有12个项目获市科技进步奖", ["市科技进步奖"]),
        ("今年认定了甲公司、乙公司等21家市级企业研发中心", ["认定市级企业研发中心"]),
        ("研发投入达到3亿元,强度达到2%", ["研发投入", "研发投入强度"]),
        ("一是力争科技成果成交额超亿元", ["科技成果成交额"]),
        ("列入省科技进步奖1项、力争2项", ["省科技进步奖", "省科技进步奖"]),
        ("签约项目数居全省第5位", ["签约项目数全省位次"]),
    ],
)
def test_names(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


def test_numbers_told_respectively_go_to_their_items() -> None:
    assert names("城镇、农村居民人均可支配收入分别增长6%左右、7.5%左右") == [
        "城镇人均可支配收入增长",
        "农村居民人均可支配收入增长",
    ]
    assert names("一、二、三产增加值分别增长5%、6%、4.8%") == ["一产增加值增长", "二产增加值增长", "三产增加值增长"]


@pytest.mark.parametrize("sentence", ["亿元,增长x.x%", "。亿元、增长x.x%,占规上工业增加值比重达到xx%"])
def test_a_number_whose_subject_is_lost_gets_no_name_of_another(sentence: str) -> None:
    assert not any("科技" in name for name in names("科技投入5亿元," + sentence)[1:])
    assert names(sentence)[0] == ""


def test_parts_are_marked() -> None:
    sentence = "验收7项,其中省级1项、市级2项,争取资金600万元"
    named = name_indicators(sentence, find_quantities(sentence))
    assert [one.part for one in named] == [False, True, True, False]


def test_a_closed_bracket_ends_its_parts() -> None:
    sentence = "国家级孵化器2家(其中专业孵化器1家)、省级5家、市级18家"
    named = name_indicators(sentence, find_quantities(sentence))
    assert [(one.indicator, one.part) for one in named] == [
        ("国家级孵化器", False),
        ("国家级孵化器:专业孵化器", True),
        ("省级孵化器", False),
        ("市级孵化器", False),
    ]


def test_the_span_holds_name_and_number() -> None:
    sentence = "3.力争新增高新技术企业5家以上,其他"
    (one,) = name_indicators(sentence, find_quantities(sentence))
    assert sentence[one.start : one.end] == "力争新增高新技术企业5家以上"
