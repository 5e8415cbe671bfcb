"""Numbers with their units and bounds; what is no quantity stays out."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.numbers import number_value
from assistant.language.quantities import find_quantities


def told(sentence: str) -> list[tuple[str, float | None, str, str]]:
    """(words, value, unit, comparator) of each quantity."""
    return [(sentence[one.start : one.end], one.value, one.unit, one.comparator) for one in find_quantities(sentence)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("专利申请量达到2300件以上", [("达到2300件以上", 2300, "件", "达到…以上")]),
        ("全社会R&D支出占全市GDP2.3%以上", [("2.3%以上", 2.3, "%", "以上")]),
        ("实现销售额2180余万元", [("2180余万元", 2180, "万元", "余")]),
        ("配备875台(套)设备", [("875台(套)", 875, "台(套)", "")]),
        ("城镇新增就业3.3万人以上", [("3.3万人以上", 3.3, "万人", "以上")]),
        ("企业总数达1,200家", [("达1,200家", 1200, "家", "达")]),
        ("失业率控制在5.5％以内", [("控制在5.5％以内", 5.5, "%", "控制在…以内")]),
        ("劳动生产率23.5万元/人以上", [("23.5万元/人以上", 23.5, "万元/人", "以上")]),
        ("出口下降3.2个百分点", [("下降3.2个百分点", 3.2, "个百分点", "下降")]),
        ("新建学校12所以上", [("12所以上", 12, "所", "以上")]),
        ("共建创新载体1以上", [("1以上", 1, "", "以上")]),
        ("科技特派员三十五名", [("三十五名", 35, "名", "")]),
        ("政策兑现百分之百", [("百分之百", 100, "%", "")]),
        ("时限压缩至5个工作日以内", [("压缩至5个工作日以内", 5, "个工作日", "压缩至…以内")]),
        ("省新产品试制计划项目2项目、其他", [("2项目", 2, "项", "")]),
        ("坚持每月一次的例会", [("每月一次", 1, "次/月", "每月")]),
        ("每两年进行一次考核", [("每两年进行一次", 1, "次/两年", "每两年")]),
        ("总量居全省第5位", [("第5位", 5, "位", "")]),
        ("考核名列全市第一", [("第一", 1, "位", "")]),
        ("正式签约29项", [("29项", 29, "项", "")]),  # 约 belongs to 签约
    ],
)
def test_what_a_quantity_is(sentence: str, expected: list[tuple[str, float, str, str]]) -> None:
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "2013年1月18日印发",
        "教育局和2013所以可行",
        "平科技〔2013〕1号",
        "《专利知识60问》出版",
        "“四·五”法制宣传日",
        "大棚CO2施肥和5G网络",
        "第三届科技节和第2次会议",
        "20xx年xx县x市科技局",
        "打造古堡民居第一县的试点",
        "“十二五”规划和三个重点",
        "1.强化政策扶持",
    ],
)
def test_what_is_none(sentence: str) -> None:
    assert told(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "words", "unit"),
    [
        ("新增高新技术企业xxx家以上", "xxx家以上", "家"),
        ("投资x.x亿元", "x.x亿元", "亿元"),
        ("强度达到*%以上", "达到*%以上", "%"),
        ("入库*0家以上", "*0家以上", "家"),
        ("科技成果成交额超亿元", "超亿元", "亿元"),
        ("全社会r&%以上", "%以上", "%"),
        ("增速排名全市第x。", "第x", "位"),
    ],
)
def test_a_hidden_or_lost_number_has_no_value(sentence: str, words: str, unit: str) -> None:
    assert told(sentence)[0][:3] == (words, None, unit)
    assert find_quantities(sentence)[0].masked


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        ("规模工业增加值增长6%-7%", [(6, 7, "%")]),
        ("技术交易额15亿元至18亿元", [(15, 18, "亿元")]),
        ("引进团队3-5个", [(3, 5, "个")]),
        ("培育瞪羚企业三到五家", [(3, 5, "家")]),
        ("投资8000万元至1亿元", [(8000, None, "万元"), (1, None, "亿元")]),  # two units: no range
    ],
)
def test_a_range_keeps_both_ends(sentence: str, ends: list[tuple[float, float | None, str]]) -> None:
    assert [(one.value, one.upper, one.unit) for one in find_quantities(sentence)] == ends


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        ("产值占比由50%提升至55%", [55]),
        ("成交额从2亿元增加到3.5亿元", [3.5]),
        ("专利申请量比2021年的800件增长8.75%", [8.75]),
        ("拥有量21.4件,高于全省平均水平(18.2件)3.2件", [21.4]),
        ("引进投资10亿元以上项目57个", [57]),
    ],
)
def test_numbers_that_others_are_set_against_are_no_rows(sentence: str, values: list[float]) -> None:
    assert [one.value for one in find_quantities(sentence)] == values


@pytest.mark.parametrize(
    ("sentence", "value", "comparator"),
    [
        ("工业增加值同比增长-5%", -5, "增长"),
        ("新增投资不到5亿元", 5, "不到"),
        ("覆盖率不足20%", 20, "不足"),
        ("博士≥10人", 10, "≥"),
        ("惠及一万二千户", 1.2, ""),
    ],
)
def test_signs_and_bounds_are_kept(sentence: str, value: float, comparator: str) -> None:
    (one,) = find_quantities(sentence)
    assert (one.value, one.comparator) == (value, comparator)


@pytest.mark.parametrize(
    ("sentence", "amount"), [("600万元", 6_000_000), ("29.4亿元", 2_940_000_000), ("5家", 5), ("x万元", None)]
)
def test_the_amount_is_the_value_without_the_scale(sentence: str, amount: float | None) -> None:
    assert find_quantities(sentence)[0].amount == amount


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", 1234.5),
        ("两", 2),
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("一万二千", 12000),
        ("半", None),
        ("xx", None),
        ("", None),
    ],
)
def test_number_value(text: str, value: float | None) -> None:
    assert number_value(text) == value


@given(st.text("0123456789.,xX*%万亿元家项达到超第每月年一二“”《》、，。 abG第", max_size=40))
def test_any_text_gives_quantities_in_order_whose_digits_it_holds(sentence: str) -> None:
    found = find_quantities(sentence)
    assert all(before.end <= after.start for before, after in pairwise(found))
    for one in found:
        words = sentence[one.start : one.end]
        assert words
        if one.value is not None and not re.search("[一二三四五六七八九十百千两]", words):
            assert any(number_value(part) == one.value for part in re.findall(r"[\d,]+(?:\.\d+)?", words))


def test_ten_thousand_alone_counts_nothing() -> None:
    assert find_quantities("服务走进万家") == []
    assert [one.value for one in find_quantities("服务企业一万家")] == [1]
