"""The hybrid index: passages with their BM25 weights and vectors, built in memory, saved and loaded whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.datamodels import Document, Passage
from assistant.documents.source_text import SourceText
from assistant.documents.structure.passages import PASSAGE_CHARACTERS, split_passages
from assistant.errors import CorpusNotFound, IndexBusy, IndexCorrupt, IndexOutOfDate
from assistant.facts.store import GOALS, GoalStore, extract_records, write_goal_store
from assistant.language.tokenization import tokenize
from assistant.retrieval.arrays import mapped
from assistant.retrieval.dense import VECTORS, DenseIndex
from assistant.retrieval.encoders import Encoder, FloatArray
from assistant.retrieval.generations import REBUILD, live_generation, live_name, new_generation, writer_lock
from assistant.retrieval.placement import Placement, place
from assistant.retrieval.sparse import SparseIndex
from assistant.retrieval.store import STORE, PassageStore, write_store
from assistant.retrieval.term_counts import TermCounts, stacked
from assistant.retrieval.vector_cache import Progress, VectorCache

VECTOR_CACHE = "vectors.sqlite"
DOCUMENTS, SPARSE = "documents.npy", "sparse"
CONTEXT_REPEATED = 3


@dataclass(frozen=True)
class HybridIndex:
    """What a search needs. Passages are numbered from 0 in the order of the store; large parts are mapped files."""

    store: PassageStore
    goals: GoalStore
    sparse: SparseIndex
    dense: DenseIndex
    document_numbers: npt.NDArray[np.int32]
    """For each passage, the number of its document."""
    fingerprint: str
    """Of the encoder that made the vectors."""
    folder: Path
    """Of the generation."""
    passage_characters: int = PASSAGE_CHARACTERS

    @classmethod
    def build(
        cls,
        documents: list[Document],
        sources: dict[str, SourceText],
        encoder: Encoder,
        folder: Path,
        *,
        passage_characters: int = PASSAGE_CHARACTERS,
        progress: Progress | None = None,
        live: HybridIndex | None = None,
        kept: Collection[str] = (),
    ) -> HybridIndex:
        """Build the index of ``documents`` into ``folder``, make it live, and load it.

        ``sources`` maps the name of each file to what was read from it. What ``live`` holds of the files ``kept`` is
        taken over as it is; ``live`` must be of the same encoder and passage length. Vectors of passages seen before
        come from the cache in ``folder``. Raises CorpusNotFound without a passage, IndexBusy where another process
        wrote after ``live`` was loaded, and IndexDirectoryError.
        """
        passages = [passage for document in documents for passage in split_passages(document, passage_characters)]
        numbers = live.document_numbers if live else np.zeros(0, np.int32)
        placement = place(documents, passages, live.store.facts if live else {}, numbers, kept)
        if not len(placement.order):
            raise CorpusNotFound("the documents hold no text to index")
        with writer_lock(folder), closing(VectorCache(folder / VECTOR_CACHE)) as cache:
            if live is not None and live_name(folder) != live.generation:
                raise IndexBusy(f"another process has just written the index in {folder}; run it again")
            vectors = cache.encode(encoder, [embedded_text(passage) for passage in passages], progress)
            goals, measures = extract_records(documents, passages)
            facts = {
                "encoder": encoder.fingerprint,
                "dimension": encoder.dimension,
                "documents": len(placement.documents),
                "passages": len(placement.order),
                "passage_characters": passage_characters,
            }
            with new_generation(folder, facts) as partial:
                taken = live.folder if live else None
                write_store(partial, sources, documents, passages, placement, taken)
                write_goal_store(partial, goals, measures, placement, lambda names: cache.encode(encoder, names), taken)
                np.save(partial / DOCUMENTS, placement.document_numbers.astype(np.int32))
                _sparse(documents, passages, placement, live).save(partial, SPARSE)
                _dense(vectors, placement, live).save(partial)
        return cls.load(folder, encoder.fingerprint)

    @classmethod
    def load(cls, folder: Path, fingerprint: str | None = None, *, thorough: bool = False) -> HybridIndex:
        """Open the live index in ``folder``, made by the encoder of that fingerprint if one is given.

        ``thorough`` checks the bytes of large files too. Raises IndexNotFound, IndexOutOfDate (another format or
        encoder) or IndexCorrupt.
        """
        generation, manifest = live_generation(folder, thorough=thorough)
        _check_encoder(folder, manifest, fingerprint)
        if not {STORE, GOALS, DOCUMENTS, VECTORS} <= set(manifest["files"]):
            raise IndexCorrupt(f"the manifest of the index in {folder} names too few files; {REBUILD}")
        try:
            index = cls(
                store=PassageStore(generation / STORE),
                goals=GoalStore(generation / GOALS),
                sparse=SparseIndex.load(generation, SPARSE),
                dense=DenseIndex.load(generation),
                document_numbers=mapped(generation / DOCUMENTS),
                fingerprint=str(manifest.get("encoder")),
                folder=generation,
                passage_characters=int(manifest.get("passage_characters", 0)),
            )
            parts = (index.dense, index.sparse, index.document_numbers)
            fitting = all(len(part) == manifest["passages"] for part in parts)
        except (OSError, ValueError, RuntimeError, KeyError, TypeError, OverflowError, sqlite3.DatabaseError) as error:
            raise IndexCorrupt(f"the index in {folder} cannot be read ({error}); {REBUILD}") from error
        if not fitting:
            raise IndexCorrupt(f"the parts of the index in {folder} do not fit together; {REBUILD}")
        return index

    @property
    def generation(self) -> str:
        """Name of the generation."""
        return self.folder.name

    def __len__(self) -> int:
        return len(self.document_numbers)


def _check_encoder(folder: Path, manifest: dict[str, Any], fingerprint: str | None) -> None:
    """Raise IndexOutOfDate where another encoder made the vectors."""
    if fingerprint is not None and manifest.get("encoder") != fingerprint:
        raise IndexOutOfDate(
            f"the index in {folder} was built with the encoder {manifest.get('encoder')}, not {fingerprint}; "
            f"name that encoder with --encoder, or {REBUILD}"
        )


def embedded_text(passage: Passage) -> str:
    """What the encoder reads: the title and headings travel with the passage; what is quoted is the passage."""
    return "\n".join([" › ".join((passage.title, *passage.section_path)), passage.text])


def _sparse(
    documents: list[Document], passages: list[Passage], placement: Placement, live: HybridIndex | None
) -> SparseIndex:
    by_id = {document.document_id: document for document in documents}
    new = TermCounts.of(sparse_tokens(passage, by_id[passage.document_id]) for passage in passages)
    counted = stacked([live.sparse.counted(), new]) if live else new
    return SparseIndex.fit(counted.chosen(placement.order))


def _dense(vectors: FloatArray, placement: Placement, live: HybridIndex | None) -> DenseIndex:
    placed = np.zeros((len(placement.order), vectors.shape[1]), np.float32)
    placed[placement.new_passages] = vectors
    if live is not None:
        old, new = np.array(placement.taken_passages, np.int64).reshape(-1, 2).T
        placed[new] = live.dense.vectors(old)
    return DenseIndex.fit(placed)


def sparse_tokens(passage: Passage, document: Document) -> list[str]:
    """The tokens of a passage with its title, headings, place, bureau and years, which count three times.

    Which report of many look-alikes a passage stands in is told by them alone.
    """
    years = " ".join(f"{year}年" for year in document.years)
    context = " ".join((document.title, document.place, document.bureau, years, *passage.section_path))
    return [*tokenize(passage.text), *CONTEXT_REPEATED * tokenize(context)]
