from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant import CorpusNotFound, UnreadableDocument
from assistant.documents.loading import MAXIMUM_BYTES, read_text, source_files


def test_utf8_is_read_with_and_without_a_byte_order_mark(tmp_path: Path) -> None:
    for content in ("目标\r\n".encode(), "目标\r\n".encode("utf-8-sig")):
        (tmp_path / "a.txt").write_bytes(content)
        assert read_text(tmp_path / "a.txt") == "目标\r\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"PK\x03\x04\0\0", "binary"),
        ("专利申请量".encode("gb18030"), "not UTF-8"),
        ("专利".encode("utf-16"), "not UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=words):
        read_text(path)


def test_files_come_in_order_without_hidden_ones_or_links_out(tmp_path: Path) -> None:
    corpus, outside = tmp_path / "corpus", tmp_path / "outside.txt"
    outside.write_text("外")
    for name in ("b.txt", "sub/a.TXT", ".hidden.txt", ".git/c.txt", "note.md"):
        (corpus / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus / name).write_text("文")
    (corpus / "link.txt").symlink_to(outside)
    assert [name for name, _ in source_files(corpus)] == ["b.txt", "sub/a.TXT"]


def test_a_file_name_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("文")
    with pytest.raises(UnreadableDocument, match="rename"):
        list(source_files(tmp_path))


def test_a_corpus_that_is_missing_or_empty_is_an_error(tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(CorpusNotFound):
            list(source_files(folder))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(MAXIMUM_BYTES + 1)
    with pytest.raises(UnreadableDocument, match="10,000,001 bytes; split"):
        read_text(tmp_path / "a.txt")
