"""Find the source files of a corpus and decode them, or say why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.errors import CorpusNotFound, UnreadableDocument

SUFFIXES = frozenset({".txt"})
MAXIMUM_BYTES = 10_000_000


def source_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """(path below the folder, path) of each text file, in the order of their names.

    Hidden files are passed over, and so are links that lead out of the folder.
    Raises CorpusNotFound where the folder is missing, not a folder, or without a text file, and
    UnreadableDocument for a file name that is not UTF-8.
    """
    if not folder.is_dir():
        raise CorpusNotFound(f"no folder of documents at {folder}; create it or name another one with --corpus")
    root = folder.resolve()
    found = False
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.suffix.lower() not in SUFFIXES or any(part.startswith(".") for part in name.parts):
            continue
        if path.is_file() and path.resolve().is_relative_to(root):
            found = True
            _check_name(name.as_posix())
            yield name.as_posix(), path
    if not found:
        raise CorpusNotFound(f"no .txt file in {folder}; put the bureau's documents there")


def read_sources(
    folder: Path, on_unreadable: Callable[[UnreadableDocument], None] | None = None
) -> Iterator[tuple[str, str]]:
    """(path below the folder, decoded content) of each text file.

    A file that cannot be read is handed to ``on_unreadable`` and passed over, or raised without that function.
    """
    for source, path in source_files(folder):
        try:
            original = read_text(path)
        except UnreadableDocument as error:
            if on_unreadable is None:
                raise
            on_unreadable(error)
        else:
            yield source, original


def _check_name(name: str) -> None:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableDocument(f"the file name {name!r} is not UTF-8; rename the file") from error


def read_text(path: Path) -> str:
    """The characters of a UTF-8 file, a byte order mark dropped, line ends as they are.

    Raises UnreadableDocument for a file that is empty, too large, binary, not UTF-8, or not readable.
    """
    try:
        size = path.stat().st_size
        if size > MAXIMUM_BYTES:
            raise UnreadableDocument(f"{path}: {size:,} bytes; split files above {MAXIMUM_BYTES:,} bytes")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    if not content.strip():
        raise UnreadableDocument(f"{path}: the file is empty; remove it or put its text in")
    if b"\0" in content:
        raise UnreadableDocument(f"{path}: binary content, not text; save it as a UTF-8 text file")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"{path}: not UTF-8 (byte {error.start}); save it as UTF-8, for example with iconv -f GB18030 -t UTF-8"
        ) from error
