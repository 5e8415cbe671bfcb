"""Whatever goes wrong over an index whose bytes were changed is told as that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from assistant.errors import AssistantError
from assistant.retrieval.generations import live_generation


class OverAFolder(Protocol):
    """What may have the folder of an index."""

    _folder: Path | None


P = ParamSpec("P")
R = TypeVar("R")
Self = TypeVar("Self", bound=OverAFolder)


@contextmanager
def damage_told(folder: Path | None) -> Iterator[None]:
    """Raise IndexCorrupt for any error that comes while the live index of the folder is damaged.

    A load checks large files by their length alone, since they are not read whole; what their bytes lead to where some
    were changed is no error of any one kind. So each error that is not ours has them all checked.
    """
    try:
        yield
    except AssistantError:
        raise
    except Exception:
        if folder is not None:
            live_generation(folder, thorough=True)
        raise


def tells_damage(method: Callable[Concatenate[Self, P], R]) -> Callable[Concatenate[Self, P], R]:
    """The method, within ``damage_told`` of its object's folder."""

    @wraps(method)
    def called(self: Self, /, *args: P.args, **options: P.kwargs) -> R:
        with damage_told(self._folder):
            return method(self, *args, **options)

    return called
