"""Quantities of tables: each number with the name of its row, the heads of its column, its unit and its year.

A table is read as sections: rows of heads, then rows of values. A row without values names the group of the rows below
it; a cell without words takes those above it where the row tells something else of the same thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.datamodels import GoalStatus, Table
from assistant.facts.cells import (
    KEPT,
    caption_thing,
    is_value,
    is_year,
    name_words,
    quantity_of,
    status_of_head,
    unit_in,
    whole_name,
    without_part,
    year_of,
)
from assistant.facts.grid import Cell, Row, blocks, cells
from assistant.facts.table_columns import Column, columns_of
from assistant.facts.table_sections import Section, above, sections
from assistant.language.divisions import is_division
from assistant.language.marks import rank_of_mark, without_mark
from assistant.language.quantities import MAY_COUNT, Quantity
from assistant.language.tables import (
    LATIN,
    LONGEST_GROUP,
    OWN_UNIT,
    PART,
    RATIO,
    WHOLE,
)
from assistant.language.years import told_years

LONG_CELL = 10
"""Characters from which a cell may be a sentence with numbers of its own."""
SEAM = "·"
"""Between the parts of a name: words on both sides of it make no word together."""
UNMARKED = 99
"""Rank of a group without a mark."""


@dataclass(frozen=True)
class TableQuantity:
    """A quantity of a table; ``start`` to ``end`` spans its row from the name to the number, ``line`` all of it.

    Offsets count in the text.
    """

    indicator: str
    quantity: Quantity
    status: GoalStatus | None
    """None where neither a head nor the caption says."""
    period: str
    start: int
    end: int
    line: tuple[int, int]
    heads: tuple[str, ...]
    """The words that say what it is: of its group, of the name of its row, of the heads of its column."""
    part: bool = False
    """Whether 其中 makes it a part of the row before."""


@dataclass(frozen=True)
class TableSentence:
    """A cell that tells numbers in words, with what the heads and the caption say of it."""

    cell: Cell
    status: GoalStatus | None
    period: str


def table_quantities(text: str, tables: Iterable[Table]) -> Iterator[TableQuantity | TableSentence]:
    """The quantities of the tables, and the cells that are sentences, row by row."""
    for table in tables:
        for block in blocks(table, text):
            for section in sections(block, above(text, text.rfind("\n", 0, table.start) + 1)):
                yield from _Reading(section, text).rows()


class _Reading:
    """Reads the rows of one section."""

    def __init__(self, section: Section, text: str) -> None:
        self._section, self._text = section, text
        self._columns = columns_of(section)
        self._labels_at = [one.number for one in self._columns.values() if one.kind == "label"]
        self._serials = [one.number for one in self._columns.values() if one.kind == "serial"]
        self._status = status_of_head(section.caption)
        years = set(told_years(section.caption))
        self._year = str(years.pop()) if len(years) == 1 else ""
        self._groups: list[tuple[int, str]] = []
        self._carried: Row = {}
        self._whole = ""
        """The last label that 其中 may speak of."""
        self._repeated = self._repeated_names()

    def rows(self) -> Iterator[TableQuantity | TableSentence]:
        """Every quantity in order."""
        self._groups.clear()
        self._carried.clear()
        self._whole = ""
        for row in self._section.body:
            values = self._values(row)
            self._enter(row, values)
            for number in values:
                if row[number].column == number:
                    yield from self._quantity(row, self._columns[number])
            for number, cell in row.items():
                if number not in values and cell.column == number and len(row) > 1 and _is_sentence(cell):
                    column = self._columns[number]
                    yield TableSentence(cell, column.status or self._status, self._period(row, column))

    def _values(self, row: Row) -> list[int]:
        """The columns whose cells in the row are numbers."""
        return [one for one, cell in row.items() if self._columns[one].kind == "value" and is_value(cell.text)]

    def _enter(self, row: Row, values: list[int]) -> None:
        """Note what the row names: the group of those below it, and the words that blanks below it stand for."""
        for column in self._labels_at:
            if column in row:
                left = {one: cell for one, cell in self._carried.items() if one < column}
                self._carried = left | {column: row[column]}
        named = [row[column].text for column in self._labels_at if column in row]
        words = (
            [one for one in dict.fromkeys(named) if not LATIN.fullmatch(one)]
            or named
            or [cell.text for cell in cells(row)][:1]
        )
        serial = next((row[column].text for column in self._serials if column in row), "")
        if not PART.match(words[-1]):
            self._whole = words[-1]
        rank = next((one for one in map(rank_of_mark, (serial, words[0])) if one is not None), None)
        if WHOLE.match(words[0]):
            self._groups.clear()
        elif not values and len(words) == 1 and len(words[0]) <= LONGEST_GROUP and "。" not in words[0]:
            self._open_group(UNMARKED if rank is None else rank, words[0])
            self._carried = {}
        elif values and rank is not None:
            self._close_groups(rank)

    def _open_group(self, rank: int, words: str) -> None:
        self._close_groups(rank)
        self._groups.append((rank, words))

    def _close_groups(self, rank: int) -> None:
        while (self._groups and UNMARKED > self._groups[-1][0] >= rank) or (
            self._groups and self._groups[-1][0] == rank
        ):
            self._groups.pop()

    def _labels(self, row: Row, column: Column) -> list[Cell]:
        """The cells that name the row of a value; a blank one takes that above where the row tells another thing."""
        found: list[Cell] = []
        told = any(one in row for one in column.names)
        tells = told or any(self._columns[one].kind in ("year", "unit") for one in row)
        for one in column.names:
            blank = one not in row
            if blank and ((found and found[-1].row == _number(row)) or not tells):
                continue
            cell = self._carried.get(one) if blank else row[one]
            if cell is not None and cell not in found:
                found.append(cell)
        return found

    def _repeated_names(self) -> set[str]:
        """Last words of labels that stand in several rows under other labels or groups: they do not name a row."""
        meant: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for row in self._section.body:
            values = self._values(row)
            self._enter(row, values)
            for column in values[:1]:
                labels = [cell.text for cell in self._labels(row, self._columns[column])]
                if labels:
                    meant[without_part(labels[-1])].add((*(words for _, words in self._groups), *labels))
        return {name for name, all_of in meant.items() if len(all_of) > 1}

    def _quantity(self, row: Row, column: Column) -> Iterator[TableQuantity]:
        cell = row[column.number]
        labels = self._labels(row, column)
        names = [one.text for one in labels]
        repeated = bool(names) and without_part(names[-1]) in self._repeated
        groups = [words for _, words in self._groups] if repeated or not names else []
        indicator = self._indicator(groups, names, column, repeated=repeated)
        quantity = quantity_of(cell.text)
        if not indicator or quantity is None:
            return
        own = [one.start for one in labels if one.row == cell.row]
        part = bool(names and PART.match(names[-1]))
        whole = [self._whole] if part and self._whole else []
        years = [row[one].text for one in row if self._columns[one].kind == "year"]
        line = self._text.rfind("\n", 0, cell.start) + 1, self._text.find("\n", cell.end) % (len(self._text) + 1)
        yield TableQuantity(
            indicator,
            quantity.placed(cell.start, quantity.unit or self._unit(row, column, names)),
            column.status or next(filter(None, map(_status_alone, names)), None) or self._status,
            self._period(row, column),
            min([*own, cell.start]),
            cell.end,
            line,
            tuple(dict.fromkeys((*groups, *whole, *years, *names, *column.heads))),
            part=part,
        )

    def _indicator(self, groups: Sequence[str], names: Sequence[str], column: Column, *, repeated: bool) -> str:
        """The last label, with all labels and the innermost group where it does not tell the row; then the heads."""
        chinese = [one for one in names if not LATIN.fullmatch(one)] or names
        labels = [*groups[-1:], *chinese] if repeated or not names else chinese[-1:]
        words = [whole_name(one) for one in labels if not _status_alone(one)]
        if names and PART.match(names[-1]) and self._whole and words:
            words[-1] = f"{whole_name(self._whole)}:{words[-1]}"
        words += column.over
        if not column.over and names and is_division(names[-1]):
            # Places as rows, years as columns: what is counted stands above the table.
            words.append(caption_thing(self._section.caption))
        return SEAM.join(one for one in dict.fromkeys(words) if one and not is_year(one))

    def _unit(self, row: Row, column: Column, names: Sequence[str]) -> str:
        """Of a number without one: by the head, the column of units, the label, the line above the table."""
        own = next((row[one].text for one in row if self._columns[one].kind == "unit"), "")
        if found := column.unit or own or next(filter(None, map(unit_in, reversed(names))), ""):
            return found
        if names and PART.match(names[-1]) and (found := unit_in(self._whole)):
            return found
        unit = self._section.unit or unit_in(self._section.caption)
        own_unit = OWN_UNIT if "元" in unit else RATIO
        return "" if any(own_unit.search(one) for one in (column.head, *names[-1:])) else unit

    def _period(self, row: Row, column: Column) -> str:
        """The year of the head, of the row, of the caption."""
        kinds = ("year", "label")
        told = [row[one].text for one in row if self._columns[one].kind in kinds and is_year(row[one].text)]
        return column.year or next(map(year_of, told), "") or self._year


def _number(row: Row) -> int:
    """The number of a row: that of its lowest cell."""
    return max(cell.row for cell in row.values())


def _is_sentence(cell: Cell) -> bool:
    return len(cell.text) >= LONG_CELL and bool(MAY_COUNT.search(cell.text))


@lru_cache(maxsize=KEPT)
def _status_alone(label: str) -> GoalStatus | None:
    """The status that a label tells that is nothing but a word for it, as rows 计划 and 完成 do."""
    return status_of_head(label) if not name_words(without_mark(label)) else None
