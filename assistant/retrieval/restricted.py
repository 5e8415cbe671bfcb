"""What of an index one may see who has the right to some of its documents: no other is found, read or counted.

The weights of terms alone are those of all passages, so that an answer does not depend on who asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.datamodels import (
    Document,
    DocumentFacts,
    Goal,
    Hit,
    Measure,
    Passage,
    Rights,
    RowQuery,
    Scope,
    SourceText,
)
from assistant.interfaces import EVERYTHING, DocumentStore, FloatArray, Found, PassageIndex, Retriever, RowStore


@dataclass(frozen=True)
class RestrictedStore:
    """The documents of a store that somebody may see."""

    whole: DocumentStore
    rights: Rights

    @cached_property
    def facts(self) -> dict[str, DocumentFacts]:
        """Of these documents alone."""
        return {name: about for name, about in self.whole.facts.items() if self.rights.passes(name, about)}

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Ids of the documents."""
        return frozenset(self.facts)

    @cached_property
    def files(self) -> frozenset[str]:
        """The files of which every work may be seen: the others are not shown as files."""
        others = {about.source for name, about in self.whole.facts.items() if name not in self.facts}
        return self._sources - others

    @cached_property
    def _sources(self) -> frozenset[str]:
        """The files of which some work may be seen."""
        return frozenset(about.source for about in self.facts.values())

    @cached_property
    def rows(self) -> RowStore:
        """Rows of these documents."""
        return RestrictedRows(self.whole.rows, self.allowed)

    def document(self, document_id: str) -> Document:
        """The document; raises KeyError where there is none that may be seen."""
        return self.whole.document(self._seen(document_id))

    def numbered(self, numbers: list[int]) -> list[Passage]:
        """The passages of those numbers; raises KeyError where one may not be seen."""
        passages = self.whole.numbered(numbers)
        for one in passages:
            self._seen(one.document_id)
        return passages

    def passage_by_id(self, passage_id: str) -> Passage:
        """The passage; raises KeyError where there is none that may be seen."""
        passage = self.whole.passage_by_id(passage_id)
        self._seen(passage.document_id)
        return passage

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of a document; [] of one that may not be seen."""
        return self.whole.passages_of(document_id) if document_id in self.facts else []

    def passages(self) -> list[Passage]:
        """Those of these documents; their numbers are those of the whole store."""
        return [one for name in self.facts for one in self.whole.passages_of(name)]

    def source_text(self, source: str) -> SourceText:
        """What was read from a file; raises KeyError where there is none that may be seen."""
        if source not in self._sources:
            raise KeyError(source)
        return self.whole.source_text(source)

    def _seen(self, document_id: str) -> str:
        if document_id not in self.facts:
            raise KeyError(document_id)
        return document_id


@dataclass(frozen=True)
class RestrictedRows:
    """The rows of some documents."""

    whole: RowStore
    allowed: frozenset[str]

    def named(self, tokens: Collection[str], least: float) -> dict[str, float]:
        """What these rows count, where the tokens make up ``least`` of its terms by weight."""
        scope = Scope(documents=self.allowed)
        found = self.whole.named(tokens, least)
        return {name: one for name, one in found.items() if any(self.whole.goals(RowQuery(scope, names=[name])))}

    def goals(self, query: RowQuery) -> Iterator[Goal]:
        """Those of the whole store that are of these documents."""
        return self.whole.goals(replace(query, scope=_within(query.scope, self.allowed)))

    def measures(self, query: RowQuery) -> Iterator[Measure]:
        """Those of the whole store that are of these documents."""
        return self.whole.measures(replace(query, scope=_within(query.scope, self.allowed)))

    def periods(self) -> list[str]:
        """Every period that these rows tell."""
        return self._periods

    @cached_property
    def _periods(self) -> list[str]:
        goals, measures = self.goals(RowQuery()), self.measures(RowQuery())
        return sorted({one.period for one in goals} | {one.period for one in measures})

    def indicator_vectors(self) -> Mapping[str, FloatArray]:
        """Those of the whole store."""
        return self.whole.indicator_vectors()


@dataclass(frozen=True)
class RestrictedIndex:
    """The passages of some documents, by the weights of all."""

    whole: PassageIndex
    allowed: frozenset[str]

    def __len__(self) -> int:
        return len(self.whole)

    def search_words(self, tokens: list[str], count: int, scope: Scope) -> Found:
        """The best of these documents."""
        return self.whole.search_words(tokens, count, _within(scope, self.allowed))

    def search_vectors(self, vector: FloatArray, count: int, scope: Scope) -> Found:
        """The nearest of these documents."""
        return self.whole.search_vectors(vector, count, _within(scope, self.allowed))

    def held_by(self, term: str) -> int:
        """How many passages hold the term, of all."""
        return self.whole.held_by(term)

    def holders(self, weights: Mapping[str, float]) -> dict[str, tuple[float, float]]:
        """Of these documents alone."""
        return {name: one for name, one in self.whole.holders(weights).items() if name in self.allowed}


@dataclass(frozen=True)
class RestrictedRetriever:
    """A retriever from elsewhere, over some documents."""

    whole: Retriever
    allowed: frozenset[str]

    def search(self, question: str, *, k: int = 10, scope: Scope = EVERYTHING) -> list[Hit]:
        """The best of these documents."""
        return self.whole.search(question, k=k, scope=_within(scope, self.allowed))


def restricted(index: PassageIndex, store: DocumentStore, rights: Rights) -> tuple[RestrictedIndex, RestrictedStore]:
    """What of an index and its store somebody may see."""
    part = RestrictedStore(store, rights)
    return RestrictedIndex(index, part.allowed), part


def shows_everything(store: DocumentStore) -> bool:
    """Whether no document of the index is kept from who has this store."""
    return not isinstance(store, RestrictedStore)


def shows_file(store: DocumentStore, source: str) -> bool:
    """Whether every work of a file may be seen, and so the file itself."""
    return not isinstance(store, RestrictedStore) or source in store.files


def narrowed(retriever: Retriever, store: DocumentStore) -> Retriever:
    """The retriever, over the documents of a restricted store alone."""
    return RestrictedRetriever(retriever, store.allowed) if isinstance(store, RestrictedStore) else retriever


def _within(scope: Scope, allowed: frozenset[str]) -> Scope:
    return replace(scope, documents=allowed if scope.documents is None else allowed & scope.documents)
