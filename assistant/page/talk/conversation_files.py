"""A conversation as a file to keep: Markdown or Word, each answer with the words it quotes and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.markdown import citation_places, escape_markdown, hit_places, quote_markdown, said_lines
from assistant.page.talk.exchanges import Exchange
from assistant.page.words import SENTENCES

if TYPE_CHECKING:
    from docx.document import Document

TITLE = SENTENCES["record"]
UNWRITABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to say."""


def sources(exchange: Exchange) -> list[tuple[int, str, str]]:
    """Mark, place and words of what an answer quotes, or of the passages that a search found."""
    return citation_places(exchange.answer) if exchange.answer else hit_places(exchange.hits)


def as_markdown(exchanges: Sequence[Exchange], now: datetime) -> str:
    """The conversation as Markdown; what documents and questions say is escaped."""
    parts = [f"# {TITLE}", f"{now:%Y-%m-%d %H:%M}"]
    for one in exchanges:
        parts += [f"## {escape_markdown(one.asked.text)}", *map(escape_markdown, _said(one))]
        parts += [quote_markdown(*source) for source in sources(one)]
    return "\n\n".join(parts) + "\n"


def write_word(exchanges: Sequence[Exchange], path: Path, now: datetime) -> None:
    """Write the conversation as a Word file."""
    import docx

    document = docx.Document()
    document.core_properties.title, document.core_properties.author = TITLE, ""
    document.add_heading(TITLE, level=1)
    document.add_paragraph(f"{now:%Y-%m-%d %H:%M}")
    for one in exchanges:
        document.add_heading(_writable(one.asked.text), level=2)
        for line in _said(one):
            document.add_paragraph(_writable(line))
        for source in sources(one):
            _add_source(document, *source)
    document.save(str(path))


def _add_source(document: Document, mark: int, where: str, words: str) -> None:
    paragraph = document.add_paragraph(style="Quote")
    paragraph.add_run(_writable(f"[{mark}] {where}\n")).bold = True
    paragraph.add_run(_writable(" ".join(words.split())))


def _said(exchange: Exchange) -> list[str]:
    answer = exchange.answer
    read = [f"只看:{exchange.within}"] if exchange.within else []
    if answer is None:
        return [*read, f"检索到 {len(exchange.hits)} 段:"]
    read += [f"按“{exchange.question}”理解"] if exchange.question != exchange.asked.text.strip() else []
    return [*read, *said_lines(answer)]


def _writable(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)
