"""The folder of documents as people change it while questions go on: add, replace, delete, put metadata right.

Each change is on disk before the index is brought up to date in a thread of its own; the index that answers is the one
before until the new one is published whole.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from assistant.assistant import Assistant
from assistant.documents.formats import suffixes
from assistant.documents.loading import NOT_DOCUMENTS, check_name, source_files
from assistant.documents.overrides import write_override
from assistant.documents.placing import placed
from assistant.errors import AssistantError, CorpusNotFound, DocumentError, ScopeError
from assistant.ingestion.building import skipped_of, update
from assistant.retrieval.restricted import shows_everything
from assistant.settings import Settings

LONGEST_NAME = 200
"""Bytes of a file's name."""
LOOK = 0.2
"""Seconds between two looks at a run that is waited for."""
"""Before the name of a file that is still being copied; hidden files are no documents."""


@dataclass(frozen=True)
class Progress:
    """How far the index is being brought up to date."""

    running: bool = False
    done: int = 0
    total: int = 0
    name: str = ""
    """The file that is being read; '' while passages are encoded."""
    summary: dict[str, int] | None = None
    """Of the last run that ended: files added, changed, unchanged, removed, skipped."""
    added: tuple[str, ...] = ()
    """Files that the last run took in for the first time."""
    error: str = ""
    """What ended the last run, where it did not end well."""


@dataclass(frozen=True)
class HeldFile:
    """A file of the folder or of the index."""

    name: str
    documents: tuple[str, ...]
    """Ids of its works in the index; none where it is not there."""
    present: bool
    """Whether the file is still in the folder."""
    reason: str = ""
    """Why it could not be read at the last run."""


class Collection:
    """The documents of an assistant that was loaded from a folder, and what may be done to them."""

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self.assistant, self._settings = assistant, settings
        self._corpus = settings.corpus
        self._lock, self._again = Lock(), False
        self._progress = Progress()

    @property
    def progress(self) -> Progress:
        """Of the run that goes on, or the last one."""
        return self._progress

    def files(self) -> list[HeldFile]:
        """Every file of the folder and of the index, by name; for those who see but some documents, their files."""
        works: dict[str, list[str]] = {}
        for document_id, about in self.assistant.store.facts.items():
            works.setdefault(about.source, []).append(document_id)
        present = self._present()
        skipped = skipped_of(self._settings.index)
        names = {*works, *present} if shows_everything(self.assistant.store) else works
        return [
            HeldFile(name, tuple(works.get(name, ())), name in present, skipped.get(name, "")) for name in sorted(names)
        ]

    def add(self, files: Iterable[tuple[str, Path]], *, replacing: bool = False) -> dict[str, str]:
        """Copy files into the folder under the names given; why each was not taken, by its name.

        A name that is there already is only taken with ``replacing``.
        """
        refused = {}
        with self._lock:
            for name, path in files:
                try:
                    self._copy(Path(name).name, path, replacing=replacing)
                except DocumentError as error:
                    refused[Path(name).name] = str(error)
        return refused

    def _copy(self, name: str, path: Path, *, replacing: bool) -> None:
        settings, target = self._settings, self._corpus / name
        check_name(name)
        if name.lower() in NOT_DOCUMENTS or name.startswith((".", "~$")) or len(name.encode()) > LONGEST_NAME:
            raise DocumentError("这个名称不能用作文件名,请改名")
        if Path(name).suffix.lower() not in suffixes():
            raise DocumentError(f"不支持这种格式;可以收入:{' '.join(suffixes())}")
        size = path.stat().st_size
        if not 0 < size <= settings.maximum_bytes:
            raise DocumentError("文件是空的" if not size else f"超过 {settings.maximum_bytes // 1_000_000} MB,请拆分")
        if target.exists() and not replacing:
            raise DocumentError("已有同名文件;要替换,请勾选“替换同名文件”")
        if not target.exists() and len(self._present()) >= settings.maximum_files:
            raise DocumentError(f"文件夹中已有 {settings.maximum_files} 个文件")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with path.open("rb") as given, placed(target) as copied:
                shutil.copyfileobj(given, copied)
        except OSError as error:
            raise DocumentError(f"不能写入文件夹({error.strerror});请检查权限和空间") from error

    def delete(self, name: str) -> None:
        """Take a file out of the folder. Raises ScopeError for one that is not there, DocumentError for the last."""
        with self._lock:
            present = self._present()
            if name not in present:
                raise ScopeError(f"没有文件 {name}")
            if len(present) == 1:
                raise DocumentError("这是最后一个文件;先收入别的文件,再删除它")
            try:
                present[name].unlink()
            except OSError as error:
                raise DocumentError(f"{name} 不能删除({error.strerror});请检查文件夹的权限") from error

    def describe(self, document_id: str, facts: Mapping[str, Any]) -> None:
        """Write what a work is into metadata.toml: ``title``, ``years``, ``place`` and the like, for its next reading.

        Raises ScopeError where there is no such work, DocumentError for a value that cannot be or a file that cannot
        be written.
        """
        about = self.assistant.store.facts.get(document_id)
        if about is None:
            raise ScopeError(f"没有文件 {document_id}")
        alone = sum(one.source == about.source for one in self.assistant.store.facts.values()) == 1
        with self._lock:
            write_override(self._corpus, about.source if alone else document_id, facts)

    def update(self) -> None:
        """Bring the index up to date in the background; once more where it is being brought there already."""
        with self._lock:
            if self._progress.running:
                self._again = True
                return
            self._progress = Progress(running=True)
        Thread(target=self._run, name="bureau-index", daemon=True).start()

    def updated(self) -> bool:
        """Bring the index up to date and wait for it; whether it is."""
        self.update()
        while self._progress.running:
            time.sleep(LOOK)
        return not self._progress.error

    def _run(self) -> None:
        while True:
            result = self._updated()
            with self._lock:
                if not self._again:
                    self._progress = result
                    return
                self._again = False

    def _updated(self) -> Progress:
        settings = self._settings
        try:
            live, gathered = update(
                settings.corpus,
                settings.index,
                self.assistant.encoder,
                settings,
                lambda done, total: self._tell(done, total, ""),
                lambda name, done, total: self._tell(done, total, name),
                lambda _: None,
            )
            live.close()
        except AssistantError as error:
            return Progress(error=str(error))
        except Exception as error:  # the page must say that the run ended, whatever ended it
            return Progress(error=f"{type(error).__name__}: {error}")
        counts = {
            name: len(getattr(gathered, name)) for name in ("added", "changed", "unchanged", "removed", "skipped")
        }
        return Progress(summary=counts, added=tuple(gathered.added))

    def _tell(self, done: int, total: int, name: str) -> None:
        self._progress = replace(self._progress, done=done, total=total, name=name)

    def _present(self) -> dict[str, Path]:
        try:
            return dict(source_files(self._corpus, maximum_files=self._settings.maximum_files))
        except CorpusNotFound:
            return {}
