from __future__ import annotations

import pytest

from assistant import Document, Section
from assistant.documents.structure.sections import outline
from assistant.language.numbers import number_of

PLAN = """计划
一、工作目标
1.专利申请量2300件以上。
2.引进人才10名。
二、措施
(一)强化考核
1强化政策。认真贯彻落实各项政策,修订完善管理办法,激发企业创新积极性,引导企业增加投入。
2强化考核。围绕转型升级推进试点城市建设,探索开展创建活动,完善考核办法,确保经费增长。
2013年,全市工作有了进展,项目建设全面推进,各项指标完成良好,经济社会发展取得新的成绩。
(二)加强宣传
三、建议"""


def test_headings_nest_by_the_rank_of_their_mark() -> None:
    sections = outline(PLAN, "计划")
    assert [(one.level, one.heading, one.parent) for one in sections] == [
        (0, "计划", None),
        (1, "一、工作目标", 0),
        (2, "1.", 1),
        (2, "2.", 1),
        (1, "二、措施", 0),
        (2, "(一)强化考核", 4),
        (3, "1强化政策", 5),
        (3, "2强化考核", 5),
        (2, "(二)加强宣传", 4),
        (1, "三、建议", 0),
    ]


def test_a_section_reaches_to_the_next_mark_of_its_rank() -> None:
    sections = outline(PLAN, "计划")
    assert PLAN[sections[1].start : sections[1].end] == "一、工作目标\n1.专利申请量2300件以上。\n2.引进人才10名。\n"
    assert sections[0] == Section("计划", 0, 0, len(PLAN), None)


@pytest.mark.parametrize(
    "line",
    [
        "2013年工作有进展",
        "1.99倍的增长",
        "4、26知识产权宣传周",
        "一、二、三等奖共评出12项",
        "三、四线城市",
        "10家企业通过认定",
    ],
)
def test_years_decimals_and_counts_are_no_marks(line: str) -> None:
    assert len(outline(line)) == 1


def test_a_run_in_heading_ends_at_its_full_stop() -> None:
    (_, section) = outline("1、紧抓机遇,努力争资争项。在认真做好各项工作的同时,坚持以项目为抓手。")
    assert section.heading == "1、紧抓机遇,努力争资争项"


def test_the_outlines_of_the_seeds(documents: list[Document]) -> None:
    """Counted by reading: themes and items of the plan with lost marks, items of the plan that numbers on."""
    plans = {document.source[:3]: document for document in documents if document.source[:3] != "002"}
    measures = next(rank for rank, one in enumerate(plans["003"].sections) if one.heading == "三、工作措施")
    themes = [rank for rank, one in enumerate(plans["003"].sections) if one.parent == measures]
    items = [sum(one.parent == theme for one in plans["003"].sections) for theme in themes]
    assert items == [3, 4, 3, 4, 3, 3, 3]
    numbered = [one for one in plans["004"].sections if one.heading[0].isdigit() and one.level > 0]
    assert [one.heading.split(".")[0] for one in numbered] == [str(number) for number in range(1, 14)]
    assert [one.level for one in numbered] == [3] * 9 + [2] * 4


def rows(text: str) -> list[tuple[int, str, int | None]]:
    return [(one.level, one.heading, one.parent) for one in outline(text)[1:]]


def test_a_list_goes_on_in_another_mark_and_under_another_parent() -> None:
    text = "(一)思路\n1、甲\n2、乙\n(二)、计划\n1、丙\n三、建议\n1、丁"
    assert rows(text) == [
        (1, "(一)思路", 0),
        (2, "1、甲", 1),
        (2, "2、乙", 1),
        (1, "(二)、计划", 0),
        (2, "1、丙", 4),
        (1, "三、建议", 0),
        (2, "1、丁", 6),
    ]


def test_a_number_that_goes_on_under_a_higher_heading_is_its_child() -> None:
    assert [(level, parent) for level, _, parent in rows("一、甲\n(一)乙\n1.丙\n二、丁\n2.戊")] == [
        (1, 0),
        (2, 1),
        (3, 2),
        (1, 0),
        (2, 4),
    ]


def test_ordinals_inside_a_paragraph_are_items_that_end_with_it() -> None:
    text = "1、加强管理。一是抓培训;二是抓考核。三是抓落实。\n一是重要的一句,没有第二句。\n2、改进服务"
    sections = outline(text)
    assert [(one.level, text[one.start : one.end], one.inline) for one in sections[2:5]] == [
        (2, "一是抓培训;", True),
        (2, "二是抓考核。", True),
        (2, "三是抓落实。", True),
    ]
    assert [(one.level, one.inline) for one in sections[5:]] == [(2, False), (1, False)]


def test_lines_that_the_format_marks_as_headings_stand_above_numbered_ones() -> None:
    text = "总体情况\n一、甲\n具体安排\n一、乙"
    sections = outline(text, "", {0: 1, text.index("具体"): 1})
    assert [(one.level, one.heading, one.parent) for one in sections[1:]] == [
        (1, "总体情况", 0),
        (2, "一、甲", 1),
        (1, "具体安排", 0),
        (2, "一、乙", 3),
    ]


@pytest.mark.parametrize(
    ("digits", "value"), [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("7", 7), ("⑫", 12)]
)
def test_numbers_of_marks(digits: str, value: int) -> None:
    assert number_of(digits) == value
