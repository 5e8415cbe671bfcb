"""What a framework is told of a passage, besides its text: the same fields in all of them."""

from __future__ import annotations

from typing import Any

from assistant.datamodels import Hit


def metadata(hit: Hit) -> dict[str, Any]:
    """Plain values, none of them None, for stores that keep no other."""
    passage = hit.passage
    told = {
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "source": passage.source,
        "title": passage.title,
        "section_path": list(passage.section_path),
        "start": passage.start,
        "end": passage.end,
        "original_start": passage.original_start,
        "original_end": passage.original_end,
        "rank": hit.rank,
        "score": hit.score,
        "sparse_score": hit.sparse_score,
        "dense_score": hit.dense_score,
        "year": hit.years[-1] if hit.years else None,
        "years": list(hit.years),
        "place": hit.place,
        "kind": hit.kind,
    }
    return {name: value for name, value in told.items() if value is not None}
