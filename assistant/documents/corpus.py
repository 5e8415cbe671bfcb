"""The files of a corpus, each with the hash of what its documents are made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.datamodels import Document, SourceText
from assistant.documents.limits import ReadingLimits
from assistant.documents.loading import MAXIMUM_FILES, check_name, read_source, source_files
from assistant.documents.overrides import Override, apply_override, read_overrides
from assistant.documents.parsing import PARSER, parse_documents
from assistant.errors import UnknownFormat, UnreadableDocument

OnUnreadable = Callable[[UnreadableDocument], None]


@dataclass(frozen=True)
class CorpusFile:
    """A file by its name in the corpus, with what metadata.toml says about it and its works."""

    name: str
    path: Path
    overrides: dict[str, Override]

    def sha256(self) -> str:
        """Of the file, of what metadata.toml says about it, and of the version of the parser.

        Raises UnreadableDocument where the file cannot be read, and for a name that is not UTF-8.
        """
        check_name(self.name)
        digest = hashlib.sha256(json.dumps([PARSER, self.overrides], sort_keys=True).encode())
        try:
            with self.path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise UnreadableDocument(
                f"{self.path}: cannot be read ({error.strerror}); check its permissions"
            ) from error
        return digest.hexdigest()

    def read(self, allowed: ReadingLimits | None = None) -> tuple[SourceText, list[Document]]:
        """What the reader made of the file, and its works. Raises UnreadableDocument."""
        source = read_source(self.path, allowed)
        try:
            works = parse_documents(source, self.name)
        except Exception as error:  # whatever a text does to us, the other files are read
            raise UnreadableDocument(f"{self.path}: {failure(error)}") from error
        if not works:
            raise UnreadableDocument(f"{self.path}: nothing but what a web site puts around a text; remove the file")
        return source, [
            apply_override(work, self.overrides.get(self.name, {}) | self.overrides.get(work.document_id, {}))
            for work in works
        ]


def failure(error: Exception) -> str:
    """What is said of a file that a part of ours stumbled over."""
    reason = " ".join(str(error).split())[:200]
    return f"cannot be taken in ({type(error).__name__}: {reason}); please report it with the file"


def corpus_files(locations: Path | Iterable[Path], *, maximum_files: int = MAXIMUM_FILES) -> list[CorpusFile]:
    """The documents in folders and files, in the order of their names.

    Raises CorpusNotFound, and DocumentError for a metadata.toml that cannot be used.
    """
    given = [locations] if isinstance(locations, Path) else list(locations)
    overrides: dict[str, Override] = {}
    for location in given:
        overrides |= read_overrides(location if location.is_dir() else location.parent)
    found = source_files(given, maximum_files=maximum_files)
    return [CorpusFile(name, path, _told_of(name, overrides)) for name, path in found]


def corpus_file(folder: Path, name: str) -> CorpusFile:
    """One file of a folder by its name in the corpus. Raises UnreadableDocument for a name that leads out of it, and
    DocumentError for a metadata.toml that cannot be used.
    """
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnreadableDocument(f"{path}: is not in the folder {folder}")
    return CorpusFile(name, path, _told_of(name, read_overrides(folder)))


def _told_of(name: str, overrides: dict[str, Override]) -> dict[str, Override]:
    """What metadata.toml says of a file and its works."""
    return {key: table for key, table in overrides.items() if key.rpartition("#")[0] == name or key == name}


def read_documents(locations: Path | Iterable[Path], on_unreadable: OnUnreadable | None = None) -> Iterator[Document]:
    """The works of every document in folders and files.

    A file that cannot be read is handed to ``on_unreadable`` and passed over; without that function its
    UnreadableDocument is raised, but for a file of an unknown format. Raises CorpusNotFound where there is no document.
    """
    for file in corpus_files(locations):
        try:
            _, works = file.read()
        except UnreadableDocument as error:
            if on_unreadable:
                on_unreadable(error)
            elif not isinstance(error, UnknownFormat):
                raise
        else:
            yield from works
