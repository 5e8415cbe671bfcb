"""A LangChain retriever over an assistant: ``pip install langchain-core``.

>>> retriever = BureauRetriever(assistant=Assistant.load(Path("index")), k=5)              # doctest: +SKIP
>>> retriever.invoke("知识产权质押融资", year=2013)[0].metadata["source"]                        # doctest: +SKIP
"""

from __future__ import annotations

import json
from typing import Any

from assistant.assistant import Assistant
from assistant.datamodels import Scope
from assistant.integrations.records import metadata
from assistant.records import answer_record, goal_record, search_record

try:
    from langchain_core.callbacks import CallbackManagerForRetrieverRun
    from langchain_core.documents import Document
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.tools import BaseTool, StructuredTool
except ImportError as error:
    raise ImportError("assistant.integrations.langchain needs LangChain; run: pip install langchain-core") from error

MOST_ROWS = 50
"""Goals that a tool tells at most."""


class BureauRetriever(BaseRetriever):  # type: ignore[misc]  # LangChain is not followed by mypy
    """Passages of an assistant as LangChain documents, best first; ``id`` is the passage's.

    ``k`` and ``scope`` may also be given with a call, and so may year, place, bureau, kind, source and document of the
    scope. Raises QuestionError and ScopeError as ``Assistant.search``.
    """

    assistant: Any  # an Assistant, or what searches like one; pydantic would copy what it knows
    k: int = 10
    scope: Scope | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,
        k: int | None = None,
        scope: Scope | None = None,
        **options: Any,  # noqa: ANN401 - those of Scope
    ) -> list[Document]:
        hits = self.assistant.search(query, k=self.k if k is None else k, scope=scope or self.scope, **options)
        return [
            Document(id=hit.passage.passage_id, page_content=hit.passage.text, metadata=metadata(hit)) for hit in hits
        ]


def bureau_tools(assistant: Assistant, *, k: int = 5, scope: Scope | None = None) -> list[BaseTool]:
    """Tools for agents: search_documents, ask_documents, list_goals; each returns JSON with quotes and places."""

    def search_documents(question: str) -> str:
        """Find passages of the bureau's work plans and summaries about a Chinese question. Returns JSON."""
        return _json(search_record(question, assistant.search(question, k=k, scope=scope)))

    def ask_documents(question: str) -> str:
        """Answer a Chinese question from the bureau's documents, with word-for-word citations, or refuse. JSON."""
        return _json(answer_record(assistant.ask(question, scope=scope)))

    def list_goals(words: str) -> str:
        """List goals and results (indicator, value, unit, year, status, quote) that the words name. Returns JSON."""
        return _json([goal_record(one) for one in assistant.goals(words, scope=scope)[:MOST_ROWS]])

    return [StructuredTool.from_function(one) for one in (search_documents, ask_documents, list_goals)]


def _json(record: Any) -> str:  # noqa: ANN401 - a record
    return json.dumps(record, ensure_ascii=False)
