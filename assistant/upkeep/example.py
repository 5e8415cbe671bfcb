"""Five documents to try the assistant with, which come with its package."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from assistant.errors import CorpusNotFound, DocumentError

SHARED = "share/bureau-assistant/corpus"
"""Where an installation has them; a clone has them in its own corpus folder."""


def example_files() -> list[Path]:
    """The documents, by name. Raises CorpusNotFound where an installation was taken apart."""
    try:
        told = files("bureau-assistant") or []
    except PackageNotFoundError:
        told = []
    installed = [Path(str(one.locate())) for one in told if SHARED in one.as_posix()]
    found = installed or list((Path(__file__).parents[2] / "corpus").glob("*.txt"))
    held = sorted(path.resolve() for path in found if path.is_file())
    if not held:
        raise CorpusNotFound("the documents to try are not with this installation; install bureau-assistant again")
    return held


def copy_example(folder: Path) -> list[Path]:
    """Copy the documents into a folder, and make it; what is there already stays. Raises DocumentError."""
    copied = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in example_files():
            target = folder / path.name
            if not target.exists():
                shutil.copyfile(path, target)
                copied.append(target)
    except OSError as error:
        raise DocumentError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from error
    return copied
