"""Tables as CSV and Excel files."""

from __future__ import annotations

import csv
from pathlib import Path

from assistant.errors import SettingsError
from assistant.records import Table, TableCell

WIDTH_ROWS, WIDEST = 200, 60
"""Rows that the widths of columns are made from, and the widest, in Latin letters; a Han character takes two."""
FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def write_table(table: Table, path: Path) -> None:
    """Write a table as .csv (UTF-8 with a mark, as Excel wants it) or .xlsx, by the suffix of the path.

    Words that a spreadsheet would take for a formula are kept words. Raises SettingsError for a table without rows,
    another suffix or a path that cannot be written.
    """
    if not table:
        raise SettingsError(f"there are no rows to write to {path.name}; choose other words or filters")
    try:
        if path.suffix.lower() == ".csv":
            _write_csv(table, path)
        elif path.suffix.lower() == ".xlsx":
            _write_excel(table, path)
        else:
            raise SettingsError(f"cannot write {path.name}: the name must end in .csv or .xlsx")
    except OSError as error:
        raise SettingsError(f"cannot write {path} ({error.strerror or error}); choose another place") from error


def _write_csv(table: Table, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(table[0]) if table else [])
        writer.writeheader()
        writer.writerows({name: _defused(cell) for name, cell in row.items()} for row in table)


def _defused(cell: TableCell) -> TableCell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) else cell


def _write_excel(table: Table, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.worksheets[0]
    for column, name in enumerate(table[0] if table else (), start=1):
        sheet.cell(1, column, name).font = Font(bold=True)
    for number, row in enumerate(table, start=2):
        for column, value in enumerate(row.values(), start=1):
            text = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            cell = sheet.cell(number, column, text)
            if isinstance(value, str):
                cell.data_type = "s"
    for column, name in enumerate(table[0], start=1):
        longest = max((len(str(row[name] or "")) for row in table[:WIDTH_ROWS]), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(2 * len(name), 2 * longest, 8) + 2, WIDEST)
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    book.save(path)
