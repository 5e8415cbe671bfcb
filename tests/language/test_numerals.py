"""Numbers as offices write them, against cn2an and by hand."""

from __future__ import annotations

import cn2an  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.normalization import fold_width, to_simplified
from assistant.language.numbers import number_value
from assistant.language.quantities import find_quantities


@given(st.integers(1, 10**11))
def test_chinese_numbers_are_those_of_cn2an(number: int) -> None:
    words = cn2an.an2cn(number, "low")
    if len(words) <= 15:
        assert number_value(words) == number


@pytest.mark.parametrize(
    ("words", "value"),
    [("三百六", 360), ("三百零六", 306), ("两万五", 25_000), ("一亿二千万", 120_000_000),
     ("廿五", 25), ("十点五", 10.5),
     ("一六〇〇", 1600), ("1 200", 1200), ("5 . 5", 5.5),
     ("14·1", 14.1), ("12亿3千万", 1_230_000_000), ("5万3000", 53_000)],
)  # fmt: skip
def test_values_by_hand(words: str, value: float) -> None:
    assert number_value(words) == value


@pytest.mark.parametrize("words", ["三五", "三九", "**", "", "点五"])
def test_what_is_no_number(words: str) -> None:
    assert number_value(words) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("受理投诉 1 200 件", [(1200, "件")]),
        ("受理投诉１，２００件，增长１２．５％", [(1200, "件"), (12.5, "%")]),
        ("增长5 . 5%以上", [(5.5, "%")]),
        ("增长14·1％", [(14.1, "%")]),
        ("贷款余额12亿3千万元", [(12.3, "亿元")]),
        ("奖补3万5千元", [(3.5, "万元")]),
        ("投入2亿5000万元", [(2.5, "亿元")]),
        ("投资2亿元、3个项目", [(2, "亿元"), (3, "个")]),
        ("质押融资3.5亿余元", [(3.5, "亿元")]),
        ("兑现资金三百二十万元", [(320, "万元")]),
        ("投入一亿二千万元", [(1.2, "亿元")]),
        ("培育企业两千余家", [(2000, "家")]),
        ("引进人才一百二十多名", [(120, "名")]),
        ("近三成企业设立机构", [(30, "%")]),
        ("占七成半", [(75, "%")]),
        ("增长百分之十点五", [(10.5, "%")]),
        ("兑现百分之百", [(100, "%")]),
        ("淘汰设备廿台。", [(20, "台")]),
        ("占比由1.8%提高到2.3%,提高0.5个百分点", [(2.3, "%"), (0.5, "个百分点")]),
        ("交易额1.2万万元", [(1.2, "万万元")]),
        ("人均预期寿命达82.4岁", [(82.4, "岁")]),
    ],
)
def test_quantities_as_offices_write_them(sentence: str, expected: list[tuple[float, str]]) -> None:
    assert [(one.value, one.unit) for one in find_quantities(sentence)] == expected


@pytest.mark.parametrize(
    "sentence", ["新增企业②③家", "申请23OO件", "淘汰l5家", "第三百家", "三成员单位", "五一、国庆假期", "三三两两"]
)
def test_no_quantities(sentence: str) -> None:
    assert find_quantities(sentence) == []


@given(st.text())
def test_widths_are_folded_character_by_character(text: str) -> None:
    assert len(fold_width(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [("著力推進", "着力推进"), ("圍繞著需求", "围绕着需求"), ("顯著提高", "显著提高"),
     ("著名學者的著作", "著名学者的著作"),
     ("編著叢書", "编著丛书"), ("土著居民", "土著居民"), ("隨著、沿著", "随着、沿着"),
     ("著手編制", "着手编制"), ("論著獲獎", "论著获奖")],
)  # fmt: skip
def test_zhe_is_no_zhu(written: str, read: str) -> None:
    assert to_simplified(written) == read
