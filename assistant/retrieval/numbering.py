"""The numbers under which an engine holds the passages and terms of a generation.

What an engine holds outlives a generation: the next one adds its new documents behind the others, passes over those
that are gone, and leaves all else as it is. So only what changed is sent, and readers of either see their own whole
generation. The document side of BM25 depends on the length of the mean passage, which is frozen with the first
generation; where it has drifted too far, everything is sent anew (as BM25 over shards with statistics of the whole).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from io import BytesIO

import numpy as np
import numpy.typing as npt

from assistant.retrieval.arrays import Array

Numbers = npt.NDArray[np.int64]
NO_TERM = 0
"""The dimension of a passage without terms, which no question asks for."""


@dataclass(frozen=True)
class Numbering:
    """A document is held under the number of its first passage, its other passages under those that follow."""

    collection: str
    """Where the engine holds them."""
    documents: Numbers
    """The number of each document."""
    terms: npt.NDArray[np.int32]
    """The dimension of each term."""
    gone: Numbers
    """Documents that are still held for readers of the generation before."""
    end: int
    """Documents from this number on belong to later generations."""
    mean: float
    """Tokens of the mean passage, by which all weights were worked out; 0 where nothing follows."""

    @classmethod
    def anew(cls, collection: str, lengths: Numbers, terms: int, mean: float = 0) -> Numbering:
        """Of documents with so many passages each, in their order; nothing is held yet."""
        documents, end = _following(0, lengths)
        dimensions = np.arange(NO_TERM + 1, NO_TERM + 1 + terms, dtype=np.int32)
        return cls(collection, documents, dimensions, np.zeros(0, np.int64), end, mean)

    def followed_by(self, kept: Mapping[int, int], lengths: Numbers, keys: Array, new_keys: Array) -> Numbering:
        """That of the next generation: ``kept`` has the rank there of a document and its rank here.

        ``keys`` are the sorted keys of the terms here, ``new_keys`` those there.
        """
        documents = np.full(len(lengths), -1, np.int64)
        documents[list(kept)] = self.documents[list(kept.values())]
        new = documents < 0
        documents[new], end = _following(self.end, lengths[new])
        known = np.isin(new_keys, keys)
        terms = np.empty(len(new_keys), np.int32)
        terms[known] = self.terms[np.searchsorted(keys, new_keys[known])]
        terms[~known] = self.terms.max(initial=0) + 1 + np.arange(np.sum(~known))
        return Numbering(self.collection, documents, terms, np.setdiff1d(self.documents, documents), end, self.mean)

    def packed(self) -> bytes:
        """As a file of numpy."""
        file = BytesIO()
        np.savez(file, allow_pickle=False, **{part.name: np.asarray(getattr(self, part.name)) for part in fields(self)})
        return file.getvalue()

    @classmethod
    def unpacked(cls, content: bytes) -> Numbering:
        """What ``packed`` made."""
        with np.load(BytesIO(content), allow_pickle=False) as file:
            parts = {name: file[name] for name in file.files}
        scalars = {name: part.item() for name, part in parts.items() if not part.ndim}
        return cls(**{**parts, **scalars})


def _following(number: int, lengths: Numbers) -> tuple[Numbers, int]:
    """Numbers from that one on for documents of so many passages, and the next; one for a document without any."""
    ends = number + np.cumsum(np.maximum(lengths, 1), dtype=np.int64)
    return np.concatenate([[number], ends])[: len(lengths)], int(ends[-1]) if len(ends) else number


def first_passages(lengths: Numbers) -> Numbers:
    """Our number of the first passage of each document, of documents with so many passages."""
    return np.cumsum(lengths) - lengths
