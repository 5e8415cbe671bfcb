"""The sparse leg: BM25Okapi with the idf of rank-bm25, scored from an inverted index on disk.

score(q, d) = sum over the tokens t of q of idf(t) * f(t, d) * (k1 + 1) / (f(t, d) + k1 * (1 - b + b * |d| / mean |d|))
(Robertson and Zaragoza 2009, doi:10.1561/1500000019). Scores equal ``BM25Okapi.get_scores`` to 1e-9 where the idf is
positive and no passage holds a term more than 255 times; terms of another idf are passed over.

A search reads the lists of the rarest tokens, at most READ entries in all; tokens left over only score the SCORED
passages that those put first (as Lucene's CommonTermsQuery does). Up to some 20,000 passages that is every list of most
questions; of 102 questions it found the same ten as all lists do at 100,000, and 0.996 of them at 500,000. How often
passages hold a term that more than 1 / COMMON of many hold stands in a table: looking it up is one access.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.retrieval.arrays import Array, ArrayFile, mapped
from assistant.retrieval.postings import BLOCK, Allocate, Part, Postings, counted, merged, term_key

Floats = npt.NDArray[np.float64]
K1, B = 0.9, 0.4
READ = 65_536
SCORED = 600
COMMON = 8
ROUNDING = 1e-9
MANY = 65_536
FEW = 5_000
"""Passages of a scope that are scored one by one."""


@dataclass(frozen=True)
class _Term:
    """A term of a question: its list is ``passages[start:end]``, or it has a ``column`` in ``common``."""

    start: int
    end: int
    column: int
    weight: float
    """idf times its occurrences in the question times k1 + 1."""

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class SparseIndex:
    """Lists of passages by term; passages are numbered from 0."""

    keys: Array
    """Sorted keys of the terms, uint64."""
    starts: Array
    """Where the list of each term begins in ``passages`` and ``frequencies``, and where the last ends, int64."""
    passages: Array | ArrayFile
    """Numbers of the passages that hold a term, ascending, int32."""
    frequencies: Array | ArrayFile
    """How often each of them holds it, uint8."""
    common: Array
    """(passages, common terms) frequencies of terms that have no list, uint8."""
    columns: Array
    """The column of each term in ``common``; -1 for a term with a list, int32."""
    holders: Array
    """How many passages hold each term, int32."""
    idf: Array
    """Inverse document frequency of each term, float64."""
    norms: Array
    """k1 * (1 - b + b * |d| / mean |d|) of each passage, float64."""

    @classmethod
    def fit(cls, parts: Sequence[Part], passages: int, allocate: Allocate | None = None) -> SparseIndex:
        """Index so many passages, whose postings come in parts; ``allocate`` makes the large arrays."""
        made = allocate or (lambda _, kind, shape: np.zeros(shape, kind))
        keys, holders, lengths = counted(parts, passages)
        model = _model(lengths, holders)
        frequent = np.flatnonzero(holders > passages / COMMON) if passages > MANY else np.zeros(0, np.int64)
        columns = np.full(len(keys), -1, np.int32)
        columns[frequent] = np.arange(len(frequent))
        starts = np.concatenate([[0], np.cumsum(np.where(columns < 0, holders, 0))]).astype(np.int64)
        lists = made("passages", np.int32, (int(starts[-1]),))
        times = made("frequencies", np.uint8, (int(starts[-1]),))
        common = made("common", np.uint8, (passages, len(frequent)))
        written = 0
        for rows, numbers, frequencies in merged(parts, keys, holders):
            listed = columns[rows] < 0
            end = written + int(listed.sum())
            lists[written:end], times[written:end] = numbers[listed], frequencies[listed]
            common[numbers[~listed], columns[rows[~listed]]] = frequencies[~listed]
            written = end
        return cls(
            keys=keys,
            starts=starts,
            passages=lists,
            frequencies=times,
            common=common,
            columns=columns,
            holders=holders.astype(np.int32),
            idf=np.fromiter(model.idf.values(), np.float64, len(holders)),
            norms=K1 * (1 - B + B * np.asarray(model.doc_len) / (model.avgdl or 1)),
        )

    def __len__(self) -> int:
        return len(self.norms)

    def holding(self, term: str) -> Array:
        """Numbers of the passages that hold the term, ascending."""
        (row,) = self._rows([term])
        if row < 0:
            return self.passages[:0]
        if self.columns[row] >= 0:
            return np.flatnonzero(self.common[:, self.columns[row]])
        return self.passages[self.starts[row] : self.starts[row + 1]]

    def held_by(self, term: str) -> int:
        """How many passages hold the term."""
        (row,) = self._rows([term])
        return int(self.holders[row]) if row >= 0 else 0

    def search(
        self, tokens: list[str], count: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """(passages, scores) of the ``count`` best that hold a token, best first, ties by number.

        A token that occurs twice counts twice. ``allowed`` says for each passage whether it may be found.
        """
        listed, common = self._terms(tokens)
        if allowed is not None and int(allowed.sum()) <= FEW:
            return self._among(np.flatnonzero(allowed).astype(np.int32), listed, common, count)
        read = max(1, int(np.searchsorted(np.cumsum([len(term) for term in listed]), READ, side="right")))
        unread = listed[read:]
        found, scores = self._read(listed[:read], max(SCORED, count) if unread or common else count, allowed)
        if len(found) < count and (unread or common):
            found, scores = self._read([*listed, *common], count, allowed)
        else:
            scores += self._in_table(common, found)
            found, scores = self._looked_up(unread, found, scores, count)
        order = np.lexsort((found, -scores))[:count]
        return found[order].astype(np.int64), scores[order]

    def _among(
        self, passages: npt.NDArray[np.int32], listed: list[_Term], common: list[_Term], count: int
    ) -> tuple[npt.NDArray[np.int64], Floats]:
        """The best of a few passages: each list is searched for them, and no score worked out for others."""
        if not len(passages):
            return np.zeros(0, np.int64), np.zeros(0)
        scores = self._in_table(common, passages)
        for term in listed:
            own, frequencies = self._list(term)
            places = np.minimum(np.searchsorted(own, passages), len(own) - 1)
            held = frequencies[places] * (own[places] == passages)
            scores += term.weight * held / (held + self.norms[passages])
        found = np.flatnonzero(scores > 0)
        order = found[np.lexsort((passages[found], -scores[found]))[:count]]
        return passages[order].astype(np.int64), scores[order]

    @cached_property
    def mean_length(self) -> float:
        """Tokens of the mean passage, by which ``norms`` were worked out."""
        begins = range(0, len(self.frequencies), BLOCK)
        listed = sum(int(self.frequencies[begin : begin + BLOCK].sum(dtype=np.int64)) for begin in begins)
        return (listed + int(self.common.sum(dtype=np.int64))) / max(len(self), 1) or 1

    def postings(self) -> list[Postings]:
        """What the index was fitted on: its lists, and its table as lists."""
        parts = [Postings(self.keys, self.starts, self.passages, self.frequencies)]
        for row in np.flatnonzero(self.columns >= 0):
            column = self.common[:, self.columns[row]]
            passages = np.flatnonzero(column).astype(np.int32)
            parts.append(Postings(self.keys[row : row + 1], np.array([0, len(passages)]), passages, column[passages]))
        return parts

    def _rows(self, terms: Iterable[str]) -> npt.NDArray[np.int64]:
        """The row of each term in ``keys``; -1 where no passage holds it."""
        keys = np.fromiter(map(term_key, terms), np.uint64)
        if not len(self.keys):
            return np.full(len(keys), -1)
        rows = np.searchsorted(self.keys, keys)
        rows[rows == len(self.keys)] = 0
        return np.where(self.keys[rows] == keys, rows, -1)

    def _terms(self, tokens: list[str]) -> tuple[list[_Term], list[_Term]]:
        """The terms of a question that have weight: those with a list, the rarest first, and the common ones."""
        times = Counter(tokens)
        rows = self._rows(times)
        known = rows >= 0
        rows, counts = rows[known], np.fromiter(times.values(), np.int64)[known]
        parts = (self.starts[rows], self.starts[rows + 1], self.columns[rows], self.idf[rows] * counts * (K1 + 1))
        terms = sorted(map(_Term, *(part.tolist() for part in parts)), key=lambda term: (len(term), term.start))
        weighty = [term for term in terms if term.weight > 0]
        return [term for term in weighty if term.column < 0], [term for term in weighty if term.column >= 0]

    def _read(
        self, terms: list[_Term], count: int, allowed: npt.NDArray[np.bool_] | None
    ) -> tuple[npt.NDArray[np.int32], Floats]:
        """The ``count`` best passages by these terms, ascending, and their scores."""
        lists = [self._list(term) for term in terms]
        lengths = [len(passages) for passages, _ in lists]
        if not any(lengths):
            return np.zeros(0, np.int32), np.zeros(0)
        passages = np.concatenate([one for one, _ in lists])
        added = np.concatenate([one for _, one in lists]).astype(np.float64)
        added /= added + self.norms[passages]
        added *= np.repeat([term.weight for term in terms], lengths)
        scores: Floats = np.bincount(passages, added, len(self)).astype(np.float64, copy=False)
        if allowed is not None:
            scores[~allowed] = 0
        edge = _nth_best(scores[lists[-1][0]], count)  # not above the edge of all: fewer to sort
        found = np.flatnonzero(scores >= edge if edge > 0 else scores > 0)
        found = found[scores[found] >= _nth_best(scores[found], count)]
        return found.astype(np.int32), scores[found]  # numbers as in the lists, or each look-up would copy its list

    def _list(self, term: _Term) -> tuple[Array, Array]:
        """Passages that hold the term and how often."""
        if term.column < 0:
            return self.passages[term.start : term.end], self.frequencies[term.start : term.end]
        column = self.common[:, term.column]
        passages = np.flatnonzero(column)
        return passages.astype(np.int32), column[passages]

    def _in_table(self, terms: list[_Term], passages: Array) -> Floats:
        """What common terms add to the scores of the passages."""
        frequencies = self.common[passages[:, None], [term.column for term in terms]].astype(np.float64)
        frequencies /= frequencies + self.norms[passages][:, None]
        added: Floats = frequencies @ np.array([term.weight for term in terms])
        return added

    def _looked_up(self, terms: list[_Term], found: Array, scores: Floats, count: int) -> tuple[Array, Floats]:
        """``found`` and ``scores`` with what the terms add, without the passages that cannot be among the best."""
        left = sum(term.weight for term in terms) + ROUNDING
        for term in sorted(terms, key=lambda term: -term.weight):
            passages, frequencies = self._list(term)
            places = np.minimum(np.searchsorted(passages, found), len(passages) - 1)
            held = frequencies[places] * (passages[places] == found)
            scores = scores + term.weight * held / (held + self.norms[found])
            left -= term.weight  # more than the terms left can add
            still = scores + left >= _nth_best(scores, count)
            found, scores = found[still], scores[still]
        return found, scores

    def save(self, folder: Path, name: str) -> None:
        """Write each part as ``name.part.npy``; one that stands in its file already stays there."""
        for part in fields(self):
            path, array = folder / f"{name}.{part.name}.npy", getattr(self, part.name)
            if isinstance(array, np.memmap):
                array.flush()
            else:
                np.save(path, array, allow_pickle=False)

    @classmethod
    def load(cls, folder: Path, name: str) -> SparseIndex:
        """Map what ``save`` wrote; raises OSError or ValueError where it is damaged."""
        paths = {part.name: folder / f"{name}.{part.name}.npy" for part in fields(cls)}
        lists = {part: ArrayFile(paths.pop(part)) for part in ("passages", "frequencies")}
        arrays = {part: mapped(path) for part, path in paths.items()}
        index = cls(**lists, **arrays)  # type: ignore[arg-type]
        terms = {len(part) for part in (index.starts[1:], index.idf, index.holders, index.columns)}
        if terms != {len(index.keys)} or len(index.passages) != len(index.frequencies):
            raise ValueError(f"{name}: the parts of the sparse index do not fit together")
        return index


def _nth_best(scores: npt.NDArray[np.floating], count: int) -> float:
    """The score that the last of the ``count`` best has; 0 where there are not so many."""
    return float(np.partition(scores, -count)[-count]) if len(scores) >= count else 0.0


def _model(lengths: Array, holders: Array) -> Any:  # noqa: ANN401 - rank-bm25 has no types
    """rank-bm25's model of counted passages: its idf and epsilon, without a dictionary for each passage."""
    from rank_bm25 import BM25Okapi

    class CountedOkapi(BM25Okapi):  # type: ignore[misc]
        def _initialize(self, lengths: list[int]) -> dict[int, int]:
            self.corpus_size, self.doc_len = len(lengths), lengths
            self.avgdl = sum(lengths) / max(len(lengths), 1)
            return dict(enumerate(holders.tolist()))

        def _calc_idf(self, nd: dict[int, int]) -> None:
            if nd:
                super()._calc_idf(nd)

    return CountedOkapi(lengths.tolist(), k1=K1, b=B)
