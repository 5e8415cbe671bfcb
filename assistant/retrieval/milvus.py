"""Both legs in Milvus (milvus.io): an alias names the generation that is published, a collection holds its passages.

Words are sparse vectors that we make: of a passage f / (f + k1 (1 - b + b |d| / mean |d|)) by term, of a question idf
times k1 + 1. Their inner product is BM25Okapi, as ``sparse`` works it out, in single precision. Texts, rows and the
statistics of terms stay beside. Searches are exact: no index but the inverted lists and FLAT. Several generations may
share a collection (``numbering``); what is in it for another is passed over.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.datamodels import Scope
from assistant.errors import EngineUnavailable, IndexNotFound
from assistant.interfaces import FloatArray, Found
from assistant.retrieval.beside import Beside
from assistant.retrieval.index import held_by_documents
from assistant.retrieval.numbering import Numbering, Numbers, first_passages
from assistant.retrieval.postings import term_key
from assistant.retrieval.sparse import K1
from assistant.retrieval.store import PassageStore

if TYPE_CHECKING:
    from pymilvus import MilvusClient

ALIAS = "bureau"
PREFIX = "bureau_"
"""Before the name of a generation: an empty collection for the alias to name."""
NUMBER, DOCUMENT, WORDS, MEANING = "number", "document", "words", "meaning"
LOOK_SECONDS = 1.0
"""How long a reader takes the alias to be what it was: a question looks many times."""
MOST = 16_384
"""Hits that Milvus gives at most (milvus.io, limits)."""

Opener = Callable[[str], Beside]
"""Opens what a published name stands for, beside Milvus."""


class MilvusIndex:
    """The published generation: what a collection holds of it, and what lies beside.

    Raises EngineUnavailable, IndexNotFound where nothing is published, and what ``beside`` raises.
    """

    def __init__(self, client: MilvusClient, beside: Opener) -> None:
        self._client, self._opener = client, beside
        name = published(self._client)
        if not name:
            raise IndexNotFound("nothing is published in Milvus yet; run: bureau publish")
        self._beside, self._looked = beside(name), time.monotonic()

    @property
    def generation(self) -> str:
        """The name of what is published."""
        return self._beside.name

    @property
    def store(self) -> PassageStore:
        """Texts and rows."""
        return self._beside.store

    def __len__(self) -> int:
        return len(self._beside.document_numbers)

    def search_words(self, tokens: list[str], count: int, scope: Scope) -> Found:
        """(passage, BM25 score) of the best in scope that hold a token, best first."""
        weights: dict[int, float] = {}
        for term, times in Counter(tokens).items():
            row = self._row(term)
            if row is not None and self._beside.idf[row] > 0:
                weights[self._dimension(row)] = float(self._beside.idf[row]) * times * (K1 + 1)
        return self._search(WORDS, weights, count, scope) if weights else []

    def search_vectors(self, vector: FloatArray, count: int, scope: Scope) -> Found:
        """(passage, cosine) of the nearest in scope, best first."""
        return self._search(MEANING, vector.tolist(), count, scope)

    def held_by(self, term: str) -> int:
        """How many passages hold the term in their words or headings."""
        row = self._row(term)
        return 0 if row is None else int(self._beside.holders[row])

    def holders(self, weights: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """For each document that holds a term: the weight of those it holds, and the most that one passage holds.

        Of a term that more than ``MOST`` passages hold, those that hold it most are looked at alone.
        """
        found = ((self._holding(term), weight) for term, weight in weights.items())
        return held_by_documents(found, self._beside.document_numbers, self.store.facts)

    def _holding(self, term: str) -> list[int]:
        """Numbers of the passages that hold a term."""
        row = self._row(term)
        if row is None:
            return []
        wanted = {self._dimension(row): 1.0}
        return [number for number, _ in self._search(WORDS, wanted, int(self._beside.holders[row]), Scope())]

    def latest(self, folder: Path) -> MilvusIndex:
        """Itself while the alias names its generation, else the one that it names; both share the connection."""
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return self
        self._looked = time.monotonic()
        if published(self._client) == self.generation:
            return self
        return MilvusIndex(self._client, self._opener)

    def close(self) -> None:
        """Let go of the files and the connection."""
        self.store.close()
        self._client.close()

    def _row(self, term: str) -> int | None:
        """The rank of a term; None where no passage holds it."""
        key = np.uint64(term_key(term))
        row = int(np.searchsorted(self._beside.keys, key))
        return row if row < len(self._beside.keys) and self._beside.keys[row] == key else None

    def _dimension(self, row: int) -> int:
        """Under which the collection holds a term."""
        return int(self._beside.numbering.terms[row])

    @cached_property
    def _order(self) -> Numbers:
        """The documents in the order of their numbers in the collection."""
        return np.argsort(self._beside.numbering.documents)

    @cached_property
    def _starts(self) -> Numbers:
        """The first passage of each document."""
        return first_passages(self._beside.lengths)

    def _passages(self, held: list[int]) -> list[int]:
        """Our numbers of passages by those in the collection."""
        documents = self._beside.numbering.documents
        found = np.searchsorted(documents, held, side="right", sorter=self._order) - 1
        ranks = self._order[found]
        passages: list[int] = (self._starts[ranks] + np.asarray(held, np.int64) - documents[ranks]).tolist()
        return passages

    def _search(self, field: str, query: Any, count: int, scope: Scope) -> Found:  # noqa: ANN401 - a vector
        wanted = self._filter(scope)
        if wanted is None:
            return []
        with told():
            (hits,) = self._client.search(
                self._beside.numbering.collection,
                [query],
                filter=wanted,
                limit=min(count, len(self), MOST),
                anns_field=field,
                output_fields=[NUMBER],  # servers before 2.4 do not name the key of a hit
                search_params={"metric_type": "IP"},
            )
        passages = self._passages([int(hit[NUMBER]) for hit in hits])
        found = zip(passages, (float(hit["distance"]) for hit in hits), strict=True)
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def _filter(self, scope: Scope) -> str | None:
        """The documents in scope as an expression; None for none."""
        numbering = self._beside.numbering
        if scope == Scope():
            return of_generation(numbering)
        facts = self.store.facts.items()
        passing = [int(number) for number, one in zip(numbering.documents, facts, strict=True) if scope.passes(*one)]
        return f"{DOCUMENT} in {passing}" if passing else None


def of_generation(numbering: Numbering) -> str:
    """What a collection holds of a generation, as an expression."""
    gone = f" and {DOCUMENT} not in {numbering.gone.tolist()}" if len(numbering.gone) else ""
    return f"{DOCUMENT} < {numbering.end}{gone}"


def connected(uri: str) -> MilvusClient:
    """A client of an address, or of a file that Milvus Lite keeps. Raises EngineUnavailable."""
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise EngineUnavailable('Milvus needs its client; run: pip install "bureau-assistant[milvus]"') from error
    with told():
        return MilvusClient(uri)


def published(client: MilvusClient) -> str:
    """The generation that the alias names; '' for none."""
    with told():
        for name in client.list_collections():
            if name.startswith(PREFIX) and ALIAS in client.list_aliases(name)["aliases"]:
                return str(name.removeprefix(PREFIX))
    return ""


@contextmanager
def told() -> Iterator[None]:
    """Whatever Milvus or the way to it raises, as EngineUnavailable."""
    from grpc import RpcError
    from pymilvus.exceptions import MilvusException

    try:
        yield
    except (MilvusException, RpcError, OSError, ValueError) as error:
        words = " ".join(str(getattr(error, "message", "") or error).split())
        raise EngineUnavailable(f"Milvus did not do it ({words}); check BUREAU_ENGINE and whether it runs") from error
