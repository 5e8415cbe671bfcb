"""Passages and documents of an index, in a read-only SQLite file or as it was copied into PostgreSQL."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.datamodels import DocumentFacts, Passage
from assistant.errors import REBUILD, IndexCorrupt
from assistant.facts.database import Connection, checksum, opened
from assistant.facts.store import SqlRows
from assistant.retrieval.texts import Texts

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
        self.texts = Texts(connection)
        self.document = lru_cache(maxsize=KEPT_DOCUMENTS)(self.texts.document)
        self.source_text = lru_cache(maxsize=8)(self.texts.source_text)

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


def _passage(row: tuple[Any, ...]) -> Passage:
    *columns, kept = row
    if checksum(tuple(columns)) != kept:
        raise IndexCorrupt(f"a passage of the index was changed; {REBUILD}")
    passage_id, document_id, source, title, path, text, *span = columns
    return Passage(passage_id, document_id, source, title, tuple(json.loads(path)), text, *span)
