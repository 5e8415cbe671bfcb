"""What run_benchmarks.py compares: ours and the peers, fed the same texts and, where they take them, vectors.

Texts hold title and headings above the words, so that what travels with our passages travels with theirs.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant import HybridIndex, HybridRetriever
from assistant.language.tokenization import tokenize
from assistant.retrieval.dense import DenseIndex
from assistant.retrieval.generations import live_name
from assistant.retrieval.index import SPARSE
from assistant.retrieval.sparse import SparseIndex

Floats = npt.NDArray[np.float32]
Tokenizer = Callable[[str], list[str]]
HAN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")


class System(Protocol):
    """Built from texts and vectors, asked with a question and its vector, answers with numbers of texts."""

    def build(self, texts: list[str], vectors: Floats) -> None:
        """Index the texts."""

    def search(self, question: str, vector: Floats, k: int) -> list[Any]:
        """Numbers of the ``k`` best texts, best first."""


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Han characters, whole Latin words and numbers."""
    return [
        token
        for run in HAN.findall(text.lower())
        for token in ([run] if run[0] < "\u3400" or len(run) == 1 else map("".join, pairwise(run)))
    ]


def jieba_words(text: str) -> list[str]:
    """Words as jieba cuts them."""
    import jieba

    return [word for word in jieba.lcut(text) if word.strip()]


class StoredEncoder:
    """Gives the vectors it was given, so that no search pays for the encoder."""

    fingerprint = "stored"

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.query = np.zeros(dimension, np.float32)
        self._next = iter(np.zeros((0, dimension), np.float32))

    def give(self, vectors: Floats) -> None:
        """The vectors of the passages in their order."""
        self._next = iter(vectors)

    def encode_queries(self, texts: list[str]) -> Floats:
        """``query``, whatever the texts are."""
        return self.query[None, :]

    def encode_passages(self, texts: list[str]) -> Floats:
        """The next vectors given; then vectors of length 1 without a meaning."""
        rest = np.full(self.dimension, self.dimension**-0.5, np.float32)
        return np.array([next(self._next, rest) for _ in texts], np.float32)


class Ours:
    """The product's retriever over the product's index in a folder, built before."""

    def __init__(self, folder: Path) -> None:
        self.index = HybridIndex.load(folder)
        self.encoder = StoredEncoder(self.index.dense.dimension)
        self.retriever = HybridRetriever(self.index, self.index.store, self.encoder)
        self._numbers: dict[str, int] = {}

    def build(self, texts: list[str], vectors: Floats) -> None:
        """Nothing: the index is there."""

    def search(self, question: str, vector: Floats, k: int) -> list[str]:
        """Both legs, fusion and the passages themselves, of which the ids are told."""
        self.encoder.query = vector
        return [hit.passage.passage_id for hit in self.retriever.search(question, k=k)]

    def numbers(self, ids: list[str]) -> list[int]:
        """Numbers of passages by their ids; not timed."""
        if not self._numbers:
            self._numbers = {one.passage_id: number for number, one in enumerate(self.index.store.passages())}
        return [self._numbers[one] for one in ids]


class OursSparse:
    """The sparse leg alone."""

    def __init__(self, folder: Path) -> None:
        self._sparse = SparseIndex.load(folder / "generations" / live_name(folder), SPARSE)

    def build(self, texts: list[str], vectors: Floats) -> None:
        """Nothing: the index is there."""

    def search(self, question: str, vector: Floats, k: int) -> list[Any]:
        """Numbers only."""
        found, _ = self._sparse.search(tokenize(question), k)
        return list(found)


class OursDense:
    """The dense leg alone."""

    def __init__(self, folder: Path) -> None:
        self._dense = DenseIndex.load(folder / "generations" / live_name(folder))

    def build(self, texts: list[str], vectors: Floats) -> None:
        """Nothing: the index is there."""

    def search(self, question: str, vector: Floats, k: int) -> list[Any]:
        """Numbers only."""
        found, _ = self._dense.search(vector, k)
        return list(found)


class RankBM25:
    """rank_bm25.BM25Okapi."""

    def __init__(self, tokens: Tokenizer = tokenize) -> None:
        self._tokens = tokens

    def build(self, texts: list[str], vectors: Floats) -> None:
        """Fit."""
        from rank_bm25 import BM25Okapi

        self._model = BM25Okapi([self._tokens(text) for text in texts])

    def search(self, question: str, vector: Floats, k: int) -> list[int]:
        """Score all passages."""
        scores = self._model.get_scores(self._tokens(question))
        best: list[int] = np.argsort(-scores, kind="stable")[:k].tolist()
        return best


class BM25S:
    """bm25s with its defaults."""

    def __init__(self, tokens: Tokenizer = tokenize) -> None:
        self._tokens = tokens

    def build(self, texts: list[str], vectors: Floats) -> None:
        """Fit."""
        import bm25s

        self._model = bm25s.BM25()
        self._model.index([self._tokens(text) for text in texts], show_progress=False)

    def search(self, question: str, vector: Floats, k: int) -> list[int]:
        """The ``k`` best."""
        tokens = [token for token in self._tokens(question) if token in self._model.vocab_dict]
        if not tokens:
            return []
        found, _ = self._model.retrieve([tokens], k=k, show_progress=False, n_threads=0)
        return [int(one) for one in found[0]]


class Tantivy:
    """tantivy over tokens joined with spaces."""

    def __init__(self, tokens: Tokenizer = tokenize) -> None:
        self._tokens = tokens

    def build(self, texts: list[str], vectors: Floats) -> None:
        """Write an index into a folder."""
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("number", stored=True)
        schema.add_text_field("body", tokenizer_name="whitespace")
        self._folder = tempfile.TemporaryDirectory()
        index = tantivy.Index(schema.build(), path=self._folder.name)
        writer = index.writer(heap_size=500_000_000, num_threads=1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(number=number, body=" ".join(self._tokens(text))))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        self._index, self._searcher = index, index.searcher()

    def search(self, question: str, vector: Floats, k: int) -> list[int]:
        """Any of the tokens."""
        import tantivy

        schema = self._index.schema
        parts = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "body", token, index_option="freq"))
            for token in self._tokens(question)
        ]
        found = self._searcher.search(tantivy.Query.boolean_query(parts), k).hits
        return [int(self._searcher.doc(address)["number"][0]) for _, address in found]


class FaissFlat:
    """faiss.IndexFlatIP alone."""

    def build(self, texts: list[str], vectors: Floats) -> None:
        """Add."""
        import faiss

        faiss.omp_set_num_threads(1)
        self._index = faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)

    def search(self, question: str, vector: Floats, k: int) -> list[int]:
        """Compare all."""
        best: list[int] = self._index.search(vector[None, :], k)[1][0].tolist()
        return best


def system(name: str, folder: Path) -> System:
    """The system of that name; our index lies in ``folder``."""
    from peers import Haystack, LangChain, LlamaIndex, Txtai

    systems: dict[str, Callable[[], Any]] = {
        "ours": lambda: Ours(folder),
        "ours sparse": lambda: OursSparse(folder),
        "ours dense": lambda: OursDense(folder),
        "rank_bm25": RankBM25,
        "bm25s": BM25S,
        "bm25s bigrams": lambda: BM25S(bigrams),
        "tantivy": Tantivy,
        "tantivy bigrams": lambda: Tantivy(bigrams),
        "langchain": LangChain,
        "langchain jieba": lambda: LangChain(jieba_words),
        "llamaindex": LlamaIndex,
        "haystack": Haystack,
        "txtai": Txtai,
        "faiss flat": FaissFlat,
    }
    made: System = systems[name]()
    return made
