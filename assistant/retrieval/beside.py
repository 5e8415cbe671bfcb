"""What a machine that answers needs of a generation beside the engine that searches it: texts, rows, statistics.

They come from the index folder on a share, or out of PostgreSQL. A generation that is published has its number and the
beginning of the sha256 of its manifest as a name, so that no other of that number is taken for it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import DatabaseError

from assistant.errors import REBUILD, IndexCorrupt
from assistant.facts.store_writing import GOALS
from assistant.retrieval import postgres
from assistant.retrieval.arrays import Array, mapped
from assistant.retrieval.generations import MANIFEST, checked_generation
from assistant.retrieval.index import DOCUMENTS, SPARSE, check_encoder
from assistant.retrieval.store import STORE, PassageStore

ARRAYS = {"keys": f"{SPARSE}.keys.npy", "idf": f"{SPARSE}.idf.npy", "holders": f"{SPARSE}.holders.npy"}
NEEDED = (STORE, GOALS, DOCUMENTS, *ARRAYS.values())
SENT = (MANIFEST, DOCUMENTS, *ARRAYS.values())
"""The files that go into PostgreSQL as they are; of the two others the tables do."""
DIGITS = 12
"""Of the sha256 in a name."""


@dataclass(frozen=True)
class Beside:
    """A published generation without its legs."""

    name: str
    store: PassageStore
    keys: Array
    """Sorted keys of the terms: a term's rank is its dimension."""
    idf: Array
    holders: Array
    """How many passages hold each term."""
    document_numbers: Array
    """Of each passage."""


def published_name(generation: Path) -> str:
    """The name under which the generation in a folder is published."""
    digest = hashlib.sha256((generation / MANIFEST).read_bytes()).hexdigest()
    return f"{generation.name}_{digest[:DIGITS]}"


def of_folder(folder: Path, name: str, fingerprint: str | None) -> Beside:
    """From the index folder. Raises IndexCorrupt, also where its generation of that number is another one."""
    generation, manifest = checked_generation(folder, name.partition("_")[0], set(NEEDED))
    if published_name(generation) != name:
        raise IndexCorrupt(f"what is published was not built in {folder}; run: bureau publish")
    check_encoder(folder, manifest, fingerprint)
    try:
        arrays = {part: mapped(generation / file) for part, file in ARRAYS.items()}
        store = PassageStore.of_files(generation / STORE, generation / GOALS)
        return Beside(name, store, **arrays, document_numbers=mapped(generation / DOCUMENTS))
    except (OSError, ValueError, KeyError, DatabaseError) as error:
        raise IndexCorrupt(f"the index in {folder} cannot be read ({error}); {REBUILD}") from error


def of_postgres(address: str, name: str, fingerprint: str | None) -> Beside:
    """Out of PostgreSQL. Raises EngineUnavailable, IndexNotFound where it was not sent there."""
    store, files = postgres.opened_generation(address, name)
    manifest = json.loads(files[MANIFEST])
    check_encoder(Path(name), manifest, fingerprint)
    arrays = {part: postgres.array_of(files[file]) for part, file in ARRAYS.items()}
    documents = postgres.array_of(files[DOCUMENTS])
    return Beside(name, store, **arrays, document_numbers=documents)
