"""Who answers for an item and by when: brackets, lines, tables."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from assistant import Measure, extract_goals, extract_measures, parse_documents, read_documents
from assistant.facts.responsible import due_in, duties_of, read_duty


@pytest.mark.parametrize(
    ("words", "bodies", "due"),
    [
        ("省商务厅牵头,甲海关配合", ("省商务厅(牵头)", "甲海关(配合)"), ""),
        ("责任单位:省财政厅、省科技厅", ("省财政厅", "省科技厅"), ""),
        (
            "牵头单位:市发改委;配合单位:市财政局、市住建局等;完成时限:2025年6月底",
            ("市发改委(牵头)", "市财政局(配合)", "市住建局(配合)"),
            "2025年6月底",
        ),
        (
            "由市科技局牵头,市财政局、税务局等部门配合,10月底前完成",
            ("市科技局(牵头)", "市财政局(配合)", "税务局(配合)"),
            "10月底前",
        ),
        (
            "市商务局牵头,各县区人民政府、高新区管委会,市海关配合",
            ("市商务局(牵头)", "各县区人民政府(配合)", "高新区管委会(配合)", "市海关(配合)"),
            "",
        ),
        ("各县(市)区人民政府、市财政局按职责分工负责", ("各县(市)区人民政府", "市财政局"), ""),
        ("含市属单位", (), ""),
    ],
)
def test_a_bracket(words: str, bodies: tuple[str, ...], due: str) -> None:
    assert read_duty(words) == (bodies, due)


def measures(text: str) -> list[Measure]:
    (document,) = parse_documents(text, "a.txt")
    return extract_measures(document, extract_goals(document))


def test_each_item_has_its_own_bodies_also_behind_its_full_stop() -> None:
    text = (
        "丁省实施意见\n一、主要任务\n1.扩大出口。建立比对清单。(甲海关负责)巩固出口优势。(省商务厅牵头)\n"
        "2.新建仓库3座。(省交通厅牵头,6月底前完成)\n3.加强宣传。\n"
    )
    (document,) = parse_documents(text, "a.txt")
    first, second, third = duties_of(document)
    assert document.text[first.start : first.end].endswith("比对清单。(甲海关负责)")
    assert document.text[second.start : second.end] == "巩固出口优势。(省商务厅牵头)"
    assert (third.bodies, third.due) == (("省交通厅(牵头)",), "6月底前")
    items = {one.heading: (one.responsible, one.due) for one in measures(text)}
    assert items["扩大出口"] == (("甲海关", "省商务厅(牵头)"), "")
    assert items["新建仓库3座"] == (("省交通厅(牵头)",), "6月底前")
    assert items["加强宣传"] == ((), "")
    (goal,) = extract_goals(document)
    assert (goal.value, goal.responsible, goal.due) == (3, ("省交通厅(牵头)",), "6月底前")


def test_a_line_that_closes_a_chapter_is_about_all_of_it() -> None:
    text = (
        "乙市政策措施\n一、促进消费\n(一)发放消费券。\n(二)举办展会。\n牵头单位:市商务局\n"
        "二、稳定工业\n(三)支持技改。\n牵头单位:市工信局\n"
    )
    assert {one.heading: one.responsible for one in measures(text)} == {
        "促进消费": ("市商务局(牵头)",),
        "发放消费券": ("市商务局(牵头)",),
        "举办展会": ("市商务局(牵头)",),
        "稳定工业": ("市工信局(牵头)",),
        "支持技改": ("市工信局(牵头)",),
    }


def test_a_bracket_in_a_heading_is_about_all_below_it() -> None:
    text = "乙市要点\n一、任务\n(一)促进消费(责任单位:市商务局)\n1.发放消费券。\n2.举办展会。(责任单位:市会展办)\n"
    assert {one.heading: one.responsible for one in measures(text)}["发放消费券"] == ("市商务局",)
    assert {one.heading: one.responsible for one in measures(text)}["举办展会"] == ("市会展办",)


def test_a_table_of_tasks_gives_measures_and_goals(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("甲市2025年重点任务分工表")
    table = paper.add_table(rows=1, cols=5)
    rows = (
        ("序号", "重点任务", "牵头单位", "配合单位", "完成时限"),
        ("1", "新增高新技术企业50家以上", "市科技局", "市财政局、市税务局", "2025年12月底"),
        ("2", "建设科技成果转化中心", "市科技局", "各县区", "6月底前"),
    )
    for cell, words in zip(table.rows[0].cells, rows[0], strict=True):
        cell.text = words
    for row in rows[1:]:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    paper.save(str(tmp_path / "甲市2025年重点任务分工表.docx"))
    (document,) = read_documents(tmp_path)
    goals = extract_goals(document)
    assert [(one.heading, one.responsible, one.due) for one in extract_measures(document, goals)] == [
        ("新增高新技术企业50家以上", ("市科技局(牵头)", "市财政局(配合)", "市税务局(配合)"), "2025年12月底"),
        ("建设科技成果转化中心", ("市科技局(牵头)", "各县区(配合)"), "6月底前"),
    ]
    assert [(one.value, one.responsible[0], one.due) for one in goals] == [(50, "市科技局(牵头)", "2025年12月底")]


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("10月底前完成改造", "10月底前"),
        ("2025年6月30日前出让土地", "2025年6月30日前"),
        ("一季度末完成整合", "一季度末"),
        ("年底前建成", "年底前"),
        ("2025年完成投资", "2025年"),
        ("新建3座", ""),
        ("3月份举办培训", ""),
    ],
)
def test_by_when(words: str, due: str) -> None:
    assert due_in(words) == due
