"""Passages, questions and what answers them, for run_benchmarks.py: sets with judgements, and passages at scale."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant import Document, read_documents, split_passages
from assistant.datamodels import Alignment, Passage, Section, Segment
from assistant.documents.structure.passages import PASSAGE_CHARACTERS
from assistant.evaluation.judgements import Judgement, Span, read_judgements

CLAUSE = re.compile(r"[^,，。;；!！?？\n]+[,，。;；!！?？\n]+")
SCALE_CHARACTERS = 220
NOISE = 0.012


@dataclass(frozen=True)
class QuestionSet:
    """Documents that our index cuts into the passages of the peers, and questions with the spans that answer them."""

    name: str
    documents: list[Document]
    judgements: list[Judgement]
    passage_characters: int = PASSAGE_CHARACTERS

    def passages(self) -> list[Passage]:
        """The passages in the order of our index."""
        documents = sorted(self.documents, key=lambda document: document.source)
        return [passage for document in documents for passage in split_passages(document, self.passage_characters)]


def corpus_set(name: str, corpus: Path, questions: Path) -> QuestionSet:
    """Documents of a folder with questions in the format of `bureau evaluate`."""
    judgements = [one for one in read_judgements(questions) if one.answerable]
    return QuestionSet(name, list(read_documents(corpus)), judgements)


def city_reports(folder: Path) -> QuestionSet:
    """The reports of many cities: each question names one of them, its evidence stands in that report."""
    documents = list(read_documents(folder / "documents"))
    judgements = []
    for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text = (folder / "documents" / record["source"]).read_text(encoding="utf-8-sig")
        start = text.index(record["evidence"])
        span = Span(record["source"], start, start + len(record["evidence"]))
        judgements.append(Judgement(record["id"], record["question"], "", "all", (span,)))
    return QuestionSet("city_reports", documents, judgements)


def cmrc_dev(folder: Path) -> QuestionSet:
    """Paragraphs of an encyclopedia, each a document of one passage, and questions on one of them."""
    records = [json.loads(line) for line in (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
    documents = [_document(one["id"], one["title"], [one["text"]]) for one in records]
    lengths = {one["id"]: len(one["text"]) for one in records}
    relevant = dict(line.split("\t")[:2] for line in (folder / "qrels.tsv").read_text().splitlines()[1:])
    judgements = []
    for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        source = relevant[record["id"]]
        judgements.append(Judgement(record["id"], record["text"], "", "all", (Span(source, 0, lengths[source]),)))
    return QuestionSet("cmrc_dev", documents, judgements, passage_characters=max(lengths.values()))


def scaled(sets: list[QuestionSet], count: int, in_document: int = 25) -> list[Document]:
    """``count`` passages of about 220 characters: the clauses of the sets in new orders, 25 to a document.

    Runs of neighbouring clauses stay together, so that terms are as frequent and as far apart as in the texts.
    """
    clauses = [one for part in sets for document in part.documents for one in CLAUSE.findall(document.text)]
    passages = _varied(clauses, count)
    documents = []
    for number in range(-(-count // in_document)):
        texts = [next(passages) for _ in range(min(in_document, count - number * in_document))]
        documents.append(_document(f"{number:06d}", f"第{number}号文件", texts))
    return documents


def _varied(clauses: list[str], count: int) -> Iterator[str]:
    draw = random.Random(1)
    for _ in range(count):
        place, text = draw.randrange(len(clauses)), ""
        while len(text) < SCALE_CHARACTERS:
            if draw.random() < 0.3:
                place = draw.randrange(len(clauses))
            text += clauses[place % len(clauses)].strip()
            place += 1
        yield text


def _document(name: str, title: str, texts: list[str]) -> Document:
    """A document whose parts are the texts, each of which becomes a passage."""
    text = "\n".join(texts)
    starts = np.cumsum([0, *(len(one) + 1 for one in texts)]).tolist()
    ends = [*starts[1:-1], len(text)]
    parts = [Section("", 1, start, end, 0) for start, end in zip(starts, ends, strict=False)]
    return Document(
        source=name,
        title=title,
        kind="other",
        years=(),
        place="",
        bureau="",
        document_id=name,
        text=text,
        alignment=Alignment((Segment(0, len(text), 0, len(text)),)),
        sections=(Section("", 0, 0, len(text), None), *parts),
    )


def varied_vectors(real: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.float32]:
    """``real`` unit vectors, then mixtures of two of them with noise, up to ``count``."""
    random_numbers = np.random.default_rng(0)
    parts = [real[:count]]
    while sum(map(len, parts)) < count:
        one, other = random_numbers.integers(0, len(real), (2, len(real)))
        share = random_numbers.uniform(0.6, 0.9, (len(real), 1))
        mixed = share * real[one] + (1 - share) * real[other] + random_numbers.normal(0, NOISE, real.shape)
        parts.append(np.asarray(mixed / np.linalg.norm(mixed, axis=1, keepdims=True), np.float32))
    return np.concatenate(parts)[:count]
