"""Our own parts, and a second implementation in memory, keep the contracts that parts from elsewhere run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from conftest import CORPUS, HashingEncoder
from memory_index import MemoryIndex

from assistant import Answer, Assistant, BundledEncoder, FolderWriter, HybridIndex, Sentence, SourceText, prepare
from assistant.answering.evidence.sentences import WordReader
from assistant.datamodels import Question
from assistant.documents.formats import plain, registered
from assistant.documents.parsing import parse_documents
from assistant.interfaces import DocumentStore, FloatArray
from assistant.language.weights import TermWeights
from assistant.testing import SampleEncoder, check_encoder, check_format, check_index, check_reader, sample

BENCHMARKS = Path(__file__).parent.parent / "benchmarks"


def test_the_folder_index_keeps_the_contract(tmp_path: Path) -> None:
    batch, encoder = sample()
    writer = FolderWriter(tmp_path / "index")
    assert writer.known() == {}
    writer.publish(batch, encoder)
    index = HybridIndex.load(tmp_path / "index")
    check_index(index, index.store, batch, encoder)
    assert FolderWriter(tmp_path / "index", index).known() == {name: f"sha-{name}" for name in batch.sources}


def test_the_memory_index_keeps_the_contract() -> None:
    batch, encoder = sample()
    index = MemoryIndex(batch, encoder)
    check_index(index, index, batch, encoder)


@pytest.mark.parametrize("fault", ["search_words", "goals", "named", "numbered"])
def test_the_contract_finds_a_fault(fault: str) -> None:
    batch, encoder = sample()
    index = MemoryIndex(batch, encoder)
    right = getattr(index, fault)

    def wrong(*arguments: object) -> object:
        found = right(*arguments)
        return dict(list(found.items())[1:]) if isinstance(found, dict) else list(found)[1:]

    setattr(index, fault, wrong)
    with pytest.raises(AssertionError):
        check_index(index, index, batch, encoder)


def test_encoders_keep_the_contract(encoder: BundledEncoder) -> None:
    check_encoder(encoder)
    check_encoder(SampleEncoder())

    class Long(SampleEncoder):
        def encode_queries(self, texts: list[str]) -> FloatArray:
            return 2 * super().encode_queries(texts)

    with pytest.raises(AssertionError, match="length 1"):
        check_encoder(Long())


def test_the_reader_keeps_the_contract() -> None:
    batch, encoder = sample()
    index = MemoryIndex(batch, encoder)
    check_reader(WordReader(TermWeights(len(index), index.held_by), index, encoder))


def test_a_format_keeps_the_contract(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# 甲市总结\n专利5件。\n", encoding="utf-8")
    check_format(plain.read, tmp_path / "a.md", "专利5件")
    with pytest.raises(AssertionError, match="outside"):
        check_format(lambda _: SourceText("专利5件", "x", headings=((99, 1),)), tmp_path / "a.md", "专利5件")


def test_a_format_of_an_installed_package_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    (package / "shout-1.dist-info").mkdir(parents=True)
    (package / "shout-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: shout\nVersion: 1\n")
    (package / "shout-1.dist-info" / "entry_points.txt").write_text("[bureau.readers]\nshout = shout:read\n")
    (package / "shout.py").write_text(
        "from assistant import SourceText\ndef read(path):\n    return SourceText(path.read_text().upper(), 'shout')\n"
    )
    monkeypatch.syspath_prepend(package)
    registered.cache_clear()
    try:
        corpus = tmp_path / "corpus"
        corpus.mkdir()
        (corpus / "a.shout").write_text("甲市科技局2013年工作总结\n研发 r&d 投入5亿元。\n", encoding="utf-8")
        built = Assistant.build(corpus, tmp_path / "index", encoder=HashingEncoder())
        assert "R&D" in built.read("a.shout#1")
        assert built.store.source_text("a.shout").encoding == "shout"
    finally:
        monkeypatch.undo()
        registered.cache_clear()


def test_another_store_gives_the_same_answers(seeds: Assistant, encoder: BundledEncoder) -> None:
    """400 questions through lists in memory and through the folder, which share no code below the protocols."""
    sources = {
        path.name: SourceText(path.read_text(encoding="utf-8"), "utf-8") for path in sorted(CORPUS.glob("*.txt"))
    }
    documents = [work for name, source in sources.items() for work in parse_documents(source, name)]
    cached = {}
    store = seeds.store
    vectors = seeds.index.dense.vectors(np.arange(len(seeds.index))) if isinstance(seeds.index, HybridIndex) else ()
    from assistant.retrieval.context import embedded_text

    for passage, vector in zip(store.passages(), vectors, strict=True):
        cached[embedded_text(passage)] = vector

    class Cached:
        """The bundled encoder, without working out again what the folder holds."""

        fingerprint, dimension = encoder.fingerprint, encoder.dimension

        def encode_queries(self, texts: list[str]) -> FloatArray:
            return encoder.encode_queries(texts)

        def encode_passages(self, texts: list[str]) -> FloatArray:
            known = all(text in cached for text in texts)
            return np.array([cached[text] for text in texts]) if texts and known else encoder.encode_passages(texts)

    index = MemoryIndex(prepare(documents, sources), Cached())
    other = Assistant(index, index, Cached())
    for name in ("questions", "own_questions"):
        for line in (BENCHMARKS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            question = json.loads(line)["question"]
            assert _told(other.ask(question)) == _told(seeds.ask(question)), question


def _told(answer: Answer) -> tuple[object, ...]:
    refusal = answer.refusal and (answer.refusal.reason, answer.refusal.missing)
    return answer.kind, answer.text, [one.quote for one in answer.citations], refusal


class LastFirst:
    """A reader that prefers what stands last."""

    def read(self, question: Question, sentences: list[Sentence]) -> list[Sentence]:
        assert question.text
        return sorted((replace(one, score=one.start) for one in sentences), key=lambda one: -one.score)


def test_parts_that_a_caller_brings_are_used(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "甲市科技局2013年工作总结\n一、成绩\n科普工作开展得好。科普工作走进学校。科普工作进了社区。\n", encoding="utf-8"
    )
    encoder = HashingEncoder()
    seen: list[str] = []

    def forbids(answer: Answer, store: DocumentStore) -> list[str]:
        seen.append(answer.text)
        return ["it names 社区"] if "社区" in answer.text and store.facts else []

    plain = Assistant.build(tmp_path, tmp_path / "index", encoder=encoder)
    assert plain.ask("科普工作开展得怎么好").answered
    other = Assistant.load(tmp_path / "index", encoder=encoder, reader=LastFirst())  # type: ignore[arg-type]
    assert other.ask("科普工作是什么").text.startswith("科普工作进了社区。")
    checked = Assistant.load(tmp_path / "index", encoder=encoder, reader=LastFirst(), checks=[forbids])  # type: ignore[arg-type]
    answer = checked.ask("科普工作是什么")
    assert answer.refusal is not None
    assert answer.refusal.reason == "unverified"
    assert seen[-1].startswith("科普工作进了社区。")
