"""Excel files of the format since 2007: each sheet under its name, each row a line of cells.

Read from the XML (ECMA-376, part 1, chapter 18), with the few parts that say what the sheet shows: the values, their
formats, what is merged, hidden or struck out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.formats.number_formats import BUILT_IN, shown_number
from assistant.documents.formats.package import Package, is_on
from assistant.documents.source_text import GridCell, LineCollector
from assistant.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

FORMULAS_UNKNOWN = "{} formulas have no stored value and are left out; open the file in Excel and save it"
ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character that XML cannot hold (ECMA-376, part 1, 22.9.2.19)."""
MOST_CELLS = 2_000_000


@dataclass
class Grid:
    """The cells of one sheet by (row, column), as they are shown; merged ones by their first cell with its extent."""

    title: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def shown(self) -> Iterator[GridCell]:
        """The cells of rows and columns that are not hidden."""
        for (row, column), text in self.cells.items():
            if row not in self.hidden_rows and column not in self.hidden_columns:
                yield GridCell(text, row, column, *self.merged.get((row, column), (1, 1)))


def read(path: Path) -> SourceText:
    """Cells as they are shown: percentages with %, 123456 under 0!.0,"万元" as 12.3万元; a merged cell stands once.

    Hidden sheets, rows and columns and what is struck out are left out; so is a sheet without a value. Raises
    UnreadableDocument for a package that is no workbook.
    """
    with Package(path) as package:
        main = package.main() or "xl/workbook.xml"
        workbook = package.part(main)
        if workbook is None or workbook.find("sheets") is None:
            raise UnreadableDocument("no workbook in it; open it and save it again")
        styles = _Styles(package, main, workbook)
        targets = package.targets(main)
        unknown = 0
        grids = []
        for sheet in workbook.iterfind("sheets/sheet"):
            root = package.part(targets.get(sheet.get("id", ""), ""))
            if root is not None and sheet.get("state", "visible") == "visible":
                grid, without_value = _grid(sheet.get("name", ""), root, styles)
                grids.append(grid)
                unknown += without_value
    return sheets_text(grids, "xlsx", (FORMULAS_UNKNOWN.format(unknown),) if unknown else ())


def sheets_text(grids: Iterable[Grid], encoding: str, warnings: tuple[str, ...] = ()) -> SourceText:
    """The name of each sheet that holds anything, then its rows."""
    collector = LineCollector()
    for grid in grids:
        cells = [cell for cell in grid.shown() if cell.text]
        if cells:
            collector.add(grid.title, heading_level=1)
            collector.add_table(cells)
    return collector.source_text(encoding, warnings)


class _Styles:
    """Shared strings, and how the cells of each style are shown."""

    def __init__(self, package: Package, main: str, workbook: _Element) -> None:
        properties = workbook.find("workbookPr")
        self.since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        strings = next((package.part(name) for name in package.related(main, "sharedStrings")), None)
        self.strings = [] if strings is None else [_string(one) for one in strings.iterfind("si")]
        self._formats: list[str] = []
        self._struck: list[bool] = []
        root = next((package.part(name) for name in package.related(main, "styles")), None)
        if root is None:
            return
        own = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iterfind("numFmts/numFmt")}
        fonts = [is_on(one, "strike") for one in root.iterfind("fonts/font")]
        for one in root.iterfind("cellXfs/xf"):
            number, font = one.get("numFmtId", "0"), _whole(one.get("fontId"))
            self._formats.append(own.get(number) or BUILT_IN.get(_whole(number), ""))
            self._struck.append(font < len(fonts) and fonts[font])

    def format(self, style: int) -> str:
        """The number format of a style; '' for the general one."""
        return self._formats[style] if style < len(self._formats) else ""

    def struck(self, style: int) -> bool:
        """Whether its font is struck out."""
        return style < len(self._struck) and self._struck[style]


def _string(element: _Element) -> str:
    """A string of runs, without those struck out and without the readings over its words."""
    pieces = []
    for child in element:
        if child.tag == "t":
            pieces.append(child.text or "")
        elif child.tag == "r" and not is_on(child.find("rPr"), "strike"):
            pieces += [one.text or "" for one in child.iterfind("t")]
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(pieces))


def _grid(title: str, root: _Element, styles: _Styles) -> tuple[Grid, int]:
    """The cells of a sheet, and how many formulas have no value."""
    grid = Grid(title)
    unknown = 0
    for column in root.iterfind("cols/col"):
        if column.get("hidden") in ("1", "true"):
            grid.hidden_columns.update(range(_whole(column.get("min")) - 1, min(_whole(column.get("max")), 16_384)))
    for rank, row in enumerate(root.iterfind("sheetData/row")):
        number = _whole(row.get("r"), rank + 1) - 1
        if row.get("hidden") in ("1", "true"):
            grid.hidden_rows.add(number)
        for place, cell in enumerate(row.iterfind("c")):
            address = ADDRESS.fullmatch(cell.get("r", ""))
            column_number = _column(address[1]) if address else place
            text = "" if styles.struck(_whole(cell.get("s"))) else _shown(cell, styles)
            if text:
                grid.cells[number, column_number] = text
            unknown += not text and cell.find("f") is not None and not cell.findtext("v")
        if len(grid.cells) > MOST_CELLS:
            raise UnreadableDocument(f"a sheet of more than {MOST_CELLS:,} cells; split it")
    for merge in root.iterfind("mergeCells/mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        corner, opposite = ADDRESS.fullmatch(first), ADDRESS.fullmatch(last)
        if corner and opposite:
            row_number, column_number = int(corner[2]) - 1, _column(corner[1])
            extent = int(opposite[2]) - row_number, _column(opposite[1]) + 1 - column_number
            grid.merged[row_number, column_number] = (max(1, extent[0]), max(1, extent[1]))
    return grid, unknown


def _shown(cell: _Element, styles: _Styles) -> str:
    """What a cell shows."""
    kind, value = cell.get("t", "n"), cell.findtext("v") or ""
    if kind == "inlineStr":
        inline = cell.find("is")
        return " ".join(_string(inline).split()) if inline is not None else ""
    if kind == "s":
        place = _whole(value, -1)
        return " ".join(styles.strings[place].split()) if 0 <= place < len(styles.strings) else ""
    if kind == "b":
        return {"1": "TRUE", "0": "FALSE"}.get(value, value)
    if kind != "n":
        return " ".join(value.split())
    try:
        number = float(value)
    except ValueError:
        return " ".join(value.split())
    return shown_number(number, styles.format(_whole(cell.get("s"))), since_1904=styles.since_1904)


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() else default


def _column(letters: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
