"""The JSON that other programs read, as types. Fields are added, never changed or taken away."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict  # pydantic makes schemas of no other before Python 3.12

from assistant.datamodels.answers import AnswerState, RefusalReason
from assistant.datamodels.documents import DocumentKind
from assistant.datamodels.facts import GoalStatus


class HitRecord(TypedDict):
    """A passage found: ranks from 1, None where that leg did not find it; offsets in the document and in the file."""

    rank: int
    score: float
    sparse_rank: int | None
    dense_rank: int | None
    passage_id: str
    document_id: str
    source: str
    title: str
    section_path: list[str]
    text: str
    start: int
    end: int
    original_start: int
    original_end: int
    years: list[int]
    place: str
    kind: DocumentKind
    sparse_score: float | None
    dense_score: float | None


class SearchRecord(TypedDict):
    """Passages, best first."""

    query: str
    hits: list[HitRecord]


class CitationRecord(TypedDict):
    """A quote, word for word, and the same span of the file; the marker is the [n] of the lines."""

    marker: int
    passage_id: str
    source: str
    title: str
    section_path: list[str]
    quote: str
    start: int
    end: int
    original_start: int
    original_end: int
    original: str
    page: int | None
    document_id: str
    years: list[int]
    place: str
    kind: DocumentKind


class RefusalRecord(TypedDict):
    """Why there is no answer, what is missing, and the ids of the passages that come nearest."""

    reason: RefusalReason
    missing: str
    only: GoalStatus | None
    nearest: list[str]


class AnswerRecord(TypedDict):
    """An answer over quotes, or a refusal; each line has its ``type``, its ``text``, and the fields of its type."""

    question: str
    answered: bool
    state: AnswerState
    kind: str
    text: str
    lines: list[dict[str, Any]]
    generated: bool
    notice: str
    refusal: RefusalRecord | None
    citations: list[CitationRecord]


class DocumentRecord(TypedDict):
    """What a document is called and about."""

    document_id: str
    source: str
    title: str
    kind: DocumentKind
    years: list[int]
    place: str
    bureau: str
    number: str
    issued: str
    draft: str
