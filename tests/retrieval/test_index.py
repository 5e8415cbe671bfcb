from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from conftest import HashingEncoder, opened
from filelock import FileLock

from assistant import (
    Assistant,
    CorpusNotFound,
    IndexBusy,
    IndexCorrupt,
    IndexDirectoryError,
    IndexNotFound,
    IndexOutOfDate,
    RowQuery,
)
from assistant.retrieval import generations
from assistant.retrieval.generations import FORMAT, live_name
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.sparse import SparseIndex
from assistant.settings import Settings


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.txt").write_text("甲市2020年工作总结\n一、成绩\n全年申请专利120件。\n")
    (folder / "b.txt").write_text("乙县2021年工作要点\n一、目标\n1.引进人才10名。\n2.建设基地3个。\n")
    return folder


def test_a_rebuild_without_changes_embeds_nothing(tmp_path: Path, corpus: Path) -> None:
    first, second = HashingEncoder(), HashingEncoder()
    Assistant.build(corpus, tmp_path / "index", encoder=first)
    rebuilt = Assistant.build(corpus, tmp_path / "index", encoder=second)
    indicators = ["申请专利", "引进人才", "建设基地"]
    assert (first.encoded, second.encoded) == (len(rebuilt.index) + len(indicators), 0)
    assert opened(rebuilt).generation == "000001"
    assert rebuilt.gathered is not None
    assert (rebuilt.gathered.unchanged, rebuilt.gathered.is_news) == (["a.txt", "b.txt"], False)


def test_documents_of_unchanged_files_come_back_as_they_were_read(tmp_path: Path, corpus: Path) -> None:
    """What is taken over from the live index gives the same passages as reading the files again."""
    Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    (corpus / "c.txt").write_text("丙区总结\n防震减灾演练5次。一是抓培训;二是抓考核。")
    for _ in range(2):
        taken_over = Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
        (corpus / "d.txt").write_text("丁区总结\n科普活动5次。")
    anew = Assistant.build(corpus, tmp_path / "other", encoder=HashingEncoder())
    assert taken_over.store.passages() == anew.store.passages()
    for document_id, facts in anew.store.facts.items():
        assert taken_over.store.facts[document_id] == facts
        assert taken_over.store.document(document_id) == anew.store.document(document_id)


def test_an_updated_index_equals_one_built_from_nothing(tmp_path: Path, corpus: Path) -> None:
    """A file changed, one added before, between and behind the others, one removed."""
    (corpus / "c.txt").write_text("丙区2022年工作总结\n一、成绩\n防震减灾演练5次,申请专利80件。\n")
    Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    (corpus / "b.txt").write_text("乙县2021年工作要点\n一、目标\n1.引进人才30名。\n2.建设基地3个。\n3.举办讲座7场。\n")
    (corpus / "a.txt").unlink()
    for name in ("0", "bb", "d"):
        (corpus / f"{name}.txt").write_text(f"{name}市2023年工作总结\n一、成绩\n培育企业9家,申请专利{len(name)}件。\n")
    encoder = HashingEncoder()
    updated = opened(Assistant.build(corpus, tmp_path / "index", encoder=encoder))
    anew = opened(Assistant.build(corpus, tmp_path / "other", encoder=HashingEncoder()))
    assert (
        encoder.encoded == len(anew.document_numbers[anew.document_numbers != 3]) + 2
    )  # 3 is c.txt; two new indicators
    assert list(updated.store.facts.items()) == list(anew.store.facts.items())
    assert updated.store.passages() == anew.store.passages()
    assert updated.document_numbers.tolist() == anew.document_numbers.tolist()
    rows, others = updated.store.rows, anew.store.rows
    assert list(rows.goals(RowQuery())) == list(others.goals(RowQuery()))
    assert list(rows.measures(RowQuery())) == list(others.measures(RowQuery()))
    assert list(rows.indicator_vectors()) == list(others.indicator_vectors())
    assert rows.named({"专利", "申请"}, 0.0) == others.named({"专利", "申请"}, 0.0)
    assert updated.store.texts.source_hashes() == anew.store.texts.source_hashes()
    for part in fields(SparseIndex):
        one, other = np.asarray(getattr(updated.sparse, part.name)), np.asarray(getattr(anew.sparse, part.name))
        np.testing.assert_array_equal(one, other)
    every = np.arange(len(anew))
    np.testing.assert_array_equal(updated.dense.vectors(every), anew.dense.vectors(every))


