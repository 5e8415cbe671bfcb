"""Follow the folder of documents: when files come, change or go and it is quiet again, say so.

The operating system tells of changes (watchfiles); a network share tells of none, so the folder is also looked at from
time to time. What is told is only that something changed: what, the build finds out by itself.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

from assistant.documents.loading import source_files
from assistant.documents.overrides import FILE_NAME
from assistant.errors import CorpusNotFound
from assistant.settings import Settings

SECONDS = 60.0
"""Between two looks where the system tells of nothing."""
QUIET, LONGEST = 2.0, 60.0
"""Seconds without a change before files are read, and how long a folder that never is quiet is waited for."""
GONE_SHARE, PATIENCE = 0.5, 600.0
"""Where more than this share of the files is gone at once, a share may be away: it is waited so many seconds for."""
Seen = dict[str, tuple[int, int]]
"""Size and time of change of each file."""


class Watcher:
    """Looks at the folder of the settings, of which the index holds ``known`` files."""

    def __init__(self, settings: Settings, known: int = 0, *, seconds: float = SECONDS) -> None:
        self._settings, self._known, self._seconds = settings, known, seconds
        self._missing_since: float | None = None
        self._before: Seen | None = None

    def forget(self) -> None:
        """What was told last could not be taken in: tell it again at the next look."""
        self._before = None

    def changes(self, stop: Event) -> Iterator[str]:
        """'' at the beginning, and whenever the folder changed and is quiet again; else why it is waited for.

        Ends with ``stop``.
        """
        waited = ""
        for _ in self._ticks(stop):
            seen = self._quiet(stop)
            if stop.is_set():
                return
            reason = self._away(seen)
            if reason:
                if reason != waited:
                    yield reason
            elif seen != self._before:
                self._before, self._known = seen, _documents(seen)
                yield ""
            waited = reason

    def _ticks(self, stop: Event) -> Iterator[None]:
        """At once, then after each change that the system tells of, and after so many seconds without one."""
        from watchfiles import watch

        yield
        while not stop.is_set():
            wait = int(self._seconds * 1000)
            try:
                for told in watch(
                    self._settings.corpus,
                    stop_event=stop,
                    rust_timeout=wait,
                    yield_on_timeout=True,
                    ignore_permission_denied=True,
                ):
                    yield
                    if not told:  # a share may have come back in the place of the one that is watched
                        break
            except OSError:  # the folder is away; when it is back it is watched anew
                stop.wait(min(self._seconds, QUIET))
                yield

    def _quiet(self, stop: Event) -> Seen:
        """The files once they have stopped changing: one that is half written is not read."""
        begun, seen = time.monotonic(), self._look()
        while not stop.is_set():
            newest = max((changed for _, changed in seen.values()), default=0) / 1e9
            stop.wait(QUIET if time.time() - newest < QUIET else QUIET / 4)
            again = self._look()
            if again == seen or time.monotonic() - begun > LONGEST:
                return again
            seen = again
        return seen

    def _look(self) -> Seen:
        corpus = self._settings.corpus
        try:
            found = [*source_files(corpus, maximum_files=self._settings.maximum_files)]
        except CorpusNotFound:
            return {}
        seen = {}
        for name, path in [*found, (FILE_NAME, corpus / FILE_NAME)]:
            try:
                facts = path.stat()
            except OSError:
                continue
            seen[name] = (facts.st_size, facts.st_mtime_ns)
        return seen

    def _away(self, seen: Seen) -> str:
        """Why the folder is not read now; '' where it is."""
        there = _documents(seen)
        if not self._settings.corpus.is_dir():
            return f"没有文件夹 {self._settings.corpus};写错了请停下改正,是共享文件夹就等它回来;索引照旧"
        if not there:
            return f"{self._settings.corpus} 中没有文件,可能是共享文件夹断开了;索引照旧,等它回来"
        gone = self._known - there
        if gone <= GONE_SHARE * self._known:
            self._missing_since = None
            return ""
        self._missing_since = self._missing_since or time.monotonic()
        if time.monotonic() - self._missing_since >= PATIENCE:
            return ""
        wait = f"{PATIENCE / 60:.0f} 分钟后仍是这样才更新索引,要马上更新请运行 bureau index"
        return f"{self._known} 个文件中一下子少了 {gone} 个,可能是共享文件夹断开了;{wait}"


def follow(settings: Settings, known: int, update: Callable[[], bool], say: Callable[[str], None]) -> Event:
    """Call ``update`` at every change, in a thread of its own, and again where it says that it could not.

    The event that is given back ends it.
    """
    stop, watcher = Event(), Watcher(settings, known)

    def run() -> None:
        for reason in watcher.changes(stop):
            if reason:
                say(reason)
            elif not update():
                watcher.forget()

    Thread(target=run, name="bureau-watch", daemon=True).start()
    return stop


def _documents(seen: Seen) -> int:
    return sum(name != FILE_NAME for name in seen)


def corpus_of(settings: Settings) -> Path:
    """The folder of documents, made where it is missing. Raises CorpusNotFound where it cannot be."""
    try:
        settings.corpus.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CorpusNotFound(
            f"{settings.corpus} cannot be made ({error.strerror}); choose another with --corpus"
        ) from error
    return settings.corpus
