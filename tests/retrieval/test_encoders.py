from __future__ import annotations

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from assistant import BundledEncoder, EncoderUnavailable, SentenceTransformerEncoder, load_encoder
from assistant.retrieval.encoders.bundled import WEIGHTS_SHA256
from assistant.retrieval.encoders.network import BUNDLED_FOLDER, GRAPH_FILE, TOKENIZER_FILE, WEIGHTS_FILE

PASSAGES = [
    "专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。",
    "充分发挥科技特派员作用,开展培训和现场技术指导,解决群众在生产中遇到的技术难题。",
    "加强地震监测台站维护,做好地震监测预报,提升市民科普意识。" * 6,
    "R&D",
    "",
]


def test_the_files_are_those_of_the_model_card() -> None:
    card = (BUNDLED_FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")
    for name in (WEIGHTS_FILE, TOKENIZER_FILE, GRAPH_FILE):
        digest = hashlib.sha256((BUNDLED_FOLDER / name).read_bytes()).hexdigest()
        assert re.search(rf"{re.escape(name)} \| `{digest}`", card)
    assert hashlib.sha256((BUNDLED_FOLDER / WEIGHTS_FILE).read_bytes()).hexdigest() == WEIGHTS_SHA256


def test_vectors_have_length_one_and_do_not_depend_on_their_neighbours(encoder: BundledEncoder) -> None:
    together = encoder.encode_passages(PASSAGES)
    assert together.shape == (5, 384)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    for row, text in enumerate(PASSAGES):
        np.testing.assert_array_equal(encoder.encode_passages([text])[0], together[row])
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_question_is_nearest_to_the_passage_that_answers_it(encoder: BundledEncoder) -> None:
    questions = ["专利要申请多少件", "科技特派员要做什么", "怎么预防地震"]
    cosines = encoder.encode_queries(questions) @ encoder.encode_passages(PASSAGES[:3]).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning", "ignore:.*:FutureWarning")
def test_both_implementations_give_the_same_vectors(encoder: BundledEncoder) -> None:
    reference = SentenceTransformerEncoder("bundled")
    assert (reference.fingerprint, reference.dimension) == (encoder.fingerprint, 384)
    for ours, theirs in (
        (encoder.encode_passages(PASSAGES), reference.encode_passages(PASSAGES)),
        (encoder.encode_queries(PASSAGES[:2]), reference.encode_queries(PASSAGES[:2])),
    ):
        assert (ours * theirs).sum(axis=1).min() >= 0.997


def test_a_broken_model_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="reinstall"):
        BundledEncoder(tmp_path)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning", "ignore:.*:FutureWarning")
def test_a_model_that_is_not_here_says_so(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="cannot load the model"):
        load_encoder(str(tmp_path / "no-such-model"))
