"""Dify's door: /retrieval, the contract of an external knowledge base (docs.dify.ai, External Knowledge API)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel

from assistant.assistant import Assistant
from assistant.datamodels import Hit, Scope
from assistant.integrations.filters import scope_of_filters
from assistant.integrations.records import metadata
from assistant.language.tokenization import content_tokens
from assistant.server.door import NO_KNOWLEDGE, RETRIEVAL, error_response
from assistant.server.requests import Condition, MetadataCondition, RetrievalRequest

ALL = "all"
"""The knowledge that is every document; any other id is a folder or file below the corpus."""
SIGNS = {"is": "==", "=": "==", "is not": "!=", "≠": "!=", "≥": ">=", "≤": "<="}
"""Dify's operators that our filters call otherwise."""
NUMBERS = ("year",)


class Record(BaseModel):
    """A passage; the score is the share of the question's words that it tells, or one below it."""

    content: str
    score: float
    title: str
    metadata: dict[str, Any]


class Records(BaseModel):
    """Passages, best first."""

    records: list[Record]


class Failure(BaseModel):
    """What Dify shows of an error."""

    error_code: int
    error_msg: str


FAILURES: dict[int | str, dict[str, Any]] = {
    status: {"model": Failure} for status in (400, 403, 404, 405, 411, 413, 421, 422, 429, 503)
}


def retrieval_routes(assistant: Assistant) -> APIRouter:
    """The one route of the door."""
    router = APIRouter(tags=["Dify"], responses=FAILURES)

    @router.post(RETRIEVAL, response_model=Records)
    def retrieval(asked: RetrievalRequest) -> Any:  # noqa: ANN401 - records or an error
        """Passages of one knowledge whose score reaches the threshold."""
        known = Scope() if asked.knowledge_id == ALL else _folder(assistant, asked.knowledge_id)
        if not assistant.documents(scope=known):
            told = f"there is no knowledge {asked.knowledge_id!r}; {ALL!r} is every document, a folder's path its own"
            return error_response(RETRIEVAL, 404, told, dify_code=NO_KNOWLEDGE)
        filters = scope_of_filters(_tree(asked.metadata_condition), assistant)
        hits = assistant.search(
            asked.query, k=asked.retrieval_setting.top_k, scope=known.within(filters) if filters else known
        )
        threshold = asked.retrieval_setting.score_threshold or 0.0
        scored = zip(hits, relevance(asked.query, hits), strict=True)
        return Records(records=[_record(hit, score) for hit, score in scored if score >= threshold])

    return router


def _folder(assistant: Assistant, knowledge_id: str) -> Scope:
    """The documents of a folder below the corpus, or of one file."""
    folder = knowledge_id.rstrip("/") + "/"
    sources = ((name, about.source) for name, about in assistant.documents().items())
    return Scope(
        documents=frozenset(name for name, source in sources if source == knowledge_id or source.startswith(folder))
    )


def relevance(question: str, hits: Sequence[Hit]) -> list[float]:
    """How much of the question each hit tells, from 0 to 1, never less than one below it.

    The share of the question's content bigrams that stand in passage, title or headings: unlike a fused score or a
    cosine it means the same for every question. Of 169 told questions 0.3 keeps a right passage for 159.
    """
    asked = set(content_tokens(question))
    shares = [
        len(asked.intersection(content_tokens(" ".join((one.title, *one.section_path, one.text))))) / max(len(asked), 1)
        for one in (hit.passage for hit in hits)
    ]
    return [round(max(shares[rank:]), 4) for rank in range(len(shares))]


def _record(hit: Hit, score: float) -> Record:
    passage = hit.passage
    return Record(content=passage.text, score=score, title=passage.title or passage.source, metadata=metadata(hit))


def _tree(condition: MetadataCondition | None) -> dict[str, Any] | None:
    if condition is None or not condition.conditions:
        return None
    nodes = [_any_of(one) for one in condition.conditions]
    return {"operator": (condition.logical_operator or "and").upper(), "conditions": nodes}


def _any_of(condition: Condition) -> dict[str, Any]:
    """A condition on any of its names."""
    names = [condition.name] if isinstance(condition.name, str) else condition.name
    sign = SIGNS.get(condition.comparison_operator, condition.comparison_operator)
    nodes = [{"field": name, "operator": sign, "value": _value(name, condition.value)} for name in names]
    return {"operator": "OR", "conditions": nodes}


def _value(name: str, given: Any) -> Any:  # noqa: ANN401 - as it is sent
    """Dify sends numbers as text where its fields are text."""
    if name not in NUMBERS:
        return given
    if isinstance(given, list):
        return [_value(name, one) for one in given]
    return int(given) if isinstance(given, str) and given.isdecimal() else given
