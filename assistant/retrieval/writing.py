"""Write the next generation of an index folder: what is new, and what the live one holds of sources that stay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from assistant.datamodels import Goal, Measure
from assistant.documents.structure.passages import PASSAGE_CHARACTERS
from assistant.errors import CorpusNotFound, IndexBusy
from assistant.facts.store import GOALS, MOST_ROWS, columns_of, write_names, write_rows
from assistant.interfaces import Batch, Encoder, FloatArray
from assistant.language.weights import TermWeights
from assistant.retrieval.context import embedded_text, sparse_tokens
from assistant.retrieval.dense import DenseIndex
from assistant.retrieval.generations import live_name, new_generation, writer_lock
from assistant.retrieval.index import DOCUMENTS, SPARSE, HybridIndex
from assistant.retrieval.placement import Placement, place
from assistant.retrieval.sparse import SparseIndex
from assistant.retrieval.store_writing import attached, new_database, write_store
from assistant.retrieval.term_counts import TermCounts, stacked
from assistant.retrieval.vector_cache import Progress, VectorCache

VECTOR_CACHE = "vectors.sqlite"


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
        return self._live.store.source_hashes() if self._live else {}

    def publish(self, batch: Batch, encoder: Encoder) -> None:
        """Write a generation and make it live.

        Raises CorpusNotFound without a passage, IndexBusy where another process wrote after ``live`` was loaded, and
        IndexDirectoryError.
        """
        live = self._live
        numbers = live.document_numbers if live else np.zeros(0, np.int32)
        placement = place(
            list(batch.documents), list(batch.passages), live.store.facts if live else {}, numbers, batch.kept
        )
        if not len(placement.order):
            raise CorpusNotFound("the documents hold no text to index")
        with writer_lock(self._folder), closing(VectorCache(self._folder / VECTOR_CACHE)) as cache:
            if live is not None and live_name(self._folder) != live.generation:
                raise IndexBusy(f"another process has just written the index in {self._folder}; run it again")
            texts = [embedded_text(passage) for passage in batch.passages]
            vectors = cache.encode(encoder, texts, self._progress)
            with new_generation(self._folder, self._facts(placement, encoder)) as partial:
                write_store(
                    partial,
                    dict(batch.sources),
                    batch.documents,
                    batch.passages,
                    placement,
                    live.folder if live else None,
                )
                np.save(partial / DOCUMENTS, placement.document_numbers.astype(np.int32))
                sparse = _sparse(batch, placement, live)
                sparse.save(partial, SPARSE)
                _dense(vectors, placement, live).save(partial)
                weights = TermWeights(len(sparse), sparse.held_by)
                with new_database(partial / GOALS) as rows:
                    write_rows(rows, batch.goals, batch.measures, placement.documents)
                    known = _taken_rows(rows, placement, live.folder / GOALS) if live else {}
                    write_names(rows, weights.__getitem__, lambda names: cache.encode(encoder, names), known)

    def _facts(self, placement: Placement, encoder: Encoder) -> dict[str, object]:
        """What the manifest says of the generation."""
        return {
            "encoder": encoder.fingerprint,
            "dimension": encoder.dimension,
            "documents": len(placement.documents),
            "passages": len(placement.order),
            "passage_characters": self._passage_characters,
        }


def _taken_rows(connection: sqlite3.Connection, placement: Placement, live: Path) -> dict[str, bytes]:
    """Copy the rows of the documents that are taken over; the vectors of the live indicators."""
    with attached(connection, live, placement):
        for table, record in (("goals", Goal), ("measures", Measure)):
            columns = f"{columns_of(record)}{', canonical, name, year' if record is Goal else ''}, checksum"
            connection.execute(
                f"insert into {table} select new_number * {MOST_ROWS} + position % {MOST_ROWS}, {columns} "  # noqa: S608
                f"from live.{table} join taken using (document_id)"
            )
        return dict(connection.execute("select name, vector from live.indicators"))


def _sparse(batch: Batch, placement: Placement, live: HybridIndex | None) -> SparseIndex:
    by_id = {document.document_id: document for document in batch.documents}
    new = TermCounts.of(sparse_tokens(passage, by_id[passage.document_id]) for passage in batch.passages)
    counted = stacked([live.sparse.counted(), new]) if live else new
    return SparseIndex.fit(counted.chosen(placement.order))


def _dense(vectors: FloatArray, placement: Placement, live: HybridIndex | None) -> DenseIndex:
    placed = np.zeros((len(placement.order), vectors.shape[1]), np.float32)
    placed[placement.new_passages] = vectors
    if live is not None:
        old, new = np.array(placement.taken_passages, np.int64).reshape(-1, 2).T
        placed[new] = live.dense.vectors(old)
    return DenseIndex.fit(placed)
