"""The sparse leg: BM25Okapi, fitted by rank-bm25, stored and scored as a sparse matrix.

weight(t, d) = idf(t) * f(t, d) * (k1 + 1) / (f(t, d) + k1 * (1 - b + b * |d| / mean |d|)), the score of a
question the sum over its tokens (Robertson and Zaragoza 2009, doi:10.1561/1500000019). Scores equal
``BM25Okapi.get_scores`` to 1e-9; a product with a sparse matrix replaces its pass over all passages.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse


@dataclass(frozen=True)
class SparseIndex:
    """``weights`` has a row for each term of ``vocabulary`` and a column for each passage."""

    weights: sparse.csr_array
    vocabulary: dict[str, int]

    @classmethod
    def fit(cls, passages: list[list[str]]) -> SparseIndex:
        """Weights of the tokens of each passage, in the order given."""
        from rank_bm25 import BM25Okapi

        if not any(passages):
            return cls(sparse.csr_array((0, len(passages))), {})
        model = BM25Okapi(passages)
        vocabulary = {term: row for row, term in enumerate(model.idf)}
        rows, columns, values = [], [], []
        for column, (frequencies, length) in enumerate(zip(model.doc_freqs, model.doc_len, strict=True)):
            norm = model.k1 * (1 - model.b + model.b * length / model.avgdl)
            for term, frequency in frequencies.items():
                rows.append(vocabulary[term])
                columns.append(column)
                values.append(model.idf[term] * frequency * (model.k1 + 1) / (frequency + norm))
        shape = (len(vocabulary), len(passages))
        return cls(sparse.csr_array((values, (rows, columns)), shape=shape), vocabulary)

    def scores(self, tokens: list[str]) -> npt.NDArray[np.float64]:
        """One score a passage; a token that occurs twice in the question counts twice."""
        rows = [self.vocabulary[token] for token in tokens if token in self.vocabulary]
        return np.asarray(self.weights[rows].sum(axis=0), np.float64).reshape(-1)

    def save(self, folder: Path, name: str) -> list[str]:
        """Write ``name.npz`` and ``name.vocabulary.json``; returns the file names."""
        sparse.save_npz(folder / f"{name}.npz", self.weights)
        (folder / f"{name}.vocabulary.json").write_text(
            json.dumps(list(self.vocabulary), ensure_ascii=False), encoding="utf-8"
        )
        return [f"{name}.npz", f"{name}.vocabulary.json"]

    @classmethod
    def load(cls, folder: Path, name: str) -> SparseIndex:
        """Read what ``save`` wrote; raises OSError or ValueError where it is damaged."""
        terms = json.loads((folder / f"{name}.vocabulary.json").read_text(encoding="utf-8"))
        weights = sparse.csr_array(sparse.load_npz(folder / f"{name}.npz"))
        if weights.shape[0] != len(terms):
            raise ValueError(f"{name}: {weights.shape[0]} rows for {len(terms)} terms")
        return cls(weights, {term: row for row, term in enumerate(terms)})
