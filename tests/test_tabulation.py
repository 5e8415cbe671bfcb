"""Tables for people and spreadsheets."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from openpyxl import load_workbook

from assistant import extract_goals, extract_measures, parse_documents
from assistant.errors import SettingsError
from assistant.exporting import write_table
from assistant.plain_text import contradiction_lines, goal_lines, measure_lines, pair_lines
from assistant.records import Table, counted, goal_table, measure_table, value_text

TEXT = (
    "安吉县科技局2013年工作要点\n一、目标\n1.专利申请量达到2300件以上;增长6%-7%;投资x亿元。\n"
    "二、工作措施\n(一)抓专利\n1.强化政策。\n2.强化考核。\n"
)
(DOCUMENT,) = parse_documents(TEXT, "a.txt")
GOALS = extract_goals(DOCUMENT)
MEASURES = extract_measures(DOCUMENT, GOALS)


def test_values_are_shown_as_written() -> None:
    assert [value_text(goal) for goal in GOALS] == ["2300件", "6-7%", "原文缺失(亿元)"]


def test_goals_for_a_terminal() -> None:
    assert goal_lines(GOALS[:1]) == (
        "安吉县科技局2013年工作要点  (a.txt)\n"
        "  专利申请量: 2300件 达到…以上  [2013 计划]  「专利申请量达到2300件以上」\n"
        "共 1 条。"
    )


def test_measures_for_a_terminal_are_a_counted_tree() -> None:
    assert measure_lines(MEASURES) == (
        "安吉县科技局2013年工作要点 › 二、工作措施  (a.txt;1 个主题、2 条措施)\n"
        "  (一) 抓专利\n    1. 强化政策\n    2. 强化考核\n共 1 个主题、2 条措施。"
    )
    assert counted(MEASURES) == "1 个主题、2 条措施"


def test_nothing_found_is_said() -> None:
    assert goal_lines([]) == "没有找到相符的目标或指标。"
    assert measure_lines([]) == "没有找到相符的措施。"
    assert pair_lines([]) == "没有可以对照的指标。"
    assert contradiction_lines([]) == "没有发现前后不一致的数值。"


def test_csv_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "目标.csv"
    write_table(goal_table(GOALS), path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")  # Excel takes it for UTF-8
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["指标"], row["数值"], row["单位"], row["数值缺失"]) for row in rows] == [
        ("专利申请量", "2300", "件", ""),
        ("专利申请量增长", "6", "%", ""),
        ("投资", "", "亿元", "是"),
    ]


def test_excel_reads_back_with_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "措施.xlsx"
    write_table(measure_table(MEASURES), path)
    sheet = load_workbook(path).worksheets[0]
    assert [cell.value for cell in sheet[1]][:3] == ["层次", "序号", "措施"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=2)] == [
        ["主题", "(一)", "抓专利"],
        ["措施", "1.", "强化政策"],
        ["措施", "2.", "强化考核"],
    ]
    assert sheet.freeze_panes == "A2"


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_words_that_look_like_formulas_stay_words(tmp_path: Path, word: str) -> None:
    table: Table = [{"指标": word}]
    write_table(table, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()[1] == f"'{word}"
    write_table(table, tmp_path / "a.xlsx")
    cell = load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"]
    assert (cell.value, cell.data_type) == (word, "s")


def test_an_empty_table_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no rows"):
        write_table([], tmp_path / "empty.csv")
    assert not list(tmp_path.iterdir())


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    write_table([{"指标": "a\x07b"}], tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"].value == "ab"


@pytest.mark.parametrize("name", ["a.txt", "missing/a.csv", "missing/a.xlsx"])
def test_a_path_that_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError, match="cannot write"):
        write_table(goal_table(GOALS), tmp_path / name)
