"""PDF files: lines joined to paragraphs, tables by their ruling lines; pictures go to character recognition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.formats.encodings import common_share
from assistant.documents.formats.pdf_lines import Line, join_lines, lines_of, words_of
from assistant.documents.formats.pdf_signs import Page
from assistant.documents.formats.pdf_tables import PageTable, ruled_tables
from assistant.documents.source_text import LineCollector
from assistant.errors import UnreadableDocument

if TYPE_CHECKING:
    from pdfplumber.pdf import PDF
    from pypdfium2 import PdfDocument

MARGIN = 0.09
"""Share of the page's height at its top and bottom in which page numbers and running lines stand."""
LEAST_REPEATS = 3
PAGE_NUMBER = re.compile(
    r"[-—–\s]{0,12}\d{1,4}[-—–\s]{0,12}|第?\s{0,3}\d{1,4}\s{0,3}页?(?:\s{0,3}[/,，共]\s{0,3}共?\s{0,3}\d{1,4}\s{0,3}页?)?"
)
PAGE_NUMBER_IN_LINE = re.compile(r"第\s*\d{1,4}\s*页|[-—–]\s*\d{1,4}\s*[-—–]|(?<=\s)\d{1,4}$|^\d{1,4}(?=\s)")
LEAST_TEXT = 8
"""Characters below which a page counts as a picture."""
LEAST_READABLE = 0.6
"""Share of common characters below which the fonts of a page do not tell what their glyphs are."""
LEAST_RULES = 4
"""Lines or frames that make a table."""
RECOGNIZED = "page {} was read by character recognition; check its numbers against the original"
UNREADABLE = "page {} {}; install bureau-assistant[ocr] to read it"
PICTURE, NO_CHARACTERS = "is a picture", "does not tell which characters its glyphs are"


@dataclass
class PageContent:
    """What stands on a page in the order it is read: runs of lines, and tables."""

    parts: list[list[Line] | PageTable] = field(default_factory=list)

    def lines(self) -> Iterator[Line]:
        """The lines outside of tables."""
        for part in self.parts:
            if not isinstance(part, PageTable):
                yield from part


def read(path: Path) -> SourceText:
    """The text with page numbers, running heads and feet left out.

    Raises UnreadableDocument where no page can be read.
    """
    from pypdfium2 import PdfDocument

    warnings: list[str] = []
    with PdfDocument(path) as document:
        pages = [Page(page) for page in document]
        plumber = _plumber(document, pages)
        contents = [_content(page, rank, plumber, warnings) for rank, page in enumerate(pages)]
    if not any(one.parts for one in contents) and warnings:
        raise UnreadableDocument(warnings[0])
    repeated = _running_lines(contents)
    collector = LineCollector()
    dropped: list[str] = []
    for content in contents:
        for rank, part in enumerate(content.parts):
            if not isinstance(part, PageTable):
                dropped += [line.text for line in part if _is_furniture(line, repeated)]
                content.parts[rank] = [line for line in part if not _is_furniture(line, repeated)]
        content.parts = [part for part in content.parts if part]
    _join_tables(contents)
    for content in contents:
        collector.begin_page()
        for part in content.parts:
            if isinstance(part, PageTable):
                collector.add_table(part.grid)
            else:
                for paragraph in join_lines(part):
                    collector.add(paragraph)
    return collector.source_text("pdf", tuple(dict.fromkeys(warnings)), tuple(dropped))


def _plumber(document: PdfDocument, pages: list[Page]) -> PDF | None:
    """The file for pdfplumber, its pages turned as they are read; None where no page has ruling lines."""
    import pdfplumber

    if not any(page.rules >= LEAST_RULES for page in pages):
        return None
    for page in pages:
        page.page.set_rotation(page.turn)
    content = BytesIO()
    document.save(content)
    return pdfplumber.open(content)


def _content(page: Page, rank: int, plumber: PDF | None, warnings: list[str]) -> PageContent:
    signs = page.signs()
    text = "".join(sign.text for sign in signs if not sign.text.isspace())
    if len(text) < LEAST_TEXT and page.has_picture():
        return _recognized(page, rank + 1, PICTURE, warnings) or PageContent(
            list(lines_of(signs, page.width, page.height))
        )
    if common_share(text) < LEAST_READABLE:
        return _recognized(page, rank + 1, NO_CHARACTERS, warnings) or PageContent()
    tables: list[PageTable] = []
    if plumber is not None and page.rules >= LEAST_RULES:
        plumbed = plumber.pages[rank]
        tables, signs = ruled_tables(plumbed, page.height, signs, words_of)
        plumbed.close()  # its objects are many
    parts = lines_of(signs, page.width, page.height)
    return PageContent(_in_order(parts, tables, page.height))


def _recognized(page: Page, number: int, reason: str, warnings: list[str]) -> PageContent | None:
    """The page by character recognition; None, with a warning, where that is not installed."""
    from assistant.documents.formats.scan import recognize

    lines = recognize(page.page)
    warnings.append(UNREADABLE.format(number, reason) if lines is None else RECOGNIZED.format(number))
    return None if lines is None else PageContent([lines] if lines else [])


def _in_order(parts: list[list[Line]], tables: list[PageTable], height: float) -> list[list[Line] | PageTable]:
    """Tables between the lines above and below them."""
    ordered: list[list[Line] | PageTable] = []
    left = sorted(tables, key=lambda table: -table.top)
    for part in parts:
        run: list[Line] = []
        for line in sorted(part, key=lambda one: -one.middle) if tables else part:
            while left and line.middle * height < left[0].top:
                ordered += [run, left.pop(0)]
                run = []
            run.append(line)
        ordered.append(run)
    return [part for part in (*ordered, *left) if part]


def _join_tables(contents: list[PageContent]) -> None:
    """A table at the top of a page goes on with the one at the bottom of the page before, where they are alike."""
    last: PageTable | None = None
    for content in contents:
        first = content.parts[0] if content.parts else None
        if last is not None and isinstance(first, PageTable) and last.goes_on(first):
            last.append(first)
            content.parts.pop(0)
            if not content.parts:
                continue  # a table may go over many pages
        final = content.parts[-1] if content.parts else None
        last = final if isinstance(final, PageTable) else None


def _is_furniture(line: Line, repeated: frozenset[str]) -> bool:
    return _in_margin(line) and (PAGE_NUMBER.fullmatch(line.text) is not None or _shape(line) in repeated)


def _in_margin(line: Line) -> bool:
    return line.middle < MARGIN or line.middle > 1 - MARGIN


def _shape(line: Line) -> str:
    """The line without the page number in it."""
    return PAGE_NUMBER_IN_LINE.sub("#", line.text)


def _running_lines(pages: list[PageContent]) -> frozenset[str]:
    """Shapes of the lines in the margins that stand on at least half of the pages, and on three."""
    counts = Counter(shape for page in pages for shape in {_shape(line) for line in page.lines() if _in_margin(line)})
    return frozenset(shape for shape, count in counts.items() if count >= max(LEAST_REPEATS, len(pages) / 2))
