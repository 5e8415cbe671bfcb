"""What a Word file's page shows: not what is struck out or hidden, not the contents; notes and margins marked."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from assistant.documents.loading import read_source

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def write(path: Path, body: str, *, parts: dict[str, str] | None = None, main: str = MAIN, links: str = "") -> Path:
    """A package with the least that Word opens; ``parts`` are further parts of word/ by their kind."""
    kinds = parts or {}
    targets = "".join(
        f'<Relationship Id="r{rank}" Type="{OFFICE}/{kind}" Target="{kind}{rank}.xml"/>'
        for rank, kind in enumerate(kinds)
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="m" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{PACKAGE}">{targets}{links}</Relationships>'
        )
        package.writestr("word/document.xml", f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>')
        for rank, (kind, content) in enumerate(kinds.items()):
            package.writestr(
                f"word/{kind}{rank}.xml", content.replace("<w:", "<w:", 1).replace(">", f' xmlns:w="{main}">', 1)
            )
    return path


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, style: str = "") -> str:
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}{''.join(runs)}</w:p>"


def lines(path: Path) -> list[str]:
    return read_source(path).text.split("\n")


@pytest.mark.parametrize("mark", ["<w:strike/>", "<w:dstrike/>", "<w:vanish/>", '<w:strike w:val="1"/>'])
def test_what_is_struck_out_or_hidden_is_left_out(tmp_path: Path, mark: str) -> None:
    body = paragraph(run("造林达到"), run("9", mark), run("8万亩。"))
    assert lines(write(tmp_path / "a.docx", body)) == ["造林达到8万亩。"]
    shown = paragraph(run("造林"), run("9", '<w:strike w:val="false"/>'), run("亩。"))
    assert lines(write(tmp_path / "b.docx", shown)) == ["造林9亩。"]


def test_a_style_may_strike_out_too(tmp_path: Path) -> None:
    styles = '<w:styles><w:style w:styleId="Gone" w:type="character"><w:rPr><w:strike/></w:rPr></w:style></w:styles>'
    body = paragraph(run("新建泵站"), run("90", '<w:rStyle w:val="Gone"/>'), run("12座。"))
    assert lines(write(tmp_path / "a.docx", body, parts={"styles": styles})) == ["新建泵站12座。"]


def test_words_stand_without_the_reading_above_them(tmp_path: Path) -> None:
    ruby = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>"
    body = paragraph(run("整修"), ruby.format(run("wèi"), run("尉")), run("氏渠12公里。"))
    assert lines(write(tmp_path / "a.docx", body)) == ["整修尉氏渠12公里。"]


def test_a_table_of_contents_is_not_read(tmp_path: Path) -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
    body = (
        paragraph(field.format("begin"), code, field.format("separate"), run("一、打算 3"))
        + paragraph(run("二、安排 7"), field.format("end"))
        + paragraph(run("一、打算"))
    )
    assert lines(write(tmp_path / "a.docx", body)) == ["一、打算"]
    styles = '<w:styles><w:style w:styleId="11" w:type="paragraph"><w:name w:val="toc 1"/></w:style></w:styles>'
    styled = paragraph(run("一、打算 3"), style="11") + paragraph(run("一、打算"))
    assert lines(write(tmp_path / "b.docx", styled, parts={"styles": styles})) == ["一、打算"]


def test_notes_heads_and_feet_are_read_and_marked(tmp_path: Path) -> None:
    parts = {
        "footnotes": f'<w:footnotes><w:footnote w:id="2">{paragraph(run("含跨县河道。"))}</w:footnote></w:footnotes>',
        "header": f"<w:hdr>{paragraph(run('某县水利局 第 64 页 共 70 页'))}</w:hdr>",
        "footer": f"<w:ftr>{paragraph(run('第 3 页'))}</w:ftr>",
    }
    body = paragraph(run("疏浚河道28公里。"))
    assert lines(write(tmp_path / "a.docx", body, parts=parts)) == [
        "疏浚河道28公里。",
        "[脚注] 含跨县河道。",
        "[页眉] 某县水利局",
    ]


def test_the_strict_form_and_dangling_links_are_read(tmp_path: Path) -> None:
    body = paragraph(run("新增灌溉面积3500亩。"))
    assert lines(write(tmp_path / "a.docx", body, main=STRICT)) == ["新增灌溉面积3500亩。"]
    gone = f'<Relationship Id="x" Type="{OFFICE}/styles" Target="gone.xml"/>'
    assert lines(write(tmp_path / "b.docx", body, links=gone)) == ["新增灌溉面积3500亩。"]


def test_a_cell_over_three_hundred_million_columns_is_one_cell(tmp_path: Path) -> None:
    def cell(text: str, span: str = "") -> str:
        return f"<w:tc><w:tcPr>{span}</w:tcPr>{paragraph(run(text))}</w:tc>"

    wide = '<w:gridSpan w:val="300000000"/>'
    body = f"<w:tbl><w:tr>{cell('水利情况', wide)}</w:tr><w:tr>{cell('泵站')}{cell('12')}</w:tr></w:tbl>"
    assert lines(write(tmp_path / "a.docx", body)) == ["水利情况", "泵站 | 12"]


def test_formulas_are_read(tmp_path: Path) -> None:
    body = paragraph(
        run("占比"), "<m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>"
    )
    body = body.replace("<m:f>", '<m:f xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">')
    assert lines(write(tmp_path / "a.docx", body)) == ["占比1/3"]
