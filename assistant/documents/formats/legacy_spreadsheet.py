"""Excel files of the format before 2007."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.formats.number_formats import BUILT_IN, shown_number
from assistant.documents.formats.spreadsheet import Grid, sheets_text

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell, Sheet

FIRST_OWN = 164
"""Numbers of formats below this are built in."""


def read(path: Path) -> SourceText:
    """As `spreadsheet.read`."""
    import xlrd

    book = xlrd.open_workbook(str(path), formatting_info=True, logfile=StringIO())
    return sheets_text([_grid(sheet, book) for sheet in book.sheets() if not sheet.visibility], "xls")


def _grid(sheet: Sheet, book: Book) -> Grid:
    grid = Grid(sheet.name)
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            if text := _shown(sheet.cell(row, column), book):
                grid.cells[row, column] = text
    for top, bottom, left, right in sheet.merged_cells:
        grid.merged[top, left] = (bottom - top, right - left)
    grid.hidden_rows = {row for row, about in sheet.rowinfo_map.items() if about.hidden}
    grid.hidden_columns = {column for column, about in sheet.colinfo_map.items() if about.hidden}
    return grid


def _shown(cell: Cell, book: Book) -> str:
    import xlrd

    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    if style is not None and book.font_list[style.font_index].struck_out:
        return ""
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(cell.value), ""))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return str(bool(cell.value)).upper()
    if not isinstance(cell.value, float):
        return " ".join(str(cell.value).split())
    number_format = ""
    if style is not None:
        key = style.format_key
        number_format = BUILT_IN.get(key, "") if key < FIRST_OWN else book.format_map[key].format_str
    return shown_number(cell.value, number_format, since_1904=bool(book.datemode))
