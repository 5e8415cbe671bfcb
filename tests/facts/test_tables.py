"""Quantities in tables: the row names the indicator, the column the year, the status and the unit."""

from __future__ import annotations

from assistant.documents.cleaning.aligned_text import AlignedText
from assistant.documents.structure.tables import tables_of
from assistant.facts.tables import TableQuantity, TableSentence, table_quantities


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


def test_a_row_without_values_names_the_group_of_the_rows_below_it() -> None:
    text = (
        "指标 | 单位 | 2023年实绩 | 2024年计划\n一、展馆 | | |\n参观人数 | 人次 | 310 | 340\n"
        "其中:学生 | 人次 | 120 | 130\n二、剧场 | | |\n参观人数 | 人次 | 95 | 99"
    )
    assert told(text) == [
        ("展馆·参观人数", 310, "人次", "achieved", "2023"),
        ("展馆·参观人数", 340, "人次", "planned", "2024"),
        ("参观人数:学生", 120, "人次", "achieved", "2023"),
        ("参观人数:学生", 130, "人次", "planned", "2024"),
        ("剧场·参观人数", 95, "人次", "achieved", "2023"),
        ("剧场·参观人数", 99, "人次", "planned", "2024"),
    ]
    heads = [row.heads for row in rows_of(text)]
    assert heads[0] == ("一、展馆", "参观人数", "2023年实绩")
    assert [row.part for row in rows_of(text)] == [False, False, True, True, False, False]


def test_the_unit_of_the_line_above_counts_money_alone() -> None:
    text = "某县收支表\n单位:万元\n项目 | 2023年决算 | 2024年预算 | 比上年增长(%)\n"
    text += "基金 | 300 | 420 | 40\n人数 | 7 | 8 | 14"
    assert [row[:3] for row in told(text)] == [
        ("基金·决算", 300, "万元"),
        ("基金·预算", 420, "万元"),
        ("基金·比上年增长", 40, "%"),
        ("人数·决算", 7, ""),
        ("人数·预算", 8, ""),
        ("人数·比上年增长", 14, "%"),
    ]
    assert [row[3] for row in told(text)][:2] == ["achieved", "planned"]


def test_places_may_be_columns() -> None:
    text = "指标 | 2024年目标 | |\n | 市本级 | 甲区 | 乙区\n造林(亩) | 100 | 50 | 70"
    assert [(row[0], row[1]) for row in told(text)] == [
        ("造林·市本级", 100),
        ("造林·甲区", 50),
        ("造林·乙区", 70),
    ]


def test_numbers_like_years_are_numbers_below_the_head_of_a_column() -> None:
    text = "年份 | 借阅量(册) | 办证量(张)\n2022 | 1980 | 1200\n2023 | 2050 | 1995"
    assert told(text) == [
        ("借阅量", 1980, "册", None, "2022"),
        ("办证量", 1200, "张", None, "2022"),
        ("借阅量", 2050, "册", None, "2023"),
        ("办证量", 1995, "张", None, "2023"),
    ]
    across = "指标 | 2023 | 2024\n借阅量 | 1999 | 2001"
    assert [row[1::3] for row in told(across)] == [(1999, "2023"), (2001, "2024")]


def test_numbers_below_zero_as_tables_write_them() -> None:
    text = "指标 | 2024年增幅(%)\n产值 | -3.5\n税收 | −2\n电量 | ▲1.8\n利润 | （15.5）\n投资 | —"
    assert [row[1] for row in told(text)] == [-3.5, -2, -1.8, -15.5]


def test_notes_and_numbers_of_columns_are_no_rows() -> None:
    text = "甲 | 栏次 | 数量\n乙 | 1 | 2\n书 | 本 | 30\n注:2023年数据为 | 快报 | 9"
    assert [row[1] for row in told("名称 | 单位 | 数量\n甲 | 1 | 2\n书 | 本 | 30\n注:1.快报 | | 9")] == [30]
    assert 9 not in [row[1] for row in told(text)]


def test_tables_side_by_side_are_read_apart() -> None:
    text = "指标 | 数量(个) | 指标 | 数量(个)\n泵站 | 3 | 水闸 | 5\n合计 | 8 | 合计 | 9"
    assert [(row[0], row[1]) for row in told(text)] == [("泵站", 3), ("水闸", 5), ("合计", 8), ("合计", 9)]


def test_heads_that_come_again_begin_a_new_section() -> None:
    text = "地区 | 2022 | 2023\n甲 | 5 | 6\n地区 | 2023 | 2024\n甲 | 7 | 8"
    assert [(row[1], row[4]) for row in told(text)] == [(5, "2022"), (6, "2023"), (7, "2023"), (8, "2024")]


def test_a_cell_that_is_a_sentence_is_read_as_one() -> None:
    text = "任务 | 目标 | 责任单位\n企业培育 | 全年新认定示范企业30家以上 | 企业科\n平台建设 | 新建工作站4个 | 平台科"
    tables = tables_of(AlignedText.from_original(text), ())
    cells = [one.cell.text for one in table_quantities(text, tables) if isinstance(one, TableSentence)]
    assert cells == ["全年新认定示范企业30家以上"]


def test_boxes_drawn_with_lines_are_tables() -> None:
    text = "┌──┬──┐\n│指标│2024年│\n├──┼──┤\n│泵站│ 12 │\n├──┼──┤\n│水闸│ 2016 │\n└──┴──┘"
    assert [(row[0], row[1], row[4]) for row in told(text)] == [("泵站", 12, "2024"), ("水闸", 2016, "2024")]


def test_a_line_with_several_units_gives_none_but_for_shares() -> None:
    text = "某县情况表\n单位:吨、亩\n乡镇 | 面积 | 产量 | 增长率\n甲乡 | 30 | 40 | 5"
    assert [row[2] for row in told(text)] == ["", "", "%"]
    households = "某县情况表\n单位:户、%\n地区 | 户数 | 占比\n甲乡 | 30 | 40"
    assert [row[2] for row in told(households)] == ["户", "%"]


def test_a_part_has_the_unit_of_its_whole() -> None:
    text = "指标 | 2024年\n总产值(亿元) | 10\n其中:种植业 | 6"
    assert [(row[0], row[2]) for row in told(text)] == [("总产值", "亿元"), ("总产值:种植业", "亿元")]
