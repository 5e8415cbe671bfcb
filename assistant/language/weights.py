"""How much a term weighs: rare ones tell more."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

REMEMBERED = 65536


def inverse_document_frequency(passages: int, holding: int) -> float:
    """idf = ln(1 + (N - n + 0.5) / (n + 0.5)) of a term that n of N passages hold (Robertson and Zaragoza 2009)."""
    return math.log(1 + (passages - holding + 0.5) / (holding + 0.5))


class TermWeights:
    """The idf of terms over the passages of an index; unknown terms weigh most. One for an index, used from threads."""

    def __init__(self, passages: int, held_by: Callable[[str], int]) -> None:
        self._weight = lru_cache(maxsize=REMEMBERED)(lambda term: inverse_document_frequency(passages, held_by(term)))

    def __getitem__(self, term: str) -> float:
        return self._weight(term)

    def coverage(self, wanted: Iterable[str], held: Collection[str]) -> float:
        """Share of the weight of ``wanted`` that ``held`` holds; 0 where nothing is wanted."""
        weights = [(term, self._weight(term)) for term in wanted]
        total = sum(weight for _, weight in weights)
        return sum(weight for term, weight in weights if term in held) / total if total else 0.0
