"""Measure an index on judged questions: retrieval, answers, quotes, refusals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answering.checking.citations import is_valid
from assistant.datamodels import Answer, Hit, Passage
from assistant.evaluation.judgements import Judgement
from assistant.evaluation.metrics import (
    ndcg_at_k,
    precision_and_recall,
    recall_at_k,
    reciprocal_rank,
    success_at_k,
)
from assistant.interfaces import DocumentStore

DEPTH = 10
QUOTED_SHARE = 0.5


class Asked(Protocol):
    """What is measured: an ``Assistant``, or anything that searches and answers alike."""

    @property
    def store(self) -> DocumentStore:
        """The documents that are searched."""

    def search(self, question: str, *, k: int = ...) -> list[Hit]:
        """The best passages."""

    def ask(self, question: str) -> Answer:
        """A cited answer or a refusal."""


@dataclass(frozen=True)
class QuestionResult:
    """How one question went; retrieval figures are None for a question that the documents do not answer."""

    question_id: str
    style: str
    answerable: bool
    refused: bool
    correct: bool
    """All (or any, as the question needs) evidence quoted; for an unanswerable question, refused."""
    retrieval: dict[str, float] | None
    citations: int
    valid_citations: int


@dataclass(frozen=True)
class Evaluation:
    """Means over the questions."""

    figures: dict[str, float | None]
    questions: tuple[QuestionResult, ...]


def evaluate(
    assistant: Asked, judgements: Sequence[Judgement], progress: Callable[[int, int], None] | None = None
) -> Evaluation:
    """Search and ask every question; ``progress`` is told (questions done, questions)."""
    passages = assistant.store.passages()
    results = []
    for number, judgement in enumerate(judgements, start=1):
        results.append(_result(assistant, judgement, passages))
        if progress:
            progress(number, len(judgements))
    return Evaluation(_figures(results), tuple(results))


def _result(assistant: Asked, judgement: Judgement, passages: list[Passage]) -> QuestionResult:
    answer = assistant.ask(judgement.question)
    quoted = [is_quoted(answer, judgement, number) for number in range(len(judgement.spans))]
    supported = all(quoted) if judgement.need == "all" else any(quoted)
    store = assistant.store
    return QuestionResult(
        question_id=judgement.question_id,
        style=judgement.style,
        answerable=judgement.answerable,
        refused=not answer.answered,
        correct=supported if judgement.answerable else not answer.answered,
        retrieval=_retrieval(assistant, judgement, passages) if judgement.answerable else None,
        citations=len(answer.citations),
        valid_citations=sum(
            is_valid(citation, store.passage_by_id(citation.passage_id))
            and store.source_text(citation.source).text[citation.original_start : citation.original_end]
            == citation.original
            for citation in answer.citations
        ),
    )


def is_quoted(answer: Answer, judgement: Judgement, number: int) -> bool:
    """Whether one quote holds at least half of the evidence span."""
    span = judgement.spans[number]
    shared = (
        span.overlap(citation.source, citation.original_start, citation.original_end) for citation in answer.citations
    )
    return max(shared, default=0) >= QUOTED_SHARE * (span.end - span.start)


def _retrieval(assistant: Asked, judgement: Judgement, passages: list[Passage]) -> dict[str, float]:
    hits = assistant.search(judgement.question, k=DEPTH)
    relevant = [_overlapped(judgement, hit.passage) for hit in hits]
    spans = len(judgement.spans)
    return {
        **{f"recall@{k}": recall_at_k(relevant, spans, k) for k in (1, 5, 10)},
        **{f"success@{k}": success_at_k(relevant, k) for k in (1, 5)},
        "mrr@10": reciprocal_rank(relevant, DEPTH),
        "ndcg@10": ndcg_at_k(relevant, sum(bool(_overlapped(judgement, passage)) for passage in passages), DEPTH),
    }


def _overlapped(judgement: Judgement, passage: Passage) -> frozenset[int]:
    """Numbers of the evidence spans that the passage shares a character with."""
    stretch = (passage.source, passage.original_start, passage.original_end)
    return frozenset(number for number, span in enumerate(judgement.spans) if span.overlap(*stretch))


def _figures(results: list[QuestionResult]) -> dict[str, float | None]:
    answerable = [result for result in results if result.answerable]
    retrieval = [result.retrieval for result in results if result.retrieval]
    figures: dict[str, float | None] = {"questions": len(results), "answerable": len(answerable)}
    for name in retrieval[0] if retrieval else ():
        figures[name] = sum(figure[name] for figure in retrieval) / len(retrieval)
    figures["answer_accuracy"] = _share([result.correct for result in answerable])
    citations = sum(result.citations for result in results)
    figures["citations"] = citations
    figures["quote_validity"] = sum(result.valid_citations for result in results) / citations if citations else None
    figures["refusal_precision"], figures["refusal_recall"] = precision_and_recall(
        [result.refused for result in results], [not result.answerable for result in results]
    )
    return figures


def _share(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None
