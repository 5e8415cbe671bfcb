"""Encoders: text to unit vectors; two implementations, chosen by name."""

from __future__ import annotations

from assistant.interfaces import Encoder

BUNDLED = "bundled"


def load_encoder(name: str = BUNDLED) -> Encoder:
    """The bundled encoder for ``"bundled"``, else the sentence-transformers model of that name or path.

    Raises EncoderUnavailable where the model cannot be loaded.
    """
    if name == BUNDLED:
        from assistant.retrieval.encoders.bundled import BundledEncoder

        return BundledEncoder()
    from assistant.retrieval.encoders.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name)
