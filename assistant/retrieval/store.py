"""Documents, sections and passages of an index in one read-only SQLite file."""

from __future__ import annotations

import json
import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path

from assistant.datamodels import (
    Alignment,
    Document,
    DocumentFacts,
    Passage,
    Section,
    Segment,
    SourceText,
    Table,
    TableCell,
)
from assistant.facts.store import SqliteRows, read_only
from assistant.retrieval.placement import Placement

STORE = "passages.sqlite"
MAPPED_BYTES = 1 << 26
KEPT_DOCUMENTS = 32
"""Documents that were read last; each is its text with a map of it."""
SCHEMA = """
create table sources (
    source text primary key, sha256 text not null, encoding text not null, warnings text not null,
    pages text not null, original blob not null);
create table documents (
    number integer primary key, document_id text unique not null, source text not null, title text not null,
    kind text not null, years text not null, place text not null, bureau text not null,
    document_number text not null, issued text not null, draft text not null, text text not null,
    alignment blob not null, tables blob not null);
create table sections (
    document_id text not null, rank integer not null, heading text not null, level integer not null,
    start integer not null, end integer not null, parent integer, inline integer not null,
    primary key (document_id, rank));
create table passages (
    number integer primary key, passage_id text unique not null, document_id text not null,
    section_path text not null, start integer not null, end integer not null,
    original_start integer not null, original_end integer not null);
create index documents_by_source on documents (source);
create index passages_by_document on passages (document_id, start);
"""
PASSAGE_COLUMNS = """
p.passage_id, p.document_id, d.source, d.title, p.section_path, substr(d.text, p.start + 1, p.end - p.start),
p.start, p.end, p.original_start, p.original_end
from passages p join documents d using (document_id)
"""
PASSAGE_QUERY = f"select {PASSAGE_COLUMNS}"
TAKE_OVER = """
insert into sources select * from live.sources
    where source in (select source from live.documents join taken using (document_id));
insert into documents select new_number, d.document_id, source, title, kind, years, place, bureau, document_number,
    issued, draft, text, alignment, tables from live.documents d join taken on taken.document_id = d.document_id;
insert into sections select * from live.sections where document_id in (select document_id from taken);
insert into passages select moved.new, passage_id, document_id, section_path, start, end, original_start, original_end
    from live.passages join moved on moved.old = live.passages.number;
"""


def write_store(
    folder: Path,
    sources: dict[str, SourceText],
    documents: Iterable[Document],
    passages: Iterable[Passage],
    placement: Placement,
    live: Path | None = None,
) -> None:
    """Write the store of a generation: new ``documents`` and ``passages``, and what ``placement`` takes over.

    ``live`` is the folder of the generation to take it from.
    """
    with new_database(folder / STORE) as connection:
        connection.executescript(SCHEMA)
        if live is not None:
            _take_over(connection, placement, live / STORE)
        connection.executemany(
            "insert into sources values (?, ?, ?, ?, ?, ?)", (_source_row(name, one) for name, one in sources.items())
        )
        for document in documents:
            connection.execute(
                "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                _document_row(placement.documents[document.document_id], document),
            )
            connection.executemany(
                "insert into sections values (?, ?, ?, ?, ?, ?, ?, ?)",
                ((document.document_id, rank, *astuple(part)) for rank, part in enumerate(document.sections)),
            )
        connection.executemany(
            "insert into passages values (?, ?, ?, ?, ?, ?, ?, ?)",
            map(_passage_row, placement.new_passages.tolist(), passages),
        )


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


@contextmanager
def attached(connection: sqlite3.Connection, live: Path, placement: Placement) -> Iterator[None]:
    """The live file as ``live``, with a table ``taken`` of documents and their numbers in the new generation."""
    connection.execute("attach ? as live", (read_only(live),))
    connection.execute("create temp table taken (document_id text primary key, new_number integer)")
    connection.executemany(
        "insert into taken values (?, ?)", ((one, placement.documents[one]) for one in placement.taken)
    )
    yield
    connection.commit()
    connection.execute("detach live")


def _take_over(connection: sqlite3.Connection, placement: Placement, live: Path) -> None:
    with attached(connection, live, placement):
        connection.execute("create temp table moved (old integer primary key, new integer)")
        connection.executemany("insert into moved values (?, ?)", placement.taken_passages)
        for statement in TAKE_OVER.split(";"):
            connection.execute(statement)


def _source_row(name: str, source: SourceText) -> tuple[object, ...]:
    warnings, pages = json.dumps(source.warnings, ensure_ascii=False), json.dumps(source.pages)
    return (name, source.sha256, source.encoding, warnings, pages, zlib.compress(source.text.encode()))


