"""Quantities in tables: the row names the indicator, the column the year, the status and the unit."""

from __future__ import annotations

from assistant.documents.cleaning.aligned_text import AlignedText
from assistant.documents.structure.tables import tables_of
from assistant.facts.tables import TableQuantity, table_quantities


def rows_of(text: str) -> list[TableQuantity]:
    tables = tables_of(AlignedText.from_original(text), ())
    return [row for row in table_quantities(text, tables) if isinstance(row, TableQuantity)]


def told(text: str) -> list[tuple[str, float | None, str, str | None, str]]:
    return [(row.indicator, row.quantity.value, row.quantity.unit, row.status, row.period) for row in rows_of(text)]


def test_columns_tell_year_and_status() -> None:
    text = "指标 | 2022年实际 | 2023年计划 | 2023年预计\n专利授权量(件) | 812 | 1,600 | 1500以上"
    assert told(text) == [
        ("专利授权量", 812, "件", "achieved", "2022"),
        ("专利授权量", 1600, "件", "planned", "2023"),
        ("专利授权量", 1500, "件", "projected", "2023"),
    ]


def test_a_heading_over_two_columns_stands_over_both() -> None:
    text = "县区 | 高新技术企业(家) | | 研发投入(亿元)\n | 目标 | 完成 | 目标\n甲县 | 12 | 10 | 3.5\n乙区 | | 22 | x"
    assert told(text) == [
        ("甲县·高新技术企业", 12, "家", "planned", ""),
        ("甲县·高新技术企业", 10, "家", "achieved", ""),
        ("甲县·研发投入", 3.5, "亿元", "planned", ""),
        ("乙区·高新技术企业", 22, "家", "achieved", ""),
        ("乙区·研发投入", None, "亿元", "planned", ""),
    ]


def test_years_that_name_rows_are_periods() -> None:
    text = "计划 | 年份 | 粮食产量(万吨)\n一五计划 | 1953 | 504.8\n | 1954 | 842.3"
    assert told(text) == [
        ("一五计划·粮食产量", 504.8, "万吨", None, "1953"),
        ("一五计划·粮食产量", 842.3, "万吨", None, "1954"),
    ]


def test_a_row_that_lost_a_cell_is_not_read() -> None:
    text = "指标 | 单位 | 完成 | 目标\n专利 | 件 | 812 | 1600\n企业 | 家 | 30"
    assert [row[0] for row in told(text)] == ["专利", "专利"]


def test_spans_run_from_the_name_to_the_number() -> None:
    text = "前文\n指标 | 完成\n专利 | 812\n后文"
    (row,) = rows_of(text)
    assert text[row.start : row.end] == "专利 | 812"
    assert text[slice(*row.line)] == "专利 | 812"


def test_lines_of_cells_without_numbers_or_alone_give_nothing() -> None:
    assert told("姓名 | 职务\n张三 | 局长") == []
    assert told("只有一行 | 12") == []
