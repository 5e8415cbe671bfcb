from __future__ import annotations

import pytest

from assistant import Document, Section
from assistant.documents.sections import outline

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
        (3, "1.", 1),
        (3, "2.", 1),
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


@pytest.mark.parametrize("line", ["2013年工作有进展", "1.99倍的增长", "4、26知识产权宣传周"[1:], "10家企业通过认定"])
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
    numbered = [one.heading.split(".")[0] for one in plans["004"].sections if one.level == 3]
    assert numbered == [str(number) for number in range(1, 14)]
