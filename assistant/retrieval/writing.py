"""Write the next generation of an index folder: what is new, part by part, and what the live one holds that stays."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from assistant.datamodels import Goal, Measure
from assistant.documents.structure.passages import PASSAGE_CHARACTERS
from assistant.errors import CorpusNotFound, IndexBusy
from assistant.facts.store_writing import GOALS, MOST_ROWS, columns_of, write_names, write_rows
from assistant.interfaces import Batch, Encoder
from assistant.language.weights import TermWeights
from assistant.retrieval.arrays import created
from assistant.retrieval.context import embedded_text
from assistant.retrieval.dense import DenseIndex
from assistant.retrieval.generations import live_name, new_generation, writer_lock
from assistant.retrieval.index import DOCUMENTS, SPARSE, HybridIndex
from assistant.retrieval.parts import IndexPart, PlacedVectors, live_part, write_part
from assistant.retrieval.placement import place
from assistant.retrieval.sparse import SparseIndex
from assistant.retrieval.store import STORE
from assistant.retrieval.store_writing import Taken, attached, new_database, new_store, take_over
from assistant.retrieval.vector_cache import Progress, VectorCache

VECTOR_CACHE = "vectors.sqlite"
PARTS = "parts"
"""Folder of the parts in a generation that is being written."""


class FolderWriter:
    """Publishes into an index folder; ``live`` is its generation, if there is one of the same encoder and length.

    Vectors of passages seen before come from the cache in the folder.
    """

    def __init__(
        self,
        folder: Path,
        live: HybridIndex | None = None,
        *,
        passage_characters: int = PASSAGE_CHARACTERS,
        progress: Progress | None = None,
    ) -> None:
        self._folder, self._live = folder, live
        self._passage_characters = passage_characters
        self._progress = progress

    def known(self) -> dict[str, str]:
        """The sha256 of each source that is published, by its name."""
        return self._live.store.texts.source_hashes() if self._live else {}

    def publish(self, batch: Batch, encoder: Encoder) -> None:
        """Write a generation of one batch and what it keeps, and make it live. Raises as ``adding``."""
        with self.adding(encoder) as adding:
            adding.add(batch)
            adding.finish(batch.kept)

    @contextmanager
    def adding(self, encoder: Encoder) -> Iterator[Adding]:
        """A generation that takes batches and is made live when the block ends; nobody else writes meanwhile.

        Raises CorpusNotFound without a passage, IndexBusy where another process wrote after ``live`` was loaded, and
        IndexDirectoryError.
        """
        live = self._live
        with writer_lock(self._folder), closing(VectorCache(self._folder / VECTOR_CACHE)) as cache:
            if live is not None and live_name(self._folder) != live.generation:
                raise IndexBusy(f"another process has just written the index in {self._folder}; run it again")
            facts: dict[str, Any] = {
                "encoder": encoder.fingerprint,
                "dimension": encoder.dimension,
                "passage_characters": self._passage_characters,
            }
            with new_generation(self._folder, facts) as folder:
                adding = Adding(folder, live, encoder, cache, self._progress)
                yield adding
                facts |= adding.counts


class Adding:
    """Takes the batches of a generation, then puts it together."""

    def __init__(
        self, folder: Path, live: HybridIndex | None, encoder: Encoder, cache: VectorCache, progress: Progress | None
    ) -> None:
        self._folder, self._live = folder, live
        self._encoder, self._cache, self._progress = encoder, cache, progress
        self._parts: list[IndexPart] = []
        self.counts: dict[str, int] = {}
        """Documents and passages, once it is finished."""

    def add(self, batch: Batch) -> None:
        """Take new documents with all that was made of them; what they were made of is no longer needed then."""
        texts = [embedded_text(passage) for passage in batch.passages]
        vectors = self._cache.encode(self._encoder, texts, self._progress)
        self._parts.append(write_part(self._folder / PARTS / str(len(self._parts)), batch, vectors))

    def finish(self, kept: Collection[str] = ()) -> None:
        """Put all parts together, and of the live generation the sources that are kept."""
        parts = [*([live_part(self._live, kept)] if self._live else []), *self._parts]
        placement = place([part.entries for part in parts])
        if not len(placement):
            raise CorpusNotFound("the documents hold no text to index")
        self.counts = {"documents": len(placement.documents), "passages": len(placement)}
        np.save(self._folder / DOCUMENTS, placement.document_numbers)
        moved = [placement.moved(number, part.passages) for number, part in enumerate(parts)]
        with new_store(self._folder / STORE) as store, new_database(self._folder / GOALS) as rows:
            write_rows(rows, (), (), {})
            for part, names, numbers in zip(parts, placement.taken, moved, strict=True):
                taken = Taken(part.sources, {name: placement.documents[name] for name in names}, numbers)
                take_over(store, taken, part.folder)
                _take_rows(rows, taken, part.folder)
        terms = [(own, one) for part, one in zip(parts, moved, strict=True) for own in part.postings]
        sparse = SparseIndex.fit(terms, len(placement), partial(_in_file, self._folder))
        sparse.save(self._folder, SPARSE)
        self._index_names(TermWeights(len(sparse), sparse.held_by))
        DenseIndex.fit(PlacedVectors(parts, placement, self._encoder.dimension)).save(self._folder)
        shutil.rmtree(self._folder / PARTS, ignore_errors=True)

    def _index_names(self, weights: TermWeights) -> None:
        """Index the rows by what they count, with a vector for each indicator."""
        live = self._live
        known = live.store.rows.stored_vectors() if live else {}
        with new_database(self._folder / GOALS) as rows:
            write_names(rows, weights.__getitem__, lambda names: self._cache.encode(self._encoder, names), known)


def _in_file(folder: Path, name: str, kind: Any, shape: tuple[int, ...]) -> Any:  # noqa: ANN401 - as numpy has them
    return created(folder / f"{SPARSE}.{name}.npy", kind, shape)


def _take_rows(connection: sqlite3.Connection, taken: Taken, part: Path) -> None:
    """Copy the rows of the documents that are taken from a part."""
    with attached(connection, part / GOALS, taken):
        for table, record in (("goals", Goal), ("measures", Measure)):
            columns = f"{columns_of(record)}{', canonical, name' if record is Goal else ''}, year, checksum"
            connection.execute(
                f"insert into {table} select new_number * {MOST_ROWS} + position % {MOST_ROWS}, {columns} "  # noqa: S608
                f"from part.{table} join taken using (document_id)"
            )
