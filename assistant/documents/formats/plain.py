"""Plain text and Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.documents.encodings import decode
from assistant.documents.source_text import SourceText

HEADING = re.compile(r"^(#{1,6})[ \t]+(?=\S)", re.MULTILINE)
EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
TABLE_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|?)+[ \t]*$", re.MULTILINE)


def read(path: Path) -> SourceText:
    """The decoded characters; in Markdown, # and ** and table rules are marked as no text."""
    decoded = decode(path.read_bytes())
    if path.suffix.lower() != ".md":
        return SourceText(decoded.text, decoded.encoding, decoded.warnings)
    headings = [(match.start(), len(match[1])) for match in HEADING.finditer(decoded.text)]
    spans = [match.span() for pattern in (HEADING, EMPHASIS, TABLE_RULE) for match in pattern.finditer(decoded.text)]
    return SourceText(decoded.text, decoded.encoding, decoded.warnings, tuple(headings), markup=_apart(sorted(spans)))


def _apart(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans that do not overlap, earlier ones first."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
