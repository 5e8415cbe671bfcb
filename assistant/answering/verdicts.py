"""Questions that are answered with yes or no: the quote that tells, led by a verdict where its words decide it."""

from __future__ import annotations

from dataclasses import replace

from assistant.answering.claims import DONE, claim_of, claimed_quantity, verdict
from assistant.answering.extraction import Extract, extract
from assistant.answering.frames import CONTRADICTION_NOTICE
from assistant.answering.guarantee import MARKS
from assistant.answering.questions import Question, understand
from assistant.retrieval.retriever import Filters, HybridRetriever


def judge(question: Question, retriever: HybridRetriever, filters: Filters) -> Extract:
    """A number that is claimed is asked for, and must be told by a row; other claims are asked for as they stand."""
    claim = claim_of(question.text)
    claimed = claimed_quantity(claim)
    if claimed is not None:
        before = claim[: claimed.start].rstrip("了")
        done = "了" if DONE.search(claim) else ""
        asked = f"{before}{done}多少{claimed.unit}{claim[claimed.end :]}?"
        found = extract(understand(asked), retriever, filters)
        if found.answer.answered or "只有计划" in found.answer.text:
            return _framed(question.text, found) if found.by_rows else found
    return _framed(question.text, extract(replace(understand(claim), kind="fact"), retriever, filters))


def _framed(question: str, found: Extract) -> Extract:
    answer = found.answer
    if not answer.answered or CONTRADICTION_NOTICE in answer.text:
        return found
    first = next(MARKS.sub("", line) for line in answer.text.split("\n") if MARKS.search(line))
    frame = verdict(question, first)
    return replace(found, answer=replace(answer, text=f"{frame}\n{answer.text}")) if frame else found
