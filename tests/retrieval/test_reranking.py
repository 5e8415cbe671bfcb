"""Reranking by a real if tiny cross-encoder, and by one whose scores are known."""

from __future__ import annotations

import importlib
import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant import Assistant, CrossEncoderReranker, EncoderUnavailable, HybridRetriever, Settings
from assistant.interfaces import FloatArray


class LengthReranker:
    """Prefers short passages."""

    def scores(self, question: str, texts: list[str]) -> FloatArray:
        assert question
        return np.asarray([-len(text) for text in texts], np.float32)


def test_the_scores_of_the_reranker_order_the_hits(seeds: Assistant) -> None:
    plain = HybridRetriever(seeds.index, seeds.store, seeds.encoder)
    reranked = HybridRetriever(seeds.index, seeds.store, seeds.encoder, reranker=LengthReranker())
    found = reranked.search("专利申请量的目标", k=5)
    best = plain.search("专利申请量的目标", k=30)
    texts = ["\n".join((hit.passage.title, *hit.passage.section_path, hit.passage.text)) for hit in best]
    expected = sorted(range(30), key=lambda rank: len(texts[rank]))[:5]
    assert sorted(len(texts[rank]) for rank in expected) == sorted(
        len("\n".join((hit.passage.title, *hit.passage.section_path, hit.passage.text))) for hit in found
    )
    assert found[0].score == 1.0
    assert [hit.rank for hit in found] == [1, 2, 3, 4, 5]
    assert all(one.score >= other.score for one, other in itertools.pairwise(found))


@pytest.fixture(scope="module")
def tiny_cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of one small random layer over the characters of a few words, saved to a folder."""
    transformers: Any = importlib.import_module("transformers")
    folder = tmp_path_factory.mktemp("cross-encoder")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"专利申请量的目标是多少防震减灾"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=512,
        num_labels=1,
    )
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    transformers.BertTokenizerFast(vocab_file=str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


def test_a_cross_encoder_by_folder_scores_pairs(tiny_cross_encoder: Path) -> None:
    from sentence_transformers import CrossEncoder

    texts = ["专利申请量的目标", "防震减灾"]
    found = CrossEncoderReranker(str(tiny_cross_encoder)).scores("专利申请量是多少", texts)
    other = CrossEncoder(str(tiny_cross_encoder), device="cpu").predict([("专利申请量是多少", text) for text in texts])
    assert found.shape == (2,)
    np.testing.assert_allclose(found, np.asarray(other).reshape(-1), rtol=1e-5)


def test_the_setting_switches_it_on(tiny_cross_encoder: Path, seeds: Assistant, index_folder: Path) -> None:
    settings = Settings(reranker=str(tiny_cross_encoder))
    reranked = Assistant.load(index_folder, encoder=seeds.encoder, settings=settings)
    assert reranked.search("防震减灾", k=3)[0].score == 1.0
    assert reranked.ask("平湖市2013年专利申请量的目标是多少?").text == "专利申请量达到2300件以上[1]"


def test_a_reranker_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="BUREAU_RERANKER"):
        CrossEncoderReranker(str(tmp_path / "none"))
