"""Answers and passages as Markdown that shows what documents say letter by letter, each quote with its place."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from assistant.datamodels import Answer, Hit
from assistant.records import location

INLINE = re.compile(r"([\\`*_\[\]|~]|^[#>+-])", re.MULTILINE)
SIGNS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$^:=])")


def escape_markdown(text: str) -> str:
    """Text that a Markdown renderer shows letter by letter: HTML escaped, Markdown signs behind a backslash."""
    return html.escape(SIGNS.sub(r"\\\1", text), quote=False)


def escape_lightly(text: str) -> str:
    """The same for a client that may not render Markdown: only signs that would change the words get a backslash."""
    return html.escape(INLINE.sub(r"\\\1", text), quote=False)


def quote_markdown(mark: int, where: str, words: str) -> str:
    """A block quote: its mark and place, then the words on one line."""
    return f"> \\[{mark}\\] {escape_markdown(where)}\n>\n> {escape_markdown(' '.join(words.split()))}"


def said_lines(answer: Answer) -> list[str]:
    """What an answer says, line by line: how it came about, then its lines, or why there is none."""
    told = [answer.refusal.text] if answer.refusal else [line.text for line in answer.lines]
    return [answer.notice, *told] if answer.notice else told


def citation_places(answer: Answer) -> list[tuple[int, str, str]]:
    """Mark, place and quote of each citation, as people read them."""
    told = []
    for one in answer.citations:
        page = f" 第 {one.page} 页" if one.page else ""
        where = location(one.source, one.title, one.section_path)
        told.append((one.marker, f"{where}({one.source}{page})", one.quote))
    return told


def hit_places(hits: Sequence[Hit]) -> list[tuple[int, str, str]]:
    """Rank, place and text of each passage, as people read them."""
    told = []
    for hit in hits:
        passage = hit.passage
        where = location(passage.source, passage.title, passage.section_path)
        told.append((hit.rank, f"{where}({passage.source})", passage.text))
    return told


def answer_as_markdown(answer: Answer) -> str:
    """An answer, its quotes below it; of a refusal the nearest passages."""
    said = [escape_markdown(line) for line in said_lines(answer)]
    nearest = answer.refusal.nearest if answer.refusal else ()
    quotes = [quote_markdown(*one) for one in (*citation_places(answer), *hit_places(nearest))]
    return "\n\n".join([*said, *quotes])


def hits_as_markdown(hits: Sequence[Hit]) -> str:
    """Passages as block quotes."""
    return "\n\n".join(quote_markdown(*one) for one in hit_places(hits)) or "没有找到相关段落。"
