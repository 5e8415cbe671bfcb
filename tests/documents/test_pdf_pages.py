"""Pages of a PDF as they are seen: turned, ruled, in columns, without what nobody sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.documents.loading import read_source

FONT = "STSong-Light"
HEADS = ["指标", "单位", "2023年", "2024年"]
ROWS = [["新建泵站", "座", "12", "15"], ["疏浚河道", "公里", "28.4", "31"]]


def canvas(path: Path) -> Canvas:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    page = Canvas(str(path), pagesize=(595, 842))
    page.setFont(FONT, 12)
    return page


def ruled(page: Canvas, rows: list[list[str]], top: float, width: float = 100) -> None:
    """A table with a frame around each cell; a line end in a cell wraps it."""
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            page.rect(60 + width * column, top - 40 * (row + 1), width, 40)
            for line, words in enumerate(text.split("\n")):
                page.drawString(64 + width * column, top - 40 * row - 16 - 15 * line, words)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(tmp_path: Path, turn: int) -> None:
    page = canvas(tmp_path / "a.pdf")
    page.setPageRotation(turn)
    move = {0: (0, 0), 90: (842, 0), 180: (595, 842), 270: (0, 595)}[turn]  # reportlab turns the media box too
    page.translate(*move)
    page.rotate(turn)
    page.drawString(60, 560, "水利情况表")
    ruled(page, [HEADS, *ROWS], 540)
    page.save()
    assert read_source(tmp_path / "a.pdf").text == (
        "水利情况表\n指标 | 单位 | 2023年 | 2024年\n新建泵站 | 座 | 12 | 15\n疏浚河道 | 公里 | 28.4 | 31"
    )


def test_wrapped_cells_are_one_and_a_table_goes_on_over_pages(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    page.drawString(60, 790, "一、水利情况")
    ruled(page, [HEADS, ["农村饮水安全\n巩固提升人口", "万人", "3.1", "3.3"]], 770)
    page.showPage()
    page.setFont(FONT, 12)
    ruled(page, ROWS, 770)
    page.save()
    source = read_source(tmp_path / "a.pdf")
    assert source.text.split("\n")[2:] == [
        "农村饮水安全巩固提升人口 | 万人 | 3.1 | 3.3",
        "新建泵站 | 座 | 12 | 15",
        "疏浚河道 | 公里 | 28.4 | 31",
    ]
    (table,) = source.tables
    assert [cell.row for cell in table.cells if cell.column == 0] == [0, 1, 2, 3]


def test_two_columns_are_read_one_after_the_other_whatever_the_order_they_were_written_in(tmp_path: Path) -> None:
    left = [f"左栏第{number}行写的是本年度水利工程建设" for number in "一二三四五六七"]
    right = [f"右栏第{number}行写的是下年度防汛抗旱工作" for number in "一二三四五六七"]
    page = canvas(tmp_path / "a.pdf")
    for number, words in enumerate(zip(left, right, strict=True)):
        page.drawString(60, 700 - 20 * number, words[0])
        page.drawString(320, 700 - 20 * number, words[1])
    page.save()
    text = read_source(tmp_path / "a.pdf").text.replace("\n", "")
    assert text == "".join(left) + "".join(right)


def test_white_words_and_words_beside_the_page_are_not_read_but_white_on_a_dark_head_is(tmp_path: Path) -> None:
    page = canvas(tmp_path / "a.pdf")
    page.drawString(60, 700, "整修渠道12公里。")
    page.drawString(700, 700, "纸外的字")
    page.rect(55, 640, 200, 24, fill=1)
    page.setFillColorRGB(1, 1, 1)
    page.drawString(60, 600, "看不见的字")
    page.drawString(60, 646, "深底白字的标题")
    page.save()
    assert read_source(tmp_path / "a.pdf").text == "整修渠道12公里。\n深底白字的标题"
