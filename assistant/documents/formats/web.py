"""Web pages: the main text with its headings and tables, as the page shows it, without navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.datamodels import SourceText
from assistant.documents.formats.encodings import decode
from assistant.documents.source_text import SUPERSCRIPTS, GridCell, LineCollector
from assistant.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset({"head", "p", "list", "item", "table", "row", "quote", "div", "body", "main"})
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)
NOT_SHOWN = ("del", "s", "strike", "rt", "rp", "script", "style", "template", "noscript", "select", "button")
INLINE = ("ins", "ruby", "rb", "span", "font", "u", "small", "big", "mark", "b", "strong", "i", "em")
HIDING_RULE = re.compile(r"([^{}]{1,300})\{[^{}]{0,900}display\s{0,3}:\s{0,3}none[^{}]{0,900}\}", re.IGNORECASE)
SIMPLE_SELECTOR = re.compile(r"[.#][\w-]+")
OF_TABLES = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption")
LEAST_SHARE = 0.4
"""Share of the visible text below which the main text is not trusted and all of the page is taken."""
LINE_END = "⏎"
TABLE = re.compile(r"⌗(\d+)⌗")
"""What stands for a table while the main text is looked for; it must look like text to pass as a paragraph."""
LONGEST_CELL = 60
"""Characters of a usual cell; longer ones are text that a table only places on the page."""
MOST_SPANNED = 1_000
SITE = re.compile(
    r"\s{0,3}[_|｜]\s{0,3}|\s{1,3}[-–—]{1,3}\s{1,3}|[-–—]{1,3}(?=[^-–—]{2,16}(?:网|政府|门户|频道|栏目)[^-–—]{0,30}$)"
)
MOST_HIDDEN = 0.5
"""Share of the page's characters above which a script is to show what is hidden at first."""
LEAST_TITLE, LONGEST_TITLE = 6, 300


def read(path: Path) -> SourceText:
    """Paragraphs, headings and tables; of a saved web archive, its page.

    Raises UnreadableDocument for what is no web page.
    """
    from trafilatura import bare_extraction, html2txt, load_html

    content = path.read_bytes()
    decoded = decode(_page_of_archive(content) if b"multipart/related" in content[:4096].lower() else content)
    tree = load_html(decoded.text)
    if tree is None:
        raise UnreadableDocument("not a web page; save it as .txt if it is plain text")
    title = _title(tree)
    tables = _prepare(tree)
    everything = html2txt(tree)
    found = bare_extraction(tree, include_tables=True, include_comments=False, favor_recall=True)
    body = getattr(found, "body", None)
    lines = [(line, level) for line, level in _lines(body) if line] if body is not None else []
    if _length([line for line, _ in lines], tables) < LEAST_SHARE * _length([everything], tables):
        lines = [(line.strip(), 0) for line in re.split(rf"[\n{LINE_END}]", everything)]
    collector = LineCollector()
    if title and title not in [line for line, _ in lines[:5]]:
        collector.add(title)
    for line, level in lines:
        _add(collector, line, level, tables)
    return collector.source_text("html", decoded.warnings)


def _add(collector: LineCollector, line: str, level: int, tables: list[list[GridCell]]) -> None:
    """A line, with the tables that stand in it."""
    position = 0
    for match in TABLE.finditer(line):
        if words := line[position : match.start()].strip():
            collector.add(words, level)
        if int(match[1]) < len(tables):
            collector.add_table(tables[int(match[1])])
        position = match.end()
    if (words := line[position:].strip()) or not position:
        collector.add(words, level)


def _page_of_archive(content: bytes) -> bytes:
    """The first page in a web archive (RFC 2557)."""
    message = BytesParser(policy=policy.default).parsebytes(content)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            found = part.get_payload(decode=True)
            return found if isinstance(found, bytes) else b""
    raise UnreadableDocument("no page in the web archive; save it as .html")


def _length(lines: list[str], tables: list[list[GridCell]]) -> int:
    """Characters that are no blanks, those of the tables that the lines hold included."""
    text = "".join(lines)
    held = {int(number) for number in TABLE.findall(text) if int(number) < len(tables)}
    return len("".join(TABLE.sub("", text).split())) + sum(len(cell.text) for one in held for cell in tables[one])


