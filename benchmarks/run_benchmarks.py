"""Our retriever and its peers on the same passages and vectors: quality, CPU time, memory, disk, and curves by size.

pip install -e .. -r requirements.txt
python run_benchmarks.py --cmrc FOLDER --reports FOLDER                    quality, and cost at 10,000 and 100,000
python run_benchmarks.py --cmrc FOLDER --reports FOLDER --sizes 500000     the larger sizes, of the systems that fit

Every system runs in a process of its own, with one thread. Writes the tables of results/ and cost.png. Texts, vectors,
indexes and what was measured are kept in --work for the next run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from benchmark_report import plot, write_tables
from question_sets import QuestionSet, city_reports, cmrc_dev, corpus_set, scaled, varied_vectors
from systems import StoredEncoder

from assistant import Document, FolderWriter, Passage, load_encoder
from assistant.datamodels import SourceText
from assistant.documents.structure.passages import PASSAGE_CHARACTERS
from assistant.facts.records import prepare as prepared
from assistant.retrieval.context import embedded_text, sparse_tokens
from assistant.retrieval.dense import DenseIndex
from assistant.retrieval.generations import CURRENT
from assistant.retrieval.index import SPARSE
from assistant.retrieval.postings import Postings
from assistant.retrieval.sparse import SparseIndex
from assistant.retrieval.vector_cache import VectorCache

HERE = Path(__file__).parent
QUALITY = (
    *("ours", "ours sparse", "ours dense", "rank_bm25", "bm25s", "tantivy"),
    *("langchain", "langchain jieba", "llamaindex", "haystack", "txtai"),
)
COST = {
    10_000: ("ours", "ours sparse", "ours dense", "bm25s", "tantivy", "rank_bm25", "faiss flat", "langchain jieba"),
    100_000: ("ours", "ours sparse", "ours dense", "bm25s", "tantivy", "rank_bm25", "faiss flat", "langchain jieba"),
}
LEGS = ("ours sparse", "ours dense", "bm25s bigrams", "tantivy bigrams", "faiss flat")
WHOLE = 200_000
"""Passages of a size up to which the whole index is built; above, our two legs alone."""
REAL_VECTORS = 8_000


def main() -> None:
    """Prepare, run each system in its process, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cmrc", type=Path, help="folder with corpus.jsonl, queries.jsonl and qrels.tsv")
    parser.add_argument("--reports", type=Path, help="folder with documents and questions.jsonl")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--systems", nargs="*", help="only these")
    parser.add_argument("--no-quality", action="store_true", help="costs only")
    parser.add_argument("--work", type=Path, default=Path.home() / ".cache" / "bureau-benchmarks")
    options = parser.parse_args()
    sets = [
        corpus_set("questions", HERE.parent / "corpus", HERE / "questions.jsonl"),
        corpus_set("own_questions", HERE.parent / "corpus", HERE / "own_questions.jsonl"),
        *([city_reports(options.reports)] if options.reports else []),
        *([cmrc_dev(options.cmrc)] if options.cmrc else []),
    ]
    for part in sets:
        folder = prepare(options.work / part.name, part.documents, part.passage_characters)
        judge(folder, part)
    if not options.no_quality:
        measured("retrieval", {part.name: options.systems or QUALITY for part in sets}, options.work)
    questions = [one.question for part in sets for one in part.judgements]
    for size in options.sizes:
        folder = options.work / str(size)
        if not (folder / "index").exists():
            build = prepare if size <= WHOLE else prepare_legs
            build(folder, scaled(sets, size), PASSAGE_CHARACTERS, REAL_VECTORS)
        if not (folder / "questions.json").exists():
            write_questions(folder, questions[:: max(1, len(questions) // 100)])
    measured("scale", {str(size): options.systems or COST.get(size, LEGS) for size in options.sizes}, options.work)
    write_tables(options.work, HERE / "results")
    plot(options.work / "scale.json", HERE / "cost.png")


def prepare(folder: Path, documents: list[Document], characters: int, real: int | None = None) -> Path:
    """Write texts and vectors of the passages, and our index; of ``real`` passages at most the vectors are computed."""
    if (folder / "index").exists():
        return folder
    vectors = write_inputs(folder, QuestionSet("", documents, [], characters).passages(), real)
    encoder = StoredEncoder(vectors.shape[1])
    encoder.give(vectors)
    documents = sorted(documents, key=lambda document: document.source)
    sources = {document.source: SourceText(document.text, "utf-8") for document in documents}
    batch = prepared(documents, sources, passage_characters=characters)
    FolderWriter(folder / "index.partial", passage_characters=characters).publish(batch, encoder)
    (folder / "index.partial").rename(folder / "index")
    return folder


def prepare_legs(folder: Path, documents: list[Document], characters: int, real: int) -> None:
    """As ``prepare``, but of our index only what the legs read."""
    generation = folder / "index.partial" / "generations" / "000001"
    generation.mkdir(parents=True)
    passages = QuestionSet("", documents, [], characters).passages()
    by_id = {document.document_id: document for document in documents}
    vectors = write_inputs(folder, passages, real)
    DenseIndex.fit(vectors).save(generation)
    tokens = (sparse_tokens(passage, by_id[passage.document_id]) for passage in passages)
    SparseIndex.fit([(Postings.of(tokens), np.arange(len(passages)))], len(passages)).save(generation, SPARSE)
    (folder / "index.partial" / CURRENT).write_text("000001\n")
    (folder / "index.partial").rename(folder / "index")


def write_inputs(folder: Path, passages: list[Passage], real: int | None) -> npt.NDArray[np.float32]:
    """Write what the peers are fed, texts and vectors, and return the vectors."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = [embedded_text(passage) for passage in passages]
    (folder / "texts.json").write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    with closing(VectorCache(folder.parent / "vectors.sqlite")) as cache:
        vectors = cache.encode(load_encoder(), texts[:real], lambda done, total: print(f"{done}/{total}", end="\r"))
    vectors = varied_vectors(vectors, len(texts))
    np.save(folder / "vectors.npy", vectors)
    return vectors


def judge(folder: Path, part: QuestionSet) -> None:
    """Write the questions, their vectors, and for each the evidence spans that each passage overlaps."""
    passages = part.passages()
    relevant = []
    for judgement in part.judgements:
        overlapped: dict[int, list[int]] = {}
        for number, passage in enumerate(passages):
            stretch = (passage.source, passage.original_start, passage.original_end)
            spans = [rank for rank, span in enumerate(judgement.spans) if span.overlap(*stretch)]
            if spans:
                overlapped[number] = spans
        relevant.append({"spans": len(judgement.spans), "passages": overlapped})
    (folder / "relevant.json").write_text(json.dumps(relevant))
    write_questions(folder, [judgement.question for judgement in part.judgements])


def write_questions(folder: Path, questions: list[str]) -> None:
    """Write questions with their vectors."""
    if not (folder / "questions.json").exists():
        np.save(folder / "question_vectors.npy", load_encoder().encode_queries(questions))
        (folder / "questions.json").write_text(json.dumps(questions, ensure_ascii=False), encoding="utf-8")


def measured(name: str, runs: dict[str, Any], work: Path) -> None:
    """Run the systems and merge what they tell, of each question too, into ``name``.json of the folder."""
    path = work / f"{name}.json"
    results: dict[str, dict[str, Any]] = json.loads(path.read_text()) if path.exists() else {}
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    for part, systems in runs.items():
        for system in systems:
            command = [sys.executable, str(HERE / "measure_system.py"), system, str(work / part)]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{part} {system} failed: {done.stderr.strip().splitlines()[-1:]}")
                continue
            results.setdefault(part, {})[system] = json.loads(done.stdout.splitlines()[-1])
            told = {key: value for key, value in results[part][system].items() if not isinstance(value, list)}
            print(part, system, json.dumps(told), flush=True)
            path.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
