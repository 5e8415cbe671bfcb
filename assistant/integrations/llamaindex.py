"""A LlamaIndex retriever over an assistant: ``pip install llama-index-core``.

>>> retriever = BureauRetriever(Assistant.load(Path("index")), k=5)                        # doctest: +SKIP
>>> retriever.retrieve("知识产权质押融资")[0].node.metadata["source"]                              # doctest: +SKIP
"""

from __future__ import annotations

import asyncio
from typing import Any

from assistant.assistant import Assistant
from assistant.datamodels import Scope
from assistant.integrations.records import metadata

try:
    from llama_index.core.retrievers import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
except ImportError as error:
    raise ImportError(
        "assistant.integrations.llamaindex needs LlamaIndex; run: pip install llama-index-core"
    ) from error


class BureauRetriever(BaseRetriever):  # type: ignore[misc]  # LlamaIndex is not followed by mypy
    """Passages of an assistant as scored nodes, best first; the node's id is the passage's.

    Raises QuestionError and ScopeError as ``Assistant.search``.
    """

    def __init__(self, assistant: Assistant, *, k: int = 10, scope: Scope | None = None, **options: Any) -> None:  # noqa: ANN401 - those of LlamaIndex
        super().__init__(**options)
        self._assistant, self._k, self._scope = assistant, k, scope

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._assistant.search(query_bundle.query_str, k=self._k, scope=self._scope)
        return [
            NodeWithScore(
                node=TextNode(id_=hit.passage.passage_id, text=hit.passage.text, metadata=metadata(hit)),
                score=hit.score,
            )
            for hit in hits
        ]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)
