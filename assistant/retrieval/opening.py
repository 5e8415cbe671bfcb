"""Open what serves the searches of an index folder: its own files, or the engine that they were sent to."""

from __future__ import annotations

from pathlib import Path

from assistant.retrieval.index import HybridIndex
from assistant.retrieval.milvus import MilvusIndex

Opened = HybridIndex | MilvusIndex


def opened_index(folder: Path, fingerprint: str, engine: str = "") -> Opened:
    """The index of the folder, which the ``engine`` serves where one is named. Raises what its load raises."""
    return MilvusIndex.load(engine, folder, fingerprint) if engine else HybridIndex.load(folder, fingerprint)
