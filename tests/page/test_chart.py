"""One indicator as bars: which rows stand together, how long each bar is, what the words are."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from assistant import Goal, extract_goals, parse_documents
from assistant.page.tables.chart import COLOURS, LABEL_WIDTH, VALUE_WIDTH, WIDTH, bar_chart, comparable


def goals(*texts: str) -> list[Goal]:
    return [
        goal
        for number, text in enumerate(texts)
        for document in parse_documents(text, f"{number}.txt")
        for goal in extract_goals(document)
    ]


ROWS = goals(
    "安吉县科技局2013年工作要点\n专利申请量2000件以上,技术交易额3亿元,认定企业x家。",
    "安吉县科技局2013年工作总结\n专利申请量1000件,技术交易额15000万元,专利申请量增长5%。",
)


def test_rows_of_one_indicator_and_dimension_stand_together() -> None:
    groups = comparable(ROWS)
    assert {name: [row.value for row in rows] for name, rows in groups.items()} == {
        "专利申请量(件)": [2000, 1000],
        "技术交易额(亿元)": [3, 15000],
    }


def bars(svg: str) -> list[tuple[str, float]]:
    """(colour, length) of each bar."""
    return [
        (colour, float(length))
        for length, colour in re.findall(r'width="([\d.]+)" height="18" rx="2" fill="(#\w+)"', svg)
    ]


def test_bars_are_as_long_as_their_amounts_and_coloured_by_status() -> None:
    longest = WIDTH - LABEL_WIDTH - VALUE_WIDTH
    svg = bar_chart("专利申请量(件)", comparable(ROWS)["专利申请量(件)"])
    assert sorted(bars(svg)) == sorted([(COLOURS["planned"], longest), (COLOURS["achieved"], longest / 2)])
    money = bar_chart("技术交易额(亿元)", comparable(ROWS)["技术交易额(亿元)"])
    assert sorted(length for _, length in bars(money)) == [longest / 2, longest]  # 15000万元 is half of 3亿元


def test_words_are_escaped_and_the_picture_is_well_formed() -> None:
    rows = goals("<b>某局</b>2013年工作要点\n专利<script>量5件。专利<script>量7件。")
    svg = bar_chart("<script>", rows)
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own picture
    texts = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == "<script>"
    assert "5件 (计划)" in texts
    assert "<script>" not in svg


def test_an_empty_chart_is_a_picture_too() -> None:
    assert ElementTree.fromstring(bar_chart("无", [])).tag.endswith("svg")  # noqa: S314
