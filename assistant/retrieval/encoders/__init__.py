"""Encoders: text to unit vectors. One protocol, two implementations, chosen by name."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import numpy.typing as npt

BUNDLED = "bundled"

FloatArray = npt.NDArray[np.float32]


class Encoder(Protocol):
    """What retrieval asks of an encoder. Vectors are float32 rows of length 1."""

    @property
    def fingerprint(self) -> str:
        """Names the weights: two encoders with one fingerprint give interchangeable vectors."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    def encode_queries(self, texts: list[str]) -> FloatArray:
        """(texts, dimension) vectors of questions."""

    def encode_passages(self, texts: list[str]) -> FloatArray:
        """(texts, dimension) vectors of passages."""


def load_encoder(name: str = BUNDLED) -> Encoder:
    """The bundled encoder for ``"bundled"``, else the sentence-transformers model of that name or path.

    Raises EncoderUnavailable where the model cannot be loaded.
    """
    if name == BUNDLED:
        from assistant.retrieval.encoders.bundled import BundledEncoder

        return BundledEncoder()
    from assistant.retrieval.encoders.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name)
