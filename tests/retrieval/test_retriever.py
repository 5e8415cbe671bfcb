from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from assistant import Assistant, HybridRetriever, ScopeError
from assistant.interfaces import FloatArray


@pytest.fixture
def retriever(seeds: Assistant) -> HybridRetriever:
    return HybridRetriever(seeds.index, seeds.store, seeds.encoder)


def test_hits_are_ranked_from_one_with_falling_scores(seeds: Assistant) -> None:
    hits = seeds.search("防震减灾", k=20)
    assert [hit.rank for hit in hits] == list(range(1, 21))
    assert all(one.score >= other.score for one, other in itertools.pairwise(hits))
    assert "防震减灾" in hits[0].passage.text
    assert hits == seeds.search("防震减灾", k=20)


def test_a_traditional_question_finds_what_a_simplified_one_finds(seeds: Assistant) -> None:
    simplified, traditional = (seeds.search(words, k=1)[0] for words in ("科技特派员下乡", "科技特派員下鄉"))
    assert simplified.passage == traditional.passage


def test_filters_leave_only_what_passes(seeds: Assistant) -> None:
    facts = seeds.store.facts
    for hit in seeds.search("科技", k=300, year=2013):
        assert 2013 in facts[hit.passage.document_id].years
    assert {hit.passage.source[:3] for hit in seeds.search("科技", k=300, source="003")} == {"003"}
    kinds = {facts[hit.passage.document_id].kind for hit in seeds.search("科技", k=300, kind="plan")}
    assert kinds == {"plan"}
    assert seeds.search("科技", year=1949) == []
    assert seeds.search("科技", k=300, year=2013, source="004") == []


def test_one_leg_alone_ranks_by_that_leg(retriever: HybridRetriever) -> None:
    sparse = replace(retriever, dense_weight=0.0).search("专利申请量", k=3)
    assert [hit.sparse_rank for hit in sparse] == [1, 2, 3]
    dense = replace(retriever, dense_weight=1.0).search("专利申请量", k=3)
    assert [hit.dense_rank for hit in dense] == [1, 2, 3]


def test_no_passage_cannot_be_asked_for(retriever: HybridRetriever) -> None:
    with pytest.raises(ScopeError, match="k must be 1 or more"):
        retriever.search("专利", k=0)


def test_words_alone_ask_no_encoder_and_find_only_what_holds_one(retriever: HybridRetriever) -> None:
    class Unwanted:
        fingerprint, dimension = "none", 384

        def encode_queries(self, texts: list[str]) -> FloatArray:
            raise AssertionError(texts)

        encode_passages = encode_queries

    words = replace(retriever, encoder=Unwanted(), dense_weight=0.0)
    hits = words.search("防震减灾", k=1000)
    assert 0 < len(hits) < len(retriever.index)
    assert all(set("防震减灾") & set("".join((*hit.passage.section_path, hit.passage.text))) for hit in hits)
    assert words.search("𠀀", k=5) == []
