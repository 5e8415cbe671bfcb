"""The network of the bundled encoder: its sizes, its files, and the parts that both implementations share.

multilingual-e5-small: a BERT of 12 layers, 384 wide, 12 heads (Wang et al. 2024, arXiv:2402.05672). Its
input layer is computed here in numpy from the 4-bit embedding rows of the tokens at hand; the table is never
unpacked as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

BUNDLED_FOLDER = Path(__file__).parent / "multilingual_e5_small"
WEIGHTS_FILE = "weights.safetensors"
TOKENIZER_FILE = "tokenizer.json"
GRAPH_FILE = "network.onnx"

HIDDEN = 384
LAYERS = 12
HEADS = 12
MAX_TOKENS = 512
BLOCK = 32
EPSILON = 1e-12
PADDING_TOKEN = "<pad>"  # noqa: S105 - a token of text
QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
LINEAR_NAMES = ("qkv", "attention", "expand", "contract")


def layer_normalization(x: FloatArray, weight: FloatArray, bias: FloatArray) -> FloatArray:
    """(x - mean) / sqrt(variance + 1e-12) * weight + bias over the last axis."""
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = np.square(centred).mean(axis=-1, keepdims=True)
    normalized: FloatArray = centred / np.sqrt(variance + np.float32(EPSILON)) * weight + bias
    return normalized


@dataclass(frozen=True)
class InputLayer:
    """Token, position and type embeddings with their layer normalisation."""

    nibbles: npt.NDArray[np.uint8]
    """(pieces, 192): two 4-bit weights a byte, the even one low"""
    scales: npt.NDArray[np.float16]
    """(pieces, 12): one for each block of 32 weights"""
    positions: FloatArray
    weight: FloatArray
    bias: FloatArray

    @classmethod
    def from_tensors(cls, tensors: dict[str, npt.NDArray[np.generic]]) -> InputLayer:
        """Take the layer out of the tensors of ``weights.safetensors``."""
        return cls(
            tensors["embedding.nibbles"].astype(np.uint8, copy=False),
            tensors["embedding.scales"].astype(np.float16, copy=False),
            tensors["embedding.positions"].astype(np.float32, copy=False),
            tensors["embedding.norm.weight"].astype(np.float32, copy=False),
            tensors["embedding.norm.bias"].astype(np.float32, copy=False),
        )

    def rows(self, tokens: npt.NDArray[np.int64]) -> FloatArray:
        """Unpacked embedding rows (..., 384) of token numbers (...)."""
        packed = self.nibbles[tokens]
        unpacked = np.stack([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
        blocks = unpacked.reshape(*tokens.shape, HIDDEN // BLOCK, BLOCK)
        scaled: FloatArray = blocks * self.scales[tokens].astype(np.float32)[..., None]
        return scaled.reshape(*tokens.shape, HIDDEN)

    def __call__(self, tokens: npt.NDArray[np.int64]) -> FloatArray:
        """Hidden state (..., length, 384) that enters the first layer."""
        summed = self.rows(tokens) + self.positions[: tokens.shape[-1]]
        return layer_normalization(summed, self.weight, self.bias)
