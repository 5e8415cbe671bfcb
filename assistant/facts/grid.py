"""The layout of a table: its cells by row and column, side-by-side tables apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from assistant.datamodels import Table

BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""A blank that only spreads the characters of a name."""
MOST_COVERED = 4_000_000
"""Places that merged cells of a table may cover; what lies beyond is read as if it were not merged."""


class Cell(NamedTuple):
    """The words of a cell, where they stand in the text, its place from 0, and what it is merged over."""

    text: str
    start: int
    end: int
    row: int
    column: int
    rows: int
    columns: int


Row = dict[int, Cell]
"""The cell that covers each column; a column without words is missing."""


def blocks(table: Table, text: str) -> Iterator[list[Row]]:
    """The rows of each of the tables that stand side by side in one grid, parted by columns without any words."""
    rows = list(_covered(table, text).values())
    occupied = sorted({column for row in rows if len(cells(row)) > 1 for column in row})
    cuts = [left + 1 for left, right in pairwise(occupied) if right > left + 1]
    bounds = [0, *cuts, max((column for row in rows for column in row), default=0) + 1]
    parts = [[_between(row, start, end) for row in rows] for start, end in pairwise(bounds)]
    yield from parts if all(any(len(cells(row)) > 1 for row in part) for part in parts) else [rows]


def _between(row: Row, start: int, end: int) -> Row:
    return {column: cell for column, cell in row.items() if start <= column < end}


def _covered(table: Table, text: str) -> dict[int, Row]:
    """The rows that hold any words of their own, with the cells that reach into them from above and from the left."""
    rows: dict[int, Row] = {number: {} for number in sorted({cell.row for cell in table.cells})}
    columns = sorted({cell.column for cell in table.cells})
    left = MOST_COVERED
    for one in table.cells:
        cell = Cell(
            BLANK.sub("", text[one.start : one.end].strip()),
            one.start,
            one.end,
            one.row,
            one.column,
            one.rows,
            one.columns,
        )
        if one.rows == one.columns == 1:
            rows[one.row][one.column] = cell
            continue
        below = [number for number in range(one.row, one.row + min(one.rows, left)) if number in rows]
        across = [column for column in columns if one.column <= column < one.column + one.columns]
        left = max(1, left - one.rows - len(below) * len(across))
        for number in below:
            for column in across:
                rows[number].setdefault(column, cell)
    return {number: dict(sorted(row.items())) for number, row in rows.items()}


def cells(row: Row) -> list[Cell]:
    """The cells of a row from the left, a merged one once."""
    return list(dict.fromkeys(row.values()))
