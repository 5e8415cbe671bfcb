"""Which number each document and passage gets in a new generation, whatever part of it they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Entry:
    """A document of a part, and which of the part's passages are its: ``start:end``."""

    source: str
    document_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Placement:
    """The documents and passages of a new generation; an update numbers them as a build from nothing would."""

    documents: dict[str, int]
    """Number of each document by its id, in that order."""
    taken: tuple[tuple[str, ...], ...]
    """Ids of the documents that come from each part."""
    document_numbers: npt.NDArray[np.int32]
    """For each passage, the number of its document."""
    parts: npt.NDArray[np.int32]
    """For each passage, the part that it comes from."""
    places: npt.NDArray[np.int32]
    """For each passage, its number in that part."""

    def __len__(self) -> int:
        return len(self.parts)

    def moved(self, part: int, passages: int) -> Numbers:
        """The new number of each of so many passages of a part; -1 for one that is left out."""
        numbers = np.full(passages, -1, np.int64)
        chosen = np.flatnonzero(self.parts == part)
        numbers[self.places[chosen]] = chosen
        return numbers


def place(parts: Sequence[Sequence[Entry]]) -> Placement:
    """Number the documents of all parts in the order of their sources, those of one source as they come."""
    entries = sorted(((part, entry) for part, own in enumerate(parts) for entry in own), key=lambda one: one[1].source)
    lengths = [entry.end - entry.start for _, entry in entries]
    ranges = [np.arange(entry.start, entry.end, dtype=np.int32) for _, entry in entries]
    return Placement(
        documents={entry.document_id: number for number, (_, entry) in enumerate(entries)},
        taken=tuple(tuple(entry.document_id for entry in own) for own in parts),
        document_numbers=np.repeat(np.arange(len(entries), dtype=np.int32), lengths),
        parts=np.repeat(np.array([part for part, _ in entries], np.int32), lengths),
        places=np.concatenate([np.zeros(0, np.int32), *ranges]),
    )
