from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import CorpusNotFound, UnreadableDocument
from assistant.documents.limits import ReadingLimits
from assistant.documents.loading import read_source, source_files


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("目标\r\n".encode("utf-8-sig"))
    assert read_source(tmp_path / "a.txt").text == "目标\r\n"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t", "no text"),
        ("a.txt", b"PK\x03\x04\0\0\x06\0", "damaged"),
        ("a.txt", bytes(range(128, 256)) * 8, "no known encoding"),
        ("a.rar", b"Rar!", "packed files; unpack them here"),
        ("a.json", b"text", "json: no document that can be read"),
        ("a.docx", b"PK\x03\x04", "damaged"),
        ("a.xlsx", b"PK\x03\x04", "damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "damaged or no .xls"),
        ("a.pdf", b"%PDF-1.4", "damaged or no .pdf"),
        ("a.html", b"<html></html>", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_file_and_reason(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=words) as raised:
        read_source(path)
    assert str(path) in str(raised.value)


def test_files_come_in_order_without_hidden_ones_readmes_or_links_out(tmp_path: Path) -> None:
    corpus, outside = tmp_path / "corpus", tmp_path / "outside.txt"
    outside.write_text("外")
    for name in ("b.txt", "sub/a.TXT", ".hidden.txt", ".git/c.txt", "note.md", "README.md", "~$b.docx", "x.rar"):
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text("文")
    (corpus / "link.txt").symlink_to(outside)
    (corpus / "out").symlink_to(tmp_path)
    assert [name for name, _ in source_files(corpus)] == ["b.txt", "note.md", "sub/a.TXT", "x.rar"]


def test_folders_and_files_may_be_mixed_but_not_two_of_one_name(tmp_path: Path) -> None:
    for name in ("one/a.txt", "two/b.txt", "two/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文")
    mixed = [tmp_path / "one", tmp_path / "two" / "b.txt", tmp_path / "one" / "a.txt"]
    assert [name for name, _ in source_files(mixed)] == ["a.txt", "b.txt"]
    with pytest.raises(CorpusNotFound, match="same name"):
        list(source_files([tmp_path / "one", tmp_path / "two"]))


def test_the_number_of_files_is_limited(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("文")
    assert len(list(source_files(tmp_path, maximum_files=3))) == 3
    with pytest.raises(CorpusNotFound, match="BUREAU_MAXIMUM_FILES"):
        list(source_files(tmp_path, maximum_files=2))


def test_a_file_name_that_is_not_utf8_is_refused_with_its_file_only(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.txt")
    path.write_text("文")
    assert len(list(source_files(tmp_path))) == 1
    with pytest.raises(UnreadableDocument, match="rename"):
        read_source(path)


def test_a_corpus_that_is_missing_or_empty_is_an_error(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(CorpusNotFound):
            list(source_files(folder))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2_000_000_000)
    with pytest.raises(UnreadableDocument, match="2,000,000,000 bytes; split it, or raise BUREAU_MAXIMUM_BYTES"):
        read_source(tmp_path / "a.txt")
    (tmp_path / "a.txt").write_text("12345")
    with pytest.raises(UnreadableDocument, match="5 bytes"):
        read_source(tmp_path / "a.txt", ReadingLimits(maximum_bytes=4))
