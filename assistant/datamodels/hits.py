"""What a search finds."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.datamodels.documents import DocumentKind, Passage


@dataclass(frozen=True)
class Hit:
    """A passage found; ranks count from 1, None where that leg did not find it."""

    rank: int
    score: float
    sparse_rank: int | None
    dense_rank: int | None
    passage: Passage
    years: tuple[int, ...] = ()
    """Of the document, as are the next two."""
    place: str = ""
    kind: DocumentKind = "other"
    sparse_score: float | None = None
    """BM25 of the passage for the question."""
    dense_score: float | None = None
    """Cosine of the two vectors."""

    @property
    def document_id(self) -> str:
        """Of the document that the passage belongs to."""
        return self.passage.document_id