def _title(tree: HtmlElement) -> str:
    """The only heading of the first level, else the longest part of the page's title."""
    headings = [one for element in tree.iter("h1") if len(one := " ".join(_text(element).split())) >= LEAST_TITLE]
    if len(headings) == 1:
        return headings[0]
    titles = [" ".join(_text(element).split()) for element in tree.iter("title")]
    return max(SITE.split(titles[0][:LONGEST_TITLE]), key=len) if titles else ""


def _prepare(tree: HtmlElement) -> list[list[GridCell]]:
    """Take out what the page does not show, mark line ends, put a mark for each table of data; those tables."""
    hiding = _hiding_selectors(tree)
    for element in list(tree.iter(*NOT_SHOWN)):
        element.drop_tree()
    most = MOST_HIDDEN * len(_text(tree))
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and _is_hidden(element, hiding) and len(_text(element)) <= most:
            element.drop_tree()
    for element in list(tree.iter(*INLINE)):
        element.drop_tag()
    for raised in tree.iter("sup"):
        raised.text = (raised.text or "").translate(SUPERSCRIPTS)
    for end in tree.iter("br"):
        end.tail = LINE_END + (end.tail or "")
    tables: list[list[GridCell]] = []
    for element in list(tree.iter("table")):
        if _is_data(element):
            tables.append(_grid(element))
            mark = element.makeelement("p")
            mark.text = f"⌗{len(tables) - 1}⌗"
            mark.tail = element.tail
            element.getparent().replace(element, mark)
    for element in tree.iter(*OF_TABLES):  # those left only place text on the page
        element.tag = "div"
    return tables


def _hiding_selectors(tree: HtmlElement) -> frozenset[str]:
    """The classes (.name) and identities (#name) that the page's own style sheets hide."""
    sheets = "".join(_text(style) for style in tree.iter("style"))
    selectors = (one.strip() for rule in HIDING_RULE.finditer(sheets) for one in rule[1].split(","))
    return frozenset(one for one in selectors if SIMPLE_SELECTOR.fullmatch(one))


def _is_hidden(element: HtmlElement, hiding: frozenset[str]) -> bool:
    names = {f".{one}" for one in element.get("class", "").split()} | {f"#{element.get('id', '')}"}
    hidden = "hidden" in element.attrib or HIDDEN_STYLE.search(element.get("style", ""))
    return bool(hidden) or not hiding.isdisjoint(names)


def _is_data(table: HtmlElement) -> bool:
    """Whether a table holds data: no table inside, two rows of two cells, the usual cell short."""
    if table.getparent() is None or next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [len([cell for cell in row if cell.tag in ("td", "th")]) for row in table.iter("tr")]
    lengths = sorted(len("".join(_text(cell).split())) for cell in table.iter("td", "th"))
    return sum(count > 1 for count in rows) > 1 and bool(lengths) and lengths[len(lengths) // 2] <= LONGEST_CELL


def _grid(table: HtmlElement) -> list[GridCell]:
    """The cells at the places that their spans leave (HTML standard, 4.9.12)."""
    grid: list[GridCell] = []
    taken: dict[int, int] = {}
    for number, row in enumerate(table.iter("tr")):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while taken.get(column, 0) > number:
                column += 1
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            grid.append(GridCell(" ".join(_text(cell).replace(LINE_END, " ").split()), number, column, down, across))
            for one in range(column, column + across):
                taken[one] = number + down
            column += across
    return grid


def _span(cell: HtmlElement, name: str) -> int:
    told = (cell.get(name) or "").strip()
    return min(max(1, int(told)), MOST_SPANNED) if told.isdecimal() else 1


def _text(element: HtmlElement) -> str:
    return "".join(map(str, element.itertext()))


def _lines(element: HtmlElement) -> Iterator[tuple[str, int]]:
    """(line, heading level or 0) of trafilatura's tree: head, p, item, lb for a line end."""
    blocks = [child for child in element if child.tag in BLOCKS]
    if blocks:
        yield from _split(element.text or "", 0)
        for child in element:
            yield from _lines(child)
            yield from _split(child.tail or "", 0)
        return
    level = int(element.get("rend", "h2")[-1]) if element.tag == "head" else 0
    for end in element.iter("lb"):
        end.tail = LINE_END + (end.tail or "")
    yield from _split(_text(element), level)


def _split(text: str, level: int) -> Iterator[tuple[str, int]]:
    for line in re.split(rf"[\n{LINE_END}]", text):
        yield " ".join(line.split()), level
