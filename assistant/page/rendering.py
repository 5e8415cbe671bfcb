"""Answers and passages as text that is safe to put into the page."""

from __future__ import annotations

import html
import re

from assistant.answering.citations import cite
from assistant.datamodels import Answer, Citation, Goal, Measure, Passage
from assistant.formatting import location
from assistant.retrieval.store import PassageStore
from assistant.tabulation import value_text

MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$^:=])")
MARK = re.compile(r"\[(\d+)\]$")


def escape_markdown(text: str) -> str:
    """Text that a Markdown renderer shows letter by letter: HTML escaped, Markdown signs behind a backslash."""
    return html.escape(MARKDOWN.sub(r"\\\1", text), quote=False)


def anchor(turn: int, marker: int) -> str:
    """Name of a citation in the page, unique in the conversation."""
    return f"cite-{turn}-{marker}"


def answer_markdown(answer: Answer, turn: int) -> str:
    """The answer's lines, each mark a link to its passage."""
    lines = []
    for line in answer.text.split("\n"):
        mark = MARK.search(line)
        if mark and answer.citations:
            target = f" [\\[{mark[1]}\\]](#{anchor(turn, int(mark[1]))})"
            lines.append(escape_markdown(line[: mark.start()]) + target)
        else:
            lines.append(escape_markdown(line))
    return "\n\n".join(lines)


def turn_panel(answer: Answer, store: PassageStore, turn: int) -> str:
    """The passages behind an answer, or the nearest ones behind a refusal, as HTML."""
    if answer.refusal is not None:
        cards = [_card(hit.passage, None, f"near-{turn}-{hit.rank}", "相关内容") for hit in answer.refusal.nearest]
    else:
        cards = [
            _card(
                store.passage_by_id(citation.passage_id),
                citation,
                anchor(turn, citation.marker),
                f"[{citation.marker}]",
            )
            for citation in answer.citations
        ]
    question = html.escape(" ".join(answer.question.split()))
    # One line without an empty one: the page's Markdown leaves such a block of HTML as it is.
    return f"<section class='turn'><h2>{question}</h2>{''.join(cards)}</section>"


def row_panel(row: Goal | Measure, related: list[tuple[str, Goal]], store: PassageStore) -> str:
    """The passage behind a row of a table with its words highlighted, then related rows under a word each, as HTML."""
    passage = store.passage_by_id(row.passage_id)
    start, end = max(row.start, passage.start), min(row.end, passage.end)
    card = _card(passage, cite(store, passage, start, end, 1), "row-passage", "原文")
    items = "".join(
        f"<li><b>{html.escape(label)}</b> {html.escape(' '.join((other.period, value_text(other))))}:"
        f"“{html.escape(other.raw)}” <small>{html.escape(other.title or other.source)}</small></li>"
        for label, other in related
    )
    return f"<section class='turn'>{card}{f'<ul>{items}</ul>' if items else ''}</section>"


def _card(passage: Passage, citation: Citation | None, identifier: str, label: str) -> str:
    """One passage with the quoted words highlighted, and the words of the file where they differ."""
    where = html.escape(location(passage.source, passage.title, passage.section_path))
    original = ""
    if citation is not None and citation.original != citation.quote:
        original = f"<details><summary>文件原文(未修复)</summary><p>{_lines(citation.original)}</p></details>"
    span = (
        (citation.original_start, citation.original_end) if citation else (passage.original_start, passage.original_end)
    )
    return (
        f"<article class='passage' id='{identifier}' tabindex='-1'><h3><b>{html.escape(label)}</b> {where}</h3>"
        f"<p class='words'>{_highlighted(passage, citation)}</p>{original}"
        f"<footer>{html.escape(passage.source)} 第 {span[0]}–{span[1]} 字</footer></article>"
    )


def _highlighted(passage: Passage, citation: Citation | None) -> str:
    if citation is None:
        return _lines(passage.text)
    start, end = citation.start - passage.start, citation.end - passage.start
    before, quote, after = passage.text[:start], passage.text[start:end], passage.text[end:]
    return f"{_lines(before)}<mark>{_lines(quote)}</mark>{_lines(after)}"


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
