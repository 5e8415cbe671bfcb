from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from assistant.retrieval import dense
from assistant.retrieval.dense import DenseIndex


def unit_vectors(count: int, dimension: int, seed: int = 7) -> npt.NDArray[np.float32]:
    """Vectors in groups that share a direction, as those of a language model do."""
    random = np.random.default_rng(seed)
    groups = random.normal(size=(20, dimension))
    vectors = groups[random.integers(0, 20, count)] + random.normal(size=(count, dimension))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def test_search_equals_a_numpy_product(tmp_path: Path) -> None:
    vectors = unit_vectors(50, 16)
    DenseIndex.fit(vectors).save(tmp_path)
    index = DenseIndex.load(tmp_path)
    cosines = vectors @ vectors[3]
    rows, scores = index.search(vectors[3], 5)
    assert rows.tolist() == np.argsort(-cosines)[:5].tolist()
    np.testing.assert_allclose(scores, np.sort(cosines)[::-1][:5], atol=1e-3)  # half precision
    assert (len(index), index.dimension) == (50, 16)
    np.testing.assert_allclose(index.vectors(np.array([7, 2])), vectors[[7, 2]], atol=1e-3)


def test_only_allowed_passages_are_found_and_none_is_padded() -> None:
    index = DenseIndex.fit(np.eye(4, dtype=np.float32))
    allowed = np.array([True, False, True, False])
    rows, scores = index.search(np.array([0.6, 0.8, 0, 0], np.float32), 10, allowed)
    assert rows.tolist() == [0, 2]
    np.testing.assert_allclose(scores, [0.6, 0.0], atol=1e-3)


def test_many_vectors_are_quantized_and_compared_exactly_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "EXACT", 1_000)
    vectors, questions = unit_vectors(4_000, 64), unit_vectors(40, 64, seed=8)
    DenseIndex.fit(vectors).save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dense.coarse.faiss", "dense.faiss"]
    index = DenseIndex.load(tmp_path)
    shared = 0
    for question in questions:
        cosines = vectors @ question
        rows, scores = index.search(question, 100)
        np.testing.assert_allclose(scores, cosines[rows], atol=1e-3)
        shared += len(set(rows[:10].tolist()) & set(np.argsort(-cosines)[:10].tolist()))
    assert shared >= 0.99 * 400
    allowed = np.arange(4_000) % 100 == 0
    rows, _ = index.search(questions[0], 5, allowed)
    assert rows.tolist() == (np.argsort(-(vectors[allowed] @ questions[0]))[:5] * 100).tolist()


def test_parts_that_do_not_fit_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dense, "EXACT", 100)
    DenseIndex.fit(unit_vectors(600, 8)).save(tmp_path)
    monkeypatch.setattr(dense, "EXACT", 1_000)
    DenseIndex.fit(unit_vectors(500, 8)).save(tmp_path)
    with pytest.raises(ValueError, match="600 coarse vectors for 500"):
        DenseIndex.load(tmp_path)
