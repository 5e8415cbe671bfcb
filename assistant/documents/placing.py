"""Files that are written whole: whoever reads the folder sees all of it, or what was there before."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PARTIAL = ".bureau-"
"""A file whose name begins so is just being written."""


@contextmanager
def placed(target: Path, mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A file to write, which is put in its place when the block ends without an error.

    ``mode``: who may read it, as far as the umask allows. Raises OSError.
    """
    partial = target.with_name(f"{PARTIAL}{secrets.token_hex(8)}")
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(partial, flags, mode), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
