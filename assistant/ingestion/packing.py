"""What was made of a file as bytes that can go to another machine: plain data, which runs nothing when it is read."""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.datamodels import Document, Goal, Measure, Passage, SourceText
from assistant.interfaces import Batch

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Packed(NamedTuple):
    """The parts of a batch."""

    documents: list[Document]
    sources: dict[str, SourceText]
    passages: list[Passage]
    goals: list[Goal]
    measures: list[Measure]


def packed(batch: Batch) -> bytes:
    """Compressed JSON of a batch."""
    parts = Packed(
        list(batch.documents), dict(batch.sources), list(batch.passages), list(batch.goals), list(batch.measures)
    )
    return zlib.compress(_adapter().dump_json(parts))


def unpacked(content: bytes) -> Batch:
    """The batch again. Raises ValueError for anything else."""
    try:
        return Batch(*_adapter().validate_json(zlib.decompress(content)))
    except zlib.error as error:
        raise ValueError("not a packed batch") from error


@cache
def _adapter() -> TypeAdapter[Packed]:
    from pydantic import TypeAdapter

    return TypeAdapter(Packed)
