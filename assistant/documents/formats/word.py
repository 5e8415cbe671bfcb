"""Word files: paragraphs and tables in their order, with the levels of heading styles."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.documents.source_text import LineCollector, SourceText

if TYPE_CHECKING:
    from docx.table import Table

HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def read(path: Path) -> SourceText:
    """Every paragraph is a line, every row of a table a line of cells; a merged cell stands once."""
    from docx import Document
    from docx.table import Table

    collector = LineCollector()
    for block in Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            _add_table(block, collector)
            continue
        style = HEADING_STYLE.match(block.style.name or "") if block.style is not None else None
        collector.add(block.text, int(style[1]) if style else 0)
    return collector.source_text("docx")


def _add_table(table: Table, collector: LineCollector) -> None:
    """Rows in order; a cell merged over columns or rows is written where it begins, a table in a cell after its row."""
    seen = set()
    for row in table.rows:
        cells = []
        inner = []
        for cell in row.cells:
            if cell._tc in seen:  # the element behind the cell is how python-docx tells a merged cell
                cells.append("")
                continue
            seen.add(cell._tc)
            cells.append(" ".join(cell.text.split()))
            inner += cell.tables
        collector.add_row(cells)
        for nested in inner:
            _add_table(nested, collector)
