from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import HashingEncoder

from assistant import IndexDirectoryError
from assistant.retrieval.vector_cache import VectorCache


def test_only_new_texts_are_encoded(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    told: list[tuple[int, int]] = []
    first = VectorCache(tmp_path / "v.sqlite").encode(hashing_encoder, ["甲", "乙"])
    again = VectorCache(tmp_path / "v.sqlite").encode(
        hashing_encoder, ["乙", "丙", "甲"], lambda done, total: told.append((done, total))
    )
    assert hashing_encoder.encoded == 3
    np.testing.assert_array_equal(again[[2, 0]], first)
    np.testing.assert_allclose(again[1], hashing_encoder.encode_queries(["丙"])[0], atol=1e-3)  # half precision
    assert told == [(2, 3), (3, 3)]


def test_another_encoder_shares_nothing(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    cache.encode(hashing_encoder, ["甲"])
    other = HashingEncoder()
    other.fingerprint = "another"
    cache.encode(other, ["甲"])
    assert other.encoded == 1


def test_a_folder_in_its_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "v.sqlite").mkdir()
    with pytest.raises(IndexDirectoryError, match="in the way"):
        VectorCache(tmp_path / "v.sqlite")


def test_a_damaged_cache_is_begun_anew(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    (tmp_path / "v.sqlite").write_bytes(b"not a database" * 100)
    VectorCache(tmp_path / "v.sqlite").encode(hashing_encoder, ["甲"])
    assert hashing_encoder.encoded == 1


def test_damage_behind_the_first_page_is_begun_anew(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    path = tmp_path / "v.sqlite"
    VectorCache(path).encode(hashing_encoder, [str(number) for number in range(300)])
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    vectors = VectorCache(path).encode(hashing_encoder, ["1", "2"])
    np.testing.assert_allclose(vectors, hashing_encoder.encode_queries(["1", "2"]), atol=1e-3)


def test_a_flipped_bit_is_found_and_mended(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    path = tmp_path / "v.sqlite"
    right = VectorCache(path).encode(hashing_encoder, ["甲", "乙"])
    content = bytearray(path.read_bytes())
    stored = right[0].astype(np.float16).tobytes()
    content[content.index(stored) + 20] ^= 4
    path.write_bytes(content)
    for encoded in (3, 3):  # once more, and then it is stored again
        np.testing.assert_array_equal(VectorCache(path).encode(hashing_encoder, ["甲", "乙"]), right)
        assert hashing_encoder.encoded == encoded


def test_a_full_disk_loses_nothing(tmp_path: Path, hashing_encoder: HashingEncoder) -> None:
    path = tmp_path / "v.sqlite"
    VectorCache(path).encode(hashing_encoder, ["甲"])
    cache = VectorCache(path)
    cache._connection.execute("pragma max_page_count = 2")  # as SQLite tells a full disk
    with pytest.raises(IndexDirectoryError, match="full"):
        cache.encode(hashing_encoder, [str(number) for number in range(500)])
    cache.close()
    VectorCache(path).encode(hashing_encoder, ["甲"])
    assert hashing_encoder.encoded == 1 + 64  # what was stored is still there