def test_bytes_of_a_large_file_are_checked_when_asked(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    path = tmp_path / "index" / "generations" / "000001" / "sparse.idf.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    monkeypatch.setattr(generations, "HASHED_BYTES", 8)
    HybridIndex.load(tmp_path / "index")
    with pytest.raises(IndexCorrupt, match="was changed"):
        HybridIndex.load(tmp_path / "index", thorough=True)


def test_a_file_that_can_no_longer_be_read_keeps_its_old_text(tmp_path: Path, corpus: Path) -> None:
    Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    (corpus / "a.txt").write_bytes(b"")
    skipped: list[Exception] = []
    built = Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder(), on_unreadable=skipped.append)
    assert "empty" in str(skipped[0])
    assert built.search("申请专利", k=1)[0].passage.source == "a.txt"
    assert built.gathered is not None
    assert (list(built.gathered.skipped), built.gathered.removed) == (["a.txt"], [])
    (corpus / "a.txt").unlink()
    without = Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    assert {one.source for one in without.store.facts.values()} == {"b.txt"}


def test_another_passage_length_builds_anew(tmp_path: Path, corpus: Path) -> None:
    Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    shorter = Settings(passage_characters=50)
    assert (
        opened(Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder(), settings=shorter)).generation
        == "000002"
    )


def test_a_running_reader_sees_the_new_generation(tmp_path: Path, corpus: Path) -> None:
    reader = Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    assert reader.search("专利申请", k=1)[0].passage.source == "a.txt"
    (corpus / "c.txt").write_text("丙区总结\n防震减灾演练5次。")
    Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    assert reader.search("防震减灾演练", k=1)[0].passage.source == "c.txt"


def test_only_two_generations_are_kept_and_no_file_is_a_pickle(tmp_path: Path, corpus: Path) -> None:
    for attempt in range(4):
        (corpus / "a.txt").write_text(f"甲市2020年工作总结\n申请专利{attempt}件。\n")
        Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    names = sorted(path.name for path in (tmp_path / "index" / "generations").iterdir())
    assert names == ["000003", "000004"]
    manifest = json.loads((tmp_path / "index" / "generations" / "000004" / "manifest.json").read_text())
    assert (manifest["format"], manifest["encoder"], manifest["documents"]) == (FORMAT, "hashing-64", 2)
    assert set(manifest["files"]) == {
        "passages.sqlite",
        "goals.sqlite",
        "documents.npy",
        "dense.faiss",
        *(f"sparse.{part.name}.npy" for part in fields(SparseIndex)),
    }


@pytest.mark.parametrize("name", ["passages.sqlite", "dense.faiss", "documents.npy", "sparse.keys.npy"])
@pytest.mark.parametrize("damage", ["truncate", "remove", "flip"])
def test_a_damaged_file_is_found(tmp_path: Path, corpus: Path, name: str, damage: str) -> None:
    Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
    path = tmp_path / "index" / "generations" / "000001" / name
    content = path.read_bytes()
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(content[:-5] if damage == "truncate" else content[:-5] + b"xxxxx")
    with pytest.raises(IndexCorrupt, match="run: bureau index"):
        Assistant.load(tmp_path / "index", encoder=HashingEncoder())


def test_what_is_no_index_is_refused(tmp_path: Path, corpus: Path) -> None:
    folder = tmp_path / "index"
    with pytest.raises(IndexNotFound, match="bureau index"):
        Assistant.load(folder, encoder=HashingEncoder())
    Assistant.build(corpus, folder, encoder=HashingEncoder())
    other = HashingEncoder()
    other.fingerprint = "another-model"
    with pytest.raises(IndexOutOfDate, match="another-model"):
        Assistant.load(folder, encoder=other)
    manifest = folder / "generations" / "000001" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT}', '"format": 99'))
    with pytest.raises(IndexOutOfDate, match="99"):
        Assistant.load(folder, encoder=HashingEncoder())
    manifest.write_text("{")
    with pytest.raises(IndexCorrupt):
        Assistant.load(folder, encoder=HashingEncoder())
    manifest.write_text(f'{{"format": {FORMAT}, "files": {{}}, "encoder": "hashing-64", "passages": 4}}')
    with pytest.raises(IndexCorrupt, match="too few"):
        Assistant.load(folder, encoder=HashingEncoder())
    for damaged in ('{"bytes": Infinity, "sha256": ""}', '"x"', "[1]"):
        manifest.write_text(f'{{"format": {FORMAT}, "files": {{"a": {damaged}}}}}')
        with pytest.raises(IndexCorrupt, match="bureau index"):
            Assistant.load(folder, encoder=HashingEncoder())
    manifest.write_text("[" * 200_000)
    with pytest.raises(IndexCorrupt):
        Assistant.load(folder, encoder=HashingEncoder())
    (folder / "CURRENT").write_text("../../etc")
    with pytest.raises(IndexCorrupt):
        Assistant.load(folder, encoder=HashingEncoder())


def test_a_failed_build_leaves_the_live_index(tmp_path: Path, corpus: Path) -> None:
    folder = tmp_path / "index"
    Assistant.build(corpus, folder, encoder=HashingEncoder())
    with pytest.raises(CorpusNotFound):
        Assistant.build(tmp_path / "none", folder, encoder=HashingEncoder())
    (corpus / "c.txt").write_text("丙区总结\n防震减灾演练5次。")
    with FileLock(folder / ".lock"), pytest.raises(IndexBusy):
        Assistant.build(corpus, folder, encoder=HashingEncoder())
    assert live_name(folder) == "000001"
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexDirectoryError, match="--index"):
        Assistant.build(corpus, tmp_path / "file" / "index", encoder=HashingEncoder())


