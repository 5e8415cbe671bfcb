"""How a reader makes the text of a file: line by line, with what the format says about the lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.datamodels import SourceText

CELL_SEPARATOR = " | "
# 10⁸ must not become 108.
SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


@dataclass
class LineCollector:
    """Collects the lines of a document in reading order."""

    lines: list[str] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    _length: int = 0

    def add(self, line: str, heading_level: int = 0) -> None:
        """One line or paragraph; line ends inside it become lines of their own."""
        if heading_level and line.strip():
            self.headings.append((self._length, heading_level))
        self.lines.append(line)
        self._length += len(line) + 1

    def add_row(self, cells: list[str]) -> None:
        """A row of a table; empty rows are left out, empty cells at the end too."""
        while cells and not cells[-1]:
            cells = cells[:-1]
        if cells:
            self.add(CELL_SEPARATOR.join(cells))

    def begin_page(self) -> None:
        """What follows stands on the next page."""
        self.pages.append(self._length)

    def source_text(self, encoding: str, warnings: tuple[str, ...] = (), dropped: tuple[str, ...] = ()) -> SourceText:
        """Everything collected."""
        text = "\n".join(self.lines)
        return SourceText(text, encoding, warnings, tuple(self.headings), tuple(self.pages), dropped=dropped)
