"""Tables with ruling lines in PDF files, as pdfplumber finds them, filled with the characters in their cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.documents.formats.pdf_signs import Box, Sign
from assistant.documents.source_text import GridCell

if TYPE_CHECKING:
    from pdfplumber.page import Page

LEAST_SPLIT = 3
"""Rows from which a tall cell is taken for several whose rules are missing."""
SAME_EDGE = 3.0
"""Points within which two edges are one."""


@dataclass
class PageTable:
    """A table of a page; ``top`` and ``bottom`` count from below."""

    grid: list[GridCell]
    edges: list[float]
    """Of its columns."""
    top: float
    bottom: float

    def goes_on(self, below: PageTable) -> bool:
        """Whether the other one, at the top of the next page, has the same columns."""
        return len(self.edges) == len(below.edges) and all(
            abs(one - other) <= 2 * SAME_EDGE for one, other in zip(self.edges, below.edges, strict=True)
        )

    def append(self, below: PageTable) -> None:
        """Take the rows of the next page."""
        rows = 1 + max(cell.row + cell.rows - 1 for cell in self.grid)
        self.grid += [cell._replace(row=cell.row + rows) for cell in below.grid]


def ruled_tables(
    page: Page, height: float, signs: list[Sign], words: Callable[[list[Sign]], str]
) -> tuple[list[PageTable], list[Sign]]:
    """The tables of a page with two rows and two columns, and the characters outside of them.

    ``words`` makes the text of a cell of its characters.
    """
    tables: list[PageTable] = []
    left = signs
    for found in page.find_tables():
        boxes = [(x0, height - bottom, x1, height - top) for x0, top, x1, bottom in found.cells]
        columns, rows = (
            _edges(box[place] for box in boxes for place in (0, 2)),
            _edges(-box[place] for box in boxes for place in (1, 3)),
        )
        if len(columns) < 3 or len(rows) < 3:
            continue
        inside: dict[Box, list[Sign]] = {box: [] for box in boxes}
        outside: list[Sign] = []
        frame = (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )
        for sign in left:
            cell = _holding(sign, boxes) if _holds(frame, sign) else None
            (inside[cell] if cell else outside).append(sign)
        grid = [
            _cell(part, rows, columns, words(those))
            for box, held in inside.items()
            for part, those in _split(box, held, rows)
        ]
        if sum(bool(cell.text) for cell in grid) < 2 or _is_part(inside, outside):
            continue
        left = outside
        tables.append(PageTable(grid, columns, frame[3], frame[1]))
    return tables, left


def _is_part(inside: dict[Box, list[Sign]], outside: list[Sign]) -> bool:
    """Whether the rules frame only some columns of a table: a cell of many lines has words beside the frame."""
    for held in inside.values():
        shown = [sign for sign in held if sign.text.strip()]
        if len({round(sign.box[1] / (sign.box[3] - sign.box[1] or 1)) for sign in shown}) >= LEAST_SPLIT + 1:
            low, high = min(sign.box[1] for sign in shown), max(sign.box[3] for sign in shown)
            if any(sign.text.strip() and low < sum(sign.box[1::2]) / 2 < high for sign in outside):
                return True
    return False


def _split(box: Box, held: list[Sign], rows: list[float]) -> list[tuple[Box, list[Sign]]]:
    """A tall cell by the rows beside it, where each of them has words in it: only some columns are ruled."""
    inner = [-edge for edge in rows if box[1] + SAME_EDGE < -edge < box[3] - SAME_EDGE]
    if len(inner) + 1 < LEAST_SPLIT:
        return [(box, held)]
    bounds = [box[3], *inner, box[1]]
    parts = [(box[0], low, box[2], high) for high, low in pairwise(bounds)]
    split = [(part, [sign for sign in held if _holds(part, sign)]) for part in parts]
    return split if all(any(sign.text.strip() for sign in those) for _, those in split) else [(box, held)]


def _cell(box: Box, rows: list[float], columns: list[float], text: str) -> GridCell:
    row, column = _place(rows, -box[3]), _place(columns, box[0])
    return GridCell(text, row, column, max(1, _place(rows, -box[1]) - row), max(1, _place(columns, box[2]) - column))


def _edges(values: Iterable[float]) -> list[float]:
    """The values in order, those close together once."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges


def _place(edges: list[float], value: float) -> int:
    return bisect_left(edges, value - SAME_EDGE)


def _holding(sign: Sign, boxes: list[Box]) -> Box | None:
    return next((box for box in boxes if _holds(box, sign)), None)


def _holds(box: Box, sign: Sign) -> bool:
    x, y = (sign.box[0] + sign.box[2]) / 2, (sign.box[1] + sign.box[3]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
