"""Word files: paragraphs, tables, text boxes, notes, heads and feet, as the page shows them.

Read from the XML (ECMA-376, part 1, chapter 17): what is struck out, hidden or deleted is left out, a word with its
reading above it stands without the reading, numbers that Word counts itself are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.formats.package import Package, is_on
from assistant.documents.formats.word_numbering import Numbering
from assistant.documents.source_text import SUPERSCRIPTS, GridCell, LineCollector
from assistant.errors import UnreadableDocument
from assistant.language.titles import CONTENTS_STYLE, HEADING_STYLE

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTENTS_FIELD = re.compile(r"\s{0,20}TOC\b")
LEFT_OUT = frozenset(
    {
        "Fallback",
        "del",
        "moveFrom",
        "txbxContent",
        "instrText",
        "delInstrText",
        "pPr",
        "rPr",
        "rt",
        "fldData",
        "binData",
    }
    | {"posOffset", "align", "pctWidth", "pctHeight", "relativeHeight"}
)
SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
WRAPPERS = frozenset(
    {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "body", "AlternateContent", "Choice"}
)
NOTES = {"footnotes": ("footnote", "脚注"), "endnotes": ("endnote", "尾注")}
MARGINS = {"header": "页眉", "footer": "页脚"}
MOST_COLUMNS = 1_000
MOST_NESTED = 40
PAGE_OF = re.compile(r"第\s{0,3}\d{0,4}\s{0,3}页|共\s{0,3}\d{0,4}\s{0,3}页|[-—–]\s{0,3}\d{1,4}\s{0,3}[-—–]")
"""The number of a page among other words."""
PAGE_WORDS = re.compile(r"[\s\d第页共/\-—–]*")
"""A head or foot that holds a page number alone."""


def read(path: Path) -> SourceText:
    """Every paragraph is a line, every row of a table a line of cells; notes, heads and feet follow, marked as such.

    Raises UnreadableDocument for a package that is no Word file.
    """
    with Package(path) as package:
        main = package.main() or "word/document.xml"
        root = package.part(main)
        body = root.find("body") if root is not None else None
        if body is None:
            raise UnreadableDocument("no Word document in it; open it and save it again")
        reader = _Reader(package, main)
        reader.add_blocks(body)
        for kind, (tag, words) in NOTES.items():
            for note in reader.parts(kind):
                reader.add_notes(note, tag, words)
        for kind, words in MARGINS.items():
            reader.add_margins(list(reader.parts(kind)), words)
    return reader.collector.source_text("docx")


class _Reader:
    """Collects the lines of one file; knows its styles and counts its lists."""

    def __init__(self, package: Package, main: str) -> None:
        self._package, self._main = package, main
        self.collector = LineCollector()
        styles = next(iter(self.parts("styles")), None)
        found = [] if styles is None else list(styles.iterfind("style"))
        self._names = {one.get("styleId", ""): _value(one, "name") for one in found}
        self._properties = {one.get("styleId", ""): one.find("rPr") for one in found}
        self._numbered = {one.get("styleId", ""): one.find(".//numPr") for one in found}
        self._numbering = Numbering(next(iter(self.parts("numbering")), None))
        self._contents = 0
        """Fields that are open and make a table of contents."""

    def parts(self, kind: str) -> Iterator[_Element]:
        """The roots of the parts that the document relates to so."""
        for name in self._package.related(self._main, kind):
            root = self._package.part(name)
            if root is not None:
                yield root

    def add_blocks(self, parent: _Element, depth: int = 0) -> None:
        """Paragraphs and tables in order; content controls and revisions are looked through."""
        for block in parent:
            if block.tag == "p":
                self._add_paragraph(block, depth)
            elif block.tag == "tbl":
                self._add_table(block, depth)
            elif block.tag in WRAPPERS and not _is_contents(block):
                self.add_blocks(block, depth)

    def add_notes(self, root: _Element, tag: str, words: str) -> None:
        """The notes below the pages or at the end, each a line that says what it is."""
        for note in root.iterfind(tag):
            text = " ".join(part for one in note.iterfind("p") if (part := self._text(one).strip()))
            if text and note.get("type") in (None, "normal"):
                self.collector.add(f"[{words}] {text}")

    def add_margins(self, roots: list[_Element], words: str) -> None:
        """Heads or feet of the pages, each once, marked as such; page numbers alone are none."""
        texts = (PAGE_OF.sub(" ", self._text(one)) for root in roots for one in root.iter("p"))
        lines = (" ".join(text.split()) for text in texts)
        for line in dict.fromkeys(lines):
            if not PAGE_WORDS.fullmatch(line):
                self.collector.add(f"[{words}] {line}")

    def _add_paragraph(self, paragraph: _Element, depth: int) -> None:
        style = _value(paragraph.find("pPr"), "pStyle")
        in_contents = self._contents > 0
        self._contents = max(0, self._contents + _contents_fields(paragraph))
        if in_contents or self._contents or CONTENTS_STYLE.match(self._names.get(style, style)):
            return
        text = self._text(paragraph)
        number = self._number(paragraph, style) if text.strip() else ""
        heading = HEADING_STYLE.match(self._names.get(style, ""))
        self.collector.add(number + text, int(heading[1]) if heading else 0)
        if depth < MOST_NESTED:
            for box in _text_boxes(paragraph):
                self.add_blocks(box, depth + 1)

    def _number(self, paragraph: _Element, style: str) -> str:
        """What Word prints before the paragraph: its own numbering, else that of its style."""
        properties = paragraph.find("pPr/numPr")
        if properties is None:
            properties = self._numbered.get(style)
        return self._numbering.next(properties) if properties is not None else ""

    def _text(self, element: _Element) -> str:
        """The text without what is hidden, struck out or deleted, without field codes and text boxes."""
        pieces = []
        for child in element:
            if child.tag == "t":
                raised = _value(element.find("rPr"), "vertAlign") == "superscript"
                pieces.append((child.text or "").translate(SUPERSCRIPTS) if raised else child.text or "")
            elif child.tag == "f" and child.find("num") is not None:  # a fraction of a formula
                pieces.append(f"{self._part(child, 'num')}/{self._part(child, 'den')}")
            elif child.tag in ("sSup", "sSub"):
                raised_part = self._part(child, "sup").translate(SUPERSCRIPTS)
                pieces.append(self._part(child, "e") + (raised_part or self._part(child, "sub")))
            elif child.tag in SIGNS:
                pieces.append(SIGNS[child.tag])
            elif child.tag not in LEFT_OUT and not (child.tag == "r" and self._is_hidden(child)):
                pieces.append(self._text(child))
        return "".join(pieces)

    def _part(self, element: _Element, name: str) -> str:
        found = element.find(name)
        return self._text(found) if found is not None else ""

    def _is_hidden(self, run: _Element) -> bool:
        """Whether the page does not show a run, or shows it struck out, by its own properties or its style's."""
        own = run.find("rPr")
        return is_on(own, "strike", "dstrike", "vanish", "webHidden") or is_on(
            self._properties.get(_value(own, "rStyle")), "strike", "dstrike", "vanish"
        )

    def _add_table(self, table: _Element, depth: int) -> None:
        """Rows in order; a merged cell stands where it begins, a table inside a cell after the whole."""
        grid: list[GridCell] = []
        nested: list[_Element] = []
        last: dict[int, int] = {}
        """Rank in the grid of the last cell of each column."""
        for row, element in enumerate(_rows(table)):
            column = _gap(element)
            for cell in _cells(element):
                columns = min(_number(cell.find("tcPr"), "gridSpan", 1), MOST_COLUMNS)
                merge, above = cell.find("tcPr/vMerge"), last.get(column)
                if merge is not None and merge.get("val") != "restart" and above is not None:
                    grid[above] = grid[above]._replace(rows=row - grid[above].row + 1)
                else:
                    last[column] = len(grid)
                    grid.append(GridCell(self._cell_text(cell), row, column, 1, columns))
                column = min(column + columns, MOST_COLUMNS)
                nested += cell.iterfind("tbl")
        self.collector.add_table(grid)
        for inner in nested if depth < MOST_NESTED else ():
            self._add_table(inner, depth + 1)

    def _cell_text(self, cell: _Element) -> str:
        texts = [(one, self._text(one)) for one in cell.iter("p") if next(one.iterancestors("tc")) is cell]
        numbered = (self._number(one, _value(one.find("pPr"), "pStyle")) + text for one, text in texts if text.strip())
        return " ".join(" ".join(one.split()) for one in numbered)


