from __future__ import annotations

import math

import pytest

from assistant import ndcg_at_k, recall_at_k, reciprocal_rank
from assistant.evaluation.metrics import precision_and_recall, success_at_k

NONE: frozenset[int] = frozenset()
RELEVANT = [NONE, frozenset({0, 2}), NONE, frozenset({2}), frozenset({1})]


def test_recall_is_the_share_of_spans_found() -> None:
    assert [recall_at_k(RELEVANT, 4, k) for k in (1, 2, 4, 5)] == [0, 0.5, 0.5, 0.75]


def test_success_is_one_span_found() -> None:
    assert (success_at_k(RELEVANT, 1), success_at_k(RELEVANT, 2)) == (0.0, 1.0)


def test_reciprocal_rank_counts_from_one() -> None:
    assert reciprocal_rank(RELEVANT) == 0.5
    assert reciprocal_rank(RELEVANT, 1) == 0
    assert reciprocal_rank([frozenset({0})]) == 1


def test_ndcg_by_hand() -> None:
    gained = 1 / math.log2(3) + 1 / math.log2(5) + 1 / math.log2(6)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4) + 1 / math.log2(5)
    assert ndcg_at_k(RELEVANT, 4) == pytest.approx(gained / ideal)
    assert ndcg_at_k(RELEVANT, 4, 1) == 0
    assert ndcg_at_k([], 0) == 0


def test_precision_and_recall_by_hand() -> None:
    assert precision_and_recall([True, True, False, True], [True, False, True, True]) == (2 / 3, 2 / 3)
    assert precision_and_recall([False], [False]) == (None, None)
