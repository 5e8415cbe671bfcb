"""Rich text files (RTF), which old programs save under .doc and .wps too."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.datamodels import SourceText
from assistant.documents.source_text import GridCell, LineCollector

CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
CHINESE_FONT = re.compile(rb"\\fcharset134")
CELL = "|"


def read(path: Path) -> SourceText:
    """The text without pictures and marks; rows of tables as cells."""
    content = path.read_bytes()
    page = CODE_PAGE.search(content)
    encoding = (
        "gb18030"
        if page is None or page[1] in (b"936", b"1252") or CHINESE_FONT.search(content)
        else f"cp{page[1].decode()}"
    )
    collector = LineCollector()
    rows: list[list[str]] = []
    for line in [*_text(content.decode("latin-1"), encoding).split("\n"), ""]:
        if line.endswith(CELL):
            rows.append([" ".join(cell.split()) for cell in line.rstrip(CELL).split(CELL)])
            continue
        if rows:
            collector.add_table(
                [GridCell(text, row, column) for row, cells in enumerate(rows) for column, text in enumerate(cells)]
            )
            rows = []
        collector.add(line.strip())
    return collector.source_text("rtf")


def _text(content: str, encoding: str) -> str:
    from striprtf.striprtf import rtf_to_text

    return str(rtf_to_text(content, encoding=encoding, errors="replace"))  # type: ignore[no-untyped-call]
