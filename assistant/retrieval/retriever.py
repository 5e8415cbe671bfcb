"""Search: both legs within a scope, their fusion, and a reranker where there is one."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.datamodels import Hit, Scope
from assistant.errors import ScopeError
from assistant.interfaces import EVERYTHING, DocumentStore, Encoder, PassageIndex, Reranker
from assistant.language.tokenization import tokenize
from assistant.retrieval.fusion import FusionMethod, fuse, ranks

CANDIDATES = 100
RERANKED = 30


@dataclass(frozen=True)
class HybridRetriever:
    """Finds passages. ``dense_weight``: 0 is BM25 alone, and asks no encoder; 1 is vectors alone."""

    index: PassageIndex
    store: DocumentStore
    encoder: Encoder
    method: FusionMethod = "min_max"
    dense_weight: float = 0.3
    reranker: Reranker | None = None
    """Orders the best 30 passages anew; their scores are then its own, spread from 0 to 1."""

    def search(self, question: str, *, k: int = 10, scope: Scope = EVERYTHING) -> list[Hit]:
        """The ``k`` best passages, best first; fewer where the scope leaves fewer. Ties go by position.

        Raises ScopeError for a ``k`` below 1.
        """
        if type(k) is not int or k < 1:
            raise ScopeError(f"k must be 1 or more, not {k!r}")
        depth = max(CANDIDATES, k)
        sparse = dict(self.index.search_words(tokenize(question), depth, scope)) if self.dense_weight < 1 else {}
        dense = {}
        if self.dense_weight > 0:
            dense = dict(self.index.search_vectors(self.encoder.encode_queries([question])[0], depth, scope))
        fused = fuse(sparse, dense, method=self.method, dense_weight=self.dense_weight)
        sparse_ranks, dense_ranks = ranks(sparse), ranks(dense)
        best = sorted(fused, key=lambda number: (-fused[number], number))
        if self.reranker is not None:
            fused = self._reranked(self.reranker, question, best[: max(RERANKED, k)])
            best = sorted(fused, key=lambda number: (-fused[number], number))
        hits = []
        for rank, (number, passage) in enumerate(zip(best, self.store.numbered(best[:k]), strict=False), start=1):
            about = self.store.facts[passage.document_id]
            places = (sparse_ranks.get(number), dense_ranks.get(number))
            scores = (sparse.get(number), dense.get(number))
            hits.append(Hit(rank, fused[number], *places, passage, about.years, about.place, about.kind, *scores))
        return hits

    def _reranked(self, reranker: Reranker, question: str, numbers: list[int]) -> dict[int, float]:
        passages = self.store.numbered(numbers)
        if not passages:
            return {}
        texts = ["\n".join((one.title, *one.section_path, one.text)) for one in passages]
        scores = reranker.scores(question, texts)
        low, high = float(scores.min()), float(scores.max())
        spread = (high - low) or 1.0
        return {number: (float(score) - low) / spread for number, score in zip(numbers, scores, strict=True)}
