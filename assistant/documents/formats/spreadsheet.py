"""Excel files of the format since 2007: each sheet under its name, each row a line of cells."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path

from assistant.documents.source_text import LineCollector, SourceText
from assistant.errors import UnreadableDocument

DECIMALS = re.compile(r"0\.(0+)")
MOST_CELLS = 2_000_000


def read(path: Path) -> SourceText:
    """Cells as they are shown: percentages with %, whole numbers without .0; a merged cell stands once."""
    from openpyxl import load_workbook

    collector = LineCollector()
    book = load_workbook(path, data_only=True)
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            raise UnreadableDocument(f"sheet {sheet.title} spans more than {MOST_CELLS:,} cells; split it")
        collector.add(sheet.title, heading_level=1)
        for row in sheet.iter_rows():
            collector.add_row([shown(cell.value, cell.number_format) for cell in row])
    book.close()
    return collector.source_text("xlsx")


def shown(value: object, number_format: str = "General") -> str:
    """A value as the sheet shows it: 0.115 under 0.0% is 11.5%, a day is 2013-01-18."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return _number(value, number_format)
    return " ".join(str(value).split())


def _number(value: float, number_format: str) -> str:
    decimals = DECIMALS.search(number_format)
    percent = "%" in number_format
    if percent or decimals:
        places = len(decimals[1]) if decimals else 0
        return f"{value * 100 if percent else value:.{places}f}{'%' if percent else ''}"
    return str(int(value)) if float(value).is_integer() else f"{value:.11g}"
