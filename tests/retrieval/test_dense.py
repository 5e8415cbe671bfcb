from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.retrieval.dense import DenseIndex


def test_search_equals_a_numpy_product(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    vectors = random.normal(size=(50, 16)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    DenseIndex.fit(vectors).save(tmp_path / "dense.faiss")
    index = DenseIndex.load(tmp_path / "dense.faiss")
    cosines = vectors @ vectors[3]
    rows, scores = index.search(vectors[3], 5)
    assert rows.tolist() == np.argsort(-cosines)[:5].tolist()
    np.testing.assert_allclose(scores, np.sort(cosines)[::-1][:5], atol=1e-6)
    assert rows[0] == 3
    assert (len(index), index.dimension) == (50, 16)


def test_only_allowed_passages_are_found_and_none_is_padded() -> None:
    index = DenseIndex.fit(np.eye(4, dtype=np.float32))
    rows, scores = index.search(np.array([0.6, 0.8, 0, 0], np.float32), 10, np.array([0, 2]))
    assert rows.tolist() == [0, 2]
    np.testing.assert_allclose(scores, [0.6, 0.0], atol=1e-6)
