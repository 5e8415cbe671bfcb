"""A Haystack component over an assistant: ``pip install haystack-ai``.

>>> pipeline.add_component("retriever", BureauRetriever(Assistant.load(Path("index"))))      # doctest: +SKIP
>>> pipeline.run({"retriever": {"query": "知识产权", "filters": {"field": "meta.year", "operator": ">=", "value": 2013}}})  # doctest: +SKIP
"""  # noqa: E501 - an example is one line

from __future__ import annotations

from typing import Any

from assistant.assistant import Assistant
from assistant.integrations.filters import scope_of_filters
from assistant.integrations.records import metadata

try:
    from haystack import Document, component
except ImportError as error:
    raise ImportError("assistant.integrations.haystack needs Haystack; run: pip install haystack-ai") from error


@component
class BureauRetriever:
    """Passages of an assistant as Haystack documents, best first; ``id`` is the passage's.

    ``filters`` are Haystack's trees over year, place, bureau, kind, source, title and document_id. Raises
    QuestionError and ScopeError as ``Assistant.search``.
    """

    def __init__(self, assistant: Assistant, top_k: int = 10, filters: dict[str, Any] | None = None) -> None:
        self._assistant, self._top_k, self._filters = assistant, top_k, filters

    @component.output_types(documents=list[Document])  # type: ignore[untyped-decorator]
    def run(
        self, query: str, filters: dict[str, Any] | None = None, top_k: int | None = None
    ) -> dict[str, list[Document]]:
        """The documents for a query; what is given here counts instead of what was given before."""
        scope = scope_of_filters(filters or self._filters, self._assistant)
        hits = self._assistant.search(query, k=self._top_k if top_k is None else top_k, scope=scope)
        found = [
            Document(id=hit.passage.passage_id, content=hit.passage.text, meta=metadata(hit), score=hit.score)
            for hit in hits
        ]
        return {"documents": found}
