"""The columns of a section of a table: what each holds, and what its heads say of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.datamodels import GoalStatus
from assistant.facts.cells import is_bare_year, is_value, is_year, name_words, status_of_head, unit_in, year_of
from assistant.facts.table_sections import Section
from assistant.language.tables import (
    BODY_COLUMN,
    LATIN,
    NAME_COLUMN,
    SERIAL,
    SERIAL_COLUMN,
    SHARE,
    UNIT_COLUMN,
    YEAR_COLUMN,
)
from assistant.language.units import is_unit

ColumnKind = Literal["serial", "unit", "body", "year", "value", "label"]


@dataclass(frozen=True)
class Column:
    """A column and what its heads say."""

    number: int
    kind: ColumnKind
    heads: tuple[str, ...]
    """From the top down."""
    names: tuple[int, ...] = ()
    """The columns whose cells name its rows."""

    @cached_property
    def head(self) -> str:
        """All of them in one."""
        return "".join(self.heads)

    @cached_property
    def unit(self) -> str:
        """Of its numbers, where a head tells it."""
        return unit_in(self.head) or ("%" if SHARE.search(self.head) else "")

    @cached_property
    def over(self) -> tuple[str, ...]:
        """What the heads add to the names of its numbers."""
        return tuple(found for one in self.heads if (found := name_words(one)) and not LATIN.fullmatch(found))

    @cached_property
    def status(self) -> GoalStatus | None:
        """Whether they speak of a plan, of a result or of what is expected."""
        return status_of_head(self.head)

    @cached_property
    def year(self) -> str:
        """The year that they name; '' for none and for several."""
        return year_of(self.head)


def columns_of(section: Section) -> dict[int, Column]:
    """The columns by their number, from the left."""
    heads = {number: tuple(cell.text for cell in found) for number, found in section.column_heads().items()}
    cells: dict[int, list[str]] = {number: [] for number in heads}
    for row in section.body:
        if len(row) > 1:
            for number, cell in row.items():
                cells[number].append(cell.text)
    first = min(heads, default=0)
    kinds = {number: _kind("".join(heads[number]), cells[number], first=number == first) for number in sorted(heads)}
    return {number: Column(number, kind, heads[number], tuple(_names(number, kinds))) for number, kind in kinds.items()}


def _names(column: int, kinds: dict[int, ColumnKind]) -> list[int]:
    """The columns that name the rows of a column: the nearest run of words to its left."""
    found: list[int] = []
    for one in reversed([number for number in kinds if number < column]):
        if kinds[one] == "label":
            found.insert(0, one)
        elif kinds[one] == "value" and found:
            break
    return found if kinds[column] == "value" else []


def _kind(head: str, words: list[str], *, first: bool) -> ColumnKind:
    """What a column holds, by its head and its cells."""
    if SERIAL_COLUMN.fullmatch(head) or (first and _are_serials(head, words)):
        return "serial"
    if UNIT_COLUMN.fullmatch(head) and 2 * sum(map(is_unit, words)) >= len(words):
        return "unit"
    years = bool(words) and all(map(is_year, words)) and (first or not all(map(is_bare_year, words)))
    if YEAR_COLUMN.fullmatch(head) or years:
        return "year"
    if BODY_COLUMN.search(head):
        return "body"
    return "value" if any(map(is_value, words)) else "label"


def _are_serials(head: str, words: list[str]) -> bool:
    """Whether the cells of the first column only number the rows."""
    numbers = bool(words) and all(map(SERIAL.fullmatch, words))
    return numbers and not SHARE.search(head) and (not head or NAME_COLUMN.fullmatch(head) is not None)
