"""Marks that open headings and items: 一、 (一) 1、 (1) ① 一是."""

from __future__ import annotations

import re

from assistant.language.numbers import ORDINAL as NUMBER
from assistant.language.units import UNIT_AT_LINE_START

# In the order of their usual rank. A mark of a higher rank closes every open section of its own rank and below.
STYLES = (
    re.compile(rf"第({NUMBER})[章部编节](?:分)?\s*[、.．:：]?"),
    re.compile(rf"({NUMBER})\s*[、.．:：](?!{NUMBER}[、类等线产级季])|()、(?=[\u4e00-\u9fff]{{2,12}}$)"),
    re.compile(rf"[(（]\s*({NUMBER})\s*[)）]\s*[、.．]?"),
    re.compile(r"(\d{1,2})\s*(?:[、．](?!\d{1,2}(?!\d))|\.(?!\d))"),
    re.compile(r"[(（](\d{1,2})[)）]|(\d{1,2})[)）]"),
    re.compile(r"([①-⑳])"),
)
CHINESE_STYLES = frozenset({0, 1, 2})
ARABIC = 3
INLINE = len(STYLES)
"""Rank of 一是, 二是 …, at the start of a line or inside it."""
# An item whose mark was lost: 1强化…。 Only where the items before it count up to it.
BARE_NUMBER = re.compile(rf"(\d{{1,2}})(?=[\u4e00-\u9fff]){UNIT_AT_LINE_START}")
ORDINAL = re.compile(rf"(?:^|(?<=[。；;:：，,、！!\s”)）]))({NUMBER})(?:是|要)(?!否)")
OPENING = re.compile(rf"^{NUMBER}(?:是|要)|^\d{{1,2}}(?=[\u4e00-\u9fff])")
"""A mark that only the start of an item shows."""
ITEM = re.compile(rf"^(?:\d{{1,2}}[.、．]|[(（](?:{NUMBER}|\d{{1,3}})[)）]|[一二三四五六七八九十]是)")
"""The mark in front of a quoted item."""
BEFORE_WORDS = re.compile(r"(?:\s|[、和及与并的]|\d{1,2}[.、．](?!\d)|[(（][一二三四五六七八九十\d]{1,3}[)）])*")
"""Marks and joints in front of the words of an indicator."""
PARAGRAPH = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|第[一二三四五六七八九十]{1,3}[章条节]"
)
"""A mark that begins a paragraph of a page."""
WORK = re.compile(
    r"^(?P<title>.{0,40}?)[(（]?(?P<part>第?篇[一二三四五六七八九十百\d]{1,4}|第[一二三四五六七八九十百]{1,4}篇)[)）]?$",
    re.MULTILINE,
)
"""The heading line of a work in a compilation."""
FIRST_MARK = re.compile(r"一、|[(（]一[)）]|1[.、．]")
"""The mark that a list begins with."""
LONGEST = 4
"""Characters of a heading that is its mark alone."""


def mark_length(text: str) -> int:
    """Length of the mark that opens the text: (一), 4., 一是; 0 where there is none."""
    matches = (style.match(text) for style in (*STYLES, OPENING))
    return next((match.end() for match in matches if match), 0)


def is_numbered(line: str) -> bool:
    """Whether a mark opens the line, but for bare numbers and ordinals."""
    return any(style.match(line) for style in STYLES)


def rank_of_mark(text: str) -> int | None:
    """The rank of the mark that opens the text, or of a number that is all of it; None where there is none."""
    bare = re.fullmatch(rf"{NUMBER}|(\d{{1,3}})", text)
    if bare:
        return ARABIC if bare[1] else 1
    return next((rank for rank, style in enumerate(STYLES) if style.match(text)), None)


def without_mark(text: str) -> str:
    """The text behind the mark that opens it."""
    found = next((match for style in STYLES if (match := style.match(text))), None)
    return text[found.end() :].strip() if found and found.end() < len(text) else text


ENUMERATES = re.compile(r"、|；|[^,，。]{2,}[和与及][^,，。]{2,}|《[^》]+》|“[^”]+”|一是|[,，][^,，。]{2,12}[,，]")
"""Marks and words between the items of a list."""
BESIDE_WORDS = re.compile(r"[\s“”\"'《》〈〉‘’「」的]")
"""What may stand in the midst of a phrase and does not change it."""
