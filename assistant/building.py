"""Bring the index of a folder up to date with documents: read what changed, extract, publish."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from assistant.documents.corpus import OnUnreadable, corpus_files, failure
from assistant.documents.gathering import Gathered, OnFile, gather
from assistant.documents.limits import ReadingLimits
from assistant.errors import IndexDirectoryError, UnreadableDocument
from assistant.facts.records import OnFailure, prepare
from assistant.interfaces import Encoder
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.vector_cache import Progress
from assistant.retrieval.writing import FolderWriter
from assistant.settings import Settings

SKIPPED = Path("state") / "skipped.json"
"""Beside the index: what could not be read, for people to see."""


def update(
    corpus: Path | Iterable[Path],
    folder: Path,
    encoder: Encoder,
    settings: Settings,
    progress: Progress | None,
    on_file: OnFile | None,
    on_unreadable: OnUnreadable | None,
) -> tuple[HybridIndex, Gathered]:
    """The index of the folder with these documents, and what became of each file; see ``Assistant.build``."""
    files = corpus_files(corpus, maximum_files=settings.maximum_files)
    live = _live_index(folder, encoder.fingerprint)
    known = live.store.source_hashes() if live else {}
    gathered = gather(
        files,
        known,
        allowed=ReadingLimits(
            settings.maximum_bytes, settings.unpacked_bytes, settings.reader_seconds, settings.memory_bytes
        ),
        on_file=on_file,
        on_unreadable=on_unreadable,
    )
    if live is None or gathered.is_news or live.passage_characters != settings.passage_characters:

        def pass_over(source: str, error: Exception) -> None:
            told = UnreadableDocument(f"{source}: {failure(error)}")
            if on_unreadable is None:
                raise told from error
            on_unreadable(told)
            gathered.skip(source, str(told), known=source in known)

        live = _updated(live, gathered, encoder, folder, settings.passage_characters, progress, pass_over)
    _keep_skipped(folder, gathered.skipped)
    return live, gathered


def skipped_of(folder: Path) -> dict[str, str]:
    """Why files were passed over when the index of the folder was last brought up to date, by their names."""
    try:
        told = json.loads((folder / SKIPPED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(reason) for name, reason in told.items()} if isinstance(told, dict) else {}


def _keep_skipped(folder: Path, skipped: Mapping[str, str]) -> None:
    path = folder / SKIPPED
    with suppress(OSError):  # it only tells people; the index stands without it
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(dict(skipped)), encoding="utf-8")


def _live_index(folder: Path, fingerprint: str) -> HybridIndex | None:
    """The index to take unchanged documents from, every byte of it checked; None where there is none that fits."""
    try:
        return HybridIndex.load(folder, fingerprint, thorough=True)
    except IndexDirectoryError:
        return None


def _updated(
    live: HybridIndex | None,
    gathered: Gathered,
    encoder: Encoder,
    folder: Path,
    passage_characters: int,
    progress: Progress | None,
    on_failure: OnFailure,
) -> HybridIndex:
    """The next generation; passages of another length are cut anew from the texts that the live one holds."""
    documents, sources, kept = gathered.documents, gathered.sources, gathered.unchanged
    if live is not None and live.passage_characters != passage_characters:
        store = live.store
        documents = [*documents, *(work for name in kept for work in store.documents_of(name))]
        sources = sources | {name: store.source_text(name) for name in kept}
        live, kept = None, []
    batch = prepare(documents, sources, kept, passage_characters, on_failure)
    FolderWriter(folder, live, passage_characters=passage_characters, progress=progress).publish(batch, encoder)
    return HybridIndex.load(folder, encoder.fingerprint)
