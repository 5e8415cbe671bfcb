"""Plain text and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from assistant.datamodels import SourceText, Table, TableCell
from assistant.documents.formats.encodings import decode

HEADING = re.compile(r"^(#{1,6})[ \t]+(?=\S)", re.MULTILINE)
EMPHASIS = re.compile(r"(\*\*)(?=\S)[^*\n]+(?<=\S)(\*\*)|(?<!\w)(__)(?=\S)[^_\n]+(?<=\S)(__)(?!\w)")
FENCE = re.compile(r"^```.*?(?:^```|\Z)", re.MULTILINE | re.DOTALL)
TABLE_RULE = re.compile(r"^[ \t|:]*---[ \t|:-]*$", re.MULTILINE)


def read(path: Path) -> SourceText:
    """The decoded characters; in Markdown, # and ** and table rules are marked as no text."""
    decoded = decode(path.read_bytes())
    if path.suffix.lower() not in (".md", ".markdown"):
        tables = tuple(tabbed_tables(decoded.text)) if "\t" in decoded.text else ()
        return SourceText(decoded.text, decoded.encoding, decoded.warnings, tables=tables)
    fenced = [range(*match.span()) for match in FENCE.finditer(decoded.text)]
    found = [match for match in HEADING.finditer(decoded.text) if not any(match.start() in one for one in fenced)]
    headings = [(match.start(), len(match[1])) for match in found]
    spans = [match.span() for match in (*found, *TABLE_RULE.finditer(decoded.text))]
    for match in EMPHASIS.finditer(decoded.text):
        spans += [match.span(group) for group in (1, 2, 3, 4) if match[group]]
    return SourceText(decoded.text, decoded.encoding, decoded.warnings, tuple(headings), markup=_apart(sorted(spans)))


def tabbed_tables(text: str) -> Iterator[Table]:
    """Runs of lines whose cells are parted by tabs, as many in each."""
    position = 0
    for tabs, run in groupby(text.splitlines(keepends=True), key=lambda line: line.rstrip("\r\n").count("\t")):
        cells = []
        lines = list(run)
        for row, line in enumerate(lines):
            start = position
            for column, words in enumerate(line.rstrip("\r\n").split("\t")):
                begin = start + len(words) - len(words.lstrip())
                if words.strip():
                    cells.append(TableCell(row, column, begin, begin + len(words.strip())))
                start += len(words) + 1
            position += len(line)
        if tabs and len(lines) > 1 and cells:
            yield Table(tuple(cells))


def _apart(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans that do not overlap, earlier ones first."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