def _value(element: _Element | None, name: str) -> str:
    found = element.find(name) if element is not None else None
    return "" if found is None else str(found.get("val", ""))


def _number(element: _Element | None, name: str, default: int) -> int:
    value = _value(element, name)
    return max(1, int(value)) if value.isdecimal() else default


def _is_contents(block: _Element) -> bool:
    """Whether a content control holds the table of contents."""
    gallery = block.find("sdtPr/docPartObj/docPartGallery")
    return gallery is not None and gallery.get("val") == "Table of Contents"


def _contents_fields(paragraph: _Element) -> int:
    """By how many the open fields of contents grow over a paragraph; fields inside one count until it ends."""
    grown = 0
    waiting = 0
    for one in paragraph.iter("fldChar", "instrText"):
        if one.tag == "instrText":
            grown += bool(waiting and CONTENTS_FIELD.match(one.text or ""))
        elif one.get("fldCharType") == "begin":
            waiting += 1
        elif one.get("fldCharType") == "end":
            waiting -= 1
            grown -= waiting < 0
    return grown


def _text_boxes(element: _Element) -> Iterator[_Element]:
    """The text boxes anchored in a paragraph; each is stored twice, the older form under Fallback is left out."""
    for child in element:
        if child.tag == "txbxContent":
            yield child
        elif child.tag != "Fallback":
            yield from _text_boxes(child)


def _rows(parent: _Element) -> Iterator[_Element]:
    """The rows of a table but those deleted under revision marks; controls around rows are looked through."""
    for child in parent:
        if child.tag == "tr" and child.find("trPr/del") is None:
            yield child
        elif child.tag in WRAPPERS:
            yield from _rows(child)


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag == "tc":
            yield child
        elif child.tag in WRAPPERS:
            yield from _cells(child)


def _gap(row: _Element) -> int:
    """Columns left free before the first cell."""
    return min(_number(row.find("trPr"), "gridBefore", 0), MOST_COLUMNS)
