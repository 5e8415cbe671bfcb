"""One reader for each format; what they return is a SourceText."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from assistant.datamodels import SourceText
from assistant.errors import UnreadableDocument
from assistant.interfaces import FormatReader

# Suffix → module of this package; its function ``read`` takes the path. Imported when the first such file is read.
READERS = {
    ".txt": "plain",
    ".md": "plain",
    ".docx": "word",
    ".xlsx": "spreadsheet",
    ".xls": "legacy_spreadsheet",
    ".pdf": "pdf",
    ".html": "web",
    ".htm": "web",
    ".doc": "office",
    ".wps": "office",
    ".rtf": "office",
    ".odt": "office",
}


ENTRY_POINTS = "bureau.readers"


@lru_cache(maxsize=1)
def registered() -> dict[str, EntryPoint]:
    """Readers of installed packages by suffix: an entry point ``ofd = "package:read"`` reads .ofd, in place of ours."""
    return {f".{one.name.lstrip('.').lower()}": one for one in entry_points(group=ENTRY_POINTS)}


def suffixes() -> list[str]:
    """Every suffix that can be read."""
    return list(dict.fromkeys((*READERS, *registered())))


def _reader(suffix: str) -> FormatReader:
    if found := registered().get(suffix):
        try:
            read: FormatReader = found.load()
        except (ImportError, AttributeError) as error:
            raise UnreadableDocument(
                f"the reader {found.value} of {suffix} cannot be loaded ({error}); reinstall it"
            ) from error
        return read
    if suffix not in READERS:
        raise UnreadableDocument(f"{suffix or 'no suffix'}: unknown format; known are {' '.join(suffixes())}")
    ours: FormatReader = import_module(f"{__name__}.{READERS[suffix]}").read
    return ours


def read_format(path: Path) -> SourceText:
    """The text of a file, by its suffix.

    Raises UnreadableDocument for an unknown suffix, a damaged file, and a file without text.
    """
    read = _reader(path.suffix.lower())
    try:
        source = read(path)
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
    if not isinstance(source, SourceText):
        raise UnreadableDocument(f"the reader of {path.suffix} gave {type(source).__name__}, not a SourceText; mend it")
    if not source.text.strip():
        raise UnreadableDocument("no text in the file; remove it or put its text in")
    return source
