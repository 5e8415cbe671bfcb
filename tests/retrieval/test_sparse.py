from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from rank_bm25 import BM25Okapi

from assistant import Document, split_passages
from assistant.retrieval.sparse import SparseIndex
from assistant.retrieval.tokenization import tokenize


def test_scores_follow_the_formula() -> None:
    """Two of three passages hold a, so its idf, ln(1.5 / 2.5), is negative and becomes 0.25 of the mean idf."""
    index = SparseIndex.fit([["a", "b"], ["a"], ["c"]])
    idf_b = math.log(2.5 / 1.5)
    idf_a = 0.25 * (math.log(1.5 / 2.5) + 2 * idf_b) / 3
    mean = 4 / 3
    expected = [
        (idf_a + idf_b) * 2.5 / (1 + 1.5 * (0.25 + 0.75 * 2 / mean)),
        idf_a * 2.5 / (1 + 1.5 * (0.25 + 0.75 * 1 / mean)),
        0.0,
    ]
    assert index.scores(["a", "b"]) == pytest.approx(expected, abs=1e-12)


def test_scores_equal_rank_bm25_on_the_corpus(documents: list[Document]) -> None:
    passages = [tokenize(one.text) for document in documents for one in split_passages(document)]
    index, reference = SparseIndex.fit(passages), BM25Okapi(passages)
    for question in ("专利申请量的目标是多少", "科技科技特派员", "R&D投入", "没有的词zzz"):
        tokens = tokenize(question)
        np.testing.assert_allclose(index.scores(tokens), reference.get_scores(tokens), atol=1e-9, rtol=0)


def test_an_index_without_words_scores_nothing() -> None:
    assert SparseIndex.fit([[], []]).scores(["a"]).tolist() == [0.0, 0.0]


def test_saved_and_loaded_scores_are_equal(tmp_path: Path) -> None:
    index = SparseIndex.fit([["创", "新"], ["专利", "2300"], ["新"]])
    assert index.save(tmp_path, "text") == ["text.npz", "text.vocabulary.json"]
    loaded = SparseIndex.load(tmp_path, "text")
    assert loaded.scores(["新", "2300"]).tolist() == index.scores(["新", "2300"]).tolist()


def test_parts_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    SparseIndex.fit([["a"], ["b"]]).save(tmp_path, "text")
    (tmp_path / "text.vocabulary.json").write_text('["a"]')
    with pytest.raises(ValueError, match="2 rows for 1 terms"):
        SparseIndex.load(tmp_path, "text")
