"""Retrieval metrics, one function a formula. Rank counts from 1.

``relevant[i]`` says which of a question's evidence spans the passage at rank i + 1 overlaps.
"""

from __future__ import annotations

import math
from collections.abc import Sequence


def recall_at_k(relevant: Sequence[frozenset[int]], spans: int, k: int) -> float:
    """Share of the evidence spans that the first ``k`` passages overlap: 2 of 5 spans gives 0.4."""
    found: frozenset[int] = frozenset().union(*relevant[:k])
    return len(found) / spans


def success_at_k(relevant: Sequence[frozenset[int]], k: int) -> float:
    """1 where one of the first ``k`` passages overlaps any evidence span, else 0."""
    return float(any(relevant[:k]))


def reciprocal_rank(relevant: Sequence[frozenset[int]], k: int = 10) -> float:
    """1 / rank of the first passage that overlaps a span, 0 beyond ``k``; its mean is MRR@k."""
    return next((1 / rank for rank, spans in enumerate(relevant[:k], start=1) if spans), 0.0)


def ndcg_at_k(relevant: Sequence[frozenset[int]], relevant_passages: int, k: int = 10) -> float:
    """DCG@k / ideal DCG@k with gain 1 for a passage that overlaps a span, discount log2(rank + 1).

    ``relevant_passages`` counts such passages in the whole index (Jaervelin and Kekaelaeinen 2002,
    doi:10.1145/582415.582418).
    """
    gained = sum(1 / math.log2(rank + 1) for rank, spans in enumerate(relevant[:k], start=1) if spans)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(relevant_passages, k) + 1))
    return gained / ideal if ideal else 0.0


def precision_and_recall(predicted: Sequence[bool], actual: Sequence[bool]) -> tuple[float | None, float | None]:
    """(right positives / predicted positives, right positives / actual positives); None for 0 / 0."""
    both = sum(one and other for one, other in zip(predicted, actual, strict=True))
    precision = both / sum(predicted) if any(predicted) else None
    recall = both / sum(actual) if any(actual) else None
    return precision, recall
