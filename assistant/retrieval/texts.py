"""The files of an index and the documents in them, as they were read when it was built; also those of older indexes."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter

from assistant.datamodels import Alignment, Document, Section, Segment, SourceText, Table, TableCell
from assistant.errors import REBUILD, IndexCorrupt
from assistant.facts.database import Connection, checksum

COLUMNS = (
    "document_id", "source", "title", "kind", "years", "place", "bureau", "document_number", "issued", "draft", "text",
    "alignment", "tables", "checksum",
)  # fmt: skip
LATER = {"draft": "''", "checksum": "null"}
"""What stands for a column that a later format brought."""


class Texts:
    """Reads sources, documents and sections; safe to use from several threads.

    Raises KeyError for what is not there, IndexCorrupt for a document that was changed.
    """

    def __init__(self, connection: Connection, lacking: Collection[str] = ()) -> None:
        self._connection = connection
        columns = ", ".join(LATER[name] if name in lacking else name for name in COLUMNS)
        self._query = f"select {columns} from documents where document_id = ?"  # noqa: S608 - columns of ours

    @classmethod
    def of_any_format(cls, connection: Connection) -> Texts:
        """Those of a file that an older version wrote, from format ``generations.OLDEST`` on."""
        there = {name for _, name, *_ in connection.execute("pragma table_info(documents)")}
        return cls(connection, LATER.keys() - there)

    def source_hashes(self) -> dict[str, str]:
        """The hash of what each source's documents were made from."""
        return dict(self._connection.execute("select source, sha256 from sources"))

    def source_text(self, source: str) -> SourceText:
        """The text of a source file as it was read."""
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

    def documents_of(self, source: str) -> list[Document]:
        """The works of a source file, without their repairs."""
        rows = self._connection.execute("select document_id from documents where source = ? order by number", (source,))
        return [self.document(row[0]) for row in rows.fetchall()]

    def document(self, document_id: str) -> Document:
        """A work, without its repairs."""
        row = self._connection.execute(self._query, (document_id,)).fetchone()
        if row is None:
            raise KeyError(document_id)
        *columns, kept = row
        if kept is not None and checksum(tuple(columns)) != kept:
            raise IndexCorrupt(f"a document of the index was changed; {REBUILD}")
        _, source, title, kind, years, place, bureau, document_number, issued, draft, text, alignment, tables = columns
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
            sections=tuple(self._sections(document_id)),
        )

    def _sections(self, document_id: str) -> Iterator[Section]:
        rows = self._connection.execute(
            'select heading, level, start, "end", parent, inline from sections where document_id = ? order by rank',
            (document_id,),
        )
        for heading, level, start, end, parent, inline in rows:
            yield Section(heading, level, start, end, parent, bool(inline))


def _unpacked(packed: bytes, width: int) -> Iterator[tuple[int, ...]]:
    numbers = array("i", zlib.decompress(packed))
    return (tuple(numbers[start : start + width]) for start in range(0, len(numbers), width))


def _tables(packed: bytes) -> tuple[Table, ...]:
    rows = groupby(_unpacked(packed, 7), key=itemgetter(0))
    return tuple(Table(tuple(TableCell(*row[1:]) for row in of_table)) for _, of_table in rows)
