"""What a new generation is put together from: the live one, and parts that were built since, each whole in memory once.

A part is a folder with the same SQLite files as a generation, its postings and its vectors, numbered from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.facts.store_writing import GOALS, write_rows
from assistant.interfaces import Batch, FloatArray
from assistant.retrieval.context import sparse_tokens
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.placement import Entry, Placement
from assistant.retrieval.postings import Postings
from assistant.retrieval.store_writing import new_database, write_store

VECTORS = "vectors.npy"


@dataclass(frozen=True)
class IndexPart:
    """A part that is ready to be taken over."""

    folder: Path
    """With passages.sqlite and goals.sqlite."""
    sources: tuple[str, ...]
    """The files that are taken from it, also those that hold no document."""
    entries: tuple[Entry, ...]
    """Their documents."""
    passages: int
    """How many it holds, also of others."""
    postings: tuple[Postings, ...]
    vectors: Callable[[npt.NDArray[np.int64]], FloatArray]
    """The vectors of passages by their numbers."""


def live_part(index: HybridIndex, kept: Collection[str]) -> IndexPart:
    """The live generation, of which the documents of ``kept`` sources are taken."""
    facts = index.store.facts
    bounds = np.searchsorted(index.document_numbers, np.arange(len(facts) + 1)).tolist()
    entries = tuple(
        Entry(about.source, name, bounds[number], bounds[number + 1])
        for number, (name, about) in enumerate(facts.items())
        if about.source in kept
    )
    postings = tuple(index.sparse.postings())
    return IndexPart(index.folder, tuple(kept), entries, len(index), postings, index.dense.vectors)


def write_part(folder: Path, batch: Batch, vectors: FloatArray) -> IndexPart:
    """Write what a batch holds into a new folder; ``vectors`` are those of its passages."""
    folder.mkdir(parents=True)
    entries = _entries(batch)
    numbers = {entry.document_id: number for number, entry in enumerate(entries)}
    write_store(folder, batch, numbers)
    with new_database(folder / GOALS) as rows:
        write_rows(rows, batch.goals, batch.measures, numbers)
    by_id = {document.document_id: document for document in batch.documents}
    Postings.of(sparse_tokens(one, by_id[one.document_id]) for one in batch.passages).save(folder)
    np.save(folder / VECTORS, vectors.astype(np.float16))
    stored = np.load(folder / VECTORS, mmap_mode="r" if len(vectors) else None)
    return IndexPart(
        folder,
        tuple(batch.sources),
        entries,
        len(batch.passages),
        (Postings.load(folder),),
        lambda passages: stored[passages].astype(np.float32),
    )


def _entries(batch: Batch) -> tuple[Entry, ...]:
    """The documents with their passages, which come one document after the other."""
    lengths = {document.document_id: 0 for document in batch.documents}
    for passage in batch.passages:
        lengths[passage.document_id] += 1
    ends = np.cumsum(list(lengths.values()), dtype=np.int64).tolist()
    return tuple(
        Entry(document.source, document.document_id, end - lengths[document.document_id], end)
        for document, end in zip(batch.documents, ends, strict=True)
    )


class PlacedVectors:
    """The vectors of all parts in the order of a placement, read when they are asked for."""

    def __init__(self, parts: Sequence[IndexPart], placement: Placement, dimension: int) -> None:
        self._parts, self._placement = parts, placement
        self.shape = (len(placement), dimension)

    def __getitem__(self, part: slice) -> FloatArray:
        parts, places = self._placement.parts[part], self._placement.places[part]
        rows = np.empty((len(parts), self.shape[1]), np.float32)
        for number in np.unique(parts).tolist():
            own = parts == number
            rows[own] = self._parts[number].vectors(places[own].astype(np.int64))
        return rows
