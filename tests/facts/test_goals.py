"""Rows of goals and results: value, period, status, parts, places in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Document, Goal, extract_goals, parse_documents
from assistant.documents.loading import read_source

PLAN = "安吉县科技局2013年工作要点\n二、工作目标\n1.专利申请量达到2300件以上,其中发明占10%以上;授权专利x件。\n"
SUMMARY = (
    "某市科技局工作总结\n一、2004年主要工作回顾。\n(一)加强宣传。\n发放资料28000多份,去年签约48个项目。预计全年产值超5亿元。\n"
    "二、2005年工作思路。\n(一)抓培育。\n新增高新技术企业5家。目前已有企业30家。坚持每月一次学习。\n"
)


def document(text: str, name: str = "a.txt") -> Document:
    return parse_documents(text, name)[0]


def rows(text: str) -> dict[str, Goal]:
    return {goal.indicator: goal for goal in extract_goals(document(text))}


def test_a_goal_tells_all_of_its_words() -> None:
    goal = rows(PLAN)["专利申请量"]
    assert (goal.value, goal.unit, goal.amount, goal.comparator) == (2300, "件", 2300, "达到…以上")
    assert (goal.status, goal.period, goal.place, goal.masked) == ("planned", "2013", "安吉县", False)
    assert goal.raw == "专利申请量达到2300件以上"
    assert goal.text == "1.专利申请量达到2300件以上,其中发明占10%以上;"
    assert goal.section_path == ("二、工作目标", "1.")


def test_a_part_names_its_whole() -> None:
    goals = rows(PLAN)
    assert goals["发明占专利申请量比重"].part_of == goals["专利申请量"].goal_id
    assert goals["授权专利"].part_of == ""


def test_a_masked_value_is_null_and_keeps_its_words() -> None:
    goal = rows(PLAN)["授权专利"]
    assert (goal.value, goal.amount, goal.masked, goal.raw, goal.unit) == (None, None, True, "授权专利x件", "件")


@pytest.mark.parametrize(
    ("indicator", "status", "period"),
    [
        ("发放资料", "achieved", "2004"),
        ("签约项目", "achieved", "2003"),
        ("产值", "projected", "2004"),
        ("新增高新技术企业", "planned", "2005"),
        ("企业", "achieved", ""),  # 目前已有, in a plan: of no year that it tells
        ("学习", "planned", "2005"),
    ],
)
def test_status_and_period(indicator: str, status: str, period: str) -> None:
    goal = rows(SUMMARY)[indicator]
    assert (goal.status, goal.period) == (status, period)


def test_words_of_intent_tell_where_no_heading_does() -> None:
    goals = rows("某市科技局2020年工作总结\n本年认定企业5家。力争认定研究院2家。培育龙头企业3家以上。")
    assert goals["认定企业"].status == "achieved"
    assert goals["认定研究院"].status == "planned"
    assert goals["培育龙头企业"].status == "planned"


def test_a_summary_without_headings_turns_to_what_comes() -> None:
    text = "某市科技局2020年工作总结\n新增企业5家。\n2021年,我市将深入实施创新战略。\n新增研究院2家。"
    assert [goal.status for goal in extract_goals(document(text))] == ["achieved", "planned"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "甲县科技局2024年上半年工作总结和下半年工作计划\n一、上半年工作\n认定企业12家。\n二、下半年工作计划\n认定企业28家。\n",
            [(12, "achieved", "2024"), (28, "planned", "2024")],
        ),
        ("甲县科技局二〇二二年工作总结\n认定企业12家。", [(12, "achieved", "2022")]),
        ("甲县2024年工作会议\n2023年,全县工作推进有力。认定企业15家。", [(15, "achieved", "2023")]),
        (
            "甲县科技局2024年工作计划\n2023年,我县认定企业15家。计划认定企业18家。",
            [(15, "achieved", "2023"), (18, "planned", "2024")],
        ),
        (
            "甲县科技局2023年工作总结\n认定企业15家。到2025年认定企业达到30家。",
            [(15, "achieved", "2023"), (30, "planned", "2025")],
        ),
        (
            "甲县科技局2023年工作总结\n认定企业15家。\n2024年工作思路\n认定企业20家。",
            [(15, "achieved", "2023"), (20, "planned", "2024")],
        ),
        ("关于2024年度项目申报的通知\n资助50万元。", [(50, "planned", "2024")]),
        ("今年认定企业12家。2019年认定企业3家。", [(12, "achieved", "今年"), (3, "achieved", "2019")]),
        (
            "甲县科技局2021年工作总结\n2020年、2021年研发投入分别为3.9亿元、4.6亿元。",
            [(3.9, "achieved", "2020"), (4.6, "achieved", "2021")],
        ),
    ],
)
def test_years_are_those_that_the_document_tells(text: str, told: list[tuple[float, str, str]]) -> None:
    assert [(goal.value, goal.status, goal.period) for goal in extract_goals(document(text))] == told


def test_a_span_in_damaged_text_points_into_the_file() -> None:
    original = "安吉县科技局2013年工作要點(diǎn)\n專(zhuān)利申請(qǐng)量達(dá)到2300件以上。\n"
    (goal,) = extract_goals(document(original))
    assert goal.raw == "专利申请量达到2300件以上"
    assert original[goal.original_start : goal.original_end] == "專(zhuān)利申請(qǐng)量達(dá)到2300件以上"


def test_a_table_in_word_gives_rows(tmp_path: Path) -> None:
    from docx import Document as WordDocument

    path = tmp_path / "表.docx"
    word = WordDocument()
    word.add_paragraph("某市科技局2023年工作要点")
    table = word.add_table(rows=3, cols=5)
    lines = (
        ("序号", "指标名称", "单位", "2022年完成", "2023年目标"),
        ("1", "研发投入占GDP比重", "%", "2.81", "3.0以上"),
        ("2", "高新技术企业数", "家", "1,205", "x"),
    )
    for row, line in zip(table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    word.save(str(path))
    goals = extract_goals(parse_documents(read_source(path), "表.docx")[0])
    assert [(one.indicator, one.value, one.unit, one.status, one.period) for one in goals] == [
        ("研发投入占GDP比重", 2.81, "%", "achieved", "2022"),
        ("研发投入占GDP比重", 3.0, "%", "planned", "2023"),
        ("高新技术企业数", 1205, "家", "achieved", "2022"),
        ("高新技术企业数", None, "家", "planned", "2023"),
    ]


@given(st.text("专利申请量达到0123456789xX*.,%家项万元。；,、其中力争新增\n| 第每年月一", max_size=120))
def test_any_text_gives_rows_whose_words_stand_in_it(text: str) -> None:
    for one in parse_documents(f"某局2013年工作要点\n{text}", "a.txt"):
        goals = extract_goals(one)
        assert len({goal.goal_id for goal in goals}) == len(goals)
        for goal in goals:
            assert one.text[goal.start : goal.end] == goal.raw
            assert goal.masked == (goal.value is None)
            assert goal.indicator


def test_what_falls_to_a_number_is_named_without_the_fall() -> None:
    (goal,) = extract_goals(parse_documents("甲县2024年工作要点\n慢病死亡率降至9.3%。", "a.txt")[0])
    assert (goal.indicator, goal.value, goal.unit, goal.comparator) == ("慢病死亡率", 9.3, "%", "降至")
