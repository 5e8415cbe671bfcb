"""Both legs in Milvus: a collection for each generation, which an alias names once it is whole (milvus.io).

Words are sparse vectors that we make: of a passage f / (f + k1 (1 - b + b |d| / mean |d|)) by term, of a question idf
times k1 + 1. Their inner product is BM25Okapi, as ``sparse`` works it out, in single precision. Texts, rows and the
statistics of terms stay in the folder of the generation. Searches are exact: no index but the inverted lists and FLAT.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from assistant.datamodels import Scope
from assistant.errors import EngineUnavailable, IndexNotFound
from assistant.interfaces import FloatArray, Found
from assistant.retrieval.beside import Beside, published_name
from assistant.retrieval.index import HybridIndex, held_by_documents
from assistant.retrieval.postings import term_key
from assistant.retrieval.sparse import K1
from assistant.retrieval.store import PassageStore
from assistant.retrieval.vector_cache import Progress

if TYPE_CHECKING:
    from pymilvus import MilvusClient

ALIAS = "bureau"
PREFIX = "bureau_"
NUMBER, DOCUMENT, WORDS, MEANING = "number", "document", "words", "meaning"
BLOCK = 500
"""Passages that are sent at once."""
LOOK_SECONDS = 1.0
"""How long a reader takes the alias to be what it was: a question looks many times."""
MOST = 16_384
"""Hits that Milvus gives at most (milvus.io, limits)."""

Opener = Callable[[str], Beside]
"""Opens what a published name stands for, beside Milvus."""


class MilvusIndex:
    """The published generation: a collection, and what lies beside it.

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
                weights[row] = float(self._beside.idf[row]) * times * (K1 + 1)
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
        return [number for number, _ in self._search(WORDS, {row: 1.0}, int(self._beside.holders[row]), Scope())]

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

    def _search(self, field: str, query: Any, count: int, scope: Scope) -> Found:  # noqa: ANN401 - a vector
        wanted = self._filter(scope)
        if wanted is None:
            return []
        with told():
            (hits,) = self._client.search(
                f"{PREFIX}{self.generation}",
                [query],
                filter=wanted,
                limit=min(count, len(self), MOST),
                anns_field=field,
                output_fields=[NUMBER],  # servers before 2.4 do not name the key of a hit
                search_params={"metric_type": "IP"},
            )
        found = [(int(hit[NUMBER]), float(hit["distance"])) for hit in hits]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def _filter(self, scope: Scope) -> str | None:
        """The documents in scope as an expression; '' for all, None for none."""
        if scope == Scope():
            return ""
        passing = [number for number, one in enumerate(self.store.facts.items()) if scope.passes(*one)]
        return f"{DOCUMENT} in {passing}" if passing else None


def publish(index: HybridIndex, uri: str, progress: Progress | None = None) -> tuple[str, str]:
    """Send the legs of a generation to Milvus, then let the alias name it; its name, and that of the one before.

    Of those before the last one stays. Raises EngineUnavailable; the alias then names what it named.
    """
    client = connected(uri)
    name, before = published_name(index.folder), published(client)
    collection = f"{PREFIX}{name}"
    with told():
        if before == name:
            return name, before
        if client.has_collection(collection):  # of an upload that was broken off
            client.drop_collection(collection)
        _create(client, collection, index.dense.dimension)
        for begin, rows in _rows(index):
            client.insert(collection, rows)
            if progress:
                progress(begin + len(rows), len(index))
        client.flush(collection)
        client.load_collection(collection)
        (client.alter_alias if before else client.create_alias)(collection_name=collection, alias=ALIAS)
        for other in client.list_collections():
            if other.startswith(PREFIX) and other not in (collection, f"{PREFIX}{before}"):
                client.drop_collection(other)
    client.close()
    return name, before


def _create(client: MilvusClient, collection: str, dimension: int) -> None:
    from pymilvus import DataType

    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field(NUMBER, DataType.INT64, is_primary=True)
    schema.add_field(DOCUMENT, DataType.INT64)
    schema.add_field(WORDS, DataType.SPARSE_FLOAT_VECTOR)
    schema.add_field(MEANING, DataType.FLOAT_VECTOR, dim=dimension)
    indexes = client.prepare_index_params()
    indexes.add_index(WORDS, index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
    indexes.add_index(MEANING, index_type="FLAT", metric_type="IP")
    client.create_collection(collection, schema=schema, index_params=indexes)


def _rows(index: HybridIndex) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """Passages in blocks, each with its document, its weights by term and its vector."""
    from scipy import sparse

    ranks, passages, times = [], [], []
    for part in index.sparse.postings():
        rows, numbers, frequencies = part.between(0, len(part.keys))
        ranks.append(np.searchsorted(index.sparse.keys, part.keys)[rows].astype(np.int32))
        passages.append(numbers)
        times.append(frequencies)
    shape = (len(index), len(index.sparse.keys))
    whole = (np.concatenate(times), (np.concatenate(passages), np.concatenate(ranks)))
    counts = sparse.csr_array(sparse.coo_array(whole, shape=shape))
    for begin in range(0, len(index), BLOCK):
        numbers = np.arange(begin, min(begin + BLOCK, len(index)))
        vectors = index.dense.vectors(numbers)
        yield (
            begin,
            [
                {
                    NUMBER: number,
                    DOCUMENT: int(index.document_numbers[number]),
                    WORDS: _weights(counts, number, float(index.sparse.norms[number])),
                    MEANING: vector,
                }
                for number, vector in zip(numbers.tolist(), vectors, strict=True)
            ],
        )


def _weights(counts: Any, number: int, norm: float) -> dict[int, float]:  # noqa: ANN401 - scipy has no types
    """The document's side of BM25 by term; of a passage without a term a weight that no question asks for."""
    span = slice(counts.indptr[number], counts.indptr[number + 1])
    frequencies: npt.NDArray[np.float64] = counts.data[span].astype(np.float64)
    values = dict(zip(counts.indices[span].tolist(), (frequencies / (frequencies + norm)).tolist(), strict=True))
    return values or {counts.shape[1]: 1.0}


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
