"""The hybrid index: passages with their BM25 weights and vectors, built in memory, saved and loaded whole."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from assistant.datamodels import Document, Passage
from assistant.documents import split_passages
from assistant.documents.passages import PASSAGE_CHARACTERS
from assistant.documents.source_text import SourceText
from assistant.errors import CorpusNotFound, IndexCorrupt, IndexOutOfDate
from assistant.retrieval.dense import DenseIndex
from assistant.retrieval.encoders import Encoder
from assistant.retrieval.generations import REBUILD, live_generation, new_generation, writer_lock
from assistant.retrieval.goal_store import GoalStore, extract_records, indicator_names, write_goal_store
from assistant.retrieval.sparse import SparseIndex
from assistant.retrieval.store import PassageStore, write_store
from assistant.retrieval.tokenization import tokenize
from assistant.retrieval.vector_cache import Progress, VectorCache

VECTOR_CACHE = "vectors.sqlite"
STORE, GOALS, DENSE = "passages.sqlite", "goals.sqlite", "dense.faiss"
FIELDS = ("text", "context")


@dataclass(frozen=True)
class HybridIndex:
    """What a search needs. Passages are numbered from 0 in the order of the store.

    ``sparse`` holds two fields: ``text``, and ``context`` with the title, headings, place and years.
    """

    store: PassageStore
    goals: GoalStore
    sparse: dict[str, SparseIndex]
    dense: DenseIndex
    document_numbers: npt.NDArray[np.int64]
    """For each passage, the number of its document."""
    fingerprint: str
    """Of the encoder that made the vectors."""
    generation: str = ""
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
    ) -> HybridIndex:
        """Build the index of ``documents`` into ``folder``, make it live, and load it.

        ``sources`` maps the name of each file to what was read from it. Vectors of unchanged passages come from the
        cache in ``folder``. Raises CorpusNotFound without a passage, and IndexDirectoryError.
        """
        passages = [passage for document in documents for passage in split_passages(document, passage_characters)]
        if not passages:
            raise CorpusNotFound("the documents hold no text to index")
        with writer_lock(folder):
            cache = VectorCache(folder / VECTOR_CACHE)
            by_id = {document.document_id: document for document in documents}
            texts = [embedded_text(passage) for passage in passages]
            goals, measures = extract_records(documents, passages)
            names = indicator_names(goals)
            vectors = cache.encode(encoder, [*texts, *names], progress)
            cache.close()
            facts = {
                "encoder": encoder.fingerprint,
                "dimension": encoder.dimension,
                "documents": len(documents),
                "passages": len(passages),
                "goals": len(goals),
                "measures": len(measures),
                "passage_characters": passage_characters,
            }
            with new_generation(folder, facts) as partial:
                write_store(partial / STORE, sources, documents, passages)
                write_goal_store(partial / GOALS, goals, measures, names, vectors[len(texts) :])
                for field, tokens in _field_tokens(passages, by_id).items():
                    SparseIndex.fit(tokens).save(partial, field)
                DenseIndex.fit(vectors[: len(texts)]).save(partial / DENSE)
        return cls.load(folder, encoder.fingerprint)

    @classmethod
    def load(cls, folder: Path, fingerprint: str | None = None) -> HybridIndex:
        """Open the live index in ``folder``, made by the encoder of that fingerprint if one is given.

        Raises IndexNotFound, IndexOutOfDate (another format or encoder) or IndexCorrupt.
        """
        generation, manifest = live_generation(folder)
        _check_encoder(folder, manifest, fingerprint)
        if not {STORE, GOALS, DENSE} <= set(manifest["files"]):
            raise IndexCorrupt(f"the manifest of the index in {folder} names too few files; {REBUILD}")
        try:
            store = PassageStore(generation / STORE)
            index = cls(
                store=store,
                goals=GoalStore(generation / GOALS),
                sparse={field: SparseIndex.load(generation, field) for field in FIELDS},
                dense=DenseIndex.load(generation / DENSE),
                document_numbers=np.array(store.document_numbers(), np.int64),
                fingerprint=str(manifest.get("encoder")),
                generation=generation.name,
                passage_characters=int(manifest.get("passage_characters", 0)),
            )
        except (OSError, ValueError, RuntimeError, KeyError, BadZipFile, sqlite3.DatabaseError) as error:
            raise IndexCorrupt(f"the index in {folder} cannot be read ({error}); {REBUILD}") from error
        if not len(index.dense) == len(index.document_numbers) == manifest["passages"]:
            raise IndexCorrupt(f"the parts of the index in {folder} do not fit together; {REBUILD}")
        return index

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


def _field_tokens(passages: list[Passage], by_id: dict[str, Document]) -> dict[str, list[list[str]]]:
    return {
        "text": [tokenize(passage.text) for passage in passages],
        "context": [tokenize(_context(passage, by_id[passage.document_id])) for passage in passages],
    }


def _context(passage: Passage, document: Document) -> str:
    years = " ".join(f"{year}年" for year in document.years)
    return " ".join((document.title, document.place, document.bureau, years, *passage.section_path))
