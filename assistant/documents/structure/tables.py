"""The tables of a work: those that a reader found, moved to the work's text, and those drawn with | in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.datamodels import Table, TableCell
from assistant.documents.cleaning.aligned_text import AlignedText

BAR = re.compile(r"[|｜│┃]")
DRAWN = re.compile(r"^[|｜│┃]|\s[|｜│┃]|[|｜│┃]\s")
BOX = re.compile("[\u2500-\u257f+]")
RULE = re.compile(r"[\s|｜\u2500-\u257f—+:=-]*")


def tables_of(work: AlignedText, found: Sequence[Table]) -> tuple[Table, ...]:
    """``found`` count the characters of the file; cells that the work does not hold are left out."""
    moved = list(filter(None, (_moved(table, work) for table in found)))
    spans = [(table.start, table.end) for table in moved]
    return tuple(sorted((*moved, *_drawn(work.text, spans)), key=lambda table: table.start))


def _moved(table: Table, work: AlignedText) -> Table | None:
    if not len(work.starts) or table.end <= work.starts[0] or table.start >= work.ends[-1]:
        return None
    bounds = np.array([(cell.start, cell.end) for cell in table.cells])
    starts, ends = np.searchsorted(work.starts, bounds[:, 0]), np.searchsorted(work.starts, bounds[:, 1])
    cells = [
        TableCell(cell.row, cell.column, int(start), int(end), cell.rows, cell.columns)
        for cell, start, end in zip(table.cells, starts, ends, strict=True)
        if start < end
    ]
    return Table(tuple(cells)) if cells else None


def _drawn(text: str, known: list[tuple[int, int]]) -> Iterator[Table]:
    """Runs of lines that are made of cells, two at least, outside the tables that are known."""
    rows: list[list[tuple[int, int]]] = []
    position = 0
    for line in [*text.split("\n"), ""]:
        inside = any(start <= position < end for start, end in known) if "|" in line else False
        if not inside and (DRAWN.search(line) or len(BAR.findall(line)) > 1):
            rows.append(_cells(line, position))
        elif rows and line and BOX.match(line) and RULE.fullmatch(line):
            pass  # a rule between two rows
        else:
            if len(rows) > 1:
                yield from _table(rows)
            rows = []
        position += len(line) + 1


def _cells(line: str, position: int) -> list[tuple[int, int]]:
    """The spans of the cells of a line; none of a line that only rules."""
    if RULE.fullmatch(line):
        return []
    spans = []
    start = 0
    for stop in [*(bar.start() for bar in BAR.finditer(line)), len(line)]:
        words = line[start:stop]
        begin = start + len(words) - len(words.lstrip())
        spans.append((position + begin, position + begin + len(words.strip())))
        start = stop + 1
    return spans


def _table(rows: list[list[tuple[int, int]]]) -> Iterator[Table]:
    """The cells by row and column; where a format lost empty cells, rows of other lengths tell no columns."""
    if all(row[0][0] == row[0][1] for row in rows if row):
        rows = [row[1:] for row in rows]  # drawn with a bar on the left
    width = max(map(len, rows))
    blanks_kept = any(start == end for row in rows for start, end in row)
    cells = [
        TableCell(number, column, start, end)
        for number, row in enumerate(rows)
        if blanks_kept or len(row) in (1, width)
        for column, (start, end) in enumerate(row)
        if start < end
    ]
    if cells:
        yield Table(tuple(cells))
