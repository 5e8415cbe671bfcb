"""Extraction in processes of their own gives what one process would, and a file that kills its process goes alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import HashingEncoder
from poison import dies_of_poison

from assistant import Assistant, Settings
from assistant.datamodels import RowQuery
from assistant.ingestion.batches import BROKEN


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Eight plans, two in a batch."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(8):
        text = f"丙市科技局201{number}年工作要点\n一、工作目标\n1.专利申请量达到23{number}0件以上。\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr("assistant.ingestion.batches.BATCH_CHARACTERS", 60)
    return folder


def built(corpus: Path, index: Path, workers: int) -> tuple[Assistant, list[str]]:
    told: list[str] = []
    assistant = Assistant.build(
        corpus,
        index,
        encoder=HashingEncoder(),
        settings=Settings(workers=workers),
        on_unreadable=lambda error: told.append(str(error)),
    )
    return assistant, told


def test_workers_make_what_one_process_does(corpus: Path, tmp_path: Path) -> None:
    (one, _), (many, told) = (built(corpus, tmp_path / f"index{workers}", workers) for workers in (1, 3))
    assert told == []
    assert one.store.passages() == many.store.passages()
    goals = [list(each.store.rows.goals(RowQuery())) for each in (one, many)]
    assert goals[0] == goals[1]
    assert [goal.value for goal in goals[0]] == [2300 + 10 * number for number in range(8)]


def test_a_file_that_ends_its_process_is_set_aside_alone(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "3-poison.txt").write_text("丙市科技局2013年工作要点\n专利申请量达到9件以上。\n", encoding="utf-8")
    monkeypatch.setattr("assistant.ingestion.batches.made_of", dies_of_poison)
    assistant, told = built(corpus, tmp_path / "index", 2)
    assert told == [f"3-poison.txt: {BROKEN}"]
    assert sorted(about.source for about in assistant.documents().values()) == [f"{number}.txt" for number in range(8)]
    assert assistant.gathered is not None
    assert list(assistant.gathered.skipped) == ["3-poison.txt"]
