"""What readers of an index ask of a database: statements of SQLite, which PostgreSQL is taught to understand too."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

Row = tuple[Any, ...]


class Cursor(Protocol):
    """The rows that a statement found."""

    def fetchone(self) -> Row | None:
        """The next row."""

    def fetchmany(self, size: int = ...) -> list[Row]:
        """So many of the next rows, [] after the last."""

    def fetchall(self) -> list[Row]:
        """All other rows."""

    def __iter__(self) -> Iterator[Row]: ...


class Connection(Protocol):
    """Runs statements that read; safe to use from threads."""

    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Cursor:
        """Run a statement of SQLite with a value for each question mark in it."""

    def close(self) -> None:
        """Let go of it."""


def read_only(path: Path) -> str:
    """The address of a file that nothing writes any more."""
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


class _Closing(sqlite3.Connection):
    """Closes itself when nobody holds it any more: readers leave a generation without a word, each when it is done."""

    def __del__(self) -> None:
        self.close()


def opened(path: Path, mapped_bytes: int = 0) -> sqlite3.Connection:
    """A file that nothing writes any more, so much of it mapped; for many threads. Raises sqlite3.DatabaseError.

    No statement is kept for the next time: since Python 3.12 two threads may get the same one, and each other's rows.
    """
    connection = sqlite3.connect(
        read_only(path), uri=True, check_same_thread=False, cached_statements=0, factory=_Closing
    )
    connection.execute(f"pragma mmap_size = {int(mapped_bytes)}")
    return connection


def checksum(values: Row) -> int:
    """Of the columns of a row: what was changed on the disk since is told, not shown (CRC-32, RFC 1952)."""
    return zlib.crc32(repr(values).encode("utf-8", "surrogatepass"))