def test_a_generation_that_another_process_wrote_meanwhile_is_not_lost(tmp_path: Path, corpus: Path) -> None:
    folder = tmp_path / "index"
    Assistant.build(corpus, folder, encoder=HashingEncoder())
    (corpus / "c.txt").write_text("丙区总结\n防震减灾演练5次。")

    def another(name: str, done: int, total: int) -> None:
        if not done:
            Assistant.build(corpus, folder, encoder=HashingEncoder())

    with pytest.raises(IndexBusy, match="run it again"):
        Assistant.build(corpus, folder, encoder=HashingEncoder(), on_file=another)
    assert len(Assistant.load(folder, encoder=HashingEncoder()).store.facts) == 3


def test_a_full_disk_leaves_the_live_index(tmp_path: Path, corpus: Path) -> None:
    """A limit on the size of files stands for a disk without room."""
    folder = tmp_path / "index"
    Assistant.build(corpus, folder, encoder=HashingEncoder())
    (corpus / "c.txt").write_text("丙区总结\n防震减灾演练5次。")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, limits[1]))
    try:
        with pytest.raises(IndexDirectoryError, match="make room"):
            Assistant.build(corpus, folder, encoder=HashingEncoder())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert len(Assistant.load(folder, encoder=HashingEncoder()).store.facts) == 2


def test_a_folder_whose_name_is_not_utf_8_is_passed_over(tmp_path: Path, corpus: Path) -> None:
    odd = os.fsdecode(os.fsencode(corpus) + b"/\xff\xfe")
    os.mkdir(odd)
    Path(odd, "x.txt").write_text("丙区总结\n防震减灾演练5次。")
    skipped: list[Exception] = []
    built = Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder(), on_unreadable=skipped.append)
    assert len(built.store.facts) == 2
    assert "not UTF-8" in str(skipped[0])


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from conftest import HashingEncoder
from assistant import Assistant
from assistant.retrieval import writing
write = writing.write_part
class Slow(HashingEncoder):
    def encode_passages(self, texts):
        if sys.argv[4] == "encoding":
            print("there", flush=True); time.sleep(60)
        return super().encode_passages(texts)
def slow_write(*arguments):
    written = write(*arguments)
    if sys.argv[4] == "writing":
        print("there", flush=True); time.sleep(60)
    return written
writing.write_part = slow_write
Assistant.build(Path(sys.argv[1]), Path(sys.argv[2]), encoder=Slow())
"""


@pytest.mark.parametrize("moment", ["encoding", "writing"])
def test_kill_9_in_a_build_leaves_the_old_index_serving(tmp_path: Path, corpus: Path, moment: str) -> None:
    folder = tmp_path / "index"
    Assistant.build(corpus, folder, encoder=HashingEncoder())
    (corpus / "c.txt").write_text("丙区总结\n防震减灾演练5次。")
    tests = str(Path(__file__).parent.parent)
    command = [sys.executable, "-c", KILLED, str(corpus), str(folder), tests, moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"there\n"
        os.kill(process.pid, signal.SIGKILL)
    served = Assistant.load(folder, encoder=HashingEncoder())
    assert (opened(served).generation, len(served.store.facts)) == ("000001", 2)
    begin = time.monotonic()
    rebuilt = Assistant.build(corpus, folder, encoder=HashingEncoder())
    assert len(rebuilt.store.facts) == 3
    assert time.monotonic() - begin < 60, "the lock of the killed writer was not released"
    assert not list((folder / "generations").glob("*.partial"))


def test_an_index_of_many_parts_equals_one_of_one_part(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        (corpus / f"{number % 5}-{number}.txt").write_text(f"丁县2013年工作总结\n申请专利{number}件。\n" * 3)
    whole = opened(Assistant.build(corpus, tmp_path / "whole", encoder=HashingEncoder()))
    monkeypatch.setattr("assistant.ingestion.batches.BATCH_CHARACTERS", 1)
    parts = opened(Assistant.build(corpus, tmp_path / "parts", encoder=HashingEncoder()))
    assert not (parts.folder / "parts").exists()
    for name in ("documents.npy", "dense.faiss", *(f"sparse.{part.name}.npy" for part in fields(SparseIndex))):
        assert (whole.folder / name).read_bytes() == (parts.folder / name).read_bytes(), name
    assert whole.store.passages() == parts.store.passages()
    assert list(whole.store.rows.goals(RowQuery())) == list(parts.store.rows.goals(RowQuery()))
    assert whole.store.texts.source_hashes() == parts.store.texts.source_hashes()
