"""The passages beside an answer, a search or a row of a table, as HTML that the page's Markdown leaves as it is."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from assistant.datamodels import Answer, Citation, Hit, Passage
from assistant.interfaces import DocumentStore
from assistant.language.tokenization import content_tokens
from assistant.page.reading.reader import address_of
from assistant.records import location


def shared_words(question: str, text: str) -> list[str]:
    """The words of the question that a text has, longest first, none inside another."""
    shared: list[str] = []
    for run in re.findall(r"[\w.]+", question):
        spans = [token for token in content_tokens(run) if token in text]
        shared += _joined(run, spans)
    words = sorted(dict.fromkeys(shared), key=len, reverse=True)
    return [word for rank, word in enumerate(words) if not any(word in longer for longer in words[:rank])]


def _joined(run: str, tokens: Sequence[str]) -> list[str]:
    """Neighbouring tokens that a run of words has one over the other, as the stretches they cover."""
    covered = [False] * len(run)
    for token in tokens:
        for found in re.finditer(re.escape(token), run):
            covered[found.start() : found.end()] = [True] * len(token)
    signs = "".join(sign if kept else "\n" for sign, kept in zip(run, covered, strict=True))
    return signs.split()


def turn_panel(answer: Answer, store: DocumentStore) -> str:
    """The passages behind an answer, or the nearest ones behind a refusal."""
    if answer.refusal is not None:
        nearest = answer.refusal.nearest
        cards = [_card(hit.passage, None, "相关内容") for hit in nearest]
    else:
        cards = [_cited(store, citation) for citation in answer.citations]
    return _section(answer.question, cards)


def hits_panel(question: str, hits: Sequence[Hit]) -> str:
    """The passages of a search, with the words that they share with the question."""
    cards = []
    for hit in hits:
        words = _emphasised(hit.passage.text, shared_words(question, hit.passage.text))
        cards.append(_card(hit.passage, None, f"[{hit.rank}]", words))
    return _section(question, cards)


def _section(question: str, cards: Sequence[str]) -> str:
    """One line without an empty one: the page's Markdown leaves such a block of HTML as it is."""
    return f"<section class='turn'><h2>{html.escape(' '.join(question.split()))}</h2>{''.join(cards)}</section>"


def _cited(store: DocumentStore, citation: Citation) -> str:
    return _card(store.passage_by_id(citation.passage_id), citation, f"[{citation.marker}]")


def _card(passage: Passage, citation: Citation | None, label: str, words: str = "") -> str:
    """One passage with the quoted words highlighted, or as ``words`` tell, and the file's own where they differ."""
    where = html.escape(location(passage.source, passage.title, passage.section_path))
    original = ""
    if citation is not None and citation.original != citation.quote:
        original = f"<details><summary>文件原文(未修复)</summary><p>{_lines(citation.original)}</p></details>"
    span = (
        (citation.original_start, citation.original_end) if citation else (passage.original_start, passage.original_end)
    )
    return (
        f"<article class='passage'><h3><b>{html.escape(label)}</b> {where}</h3>"
        f"<p class='words'>{words or _highlighted(passage, citation)}</p>{original}"
        f"<footer>{html.escape(passage.source)} 第 {span[0]}–{span[1]} 字 "
        f"{_whole(passage, citation)}</footer></article>"
    )


def _whole(passage: Passage, citation: Citation | None) -> str:
    """A link to the whole document, at the quote or the passage."""
    span = (citation.start, citation.end) if citation else (passage.start, passage.end)
    return f"<a class='whole' href='{html.escape(address_of(passage.document_id, span))}'>在全文中查看</a>"


def _highlighted(passage: Passage, citation: Citation | None) -> str:
    if citation is None:
        return _lines(passage.text)
    start, end = citation.start - passage.start, citation.end - passage.start
    before, quote, after = passage.text[:start], passage.text[start:end], passage.text[end:]
    return f"{_lines(before)}<mark>{_lines(quote)}</mark>{_lines(after)}"


def _emphasised(text: str, words: Sequence[str]) -> str:
    """The text with the words in bold."""
    if not words:
        return _lines(text)
    pieces = re.split(f"({'|'.join(map(re.escape, words))})", text)
    return "".join(f"<b>{_lines(one)}</b>" if rank % 2 else _lines(one) for rank, one in enumerate(pieces))


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
