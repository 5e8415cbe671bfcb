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
Progress = Callable[[int, int], None]


class VectorCache:
    """A SQLite file beside the index; a damaged file is set aside and begun anew."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._connection = self._open()
        except sqlite3.DatabaseError:
            self._begin_anew()

    def _begin_anew(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
            self._connection = self._open()
        except (OSError, sqlite3.DatabaseError) as error:
            raise IndexDirectoryError(f"{self._path} is in the way ({error}); remove it") from error

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        connection.execute(
            "create table if not exists vectors "
            "(encoder text, sha256 blob, vector blob, primary key (encoder, sha256)) without rowid"
        )
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
        except sqlite3.DatabaseError:  # damage that opening did not show
            self._connection.close()
            self._begin_anew()
        try:
            return self._encode(encoder, texts, progress)
        except sqlite3.DatabaseError as error:
            raise IndexDirectoryError(f"cannot write {self._path} ({error}); make room or remove it") from error

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
                    "insert or replace into vectors values (?, ?, ?)",
                    ((encoder.fingerprint, keys[row], half.tobytes()) for row, half in zip(rows, halves, strict=True)),
                )
        if progress:
            progress(len(texts), len(texts))
        return vectors

    def _stored(self, encoder: Encoder, key: bytes) -> FloatArray | None:
        row = self._connection.execute(
            "select vector from vectors where encoder = ? and sha256 = ?", (encoder.fingerprint, key)
        ).fetchone()
        if row is None or len(row[0]) != 2 * encoder.dimension:
            return None
        return np.frombuffer(row[0], np.float16).astype(np.float32)
