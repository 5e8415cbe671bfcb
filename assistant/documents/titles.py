"""The title of a work: of the lines at its top, of the file's name, or of what a site says."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from assistant.datamodels import Place
from assistant.language.marks import is_numbered
from assistant.language.synonyms import bigrams
from assistant.language.titles import (
    BEFORE_STEM,
    BEFORE_TITLE,
    BEHIND_TITLE,
    NUMBER,
    OTHER_LINE,
    SITE_TITLE,
    TITLE_END,
    TITLE_WORD,
)

HEAD_LINES = 8
"""Lines at the top whose title or number is the work's own; further down it may be another's."""
TITLE_LINES = 25
MOST_JOINED = 4
"""Lines that one title may run over."""
LEAST_TITLE, LONGEST_TITLE = 6, 120
FULL_LINE = 14
"""Characters of a line that may run on into the next."""
SENTENCE_END = re.compile(r"[。；;，,！!?？：:]")
BLANK = re.compile(r"(?<=[\u4e00-\u9fff《》“”〔〕（）\d])\s+(?=[\u4e00-\u9fff《》“”〔〕（）\d])")


class Found(NamedTuple):
    """A value, where it stands, and whether that place is sure to tell it."""

    value: str
    where: Place = "text"
    certain: bool = False


def find_title(heading: str, text: str, dropped: tuple[str, ...], source: str) -> Found:
    """The heading of the work, else the title at the top of the text, else the file's name, else what a site named.

    Where the file's name holds the title of the text and more, such as its place and year, it is taken.
    """
    if heading:
        return Found(heading, "heading of the work", True)
    stem = named_by_file(source)
    lines = [BEFORE_TITLE.sub("", line).strip() for line in text.split("\n")[:TITLE_LINES]]
    found, rank = _in_lines(lines)
    is_title = TITLE_WORD.search(stem) and len(re.findall(r"[\u4e00-\u9fff]", stem)) >= LEAST_TITLE
    told = found and rank < HEAD_LINES and _key(found) not in _key(stem) and _same_title(found, stem)
    if is_title and not told:
        return Found(stem, "file name", True)
    if found:
        return Found(found, "text", rank < HEAD_LINES)
    named = next((match[1] or match[2] for line in dropped if (match := SITE_TITLE.search(line))), "")
    if named:
        return Found(named, "site")
    return Found(stem if re.search(r"[\u4e00-\u9fff]", stem) else "", "file name")


def named_by_file(source: str) -> str:
    """The name of a file without the number or date in front of it."""
    stem = PurePosixPath(source).stem
    return BEFORE_STEM.sub("", stem) or stem


def _key(title: str) -> str:
    return re.sub(r"\W", "", title)


def _same_title(found: str, stem: str) -> bool:
    """Whether a line of the text and the file's name are about one thing: half the pairs of characters of either."""
    pairs = bigrams(_key(found)), bigrams(_key(stem))
    return 2 * len(pairs[0] & pairs[1]) >= min(map(len, pairs))


def _in_lines(lines: list[str]) -> tuple[str, int]:
    """The first title among lines, joined where it runs over several, and the rank of its first line."""
    for rank in range(len(lines)):
        for last in range(rank, min(rank + MOST_JOINED, len(lines))):
            if not _may_be_title(lines[last], first=last == rank) or (last > rank and not _runs_on(lines[last - 1])):
                break
            title = BEHIND_TITLE.sub("", BLANK.sub("", "".join(lines[rank : last + 1]))).strip()
            if len(title) > LONGEST_TITLE:
                break
            if (
                TITLE_END.search(title)
                and len(re.findall(r"[\u4e00-\u9fff]", title)) >= 4
                and not _goes_on(lines, last)
            ):
                return title, rank
    return "", len(lines)


def _may_be_title(line: str, *, first: bool) -> bool:
    bare = BEHIND_TITLE.sub("", line[-LONGEST_TITLE:])
    if not line or len(line) > LONGEST_TITLE or SENTENCE_END.search(bare) or "|" in line or OTHER_LINE.search(line):
        return False
    return not (first and (is_numbered(line) or NUMBER.fullmatch(line.strip("()（） "))))


def _runs_on(line: str) -> bool:
    """Whether a title may go on below the line."""
    return (
        len(line) >= FULL_LINE
        or bool(re.search(r"(?:印发|关于|办公室|人民政府|局|厅|委员会|[、的])$", line))
        or (any(line.count(opening) > line.count(closing) for opening, closing in ("《》", "“”", "（）")))
    )


def _goes_on(lines: list[str], last: int) -> bool:
    """Whether the words up to this line only begin a longer title: …关于印发《某某 / 工作要点》的通知."""
    below = lines[last + 1] if last + 1 < len(lines) else ""
    line = lines[last]
    opened = line.count("《") > line.count("》") or line.count("（") > line.count("）")
    return bool(below) and (opened or bool(re.match(r"[》”）]?的(?:通知|决定|意见|报告)", below)))
