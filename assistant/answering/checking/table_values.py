"""Whether a cell of a table stands under the heads that an answer shows beside it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.datamodels import Citation, Document, Table, TableCell, TableValue
from assistant.interfaces import DocumentStore
from assistant.language.normalization import fold_width

LONGEST_ABOVE = 160
"""Characters above a table that may tell its unit."""


def value_violations(line: TableValue, cited: list[Citation], store: DocumentStore) -> Iterator[str]:
    """What is wrong with the words of a cell: not in the quote, under other heads, in a unit that nothing tells."""
    if not line.heads or not any(_stands(line, citation, store.document(citation.document_id)) for citation in cited):
        yield f"{line.text!r} is no cell of its quote under these heads"


def _stands(line: TableValue, citation: Citation, document: Document) -> bool:
    """Whether a cell of the quote has these words, these heads and this unit."""
    for table in document.tables:
        if table.end <= citation.start or table.start >= citation.end:
            continue
        for cell in table.cells:
            inside = citation.start <= cell.start and cell.end <= citation.end
            if inside and document.text[cell.start : cell.end] == line.words:
                over = [_text(document, one) for one in table.cells if _names(one, cell, table)]
                if set(line.heads) <= set(over) and _tells_unit(line.unit, cell, table, document):
                    return True
    return False


def _names(other: TableCell, cell: TableCell, table: Table) -> bool:
    """Whether a cell may say what another one is: above it, to its left, or alone in a row above."""
    if other is cell or other.row > cell.row:
        return False
    reaches_row = other.row <= cell.row < other.row + other.rows
    left = other.column < cell.column
    above = other.column <= cell.column < other.column + other.columns
    first_of_row = other.row < cell.row and left
    return (reaches_row and left) or above or first_of_row


def _tells_unit(unit: str, cell: TableCell, table: Table, document: Document) -> bool:
    """Whether the unit stands in the row or above it, outside the words of the cell."""
    told = [_text(document, one) for one in table.cells if one.row <= cell.row and one is not cell]
    above = document.text[max(0, table.start - LONGEST_ABOVE) : table.start]
    return not unit or unit == "%" or any(unit in fold_width(words) for words in (*told, above))


def _text(document: Document, cell: TableCell) -> str:
    return document.text[cell.start : cell.end]
