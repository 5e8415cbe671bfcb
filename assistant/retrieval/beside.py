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
from assistant.retrieval.generations import MANIFEST, check_format, checked_generation
from assistant.retrieval.index import DOCUMENTS, SPARSE, check_encoder, document_lengths
from assistant.retrieval.numbering import Numbering
from assistant.retrieval.store import STORE, PassageStore

ARRAYS = {"keys": f"{SPARSE}.keys.npy", "idf": f"{SPARSE}.idf.npy", "holders": f"{SPARSE}.holders.npy"}
NEEDED = (STORE, GOALS, DOCUMENTS, *ARRAYS.values())
SENT = (MANIFEST, DOCUMENTS, *ARRAYS.values())
"""The files that go into PostgreSQL as they are; of the two others the tables do."""
NUMBERING = "numbering.npz"
DIGITS = 12
"""Of the sha256 in a name."""
HELD = "passages_"
"""Before the name of the collection of an engine that holds a generation, and those that follow it."""


@dataclass(frozen=True)
class Beside:
    """A published generation without its legs."""

    name: str
    store: PassageStore
    keys: Array
    """Sorted keys of the terms."""
    idf: Array
    holders: Array
    """How many passages hold each term."""
    document_numbers: Array
    """Of each passage."""
    passage_characters: int
    numbering: Numbering

    @property
    def lengths(self) -> Array:
        """How many passages each document has."""
        return document_lengths(self.document_numbers, self.store.facts)


def published_name(generation: Path) -> str:
    """The name under which the generation in a folder is published."""
    digest = hashlib.sha256((generation / MANIFEST).read_bytes()).hexdigest()
    return f"{generation.name}_{digest[:DIGITS]}"


def files_of(generation: Path, numbering: Numbering) -> dict[str, bytes]:
    """The files of a generation that go into PostgreSQL as they are, by name."""
    return {file: (generation / file).read_bytes() for file in SENT} | {NUMBERING: numbering.packed()}


def of_folder(folder: Path, name: str, fingerprint: str | None) -> Beside:
    """From the index folder. Raises IndexCorrupt, also where its generation of that number is another one."""
    generation, manifest = checked_generation(folder, name.partition("_")[0], set(NEEDED))
    if published_name(generation) != name:
        raise IndexCorrupt(f"what is published was not built in {folder}; run: bureau publish")
    check_encoder(folder, manifest, fingerprint)
    try:
        arrays = {part: mapped(generation / file) for part, file in ARRAYS.items()}
        arrays["document_numbers"] = mapped(generation / DOCUMENTS)
        store = PassageStore.of_files(generation / STORE, generation / GOALS)
    except (OSError, ValueError, KeyError, DatabaseError) as error:
        raise IndexCorrupt(f"the index in {folder} cannot be read ({error}); {REBUILD}") from error
    lengths = document_lengths(arrays["document_numbers"], store.facts)
    numbering = Numbering.anew(HELD + name, lengths, len(arrays["keys"]))
    return Beside(name, store, **arrays, passage_characters=int(manifest["passage_characters"]), numbering=numbering)


def of_postgres(address: str, name: str, fingerprint: str | None) -> Beside:
    """Out of PostgreSQL. Raises EngineUnavailable, IndexNotFound where it was not sent there, IndexOutOfDate."""
    store, files = postgres.opened_generation(address, name)
    manifest = json.loads(files[MANIFEST])
    check_format(Path(name), manifest)
    check_encoder(Path(name), manifest, fingerprint)
    arrays = {part: postgres.array_of(files[file]) for part, file in ARRAYS.items()}
    arrays["document_numbers"] = postgres.array_of(files[DOCUMENTS])
    numbering = Numbering.unpacked(files[NUMBERING])
    return Beside(name, store, **arrays, passage_characters=int(manifest["passage_characters"]), numbering=numbering)
