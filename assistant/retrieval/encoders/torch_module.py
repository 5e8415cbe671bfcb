"""The bundled weights as a sentence-transformers module: float32 torch, batched and padded."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from safetensors.numpy import load_file
from sentence_transformers.base.modules.input_module import InputModule
from tokenizers import Tokenizer
from torch.nn import functional

from assistant.retrieval.encoders.network import (
    BUNDLED_FOLDER,
    EPSILON,
    HEADS,
    HIDDEN,
    LAYERS,
    LINEAR_NAMES,
    MAX_TOKENS,
    PADDING_TOKEN,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    InputLayer,
)


class BundledModule(InputModule):  # type: ignore[misc] # torch is not followed by mypy
    """Tokenizes, runs the 12 layers in float32, and pools by the mean to vectors of length 1."""

    config_keys: ClassVar[list[str]] = []
    max_seq_length = MAX_TOKENS

    def __init__(self, folder: Path = BUNDLED_FOLDER) -> None:
        super().__init__()
        tensors = load_file(folder / WEIGHTS_FILE)
        self.tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.tokenizer.enable_padding(pad_id=self.tokenizer.token_to_id(PADDING_TOKEN), pad_token=PADDING_TOKEN)
        self._input_layer = InputLayer.from_tensors(tensors)
        for number in range(LAYERS):
            self._register_layer(number, tensors)

    def _register_layer(self, number: int, tensors: dict[str, Any]) -> None:
        """Undo the int8 steps: weight = quantized * scale * multiplier, as (outputs, inputs)."""
        for name in LINEAR_NAMES:
            part = f"layer.{number}.{name}"
            weight = tensors[f"{part}.quantized"].astype(np.float32) * tensors[f"{part}.scale"]
            weight = (weight * tensors.get(f"{part}.multiplier", np.ones(len(weight), np.float32))[:, None]).T
            self._register(f"{part}.weight", np.ascontiguousarray(weight))
            self._register(f"{part}.bias", tensors[f"{part}.bias"])
        for name in ("attention_norm", "output_norm"):
            for kind in ("weight", "bias"):
                self._register(f"layer.{number}.{name}.{kind}", tensors[f"layer.{number}.{name}.{kind}"])

    def _register(self, name: str, value: Any) -> None:  # noqa: ANN401 - a numpy array of any type
        self.register_buffer(name.replace(".", "_"), torch.from_numpy(value))

    def _tensor(self, name: str) -> torch.Tensor:
        value = getattr(self, name.replace(".", "_"))
        assert isinstance(value, torch.Tensor)  # noqa: S101 - narrows the type for mypy
        return value

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor]:  # noqa: ANN401
        """Token numbers and mask, padded to the longest text."""
        encodings = self.tokenizer.encode_batch([(prompt or "") + text for text in inputs])
        return {
            "input_ids": torch.tensor([encoding.ids for encoding in encodings]),
            "attention_mask": torch.tensor([encoding.attention_mask for encoding in encodings]),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: Any) -> dict[str, torch.Tensor]:  # noqa: ANN401
        """Adds ``sentence_embedding`` (texts, 384)."""
        mask = features["attention_mask"]
        hidden = torch.from_numpy(self._input_layer(features["input_ids"].numpy()))
        attention_mask = mask.bool()[:, None, None, :]
        for number in range(LAYERS):
            hidden = self._layer(f"layer.{number}", hidden, attention_mask)
        weight = mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * weight).sum(1) / weight.sum(1)
        features["token_embeddings"] = hidden
        features["sentence_embedding"] = functional.normalize(mean, dim=1)
        return features

    def _layer(self, prefix: str, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        def linear(name: str, value: torch.Tensor) -> torch.Tensor:
            part = f"{prefix}.{name}"
            return functional.linear(value, self._tensor(f"{part}.weight"), self._tensor(f"{part}.bias"))

        def normalized(name: str, value: torch.Tensor) -> torch.Tensor:
            part = f"{prefix}.{name}"
            weight, bias = self._tensor(f"{part}.weight"), self._tensor(f"{part}.bias")
            return functional.layer_norm(value, (HIDDEN,), weight, bias, EPSILON)

        texts, length, _ = hidden.shape
        heads = linear("qkv", hidden).view(texts, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        context = functional.scaled_dot_product_attention(heads[0], heads[1], heads[2], attn_mask=mask, scale=1.0)
        context = context.transpose(1, 2).reshape(texts, length, HIDDEN)
        attended = normalized("attention_norm", hidden + linear("attention", context))
        activated = functional.gelu(linear("expand", attended))
        return normalized("output_norm", attended + linear("contract", activated))

    def save(self, *_: Any, **__: Any) -> None:  # noqa: ANN401
        """The weights are part of the package; there is nothing to save."""
        raise NotImplementedError("the bundled encoder is part of the package and is not saved")

    def get_embedding_dimension(self) -> int:
        """384."""
        return HIDDEN
