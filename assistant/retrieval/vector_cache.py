"""Vectors that were computed before, by encoder and text: a rebuild embeds only what changed."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import numpy as np

from assistant.errors import IndexDirectoryError
from assistant.interfaces import Encoder, FloatArray

BATCH = 64
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
Progress = Callable[[int, int], None]


TABLE = """
create table if not exists checked (
    encoder text, sha256 blob, vector blob, checksum blob, primary key (encoder, sha256)) without rowid
"""


class VectorCache:
    """A SQLite file beside the index. Each vector is checked when it is read, and computed anew where it was changed.

    A file that is no database any more is set aside; a full disk is told, and what is stored stays.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            self._begin_anew(error)

    def _begin_anew(self, error: sqlite3.DatabaseError) -> None:
        """Raises IndexDirectoryError where the file is not damaged, but cannot be written."""
        if error.sqlite_errorcode & 0xFF not in DAMAGED:  # the low byte of an extended code (sqlite.org/rescode.html)
            raise self._unwritable(error) from error
        try:
            self._path.unlink(missing_ok=True)
            self._connection = self._open()
        except (OSError, sqlite3.DatabaseError) as again:
            raise self._unwritable(again) from again

    def _unwritable(self, error: Exception) -> IndexDirectoryError:
        return IndexDirectoryError(
            f"cannot write {self._path} ({error}); make room, or remove what is in the way; nothing stored is lost"
        )

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        try:
            connection.execute("drop table if exists vectors")  # of versions that did not check
            connection.execute(TABLE)
        except sqlite3.DatabaseError:
            connection.close()  # a file that is open cannot be removed from Windows
            raise
        return connection

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def encode(self, encoder: Encoder, texts: list[str], progress: Progress | None = None) -> FloatArray:
        """(texts, dimension) vectors of passages in half precision, computed where they are not stored yet.

        ``progress`` is told (vectors at hand, vectors wanted) after every batch. Raises IndexDirectoryError where
        nothing can be stored.
        """
        try:
            return self._encode(encoder, texts, progress)
        except sqlite3.DatabaseError as error:  # damage that opening did not show
            self._connection.close()
            self._begin_anew(error)
        try:
            return self._encode(encoder, texts, progress)
        except sqlite3.DatabaseError as error:
            raise self._unwritable(error) from error

    def _encode(self, encoder: Encoder, texts: list[str], progress: Progress | None) -> FloatArray:
        keys = [hashlib.sha256(text.encode()).digest() for text in texts]
        vectors = np.zeros((len(texts), encoder.dimension), np.float32)
        missing = []
        for row, key in enumerate(keys):
            stored = self._stored(encoder, key)
            if stored is None:
                missing.append(row)
            else:
                vectors[row] = stored
        for begin in range(0, len(missing), BATCH):
            if progress:
                progress(len(texts) - len(missing) + begin, len(texts))
            rows = missing[begin : begin + BATCH]
            halves = encoder.encode_passages([texts[row] for row in rows]).astype(np.float16)
            vectors[rows] = halves
            with self._connection:
                self._connection.executemany(
                    "insert or replace into checked values (?, ?, ?, ?)",
                    (
                        (encoder.fingerprint, keys[row], half.tobytes(), _checksum(keys[row], half.tobytes()))
                        for row, half in zip(rows, halves, strict=True)
                    ),
                )
        if progress:
            progress(len(texts), len(texts))
        return vectors

    def _stored(self, encoder: Encoder, key: bytes) -> FloatArray | None:
        row = self._connection.execute(
            "select vector, checksum from checked where encoder = ? and sha256 = ?", (encoder.fingerprint, key)
        ).fetchone()
        if row is None or len(row[0]) != 2 * encoder.dimension or _checksum(key, row[0]) != row[1]:
            return None
        return np.frombuffer(row[0], np.float16).astype(np.float32)


def _checksum(key: bytes, vector: bytes) -> bytes:
    return hashlib.blake2b(vector, digest_size=8, key=key).digest()
