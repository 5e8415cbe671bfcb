"""PDF files: lines joined to paragraphs, page by page; pages that are pictures go to character recognition."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.source_text import CELL_SEPARATOR, LineCollector
from assistant.errors import UnreadableDocument
from assistant.language.marks import PARAGRAPH

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

MARGIN = 0.09
"""Share of the page's height at its top and bottom in which page numbers and running lines stand."""
LEAST_REPEATS = 3
PAGE_NUMBER = re.compile(r"[-—–\s]*\d{1,4}[-—–\s]*|第?\s*\d{1,4}\s*页?(?:\s*[/,，共]\s*共?\s*\d{1,4}\s*页?)?")
PAGE_NUMBER_IN_LINE = re.compile(r"第\s*\d{1,4}\s*页|[-—–]\s*\d{1,4}\s*[-—–]|(?<=\s)\d{1,4}$|^\d{1,4}(?=\s)")
SPACE_AT_DIGIT = re.compile(r"(?<=[\u3400-\u9fff]) (?=\d)|(?<=\d) (?=[\u3400-\u9fff%％])")
SENTENCE_END = re.compile(r"[。！？：:；;!?]$")
SAME_LINE = 0.5
COLUMN_GAP = 1.0
"""In heights of a character: so far apart, two pieces of a line are cells of a table."""
SAME_HEIGHT = 0.2
EDGE_SLACK = 2.5
"""In heights of a character, how far from the right edge a full line may end."""
Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""
LEAST_TEXT = 8
"""Characters below which a page counts as a picture."""


@dataclass(frozen=True)
class Line:
    """A line of a page; lengths in one unit from the left edge, ``middle`` as a share of the height from below."""

    text: str
    left: float
    right: float
    height: float
    middle: float
    page_width: float


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
        kept: list[Line] = []
        for line in lines:
            furniture = _in_margin(line) and (PAGE_NUMBER.fullmatch(line.text) or _shape(line) in repeated)
            (dropped.append(line.text) if furniture else kept.append(line))
        for paragraph in join_lines(kept):
            collector.add(paragraph)
    if not any(pages) and warnings:
        raise UnreadableDocument(warnings[0])
    return collector.source_text("pdf", tuple(dict.fromkeys(warnings)), tuple(dropped))


def _lines(page: PdfPage, number: int, warnings: list[str]) -> list[Line]:
    lines = _text_lines(page)
    if sum(len(line.text) for line in lines) >= LEAST_TEXT or not _has_picture(page):
        return lines
    from assistant.documents.formats.scan import recognize

    recognized = recognize(page)
    if recognized is None:
        warnings.append(f"page {number} is a picture; install bureau-assistant[ocr] to read it")
        return lines
    warnings.append(f"page {number} was read by character recognition; check its numbers against the original")
    return recognized


def _text_lines(page: PdfPage) -> list[Line]:
    """Characters in the order of the page's content, gathered to lines by their boxes; table cells parted by |."""
    textpage = page.get_textpage()
    signs = [textpage.get_text_range(place, 1).strip("\ufffe\0") for place in range(textpage.count_chars())]
    boxes = [textpage.get_charbox(place, loose=True) for place in range(len(signs))]
    textpage.close()
    heights = [box[3] - box[1] for sign, box in zip(signs, boxes, strict=True) if sign.strip()]
    usual = median(heights) if heights else 0.0
    lines: list[list[tuple[str, Box]]] = []
    space = ""
    for sign, box in zip(signs, boxes, strict=True):
        if not sign.strip():
            space = " " if sign == " " else space
            continue
        last = lines[-1][-1][1] if lines else None
        size = max(box[3] - box[1], usual)  # the box of 一 is as flat as its stroke
        if last is None or _is_below(box, lines[-1][0][1], size) or box[0] < last[2] - size:
            lines.append([])
        elif box[0] - last[2] > COLUMN_GAP * size:
            space = CELL_SEPARATOR
        lines[-1].append((space + sign if lines[-1] else sign, box))
        space = ""
    width, height = page.get_size()
    return [_line(line, width, height or 1.0) for line in lines]


def _is_below(box: Box, first: Box, size: float) -> bool:
    """Whether the middle of a character lies off the line of another."""
    return abs((box[1] + box[3]) - (first[1] + first[3])) / 2 > SAME_LINE * size


def _line(signs: list[tuple[str, Box]], page_width: float, page_height: float) -> Line:
    text = SPACE_AT_DIGIT.sub("", " ".join("".join(sign for sign, _ in signs).split()))
    first, last = signs[0][1], signs[-1][1]
    height = max(box[3] - box[1] for _, box in signs)
    return Line(text, first[0], last[2], height, (first[1] + first[3]) / 2 / page_height, page_width)


def _has_picture(page: PdfPage) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    return any(True for _ in page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _in_margin(line: Line) -> bool:
    return line.middle < MARGIN or line.middle > 1 - MARGIN


def _shape(line: Line) -> str:
    """The line without the page number in it."""
    return PAGE_NUMBER_IN_LINE.sub("#", line.text)


def _running_lines(pages: list[list[Line]]) -> frozenset[str]:
    """Shapes of the lines in the margins that stand on at least half of the pages, and on three."""
    counts = Counter(shape for lines in pages for shape in {_shape(line) for line in lines if _in_margin(line)})
    return frozenset(shape for shape, count in counts.items() if count >= max(LEAST_REPEATS, len(pages) / 2))


def join_lines(lines: list[Line]) -> list[str]:
    """Paragraphs: a line that reaches the right edge and does not end a sentence runs on into the next.

    The edge is as far from the right as the text begins from the left. A row of a table stands alone, and lines of
    different height are a title and its text.
    """
    left = min((line.left for line in lines), default=0.0)
    paragraphs: list[str] = []
    runs_on = False
    height = 0.0
    for line in lines:
        row = CELL_SEPARATOR in line.text
        same_height = abs(line.height - height) < SAME_HEIGHT * line.height
        height = line.height
        if runs_on and same_height and not row and not PARAGRAPH.match(line.text):
            joint = " " if paragraphs[-1][-1:].isascii() and line.text[:1].isascii() and line.text[:1].isalpha() else ""
            paragraphs[-1] += joint + line.text
        else:
            paragraphs.append(line.text)
        full = line.right > line.page_width - left - EDGE_SLACK * line.height
        runs_on = full and not row and not SENTENCE_END.search(line.text)
    return paragraphs
