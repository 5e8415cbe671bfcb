"""Excel files of the format since 2007: each sheet under its name, each row a line of cells."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from assistant.datamodels import SourceText
from assistant.documents.source_text import LineCollector

LITERAL = re.compile(r'"([^"]*)"|\\(.)')
CORE = re.compile(r"[#0?][#0?,.]*(?:E[+-]0+)?%?|%")
FORMULAS_UNKNOWN = "{} formulas have no stored value and are left out; open the file in Excel and save it"


def read(path: Path) -> SourceText:
    """Cells as they are shown: percentages with %, whole numbers without .0; a merged cell stands once.

    Columns and rows without any value are left out; so is a sheet without a value.
    """
    from openpyxl import load_workbook

    collector = LineCollector()
    book = load_workbook(path, data_only=True)
    unknown = 0
    formulas = load_workbook(path)
    for sheet in book.worksheets:
        values = {place: cell for place, cell in sheet._cells.items() if cell.value is not None}
        written = formulas[sheet.title]._cells
        unknown += sum(cell.data_type == "f" and place not in values for place, cell in written.items())
        add_sheet(collector, sheet.title, {place: shown(one.value, one.number_format) for place, one in values.items()})
    warnings = (FORMULAS_UNKNOWN.format(unknown),) if unknown else ()
    return collector.source_text("xlsx", warnings)


def add_sheet(collector: LineCollector, title: str, cells: dict[tuple[int, int], str]) -> None:
    """The name of the sheet, then each row of the cells, given by (row, column), that hold anything."""
    filled = {place: text for place, text in cells.items() if text}
    columns = sorted({column for _, column in filled})
    if filled:
        collector.add(title, heading_level=1)
    for row in sorted({row for row, _ in filled}):
        collector.add_row([filled.get((row, column), "") for column in columns])


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
    """A number under a format such as 0.0%, 000, 0.00E+00 or 0"件"; halves are rounded up, as Excel does."""
    section = number_format.split(";", maxsplit=1)[0]
    literals = [match[1] or match[2] or "" for match in LITERAL.finditer(section)]
    core = CORE.search(LITERAL.sub("", section))
    suffix = "".join(literals) if section.endswith(('"', "\\%")) else ""
    if core is None or not re.search(r"[0#]", core[0]):
        return (str(int(value)) if float(value).is_integer() else f"{value:.15g}") + suffix
    decimals = core[0].partition(".")[2].split("E")[0].rstrip("%")
    places = len(decimals)
    if "E" in core[0]:
        return f"{value:.{places}E}" + suffix
    exact = Decimal(f"{value:.15g}") * (100 if "%" in core[0] else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    zeros = core[0].partition(".")[0].count("0")
    sign, text = ("-" if rounded < 0 else ""), f"{abs(rounded):f}"
    whole, _, fraction = text.partition(".")
    optional = decimals.count("#") + decimals.count("?")
    while optional and fraction.endswith("0"):
        fraction, optional = fraction[:-1], optional - 1
    point = "." if fraction else ""
    return f"{sign}{whole.zfill(zeros)}{point}{fraction}{'%' if '%' in core[0] else ''}{suffix}"
