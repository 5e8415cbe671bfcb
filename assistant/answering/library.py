"""What answers are made from: one state of an index, with all that searches and reads it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.datamodels import Goal, RowQuery, Scope
from assistant.facts.versions import superseded
from assistant.interfaces import Check, DocumentStore, Encoder, PassageIndex, Reader, Retriever
from assistant.language.places import stem_of
from assistant.language.weights import TermWeights

KEPT = 64
"""Documents whose rows are kept."""


@dataclass(frozen=True)
class Library:
    """One for a state of the index, shared by all questions."""

    index: PassageIndex
    store: DocumentStore
    retriever: Retriever
    encoder: Encoder
    reader: Reader | None = None
    """Scores sentences; the one of ``evidence/sentences.py`` where none is given."""
    checks: tuple[Check, ...] = ()
    """Beside the quote guarantee."""

    @cached_property
    def superseded(self) -> frozenset[str]:
        """The drafts that do not answer, because their final text is there."""
        return superseded(self.store.facts)

    @cached_property
    def place_stems(self) -> dict[str, str]:
        """The places of the documents by their names without suffix, where only one has it."""
        stems: dict[str, set[str]] = {}
        for place in {one.place for one in self.store.facts.values() if one.place}:
            stems.setdefault(stem_of(place), set()).add(place)
        return {stem: next(iter(names)) for stem, names in stems.items() if len(names) == 1 and len(stem) > 1}

    @cached_property
    def place_pattern(self) -> re.Pattern[str] | None:
        """Any of these names, the longest first; None where no document has a place."""
        names = sorted(self.place_stems, key=len, reverse=True)
        return re.compile(f"({'|'.join(map(re.escape, names))})") if names else None

    @cached_property
    def rows_of(self) -> Callable[[str], tuple[Goal, ...]]:
        """All rows of a document by its id, in the order of its text; those last asked for are kept."""
        rows = self.store.rows
        return lru_cache(maxsize=KEPT)(lambda name: tuple(rows.goals(RowQuery(Scope(documents=frozenset({name}))))))

    @cached_property
    def weights(self) -> TermWeights:
        """The weights of terms, worked out once for each term."""
        return TermWeights(len(self.index), self.index.held_by)
