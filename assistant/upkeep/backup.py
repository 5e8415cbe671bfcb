"""Keep what people made, and bring it back: documents, corrections, users, feedback, in one archive.

The index is not in it: it is made of these, and ``bureau index`` makes it again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

from assistant.documents.loading import source_files
from assistant.documents.overrides import FILE_NAME
from assistant.documents.placing import placed
from assistant.errors import BackupError
from assistant.settings import Settings

STATE = ("users.sqlite", "feedback.sqlite")
MARK, VERSION = "bureau-backup.json", 1
SQLITE = b"SQLite format 3\0"
FOLDERS = ("corpus", "state")
OWNER_ALONE = 0o600


def back_up(settings: Settings, path: Path, *, replacing: bool = False) -> dict[str, int]:
    """Write an archive of the corpus folder and of what is kept beside the index; how many files of each.

    It appears whole or not at all, for its owner alone to read: it holds the hashes of passwords.
    Raises BackupError, and CorpusNotFound where the documents are not there.
    """
    if path.resolve().is_relative_to(settings.corpus.resolve()):
        raise BackupError(f"{path} lies in the folder of documents, which anybody may read; choose another place")
    if path.exists() and not replacing:
        raise BackupError(f"{path} is there already; to write over it: --replace")
    counts = dict.fromkeys(FOLDERS, 0)
    try:
        with placed(path, OWNER_ALONE) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(MARK, json.dumps({"version": VERSION}))
            for folder, name, held in _kept(settings):
                archive.write(held, f"{folder}/{name}")
                counts[folder] += 1
    except (OSError, sqlite3.Error) as error:
        raise BackupError(f"cannot write {path} ({error}); make room, or choose a folder that is there") from error
    return counts


def _kept(settings: Settings) -> Iterator[tuple[str, str, Path]]:
    """Folder in the archive, name there and file; of databases a copy of one moment."""
    documents = source_files(settings.corpus, maximum_files=settings.maximum_files)
    yield from (("corpus", name, path) for name, path in documents)
    if (metadata := settings.corpus / FILE_NAME).is_file():
        yield "corpus", FILE_NAME, metadata
    for name in STATE:
        if (settings.index / "state" / name).is_file():
            with tempfile.TemporaryDirectory(prefix="bureau-") as folder:
                copy = Path(folder) / name
                path = settings.index / "state" / name
                with closing(sqlite3.connect(path)) as live, closing(sqlite3.connect(copy)) as copied:
                    live.backup(copied)
                yield "state", name, copy


def restore(settings: Settings, path: Path, *, replacing: bool = False) -> dict[str, int]:
    """Bring back what an archive holds; how many files of each folder.

    Raises BackupError for what is no archive of ours, and, unless ``replacing``, where a file is there already that is
    another; then nothing is changed.
    """
    counts = dict.fromkeys(FOLDERS, 0)
    try:
        with zipfile.ZipFile(path) as archive:
            targets = _targets(settings, archive, path)
            _check_state(archive, path)
            standing = [str(target) for name, target in targets.items() if target.exists()]
            if standing and not replacing:
                raise BackupError(f"{standing[0]} is there already; to replace such files: --replace")
            for name, target in targets.items():
                target.parent.mkdir(parents=True, exist_ok=True)
                mode = OWNER_ALONE if name.startswith("state/") else 0o666
                with archive.open(name) as given, placed(target, mode) as file:
                    shutil.copyfileobj(given, file)
                counts[name.partition("/")[0]] += 1
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BackupError(f"cannot restore {path} ({error})") from error
    return counts


def _targets(settings: Settings, archive: zipfile.ZipFile, path: Path) -> dict[str, Path]:
    """Where each file goes. Raises BackupError for names that we would not write."""
    if MARK not in archive.namelist() or json.loads(archive.read(MARK)).get("version") != VERSION:
        raise BackupError(f"{path} is no backup of this program")
    if broken := archive.testzip():
        raise BackupError(f"{path} is damaged: {broken}")
    roots = {"corpus": settings.corpus, "state": settings.index / "state"}
    targets = {}
    for name in archive.namelist():
        folder, *parts = PurePosixPath(name).parts
        if name == MARK:
            continue
        if folder not in roots or not parts or ".." in parts or (folder == "state" and parts[-1] not in STATE):
            raise BackupError(f"{path} holds {name!r}, which no backup of this program does")
        targets[name] = roots[folder].joinpath(*parts)
    return targets


def _check_state(archive: zipfile.ZipFile, path: Path) -> None:
    """Raise BackupError where users or feedback are no databases."""
    for name in STATE:
        if f"state/{name}" in archive.namelist():
            with archive.open(f"state/{name}") as file:
                if file.read(len(SQLITE)) != SQLITE:
                    raise BackupError(f"{path} holds a {name} that is no database")
