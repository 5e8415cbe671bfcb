"""A folder of files that want to break the reader: the others are indexed, each bad one is named, memory is bounded."""

from __future__ import annotations

import random
import resource
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from conftest import HashingEncoder
from made_files import SENTENCE, excel_file, old_excel_file, pdf_file, word_file

from assistant import Assistant, UnreadableDocument
from assistant.documents.limits import ReadingLimits
from assistant.documents.loading import read_source
from assistant.settings import Settings

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
RELATIONSHIPS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="m" Type="{OFFICE}" Target="{{}}"/></Relationships>'
)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
HALF_GIGABYTE = 500_000_000
MOST_MEMORY = 2_000_000_000


def package(path: Path, part: str, content: bytes | int) -> None:
    """A package with one part; a number is so many zeros."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("_rels/.rels", RELATIONSHIPS.format(part))
        with file.open(part, "w") as out:
            if isinstance(content, bytes):
                out.write(content)
            else:
                for _ in range(content // 1_000_000):
                    out.write(bytes(1_000_000))


def word(body: str, before: str = "") -> bytes:
    return f'<?xml version="1.0"?>{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'.encode()


def pdf_that_calls_itself() -> bytes:
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 4 0 R>>>>/Length 5>>"
    form += b"stream\n/F Do\nendstream"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</XObject<</F 4 0 R>>>>/Contents 5 0 R>>",
        form,
        b"<</Length 5>>stream\n/F Do\nendstream",
    ]
    content = b"%PDF-1.4\n"
    for number, one in enumerate(objects, start=1):
        content += b"%d 0 obj%sendobj\n" % (number, one)
    return content + b"trailer<</Root 1 0 R/Size 6>>\n%%EOF"


def one_page(path: Path) -> None:
    pdf_file(path, [[SENTENCE]])


def write_hostile(folder: Path) -> list[str]:
    """Two hundred files none of which holds a document; their names."""
    chance = random.Random(14)
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="300000000"/></w:tcPr><w:p/></w:tc>'
    single: dict[str, bytes] = {
        "自己调用自己.pdf": pdf_that_calls_itself(),
        "十亿.docx": b"",
        "空表格.docx": b"",
        "深.docx": b"",
        "半个.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog",
        "空.txt": b"",
        "空白.md": b" \n\t\n",
        "二进制.csv": bytes(range(32)) * 40,
        "深.html": b"<html>" + b"<div>" * 100_000,
        "空.html": b"<html><body></body></html>",
    }
    for name, content in single.items():
        (folder / name).write_bytes(content)
    package(folder / "十亿.docx", "word/document.xml", word("&a11;", f'<!DOCTYPE x [<!ENTITY a0 "哈">{LAUGHS}]>'))
    package(folder / "空表格.docx", "word/document.xml", word(f"<w:tbl><w:tr>{cell * 50}</w:tr></w:tbl>"))
    package(folder / "深.docx", "word/document.xml", word("<w:sdt><w:sdtContent>" * 20_000))
    package(folder / "炸弹.docx", "word/document.xml", HALF_GIGABYTE)
    package(folder / "炸弹.xlsx", "xl/workbook.xml", HALF_GIGABYTE)
    makers = {".docx": word_file, ".xlsx": excel_file, ".xls": old_excel_file, ".pdf": one_page}
    for suffix, make in makers.items():
        make(folder / f"made{suffix}")
        good = BytesIO((folder / f"made{suffix}").read_bytes())
        (folder / f"made{suffix}").unlink()
        for number in range(25):
            content = good.getvalue()[: chance.randrange(8, max(9, len(good.getvalue()) // 3))]
            (folder / f"断{number}{suffix}").write_bytes(content)
    suffixes = [
        ".txt",
        ".docx",
        ".xlsx",
        ".xls",
        ".pdf",
        ".html",
        ".doc",
        ".wps",
        ".csv",
        ".rtf",
        ".zip",
        ".ofd",
        ".md",
    ]
    while sum(1 for _ in folder.iterdir()) < 200:
        number = sum(1 for _ in folder.iterdir())
        content = chance.randbytes(chance.randrange(50, 5000)) + b"\0\1\2"
        (folder / f"乱{number}{suffixes[number % len(suffixes)]}").write_bytes(content)
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.slow
def test_two_hundred_hostile_files_stop_nothing(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    hostile = write_hostile(corpus)
    assert len(hostile) == 200
    for name in ("甲", "乙", "丙"):
        (corpus / f"{name}.txt").write_text(f"{name}市2024年工作要点\n{SENTENCE}", encoding="utf-8")
    word_file(corpus / "丁.docx")
    told: list[UnreadableDocument] = []
    settings = Settings(reader_seconds=30)
    built = Assistant.build(
        corpus, tmp_path / "index", encoder=HashingEncoder(), on_unreadable=told.append, settings=settings
    )
    sources = {one.source for one in built.documents().values()}
    assert {"甲.txt", "乙.txt", "丙.txt", "丁.docx"} <= sources
    assert built.gathered is not None
    named = set(built.gathered.skipped) | (sources & set(hostile))
    assert named >= set(hostile)
    assert all("\n" not in str(one) and any(name in str(one) for name in hostile) for one in told)
    assert len(told) >= 190
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        assert resource.getrusage(who).ru_maxrss * 1024 < MOST_MEMORY


def test_a_reader_that_takes_too_long_is_stopped_and_the_next_file_read(tmp_path: Path) -> None:
    word_file(tmp_path / "a.docx")
    with pytest.raises(UnreadableDocument, match=r"takes more than 0\.001 s; split it, or raise BUREAU_READER_SECONDS"):
        read_source(tmp_path / "a.docx", ReadingLimits(seconds=0.001))
    assert SENTENCE in read_source(tmp_path / "a.docx").text


def test_what_unpacks_to_more_than_is_allowed_is_refused(tmp_path: Path) -> None:
    word_file(tmp_path / "a.docx")
    with pytest.raises(UnreadableDocument, match=r"unpacks to [\d,]+ bytes; split it, or raise BUREAU_UNPACKED_BYTES"):
        read_source(tmp_path / "a.docx", ReadingLimits(unpacked_bytes=1000))


def test_a_reader_that_wants_too_much_memory_is_stopped(tmp_path: Path) -> None:
    package(tmp_path / "a.docx", "word/document.xml", word("<w:p><w:r><w:t>中文</w:t></w:r></w:p>" * 1_500_000))
    with pytest.raises(UnreadableDocument, match=r"bytes of memory; split it, or raise BUREAU_MEMORY_BYTES|broke down"):
        read_source(tmp_path / "a.docx", ReadingLimits(memory_bytes=200_000_000))
    word_file(tmp_path / "b.docx")
    assert SENTENCE in read_source(tmp_path / "b.docx").text
