"""What a caller may bring: encoder, reranker, reader, retriever, stores, a language model, checks.

Each is a Protocol that our own part follows too; ``assistant.testing`` holds contracts that a store, a reader, an
encoder or a format from elsewhere can run. A passage has an id, and a number: its place in the order of the store, from
0, which searches return because it is small.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assistant.datamodels import (
    Answer,
    Document,
    DocumentFacts,
    Goal,
    Hit,
    Measure,
    Passage,
    Question,
    RowQuery,
    Scope,
    Sentence,
    SourceText,
)

EVERYTHING = Scope()
FloatArray = npt.NDArray[np.float32]
Found = list[tuple[int, float]]
"""(number of a passage, score), best first; ties by number."""
Messages = list[dict[str, str]]
FormatReader = Callable[[Path], SourceText]
"""Reads one file of a format, registered under its suffix as an entry point ``bureau.readers``.

Raises UnreadableDocument, with a message that says what to do."""


class Encoder(Protocol):
    """Text to vectors: float32 rows of length 1."""

    @property
    def fingerprint(self) -> str:
        """Names the weights: two encoders with one fingerprint give interchangeable vectors."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    def encode_queries(self, texts: list[str]) -> FloatArray:
        """(texts, dimension) vectors of questions."""

    def encode_passages(self, texts: list[str]) -> FloatArray:
        """(texts, dimension) vectors of passages."""


class Reranker(Protocol):
    """Scores passages against a question; a higher score is better."""

    def scores(self, question: str, texts: list[str]) -> FloatArray:
        """(texts,) scores."""


class Reader(Protocol):
    """Scores sentences of the passages found by how well each answers; a higher score is better."""

    def read(self, question: Question, sentences: Sequence[Sentence]) -> list[Sentence]:
        """The sentences with their scores, best first."""


class Retriever(Protocol):
    """Finds passages."""

    def search(self, question: str, *, k: int = 10, scope: Scope = EVERYTHING) -> list[Hit]:
        """The ``k`` best passages in scope, best first; fewer where there are not so many."""


class PassageIndex(Protocol):
    """The two legs of a search, and how often passages hold a term."""

    def __len__(self) -> int:
        """How many passages there are."""

    def search_words(self, tokens: list[str], count: int, scope: Scope) -> Found:
        """The best by BM25Okapi of those that hold a token."""

    def search_vectors(self, vector: FloatArray, count: int, scope: Scope) -> Found:
        """The nearest by cosine."""

    def held_by(self, term: str) -> int:
        """How many passages hold the term in their words or headings."""

    def holders(self, weights: Mapping[str, float]) -> Mapping[str, tuple[float, float]]:
        """For each document that holds a term: the weight of those it holds, and the most that one passage holds."""


class RowStore(Protocol):
    """Goals and measures, read by index."""

    def named(self, tokens: Collection[str], least: float) -> dict[str, float]:
        """What rows count, where the tokens make up ``least`` of its terms by weight; with that share, most first."""

    def goals(self, query: RowQuery) -> Iterator[Goal]:
        """Rows in the order of the query's names, then of the documents and their texts."""

    def measures(self, query: RowQuery) -> Iterator[Measure]:
        """Measures in the order of the documents and their texts."""

    def periods(self) -> list[str]:
        """Every period that a row tells."""

    def indicator_vectors(self) -> Mapping[str, FloatArray]:
        """A unit vector for each canonical indicator."""


class DocumentStore(Protocol):
    """Documents with their files, passages and rows."""

    @property
    def facts(self) -> Mapping[str, DocumentFacts]:
        """What each document is about, by its id, in the order of the store."""

    @property
    def rows(self) -> RowStore:
        """Goals and measures."""

    def document(self, document_id: str) -> Document:
        """The document; raises KeyError where there is none."""

    def numbered(self, numbers: list[int]) -> list[Passage]:
        """The passages of those numbers, in that order; raises KeyError where one is missing."""

    def passage_by_id(self, passage_id: str) -> Passage:
        """The passage; raises KeyError where there is none."""

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document in the order of its text."""

    def passages(self) -> list[Passage]:
        """All passages in the order of their numbers."""

    def source_text(self, source: str) -> SourceText:
        """What was read from a file; raises KeyError where there is none."""


@dataclass(frozen=True)
class Batch:
    """What a build hands to a writer: documents that are new or changed with all that was made of them."""

    documents: Sequence[Document]
    sources: Mapping[str, SourceText]
    passages: Sequence[Passage]
    goals: Sequence[Goal]
    measures: Sequence[Measure]
    kept: Collection[str] = field(default=())
    """Sources of which the writer keeps what it has; all others go."""


class IndexWriter(Protocol):
    """Publishes a new state of an index whole: readers see the one before, or this one."""

    def known(self) -> Mapping[str, str]:
        """The sha256 of each source that is published, by its name."""

    def publish(self, batch: Batch, encoder: Encoder) -> None:
        """Make the batch, and what is kept, the state that readers see. Raises IndexDirectoryError."""


class Writer(Protocol):
    """A language model."""

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        """The pieces of a reply as they come; raises GenerationError where it cannot be had whole."""


class Check(Protocol):
    """One more test that an answer must pass before anyone sees it; the quote guarantee is always one."""

    def __call__(self, answer: Answer, store: DocumentStore) -> list[str]:
        """What is wrong, in words; [] where nothing is."""
