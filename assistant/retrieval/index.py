"""The hybrid index: passages with their BM25 weights and vectors, read from the live generation of a folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.datamodels import Scope
from assistant.errors import REBUILD, IndexCorrupt, IndexOutOfDate
from assistant.facts.store_writing import GOALS
from assistant.interfaces import FloatArray, Found
from assistant.retrieval.arrays import mapped
from assistant.retrieval.dense import VECTORS, DenseIndex
from assistant.retrieval.generations import live_generation, live_name
from assistant.retrieval.sparse import SparseIndex
from assistant.retrieval.store import STORE, PassageStore

DOCUMENTS, SPARSE = "documents.npy", "sparse"


@dataclass(frozen=True)
class HybridIndex:
    """What a search needs. Passages are numbered from 0 in the order of the store; large parts are mapped files."""

    store: PassageStore
    sparse: SparseIndex
    dense: DenseIndex
    document_numbers: npt.NDArray[np.int32]
    """For each passage, the number of its document."""
    fingerprint: str
    """Of the encoder that made the vectors."""
    folder: Path
    """Of the generation."""
    passage_characters: int = 0

    @classmethod
    def load(cls, folder: Path, fingerprint: str | None = None, *, thorough: bool = False) -> HybridIndex:
        """Open the live index in ``folder``, made by the encoder of that fingerprint if one is given.

        ``thorough`` checks the bytes of large files too. Raises IndexNotFound, IndexOutOfDate (another format or
        encoder) or IndexCorrupt.
        """
        generation, manifest = live_generation(folder, thorough=thorough)
        check_encoder(folder, manifest, fingerprint)
        if not {STORE, GOALS, DOCUMENTS, VECTORS} <= set(manifest["files"]):
            raise IndexCorrupt(f"the manifest of the index in {folder} names too few files; {REBUILD}")
        try:
            index = cls(
                store=PassageStore.of_files(generation / STORE, generation / GOALS),
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

    def search_words(self, tokens: list[str], count: int, scope: Scope) -> Found:
        """(passage, BM25 score) of the best in scope that hold a token, best first."""
        return _pairs(*self.sparse.search(tokens, count, self._allowed(scope)))

    def search_vectors(self, vector: FloatArray, count: int, scope: Scope) -> Found:
        """(passage, cosine) of the nearest in scope, best first."""
        return _pairs(*self.dense.search(vector, count, self._allowed(scope)))

    def held_by(self, term: str) -> int:
        """How many passages hold the term in their words or headings."""
        return self.sparse.held_by(term)

    def holders(self, weights: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """For each document that holds a term: the weight of those it holds, and the most that one passage holds."""
        found = ((self.sparse.holding(term), weight) for term, weight in weights.items())
        return held_by_documents(found, self.document_numbers, self.store.facts)

    def _allowed(self, scope: Scope) -> npt.NDArray[np.bool_] | None:
        """For each passage whether its document passes; None for all."""
        if scope == Scope():
            return None
        if scope.documents is not None and scope == Scope(documents=scope.documents):
            passing = np.zeros(len(self.store.facts), np.bool_)
            passing[[self._document_ranks[name] for name in scope.documents if name in self._document_ranks]] = True
        else:
            passing = np.array([scope.passes(*one) for one in self.store.facts.items()], np.bool_)
        return passing[self.document_numbers]

    @cached_property
    def _document_ranks(self) -> dict[str, int]:
        return {name: rank for rank, name in enumerate(self.store.facts)}

    @property
    def document_lengths(self) -> npt.NDArray[np.int64]:
        """How many passages each document has."""
        return document_lengths(self.document_numbers, self.store.facts)

    def latest(self, folder: Path) -> HybridIndex:
        """Itself while its generation is the live one of the folder, else that one."""
        return self if live_name(folder) == self.generation else HybridIndex.load(folder, self.fingerprint)

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    @property
    def generation(self) -> str:
        """Name of the generation."""
        return self.folder.name

    def __len__(self) -> int:
        return len(self.document_numbers)


def document_lengths(document_numbers: npt.NDArray[np.int32], documents: Collection[str]) -> npt.NDArray[np.int64]:
    """How many passages each document has."""
    return np.bincount(document_numbers, minlength=len(documents))


def held_by_documents(
    found: Iterable[tuple[npt.ArrayLike, float]], document_numbers: npt.NDArray[np.int32], documents: Collection[str]
) -> dict[str, tuple[float, float]]:
    """For each document that holds a term: the weight of those it holds, and the most that one passage holds.

    ``found`` has for each term the passages that hold it, and its weight.
    """
    passages, held = np.zeros(len(document_numbers)), np.zeros(len(documents))
    for numbers, weight in found:
        own = np.asarray(numbers, np.int64)
        passages[own] += weight
        held[np.unique(document_numbers[own])] += weight
    together = np.zeros(len(held))
    np.maximum.at(together, document_numbers, passages)
    names = zip(documents, held.tolist(), together.tolist(), strict=True)
    return {name: (one, most) for name, one, most in names if one}


def check_encoder(folder: Path, manifest: dict[str, Any], fingerprint: str | None) -> None:
    """Raise IndexOutOfDate where another encoder made the vectors."""
    if fingerprint is not None and manifest.get("encoder") != fingerprint:
        raise IndexOutOfDate(
            f"the index in {folder} was built with the encoder {manifest.get('encoder')}, not {fingerprint}; "
            f"name that encoder with --encoder, or {REBUILD}"
        )


def _pairs(numbers: npt.NDArray[np.int64], scores: npt.NDArray[np.floating]) -> Found:
    return list(zip(numbers.tolist(), scores.tolist(), strict=True))
