"""Answer one question from one place: quotes with citations, a whole list where a list is asked, or a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answering.citations import cite, is_valid, repeats
from assistant.answering.document_scope import in_scope, missing_years
from assistant.answering.evidence import (
    DAMAGED,
    MASKED_VALUE,
    Sentence,
    TermWeights,
    lead,
    score_sentences,
    split_sentences,
)
from assistant.answering.frames import DAMAGED_NOTICE, MASKED_NOTICE, missing_frame, refusal_text
from assistant.answering.goal_evidence import asked_goals, goal_sentences, supported_by_rows
from assistant.answering.goal_questions import ALL_STATUSES, asked_statuses
from assistant.answering.lists import list_answer, listed_items
from assistant.answering.questions import Question
from assistant.answering.refusals import NEAREST, find_refusal
from assistant.datamodels import Answer, Citation, Hit, Refusal
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.retriever import Filters, HybridRetriever

HITS = 8
MOST_QUOTES = 4
ISSUED = re.compile(r"印发|发文|成文|落款|下发")
DATE_LINE = re.compile(r"[年月]?[一二三四五六七八九十\d]{1,3}日$|\d{6,8}印发|日印发")
LONGEST_DATE_LINE = 40
SHORT = 24
WORTHWHILE_GAIN = 0.18
WORTHWHILE_SCORE = 0.45


@dataclass(frozen=True)
class Extract:
    """An answer to one question, and whether rows of goals told it."""

    answer: Answer
    by_rows: bool = False


def extract(question: Question, retriever: HybridRetriever, filters: Filters, topic: str = "") -> Extract:
    """Answer from the evidence that the search for the question, and for the words of ``topic``, brings."""
    index = retriever.index
    found = retriever.search(f"{question.search_text} {topic}".strip(), k=HITS, filters=filters)
    hits = [hit for hit in found if in_scope(question, hit, index)]
    if question.years or question.places or question.names:
        hits = hits or _search_scope(question, retriever, filters)
    weights = TermWeights(index)
    sentences = score_sentences(question, hits, index, retriever.encoder)
    statuses = asked_statuses(question)
    goals = asked_goals(question, found, index, filters, weights, statuses)
    chosen = goal_sentences(question, goals, index)
    if not goals:
        chosen = _choose(question, supported_by_rows(question, sentences, index), weights)
    refusal = find_refusal(question, chosen, found, index)
    if not goals and refusal is not None:
        refusal = _row_refusal(question, found, index, filters, weights) or refusal
    if sentences and not chosen and refusal is not None and refusal.reason != "absent":
        refusal = replace(refusal, reason="absent", missing="")
    if refusal is not None:
        return Extract(Answer(question.text, refusal_text(refusal), refusal=refusal))
    if question.kind == "date" and ISSUED.search(question.text):
        chosen = _issue_lines(chosen[0], index) or chosen
    document = index.store.document(chosen[0].hit.passage.document_id)
    items = listed_items(question, chosen[0], document, index)
    if items:
        return Extract(list_answer(question, document, items, index))
    return Extract(_quoted_answer(question, chosen, retriever), bool(goals))


def _row_refusal(
    question: Question, found: list[Hit], index: HybridIndex, filters: Filters, weights: TermWeights
) -> Refusal | None:
    """Where a row has the number that is asked, but of another status or year: what is missing."""
    nearest = tuple(found[:NEAREST])
    if asked_goals(question, found, index, filters, weights, ALL_STATUSES):
        achieved = "achieved" in asked_statuses(question)
        return Refusal("absent", "完成情况(只有计划目标)" if achieved else "目标(只有完成情况)", nearest)
    if question.years and asked_goals(replace(question, years=()), found, index, filters, weights, ALL_STATUSES):
        return Refusal("wrong_year", "、".join(f"{year}年" for year in question.years), nearest)
    return None


def _issue_lines(best: Sentence, index: HybridIndex) -> list[Sentence]:
    """The short lines of the document with a date: signature and imprint, which may each have lost a part of it."""
    document_id = best.hit.passage.document_id
    found: list[Sentence] = []
    for passage in index.store.passages_of(document_id):
        for text, start, end in split_sentences(passage.text, passage.start):
            if len(text) <= LONGEST_DATE_LINE and DATE_LINE.search(text):
                hit = replace(best.hit, passage=passage)
                found.append(replace(best, hit=hit, text=text, start=start, end=end, lead="", named=True))
    return found


def _search_scope(question: Question, retriever: HybridRetriever, filters: Filters) -> list[Hit]:
    """Search the documents of the year or place that the question names, where the first search missed them.

    A filter that was given stays: what the question names only fills the gaps.
    """
    hits: list[Hit] = []
    place = filters.place or (question.places[-1][:-1] if question.places else None)
    for year in (filters.year,) if filters.year else question.years or (None,):
        found = retriever.search(question.search_text, k=HITS, filters=replace(filters, year=year, place=place))
        hits += [hit for hit in found if in_scope(question, hit, retriever.index)]
    return hits


def _choose(question: Question, sentences: list[Sentence], weights: TermWeights) -> list[Sentence]:
    """The best sentence, then each that adds words of the question which the ones before lack.

    Only a comparison may draw on a second document: words of one and a number of another make no answer.
    """
    chosen: list[Sentence] = []
    held: set[str] = set()
    for sentence in sentences:
        if len(chosen) == MOST_QUOTES:
            break
        gain = weights.coverage(question.tokens, held | sentence.covered) - weights.coverage(question.tokens, held)
        far_below = chosen and sentence.score < WORTHWHILE_SCORE * chosen[0].score
        elsewhere = chosen and sentence.hit.passage.document_id != chosen[0].hit.passage.document_id
        if not chosen or (
            gain >= WORTHWHILE_GAIN * (1 + sentence.heading) and not far_below and (question.compares or not elsewhere)
        ):
            chosen.append(sentence)
            held |= sentence.covered
    return chosen


def _quoted_answer(question: Question, chosen: list[Sentence], retriever: HybridRetriever) -> Answer:
    store = retriever.index.store
    citations: list[Citation] = []
    lines = []
    for sentence in chosen:
        passage = sentence.hit.passage
        start, end = _quoted_span(question, sentence)
        citation = cite(store, passage, start, end, len(citations) + 1)
        if is_valid(citation, passage) and not repeats(citation, citations):
            citations.append(citation)
            lines.append(f"{sentence.lead or lead(question, citation.quote)}[{citation.marker}]")
    missing = missing_years(question, chosen, retriever.index)
    if missing:
        lines.append(missing_frame([f"{year}年" for year in missing]))
    notices = [sentence.notice for sentence in chosen if sentence.notice]
    if any(DAMAGED.search(citation.quote) for citation in citations):
        notices.append(DAMAGED_NOTICE)
    if not chosen[0].named and question.kind == "number" and MASKED_VALUE.search(lines[0]):
        notices.append(MASKED_NOTICE)
    lines += dict.fromkeys(notices)
    return Answer(question.text, "\n".join(lines), tuple(citations))


def _quoted_span(question: Question, sentence: Sentence) -> tuple[int, int]:
    """The sentence, with the next one where it only announces it; the paragraph where a measure is asked."""
    passage = sentence.hit.passage
    if question.kind != "measure":
        announces = sentence.text.endswith((":", "：")) or len(sentence.text) < SHORT
        if question.kind not in ("fact", "list") or not announces:
            return sentence.start, sentence.end
        line = passage.text[sentence.end - passage.start :].partition("\n")[0]
        following = next(split_sentences(line, sentence.end), None)
        return sentence.start, following[2] if following else sentence.end
    before = passage.text.rfind("\n", 0, sentence.start - passage.start) + 1
    after = passage.text.find("\n", sentence.end - passage.start)
    end = len(passage.text) if after < 0 else after
    return passage.start + before, passage.start + len(passage.text[:end].rstrip())
