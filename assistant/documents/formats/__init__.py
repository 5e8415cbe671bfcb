"""One reader for each format; what they return is a SourceText."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from assistant.datamodels import SourceText
from assistant.errors import UnreadableDocument

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


def read_format(path: Path) -> SourceText:
    """The text of a file, by its suffix.

    Raises UnreadableDocument for an unknown suffix, a damaged file, and a file without text.
    """
    name = READERS.get(path.suffix.lower())
    if name is None:
        raise UnreadableDocument(f"{path.suffix or 'no suffix'}: unknown format; known are {' '.join(READERS)}")
    read: Callable[[Path], SourceText] = import_module(f"{__name__}.{name}").read
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
    if not source.text.strip():
        raise UnreadableDocument("no text in the file; remove it or put its text in")
    return source
