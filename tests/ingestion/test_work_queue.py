"""Files that workers in other processes read: the same index as without them, whoever dies meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import slow_worker
from conftest import ROOT, HashingEncoder
from postgres import Server

from assistant import Assistant, EngineUnavailable, RowQuery, Settings, UnreadableDocument
from assistant.documents.corpus import corpus_files
from assistant.documents.gathering import News
from assistant.ingestion import work_queue
from assistant.ingestion.batches import BROKEN
from assistant.ingestion.packing import packed, unpacked
from assistant.ingestion.work_queue import GivenVectors, Job, WorkQueue, jobs_of
from assistant.ingestion.worker import OTHER, extract, work
from assistant.retrieval.context import embedded_text
from assistant.testing import SampleEncoder, check_encoder, sample

pytestmark = pytest.mark.slow
FILES = 8


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(FILES):
        text = f"丙市科技局201{number}年工作要点\n一、目标\n专利申请量达到{2300 + 10 * number}件以上。\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(corpus: Path, tmp_path: Path, database: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(work_queue, "DEAD_AFTER", slow_worker.DEAD_AFTER)
    monkeypatch.setattr(work_queue, "MEND", 0.5)
    monkeypatch.setattr(work_queue, "LOOK", 0.1)
    return Settings(corpus=corpus, index=tmp_path / "index", queue=database())


@contextmanager
def worker(settings: Settings, processes: int = 1) -> Iterator[subprocess.Popen[str]]:
    own = {"BUREAU_CORPUS": settings.corpus, "BUREAU_QUEUE": settings.queue, "PYTHONPATH": ROOT / "tests"}
    process = subprocess.Popen(
        [sys.executable, ROOT / "tests" / "slow_worker.py", str(processes)],
        env=os.environ | {name: str(one) for name, one in own.items()},
        text=True, stderr=subprocess.PIPE,
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate()


class Building(Thread):
    """A build that waits for workers."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(daemon=True)
        self.settings, self.told, self.done = settings, list[str](), list[str]()
        self.result: Any = None
        self.start()

    def run(self) -> None:
        try:
            self.result = Assistant.build(
                self.settings.corpus, self.settings.index, encoder=HashingEncoder(), settings=self.settings,
                enqueue=True, on_unreadable=lambda error: self.told.append(str(error)),
                on_file=lambda name, done, total: self.done.append(f"{name} {done}/{total}"),
            )  # fmt: skip
        except Exception as error:
            self.result = error

    def built(self, seconds: float = 90) -> Assistant:
        self.join(seconds)
        assert isinstance(self.result, Assistant), self.result
        return self.result

    def wait_for(self, files: int) -> None:
        for _ in range(600):
            if len(self.done) >= files:
                return
            time.sleep(0.1)
        raise AssertionError(self.done)


def same(one: Assistant, other: Assistant) -> None:
    assert one.store.passages() == other.store.passages()
    assert list(one.store.rows.goals(RowQuery())) == list(other.store.rows.goals(RowQuery()))
    hits = [[(hit.passage, hit.score) for hit in each.search("专利申请量", k=9)] for each in (one, other)]
    assert hits[0] == hits[1]


def test_what_was_made_of_a_file_travels_whole(seeds: Assistant) -> None:
    batch, _ = sample()
    for documents in ([], list(batch.documents)):
        sent = replace(batch, documents=documents)
        assert unpacked(packed(sent)) == sent
    for content in (b"", b"\x80\x04K\x01.", packed(batch)[:-9]):
        with pytest.raises(ValueError, match=r"packed|JSON"):
            unpacked(content)


def test_workers_make_what_one_process_does(settings: Settings, tmp_path: Path) -> None:
    alone = Assistant.build(settings.corpus, tmp_path / "alone", encoder=HashingEncoder())
    with worker(settings, 2), worker(settings):
        building = Building(settings)
        same(building.built(), alone)
        assert sorted(one.rpartition(" ")[2] for one in building.done) == [f"{n}/{FILES}" for n in range(1, FILES + 1)]
        (settings.corpus / "3.txt").unlink()
        (settings.corpus / "5.txt").write_text("丙市科技局2015年工作总结\n专利申请量7777件。\n", encoding="utf-8")
        again = Building(settings)
        built = again.built()
    assert [one.partition(" ")[0] for one in again.done] == ["5.txt"]  # only what changed
    assert built.gathered is not None
    assert (built.gathered.changed, built.gathered.removed) == (["5.txt"], ["3.txt"])
    same(built, Assistant.build(settings.corpus, tmp_path / "again", encoder=HashingEncoder()))
    with WorkQueue(settings.queue).wired() as wire:  # what is published is no longer kept
        assert wire.execute("select count(*) from results").fetchone() == (0,)
        assert wire.execute("select count(*) from procrastinate_jobs").fetchone() == (0,)


def test_a_worker_that_is_killed_loses_nothing(settings: Settings, tmp_path: Path) -> None:
    building = Building(settings)
    with worker(settings, 2) as first:
        building.wait_for(2)
        first.send_signal(signal.SIGKILL)
        first.wait()
    with worker(settings, 2):
        built = building.built()
    assert building.told == []
    assert sorted(one.partition(" ")[0] for one in building.done) == [f"{n}.txt" for n in range(FILES)]
    same(built, Assistant.build(settings.corpus, tmp_path / "alone", encoder=HashingEncoder()))


