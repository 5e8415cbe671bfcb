"""Find the source files of a corpus and read them, or say why not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.datamodels import SourceText
from assistant.documents.formats import read_format, suffixes
from assistant.documents.limits import ReadingLimits, limits
from assistant.errors import CorpusNotFound, UnreadableDocument

MAXIMUM_FILES = 20_000
NOT_DOCUMENTS = frozenset({"readme.md", "metadata.toml", "thumbs.db", "desktop.ini", "ehthumbs.db"})
"""Ours, and what systems put into folders."""


def source_files(locations: Path | Iterable[Path], *, maximum_files: int = MAXIMUM_FILES) -> Iterator[tuple[str, Path]]:
    """(name, path) of each document in the folders and files given, in the order of their names.

    A name is the path below its folder, or the file's own name. Hidden files, README.md and links that lead out of
    the folder are passed over. Raises CorpusNotFound where a location is missing, where nothing is found, where two
    files have one name, and above ``maximum_files``.
    """
    found: dict[str, Path] = {}
    given = [locations] if isinstance(locations, Path) else list(locations)
    for location in given:
        for name, path in _files_at(location):
            if found.setdefault(name, path).resolve() != path.resolve():
                raise CorpusNotFound(f"{found[name]} and {path} have the same name {name}; rename one of them")
        if len(found) > maximum_files:
            raise CorpusNotFound(f"more than {maximum_files:,} files; raise BUREAU_MAXIMUM_FILES to index them")
    if not found:
        where = ", ".join(map(str, given))
        raise CorpusNotFound(f"no document in {where}; put files there ({' '.join(suffixes())})")
    yield from sorted(found.items())


def _files_at(location: Path) -> Iterator[tuple[str, Path]]:
    """The documents of one folder, or the file itself."""
    if location.is_file():
        yield location.name, location
        return
    if not location.is_dir():
        raise CorpusNotFound(f"no folder of documents at {location}; create it or name another one with --corpus")
    root = location.resolve()
    for folder, folders, names in os.walk(location):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(folder, name)
            if name.startswith((".", "~$")) or name.lower() in NOT_DOCUMENTS:
                continue
            if path.is_file() and path.resolve().is_relative_to(root):
                yield path.relative_to(location).as_posix(), path


def check_name(name: str) -> None:
    """Raise UnreadableDocument for a file name that is not UTF-8: it could not be stored or shown."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableDocument(f"the file name {name!r} is not UTF-8; rename the file") from error


def read_source(path: Path, allowed: ReadingLimits | None = None) -> SourceText:
    """The text of one file, whatever its name; ``allowed`` are the default limits where none are given.

    Raises UnreadableDocument, with the path in its message, for a file that is empty, too large, damaged, not
    readable, or of an unknown format.
    """
    allowed = allowed or ReadingLimits()
    token = limits.set(allowed)
    try:
        check_name(path.name)
        size = path.stat().st_size
        if not size:
            raise UnreadableDocument("the file is empty; remove it or put its text in")
        if size > allowed.maximum_bytes:
            raise UnreadableDocument(
                f"{size:,} bytes; split it, or raise BUREAU_MAXIMUM_BYTES above {allowed.maximum_bytes:,} bytes"
            )
        return read_format(path)
    except UnreadableDocument as error:
        raise type(error)(f"{path}: {error}") from error
    except OSError as error:
        raise UnreadableDocument(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    finally:
        limits.reset(token)
