"""What reading one file may cost; a file that needs more is passed over with the reason."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.settings import Settings


@dataclass(frozen=True)
class ReadingLimits:
    """The defaults fit a machine with 4 GB of memory."""

    maximum_bytes: int = 50_000_000
    """Of the file."""
    unpacked_bytes: int = 400_000_000
    """Of all that is packed in it."""
    seconds: float = 300
    """On the clock, character recognition included."""
    memory_bytes: int = 1_500_000_000
    """Of the process that reads formats other than text."""

    @classmethod
    def of(cls, settings: Settings) -> ReadingLimits:
        """As they are set."""
        return cls(settings.maximum_bytes, settings.unpacked_bytes, settings.reader_seconds, settings.memory_bytes)


DEFAULT = ReadingLimits()
limits: ContextVar[ReadingLimits] = ContextVar("limits", default=DEFAULT)
"""Those of the file that is being read."""
