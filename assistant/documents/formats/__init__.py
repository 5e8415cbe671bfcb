"""One reader for each format; what they return is a SourceText."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TypeVar

from assistant.datamodels import SourceText
from assistant.documents.formats.detection import PACKED, TEXTS, reader_of
from assistant.errors import UnreadableDocument
from assistant.interfaces import FormatReader

Result = TypeVar("Result")

ENTRY_POINTS = "bureau.readers"
IN_PROCESS = frozenset({"plain", "separated"})
"""Readers of text; the others parse what may be hostile, in a process of their own."""


@lru_cache(maxsize=1)
def registered() -> dict[str, EntryPoint]:
    """Readers of installed packages by suffix: an entry point ``ofd = "package:read"`` reads .ofd, in place of ours."""
    return {f".{one.name.lstrip('.').lower()}": one for one in entry_points(group=ENTRY_POINTS)}


def suffixes() -> list[str]:
    """Every suffix that can be read."""
    return sorted({*filter(None, TEXTS), *PACKED, *registered()})


def read_format(path: Path) -> SourceText:
    """The text of a file, by its content; by its suffix where an installed package reads that.

    Raises UnreadableDocument for a file of an unknown kind, a damaged one, and one without text.
    """
    from assistant.documents.formats.worker import read_apart

    if found := registered().get(path.suffix.lower()):
        source = read_safely(path, _loaded(found, path.suffix))
    else:
        name = reader_of(path)
        source = read_with(path, name) if name in IN_PROCESS else read_apart(path, name)
    if not isinstance(source, SourceText):
        raise UnreadableDocument(f"the reader of {path.suffix} gave {type(source).__name__}, not a SourceText; mend it")
    if not source.text.strip():
        raise UnreadableDocument("no text in the file; remove it or put its text in")
    return source


def read_with(path: Path, name: str) -> SourceText:
    """The text of the file by our reader of that name. Raises UnreadableDocument."""
    read: FormatReader = import_module(f"{__name__}.{name}").read
    return read_safely(path, read)


def read_safely(path: Path, read: Callable[[Path], Result]) -> Result:
    """What the reader makes of the file; whatever it raises is told of the file, as an UnreadableDocument."""
    try:
        return read(path)
    except UnreadableDocument:
        raise
    except Exception as error:
        # The parsers of these formats raise whatever they stumble over in a damaged file: any error is the file's,
        # but for those of the system (no permission, no such file).
        if isinstance(error, OSError) and error.errno:
            raise
        reason = " ".join(str(error).split()) or type(error).__name__
        if "password" in reason.lower() or "encrypted" in reason.lower():
            raise UnreadableDocument("the file has a password; save it without") from error
        raise UnreadableDocument(f"damaged or no {path.suffix} file ({reason}); open it and save it again") from error


def _loaded(found: EntryPoint, suffix: str) -> FormatReader:
    try:
        read: FormatReader = found.load()
    except (ImportError, AttributeError) as error:
        raise UnreadableDocument(
            f"the reader {found.value} of {suffix} cannot be loaded ({error}); reinstall it"
        ) from error
    return read
