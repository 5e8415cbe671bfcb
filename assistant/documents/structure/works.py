"""Split a compilation into its works: a file whose heading lines repeat one title with 篇一, 篇二, 篇三 …"""

from __future__ import annotations

import re
from collections import defaultdict

from assistant.documents.cleaning.aligned_text import AlignedText
from assistant.language.marks import WORK


def split_works(aligned: AlignedText) -> list[tuple[str, AlignedText]]:
    """(title, text) of each work; a file that is no compilation is one work with an empty title.

    What stands before the first heading is a work of its own where it says anything.
    """
    headings = _headings(aligned.text)
    if not headings:
        return [("", aligned)]
    starts = [match.start() for match in headings]
    works = [("", aligned.slice(0, starts[0]))] if aligned.text[: starts[0]].strip() else []
    for match, end in zip(headings, [*starts[1:], len(aligned.text)], strict=True):
        works.append((match[0].strip(), aligned.slice(match.start(), end)))
    return works


def _headings(text: str) -> list[re.Match[str]]:
    """Heading lines of the title that repeats most often, at least twice."""
    by_title: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in WORK.finditer(text):
        by_title[match["title"]].append(match)
    most = max(by_title.values(), key=len, default=[])
    return most if len(most) >= 2 else []
