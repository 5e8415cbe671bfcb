"""Spreadsheets in the XML of Excel 2003, which reporting systems export under the name .xls."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.formats.number_formats import plain, shown_number
from assistant.documents.formats.package import parsed
from assistant.documents.formats.spreadsheet import Grid, sheets_text
from assistant.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMED_FORMATS = {"Percent": "0.00%", "Standard": "#,##0.00", "Fixed": "0.00", "Short Date": "yyyy-mm-dd"}
MOST_COLUMNS = 16_384


def read(path: Path) -> SourceText:
    """As `spreadsheet.read`."""
    root = parsed(path.read_bytes())
    if root is None:
        raise UnreadableDocument("no workbook in it; open it and save it again")
    formats = {
        one.get("ID"): found.get("Format", "")
        for one in root.iter("Style")
        if (found := one.find("NumberFormat")) is not None
    }
    return sheets_text([_grid(one, formats) for one in root.iter("Worksheet")], "xls")


def _grid(sheet: _Element, formats: dict[str | None, str]) -> Grid:
    grid = Grid(sheet.get("Name", ""))
    number = -1
    for row in sheet.iterfind("Table/Row"):
        number = _place(row, number)
        if row.get("Hidden") == "1":
            grid.hidden_rows.add(number)
        column = -1
        for cell in row.iterfind("Cell"):
            column = min(_place(cell, column), MOST_COLUMNS)
            if text := _shown(cell, formats.get(cell.get("StyleID"), "")):
                grid.cells[number, column] = text
            across, down = (int(cell.get(name, "0")) for name in ("MergeAcross", "MergeDown"))
            grid.merged[number, column] = (down + 1, across + 1)
            column += across
    return grid


def _place(element: _Element, before: int) -> int:
    """The place of a row or cell from 0: told from 1, else the one behind the last."""
    told = element.get("Index", "")
    return int(told) - 1 if told.isdecimal() else before + 1


def _shown(cell: _Element, number_format: str) -> str:
    data = cell.find("Data")
    if data is None:
        return ""
    text = " ".join("".join(map(str, data.itertext())).split())
    if data.get("Type") != "Number":
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    return shown_number(number, NAMED_FORMATS.get(number_format, number_format)) if number_format else plain(number)
