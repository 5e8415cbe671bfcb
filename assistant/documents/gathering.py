"""Gather the documents to index: read the files that the live index does not hold as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from assistant.datamodels import Document, SourceText
from assistant.documents.corpus import CorpusFile, OnUnreadable
from assistant.documents.limits import ReadingLimits
from assistant.errors import UnknownFormat, UnreadableDocument

OnFile = Callable[[str, int, int], None]


class Read(NamedTuple):
    """A file that was read."""

    name: str
    source: SourceText
    works: list[Document]


@dataclass
class Gathered:
    """What became of each file since the live index."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    """Files that the live index goes on telling as it does."""
    removed: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    """Why each file that could not be read was passed over; where it was read before, its old text stays."""

    def skip(self, source: str, reason: str, *, known: bool) -> None:
        """Pass a file over that was read; ``known`` tells that the live index holds an older text of it."""
        for names in (self.added, self.changed):
            if source in names:
                names.remove(source)
        self.skipped[source] = reason
        if known:
            self.unchanged.append(source)  # what was read before is not lost

    @property
    def is_news(self) -> bool:
        """Whether the live index does not hold just these documents."""
        return bool(self.added or self.changed or self.removed)


class News(NamedTuple):
    """A file that is new or changed, with the hash of what its documents are made from."""

    file: CorpusFile
    sha256: str


def find_news(
    files: list[CorpusFile],
    known: Mapping[str, str],
    gathered: Gathered,
    *,
    on_file: OnFile | None = None,
    on_unreadable: OnUnreadable | None = None,
) -> Iterator[News]:
    """What is new or changed, file by file; ``known`` tells the sha256 of each file that the live index holds.

    ``gathered`` is told what becomes of each, ``on_file`` (name, files done, files in all) before each.
    """
    for number, file in enumerate(files):
        if on_file:
            on_file(file.name, number, len(files))
        try:
            sha256 = file.sha256()
        except UnreadableDocument as error:
            pass_over(file.name, error, gathered, known, on_unreadable)
            continue
        if known.get(file.name) == sha256:
            gathered.unchanged.append(file.name)
            continue
        (gathered.changed if file.name in known else gathered.added).append(file.name)
        yield News(file, sha256)
    gathered.removed = sorted(set(known) - set(gathered.changed) - set(gathered.unchanged))


def read_news(
    news: Iterable[News],
    known: Mapping[str, str],
    gathered: Gathered,
    *,
    allowed: ReadingLimits | None = None,
    on_unreadable: OnUnreadable | None = None,
) -> Iterator[Read]:
    """Read the files.

    One that cannot be read is handed to ``on_unreadable`` and passed over, or its UnreadableDocument raised without
    that function, but for one of an unknown format, which stands among those skipped.
    """
    for file, sha256 in news:
        try:
            source, works = file.read(allowed)
        except UnreadableDocument as error:
            pass_over(file.name, error, gathered, known, on_unreadable)
        else:
            yield Read(file.name, replace(source, sha256=sha256), works)


def pass_over(
    name: str,
    error: UnreadableDocument,
    gathered: Gathered,
    known: Mapping[str, str],
    on_unreadable: OnUnreadable | None,
) -> None:
    """Tell of a file that is left out and remember why, or raise the error where nobody is to be told."""
    if on_unreadable:
        on_unreadable(error)
    elif not isinstance(error, UnknownFormat):
        raise error
    gathered.skip(name, str(error), known=name in known)
