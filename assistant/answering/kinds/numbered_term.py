"""What a term stands for that counts its parts: 三大攻坚战, “两城三园”, 六项行动.

A text tells them in a row beside the term (甲、乙、丙等三项行动), or in as many sentences or headings that each begin
with one of them. Either holds only where there are exactly as many as the term says.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.checking.citations import cite
from assistant.answering.checking.guarantee import is_quoted
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.numbered_parts import Span, row_beside, series_below
from assistant.datamodels import Answer, Citation, Counted, Document, Line, Question, Quoted, Refusal
from assistant.documents.structure.passages import passage_at
from assistant.language.numbered_terms import asked_terms
from assistant.language.sentences import split_sentences

NAME = "numbered term"
MOST_DOCUMENTS = 3


@dataclass(frozen=True)
class Parts:
    """Where a document tells the parts: for each term one stretch that lists them, or a stretch for each part."""

    document: Document
    rows: list[Span]
    series: list[Span]


def recognises(question: Question) -> bool:
    """It asks what a term stands for that says how many parts it has."""
    return bool(asked_terms(question.text))


def collects(evidence: Evidence) -> Parts | None:
    """The parts in the first document found that tells all of them; None where none does."""
    terms = asked_terms(evidence.question.text)
    names = list(dict.fromkeys(hit.document_id for hit in evidence.hits))[:MOST_DOCUMENTS]
    for document in map(evidence.library.store.document, names):
        rows = [row_beside(term, document.text) for term in terms]
        series = [[] if row else series_below(term, document) for term, row in zip(terms, rows, strict=True)]
        if all(row or spans for row, spans in zip(rows, series, strict=True)):
            return Parts(document, [row for row in rows if row], [span for spans in series for span in spans])
    return None


def refuses(_: Evidence, __: Parts) -> Refusal | None:
    """Never: all parts are there."""
    return None


def composes(evidence: Evidence, found: Parts) -> Answer:
    """Each row over its sentence; of a series the count and each part."""
    store, text = evidence.library.store, found.document.text
    passages = store.passages_of(found.document.document_id)
    citations: list[Citation] = []
    lines: list[Line] = [Counted(len(found.series), len(found.series))] if found.series and not found.rows else []
    for start, end in (*found.rows, *found.series):
        passage = passage_at(passages, start)
        around = [one for one in split_sentences(passage.text, passage.start) if one[1] < end and start < one[2]]
        last = min(passage.end, max(end, around[-1][2]))
        citation = cite(store, passage, min(start, around[0][1]), last, len(citations) + 1)
        citations.append(citation)
        words = text[start:end].strip()
        lines.append(Quoted(words if is_quoted(words, citation, store) else citation.quote, (citation.marker,)))
    return Answer(evidence.question.text, NAME, tuple(lines), tuple(citations))
