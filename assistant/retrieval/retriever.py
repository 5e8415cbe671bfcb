"""Search: both legs, their fusion, and filters by year, source, kind and place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.datamodels import DocumentFacts, DocumentKind, Hit
from assistant.language.tokenization import tokenize
from assistant.retrieval.encoders import Encoder
from assistant.retrieval.fusion import FusionMethod, fuse, ranks
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.reranking import Reranker

CANDIDATES = 100
RERANKED = 30


@dataclass(frozen=True)
class Filters:
    """Which documents to search; None means all."""

    year: int | None = None
    source: str | None = None
    """A path below the corpus, or the beginning of one."""
    kind: DocumentKind | None = None
    place: str | None = None
    documents: frozenset[str] | None = None
    """Ids of documents."""

    @property
    def empty(self) -> bool:
        """Whether every document passes."""
        return self == Filters()


@dataclass(frozen=True)
class HybridRetriever:
    """Finds passages of an index. ``dense_weight``: 0 is BM25 alone, 1 is vectors alone."""

    index: HybridIndex
    encoder: Encoder
    method: FusionMethod = "min_max"
    dense_weight: float = 0.3
    reranker: Reranker | None = None
    """Orders the best 30 passages anew; their scores are then its own, spread from 0 to 1."""

    def search(self, question: str, *, k: int = 10, filters: Filters = Filters()) -> list[Hit]:
        """The ``k`` best passages, best first; fewer where the filters leave fewer. Ties go by position."""
        allowed = self._allowed(filters)
        if k < 1 or (allowed is not None and not allowed.any()):
            return []
        depth = max(CANDIDATES, k)
        sparse = _by_passage(*self.index.sparse.search(tokenize(question), depth, allowed))
        vector = self.encoder.encode_queries([question])[0]
        dense = _by_passage(*self.index.dense.search(vector, depth, allowed))
        fused = fuse(sparse, dense, method=self.method, dense_weight=self.dense_weight)
        sparse_ranks, dense_ranks = ranks(sparse), ranks(dense)
        best = sorted(fused, key=lambda number: (-fused[number], number))
        if self.reranker is not None:
            fused = self._reranked(self.reranker, question, best[: max(RERANKED, k)])
            best = sorted(fused, key=lambda number: (-fused[number], number))
        passages = self.index.store.numbered(best[:k])
        return [
            Hit(
                rank=rank,
                score=fused[number],
                sparse_rank=sparse_ranks.get(number),
                dense_rank=dense_ranks.get(number),
                passage=passage,
            )
            for rank, (number, passage) in enumerate(zip(best, passages, strict=False), start=1)
        ]

    def _reranked(self, reranker: Reranker, question: str, numbers: list[int]) -> dict[int, float]:
        passages = self.index.store.numbered(numbers)
        if not passages:
            return {}
        texts = ["\n".join((one.title, *one.section_path, one.text)) for one in passages]
        scores = reranker.scores(question, texts)
        low, high = float(scores.min()), float(scores.max())
        spread = (high - low) or 1.0
        return {number: (float(score) - low) / spread for number, score in zip(numbers, scores, strict=True)}

    def _allowed(self, filters: Filters) -> npt.NDArray[np.bool_] | None:
        """For each passage whether its document passes; None for all."""
        if filters.empty:
            return None
        store = self.index.store
        passing = np.array([_passes(name, facts, filters) for name, facts in store.facts.items()], np.bool_)
        return passing[self.index.document_numbers]


def _by_passage(numbers: npt.NDArray[np.int64], scores: npt.NDArray[np.floating]) -> dict[int, float]:
    return dict(zip(numbers.tolist(), scores.tolist(), strict=True))


def _passes(document_id: str, facts: DocumentFacts, filters: Filters) -> bool:
    return (
        (filters.documents is None or document_id in filters.documents)
        and (filters.year is None or filters.year in facts.years)
        and (filters.source is None or facts.source.startswith(filters.source))
        and (filters.kind is None or facts.kind == filters.kind)
        and (filters.place is None or filters.place in facts.place or filters.place in facts.title)
    )
