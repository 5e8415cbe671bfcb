"""Answers and searches as Markdown that is safe to put into the page."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.datamodels import Answer, Citation, Heading, Hit, Line, Quoted, TableRow, TableValue, Written
from assistant.language.frames import CHECKED, SUMMARISED, TABLE_HEAD
from assistant.markdown import escape_lightly, escape_markdown
from assistant.page.reading.reader import address_of
from assistant.page.talk.panels import shared_words
from assistant.records import location

TABLE_HEADS: dict[type[Line], tuple[str, str]] = {
    TableRow: TABLE_HEAD,
    TableValue: ("| 表头 | 数值 |", "|---|---|"),
}
"""Of neighbouring lines that make one table."""


Address = Callable[..., str]
"""From a document's id and spans of it to where it is shown, as ``address_of``."""


@dataclass(frozen=True)
class Rendering:
    """How answers are written: where their marks lead, and whether HTML may tell what Markdown cannot."""

    address: Address = address_of
    html: bool = True

    def escaped(self, text: str) -> str:
        """Words that are shown letter by letter."""
        return escape_markdown(text) if self.html else escape_lightly(text)


def answer_markdown(answer: Answer, rendering: Rendering = Rendering()) -> str:
    """The answer's lines, each mark a link to its document at the quote, with whose it is behind.

    With HTML what is no answer is in a box of its own, for the eye and for screen readers.
    """
    told = _answer_markdown(answer, rendering)
    if answer.state not in ("refused", "nearest") or not rendering.html:
        return told
    return f"<div class='{answer.state}' role='status'>\n\n{told}\n\n</div>"


def _answer_markdown(answer: Answer, rendering: Rendering) -> str:
    """Neighbouring lines of a kind together: rows of tables as a table, quotes as a list."""
    blocks = [f"*{rendering.escaped(answer.notice)}*"] if answer.notice else []
    if answer.refusal is not None:
        nearest = _nearest_document(answer.refusal.nearest, rendering)
        return "\n\n".join([*blocks, rendering.escaped(answer.refusal.text), *nearest])
    for kind, group in groupby(
        zip(answer.lines, _labels(answer, rendering), strict=True), key=lambda one: type(one[0])
    ):
        lines = list(group)
        shown = [_markdown(line, label, answer, rendering) for line, label in lines]
        if kind is Quoted and len(lines) > 1:
            depths = [getattr(line, "depth", 0) for line, _ in lines]
            blocks.append("\n".join(f"{'  ' * depth}- {one}" for depth, one in zip(depths, shown, strict=True)))
        elif head := TABLE_HEADS.get(kind):
            blocks.append("\n".join([*head, *shown]))
        else:
            blocks += shown
    return "\n\n".join(blocks)


def _labels(answer: Answer, rendering: Rendering) -> list[str]:
    """Whose each line is, as places and years of the documents that it quotes; '' where that was said before it."""
    labels, before = [], ""
    for line in answer.lines:
        cited = (answer.citations[mark - 1] for mark in getattr(line, "markers", ()))
        whose = "".join(_label(one, rendering) for one in dict.fromkeys(map(_where, cited)) if one)
        labels.append("" if whose == before else whose)
        before = whose or before
    return labels


def _label(where: str, rendering: Rendering) -> str:
    return f" <small class='where'>{html.escape(where)}</small>" if rendering.html else f" ({rendering.escaped(where)})"


def _nearest_document(nearest: Sequence[Hit], rendering: Rendering) -> list[str]:
    """A link to the document that comes nearest."""
    if not nearest:
        return []
    passage = nearest[0].passage
    where = rendering.address(passage.document_id, (passage.start, passage.end))
    return [f"[打开《{rendering.escaped(passage.title or passage.source)}》]({where})"]


def _markdown(line: Line, label: str, answer: Answer, rendering: Rendering) -> str:
    def linked(words: str, markers: tuple[int, ...]) -> str:
        """The words with each of their marks a link."""
        marks = (_mark(mark, answer.citations[mark - 1], rendering) for mark in markers)
        return rendering.escaped(words) + "".join(f" {one}" for one in marks)

    match line:
        case TableRow():
            return f"| {rendering.escaped(line.label)} | {linked(line.words, line.markers)}{label} |"
        case Quoted():
            return linked(line.words, line.markers) + label
        case TableValue():
            heads = rendering.escaped(" · ".join(line.heads))
            return f"| {heads} | {linked(f'{line.words}{line.unit}', line.markers)}{label} |"
        case Written():
            said = linked(f"{line.words}。", line.markers) + label
            return f"{said} *{CHECKED if line.checked else SUMMARISED}*{_opened(line, answer, rendering)}"
        case Heading():
            return f"**{rendering.escaped(line.text)}**"
        case _:  # the lines of help are a list
            return "\n".join(rendering.escaped(one).replace("\\- ", "- ", 1) for one in line.text.split("\n"))


def _opened(line: Written, answer: Answer, rendering: Rendering) -> str:
    """The quotes below a summary, to be read beside it."""
    if line.checked:
        return ""
    quotes = (" ".join(answer.citations[mark - 1].quote.split()) for mark in line.markers)
    return "".join(f"\n\n> {rendering.escaped(quote)}" for quote in quotes)


def _mark(number: int, citation: Citation, rendering: Rendering) -> str:
    """A link to the quote in its document; the place and the quote stand in its title, to be read and copied."""
    where = f"{location(citation.source, citation.title, citation.section_path)}({citation.source})"
    target = rendering.address(citation.document_id, (citation.start, citation.end))
    return f'[\\[{number}\\]]({target} "{_title(where, citation.quote)}")'


def _title(where: str, words: str) -> str:
    return escape_markdown(f"{where}「{' '.join(words.split())}」").replace('"', "&quot;")


def _where(citation: Citation) -> str:
    """Place and years of the document of a quote: 丙市 2013."""
    return " ".join(part for part in (citation.place, "、".join(map(str, citation.years))) if part)


def understood(asked: str, question: str, within: str = "") -> str:
    """How a question was read, and ``within`` which documents, as lines above its answer; '' where neither is news."""
    told = [f"只看:{within}"] if within else []
    told += [f"按“{question}”理解"] if question != asked.strip() else []
    return "".join(f"*{escape_markdown(one)}*\n\n" for one in told)


def hits_markdown(question: str, hits: Sequence[Hit]) -> str:
    """The passages of a search with the score of each leg, and the words that brought them."""
    return "\n".join(f"{hit.rank}. {_found(question, hit)}" for hit in hits)


def _found(question: str, hit: Hit) -> str:
    passage = hit.passage
    where = location(passage.source, passage.title, passage.section_path)
    target = address_of(passage.document_id, (passage.start, passage.end))
    mark = f'[\\[{hit.rank}\\]]({target} "{_title(where, passage.text)}")'
    legs = (("词语", hit.sparse_rank, hit.sparse_score), ("语义", hit.dense_rank, hit.dense_score))
    told = [f"{name}第 {rank}({score:.2f})" for name, rank, score in legs if rank and score is not None]
    shared = "、".join(shared_words(question, passage.text))
    why = ";".join([f"综合 {hit.score:.2f}", *told, *([f"共有“{shared}”"] if shared else [])])
    return f"{escape_markdown(where)} {mark}<br><small>{html.escape(why)}</small>"
