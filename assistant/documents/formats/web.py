"""Web pages: the main text with its headings and tables, without navigation and advertisements."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.formats.encodings import decode
from assistant.documents.source_text import CELL_SEPARATOR, SUPERSCRIPTS, LineCollector
from assistant.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset({"head", "p", "list", "item", "table", "row", "quote", "div", "body", "main"})
LEAST_SHARE = 0.4
"""Share of the visible text below which the main text is not trusted and all of the page is taken."""


def read(path: Path) -> SourceText:
    """Paragraphs, headings and rows of tables as trafilatura finds them; needs the extra ``html``."""
    try:
        from trafilatura import bare_extraction, html2txt, load_html
    except ImportError as error:
        raise UnreadableDocument("web pages need another package; pip install 'bureau-assistant[html]'") from error
    decoded = decode(path.read_bytes())
    tree = load_html(decoded.text)
    if tree is None:
        raise UnreadableDocument("not a web page; save it as .txt if it is plain text")
    for raised in tree.iter("sup"):
        raised.text = (raised.text or "").translate(SUPERSCRIPTS)
    everything = html2txt(tree)
    found = bare_extraction(tree, include_tables=True, include_comments=False, favor_recall=True)
    body = getattr(found, "body", None)
    lines = [(line, level) for line, level in _lines(body) if line] if body is not None else []
    if sum(len(line) for line, _ in lines) < LEAST_SHARE * len("".join(everything.split())):
        lines = [(line, 0) for line in everything.splitlines()]
    title = getattr(found, "title", None)
    collector = LineCollector()
    if title and title not in [line for line, _ in lines[:5]]:
        collector.add(title)
    for line, level in lines:
        collector.add(line, level)
    return collector.source_text("html", decoded.warnings)


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext()))


def _lines(element: _Element) -> Iterator[tuple[str, int]]:
    """(line, heading level or 0) of trafilatura's tree: head, p, item, row with cells, lb for a line end."""
    if element.tag == "row":
        cells = [" ".join(_text(cell).split()) for cell in element.iter("cell")]
        yield CELL_SEPARATOR.join(cells).rstrip(CELL_SEPARATOR), 0
        return
    blocks = [child for child in element if child.tag in BLOCKS]
    if blocks:
        yield " ".join((element.text or "").split()), 0
        for child in element:
            yield from _lines(child)
            yield " ".join((child.tail or "").split()), 0
        return
    level = int(element.get("rend", "h2")[-1]) if element.tag == "head" else 0
    for end in element.iter("lb"):
        end.tail = "\n" + (end.tail or "")
    for line in _text(element).split("\n"):
        yield " ".join(line.split()), level
