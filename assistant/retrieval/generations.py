"""Index generations on disk: each build is written whole beside the live one, then made live by one rename.

    CURRENT                  name of the live generation
    generations/<id>/        manifest.json with the sha256 of every other file

``kill -9`` at any moment leaves the old generation serving. One writer at a time, by a lock file that the
kernel releases with its process.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.errors import REBUILD, IndexBusy, IndexCorrupt, IndexDirectoryError, IndexNotFound, IndexOutOfDate

FORMAT = 10
OLDEST = 6
"""The first format whose texts can be read; before it, tables were not kept."""
CURRENT = "CURRENT"
GENERATIONS = "generations"
MANIFEST = "manifest.json"
HASHED_BYTES = 64_000_000
NAME = re.compile(r"[0-9]{6,}")


@contextmanager
def writer_lock(folder: Path) -> Iterator[None]:
    """Be the only writer. Raises IndexBusy, or IndexDirectoryError where the folder cannot be written."""
    from filelock import FileLock, Timeout

    try:
        (folder / GENERATIONS).mkdir(parents=True, exist_ok=True)
        for one in (folder, folder / GENERATIONS):
            with tempfile.TemporaryFile(dir=one):
                pass
        lock = FileLock(folder / ".lock")
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusy(f"another process is writing the index in {folder}; try again when it is done") from error
    except OSError as error:
        raise IndexDirectoryError(
            f"cannot write to the index folder {folder} ({error.strerror}); choose another with --index"
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def new_generation(folder: Path, facts: dict[str, Any]) -> Iterator[Path]:
    """A folder to write the files of an index into; made live when the block ends without an error.

    ``facts`` go into the manifest. Older generations are removed after the switch, but for the one before.
    """
    for left_over in (folder / GENERATIONS).glob("*.partial"):
        shutil.rmtree(left_over, ignore_errors=True)
    partial = Path(tempfile.mkdtemp(suffix=".partial", dir=folder / GENERATIONS))
    try:
        yield partial
        files = {
            path.name: {"bytes": path.stat().st_size, "sha256": file_sha256(path)} for path in sorted(partial.iterdir())
        }
        manifest = {"format": FORMAT, **facts, "files": files}
        (partial / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False), encoding="utf-8")
        for path in (*partial.iterdir(), partial):
            _sync(path)
        before, name = _live_before(folder), f"{_next_number(folder):06d}"
        partial.chmod(stat.S_IMODE(partial.parent.stat().st_mode))  # who may read the index may read this
        partial.rename(folder / GENERATIONS / name)
        _make_live(folder, name)
    except (OSError, sqlite3.Error) as error:
        raise IndexDirectoryError(
            f"cannot write the index in {folder} ({error}); make room or choose another with --index; "
            "the index before it, if there is one, still serves"
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    _remove_old(folder, {before, name})


def live_generation(folder: Path, *, thorough: bool = False) -> tuple[Path, dict[str, Any]]:
    """Folder and manifest of the live generation, every file checked against its length and its sha256.

    Of files of more than 64 MB, which a search maps but does not read whole, only the length is checked, unless
    ``thorough``. Raises IndexNotFound, IndexOutOfDate or IndexCorrupt.
    """
    return checked_generation(folder, live_name(folder), thorough=thorough)


def checked_generation(
    folder: Path, name: str, files: Collection[str] | None = None, *, thorough: bool = False, oldest: int = FORMAT
) -> tuple[Path, dict[str, Any]]:
    """Folder and manifest of a generation, checked as the live one; only its ``files`` where some are named.

    ``oldest``: the first format that will do.
    """
    generation = folder / GENERATIONS / name
    try:
        manifest = json.loads((generation / MANIFEST).read_text(encoding="utf-8"))
        check_format(folder, manifest, oldest)
        for file, one in manifest["files"].items():
            if files is None or file in files:
                _check_file(generation / file, int(one["bytes"]), str(one["sha256"]), thorough)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise IndexCorrupt(f"the index in {folder} cannot be read ({error}); {REBUILD}") from error
    return generation, manifest


def check_format(folder: Path, manifest: dict[str, Any], oldest: int = FORMAT) -> None:
    """Raise IndexOutOfDate where another version of the program wrote it."""
    if not oldest <= manifest["format"] <= FORMAT:
        way = f"{REBUILD} (--stored, where the files are gone)" if manifest["format"] >= OLDEST else REBUILD
        raise IndexOutOfDate(f"the index in {folder} has format {manifest['format']}, not {FORMAT}; {way}")


def _check_file(path: Path, length: int, sha256: str, thorough: bool) -> None:
    if not path.is_file() or path.stat().st_size != length:
        raise IndexCorrupt(f"the index file {path} is missing or cut short; {REBUILD}")
    if (thorough or length <= HASHED_BYTES) and file_sha256(path) != sha256:
        raise IndexCorrupt(f"the index file {path} was changed; {REBUILD}")


def live_name(folder: Path) -> str:
    """Name of the live generation; raises IndexNotFound where there is none."""
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexNotFound(f"no index in {folder}; {REBUILD}") from error
    except OSError as error:
        raise IndexCorrupt(f"{folder / CURRENT} cannot be read ({error.strerror}); remove it and {REBUILD}") from error
    except UnicodeDecodeError as error:
        raise IndexCorrupt(f"{folder / CURRENT} does not name a generation; {REBUILD}") from error
    if not NAME.fullmatch(name):
        raise IndexCorrupt(f"{folder / CURRENT} does not name a generation; {REBUILD}")
    return name


def _live_before(folder: Path) -> str:
    try:
        return live_name(folder)
    except IndexDirectoryError:
        return ""


def _next_number(folder: Path) -> int:
    numbers = [int(path.name) for path in (folder / GENERATIONS).iterdir() if NAME.fullmatch(path.name)]
    return max(numbers, default=0) + 1


def _make_live(folder: Path, name: str) -> None:
    temporary = folder / f"{CURRENT}.new"
    temporary.write_text(name + "\n", encoding="utf-8")
    _sync(temporary)
    _sync(folder / GENERATIONS)
    temporary.replace(folder / CURRENT)
    _sync(folder)


def _remove_old(folder: Path, kept: set[str]) -> None:
    """Keep the generation that was live before for readers that are just opening it."""
    for path in (folder / GENERATIONS).iterdir():
        if NAME.fullmatch(path.name) and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _sync(path: Path) -> None:
    if os.name != "posix" and path.is_dir():  # Windows opens no folder, and syncs only what may be written
        return
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_sha256(path: Path) -> str:
    """Of what a file holds, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
