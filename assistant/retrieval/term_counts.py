"""How often each passage holds each term: what BM25 is fitted on, and what an update takes over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy.sparse import csr_array

MOST = 255
"""A term counts at most so often in one passage."""


def term_key(term: str) -> int:
    """64 bits that stand for a term: itself up to eight bytes of UTF-8, of a longer one a hash."""
    octets = term.encode()
    return int.from_bytes(octets if len(octets) <= 8 else blake2b(octets, digest_size=8).digest())


@dataclass(frozen=True)
class TermCounts:
    """``counts`` (uint8) has a row for each passage and a column for each key of ``keys``, which are sorted."""

    keys: npt.NDArray[np.uint64]
    counts: csr_array

    @classmethod
    def of(cls, passages: Iterable[list[str]]) -> TermCounts:
        """Count the tokens of each passage."""
        from scipy import sparse

        vocabulary: dict[str, int] = {}
        columns: list[npt.NDArray[np.int32]] = []
        counts: list[npt.NDArray[np.uint8]] = []
        for tokens in passages:
            found = Counter(tokens)
            rows = (vocabulary.setdefault(term, len(vocabulary)) for term in found)
            columns.append(np.fromiter(rows, np.int32, len(found)))
            counts.append(np.fromiter((min(one, MOST) for one in found.values()), np.uint8, len(found)))
        if not vocabulary:
            return cls(np.zeros(0, np.uint64), sparse.csr_array(np.zeros((len(columns), 0), np.uint8)))
        keys, places = np.unique(np.fromiter(map(term_key, vocabulary), np.uint64), return_inverse=True)
        starts = np.cumsum([0, *map(len, columns)], dtype=np.int64)
        shape = (len(columns), len(keys))
        return cls(
            keys, sparse.csr_array((np.concatenate(counts), places[np.concatenate(columns)], starts), shape=shape)
        )

    def __len__(self) -> int:
        return int(self.counts.shape[0])

    def chosen(self, passages: npt.NDArray[np.int64]) -> TermCounts:
        """The passages of those numbers, in that order; terms that none of them holds are left out."""
        from scipy import sparse

        counts = sparse.csr_array(self.counts[passages, :])
        held = np.unique(counts.indices)
        return TermCounts(self.keys[held], sparse.csr_array(counts[:, held]))


def stacked(parts: Sequence[TermCounts]) -> TermCounts:
    """The passages of all parts, one part after the other."""
    from scipy import sparse

    keys = np.unique(np.concatenate([part.keys for part in parts]))
    wide = []
    for part in parts:
        columns = np.searchsorted(keys, part.keys)[part.counts.indices]
        shape = (len(part), len(keys))
        wide.append(sparse.csr_array((part.counts.data, columns, part.counts.indptr), shape=shape))
    return TermCounts(keys, sparse.csr_array(sparse.vstack(wide, format="csr")))
