"""Read quantities from tables: lines of cells, the first of them headings, each later one an indicator.

A row names the indicator, its column the year, whether it is planned or done, and the unit; where the column names
an indicator too (a place a row), both together do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.datamodels import GoalStatus
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.language.polarity import ACHIEVED_COLUMN, PLANNED_COLUMN, PROJECTED_COLUMN
from assistant.language.quantities import Quantity, find_quantities
from assistant.language.titles import BARE_COLUMN, BRACKETED_UNIT, NAME_COLUMN, SERIAL_COLUMN, UNIT_COLUMN
from assistant.language.years import CELL

BAR = CELL_SEPARATOR.strip()
PLAIN_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?|[xX*]{1,5}")


@dataclass(frozen=True)
class Cell:
    """The words of a cell and where they stand in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class TableRow:
    """A quantity of a table; ``start`` to ``end`` spans its row from the name to the number, ``line`` all of it.

    Offsets count in the text.
    """

    indicator: str
    quantity: Quantity
    status: GoalStatus | None
    """None where the heading of the column does not say."""
    period: str
    start: int
    end: int
    line: tuple[int, int]


def table_rows(text: str) -> Iterator[TableRow]:
    """The quantities of all tables in the text, row by row."""
    for table in _tables(text):
        heads = next((rank for rank, row in enumerate(table) if any(map(_is_value, row[1:]))), len(table))
        columns = _column_heads(table[:heads])
        blanks_kept = any(not cell.text for row in table for cell in row)
        label = ""
        for row in table[heads:]:
            if not blanks_kept and len(row) != len(columns):
                continue  # a format that loses empty cells: no telling which column a number stands in
            label = _row_label(row, columns) or label
            yield from _quantities(row, columns, label)


def _tables(text: str) -> Iterator[list[list[Cell]]]:
    """Runs of lines that are made of cells, two at least."""
    table: list[list[Cell]] = []
    position = 0
    for line in [*text.split("\n"), ""]:
        if f" {BAR}" in line or line.startswith(BAR):
            table.append(_cells(line, position))
        else:
            if len(table) > 1:
                yield table
            table = []
        position += len(line) + 1


def _cells(line: str, position: int) -> list[Cell]:
    cells = []
    for part in line.split(BAR):
        blank = len(part) - len(part.lstrip())
        cells.append(Cell(part.strip(), position + blank, position + blank + len(part.strip())))
        position += len(part) + 1
    return cells


def _is_value(cell: Cell) -> bool:
    """Whether a cell holds a number that is no year."""
    return not CELL.fullmatch(cell.text) and _quantity(cell.text) is not None


def _quantity(text: str) -> Quantity | None:
    """The quantity that a cell is; None where it is words."""
    if PLAIN_NUMBER.fullmatch(text):
        masked = not text[-1].isdigit()
        value = None if masked else float(text.replace(",", ""))
        return Quantity(0, len(text), value, None, "", "", "", change=False)
    found = find_quantities(text)
    if len(found) != 1 or not re.fullmatch(r"[^\u4e00-\u9fff]{0,2}", text[: found[0].start] + text[found[0].end :]):
        return None
    return found[0]


def _column_heads(rows: list[list[Cell]]) -> list[str]:
    """What stands above each column, from the top down; a cell over several columns stands above all of them."""
    width = max((len(row) for row in rows), default=0)
    heads = [""] * width
    for depth, row in enumerate(rows):
        last = ""
        for column in range(width):
            cell = row[column].text if column < len(row) else ""
            opens = any(column < len(above) and above[column].text for above in rows[:depth])
            last = cell or ("" if opens or depth == len(rows) - 1 else last)
            heads[column] += last
    return heads


def _head(columns: list[str], column: int) -> str:
    return columns[column] if column < len(columns) else ""


def _row_label(row: list[Cell], columns: list[str]) -> str:
    """The words that name the row: the cells before its first number, without serial numbers, years and units."""
    words: list[str] = []
    for column, cell in enumerate(row):
        head = _head(columns, column)
        if SERIAL_COLUMN.fullmatch(head) or UNIT_COLUMN.fullmatch(head) or CELL.fullmatch(cell.text):
            continue
        if _is_value(cell):
            if words or column:
                break
            continue  # a serial number without a heading
        if cell.text and cell.text not in words:
            words.append(cell.text)
    return " ".join(words)


def _quantities(row: list[Cell], columns: list[str], label: str) -> Iterator[TableRow]:
    named = next((cell for cell in row if cell.text and not _is_value(cell)), row[0])
    unit_of_row = next(
        (cell.text for column, cell in enumerate(row) if UNIT_COLUMN.fullmatch(_head(columns, column))), ""
    )
    row_year = next((match[1] for cell in row if (match := CELL.fullmatch(cell.text))), "")
    for column, cell in enumerate(row):
        head = _head(columns, column)
        quantity = _quantity(cell.text) if _is_value(cell) else None
        if quantity is None or SERIAL_COLUMN.fullmatch(head) or (column == 0 and len(row) > 1 and not head):
            continue
        indicator, unit = _named(label, head)
        if not indicator:
            continue
        year = CELL.search(head)
        start = min(named.start, cell.start)
        shifted = _placed(quantity, quantity.unit or unit_of_row or unit, cell.start)
        status = _status(head)
        line = (row[0].start, row[-1].end)
        yield TableRow(indicator, shifted, status, year[1] if year else row_year, start, cell.end, line)


def _placed(quantity: Quantity, unit: str, offset: int) -> Quantity:
    return Quantity(
        offset + quantity.start,
        offset + quantity.end,
        quantity.value,
        quantity.upper,
        unit.replace("％", "%"),
        quantity.before,
        quantity.after,
        change=quantity.change,
    )


def _named(label: str, head: str) -> tuple[str, str]:
    """(indicator, unit) by the name of the row and the heading of the column."""
    unit = ""
    parts = []
    for part in (label, head):
        match = BRACKETED_UNIT.search(part)
        unit = (match[1] or match[2] or "").strip() if match else unit
        parts.append(BRACKETED_UNIT.sub("", part).strip())
    words = CELL.sub("", parts[1])
    for pattern in (PROJECTED_COLUMN, PLANNED_COLUMN, ACHIEVED_COLUMN, BARE_COLUMN):
        words = pattern.sub("", words)
    if NAME_COLUMN.fullmatch(words):
        words = ""
    return " ".join(one for one in (parts[0], words) if one), unit


def _status(head: str) -> GoalStatus | None:
    if PROJECTED_COLUMN.search(head):
        return "projected"
    if ACHIEVED_COLUMN.search(head):
        return "achieved"
    return "planned" if PLANNED_COLUMN.search(head) else None
