"""Which number each document and passage gets in a new generation: taken over or new, in the order of their sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.datamodels import Document, DocumentFacts, Passage

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Placement:
    """The documents and passages of a new generation; an update numbers them as a build from nothing would."""

    documents: dict[str, int]
    """Number of each document by its id, in that order."""
    taken: frozenset[str]
    """Ids of the documents that the live generation holds already."""
    document_numbers: Numbers
    """For each passage, the number of its document."""
    order: Numbers
    """For each passage its place in the live passages followed by the new ones."""
    live_passages: int

    @property
    def taken_passages(self) -> list[tuple[int, int]]:
        """(number in the live generation, new number) of each passage taken over."""
        new = np.flatnonzero(self.order < self.live_passages)
        return list(zip(self.order[new].tolist(), new.tolist(), strict=True))

    @property
    def new_passages(self) -> Numbers:
        """The number of each new passage, in the order they were given."""
        places = np.flatnonzero(self.order >= self.live_passages)
        return places[np.argsort(self.order[places])]


def place(
    documents: list[Document],
    passages: list[Passage],
    live: dict[str, DocumentFacts],
    live_document_numbers: npt.NDArray[np.integer],
    kept: Collection[str],
) -> Placement:
    """Number the new ``documents`` with their ``passages``, and those of the ``live`` whose source is ``kept``.

    ``live_document_numbers`` names for each live passage its document's number in ``live``.
    """
    bounds = np.searchsorted(live_document_numbers, np.arange(len(live) + 1)).tolist()
    entries = [
        (facts.source, document_id, True, bounds[number], bounds[number + 1])
        for number, (document_id, facts) in enumerate(live.items())
        if facts.source in kept
    ]
    lengths = Counter(passage.document_id for passage in passages)
    position = bounds[-1]
    for document in documents:
        end = position + lengths[document.document_id]
        entries.append((document.source, document.document_id, False, position, end))
        position = end
    entries.sort(key=lambda entry: entry[0])
    ranges = [np.arange(start, end) for *_, start, end in entries]
    return Placement(
        documents={document_id: number for number, (_, document_id, *_) in enumerate(entries)},
        taken=frozenset(document_id for _, document_id, taken, *_ in entries if taken),
        document_numbers=np.repeat(np.arange(len(entries)), [len(one) for one in ranges]),
        order=np.concatenate([np.zeros(0, np.int64), *ranges]),
        live_passages=bounds[-1],
    )
