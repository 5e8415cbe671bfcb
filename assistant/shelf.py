"""The library that answers: of a folder its live generation, and a part of it for those who may see no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from assistant.answering.library import Library
from assistant.datamodels import EVERYTHING_SEEN, Rights
from assistant.interfaces import DocumentStore, PassageIndex
from assistant.retrieval.opening import Opened
from assistant.retrieval.restricted import restricted

MOST = 64
"""Rights of which the library is kept."""


class Shelf:
    """Libraries of an index and its store, as ``compose`` makes them; safe to use from threads."""

    def __init__(
        self, compose: Callable[[PassageIndex, DocumentStore], Library], index: PassageIndex, store: DocumentStore
    ) -> None:
        self._compose, self._lock = compose, Lock()
        self._whole = compose(index, store)
        self._parts: dict[Rights, Library] = {}

    def library(self, folder: Path | None, sight: Rights) -> Library:
        """What shows the documents of ``sight``; of a ``folder`` of ours those of its live generation."""
        with self._lock:
            index = self._whole.index
            latest = index.latest(folder) if folder and isinstance(index, Opened) else index
            if isinstance(latest, Opened) and latest is not index:
                self._whole, self._parts = self._compose(latest, latest.store), {}
            if sight == EVERYTHING_SEEN:
                return self._whole
            if sight not in self._parts:
                kept = self._parts if len(self._parts) < MOST else {}
                self._parts = {**kept, sight: self._compose(*restricted(self._whole.index, self._whole.store, sight))}
            return self._parts[sight]

    def close(self) -> None:
        """Let go of the files of an index of ours."""
        if isinstance(self._whole.index, Opened):
            self._whole.index.close()
