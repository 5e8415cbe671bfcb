"""Documents, sections and passages of an index, in a read-only SQLite file or as it was copied into PostgreSQL."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

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
from assistant.errors import REBUILD, IndexCorrupt
from assistant.facts.database import Connection, checksum, opened
from assistant.facts.store import SqlRows

STORE = "passages.sqlite"
MAPPED_BYTES = 1 << 26
KEPT_DOCUMENTS = 32
"""Documents that were read last; each is its text with a map of it."""
PASSAGE_COLUMNS = """
p.passage_id, p.document_id, d.source, d.title, p.section_path, substr(d.text, p.start + 1, p.end - p.start),
p.start, p.end, p.original_start, p.original_end, p.checksum
from passages p join documents d using (document_id)
"""
PASSAGE_QUERY = f"select {PASSAGE_COLUMNS}"


class PassageStore:
    """Documents and passages of a connection, goals and measures of ``rows``; safe to use from several threads.

    Raises sqlite3.DatabaseError for a damaged file, IndexCorrupt for a passage or document that was changed.
    """

    def __init__(self, connection: Connection, rows: Connection) -> None:
        self._connection = connection
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
        self.rows = SqlRows(rows, self.facts)
        self.document = lru_cache(maxsize=KEPT_DOCUMENTS)(self._read_document)
        self.source_text = lru_cache(maxsize=8)(self._read_source_text)

    @classmethod
    def of_files(cls, path: Path, rows: Path) -> PassageStore:
        """Of the two files of a generation; of the first a part is mapped, which reads in a third of the time."""
        return cls(opened(path, MAPPED_BYTES), opened(rows))

    def close(self) -> None:
        """Let go of the connections."""
        self._connection.close()
        self.rows.close()

    def passages(self) -> list[Passage]:
        """All passages in the order of their numbers."""
        return [_passage(row) for row in self._connection.execute(f"{PASSAGE_QUERY} order by p.number")]

    def numbered(self, numbers: list[int]) -> list[Passage]:
        """The passages of those numbers, in that order; raises KeyError where one is missing."""
        if not numbers:
            return []
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
        _, *columns, kept = row
        if checksum(tuple(columns)) != kept:
            raise IndexCorrupt(f"a document of the index was changed; {REBUILD}")
        _, source, title, kind, years, place, bureau, document_number, issued, draft, text, alignment, tables = columns
        sections = self._connection.execute(
            'select heading, level, start, "end", parent, inline from sections where document_id = ? order by rank',
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


def _passage(row: tuple[Any, ...]) -> Passage:
    *columns, kept = row
    if checksum(tuple(columns)) != kept:
        raise IndexCorrupt(f"a passage of the index was changed; {REBUILD}")
    passage_id, document_id, source, title, path, text, *span = columns
    return Passage(passage_id, document_id, source, title, tuple(json.loads(path)), text, *span)


def _unpacked(packed: bytes, width: int) -> Iterator[tuple[int, ...]]:
    numbers = array("i", zlib.decompress(packed))
    return (tuple(numbers[start : start + width]) for start in range(0, len(numbers), width))


def _tables(packed: bytes) -> tuple[Table, ...]:
    rows = groupby(_unpacked(packed, 7), key=itemgetter(0))
    return tuple(Table(tuple(TableCell(*row[1:]) for row in of_table)) for _, of_table in rows)
