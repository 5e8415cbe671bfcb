from __future__ import annotations

import math
import random
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from assistant import Document, split_passages
from assistant.language.tokenization import tokenize
from assistant.retrieval import sparse
from assistant.retrieval.postings import Postings
from assistant.retrieval.sparse import SparseIndex

QUESTIONS = ("专利申请量的目标是多少", "科技科技特派员", "R&D投入", "没有的词zzz")


def fitted(passages: list[list[str]]) -> SparseIndex:
    return SparseIndex.fit([(Postings.of(passages), np.arange(len(passages)))], len(passages))


def scores_of(index: SparseIndex, tokens: list[str]) -> list[float]:
    scores = np.zeros(len(index))
    found, values = index.search(tokens, len(index))
    scores[found] = values
    return list(scores)


@pytest.fixture(scope="module")
def passages(documents: list[Document]) -> list[list[str]]:
    return [tokenize(one.text) for document in documents for one in split_passages(document)]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> tuple[list[list[str]], SparseIndex]:
    """5,000 passages of words of falling frequency, 16 of them common, and lists that are read in part."""
    monkeypatch.setattr(sparse, "MANY", 1_000)
    monkeypatch.setattr(sparse, "READ", 2_000)
    draw = random.Random(3)
    passages = [[f"w{int(draw.paretovariate(0.4)) % 4000}" for _ in range(40)] for _ in range(5_000)]
    return passages, fitted(passages)


def test_scores_follow_the_formula() -> None:
    """Two of three passages hold a, so its idf, ln(1.5 / 2.5), is negative and becomes 0.25 of the mean idf."""
    idf_b = math.log(2.5 / 1.5)
    idf_a = 0.25 * (math.log(1.5 / 2.5) + 2 * idf_b) / 3
    mean = 4 / 3
    expected = [
        (idf_a + idf_b) * 1.9 / (1 + 0.9 * (0.6 + 0.4 * 2 / mean)),
        idf_a * 1.9 / (1 + 0.9 * (0.6 + 0.4 * 1 / mean)),
        0.0,
    ]
    assert scores_of(fitted([["a", "b"], ["a"], ["c"]]), ["a", "b"]) == pytest.approx(expected, abs=1e-12)


def test_scores_equal_rank_bm25_on_the_corpus(passages: list[list[str]]) -> None:
    index, reference = fitted(passages), BM25Okapi(passages, k1=0.9, b=0.4)
    for question in QUESTIONS:
        tokens = tokenize(question)
        np.testing.assert_allclose(scores_of(index, tokens), reference.get_scores(tokens), atol=1e-9, rtol=0)


@given(st.lists(st.lists(st.sampled_from("abcdefg"), max_size=8), min_size=3, max_size=12), st.integers(1, 5))
def test_the_best_are_those_of_rank_bm25(passages: list[list[str]], count: int) -> None:
    passages = [*passages, *(["z"] for _ in passages)]  # so that no idf is negative
    reference = BM25Okapi(passages, k1=0.9, b=0.4).get_scores(["a", "b", "a"])
    found, scores = fitted(passages).search(["a", "b", "a"], count)
    expected = [one for one in np.lexsort((np.arange(len(passages)), -reference.round(9))) if reference[one] > 0]
    assert found.tolist() == expected[:count]
    np.testing.assert_allclose(scores, reference[found], atol=1e-9)


def test_lists_read_in_part_and_common_terms_give_exact_scores(many: tuple[list[list[str]], SparseIndex]) -> None:
    passages, index = many
    reference = BM25Okapi(passages, k1=0.9, b=0.4)
    assert index.common.shape == (5_000, np.sum(index.holders > 5_000 / 8))
    assert index.common.shape[1] >= 3
    agreed = 0
    for number in range(50):
        tokens = passages[number][:12]
        expected = reference.get_scores(tokens)
        found, scores = index.search(tokens, 10)
        np.testing.assert_allclose(scores, expected[found], atol=1e-9, rtol=0)
        assert found[0] == np.argmax(expected)
        agreed += len(set(found.tolist()) & set(np.argsort(-expected, kind="stable")[:10].tolist()))
    assert agreed >= 475


def test_rounding_does_not_lose_the_last_of_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparse, "READ", 1)
    monkeypatch.setattr(sparse, "SCORED", 1)
    index = fitted([["t0", "t5"], ["t3", "t1", "t0"], [], [], ["t4", "t2", "t0"], ["t4"]])
    assert index.search(["t4", "t2", "t5", "t0"], 1)[0].tolist() == [4]


def test_common_terms_alone_are_searched(many: tuple[list[list[str]], SparseIndex]) -> None:
    passages, index = many
    expected = BM25Okapi(passages, k1=0.9, b=0.4).get_scores(["w1", "w2"])
    found, scores = index.search(["w1", "w2"], 5)
    np.testing.assert_allclose(scores, np.sort(expected)[::-1][:5], atol=1e-9)
    np.testing.assert_allclose(expected[found], scores, atol=1e-9)
    assert index.holding("w1").tolist() == [number for number, one in enumerate(passages) if "w1" in one]
    assert index.held_by("w1") == len(index.holding("w1"))


def test_only_allowed_passages_are_found() -> None:
    index = fitted([["a"], ["a", "a"], ["b"], ["c"], ["d"], ["e"]])
    allowed = np.array([True, False, True, True, True, True])
    assert index.search(["a", "b"], 5, allowed)[0].tolist() == [2, 0]
    assert index.search(["a"], 5, ~allowed)[0].tolist() == [1]


def test_an_index_without_words_finds_nothing() -> None:
    for count in (0, 2):
        index = fitted([[] for _ in range(count)])
        assert index.search(["a"], 3)[0].tolist() == []
        assert (index.holding("a").tolist(), index.held_by("a")) == ([], 0)


def test_saved_and_loaded_scores_are_equal(tmp_path: Path, many: tuple[list[list[str]], SparseIndex]) -> None:
    passages, index = many
    index.save(tmp_path, "sparse")
    loaded = SparseIndex.load(tmp_path, "sparse")
    for tokens in (passages[0], ["w1"], ["nothing"]):
        for one, other in zip(index.search(tokens, 7), loaded.search(tokens, 7), strict=True):
            assert one.tolist() == other.tolist()


def test_what_it_was_fitted_on_comes_back(tmp_path: Path, many: tuple[list[list[str]], SparseIndex]) -> None:
    passages, index = many
    index.save(tmp_path, "sparse")
    parts = [(one, np.arange(len(passages))) for one in SparseIndex.load(tmp_path, "sparse").postings()]
    again = SparseIndex.fit(parts, len(passages))
    assert len(parts) > 1  # common terms stand in a table
    for part in fields(SparseIndex):
        np.testing.assert_array_equal(getattr(again, part.name), getattr(index, part.name))


def test_parts_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    fitted([["a"], ["b"]]).save(tmp_path, "sparse")
    np.save(tmp_path / "sparse.idf.npy", np.zeros(1))
    with pytest.raises(ValueError, match="do not fit together"):
        SparseIndex.load(tmp_path, "sparse")