def _document_row(number: int, document: Document) -> tuple[object, ...]:
    return (
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


def _packed(rows: Iterable[tuple[int, ...]]) -> bytes:
    """Rows of whole numbers below 2³¹, one after the other."""
    return zlib.compress(array("i", chain.from_iterable(rows)).tobytes())


def _unpacked(packed: bytes, width: int) -> Iterator[tuple[int, ...]]:
    numbers = array("i", zlib.decompress(packed))
    return (tuple(numbers[start : start + width]) for start in range(0, len(numbers), width))


def _tables(packed: bytes) -> tuple[Table, ...]:
    rows = groupby(_unpacked(packed, 7), key=itemgetter(0))
    return tuple(Table(tuple(TableCell(*row[1:]) for row in of_table)) for _, of_table in rows)


def _passage_row(number: int, passage: Passage) -> tuple[object, ...]:
    path = json.dumps(passage.section_path, ensure_ascii=False)
    span = (passage.start, passage.end, passage.original_start, passage.original_end)
    return (number, passage.passage_id, passage.document_id, path, *span)


class PassageStore:
    """Documents and passages of ``path``, goals and measures of ``rows``; safe to use from several threads.

    Raises sqlite3.DatabaseError for a damaged file.
    """

    def __init__(self, path: Path, rows: Path) -> None:
        self._connection = sqlite3.connect(read_only(path), uri=True, check_same_thread=False)
        self._connection.execute(f"pragma mmap_size = {MAPPED_BYTES}")  # passages are read in a third of the time
        found = self._connection.execute(
            "select document_id, source, title, kind, years, place, bureau, document_number, issued, draft "
            "from documents order by number"
        )
        self.facts: dict[str, DocumentFacts] = {
            document_id: DocumentFacts(
                source, title, kind, tuple(json.loads(years)), place, bureau, number=number, issued=issued, draft=draft
            )
            for document_id, source, title, kind, years, place, bureau, number, issued, draft in found
        }
        """What each document is about, by its id, in the order of their numbers."""
        self.rows = SqliteRows(rows, self.facts)
        self.document = lru_cache(maxsize=KEPT_DOCUMENTS)(self._read_document)
        self.source_text = lru_cache(maxsize=8)(self._read_source_text)

    def close(self) -> None:
        """Let go of the files."""
        self._connection.close()
        self.rows.close()

    def passages(self) -> list[Passage]:
        """All passages in the order of their numbers."""
        return [_passage(row) for row in self._connection.execute(f"{PASSAGE_QUERY} order by p.number")]

    def numbered(self, numbers: list[int]) -> list[Passage]:
        """The passages of those numbers, in that order; raises KeyError where one is missing."""
        places = ", ".join(map(str, map(int, numbers)))
        rows = self._connection.execute(f"select p.number, {PASSAGE_COLUMNS} where p.number in ({places})")
        found = {number: _passage(tuple(row)) for number, *row in rows}
        return [found[number] for number in numbers]

    def passage_by_id(self, passage_id: str) -> Passage:
        """The passage of that id; raises KeyError where there is none."""
        row = self._connection.execute(f"{PASSAGE_QUERY} where p.passage_id = ?", (passage_id,)).fetchone()
        if row is None:
            raise KeyError(passage_id)
        return _passage(row)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document in the order of its text."""
        rows = self._connection.execute(f"{PASSAGE_QUERY} where p.document_id = ? order by p.start", (document_id,))
        return [_passage(row) for row in rows]

    def source_hashes(self) -> dict[str, str]:
        """The hash of what each source's documents were made from."""
        return dict(self._connection.execute("select source, sha256 from sources"))

    def documents_of(self, source: str) -> list[Document]:
        """The works of a source file, without their repairs."""
        rows = self._connection.execute("select document_id from documents where source = ? order by number", (source,))
        return [self._read_document(row[0]) for row in rows]

    def _read_source_text(self, source: str) -> SourceText:
        """The text of a source file as it was read when the index was built."""
        row = self._connection.execute(
            "select original, encoding, warnings, pages, sha256 from sources where source = ?", (source,)
        ).fetchone()
        if row is None:
            raise KeyError(source)
        packed, encoding, warnings, pages, sha256 = row
        return SourceText(
            zlib.decompress(packed).decode(),
            encoding,
            tuple(json.loads(warnings)),
            pages=tuple(json.loads(pages)),
            sha256=sha256,
        )

    def _read_document(self, document_id: str) -> Document:
        row = self._connection.execute("select * from documents where document_id = ?", (document_id,)).fetchone()
        if row is None:
            raise KeyError(document_id)
        _, _, source, title, kind, years, place, bureau, document_number, issued, draft, text, alignment, tables = row
        sections = self._connection.execute(
            "select heading, level, start, end, parent, inline from sections where document_id = ? order by rank",
            (document_id,),
        )
        return Document(
            document_id=document_id,
            source=source,
            title=title,
            kind=kind,
            years=tuple(json.loads(years)),
            place=place,
            bureau=bureau,
            number=document_number,
            issued=issued,
            draft=draft,
            text=text,
            alignment=Alignment(tuple(Segment(*one) for one in _unpacked(alignment, 4))),
            tables=_tables(tables),
            sections=tuple(
                Section(heading, level, start, end, parent, bool(inline))
                for heading, level, start, end, parent, inline in sections
            ),
        )


def _passage(row: tuple[str, str, str, str, str, str, int, int, int, int]) -> Passage:
    passage_id, document_id, source, title, path, text, *span = row
    return Passage(passage_id, document_id, source, title, tuple(json.loads(path)), text, *span)
