"""Tables as text: cells parted by commas, semicolons or tabs."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from assistant.datamodels import SourceText
from assistant.documents.formats.encodings import decode
from assistant.documents.source_text import GridCell, LineCollector

SEPARATORS = "\t,;"
LARGEST_CELL = 1 << 20


def read(path: Path) -> SourceText:
    """Each line of cells a row of one table. The separator is the one that most of the first lines share."""
    decoded = decode(path.read_bytes())
    csv.field_size_limit(LARGEST_CELL)
    lines = decoded.text.splitlines()[:20]
    separator = max(SEPARATORS, key=lambda one: sum(one in line for line in lines))
    rows = csv.reader(StringIO(decoded.text, newline=""), delimiter=separator)
    collector = LineCollector()
    collector.add_table(
        [
            GridCell(" ".join(cell.split()), number, column)
            for number, row in enumerate(rows)
            for column, cell in enumerate(row)
        ]
    )
    return collector.source_text(decoded.encoding, decoded.warnings)
