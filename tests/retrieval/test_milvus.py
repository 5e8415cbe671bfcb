"""An index that Milvus serves: Milvus Lite from a file and as a server, where pymilvus is installed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT, HashingEncoder

from assistant import (
    Assistant,
    EngineUnavailable,
    FolderWriter,
    HybridIndex,
    IndexCorrupt,
    IndexNotFound,
    IndexOutOfDate,
    Scope,
    Settings,
)
from assistant.evaluation.judgements import read_judgements
from assistant.records import answer_record
from assistant.retrieval import milvus, publishing
from assistant.retrieval.beside import published_name
from assistant.retrieval.milvus import ALIAS, PREFIX, connected
from assistant.retrieval.opening import opened_index
from assistant.retrieval.publishing import publish
from assistant.testing import check_index, sample

if not os.environ.get("REQUIRE_MILVUS"):
    pytest.importorskip("pymilvus", reason='no Milvus here: pip install -e ".[milvus]"')
pytestmark = [
    pytest.mark.filterwarnings("ignore"),  # grpc and protobuf warn of themselves
    pytest.mark.slow,
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a server on this machine alone."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "milvus_lite", "server", "--data-dir", str(tmp_path / "milvus")]
    process = subprocess.Popen([*command, "--host", "127.0.0.1", "--port", str(port)], stderr=subprocess.DEVNULL)
    for _ in range(200):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)


def served(folder: Path, uri: str) -> Assistant:
    return Assistant.load(folder, encoder=HashingEncoder(), settings=Settings(engine=uri))


@pytest.mark.parametrize("kind", ["file", "server"])
def test_the_contract_is_kept(tmp_path: Path, kind: str, request: pytest.FixtureRequest) -> None:
    uri = str(tmp_path / "milvus.db") if kind == "file" else request.getfixturevalue("server")
    batch, encoder = sample()
    FolderWriter(tmp_path / "index").publish(batch, encoder)
    publish(HybridIndex.load(tmp_path / "index"), uri)
    index = opened_index(tmp_path / "index", encoder.fingerprint, uri)
    check_index(index, index.store, batch, encoder)
    index.close()


def test_answers_are_those_of_the_folder(seeds: Assistant, index_folder: Path, tmp_path: Path) -> None:
    uri = str(tmp_path / "milvus.db")
    assert isinstance(seeds.index, HybridIndex)
    publish(seeds.index, uri)
    engine = Assistant.load(index_folder, encoder=seeds.encoder, settings=Settings(engine=uri))
    for judgement in read_judgements(ROOT / "benchmarks" / "questions.jsonl"):
        assert answer_record(engine.ask(judgement.question)) == answer_record(seeds.ask(judgement.question))
    for scope in (Scope.of(year=2013), Scope.of(place="平湖"), Scope.of(kind="summary"), Scope.of(place="nowhere")):
        found = [[hit.passage for hit in one.search("专利", k=9, scope=scope)] for one in (seeds, engine)]
        assert found[0] == found[1]
    engine.close()


def test_readers_follow_the_alias(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milvus, "LOOK_SECONDS", 0)
    corpus, folder, uri = tmp_path / "corpus", tmp_path / "index", str(tmp_path / "milvus.db")
    corpus.mkdir()
    (corpus / "a.txt").write_text("丙市科技局2014年工作要点\n专利申请量达到2300件以上。\n", encoding="utf-8")
    built = Assistant.build(corpus, folder, encoder=HashingEncoder())
    with pytest.raises(IndexNotFound, match="bureau publish"):
        served(folder, uri)
    publish(built.index, uri)  # type: ignore[arg-type]
    reader = served(folder, uri)
    for number in (1, 2):
        (corpus / f"b{number}.txt").write_text(f"丁县2015年工作总结\n防震减灾演练{number}次。\n", encoding="utf-8")
        built = Assistant.build(corpus, folder, encoder=HashingEncoder())
        assert len(reader.documents()) == number  # the new one is not published yet
        publish(built.index, uri)  # type: ignore[arg-type]
        assert len(reader.documents()) == number + 1
        assert reader.search("防震减灾演练", k=1)[0].passage.source == "b1.txt"
    client = connected(uri)
    kept = sorted(name for name in client.list_collections() if name.startswith(PREFIX))
    assert [name[:13] for name in kept] == ["bureau_000002", "bureau_000003"]  # that before is just being read
    assert ALIAS in client.list_aliases(kept[1])["aliases"]
    reader.close()


def test_an_upload_that_breaks_off_leaves_what_was_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, folder, uri = tmp_path / "corpus", tmp_path / "index", str(tmp_path / "milvus.db")
    corpus.mkdir()
    for number in range(5):
        (corpus / f"{number}.txt").write_text(f"丁县2015年工作总结\n防震减灾演练{number}次。\n", encoding="utf-8")
    built = Assistant.build(corpus, folder, encoder=HashingEncoder())
    publish(built.index, uri)  # type: ignore[arg-type]
    reader = served(folder, uri)
    before = reader.search("防震减灾", k=9)
    (corpus / "9.txt").write_text("丁县2016年工作总结\n防震减灾演练9次。\n", encoding="utf-8")
    built = Assistant.build(corpus, folder, encoder=HashingEncoder())
    monkeypatch.setattr(publishing, "BLOCK", 2)

    def broken(done: int, _: int) -> None:
        if done > 2:
            raise OSError("the wire is cut")

    with pytest.raises(EngineUnavailable, match="the wire is cut"):
        publish(built.index, uri, progress=broken)  # type: ignore[arg-type]
    assert reader.search("防震减灾", k=9) == before
    publish(built.index, uri)  # type: ignore[arg-type]
    assert len(reader.search("防震减灾", k=9)) == 6
    reader.close()


def test_an_engine_that_is_not_there_is_told(tmp_path: Path) -> None:
    batch, encoder = sample()
    FolderWriter(tmp_path / "index").publish(batch, encoder)
    environment = os.environ | {
        "BUREAU_ENGINE": "http://127.0.0.1:9",
        "BUREAU_INDEX": str(tmp_path / "index"),
    }
    command = [sys.executable, "-m", "assistant", "publish"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert told.returncode == 1
    assert told.stderr.strip().splitlines()[-1].startswith("bureau: Milvus did not do it")
    assert "Traceback" not in told.stderr


def test_machines_that_answer_need_no_folder(
    seeds: Assistant, tmp_path: Path, database: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    uri, store = str(tmp_path / "milvus.db"), database()
    assert isinstance(seeds.index, HybridIndex)
    name = publish(seeds.index, uri, store)
    assert name == published_name(seeds.index.folder)
    settings = Settings(engine=uri, store=store)
    reader = Assistant.load(tmp_path / "none", encoder=seeds.encoder, settings=settings)
    assert reader.index.generation == name  # type: ignore[attr-defined]
    for judgement in read_judgements(ROOT / "benchmarks" / "questions.jsonl")[:12]:
        assert answer_record(reader.ask(judgement.question)) == answer_record(seeds.ask(judgement.question))
    assert reader.goals("专利") == seeds.goals("专利")
    other, encoder = sample()
    FolderWriter(tmp_path / "other").publish(other, encoder)
    monkeypatch.setattr(milvus, "LOOK_SECONDS", 0)
    publish(HybridIndex.load(tmp_path / "other"), uri, store)  # number 1 of another folder is another generation
    with pytest.raises(IndexOutOfDate, match="sample-64"):
        reader.documents()
    own = Assistant.load(tmp_path / "none", encoder=encoder, settings=settings)
    assert len(own.store.passages()) == len(other.passages)
    own.close()


def test_another_index_of_that_number_is_not_taken_for_it(tmp_path: Path) -> None:
    uri = str(tmp_path / "milvus.db")
    for folder, characters in (("published", 60), ("other", 70)):
        batch, encoder = sample(characters)
        FolderWriter(tmp_path / folder, passage_characters=characters).publish(batch, encoder)
    publish(HybridIndex.load(tmp_path / "published"), uri)
    opened_index(tmp_path / "published", None, uri).close()
    with pytest.raises(IndexCorrupt, match="was not built in"):
        opened_index(tmp_path / "other", None, uri)
