"""Texts and rows out of PostgreSQL: the same as out of the files that were sent there."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import ROOT
from postgres import Server

from assistant import Assistant, EngineUnavailable, FolderWriter, HybridIndex, IndexNotFound, RowQuery, Scope
from assistant.evaluation.judgements import read_judgements
from assistant.facts.store import SqlRows
from assistant.records import answer_record
from assistant.retrieval.beside import files_of, of_postgres, published_name
from assistant.retrieval.generations import MANIFEST
from assistant.retrieval.numbering import Numbering
from assistant.retrieval.postgres import forget, opened_generation, send
from assistant.testing import check_index, sample

Database = Callable[[], str]


def sent(index: HybridIndex, address: str) -> str:
    name = published_name(index.folder)
    send(index.folder, own_files(index), address, name)
    return name


def own_files(index: HybridIndex) -> dict[str, bytes]:
    return files_of(index.folder, Numbering.anew("passages", index.document_lengths, len(index.sparse.keys)))


@pytest.fixture(scope="module")
def both(seeds: Assistant, postgres: Server) -> tuple[Assistant, Assistant]:
    """The five documents out of files, and out of PostgreSQL."""
    assert isinstance(seeds.index, HybridIndex)
    name = sent(seeds.index, postgres.address)
    store = of_postgres(postgres.address, name, seeds.encoder.fingerprint).store
    return seeds, Assistant(seeds.index, store, seeds.encoder)


def test_the_contract_is_kept(tmp_path: Path, database: Database) -> None:
    batch, encoder = sample()
    FolderWriter(tmp_path / "index").publish(batch, encoder)
    index, address = HybridIndex.load(tmp_path / "index"), database()
    beside = of_postgres(address, sent(index, address), encoder.fingerprint)
    check_index(index, beside.store, batch, encoder)
    assert beside.keys.tolist() == index.sparse.keys.tolist()
    assert beside.document_numbers.tolist() == index.document_numbers.tolist()
    beside.store.close()


def test_everything_is_read_as_out_of_files(both: tuple[Assistant, Assistant]) -> None:
    files, copied = (one.store for one in both)
    assert copied.facts == files.facts
    assert copied.passages() == files.passages()
    for document_id, about in files.facts.items():
        assert copied.document(document_id) == files.document(document_id)
        assert copied.source_text(about.source) == files.source_text(about.source)
    measures = [list(one.rows.measures(RowQuery())) for one in (files, copied)]
    assert measures[0] == measures[1]
    assert len(measures[0]) > 200
    assert set(copied.rows.indicator_vectors()) == set(files.rows.indicator_vectors())
    assert copied.rows.periods() == files.rows.periods()
    assert isinstance(copied.rows, SqlRows)
    assert copied.rows.stored_vectors() == files.rows.stored_vectors()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "query",
    [
        RowQuery(),
        RowQuery(Scope.of(year=2013), statuses=["planned"], masked=False),
        RowQuery(Scope.of(place="平湖")),
        RowQuery(Scope.of(kind="summary", year=2013), canonicals=["专利申请", "不存在", "专利授权"]),
        RowQuery(standings=["supposed", "conditional"]),
        RowQuery(responsible="科技局"),
        RowQuery(names=[]),
    ],
)
def test_rows_are_chosen_alike(both: tuple[Assistant, Assistant], query: RowQuery) -> None:
    files, copied = (list(one.store.rows.goals(query)) for one in both)
    assert copied == files


def test_answers_are_those_of_the_files(both: tuple[Assistant, Assistant]) -> None:
    files, copied = both
    questions = [one.question for one in read_judgements(ROOT / "benchmarks" / "questions.jsonl")]
    with ThreadPoolExecutor(4) as threads:  # more than one connection
        answers = list(threads.map(copied.ask, questions))
    assert [answer_record(one) for one in answers] == [answer_record(files.ask(one)) for one in questions]


def test_hostile_words_reach_no_statement(both: tuple[Assistant, Assistant]) -> None:
    files, copied = both
    for words in ("'; drop table goals; --", "%s %(a)s 100%", "\\u0000 专利", "\"'`$1", "专利\x00申请量"):
        assert copied.goals(words) == files.goals(words)
        assert answer_record(copied.ask(words)) == answer_record(files.ask(words))
    assert copied.goals("专利") == files.goals("专利") != []


def test_generations_come_whole_and_old_ones_go(tmp_path: Path, database: Database) -> None:
    batch, encoder = sample()
    FolderWriter(tmp_path / "index").publish(batch, encoder)
    index, address = HybridIndex.load(tmp_path / "index"), database()

    def broken(done: int, total: int) -> None:
        if done == total:
            raise OSError("the cable is out")

    name = published_name(index.folder)
    files = own_files(index)
    with pytest.raises(OSError, match="cable"):
        send(index.folder, files, address, name, broken)
    with pytest.raises(IndexNotFound, match="bureau publish"):
        opened_generation(address, name)
    send(index.folder, files, address, name)
    send(index.folder, files, address, name)  # again, after what followed broke off
    send(index.folder, files, address, "000009_0123")
    forget(address, {"000009_0123"})
    with pytest.raises(IndexNotFound, match=name):
        opened_generation(address, name)
    store, held = opened_generation(address, "000009_0123")
    assert held[MANIFEST] == (index.folder / MANIFEST).read_bytes()
    assert len(store.passages()) == len(batch.passages)
    store.close()


def test_a_name_is_of_the_content(tmp_path: Path) -> None:
    batch, encoder = sample()
    names = []
    for folder, characters in (("a", 60), ("b", 60), ("c", 70)):
        batch, encoder = sample(characters)
        FolderWriter(tmp_path / folder, passage_characters=characters).publish(batch, encoder)
        names.append(published_name(HybridIndex.load(tmp_path / folder).folder))
    assert all(name.startswith("000001_") for name in names)
    assert names[2] not in names[:2]


def test_a_server_that_was_away_is_read_again(postgres: Server, database: Database, seeds: Assistant) -> None:
    assert isinstance(seeds.index, HybridIndex)
    address = database()
    beside = of_postgres(address, sent(seeds.index, address), None)
    first = beside.store.numbered([3, 1])
    postgres.stop()
    try:
        with pytest.raises(EngineUnavailable, match="BUREAU_STORE"):
            beside.store.numbered([2])
    finally:
        postgres.start()
    assert beside.store.numbered([3, 1]) == first == seeds.store.numbered([3, 1])
    beside.store.close()


def test_what_is_not_there_is_told(seeds: Assistant) -> None:
    assert isinstance(seeds.index, HybridIndex)
    with pytest.raises(EngineUnavailable, match="PostgreSQL did not do it"):
        send(seeds.index.folder, {}, "postgresql://nobody@127.0.0.1:9/none", "000001_0123")
