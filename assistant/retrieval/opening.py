"""Open what serves the searches of an index folder: its own files, or the engine that they were sent to."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from assistant.retrieval import postgres
from assistant.retrieval.beside import SENT, of_folder, of_postgres, published_name
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.milvus import MilvusIndex, connected
from assistant.retrieval.milvus import publish as publish_legs
from assistant.retrieval.vector_cache import Progress

Opened = HybridIndex | MilvusIndex


def opened_index(folder: Path, fingerprint: str | None, engine: str = "", store: str = "") -> Opened:
    """The index of the folder; with an ``engine`` what was published there, its texts out of ``store`` if named.

    Raises what the load of each raises.
    """
    if not engine:
        return HybridIndex.load(folder, fingerprint)
    beside = partial(of_postgres, store) if store else partial(of_folder, folder)
    return MilvusIndex(connected(engine), partial(beside, fingerprint=fingerprint))


def publish(index: HybridIndex, engine: str, store: str = "", progress: Progress | None = None) -> str:
    """Send a generation to the engine, and its texts to the ``store`` first, if there is one; its name there.

    Readers see the one before until all is there. Raises EngineUnavailable.
    """
    if store:
        postgres.send(index.folder, SENT, store, published_name(index.folder), progress)
    name, before = publish_legs(index, engine, progress)
    if store and name != before:
        postgres.forget(store, {name, before})
    return name
