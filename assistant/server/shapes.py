"""What the servers return beside the records of the command line, as types that schemas are made from."""

from __future__ import annotations

from typing import Any

from typing_extensions import TypedDict

from assistant.datamodels import Document, Goal, Measure
from assistant.datamodels.records import DocumentRecord


class GoalsRecord(TypedDict):
    """Some of the rows found, and how many there are."""

    total: int
    goals: list[Goal]


class MeasuresRecord(TypedDict):
    """Some of the measures found, and how many there are."""

    total: int
    measures: list[Measure]


class DocumentsRecord(TypedDict):
    """Some of the documents, and how many there are."""

    total: int
    documents: list[DocumentRecord]


class HeadingRecord(TypedDict):
    """A heading and where its section begins."""

    heading: str
    level: int
    start: int


class PageRecord(TypedDict):
    """A stretch of a document's text; ``next`` is where to go on, None at the end."""

    document_id: str
    source: str
    title: str
    start: int
    end: int
    length: int
    next: int | None
    text: str
    headings: list[HeadingRecord]


class ModelRecord(TypedDict):
    """A model as OpenAI's clients list it."""

    id: str
    object: str
    created: int
    owned_by: str


class ModelsRecord(TypedDict):
    """The models that there are."""

    object: str
    data: list[ModelRecord]


class CompletionRecord(TypedDict):
    """A chat completion; choices and annotations are as OpenAI's."""

    id: str
    object: str
    created: int
    model: str
    choices: list[dict[str, Any]]
    usage: dict[str, int]


def document_page(document: Document, start: int, characters: int) -> PageRecord:
    """So many characters of a document from ``start`` on, with the headings of all of it."""
    begin = min(start, len(document.text))
    end = min(begin + characters, len(document.text))
    return {
        "document_id": document.document_id,
        "source": document.source,
        "title": document.title,
        "start": begin,
        "end": end,
        "length": len(document.text),
        "next": end if end < len(document.text) else None,
        "text": document.text[begin:end],
        "headings": [
            {"heading": one.heading, "level": one.level, "start": one.start} for one in document.sections if one.heading
        ],
    }
