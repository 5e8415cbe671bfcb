"""Send a generation to Milvus, and its texts and rows to PostgreSQL: all of it, or what changed since the one there.

Readers see the generation before until the alias names the new one. What broke off is removed by the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import islice, pairwise
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import EngineUnavailable, IndexDirectoryError
from assistant.retrieval import postgres
from assistant.retrieval.arrays import Array
from assistant.retrieval.beside import HELD, Beside, files_of, of_postgres, published_name
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.milvus import (
    ALIAS,
    DOCUMENT,
    MEANING,
    NUMBER,
    PREFIX,
    WORDS,
    connected,
    of_generation,
    published,
    told,
)
from assistant.retrieval.numbering import NO_TERM, Numbering, Numbers, first_passages
from assistant.retrieval.postings import blocks
from assistant.retrieval.sparse import K1, B
from assistant.retrieval.vector_cache import Progress

if TYPE_CHECKING:
    from pymilvus import MilvusClient

BLOCK = 500
"""Passages that are sent at once."""
COUNTED = 20_000
"""Passages whose terms are in memory at once."""
DRIFT = 0.01
"""Change of the mean length from which on everything is sent anew."""
Row = dict[str, Any]


def publish(index: HybridIndex, engine: str, store: str = "", progress: Progress | None = None) -> str:
    """Send a generation to the engine, and its texts to the ``store``, if there is one; its name there.

    With a store only documents that are new or changed are sent to the engine. Raises EngineUnavailable; what was
    published before then still is.
    """
    with closing(connected(engine)) as client:
        name, before = published_name(index.folder), published(client)
        known = _known(store, before, index.fingerprint) if store and before else None
        if name == before and (known or not store):
            return name
        numbering = _follow(client, index, known, progress) if known and _fits(client, index, known) else None
        numbering = numbering or _begin(client, index, f"{HELD}{name}{'_' + token_hex(4) if store else ''}", progress)
        if store:
            postgres.send(index.folder, files_of(index.folder, numbering), store, name, progress)
        _switch(client, name, before, {numbering.collection, known.numbering.collection if known else HELD + before})
        if known:
            known.store.close()
        if store:
            postgres.forget(store, {name, before})
        return name


def _known(store: str, before: str, fingerprint: str) -> Beside | None:
    """The generation before, as the store has it."""
    try:
        return of_postgres(store, before, fingerprint)
    except IndexDirectoryError:
        return None


def _fits(client: MilvusClient, index: HybridIndex, known: Beside) -> bool:
    """Whether the index can follow a generation in its collection."""
    drift = abs(index.sparse.mean_length / known.numbering.mean - 1)
    with told():
        held = client.has_collection(known.numbering.collection)
    return held and drift <= DRIFT and known.passage_characters == index.passage_characters


def _begin(client: MilvusClient, index: HybridIndex, collection: str, progress: Progress | None) -> Numbering:
    """Send everything to a new collection."""
    terms = len(index.sparse.keys)
    numbering = Numbering.anew(collection, index.document_lengths, terms, index.sparse.mean_length)
    with told():
        if client.has_collection(collection):  # of an upload that was broken off
            client.drop_collection(collection)
        _create(client, collection, index.dense.dimension)
        if not _sent(client, index, numbering, 0, progress):
            raise EngineUnavailable("Milvus does not hold all that was sent; run again: bureau publish")
    return numbering


def _follow(client: MilvusClient, index: HybridIndex, known: Beside, progress: Progress | None) -> Numbering | None:
    """Send what changed since; None where no document is left of those before, or not all of them are held."""
    kept = _kept(index, known)
    numbering = known.numbering.followed_by(kept, index.document_lengths, known.keys, index.sparse.keys)
    if not kept:
        return None
    with told():
        left = f"{DOCUMENT} >= {known.numbering.end}"  # of an upload that was broken off
        if len(known.numbering.gone):  # nobody reads the generation before the one before any more
            left += f" or {DOCUMENT} in {known.numbering.gone.tolist()}"
        client.delete(numbering.collection, filter=left)
        return numbering if _sent(client, index, numbering, known.numbering.end, progress) else None


def _kept(index: HybridIndex, known: Beside) -> dict[int, int]:
    """The documents whose source did not change: their ranks in the index, and those before."""
    sources, before = index.store.texts.source_hashes(), known.store.texts.source_hashes()
    ranks = {document: rank for rank, document in enumerate(known.store.facts)}
    lengths, lengths_before = index.document_lengths, known.lengths
    return {
        rank: ranks[document]
        for rank, (document, about) in enumerate(index.store.facts.items())
        if document in ranks
        and before.get(about.source) == sources[about.source]
        and lengths[rank] == lengths_before[ranks[document]]
    }


def _sent(
    client: MilvusClient, index: HybridIndex, numbering: Numbering, begin: int, progress: Progress | None
) -> bool:
    """Send the documents that are numbered from ``begin`` on; whether the whole generation is held then."""
    passages = np.flatnonzero(numbering.documents[index.document_numbers] >= begin)
    rows, sent = passage_rows(index, numbering, passages), 0
    while block := list(islice(rows, BLOCK)):
        client.insert(numbering.collection, block)
        sent += len(block)
        if progress:
            progress(sent, len(passages))
    client.flush(numbering.collection)
    client.load_collection(numbering.collection)
    wanted = {"filter": of_generation(numbering), "output_fields": ["count(*)"], "consistency_level": "Strong"}
    (held,) = client.query(numbering.collection, **wanted)
    return int(held["count(*)"]) == len(index)


def _switch(client: MilvusClient, name: str, before: str, held: set[str]) -> None:
    """Let the alias name the generation; remove all but it and the one before, whose passages are ``held``."""
    marks = {PREFIX + name, PREFIX + before}
    with told():
        if not client.has_collection(PREFIX + name):
            _create(client, PREFIX + name, 2)  # Milvus knows no vectors of one number
        (client.alter_alias if before else client.create_alias)(collection_name=PREFIX + name, alias=ALIAS)
        for other in client.list_collections():
            if other.startswith((PREFIX, HELD)) and other not in marks | held:
                client.drop_collection(other)


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


def passage_rows(index: HybridIndex, numbering: Numbering, passages: Numbers) -> Iterator[Row]:
    """What is sent of the passages, in that order."""
    ranks = index.document_numbers[passages]
    documents = numbering.documents[ranks]
    numbers = documents + passages - first_passages(index.document_lengths)[ranks]
    stretch = index.sparse.mean_length / numbering.mean
    fixed = K1 * (1 - B)
    norms = fixed + (index.sparse.norms[passages] - fixed) * stretch
    for begin in range(0, len(passages), COUNTED):
        part = slice(begin, begin + COUNTED)
        terms = _terms(index, numbering, passages[part], norms[part])
        vectors = index.dense.vectors(passages[part])
        names = zip(numbers[part].tolist(), documents[part].tolist(), strict=True)
        for (number, document), weights, vector in zip(names, terms, vectors, strict=True):
            yield {NUMBER: number, DOCUMENT: document, WORDS: weights, MEANING: vector}


def _terms(index: HybridIndex, numbering: Numbering, passages: Numbers, norms: Array) -> Iterator[dict[int, float]]:
    """The document's side of BM25 by dimension, of each passage; of one without a term what nothing asks for."""
    places = np.full(len(index), -1, np.int32)
    places[passages] = np.arange(len(passages))
    found: list[tuple[Array, Array, Array]] = []
    for part in index.sparse.postings():
        rows = np.searchsorted(index.sparse.keys, part.keys)
        for first, last in blocks(np.diff(part.starts)):
            ranks, holders, frequencies = part.between(first, last)
            own = places[holders]
            kept = own >= 0
            found.append((own[kept], numbering.terms[rows[ranks[kept]]], frequencies[kept]))
    own, dimensions, frequencies = (np.concatenate(one) for one in zip(*found, strict=True))
    order = np.argsort(own, kind="stable")
    own, dimensions, times = own[order], dimensions[order], frequencies[order].astype(np.float64)
    weights = times / (times + norms[own])
    ends = np.searchsorted(own, np.arange(len(passages)), side="right")
    for begin, end in pairwise([0, *ends.tolist()]):
        values = dict(zip(dimensions[begin:end].tolist(), weights[begin:end].tolist(), strict=True))
        yield values or {NO_TERM: 1.0}
