"""Gather the documents to index: from the live index where their file has not changed, else from the file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assistant.datamodels import Document
from assistant.documents.corpus import CorpusFile, OnUnreadable
from assistant.documents.source_text import SourceText
from assistant.errors import UnreadableDocument
from assistant.retrieval.store import PassageStore

OnFile = Callable[[str, int, int], None]


@dataclass
class Gathered:
    """The documents by source, and what became of each file since the live index."""

    sources: dict[str, SourceText] = field(default_factory=dict)
    documents: list[Document] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    """Why each file that could not be read was passed over; where it was read before, its old text stays."""

    @property
    def is_news(self) -> bool:
        """Whether the live index does not hold just these documents."""
        return bool(self.added or self.changed or self.removed)


def gather(
    files: list[CorpusFile],
    live: PassageStore | None,
    *,
    maximum_bytes: int,
    on_file: OnFile | None = None,
    on_unreadable: OnUnreadable | None = None,
) -> Gathered:
    """Read what is new or changed; take over the rest from ``live``.

    ``on_file`` is told (name, files done, files in all) before each. A file that cannot be read is handed to
    ``on_unreadable`` and passed over, or its UnreadableDocument raised without that function.
    """
    gathered = Gathered()
    known = live.source_hashes() if live else {}
    for number, file in enumerate(files):
        if on_file:
            on_file(file.name, number, len(files))
        try:
            sha256 = file.sha256()
            same = known.get(file.name) == sha256
            source, works = _stored(live, file.name) if live and same else file.read(maximum_bytes)
        except UnreadableDocument as error:
            if on_unreadable is None:
                raise
            on_unreadable(error)
            gathered.skipped[file.name] = str(error)
            if live is None or file.name not in known:
                continue
            source, works = _stored(live, file.name)  # what was read before is not lost
            same = True
        else:
            source = replace(source, sha256=sha256)
        gathered.sources[file.name] = source
        gathered.documents += works
        (gathered.unchanged if same else gathered.changed if file.name in known else gathered.added).append(file.name)
    gathered.removed = sorted(set(known) - set(gathered.sources))
    return gathered


def _stored(live: PassageStore, name: str) -> tuple[SourceText, list[Document]]:
    return live.source_text(name), live.documents_of(name)
