from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import fuse
from assistant.retrieval.fusion import ranks

SPARSE = {1: 10.0, 2: 4.0, 3: 2.0}
DENSE = {2: 0.9, 3: 0.8, 4: 0.7}


def test_min_max_by_hand() -> None:
    fused = fuse(SPARSE, DENSE, dense_weight=0.5)
    assert fused == pytest.approx({1: 0.5, 2: 0.5 * 0.25 + 0.5, 3: 0.25, 4: 0.0})


def test_reciprocal_rank_counts_from_one() -> None:
    fused = fuse(SPARSE, DENSE, method="reciprocal_rank", dense_weight=0.5)
    assert fused == pytest.approx({1: 0.5 / 61, 2: 0.5 / 62 + 0.5 / 61, 3: 0.5 / 63 + 0.5 / 62, 4: 0.5 / 63})


def test_the_weight_leaves_one_leg_alone() -> None:
    assert ranks(fuse(SPARSE, DENSE, dense_weight=0))[1] == 1
    assert ranks(fuse(SPARSE, DENSE, dense_weight=1))[2] == 1
    with pytest.raises(ValueError, match="between 0 and 1"):
        fuse(SPARSE, DENSE, dense_weight=1.1)


def test_equal_scores_and_empty_legs() -> None:
    assert fuse({1: 2.0, 2: 2.0}, {}) == pytest.approx({1: 0.5, 2: 0.5})
    assert fuse({}, {}) == {}
    assert ranks({5: 1.0, 2: 1.0, 9: 3.0}) == {9: 1, 2: 2, 5: 3}


@given(st.dictionaries(st.integers(0, 9), st.floats(0, 100)), st.dictionaries(st.integers(0, 9), st.floats(-1, 1)))
def test_fused_scores_lie_between_0_and_1(sparse: dict[int, float], dense: dict[int, float]) -> None:
    fused = fuse(sparse, dense)
    assert fused.keys() == sparse.keys() | dense.keys()
    assert all(0 <= score <= 1 + 1e-9 for score in fused.values())
