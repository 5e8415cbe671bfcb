"""The dense leg: exact inner products of unit vectors with faiss, so a score is a cosine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.retrieval.encoders import FloatArray

if TYPE_CHECKING:
    from faiss import Index


class DenseIndex:
    """Vectors by the number of their passage."""

    def __init__(self, index: Index) -> None:
        self._index = index

    @classmethod
    def fit(cls, vectors: FloatArray) -> DenseIndex:
        """Index (passages, dimension) rows of length 1."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return int(self._index.d)

    def search(
        self, vector: FloatArray, count: int, allowed: npt.NDArray[np.int64] | None = None
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        """(passages, cosines) of the nearest, best first, among ``allowed`` passages if given."""
        import faiss

        parameters = None
        if allowed is not None:
            parameters = faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))  # type: ignore[call-arg]
        scores, rows = self._index.search(vector.reshape(1, -1), min(count, len(self)), params=parameters)
        found = rows[0] >= 0
        return rows[0][found], scores[0][found]

    def save(self, path: Path) -> None:
        """Write the faiss file."""
        import faiss

        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """Read the faiss file; raises RuntimeError where faiss cannot."""
        import faiss

        return cls(faiss.read_index(str(path)))
