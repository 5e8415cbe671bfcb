"""Files, documents, sections, passages. All are frozen; offsets count characters from 0, ends exclusive."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

DocumentKind = Literal["plan", "summary", "notice", "other"]
Place = Literal["metadata.toml", "heading of the work", "file name", "title", "text", "site"]


@dataclass(frozen=True)
class TableCell:
    """A cell of a table, counted from 0; its words are ``text[start:end]`` of the text that holds the table."""

    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    """How many rows and columns it is merged over."""
    columns: int = 1


@dataclass(frozen=True)
class Table:
    """The cells of a table that hold anything, in reading order; no two overlap."""

    cells: tuple[TableCell, ...]

    @property
    def start(self) -> int:
        """Of its first words in the text."""
        return min(cell.start for cell in self.cells)

    @property
    def end(self) -> int:
        """Of its last words in the text."""
        return max(cell.end for cell in self.cells)


@dataclass(frozen=True)
class SourceText:
    """The extracted text of a file; all offsets count its characters from 0."""

    text: str
    encoding: str
    """Of a text file, else the name of the format."""
    warnings: tuple[str, ...] = ()
    headings: tuple[tuple[int, int], ...] = ()
    """(offset, level from 1) of lines that the format marks as headings."""
    pages: tuple[int, ...] = ()
    """Offset at which each page begins; empty for a format without pages."""
    markup: tuple[tuple[int, int], ...] = ()
    """Spans that are marks of the format and no text, such as # before a heading."""
    dropped: tuple[str, ...] = ()
    """Lines left out because they repeat on the pages, and page numbers."""
    sha256: str = ""
    """Of what the documents were made from, where it is known."""
    tables: tuple[Table, ...] = ()

    def page(self, offset: int) -> int | None:
        """Number of the page that the character stands on, from 1; None without pages."""
        return sum(start <= offset for start in self.pages) or None if self.pages else None


@dataclass(frozen=True)
class Repair:
    """One change between the file and what people read: ``before`` became ``after``."""

    kind: str
    before: str
    after: str
    certain: bool
    original_start: int
    original_end: int


@dataclass(frozen=True)
class Segment:
    """A run of text and the run of the file it came from; equal lengths map character by character."""

    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True)
class Alignment:
    """The map from every character of a document's text to its span in the file."""

    segments: tuple[Segment, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the file behind ``text[start:end]``; raises IndexError where the slice is not in the text."""
        if start >= end:
            raise IndexError(f"no characters between {start} and {end}")
        first, last = self._segment(start), self._segment(end - 1)
        begin = first.original_start + (start - first.start if _by_character(first) else 0)
        stop = last.original_start + (end - last.start) if _by_character(last) else last.original_end
        return begin, stop

    @property
    def mended(self) -> tuple[Segment, ...]:
        """The runs that were mended: their characters are not those of the file one by one."""
        return tuple(one for one in self.segments if not _by_character(one))

    def _segment(self, position: int) -> Segment:
        rank = bisect_right(self.segments, position, key=lambda segment: segment.start) - 1
        if rank < 0 or position >= self.segments[rank].end:
            raise IndexError(f"character {position} lies outside the text")
        return self.segments[rank]


def _by_character(segment: Segment) -> bool:
    return segment.end - segment.start == segment.original_end - segment.original_start


@dataclass(frozen=True)
class Section:
    """A heading or numbered item with all that stands below it; level 0 is the document itself, 1 its parts."""

    heading: str
    level: int
    start: int
    end: int
    parent: int | None
    """Rank of the parent in the document's list of sections."""
    inline: bool = False
    """Whether it is an item among the words of a paragraph: 一是 …, 二是 …"""


@dataclass(frozen=True)
class DocumentFacts:
    """What a document is called and about: what filters and questions ask, without its text."""

    source: str
    """Path below the corpus folder, with forward slashes."""
    title: str
    kind: DocumentKind
    years: tuple[int, ...]
    """The years that the text is about, not the day of an upload."""
    place: str
    bureau: str
    number: str = field(default="", kw_only=True)
    """The document's number as it stands there, such as 某科〔2013〕1号."""
    issued: str = field(default="", kw_only=True)
    """Day of issue as YYYY-MM-DD; not the day of an upload."""
    draft: str = field(default="", kw_only=True)
    """征求意见稿 and the like, where it is no final text."""

    @property
    def called(self) -> str:
        """Its title; its file, where it has none."""
        return self.title or self.source


@dataclass(frozen=True)
class Finding:
    """Where one of the facts about a document was found, and whether that place is sure to tell it."""

    name: str
    where: Place
    certain: bool


@dataclass(frozen=True)
class Document(DocumentFacts):
    """One work: what people read, where it came from, and what it is about."""

    document_id: str
    text: str
    alignment: Alignment = field(repr=False)
    sections: tuple[Section, ...] = ()
    repairs: tuple[Repair, ...] = field(default=(), repr=False)
    findings: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = field(default=(), repr=False)
    """In the order of the text, whose offsets their cells count."""
    dropped: tuple[str, ...] = field(default=(), repr=False)
    """Lines of the file that a site, a page head or a page foot put there."""

    def section_path(self, rank: int) -> tuple[str, ...]:
        """Headings from the top down to the section, without the document itself."""
        path: list[str] = []
        current: int | None = rank
        while current is not None and self.sections[current].level > 0:
            path.append(self.sections[current].heading)
            current = self.sections[current].parent
        return tuple(reversed(path))


@dataclass(frozen=True)
class Passage:
    """The unit of retrieval and of citation: ``document.text[start:end]``."""

    passage_id: str
    document_id: str
    source: str
    title: str
    section_path: tuple[str, ...]
    text: str
    start: int
    end: int
    original_start: int
    original_end: int
