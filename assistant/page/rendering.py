"""Answers and passages as text that is safe to put into the page."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import groupby

from assistant.answering.checking.citations import cite
from assistant.datamodels import (
    Answer,
    Citation,
    Goal,
    Heading,
    Hit,
    Line,
    Measure,
    Passage,
    Quoted,
    TableRow,
    TableValue,
    Written,
)
from assistant.interfaces import DocumentStore
from assistant.language.frames import CHECKED, INDENT, SUMMARISED, TABLE_HEAD
from assistant.page.reader import address_of
from assistant.records import location, value_text

MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$^:=])")


def escape_markdown(text: str) -> str:
    """Text that a Markdown renderer shows letter by letter: HTML escaped, Markdown signs behind a backslash."""
    return html.escape(MARKDOWN.sub(r"\\\1", text), quote=False)


def anchor(turn: int, marker: int) -> str:
    """Name of a citation in the page, unique in the conversation."""
    return f"cite-{turn}-{marker}"


def answer_markdown(answer: Answer, turn: int) -> str:
    """The answer's lines, each mark a link to its passage; neighbouring table rows make one table.

    What is no answer is in a box of its own, for the eye and for screen readers.
    """
    told = _answer_markdown(answer, turn)
    if answer.state not in ("refused", "nearest"):
        return told
    return f"<div class='{answer.state}' role='status'>\n\n{told}\n\n</div>"


def _answer_markdown(answer: Answer, turn: int) -> str:
    blocks = [f"*{escape_markdown(answer.notice)}*"] if answer.notice else []
    if answer.refusal is not None:
        return "\n\n".join([*blocks, escape_markdown(answer.refusal.text)])
    for is_table, lines in groupby(answer.lines, key=lambda line: isinstance(line, TableRow)):
        shown = [_markdown(line, turn) + _opened(line, answer) for line in lines]
        blocks += ["\n".join([*TABLE_HEAD, *shown])] if is_table else shown
    return "\n\n".join(blocks)


def _markdown(line: Line, turn: int) -> str:
    match line:
        case TableRow():
            return f"| {escape_markdown(line.label)} | {_linked(line.words, line.markers, turn)} |"
        case Quoted():
            return INDENT * line.depth + _linked(line.words, line.markers, turn)
        case TableValue():
            heads = " · ".join(line.heads)
            return _linked(f"{heads}:{line.words}{line.unit}", line.markers, turn)
        case Written():
            return f"{_linked(f'{line.words}。', line.markers, turn)} *{CHECKED if line.checked else SUMMARISED}*"
        case Heading():
            return f"**{escape_markdown(line.text)}**"
        case _:  # the lines of help are a list
            return "\n".join(escape_markdown(one).replace("\\- ", "- ", 1) for one in line.text.split("\n"))


def _opened(line: Line, answer: Answer) -> str:
    """The quotes below a summary, to be read beside it."""
    if not isinstance(line, Written) or line.checked:
        return ""
    quotes = (" ".join(answer.citations[mark - 1].quote.split()) for mark in line.markers)
    return "".join(f"\n\n> {escape_markdown(quote)}" for quote in quotes)


def _linked(words: str, markers: tuple[int, ...], turn: int) -> str:
    """The words with each of their marks a link."""
    links = "".join(f" [\\[{mark}\\]](#{anchor(turn, mark)})" for mark in markers)
    return escape_markdown(words) + links


def understood(asked: str, question: str) -> str:
    """How a follow-up question was read, as a line above its answer; '' where it was taken as it stands."""
    if question == asked.strip():
        return ""
    return f"*按“{escape_markdown(question)}”理解*\n\n"


def turn_panel(answer: Answer, store: DocumentStore, turn: int, further: Sequence[Hit] = ()) -> str:
    """The passages behind an answer, or the nearest ones behind a refusal, as HTML; ``further`` ones can be opened."""
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
    cited = {citation.passage_id for citation in answer.citations}
    others = [one for one in further if one.passage.passage_id not in cited] if answer.citations else []
    if others:
        more = "".join(_card(hit.passage, None, f"more-{turn}-{hit.rank}", "相关内容") for hit in others)
        cards.append(f"<details class='further'><summary>检索到的其他相关段落</summary>{more}</details>")
    question = html.escape(" ".join(answer.question.split()))
    # One line without an empty one: the page's Markdown leaves such a block of HTML as it is.
    return f"<section class='turn'><h2>{question}</h2>{''.join(cards)}</section>"


def row_panel(row: Goal | Measure, related: list[tuple[str, Goal]], store: DocumentStore) -> str:
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
        f"<footer>{html.escape(passage.source)} 第 {span[0]}–{span[1]} 字 "
        f"{_whole(passage, citation)}</footer></article>"
    )


def _whole(passage: Passage, citation: Citation | None) -> str:
    """A link to the whole document, at the quote or the passage."""
    span = (citation.start, citation.end) if citation else (passage.start, passage.end)
    return f"<a class='whole' href='{html.escape(address_of(passage.document_id, *span))}'>在全文中查看</a>"


def _highlighted(passage: Passage, citation: Citation | None) -> str:
    if citation is None:
        return _lines(passage.text)
    start, end = citation.start - passage.start, citation.end - passage.start
    before, quote, after = passage.text[:start], passage.text[start:end], passage.text[end:]
    return f"{_lines(before)}<mark>{_lines(quote)}</mark>{_lines(after)}"


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
