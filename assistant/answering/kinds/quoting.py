"""Sentences as quoted lines: what the kinds of answers share that quote from one place."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answering.checking.citations import cite, is_valid, repeats
from assistant.answering.checking.guarantee import is_quoted
from assistant.answering.evidence.document_scope import missing_years
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.sentences import lead, name_tokens
from assistant.datamodels import Answer, Citation, Notice, NoticeKind, Question, Quoted, Sentence, TableValue
from assistant.interfaces import DocumentStore
from assistant.language import asking
from assistant.language.marks import ENUMERATES
from assistant.language.numbered_terms import asked_terms
from assistant.language.polarity import CAUSES
from assistant.language.sentences import DAMAGED, split_sentences
from assistant.language.tokenization import evidence_tokens
from assistant.language.units import MASKED_VALUE

LEAST_SHARED, LEAST_OF_A_NUMBER = (0.4, 0.2), (0.5, 0.25)
"""Shares of the question's characters and words, by weight, that quotes with their headings must hold to answer."""
SHORT = 24
"""Characters of a sentence that announces the next one."""
Span = Callable[[Question, Sentence], tuple[int, int]]
"""What of a sentence's passage is quoted."""


def quoted_answer(evidence: Evidence, kind: str, chosen: list[Sentence], span: Span) -> Answer:
    """Each sentence as a line over its quote, then what is to be said about them."""
    question, store = evidence.question, evidence.library.store
    citations: list[Citation] = []
    lines: list[Quoted | TableValue] = []
    for sentence in chosen:
        passage = sentence.hit.passage
        citation = cite(store, passage, *span(question, sentence), len(citations) + 1)
        same = next((one for one in citations if one.quote == citation.quote and one.start == citation.start), None)
        if is_valid(citation, passage) and sentence.heads and same is not None:
            lines.append(TableValue(sentence.heads, sentence.lead, sentence.unit, (same.marker,)))
        elif is_valid(citation, passage) and not repeats(citation, citations):
            citations.append(citation)
            lines.append(_line(question, sentence, citation, store))
    years = missing_years(question, chosen, store)
    notices = [Notice("missing", tuple(f"{year}年" for year in years))] if years else []
    kinds: list[NoticeKind] = [sentence.notice for sentence in chosen if sentence.notice]
    if any(DAMAGED.search(citation.quote) for citation in citations):
        kinds.append("damaged")
    if lines and not chosen[0].named and question.kind == "number" and MASKED_VALUE.search(lines[0].words):
        kinds.append("masked")
    notices += map(Notice, dict.fromkeys(kinds))
    near = [Notice("nearest")] if _is_near(evidence, chosen, citations) else []
    return Answer(question.text, kind, (*near, *lines, *notices), tuple(citations))


def _line(question: Question, sentence: Sentence, citation: Citation, store: DocumentStore) -> Quoted | TableValue:
    """The words that answer; the whole quote where they would cut off what belongs to them."""
    if sentence.heads:
        return TableValue(sentence.heads, sentence.lead, sentence.unit, (citation.marker,))
    words = sentence.lead or lead(question, citation.quote)
    return Quoted(words if is_quoted(words, citation, store) else citation.quote, (citation.marker,))


def _is_near(evidence: Evidence, chosen: list[Sentence], citations: list[Citation]) -> bool:
    """Whether the quotes share so little with the question that they only come near to it."""
    question, weights = evidence.question, evidence.library.weights
    if question.foreign or all(sentence.named for sentence in chosen):
        return False
    told = " ".join(part for one in citations for part in (one.quote, *one.section_path))
    if question.kind == "list" and not ENUMERATES.search(told):
        return True  # a number of things is no list of them
    if asked_terms(question.text) or (asking.WHY.search(question.key) and not CAUSES.search(told)):
        return True  # a term that counts its parts is told by these alone, a reason by words that give one
    about = evidence.library.store.facts[citations[0].document_id]
    called = " ".join((about.title, about.place, about.bureau))
    names = set(name_tokens(about))
    topic = [one for one in question.tokens if one not in names]
    characters = weights.coverage(question.characters, set(told + called))
    words = weights.coverage(topic, set(evidence_tokens(told))) if topic else 1.0
    least_characters, least_words = LEAST_OF_A_NUMBER if question.kind == "number" else LEAST_SHARED
    return characters < least_characters or words < least_words


def sentence_span(question: Question, sentence: Sentence) -> tuple[int, int]:
    """The sentence, with the next one where it only announces it; a heading with the paragraph below it."""
    if sentence.heading:
        return paragraph_span(question, sentence)
    announces = sentence.text.endswith((":", "：")) or len(sentence.text) < SHORT
    if sentence.named or question.kind not in ("fact", "list") or not announces:
        return sentence.start, sentence.end
    passage = sentence.hit.passage
    line = passage.text[sentence.end - passage.start :].partition("\n")[0]
    following = next(split_sentences(line, sentence.end), None)
    return sentence.start, following[2] if following else sentence.end


def paragraph_span(_: Question, sentence: Sentence) -> tuple[int, int]:
    """The paragraph around the sentence; a heading with the paragraph below it."""
    passage = sentence.hit.passage
    before = passage.text.rfind("\n", 0, sentence.start - passage.start) + 1
    after = passage.text.find("\n", sentence.end - passage.start)
    if sentence.heading and after >= 0:
        after = passage.text.find("\n", after + 1)
    end = len(passage.text) if after < 0 else after
    return passage.start + before, passage.start + len(passage.text[:end].rstrip())
