"""Outline the numbered headings and items of a work: 一、 › （一） › 1、 › (1) › ① › 一是."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.datamodels import Section
from assistant.language.marks import ARABIC, BARE_NUMBER, CHINESE_STYLES, INLINE, ORDINAL, STYLES
from assistant.language.numbers import number_of
from assistant.language.years import MASKED_OR_TOLD

HEADING_LEVELS = 9
"""Levels of headings that word processors have; their ranks stand above those of all marks."""
LONGEST_HEADING = 40
HEADING_END = re.compile(r"[。：:；;]")


@dataclass(frozen=True)
class Mark:
    """A mark that opens a section, with its place in the text.

    ``number`` is None where it was lost; ``end`` is the end of the line; ``inline`` says that the mark stands among
    the words of a paragraph, so that its section ends with the line.
    """

    rank: int
    number: int | None
    start: int
    length: int
    end: int
    inline: bool = False


@dataclass(frozen=True)
class _Open:
    """A section of the path that is open: its mark, its number, its place in the list of sections."""

    mark: Mark
    number: int
    section: int


def outline(text: str, title: str = "", styled: dict[int, int] | None = None) -> tuple[Section, ...]:
    """Sections in the order of their starts; the first is the whole text, level 0.

    Levels are depths: a section's level is one more than its parent's. ``styled`` gives the level, from 1, of lines
    (by their start) that the file's format marks as headings. A year or a decimal at the start of a line (2013年,
    1.6%) is no mark.
    """
    sections = [Section(title, 0, 0, len(text), None)]
    path: list[_Open] = []
    position = 0
    for line in text.split("\n"):
        path = [one for one in path if not one.mark.inline]
        for mark in _marks(line, position, path, (styled or {}).get(position, 0)):
            place = _sibling(path, mark)
            number = mark.number or (path[place].number + 1 if place < len(path) else 1)
            parent = path[place - 1].section if place else 0
            path = [*path[:place], _Open(mark, number, len(sections))]
            end = mark.end if mark.inline else len(text)
            words = heading(text[mark.start : mark.end], mark.length)
            sections.append(Section(words, sections[parent].level + 1, mark.start, end, parent, mark.inline))
        position += len(line) + 1
    return tuple(_ended(sections))


def _sibling(path: list[_Open], mark: Mark) -> int:
    """Place in the path that the mark takes: that of the section it follows in one list, else below higher ranks."""
    for place in range(len(path) - 1, -1, -1):
        if path[place].mark.rank == mark.rank:
            return place
    if mark.number and mark.number > 1 and mark.rank in CHINESE_STYLES:  # 三、 may follow (二)
        for place in range(len(path) - 1, -1, -1):
            follows = path[place].mark.rank in CHINESE_STYLES and path[place].number + 1 == mark.number
            if follows and path[place].mark.rank > mark.rank:
                return place
    return next((place for place, one in enumerate(path) if one.mark.rank > mark.rank), len(path))


def _ended(sections: list[Section]) -> Iterator[Section]:
    """Each section ends where the next of its own level or above begins."""
    for rank, section in enumerate(sections):
        following = (later.start for later in sections[rank + 1 :] if later.level <= section.level)
        yield replace(section, end=min(section.end, next(following, section.end)))


def _marks(line: str, position: int, path: list[_Open], styled_level: int) -> Iterator[Mark]:
    """The mark at the start of the line, then those of the ordinals inside it."""
    first = _opening_mark(line, path)
    ordinals = _inline_ordinals(line)
    end = position + len(line)
    if first:
        rank, number, length = first
        yield Mark(rank, number, position, length, end)
    elif styled_level:
        yield Mark(styled_level - HEADING_LEVELS - 1, None, position, 0, end)
    elif not ordinals and (match := ORDINAL.match(line)):
        yield Mark(INLINE, number_of(match[1]), position, match.end(), end)
    stops = [*(start for start, _, _ in ordinals[1:]), len(line)]
    for (start, number, length), stop in zip(ordinals, stops, strict=bool(ordinals)):
        yield Mark(INLINE, number, position + start, length, position + stop, inline=True)


def _opening_mark(line: str, path: list[_Open]) -> tuple[int, int | None, int] | None:
    """(rank, number, length) of the mark that opens the line."""
    for rank, pattern in enumerate(STYLES):
        match = pattern.match(line)
        if match:
            return rank, number_of(next(filter(None, match.groups()), "")), match.end()
    match = BARE_NUMBER.match(line)
    expected = next((one.number + 1 for one in reversed(path) if one.mark.rank == ARABIC), 1)
    if match and int(match[1]) == expected and len(line) > LONGEST_HEADING:
        return ARABIC, expected, match.end()
    return None


def _inline_ordinals(line: str) -> list[tuple[int, int, int]]:
    """(start, number, length) of 一是 … 二是 …: lists inside the line, each of at least two that count up from one."""
    lists: list[list[tuple[int, int, int]]] = []
    for match in ORDINAL.finditer(line):
        number = number_of(match[1])
        if number == 1:
            lists.append([(match.start(), 1, len(match[0]))])
        elif lists and number == lists[-1][-1][1] + 1:
            lists[-1].append((match.start(), number, len(match[0])))
    return [item for items in lists if len(items) > 1 for item in items]


def heading(line: str, mark_length: int) -> str:
    """The words of a heading, up to its 。 where it runs into text; the mark alone where they are long or a goal.

    A number other than a year makes a goal of it, which is told by its passage and not by its heading.
    """
    body = line[mark_length:]
    end = HEADING_END.search(body)
    first = body[: end.start()] if end else body
    if len(first) <= LONGEST_HEADING and not re.search(r"\d", MASKED_OR_TOLD.sub("", first)):
        return line[:mark_length] + first
    return line[:mark_length].strip()
