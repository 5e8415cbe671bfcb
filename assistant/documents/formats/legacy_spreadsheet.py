"""Excel files of the format before 2007."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.formats.spreadsheet import add_sheet, shown
from assistant.documents.source_text import LineCollector

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell


def read(path: Path) -> SourceText:
    """As `spreadsheet.read`."""
    import xlrd

    collector = LineCollector()
    book = xlrd.open_workbook(str(path), formatting_info=True, logfile=StringIO())
    for sheet in book.sheets():
        rows = ((row, column) for row in range(sheet.nrows) for column in range(sheet.row_len(row)))
        add_sheet(collector, sheet.name, {place: _cell(sheet.cell(*place), book) for place in rows})
    return collector.source_text("xls")


def _cell(cell: Cell, book: Book) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(int(cell.value), ""))
    if not isinstance(cell.value, float):
        return shown(bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return shown(xlrd.xldate_as_datetime(cell.value, book.datemode))
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    return shown(cell.value, book.format_map[style.format_key].format_str if style is not None else "General")
