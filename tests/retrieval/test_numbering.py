"""Numbers under which an engine holds passages and terms, from one generation to the next."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant, HybridIndex
from assistant.language.tokenization import tokenize
from assistant.retrieval.numbering import Numbering
from assistant.retrieval.publishing import passage_rows
from assistant.retrieval.sparse import K1, B


def array(*values: int) -> np.ndarray:
    return np.array(values, np.int64)


def test_what_follows_stands_behind_what_is_held() -> None:
    first = Numbering.anew("passages_1", array(2, 0, 3), terms=3, mean=40.0)
    assert first.documents.tolist() == [0, 2, 3]  # the one without passages has a number too
    assert (first.end, first.terms.tolist()) == (6, [1, 2, 3])
    # The first document is gone, one of four passages new, which comes first; the term 20 is gone, 15 and 40 are new.
    second = first.followed_by({1: 1, 2: 2}, array(4, 0, 3), keys=array(10, 20, 30), new_keys=array(10, 15, 30, 40))
    assert second.documents.tolist() == [6, 2, 3]
    assert second.terms.tolist() == [1, 4, 3, 5]
    assert (second.end, second.gone.tolist(), second.mean) == (10, [0], 40.0)
    third = second.followed_by({0: 0, 1: 2}, array(4, 3), keys=array(10, 15, 30, 40), new_keys=array(15, 20))
    assert third.documents.tolist() == [6, 3]
    assert third.terms.tolist() == [4, 6]  # 20 gets no dimension that a passage of the generation before has
    assert (third.end, third.gone.tolist()) == (10, [2])


def test_an_index_without_terms_may_be_followed() -> None:
    first = Numbering.anew("passages_1", array(1), terms=0, mean=1.0)
    assert first.followed_by({0: 0}, array(1), keys=array(), new_keys=array(7)).terms.tolist() == [1]


@given(st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=6), min_size=2, max_size=5), st.data())
def test_no_two_documents_share_a_number(generations: list[list[int]], data: st.DataObject) -> None:
    lengths = np.array(generations[0], np.int64)
    now = Numbering.anew("passages", lengths, terms=0, mean=1.0)
    for following in generations[1:]:
        kept = data.draw(st.lists(st.integers(0, len(lengths) - 1), unique=True, max_size=len(following)))
        own = np.array(following, np.int64)
        own[: len(kept)] = lengths[kept]
        before, now = now, now.followed_by(dict(enumerate(kept)), own, array(), array())
        assert now.documents[: len(kept)].tolist() == before.documents[kept].tolist()
        spans = sorted(zip(now.documents.tolist(), np.maximum(own, 1).tolist(), strict=True))
        ends = [begin + length for begin, length in spans]
        assert all(end <= begin for end, (begin, _) in zip(ends, spans[1:], strict=False))
        assert ends[-1] <= now.end
        assert set(now.gone.tolist()) == set(before.documents.tolist()) - set(now.documents.tolist())
        lengths = own


def test_it_comes_out_as_it_was_put_in() -> None:
    one = Numbering.anew("passages_000001_ab", array(2, 1), terms=2, mean=3.5)
    two = one.followed_by({0: 1}, array(1, 4), keys=array(1, 2), new_keys=array(2, 9))
    back = Numbering.unpacked(two.packed())
    assert (back.collection, back.end, back.mean) == ("passages_000001_ab", 7, 3.5)
    for part in ("documents", "terms", "gone"):
        assert getattr(back, part).tolist() == getattr(two, part).tolist()


@pytest.mark.parametrize("longer", [1.0, 1.25])
def test_weights_times_idf_are_bm25_of_the_frozen_mean(seeds: Assistant, longer: float) -> None:
    index = seeds.index
    assert isinstance(index, HybridIndex)
    sparse = index.sparse
    numbering = Numbering.anew("passages", index.document_lengths, len(sparse.keys), sparse.mean_length / longer)
    chosen = np.arange(3, len(index), 7)
    rows = list(passage_rows(index, numbering, chosen))
    assert [row["number"] for row in rows] == chosen.tolist()
    assert [row["document"] for row in rows] == numbering.documents[index.document_numbers[chosen]].tolist()
    tokens = tokenize("全市专利申请量")
    found, scores = sparse.search(tokens, len(index))
    wanted = dict(zip(found.tolist(), scores.tolist(), strict=True))
    for number, row in zip(chosen.tolist(), rows, strict=True):
        score = sum(
            sparse.idf[term] * (K1 + 1) * tokens.count(token) * row["words"].get(int(numbering.terms[term]), 0.0)
            for token in set(tokens)
            if (term := int(sparse._rows([token])[0])) >= 0 and sparse.idf[term] > 0
        )
        if longer == 1.0:
            assert score == pytest.approx(wanted.get(number, 0.0), abs=1e-9)
        elif number in wanted:
            assert score < wanted[number]  # each passage counts as longer than it is
        np.testing.assert_array_equal(row["meaning"], index.dense.vectors(array(number))[0])


def test_the_mean_length_is_that_of_the_norms(seeds: Assistant) -> None:
    assert isinstance(seeds.index, HybridIndex)
    sparse = seeds.index.sparse
    _, passages, times = sparse.postings()[0].between(0, len(sparse.keys))
    lengths = np.bincount(passages, times.astype(np.float64), len(sparse))
    assert sparse.mean_length == pytest.approx(lengths.mean())
    np.testing.assert_allclose(sparse.norms, K1 * (1 - B + B * lengths / sparse.mean_length))
