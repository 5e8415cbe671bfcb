"""The light implementation of the bundled encoder: tokenizers, numpy and onnxruntime, without torch."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import numpy as np

from assistant.errors import EncoderUnavailable
from assistant.retrieval.encoders.network import (
    BUNDLED_FOLDER,
    GRAPH_FILE,
    HIDDEN,
    MAX_TOKENS,
    PASSAGE_PROMPT,
    QUERY_PROMPT,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    FloatArray,
    InputLayer,
)

WEIGHTS_SHA256 = "d241636fe2c663b6d879aa22d8fb7d64d0120e99cd7b940186d2e8496d7d2d2f"
FINGERPRINT = f"multilingual-e5-small-int8@{WEIGHTS_SHA256[:16]}"


class BundledEncoder:
    """multilingual-e5-small, 384 numbers a vector, at most 512 tokens (about 700 characters) of a text.

    Texts run one at a time without padding, several threads side by side: onnxruntime's own threads spin
    while they wait, and padded batches were slower than single texts.
    Raises EncoderUnavailable where a file of the model is missing or broken.
    """

    fingerprint = FINGERPRINT
    dimension = HIDDEN

    def __init__(self, folder: Path = BUNDLED_FOLDER, threads: int | None = None) -> None:
        import onnxruntime
        from safetensors import SafetensorError, safe_open
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.log_severity_level = 3
        try:
            for name in (GRAPH_FILE, WEIGHTS_FILE, TOKENIZER_FILE):
                (folder / name).stat()
            self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            self._tokenizer.enable_truncation(MAX_TOKENS)
            with safe_open(folder / WEIGHTS_FILE, "numpy") as file:
                names = [name for name in file.keys() if name.startswith("embedding.")]  # noqa: SIM118 - a file, not a dict
                self._input_layer = InputLayer.from_tensors({name: file.get_tensor(name) for name in names})
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH_FILE), options, providers=["CPUExecutionProvider"]
            )
        except (OSError, SafetensorError, onnxruntime.capi.onnxruntime_pybind11_state.Fail) as error:
            raise EncoderUnavailable(
                f"the bundled encoder in {folder} is incomplete ({error}); reinstall bureau-assistant"
            ) from error
        self._threads = threads or os.cpu_count() or 1

    def encode_queries(self, texts: list[str]) -> FloatArray:
        """(texts, 384) vectors of questions."""
        return self._encode([QUERY_PROMPT + text for text in texts])

    def encode_passages(self, texts: list[str]) -> FloatArray:
        """(texts, 384) vectors of passages."""
        return self._encode([PASSAGE_PROMPT + text for text in texts])

    def _encode(self, texts: list[str]) -> FloatArray:
        if not texts:
            return np.zeros((0, HIDDEN), np.float32)
        if len(texts) == 1 or self._threads == 1:
            return np.stack([self._vector(text) for text in texts])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.stack(list(pool.map(self._vector, texts)))

    def _vector(self, text: str) -> FloatArray:
        """Mean over the tokens of the last layer, scaled to length 1."""
        tokens = np.array([self._tokenizer.encode(text).ids])
        last = cast(FloatArray, self._session.run(None, {"hidden": self._input_layer(tokens)})[0])
        mean = last[0].mean(axis=0)
        return cast(FloatArray, mean / np.linalg.norm(mean))
