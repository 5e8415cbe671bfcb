"""A table cut into sections: heads, the rows below them, and what stands above that says something of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.facts.cells import is_bare_year, is_value, is_year, quantity_of, unit_of_line
from assistant.facts.grid import Cell, Row, cells
from assistant.language.tables import NAME_COLUMN, NOTE, SERIAL_COLUMN, YEAR_COLUMN

SENTENCE_MARK = re.compile("[。；，]")
LINES_ABOVE, LONGEST_ABOVE = 3, 160
"""Lines, and characters in all, above a table that may tell its title and its unit."""


@dataclass
class Section:
    """Rows below one set of heads."""

    caption: str = ""
    unit: str = ""
    heads: list[Row] = field(default_factory=list)
    body: list[Row] = field(default_factory=list)

    def column_heads(self) -> dict[int, list[Cell]]:
        """The cells above each column, from the top down; one without words takes those to its left, but in the
        last row of heads."""
        merged = any(cell.columns > 1 for row in self.heads for cell in row.values())
        columns = sorted({column for row in (*self.heads, *self.body) for column in row})
        found: dict[int, list[Cell]] = {column: [] for column in columns}
        for depth, row in enumerate(self.heads):
            last: Cell | None = None
            for column in columns:
                cell = row.get(column)
                if cell is None and not merged and depth < len(self.heads) - 1 and not found[column]:
                    cell = last
                last = cell
                if cell is not None and cell not in found[column]:
                    found[column].append(cell)
        return found


def above(text: str, start: int) -> Section:
    """What the lines above a table say of it: its title and its unit; sentences are none of its."""
    section = Section()
    lines = text[max(0, start - LONGEST_ABOVE) : start].rstrip().split("\n")
    for line in reversed(lines[-LINES_ABOVE:]):
        if SENTENCE_MARK.search(line) or " | " in line:
            break
        if (unit := unit_of_line(line)) is not None and not section.unit:
            section.unit = unit
        elif line.strip():
            section.caption = line
            break
    return section


def sections(block: list[Row], section: Section) -> Iterator[Section]:
    """The block cut where heads begin anew; captions, units and notes are taken out of the rows."""
    alone: list[Row] = []
    leftmost = min((column for row in block for column in row), default=0)
    for row in block:
        found = cells(row)
        if not found or NOTE.match(found[0].text) or _is_numbering(found, section):
            continue
        is_alone = len({cell.text for cell in found}) == 1 and (found[0].column == leftmost or found[0].columns > 1)
        if (unit := _unit_line(found)) is not None:
            section.unit = unit if not section.body else section.unit
            if section.body:
                yield section
                section = Section(unit=unit)
            section.caption += " ".join(cell.text for cell in found)
        elif is_alone and not section.body and not section.heads and quantity_of(found[0].text) is None:
            section.caption += found[0].text
        elif is_alone and not _has_value(row, section, leftmost):
            alone.append(row)
        elif _begins_heads(row, section, leftmost):
            if section.body:
                yield section
                section = Section("" if alone else section.caption, section.unit)
            section.caption += "".join(cells(one)[0].text for one in alone)
            alone = []
            section.heads.append(row)
            section.unit = next(filter(None, (unit_of_line(cell.text) for cell in found)), section.unit)
        else:
            section.body += (*alone, row)
            alone = []
    yield section


def _unit_line(found: list[Cell]) -> str | None:
    """The unit that a row tells of the whole table, '' for several; None for a row that holds other things."""
    if len(found) > 3 or any(quantity_of(cell.text) for cell in found):
        return None
    return unit_of_line("".join(cell.text for cell in found))


def _is_numbering(found: list[Cell], section: Section) -> bool:
    """Whether a row under the heads only numbers the columns: 甲 乙 1 2."""
    if not section.heads or section.body or len(found) < 3:
        return False
    digits = [int(cell.text) for cell in found if cell.text.isdecimal() and len(cell.text) < 4]
    others = [cell.text for cell in found if not cell.text.isdecimal()]
    counts = len(digits) > 1 and digits == list(range(digits[0], digits[0] + len(digits))) and digits[0] < 2
    return counts and all(len(one) == 1 or SERIAL_COLUMN.fullmatch(one) for one in others)


def _begins_heads(row: Row, section: Section, leftmost: int) -> bool:
    """Whether a row is one of heads: no value in it, and nothing but heads above, or the same heads once more."""
    if _has_value(row, section, leftmost):
        return False
    found = cells(row)
    if (not section.heads and not section.body) or _is_years(found):
        return True
    first = row.get(leftmost)
    if section.body:
        same = any([cell.text for cell in found] == [cell.text for cell in cells(one)] for one in section.heads)
        same = same or (first is not None and bool(section.heads) and first.text == cells(section.heads[0])[0].text)
        named = first is not None and (SERIAL_COLUMN.fullmatch(first.text) or NAME_COLUMN.fullmatch(first.text))
        return same or bool(named and len(found) > 2)
    above = cells(section.heads[-1])
    spanned = first is not None and first in above
    wide = any(cell.columns > 1 for cell in above)
    return first is None or spanned or (wide and len(found) > 2)


def _is_years(found: list[Cell]) -> bool:
    """Whether a row names years in a line, each one more or one less than the year before."""
    years = [int(cell.text[:4]) for cell in found if is_year(cell.text)]
    steps = {later - earlier for earlier, later in pairwise(years)}
    return len(years) > 1 and len(years) >= len(found) - 2 and steps in ({1}, {-1})


def _has_value(row: Row, section: Section, leftmost: int) -> bool:
    """Whether a row holds a number that is no serial number, no year over a column and no year of its row."""
    if _is_years(cells(row)):
        return False
    worded = any(quantity_of(cell.text) is None for cell in row.values())
    for column, cell in row.items():
        if not is_value(cell.text):
            continue
        above = [one[column] for one in section.heads if column in one]
        head = "".join(one.text for one in above)
        if column == leftmost and (not head or SERIAL_COLUMN.fullmatch(head) or NAME_COLUMN.fullmatch(head)):
            continue
        if is_bare_year(cell.text) and not section.body:
            narrow = any(one.columns == 1 for one in above)
            if not (narrow and worded) or YEAR_COLUMN.fullmatch(head) or column == leftmost:
                continue
        return True
    return False
