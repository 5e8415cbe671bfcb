"""A second implementation of PassageIndex, DocumentStore and RowStore: plain lists and the formulas written out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

import numpy as np

from assistant.datamodels import Document, DocumentFacts, Goal, Measure, Passage, RowQuery, Scope, SourceText
from assistant.facts.naming import counted_name
from assistant.interfaces import Batch, Encoder, FloatArray, Found
from assistant.language.synonyms import canonical
from assistant.language.tokenization import evidence_tokens
from assistant.language.units import TOO_COMMON
from assistant.language.weights import TermWeights
from assistant.language.years import period_years
from assistant.retrieval.context import embedded_text, sparse_tokens

K1, B = 0.9, 0.4


class MemoryIndex:
    """Everything in lists; publishes what it is given and keeps nothing of before."""

    def __init__(self, batch: Batch, encoder: Encoder) -> None:
        order = sorted(batch.documents, key=lambda one: one.source)
        ranks = {one.document_id: rank for rank, one in enumerate(order)}
        self._documents = {one.document_id: one for one in order}
        self._sources = dict(batch.sources)
        self._passages = sorted(batch.passages, key=lambda one: (ranks[one.document_id], one.start))
        self._by_id = {one.passage_id: one for one in self._passages}
        self._goals = sorted(batch.goals, key=lambda one: ranks[one.document_id])
        self._measures = sorted(batch.measures, key=lambda one: ranks[one.document_id])
        self._vectors = encoder.encode_passages([embedded_text(one) for one in self._passages]).astype(np.float16)
        names = sorted({canonical(one.indicator) for one in self._goals})
        self._indicators = dict(zip(names, encoder.encode_passages(names).astype(np.float16), strict=True))
        counted = [Counter(sparse_tokens(one, self._documents[one.document_id])) for one in self._passages]
        self._counts = [{term: min(times, 255) for term, times in one.items()} for one in counted]
        self._holders = Counter(term for one in self._counts for term in one)
        self._lengths = [sum(one.values()) for one in self._counts]

    def __len__(self) -> int:
        return len(self._passages)

    # --- PassageIndex ---

    def search_words(self, tokens: list[str], count: int, scope: Scope) -> Found:
        mean = sum(self._lengths) / len(self)
        idf = {token: self._idf(token) for token in set(tokens)}
        found = []
        for number in self._allowed(scope):
            norm = K1 * (1 - B + B * self._lengths[number] / mean)
            held = self._counts[number]
            score = sum(
                idf[token] * held[token] * (K1 + 1) / (held[token] + norm)
                for token in tokens
                if token in held and idf[token] > 0
            )
            found += [(number, score)] if score > 0 else []
        return _best(found, count)

    def _idf(self, token: str) -> float:
        """As rank-bm25: ln((N - n + 0.5) / (n + 0.5)), a quarter of the mean where that is negative."""
        return self._idf_of(self._holders[token]) if self._holders[token] else 0.0

    def _idf_of(self, holding: int) -> float:
        value = float(np.log(len(self) - holding + 0.5) - np.log(holding + 0.5))
        return value if value >= 0 else 0.25 * self._mean_idf()

    def _mean_idf(self) -> float:
        values = [float(np.log(len(self) - n + 0.5) - np.log(n + 0.5)) for n in self._holders.values()]
        return sum(values) / len(values)

    def search_vectors(self, vector: FloatArray, count: int, scope: Scope) -> Found:
        cosines = self._vectors.astype(np.float32) @ vector
        return _best([(number, float(cosines[number])) for number in self._allowed(scope)], count)

    def held_by(self, term: str) -> int:
        return self._holders[term]

    def holders(self, weights: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        terms: dict[str, set[str]] = {}
        together: dict[str, float] = {}
        for passage, held in zip(self._passages, self._counts, strict=True):
            own = [term for term in weights if term in held]
            if own:
                terms.setdefault(passage.document_id, set()).update(own)
                most = max(together.get(passage.document_id, 0.0), sum(weights[term] for term in own))
                together[passage.document_id] = most
        return {name: (sum(weights[one] for one in own), together[name]) for name, own in terms.items()}

    def _allowed(self, scope: Scope) -> list[int]:
        facts = self._documents
        return [
            number for number, one in enumerate(self._passages) if scope.passes(one.document_id, facts[one.document_id])
        ]

    # --- DocumentStore ---

    @property
    def facts(self) -> Mapping[str, DocumentFacts]:
        return self._documents

    @property
    def rows(self) -> MemoryIndex:
        return self

    def document(self, document_id: str) -> Document:
        return self._documents[document_id]

    def numbered(self, numbers: list[int]) -> list[Passage]:
        return [self._passages[number] for number in numbers]

    def passage_by_id(self, passage_id: str) -> Passage:
        return self._by_id[passage_id]

    def passages_of(self, document_id: str) -> list[Passage]:
        return [one for one in self._passages if one.document_id == document_id]

    def passages(self) -> list[Passage]:
        return list(self._passages)

    def source_text(self, source: str) -> SourceText:
        return self._sources[source]

    # --- RowStore ---

    def named(self, tokens: Collection[str], least: float) -> dict[str, float]:
        weights = TermWeights(len(self), self.held_by)
        names = sorted({counted_name(one.indicator, one.unit) for one in self._goals})
        told = {name: weights.coverage(evidence_tokens(name), tokens) for name in names}
        kept = {name: one for name, one in told.items() if one >= least - 1e-9 and not TOO_COMMON.fullmatch(name)}
        return dict(sorted(kept.items(), key=lambda one: (-one[1], one[0])))

    def goals(self, query: RowQuery) -> Iterator[Goal]:
        rows = [one for one in self._goals if self._passes(one, one.goal_id, query)]
        rows = [one for one in rows if query.masked is None or one.masked == query.masked]
        rows = [one for one in rows if query.standings is None or one.standing in query.standings]
        if query.canonicals is not None:
            rows = [one for name in query.canonicals for one in rows if canonical(one.indicator) == name]
        if query.names is not None:
            rows = [one for name in query.names for one in rows if counted_name(one.indicator, one.unit) == name]
        return iter(rows)

    def measures(self, query: RowQuery) -> Iterator[Measure]:
        return (one for one in self._measures if self._passes(one, one.measure_id, query))

    def _passes(self, row: Goal | Measure, identity: str, query: RowQuery) -> bool:
        return (
            query.scope.passes(row.document_id, self._documents[row.document_id], period_years(row.period))
            and (query.statuses is None or row.status in query.statuses)
            and (query.responsible is None or any(query.responsible in one for one in row.responsible))
            and (query.ids is None or identity in query.ids)
        )

    def periods(self) -> list[str]:
        return sorted({one.period for one in self._goals} | {one.period for one in self._measures})

    def indicator_vectors(self) -> dict[str, FloatArray]:
        if not self._indicators:
            return {}
        vectors = np.array(list(self._indicators.values()), np.float32)
        vectors -= vectors.mean(axis=0)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return dict(zip(self._indicators, vectors, strict=True))


def _best(found: Found, count: int) -> Found:
    return sorted(found, key=lambda one: (-one[1], one[0]))[:count]
