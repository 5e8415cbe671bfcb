"""Web pages: grids with spans, lines of layout tables, nothing that the page hides."""

from __future__ import annotations

from pathlib import Path

from assistant.documents.loading import read_source

BODY = "<p>全县水利工作在县委县政府领导下稳步推进,各项任务按期完成,群众满意度不断提高。</p>"


def read(path: Path, inside: str, head: str = "") -> str:
    path.write_text(f"<html><head><meta charset='utf-8'>{head}</head><body>{inside}</body></html>", encoding="utf-8")
    return read_source(path).text


def test_spans_of_a_table_are_kept(tmp_path: Path) -> None:
    table = (
        "<table><tr><th rowspan=2>乡镇</th><th colspan=2>新建(公里)</th></tr><tr><th>计划</th><th>完成</th></tr>"
        "<tr><td rowspan=2>甲镇</td><td>12</td><td>13.5</td></tr><tr><td>36</td><td>34.2</td></tr></table>"
    )
    text = read(tmp_path / "a.html", f"<article>{BODY}{table}</article>")
    assert "乡镇 | 新建(公里)\n | 计划 | 完成\n甲镇 | 12 | 13.5\n | 36 | 34.2" in text
    (found,) = read_source(tmp_path / "a.html").tables
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in found.cells[:2]] == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
    ]


def test_line_ends_in_a_table_that_only_places_text_are_line_ends(tmp_path: Path) -> None:
    words = "一、完成情况<br>　　新建泵站12座。<br><br>二、2025年打算<br>　　新建泵站15座。"
    inside = f"<table><tr><td>{words}{BODY}</td></tr></table>"
    assert read(tmp_path / "a.html", inside).split("\n")[:4] == [
        "一、完成情况",
        "新建泵站12座。",
        "二、2025年打算",
        "新建泵站15座。",
    ]


def test_what_the_page_hides_or_strikes_out_is_not_read_and_inserts_are(tmp_path: Path) -> None:
    inside = (
        f"<article>{BODY}<p>造林<del>150</del><ins>180</ins>亩,投入<s>9</s>12万元。</p>"
        "<p style='display: none'>内部一</p><p class=gone>内部二</p><p hidden>内部三</p>"
        "<p>整修<ruby>尉<rp>(</rp><rt>wèi</rt><rp>)</rp></ruby>氏渠8公里。</p></article>"
    )
    text = read(tmp_path / "a.html", inside, "<style>.gone{color:red;display:none}</style>")
    assert "造林180亩,投入12万元。\n整修尉氏渠8公里。" in text
    assert "内部" not in text


def test_a_page_that_a_script_shows_at_last_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(
        f"<html><body style='visibility: hidden'><article>{BODY * 3}</article></body></html>", encoding="utf-8"
    )
    assert "稳步推进" in read_source(path).text


def test_the_heading_is_the_title_not_the_name_of_the_site(tmp_path: Path) -> None:
    text = read(
        tmp_path / "a.html",
        f"<article><h1>某县水利局2024年工作总结</h1>{BODY * 3}</article>",
        "<title>通知公告-某县水利局</title>",
    )
    assert text.startswith("某县水利局2024年工作总结\n")