def test_a_queue_that_was_away_loses_nothing(settings: Settings, tmp_path: Path, postgres: Server) -> None:
    old = Assistant.build([settings.corpus / "0.txt"], settings.index, encoder=HashingEncoder())
    building = Building(settings)
    with worker(settings, 2):
        building.wait_for(2)
        postgres.stop()
        time.sleep(1)
        assert old.search("专利申请量", k=1)[0].passage.source == "0.txt"  # served throughout
        assert len(old.documents()) == 1
        postgres.start()
        built = building.built()
    assert building.told == []
    same(built, Assistant.build(settings.corpus, tmp_path / "alone", encoder=HashingEncoder()))


def test_a_build_that_is_broken_off_goes_on_where_it_was(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    queue, encoder = WorkQueue(settings.queue), HashingEncoder()
    queue.prepare()
    news = [News(file, file.sha256()) for file in corpus_files(settings.corpus)]
    jobs = jobs_of(news, settings.passage_characters, encoder)
    for job in jobs[:5]:
        assert extract(job, settings) == ""
    made: list[str] = []
    monkeypatch.setattr("assistant.ingestion.worker.made_of", lambda *given: made.append(given[0][0].name))
    assert [extract(job, settings) for job in jobs[:5]] == [""] * 5
    assert made == []
    found = queue.made(jobs[:5], GivenVectors(encoder))
    assert sorted(name for batch, _ in found for name in batch.sources) == [f"{number}.txt" for number in range(5)]


def test_a_file_that_ends_its_process_is_set_aside(settings: Settings) -> None:
    (settings.corpus / "poison.txt").write_text("丙市科技局2013年工作要点\n专利申请量9件。\n", encoding="utf-8")
    (settings.corpus / "empty.txt").write_text("", encoding="utf-8")
    (settings.corpus / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    with worker(settings):
        building = Building(settings)
        built = building.built()
    told = sorted(building.told)
    assert [one.partition(": ")[0].rpartition("/")[2] for one in told] == ["broken.docx", "empty.txt", "poison.txt"]
    assert told[2] == f"poison.txt: {BROKEN}"
    assert len(built.documents()) == FILES
    assert built.gathered is not None
    assert sorted(built.gathered.skipped) == ["broken.docx", "empty.txt", "poison.txt"]


def test_a_worker_reads_only_the_file_it_was_told_of(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("丙市科技局2013年工作要点\n", encoding="utf-8")
    queue = WorkQueue(settings.queue)
    queue.prepare()
    one = Job("0.txt", "0" * 64, 600, "none")
    assert extract(one, settings) == OTHER
    for source in ("../secret.txt", str(tmp_path / "secret.txt"), "gone.txt"):
        replaced = one._replace(source=source)
        assert "丙市" not in extract(replaced, settings)
        ((batch, failed),) = queue.made([replaced], GivenVectors(HashingEncoder()))
        assert not batch.sources
        assert failed[0][0] == source


def test_vectors_of_workers_are_taken_and_others_made(settings: Settings) -> None:
    check_encoder(GivenVectors(SampleEncoder()))
    batch, encoder = sample()
    texts = [embedded_text(one) for one in batch.passages]
    given = GivenVectors(encoder)
    told = -encoder.encode_passages(texts)
    given.keep(batch, told.astype("float16").tobytes())
    vectors = given.encode_passages([*texts[:2], "another"])
    assert abs(vectors[:2] - told[:2]).max() < 1e-3
    assert (vectors[2] == encoder.encode_passages(["another"])[0]).all()


def test_what_is_not_there_is_told(settings: Settings) -> None:
    away = settings.model_copy(update={"queue": "postgresql://nobody@127.0.0.1:9/none"})
    with pytest.raises(EngineUnavailable, match="whether it runs"):
        work(away, print, until_done=True)
    run = subprocess.run(
        [sys.executable, "-m", "assistant", "worker", "--until-done"], cwd=ROOT, capture_output=True, text=True,
        check=False, env=os.environ | {"BUREAU_QUEUE": away.queue},
    )  # fmt: skip
    assert run.returncode == 1
    assert "Traceback" not in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1


def test_the_command_works_until_all_is_done(settings: Settings) -> None:
    own = {
        "BUREAU_CORPUS": str(settings.corpus), "BUREAU_INDEX": str(settings.index), "BUREAU_QUEUE": settings.queue,
    }  # fmt: skip
    command = [sys.executable, "-m", "assistant"]
    building = subprocess.Popen(
        [*command, "index", "--enqueue", "--json"], cwd=ROOT, env=os.environ | own, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    for _ in range(20):
        ended = subprocess.run(
            [*command, "worker", "--until-done"], cwd=ROOT, env=os.environ | own, capture_output=True, text=True,
            check=True,
        )  # fmt: skip
        if "7.txt" in ended.stderr or building.poll() is not None:
            break
        time.sleep(1)
    out, err = building.communicate(timeout=60)
    assert building.returncode == 0, err
    assert f'"documents": {FILES}' in out


def test_unreadable_names_end_a_build_that_nobody_listens_to(settings: Settings) -> None:
    (settings.corpus / "empty.txt").write_text("", encoding="utf-8")
    with worker(settings), pytest.raises(UnreadableDocument, match="empty"):
        Assistant.build(settings.corpus, settings.index, encoder=HashingEncoder(), settings=settings, enqueue=True)
