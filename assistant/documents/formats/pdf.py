"""PDF files: lines joined to paragraphs, page by page; pages that are pictures go to character recognition."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.documents.source_text import LineCollector, SourceText
from assistant.errors import UnreadableDocument

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

EDGE_LINES = 2
LEAST_REPEATS = 3
PAGE_NUMBER = re.compile(r"[-—–\s]*\d{1,4}[-—–\s]*|第?\s*\d{1,4}\s*页?(?:\s*[/,，共]\s*共?\s*\d{1,4}\s*页?)?")
PAGE_NUMBER_IN_LINE = re.compile(r"第\s*\d{1,4}\s*页|[-—–]\s*\d{1,4}\s*[-—–]|(?<=\s)\d{1,4}$|^\d{1,4}(?=\s)")
SPACE_AT_DIGIT = re.compile(r"(?<=[\u3400-\u9fff]) (?=\d)|(?<=\d) (?=[\u3400-\u9fff%％])")
SENTENCE_END = re.compile(r"[。！？：:；;!?]$")
MARK = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|第[一二三四五六七八九十]{1,3}[章条节])"
)
FULL_LINE = 0.8
"""Share of the widest line that a line fills before the next can be its continuation."""
LEAST_TEXT = 8
"""Characters below which a page counts as a picture."""


def read(path: Path) -> SourceText:
    """The text with page numbers, running heads and feet left out."""
    from pypdfium2 import PdfDocument

    warnings: list[str] = []
    with PdfDocument(path) as document:
        pages = [_lines(page, number, warnings) for number, page in enumerate(document, start=1)]
    repeated = _running_lines(pages)
    collector = LineCollector()
    dropped: list[str] = []
    for lines in pages:
        collector.begin_page()
        first = _furniture(lines, repeated)
        last = len(lines) - _furniture(lines[first:][::-1], repeated)
        dropped += lines[:first] + lines[last:]
        for paragraph in join_lines(lines[first:last]):
            collector.add(paragraph)
    if not any(pages) and warnings:
        raise UnreadableDocument(warnings[0])
    return collector.source_text("pdf", tuple(dict.fromkeys(warnings)), tuple(dropped))


def _lines(page: PdfPage, number: int, warnings: list[str]) -> list[str]:
    textpage = page.get_textpage()
    text = textpage.get_text_range().replace("\ufffe", "").replace("\x00", "")
    textpage.close()
    lines = [SPACE_AT_DIGIT.sub("", " ".join(line.split())) for line in text.splitlines()]
    lines = [line for line in lines if line]
    if sum(map(len, lines)) >= LEAST_TEXT or not _has_picture(page):
        return lines
    from assistant.documents.formats.scan import recognize

    recognized = recognize(page)
    if recognized is None:
        warnings.append(f"page {number} is a picture; install bureau-assistant[ocr] to read it")
        return lines
    warnings.append(f"page {number} was read by character recognition; check its numbers against the original")
    return recognized


def _has_picture(page: PdfPage) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _shape(line: str) -> str:
    """The line without the page number in it."""
    return PAGE_NUMBER_IN_LINE.sub("#", line)


def _furniture(lines: list[str], repeated: frozenset[str]) -> int:
    """How many lines from the first on are page numbers or repeat on the pages."""
    edge = lines[:EDGE_LINES]
    return next((rank for rank, line in enumerate(edge) if not _is_furniture(line, repeated)), len(edge))


def _is_furniture(line: str, repeated: frozenset[str]) -> bool:
    return PAGE_NUMBER.fullmatch(line) is not None or _shape(line) in repeated


def _running_lines(pages: list[list[str]]) -> frozenset[str]:
    """Shapes of the lines at the edges that stand on at least half of the pages, and on three."""
    counts = Counter(
        shape for lines in pages for shape in {_shape(line) for line in lines[:EDGE_LINES] + lines[-EDGE_LINES:]}
    )
    return frozenset(shape for shape, count in counts.items() if count >= max(LEAST_REPEATS, len(pages) / 2))


def join_lines(lines: list[str]) -> list[str]:
    """Paragraphs: a line that fills the page and does not end a sentence runs on into the next."""
    widest = max(map(_width, lines), default=0)
    paragraphs: list[str] = []
    runs_on = False
    for line in lines:
        if runs_on and not MARK.match(line):
            joint = " " if paragraphs[-1][-1:].isascii() and line[:1].isascii() and line[:1].isalpha() else ""
            paragraphs[-1] += joint + line
        else:
            paragraphs.append(line)
        runs_on = _width(line) >= FULL_LINE * widest and not SENTENCE_END.search(line)
    return paragraphs


def _width(line: str) -> int:
    return sum(1 if character.isascii() else 2 for character in line)
