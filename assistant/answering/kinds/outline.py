"""What a document, or a part of it, is made of: the headings of its parts, each over its first sentence."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.checking.citations import cite
from assistant.answering.evidence.asked_document import asked_document
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.sentences import name_tokens
from assistant.answering.kinds.listing import cite_section
from assistant.datamodels import Answer, Citation, Counted, Document, Line, Passage, Question, Quoted, Refusal, Section
from assistant.language import asking
from assistant.language.marks import LONGEST as LONGEST_MARK
from assistant.language.sentences import split_sentences
from assistant.language.tokenization import content_tokens, evidence_tokens

NAME = "outline"
LEAST_HEADING = 0.5
"""Share of the words of a heading, by weight, that the question must hold for its parts to be the ones asked for."""


@dataclass(frozen=True)
class Outline:
    """A document and those of its sections that are its parts."""

    document: Document
    parts: list[Section]


def recognises(question: Question) -> bool:
    """总结一下, 分几大块."""
    return asking.OUTLINE.search(question.key) is not None


def collects(evidence: Evidence) -> Outline | None:
    """The parts of the document that is asked for, or of the section whose heading the question names."""
    document = asked_document(evidence)
    if document is None:
        return None
    parts = _parts(document, evidence)
    return Outline(document, parts) if len(parts) > 1 else None


def _parts(document: Document, evidence: Evidence) -> list[Section]:
    names, asked = set(name_tokens(document)), set(evidence_tokens(evidence.question.key))
    best, chosen = LEAST_HEADING, list[Section]()
    for rank, section in enumerate(document.sections):
        parts = [one for one in document.sections if one.parent == rank and len(one.heading) > LONGEST_MARK]
        own = [one for one in content_tokens(section.heading) if one not in names]
        share = evidence.library.weights.coverage(own, asked) if section.level else 0.0
        if len(parts) > 1 and (share > best or not chosen):
            best, chosen = max(best, share), parts
    return chosen


def refuses(_: Evidence, __: Outline) -> Refusal | None:
    """Never: there are parts."""
    return None


def composes(evidence: Evidence, found: Outline) -> Answer:
    """Each heading, and below it the first sentence that stands under it."""
    store, document = evidence.library.store, found.document
    passages = store.passages_of(document.document_id)
    lines: list[Line] = []
    citations: list[Citation] = []
    for part in found.parts:
        citation = cite_section(part, document, passages, store, len(citations) + 1)
        citations.append(citation)
        lines.append(Quoted(citation.quote, (citation.marker,)))
        below = _first_sentence(document, part, citation.end, passages)
        if below is not None:
            citations.append(cite(store, *below, len(citations) + 1))
            lines.append(Quoted(citations[-1].quote, (citations[-1].marker,), depth=1))
    listed = len(citations)
    count = Counted(listed - len(found.parts), listed, len(found.parts), "parts")
    return Answer(evidence.question.text, NAME, (count, *lines), tuple(citations))


def _first_sentence(
    document: Document, part: Section, start: int, passages: list[Passage]
) -> tuple[Passage, int, int] | None:
    """The first sentence of a part that is no heading itself, where it stands in one passage."""
    headings = {one.heading for one in document.sections}
    for passage in passages:
        begin, end = max(start, passage.start), min(part.end, passage.end)
        if begin >= end:
            continue
        for text, first, last in split_sentences(document.text[begin:end], begin):
            if text.strip() and text.rstrip("。：:") not in headings and len(text) > LONGEST_MARK:
                return passage, first, last
    return None
