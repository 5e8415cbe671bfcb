"""Open what serves the searches of an index folder: its own files, or the engine that they were sent to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from assistant.retrieval.beside import of_folder, of_postgres
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.milvus import MilvusIndex, connected

Opened = HybridIndex | MilvusIndex


def opened_index(folder: Path, fingerprint: str | None, engine: str = "", store: str = "") -> Opened:
    """The index of the folder; with an ``engine`` what was published there, its texts out of ``store`` if named.

    Raises what the load of each raises.
    """
    if not engine:
        return HybridIndex.load(folder, fingerprint)
    beside = partial(of_postgres, store) if store else partial(of_folder, folder)
    return MilvusIndex(connected(engine), partial(beside, fingerprint=fingerprint))
