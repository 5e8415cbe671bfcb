"""Outline the numbered headings of a work: 一、 › （一） › 1、 › (1) › ①."""

from __future__ import annotations

import re

from assistant.datamodels import Section

CHINESE_NUMBER = "[一二三四五六七八九十]{1,3}"
# In the order of their rank: a mark of a higher rank closes every open section of its own rank and below.
MARKERS = (
    re.compile(rf"(?:第{CHINESE_NUMBER}[章部编](?:分)?|{CHINESE_NUMBER})\s*[、.．:：]|、(?=[\u4e00-\u9fff]{{2,12}}$)"),
    re.compile(rf"[(（]\s*{CHINESE_NUMBER}\s*[)）]\s*[、.．]?"),
    re.compile(r"\d{1,2}\s*[、．]|\d{1,2}\.(?!\d)"),
    re.compile(r"[(（]\d{1,2}[)）]|\d{1,2}[)）]"),
    re.compile(r"[①-⑳]"),
)
# An item whose mark was lost: 1强化…。 Only where the items before it count up to it.
BARE_NUMBER = re.compile(r"(\d{1,2})(?=[\u4e00-\u9fff])(?!\d*[年月日时个家项件名人次亿万千百元点分届度期])")
BARE_LEVEL = 3
LONGEST_HEADING = 40
YEAR = re.compile(r"(?:(?:19|20)\d{2}|20[*xX]{1,2}|[xX]{4})年?")
HEADING_END = re.compile(r"[。：:；;]")


def outline(text: str, title: str = "") -> tuple[Section, ...]:
    """Sections in the order of their starts; the first is the whole text, level 0.

    Each numbered line opens a section that reaches to the next mark of its own rank or above. A years or a
    decimal at the start of a line (2013年, 1.6%) is no mark.
    """
    opened: list[tuple[str, int, int]] = [(title, 0, 0)]
    position = 0
    expected = 1
    for line in text.split("\n"):
        level, mark_length = _marker(line, expected)
        if level:
            opened.append((heading(line, mark_length), level, position))
            expected = _next_bare_number(line, level, expected)
        position += len(line) + 1
    return _nested(opened, len(text))


def _marker(line: str, expected: int) -> tuple[int, int]:
    """(level, length of the mark) of the mark that opens the line; level 0 where there is none."""
    for level, pattern in enumerate(MARKERS, start=1):
        match = pattern.match(line)
        if match:
            return level, match.end()
    match = BARE_NUMBER.match(line)
    if match and int(match[1]) == expected and len(line) > LONGEST_HEADING:
        return BARE_LEVEL, match.end()
    return 0, 0


def _next_bare_number(line: str, level: int, expected: int) -> int:
    """Which bare number may follow: items count up, and start again under a heading."""
    if level != BARE_LEVEL:
        return 1
    digits = re.match(r"\d+", line)
    return int(digits[0]) + 1 if digits else expected


def heading(line: str, mark_length: int) -> str:
    """The words of a heading, up to its 。 where it runs into text; the mark alone where they are long or a goal.

    A number other than a year makes a goal of it, which is told by its passage and not by its heading.
    """
    body = line[mark_length:]
    end = HEADING_END.search(body)
    first = body[: end.start()] if end else body
    if len(first) <= LONGEST_HEADING and not re.search(r"\d", YEAR.sub("", first)):
        return line[:mark_length] + first
    return line[:mark_length].strip()


def _nested(opened: list[tuple[str, int, int]], length: int) -> tuple[Section, ...]:
    """Give each opened section its end and its parent."""
    sections = []
    for rank, (words, level, start) in enumerate(opened):
        later = (begin for _, other, begin in opened[rank + 1 :] if other <= level)
        end = length if level == 0 else next(later, length)
        parent = next((above for above in range(rank - 1, -1, -1) if opened[above][1] < level), None)
        sections.append(Section(words, level, start, end, parent))
    return tuple(sections)
