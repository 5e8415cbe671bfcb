"""Which passages hold each term and how often: what BM25 is fitted on, in parts that are merged.

A part is built from passages that fit in memory, or is what a live index holds; the merge reads and writes blocks of
postings, so that it needs memory for a block and not for the whole (as Lucene merges its segments).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.retrieval.arrays import Array, ArrayFile, mapped

MOST = 255
"""A term counts at most so often in one passage."""
BLOCK = 8_000_000
"""Postings that are handled at once."""
Allocate = Callable[[str, npt.DTypeLike, tuple[int, ...]], Array]
"""An array of zeros of that name, type and shape."""


def term_key(term: str) -> int:
    """64 bits that stand for a term: itself up to eight bytes of UTF-8, of a longer one a hash."""
    octets = term.encode()
    return int.from_bytes(octets if len(octets) <= 8 else blake2b(octets, digest_size=8).digest())


@dataclass(frozen=True)
class Postings:
    """The list of the term ``keys[i]`` is ``starts[i]:starts[i + 1]`` of ``passages`` and ``frequencies``."""

    keys: Array
    """Sorted, uint64."""
    starts: Array
    """One more than there are keys, int64."""
    passages: Array | ArrayFile
    """Numbers of the passages that hold a term, ascending within a list, int32."""
    frequencies: Array | ArrayFile
    """How often each of them holds it, uint8."""

    @classmethod
    def of(cls, passages: Iterable[list[str]]) -> Postings:
        """Count the tokens of each passage."""
        vocabulary: dict[str, int] = {}
        rows: list[npt.NDArray[np.int32]] = []
        counts: list[npt.NDArray[np.uint8]] = []
        for tokens in passages:
            found = Counter(tokens)
            numbers = [vocabulary.setdefault(term, len(vocabulary)) for term in found]
            rows.append(np.array(numbers, np.int32))
            counts.append(np.minimum(np.array(list(found.values()), np.int64), MOST).astype(np.uint8))
        if not vocabulary:
            return cls(np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.uint8))
        keys, places = np.unique(np.fromiter(map(term_key, vocabulary), np.uint64), return_inverse=True)
        terms = places[np.concatenate(rows)]
        holders = np.repeat(np.arange(len(rows), dtype=np.int32), [len(one) for one in rows])
        order = np.argsort(terms, kind="stable")  # the passages of a term stay ascending
        starts = np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=len(keys)))]).astype(np.int64)
        return cls(keys, starts, holders[order], np.concatenate(counts)[order])

    def save(self, folder: Path) -> None:
        """Write each part as ``terms.part.npy``."""
        for part in fields(self):
            np.save(folder / f"terms.{part.name}.npy", getattr(self, part.name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Postings:
        """Open what ``save`` wrote, without reading the lists."""
        keys, starts = (mapped(folder / f"terms.{name}.npy") for name in ("keys", "starts"))
        lists = (ArrayFile(folder / f"terms.{name}.npy") for name in ("passages", "frequencies"))
        return cls(keys, starts, *lists)

    def between(self, first: int, last: int) -> tuple[Array, Array, Array]:
        """The lists of the keys ``first:last``: for each posting the rank of its key, its passage and frequency."""
        begin, end = int(self.starts[first]), int(self.starts[last])
        ranks = np.repeat(np.arange(first, last), np.diff(self.starts[first : last + 1]))
        return ranks, self.passages[begin:end], self.frequencies[begin:end]


Part = tuple[Postings, npt.NDArray[np.int64]]
"""Postings, and for each of their passages its number among all; -1 for one that is left out."""


def counted(parts: Sequence[Part], passages: int) -> tuple[Array, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The keys that any passage holds, how many hold each, and the length in tokens of each passage."""
    keys = np.unique(np.concatenate([part.keys for part, _ in parts]))
    holders, lengths = np.zeros(len(keys), np.int64), np.zeros(passages, np.int64)
    for part, moved in parts:
        rows = np.searchsorted(keys, part.keys)
        for first, last in blocks(np.diff(part.starts)):
            ranks, found, frequencies = part.between(first, last)
            numbers = moved[found]
            kept = numbers >= 0
            holders[rows[first:last]] += np.bincount(ranks[kept] - first, minlength=last - first)
            lengths += np.bincount(numbers[kept], frequencies[kept], passages).astype(np.int64)
    held = holders > 0
    return keys[held], holders[held], lengths


def blocks(lengths: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Ranges of lists that hold a block of postings, or one list."""
    ends, first = np.cumsum(lengths), 0
    while first < len(ends):
        before = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, before + BLOCK, side="right")))
        yield first, last
        first = last


def merged(parts: Sequence[Part], keys: Array, holders: npt.NDArray[np.int64]) -> Iterator[tuple[Array, Array, Array]]:
    """Blocks of all postings in the order of keys and passages: rank of the key, number of the passage, frequency."""
    for first, last in blocks(holders):
        found = []
        for part, moved in parts:
            begin, end = np.searchsorted(part.keys, keys[first]), np.searchsorted(part.keys, keys[last - 1], "right")
            ranks, passages, frequencies = part.between(int(begin), int(end))
            rows = np.searchsorted(keys, part.keys[begin:end])[ranks - begin]
            numbers = moved[passages]
            kept = numbers >= 0
            found.append((rows[kept], numbers[kept], frequencies[kept]))
        rows, numbers, frequencies = (np.concatenate(one) for one in zip(*found, strict=True))
        order = np.lexsort((numbers, rows))
        yield rows[order], numbers[order], frequencies[order]
