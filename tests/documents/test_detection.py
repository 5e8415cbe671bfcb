"""Files are known by their content; what is no document is named, and one bad file never stops the rest."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from made_files import SENTENCE, excel_file, old_excel_file, pdf_file, word_file
from test_cli import bureau

from assistant import UnknownFormat, UnreadableDocument, read_documents
from assistant.documents.loading import read_source

HTML = f"<html><body><p>{SENTENCE}</p></body></html>"
RTF = "{\\rtf1\\ansi\\ansicpg936 " + "".join(f"\\u{ord(one)}?" for one in SENTENCE) + "\\par}"
SHEET_XML = (
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表"><Table><Row>'
    '<Cell><Data ss:Type="String">泵站</Data></Cell><Cell ss:Index="3"><Data ss:Type="Number">12</Data></Cell>'
    "</Row></Table></Worksheet></Workbook>"
)
ARCHIVE = (
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=X\n\n--X\nContent-Type: text/html; charset=utf-8\n"
    f"Content-Transfer-Encoding: 8bit\n\n{HTML}\n--X--\n"
)


@pytest.mark.parametrize("name", ["a.doc", "a.wps", "a.txt", "a.docm", "a.dotx", "无后缀"])
def test_a_word_file_under_any_name(tmp_path: Path, name: str) -> None:
    word_file(tmp_path / "made.docx")
    path = (tmp_path / "made.docx").rename(tmp_path / name)
    assert SENTENCE in read_source(path).text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", HTML),
        ("a.xls", HTML),
        ("a.shtml", HTML),
        ("a.doc", RTF),
        ("a.txt", RTF),
        ("a.mht", ARCHIVE),
        ("a.docx", SENTENCE),
    ],
)
def test_text_formats_under_other_names(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert SENTENCE in read_source(tmp_path / name).text


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("a.xls", SHEET_XML, "表\n泵站 | 12"),
        ("a.xls", "指标\t单位\n新建泵站工程\t座", "指标 | 单位\n新建泵站工程 | 座"),
        ("a.csv", '指标,数量\n"泵站,水闸","1,200"', "指标 | 数量\n泵站,水闸 | 1,200"),
        ("a.csv", "指标;数量\n泵站;12", "指标 | 数量\n泵站 | 12"),
        ("a.tsv", "指标\t数量\n泵站\t12", "指标 | 数量\n泵站 | 12"),
    ],
)
def test_sheets_in_text(tmp_path: Path, name: str, content: str, text: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert read_source(tmp_path / name).text == text


def test_sheets_and_pages_under_other_names(tmp_path: Path) -> None:
    excel_file(tmp_path / "a.et")
    old_excel_file(tmp_path / "b.xlsx")
    pdf_file(tmp_path / "c.txt", [[SENTENCE]])
    assert "11.5%" in read_source(tmp_path / "a.et").text
    assert "11.5%" in read_source(tmp_path / "b.xlsx").text
    assert read_source(tmp_path / "c.txt").text == SENTENCE


def packed(*names: str) -> bytes:
    from io import BytesIO

    content = BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pptx", packed("ppt/presentation.xml")),
        ("a.ofd", packed("OFD.xml")),
        ("a.zip", packed("工作总结.txt")),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20)),
        ("a.mp3", b"ID3" + bytes(20)),
        ("a.json", b'{"a": 1}'),
    ],
)
def test_what_is_no_document_is_named(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnknownFormat, match=name):
        read_source(tmp_path / name)
    (tmp_path / "b.txt").write_text(SENTENCE, encoding="utf-8")
    assert [one.source for one in read_documents(tmp_path)] == ["b.txt"]
    refused: list[UnreadableDocument] = []
    list(read_documents(tmp_path, refused.append))
    assert name in str(refused[0])


def test_the_index_command_and_the_doctor_name_every_file_that_is_not_read(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(f"某市2024年工作要点\n{SENTENCE}", encoding="utf-8")
    (corpus / "三七.txt").write_text("三七、天麻种植面积达到5万亩。", encoding="utf-8")
    for name in ("d.ofd", "e.pptx", "f.zip"):
        (corpus / name).write_bytes(b"xxxx")
    (corpus / "Thumbs.db").write_bytes(b"\0\1")
    told = bureau("index", corpus, "--index", tmp_path / "index", "--json")
    facts = json.loads(told.stdout)
    assert (told.returncode, facts["documents"], sorted(facts["skipped"])) == (3, 2, ["d.ofd", "e.pptx", "f.zip"])
    checks = bureau("doctor", "--corpus", corpus, "--index", tmp_path / "index", "--json")
    detail = json.loads(checks.stdout)[0]["detail"]
    assert all(name in detail for name in ("d.ofd", "e.pptx", "f.zip"))
