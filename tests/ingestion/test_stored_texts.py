"""An index that is built anew from the texts in it: by this version, or by one that wrote an older format."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import docx
import pytest
from conftest import HashingEncoder

from assistant import (
    Assistant,
    Document,
    Goal,
    IndexCorrupt,
    IndexNotFound,
    IndexOutOfDate,
    Settings,
    UnreadableDocument,
)
from assistant.facts import records
from assistant.facts.goals import extract_goals
from assistant.records import answer_record
from assistant.retrieval.generations import FORMAT, OLDEST

QUESTION = "甲市2021年目标新增高新技术企业多少家?"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The folder of an index whose files are gone, one of them a table with heads."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "总结.txt").write_text("乙县2020年工作总结\n一、成绩\n全年申请专利120件。\n", encoding="utf-8")
    document = docx.Document()
    document.add_heading("甲市科技局2021年工作要点", 0)
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (cell for row in table.rows for cell in row.cells),
        ("指标", "2021年目标(家)", "新增高新技术企业", "45"),
        strict=True,
    ):
        cell.text = words
    document.save(str(corpus / "要点.docx"))
    Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    shutil.rmtree(corpus)
    return tmp_path / "index"


def aged(folder: Path, written_by: int, lacking: tuple[str, ...]) -> None:
    """Make the index what a version of that format wrote."""
    generation = folder / "generations" / "000001"
    with closing(sqlite3.connect(generation / "passages.sqlite")) as file, file:
        for column in lacking:
            file.execute(f"alter table documents drop column {column}")
    manifest = json.loads((generation / "manifest.json").read_text(encoding="utf-8"))
    content = (generation / "passages.sqlite").read_bytes()
    manifest["format"] = written_by
    manifest["files"]["passages.sqlite"] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (generation / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def rows(assistant: Assistant) -> list[object]:
    return [*assistant.goals(), *assistant.measures()]


@pytest.mark.parametrize(("written_by", "lacking"), [(FORMAT, ()), (7, ("checksum",)), (6, ("checksum", "draft"))])
def test_it_tells_what_it_told(built: Path, written_by: int, lacking: tuple[str, ...]) -> None:
    before = Assistant.load(built, encoder=HashingEncoder())
    wanted = rows(before), answer_record(before.ask(QUESTION)), before.documents()
    (goal,) = (one for one in before.goals() if one.value == 45)
    assert (goal.indicator, goal.unit, goal.heads) == ("新增高新技术企业", "家", ("新增高新技术企业", "2021年目标(家)"))
    before.close()
    aged(built, written_by, lacking)
    if written_by < FORMAT:
        with pytest.raises(IndexOutOfDate, match="--stored, where the files are gone"):
            Assistant.load(built, encoder=HashingEncoder())
    told: list[tuple[str, int, int]] = []
    after = Assistant.build(None, built, encoder=HashingEncoder(), on_file=lambda *one: told.append(one))
    assert (rows(after), answer_record(after.ask(QUESTION)), after.documents()) == wanted
    assert "45家" in after.ask(QUESTION).text
    assert told == [("总结.txt", 0, 2), ("要点.docx", 1, 2)]
    assert after.gathered is not None
    assert after.gathered.changed == ["总结.txt", "要点.docx"]


def test_files_that_come_back_are_not_read_again(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("甲市2020年工作总结\n全年申请专利120件。\n", encoding="utf-8")
    Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    Assistant.build(None, tmp_path / "index", encoder=HashingEncoder())
    again = Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    assert again.gathered is not None
    assert again.gathered.unchanged == ["a.txt"]


def test_passages_are_cut_as_the_settings_say(built: Path) -> None:
    settings = Settings(passage_characters=60)
    cut = Assistant.build(None, built, encoder=HashingEncoder(), settings=settings)
    assert cut.index.passage_characters == 60  # type: ignore[attr-defined]


def older(folder: Path) -> None:
    aged(folder, OLDEST - 1, ("checksum", "draft", "tables"))


def changed(folder: Path) -> None:
    path = folder / "generations" / "000001" / "passages.sqlite"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))


@pytest.mark.parametrize(
    ("harm", "error", "words"),
    [
        (older, IndexOutOfDate, f"format {OLDEST - 1}, not {FORMAT}; run: bureau index$"),
        (changed, IndexCorrupt, "was changed"),
        (shutil.rmtree, IndexNotFound, "no index in"),
    ],
)
def test_what_cannot_be_read_is_told(
    built: Path, harm: Callable[[Path], None], error: type[Exception], words: str
) -> None:
    harm(built)
    with pytest.raises(error, match=words):
        Assistant.build(None, built, encoder=HashingEncoder())


def test_one_text_that_cannot_be_taken_in_is_passed_over(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(document: Document) -> list[Goal]:
        if document.source == "总结.txt":
            raise ValueError("a text that nobody foresaw")
        return extract_goals(document)

    monkeypatch.setattr(records, "extract_goals", stumbles)
    with pytest.raises(UnreadableDocument, match="nobody foresaw"):
        Assistant.build(None, built, encoder=HashingEncoder())
    told: list[str] = []
    after = Assistant.build(None, built, encoder=HashingEncoder(), on_unreadable=lambda error: told.append(str(error)))
    assert {about.source for about in after.documents().values()} == {"要点.docx"}
    assert "总结.txt" in told[0]


def bureau(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONUTF8": "1"})


def test_the_command_says_what_it_took(built: Path) -> None:
    ran = bureau(
        "index", "--stored", "--index", built, "--json"
    )  # with the bundled encoder: another one is no hindrance
    assert ran.returncode == 0
    told = json.loads(ran.stdout)
    assert (told["changed"], told["removed"], told["documents"]) == (2, 0, 2)
    refused = bureau("index", "--stored", "--index", built, "--corpus", "corpus")
    assert refused.returncode == 2
    assert "--stored reads no files" in refused.stderr
