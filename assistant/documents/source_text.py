"""How a reader makes the text of a file: line by line, with what the format says about the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from assistant.datamodels import SourceText, Table, TableCell

CELL_SEPARATOR = " | "
# 10⁸ must not become 108.
SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


class GridCell(NamedTuple):
    """A cell of a table as a reader finds it: its words, its place from 0, what it is merged over."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass
class LineCollector:
    """Collects the lines of a document in reading order."""

    lines: list[str] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    _length: int = 0

    def add(self, line: str, heading_level: int = 0) -> None:
        """One line or paragraph; line ends inside it become lines of their own."""
        if heading_level and line.strip():
            self.headings.append((self._length, heading_level))
        self.lines.append(line)
        self._length += len(line) + 1

    def add_table(self, grid: Sequence[GridCell]) -> None:
        """A table: a line for each row that holds anything, its cells in columns; a merged cell stands once.

        Columns that hold nothing are left out of the lines, and empty cells at the end of a row.
        """
        filled = sorted((cell for cell in grid if cell.text), key=lambda cell: (cell.row, cell.column))
        places = {column: place for place, column in enumerate(sorted({cell.column for cell in filled}))}
        rows: dict[int, list[GridCell]] = {}
        for cell in filled:
            rows.setdefault(cell.row, []).append(cell)
        cells: list[TableCell] = []
        for row in rows.values():
            line, place = "", 0
            for cell in row:
                line += CELL_SEPARATOR * (places[cell.column] - place)
                place = places[cell.column]
                start = self._length + len(line)
                cells.append(TableCell(cell.row, cell.column, start, start + len(cell.text), cell.rows, cell.columns))
                line += cell.text
            self.add(line)
        if cells:
            self.tables.append(Table(tuple(cells)))

    def begin_page(self) -> None:
        """What follows stands on the next page."""
        self.pages.append(self._length)

    def source_text(self, encoding: str, warnings: tuple[str, ...] = (), dropped: tuple[str, ...] = ()) -> SourceText:
        """Everything collected."""
        text = "\n".join(self.lines)
        return SourceText(
            text,
            encoding,
            warnings,
            tuple(self.headings),
            tuple(self.pages),
            dropped=dropped,
            tables=tuple(self.tables),
        )
