from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.retrieval.arrays import ArrayFile, mapped


def test_slices_and_the_whole_are_those_of_the_array(tmp_path: Path) -> None:
    array = np.arange(1000, dtype=np.int32) * 3
    np.save(tmp_path / "a.npy", array)
    file = ArrayFile(tmp_path / "a.npy")
    for part in (slice(0, 5), slice(990, 2000), slice(7, 7), slice(None)):
        np.testing.assert_array_equal(file[part], array[part])
    np.testing.assert_array_equal(np.asarray(file), array)
    np.testing.assert_array_equal(mapped(tmp_path / "a.npy"), array)
    (tmp_path / "a.npy").unlink()  # an update removes old generations while they are read
    np.testing.assert_array_equal(file[3:6], [9, 12, 15])
    np.testing.assert_array_equal(np.asarray(file), array)


@pytest.mark.parametrize("content", [b"", b"\x93NUMPY", b"\x93NUMPY\x01\x00v\x00{'descr': (((" + b" " * 200])
def test_what_is_no_array_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.npy").write_bytes(content)
    for read in (mapped, ArrayFile):
        with pytest.raises((ValueError, OSError)):
            read(tmp_path / "a.npy")
