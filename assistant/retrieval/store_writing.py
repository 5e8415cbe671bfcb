"""Write the SQLite file of a generation: documents, sections and passages, new ones and those taken over."""

from __future__ import annotations

import json
import sqlite3
import zlib
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.datamodels import Document, Passage, SourceText
from assistant.facts.database import checksum, read_only
from assistant.interfaces import Batch
from assistant.retrieval.store import STORE

SCHEMA = """
create table sources (
    source text primary key, sha256 text not null, encoding text not null, warnings text not null,
    pages text not null, original blob not null);
create table documents (
    number integer primary key, document_id text unique not null, source text not null, title text not null,
    kind text not null, years text not null, place text not null, bureau text not null,
    document_number text not null, issued text not null, draft text not null, text text not null,
    alignment blob not null, tables blob not null, checksum integer not null);
create table sections (
    document_id text not null, rank integer not null, heading text not null, level integer not null,
    start integer not null, end integer not null, parent integer, inline integer not null,
    primary key (document_id, rank));
create table passages (
    number integer primary key, passage_id text unique not null, document_id text not null,
    section_path text not null, start integer not null, end integer not null,
    original_start integer not null, original_end integer not null, checksum integer not null);
create index documents_by_source on documents (source);
create index passages_by_document on passages (document_id, start);
"""
TAKE_OVER = """
insert into sources select * from part.sources where source in (select source from wanted);
insert into documents select new_number, d.document_id, source, title, kind, years, place, bureau, document_number,
    issued, draft, text, alignment, tables, checksum
    from part.documents d join taken on taken.document_id = d.document_id;
insert into sections select * from part.sections where document_id in (select document_id from taken);
insert into passages select moved.new, passage_id, document_id, section_path, start, end, original_start, original_end,
    checksum from part.passages join moved on moved.old = part.passages.number;
"""


def write_store(folder: Path, batch: Batch, numbers: Mapping[str, int]) -> None:
    """Write the store of a part: its documents with their ``numbers``, its passages numbered from 0."""
    with new_store(folder / STORE) as connection:
        connection.executemany(
            "insert into sources values (?, ?, ?, ?, ?, ?)",
            (_source_row(name, one) for name, one in batch.sources.items()),
        )
        for document in batch.documents:
            connection.execute(
                "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                _document_row(numbers[document.document_id], document),
            )
            connection.executemany(
                "insert into sections values (?, ?, ?, ?, ?, ?, ?, ?)",
                ((document.document_id, rank, *astuple(part)) for rank, part in enumerate(document.sections)),
            )
        connection.executemany(
            "insert into passages values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_passage_row(number, one) for number, one in enumerate(batch.passages)),
        )


@contextmanager
def new_store(path: Path) -> Iterator[sqlite3.Connection]:
    """A new file with the tables of a store."""
    with new_database(path) as connection:
        connection.executescript(SCHEMA)
        yield connection


def take_over(connection: sqlite3.Connection, taken: Taken, part: Path) -> None:
    """Copy the documents that are taken from the store of a part."""
    with attached(connection, part / STORE, taken):
        connection.execute("create temp table wanted (source text primary key)")
        connection.executemany("insert into wanted values (?)", ((one,) for one in taken.sources))
        connection.execute("create temp table moved (old integer primary key, new integer)")
        connection.executemany(
            "insert into moved values (?, ?)",
            ((old, new) for old, new in enumerate(taken.passages.tolist()) if new >= 0),
        )
        for statement in TAKE_OVER.split(";"):
            connection.execute(statement)
        for table in ("moved", "wanted"):
            connection.execute(f"drop table {table}")


@contextmanager
def new_database(path: Path) -> Iterator[sqlite3.Connection]:
    """A new file to write; nothing else reads it until its generation is live, which syncs it."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rwc", uri=True)
    try:
        connection.execute("pragma journal_mode = off")
        connection.execute("pragma synchronous = off")
        yield connection
        connection.commit()
    finally:
        connection.close()


@dataclass(frozen=True)
class Taken:
    """What is taken from a part: sources, documents with their new numbers, the new number of each of its passages."""

    sources: Collection[str]
    """Also those that hold no document."""
    documents: Mapping[str, int]
    passages: npt.NDArray[np.int64]
    """-1 for a passage that is left out."""


@contextmanager
def attached(connection: sqlite3.Connection, part: Path, taken: Taken) -> Iterator[None]:
    """A file of a part as ``part``, with a table ``taken`` of its documents and their new numbers."""
    connection.execute("attach ? as part", (read_only(part),))
    connection.execute("create temp table taken (document_id text primary key, new_number integer)")
    connection.executemany("insert into taken values (?, ?)", taken.documents.items())
    yield
    connection.execute("drop table taken")
    connection.commit()
    connection.execute("detach part")


def _source_row(name: str, source: SourceText) -> tuple[object, ...]:
    warnings, pages = json.dumps(source.warnings, ensure_ascii=False), json.dumps(source.pages)
    return (name, source.sha256, source.encoding, warnings, pages, zlib.compress(source.text.encode()))


def _document_row(number: int, document: Document) -> tuple[object, ...]:
    row = (
        number,
        document.document_id,
        document.source,
        document.title,
        document.kind,
        json.dumps(document.years),
        document.place,
        document.bureau,
        document.number,
        document.issued,
        document.draft,
        document.text,
        _packed((part.start, part.end, part.original_start, part.original_end) for part in document.alignment.segments),
        _packed((rank, *astuple(cell)) for rank, table in enumerate(document.tables) for cell in table.cells),
    )
    return (*row, checksum(row[1:]))


def _packed(rows: Iterable[tuple[int, ...]]) -> bytes:
    """Rows of whole numbers below 2³¹, one after the other."""
    return zlib.compress(array("i", chain.from_iterable(rows)).tobytes())


def _passage_row(number: int, passage: Passage) -> tuple[object, ...]:
    path = json.dumps(passage.section_path, ensure_ascii=False)
    span = (passage.start, passage.end, passage.original_start, passage.original_end)
    named = (passage.passage_id, passage.document_id)
    told = (*named, passage.source, passage.title, path, passage.text, *span)
    return (number, *named, path, *span, checksum(told))
