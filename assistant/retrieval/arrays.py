"""Arrays of an index that stay in their .npy files: mapped, or read in slices."""

from __future__ import annotations

import os
import weakref
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from threading import Lock
from tokenize import TokenError
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def mapped(path: Path) -> Array:
    """The array, mapped. Raises OSError or ValueError. A slice of np.memmap itself would cost ten times as much."""
    array: Array = _loaded(path).view(np.ndarray)
    return array


def _loaded(path: Path) -> np.memmap[Any, Any]:
    try:
        array: np.memmap[Any, Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    except (TokenError, SyntaxError, EOFError) as error:
        raise ValueError(f"{path.name} is no array ({error})") from error
    return array


def created(path: Path, kind: npt.DTypeLike, shape: tuple[int, ...]) -> Array:
    """An array of zeros in a new file, mapped to be written; in memory where it is empty, which cannot be mapped."""
    if 0 in shape:
        return np.zeros(shape, kind)
    array: Array = np.lib.format.open_memmap(path, "w+", np.dtype(kind), shape)
    return array


class ArrayFile:
    """A one-dimensional array of which slices are read when asked for; safe to use from threads.

    Of a mapped array every page near one that was ever touched counts as memory of the process; of this none does.
    """

    def __init__(self, path: Path) -> None:
        self._whole = _loaded(path)
        self.dtype = self._whole.dtype
        file = path.open("rb", buffering=0)
        weakref.finalize(self, file.close)
        self._read_at = _reader(file)

    def __len__(self) -> int:
        return len(self._whole)

    def __getitem__(self, part: slice) -> Array:
        start, end, _ = part.indices(len(self))
        size = self.dtype.itemsize
        content = self._read_at(max(0, end - start) * size, self._whole.offset + start * size)
        return np.frombuffer(content, self.dtype)

    def __array__(self, dtype: npt.DTypeLike | None = None, copy: bool | None = None) -> Array:
        return np.array(self._whole, dtype or self.dtype, copy=copy)


def _reader(file: FileIO) -> Callable[[int, int], bytes]:
    """Reads so many bytes at a place, from several threads at once; Windows has no pread."""
    if hasattr(os, "pread"):
        return lambda count, place: os.pread(file.fileno(), count, place)
    lock = Lock()

    def read(count: int, place: int) -> bytes:
        with lock:
            file.seek(place)
            return file.read(count)

    return read
