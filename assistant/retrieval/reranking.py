"""Reranking: a cross-encoder reads the question beside each passage found and orders them anew.

Reference: Nogueira and Cho, Passage Re-ranking with BERT, arXiv:1901.04085.
"""

from __future__ import annotations

import numpy as np

from assistant.errors import EncoderUnavailable
from assistant.interfaces import FloatArray


class CrossEncoderReranker:
    """Any sentence-transformers CrossEncoder with one output, by name or folder.

    Raises EncoderUnavailable where it cannot be loaded or has more than one output.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(name, device="cpu")
        except (OSError, ValueError, ImportError, RuntimeError) as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
            raise EncoderUnavailable(
                f"cannot load the reranker {name!r} ({reason[:160]}); give the folder of a downloaded "
                "sentence-transformers CrossEncoder, or leave BUREAU_RERANKER unset"
            ) from error
        if self._model.num_labels != 1:
            raise EncoderUnavailable(f"the reranker {name!r} has {self._model.num_labels} outputs; one is needed")

    def scores(self, question: str, texts: list[str]) -> FloatArray:
        """(texts,) scores."""
        pairs = [(question, text) for text in texts]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float32).reshape(-1)
