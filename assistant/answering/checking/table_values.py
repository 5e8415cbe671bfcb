"""Whether a cell of a table stands under the heads that an answer shows beside it.

Found again in the cells alone, not by the way the rows were made: a head covers the column from above, or the row from
the left; a blank cell stands for the nearest one above it, a blank head for the nearest one to its left; a row of one
cell names the group below it, until the next of its rank.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.datamodels import Citation, Document, Table, TableCell, TableValue
from assistant.facts.grid import BLANK
from assistant.facts.table_sections import LONGEST_ABOVE
from assistant.interfaces import DocumentStore
from assistant.language.marks import rank_of_mark
from assistant.language.normalization import fold_width
from assistant.language.tables import PART


def value_violations(line: TableValue, cited: list[Citation], store: DocumentStore) -> Iterator[str]:
    """What is wrong with the words of a cell: not in the quote, under other heads, in a unit that nothing tells."""
    if not line.heads or not any(_stands(line, citation, store.document(citation.document_id)) for citation in cited):
        yield f"{line.text!r} is no cell of its quote under these heads"


def _stands(line: TableValue, citation: Citation, document: Document) -> bool:
    """Whether a cell of the quote has these words, these heads and this unit."""
    for table in document.tables:
        if table.end <= citation.start or table.start >= citation.end:
            continue
        layout = _Layout(table, document.text)
        for cell in table.cells:
            inside = citation.start <= cell.start and cell.end <= citation.end
            if inside and document.text[cell.start : cell.end] == line.words:
                headed = all(layout.has_head(head, cell) for head in line.heads)
                if headed and _tells_unit(line.unit, cell, table, document):
                    return True
    return False


class _Layout:
    """The cells of a table by their rows, columns and words."""

    def __init__(self, table: Table, text: str) -> None:
        self._by_row: dict[int, list[TableCell]] = defaultdict(list)
        self._by_column: dict[int, list[TableCell]] = defaultdict(list)
        self._by_words: dict[str, list[TableCell]] = defaultdict(list)
        self._words = {cell: BLANK.sub("", text[cell.start : cell.end].strip()) for cell in table.cells}
        for cell in table.cells:
            self._by_row[cell.row].append(cell)
            self._by_column[cell.column].append(cell)
            self._by_words[self._words[cell]].append(cell)

    def has_head(self, head: str, cell: TableCell) -> bool:
        """Whether a cell with these words says what the other one is."""
        return any(self._names(other, cell) for other in self._by_words.get(head, ()))

    def _names(self, other: TableCell, cell: TableCell) -> bool:
        if other is cell or other.row > cell.row:
            return False
        in_row = cell.row < other.row + other.rows
        in_column = other.column <= cell.column < other.column + other.columns
        if in_column or other.column > cell.column:
            return in_column and not in_row
        return in_row or self._goes_on_right(other, cell) or self._goes_on_down(other, cell)

    def _goes_on_right(self, other: TableCell, cell: TableCell) -> bool:
        """Whether blanks follow the other cell in its row as far as the column: a head, or the name of a group."""
        row = self._by_row[other.row]
        if any(other.column < one.column <= cell.column for one in row):
            return False
        return len(row) > 1 or not any(
            self._outranks(later, other)
            for number in range(other.row + 1, cell.row)
            for later in self._by_row.get(number, ())
            if len(self._by_row[number]) == 1
        )

    def _outranks(self, later: TableCell, other: TableCell) -> bool:
        """Whether a later group ends the one before: of its rank or above, or as unmarked as it."""
        ranks = rank_of_mark(self._words[later]), rank_of_mark(self._words[other])
        return ranks[0] == ranks[1] or (ranks[0] is not None and ranks[1] is not None and ranks[0] < ranks[1])

    def _goes_on_down(self, other: TableCell, cell: TableCell) -> bool:
        """Whether blanks, or parts of it (其中 …), follow the other cell in its column as far as the row."""
        between = (one for one in self._by_column[other.column] if other.row < one.row <= cell.row)
        return all(PART.match(self._words[one]) for one in between)


def _tells_unit(unit: str, cell: TableCell, table: Table, document: Document) -> bool:
    """Whether the unit stands in the row or above it, outside the words of the cell."""
    if not unit or unit == "%":
        return True
    told = [document.text[one.start : one.end] for one in table.cells if one.row <= cell.row and one is not cell]
    above = document.text[max(0, table.start - LONGEST_ABOVE) : table.start]
    return any(unit in fold_width(words) for words in (*told, above))
