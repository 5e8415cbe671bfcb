"""Citations: made from slices of passages only, and checked word for word before they leave."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.datamodels import Citation, Passage
from assistant.documents.structure.passages import section_path_at
from assistant.interfaces import DocumentStore


def cite(store: DocumentStore, passage: Passage, start: int, end: int, marker: int) -> Citation:
    """Quote ``document.text[start:end]``, a stretch inside the passage.

    Raises ValueError where the stretch is empty or leaves the passage.
    """
    if not passage.start <= start < end <= passage.end:
        raise ValueError(f"{start}-{end} is not inside the passage {passage.passage_id}")
    document = store.document(passage.document_id)
    original_start, original_end = document.alignment.original_span(start, end)
    source = store.source_text(passage.source)
    return Citation(
        marker=marker,
        passage_id=passage.passage_id,
        source=passage.source,
        title=passage.title,
        section_path=section_path_at(document, start),
        quote=document.text[start:end],
        start=start,
        end=end,
        original_start=original_start,
        original_end=original_end,
        original=source.text[original_start:original_end],
        page=source.page(original_start),
        document_id=passage.document_id,
        years=document.years,
        place=document.place,
        kind=document.kind,
    )


def repeats(citation: Citation, others: Sequence[Citation]) -> bool:
    """Whether the quote overlaps another, or says word for word what another place says."""
    return any(
        (one.passage_id == citation.passage_id and one.start < citation.end and citation.start < one.end)
        or citation.quote in one.quote
        for one in others
    )


def is_valid(citation: Citation, passage: Passage) -> bool:
    """Whether the quote stands in the passage at its offsets, digits, points, signs and all."""
    inside = passage.text[citation.start - passage.start : citation.end - passage.start]
    return (
        citation.passage_id == passage.passage_id
        and citation.start >= passage.start
        and bool(citation.quote)
        and inside == citation.quote
        and citation.original_end - citation.original_start == len(citation.original)
    )
