"""Word files: paragraphs, tables and text boxes in their order, with the numbers that Word counts itself.

Read from the XML (ECMA-376, part 1, chapter 17) that python-docx opens: its own ``Paragraph.text`` leaves out
inserted text under revision marks, content controls, text boxes and automatic numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.formats.word_numbering import WORD, Numbering
from assistant.documents.source_text import SUPERSCRIPTS, LineCollector

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
LEFT_OUT = frozenset({FALLBACK, f"{WORD}del", f"{WORD}moveFrom", f"{WORD}txbxContent", f"{WORD}instrText"})
SIGNS = {f"{WORD}tab": " ", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
WRAPPERS = frozenset({f"{WORD}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")})


def read(path: Path) -> SourceText:
    """Every paragraph is a line, every row of a table a line of cells; a merged cell stands once."""
    from docx import Document

    document = Document(str(path))
    collector = LineCollector()
    _add_blocks(document.element.body, _Styles(document), collector)
    return collector.source_text("docx")


class _Styles:
    """Heading levels and automatic numbers of the paragraphs of one file."""

    def __init__(self, document: Document) -> None:
        self._names = {style.style_id: style.name or "" for style in document.styles}
        self._numbered = {
            style.style_id: style.element.find(f".//{WORD}numPr")
            for style in document.styles
            if style.element.find(f".//{WORD}numPr") is not None
        }
        self._numbering = Numbering(document)

    def heading_level(self, paragraph: _Element) -> int:
        """The level of the heading, 0 where the paragraph is none."""
        match = HEADING_STYLE.match(self._names.get(_style(paragraph), ""))
        return int(match[1]) if match else 0

    def number(self, paragraph: _Element) -> str:
        """What Word prints before the paragraph: its own numbering, else that of its style."""
        properties = paragraph.find(f"{WORD}pPr/{WORD}numPr")
        if properties is None:
            properties = self._numbered.get(_style(paragraph))
        return self._numbering.next(properties) if properties is not None else ""


def _style(paragraph: _Element) -> str:
    style = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    return "" if style is None else str(style.get(f"{WORD}val"))


def _add_blocks(parent: _Element, styles: _Styles, collector: LineCollector) -> None:
    """Paragraphs and tables in order; content controls and revisions are looked through."""
    for block in parent:
        if block.tag == f"{WORD}p":
            text = _text(block)
            number = styles.number(block) if text.strip() else ""
            collector.add(number + text, styles.heading_level(block))
            for box in _text_boxes(block):
                _add_blocks(box, styles, collector)
        elif block.tag == f"{WORD}tbl":
            _add_table(block, styles, collector)
        elif block.tag in WRAPPERS:
            _add_blocks(block, styles, collector)


def _text(element: _Element) -> str:
    """The text of a paragraph without what was deleted, field codes, and text boxes."""
    pieces = []
    for child in element:
        if child.tag == f"{WORD}t":
            raised = element.find(f"{WORD}rPr/{WORD}vertAlign[@{WORD}val='superscript']") is not None
            text = child.text or ""
            pieces.append(text.translate(SUPERSCRIPTS) if raised else text)
        elif child.tag in SIGNS:
            pieces.append(SIGNS[child.tag])
        elif child.tag not in LEFT_OUT and child.tag != f"{WORD}pPr":
            pieces.append(_text(child))
    return "".join(pieces)


def _text_boxes(element: _Element) -> Iterator[_Element]:
    """The text boxes anchored in a paragraph; each is stored twice, the older form under Fallback is left out."""
    for child in element:
        if child.tag == f"{WORD}txbxContent":
            yield child
        elif child.tag != FALLBACK:
            yield from _text_boxes(child)


def _add_table(table: _Element, styles: _Styles, collector: LineCollector) -> None:
    """Rows in order; a cell merged over columns or rows is written where it begins, a table in a cell after its row."""
    for row in table.iterfind(f"{WORD}tr"):
        cells = []
        nested: list[_Element] = []
        for cell in row.iter(f"{WORD}tc"):
            if next(cell.iterancestors(f"{WORD}tr")) is not row:
                continue
            cells.append("" if _continues_merge(cell) else _cell_text(cell, styles))
            span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
            cells += [""] * (int(span.get(f"{WORD}val", "1")) - 1 if span is not None else 0)
            nested += cell.iterfind(f"{WORD}tbl")
        collector.add_row(cells)
        for inner in nested:
            _add_table(inner, styles, collector)


def _cell_text(cell: _Element, styles: _Styles) -> str:
    paragraphs = cell.iterfind(f"{WORD}p")
    return " ".join(" ".join((styles.number(one) + _text(one)).split()) for one in paragraphs if _text(one).strip())


def _continues_merge(cell: _Element) -> bool:
    """Whether the cell only continues one that began in a row above."""
    merge = cell.find(f"{WORD}tcPr/{WORD}vMerge")
    return merge is not None and merge.get(f"{WORD}val") != "restart"
