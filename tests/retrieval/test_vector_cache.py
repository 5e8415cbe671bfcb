from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from conftest import HashingEncoder

from assistant import IndexDirectoryError
from assistant.interfaces import FloatArray
from assistant.retrieval.vector_cache import Progress, VectorCache


def encoded(path: Path, encoder: HashingEncoder, texts: list[str], progress: Progress | None = None) -> FloatArray:
    """What a cache gives that is opened for it."""
    with closing(VectorCache(path)) as cache:
        return cache.encode(encoder, texts, progress)


def test_only_new_texts_are_encoded(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    told: list[tuple[int, int]] = []
    first = encoded(tmp_path / "v.sqlite", hashing_encoder, ["甲", "乙"])
    again = encoded(
        tmp_path / "v.sqlite", hashing_encoder, ["乙", "丙", "甲"], lambda done, total: told.append((done, total))
    )
    assert hashing_encoder.encoded == 3
    np.testing.assert_array_equal(again[[2, 0]], first)
    np.testing.assert_allclose(again[1], hashing_encoder.encode_queries(["丙"])[0], atol=1e-3)  # half precision
    assert told == [(2, 3), (3, 3)]


def test_another_encoder_shares_nothing(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    other = HashingEncoder()
    other.fingerprint = "another"
    for encoder in (hashing_encoder, other):
        encoded(tmp_path / "v.sqlite", encoder, ["甲"])
    assert other.encoded == 1


def test_a_folder_in_its_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "v.sqlite").mkdir()
    with pytest.raises(IndexDirectoryError, match="in the way"):
        VectorCache(tmp_path / "v.sqlite")


def test_a_damaged_cache_is_begun_anew(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    (tmp_path / "v.sqlite").write_bytes(b"not a database" * 100)
    encoded(tmp_path / "v.sqlite", hashing_encoder, ["甲"])
    assert hashing_encoder.encoded == 1


def test_damage_behind_the_first_page_is_begun_anew(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    path = tmp_path / "v.sqlite"
    encoded(path, hashing_encoder, [str(number) for number in range(300)])
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    vectors = encoded(path, hashing_encoder, ["1", "2"])
    np.testing.assert_allclose(vectors, hashing_encoder.encode_queries(["1", "2"]), atol=1e-3)


def test_a_flipped_bit_is_found_and_mended(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    path = tmp_path / "v.sqlite"
    right = encoded(path, hashing_encoder, ["甲", "乙"])
    content = bytearray(path.read_bytes())
    stored = right[0].astype(np.float16).tobytes()
    content[content.index(stored) + 20] ^= 4
    path.write_bytes(content)
    for counted in (3, 3):  # once more, and then it is stored again
        np.testing.assert_array_equal(encoded(path, hashing_encoder, ["甲", "乙"]), right)
        assert hashing_encoder.encoded == counted


def test_a_full_disk_loses_nothing(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    path = tmp_path / "v.sqlite"
    encoded(path, hashing_encoder, ["甲"])
    cache = VectorCache(path)
    cache._connection.execute("pragma max_page_count = 2")  # as SQLite tells a full disk
    with pytest.raises(IndexDirectoryError, match="full"):
        cache.encode(hashing_encoder, [str(number) for number in range(500)])
    cache.close()
    encoded(path, hashing_encoder, ["甲"])
    assert hashing_encoder.encoded == 1 + 64  # what was stored is still there
