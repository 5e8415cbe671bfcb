"""Hybrid retrievers of other frameworks, put together as their documentation does, with vectors given to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


class LangChain:
    """EnsembleRetriever of BM25Retriever and FAISS, a half each; words are cut at spaces unless told otherwise."""

    def __init__(self, words: Callable[[str], list[str]] | None = None) -> None:
        self._words = words
        self._vector: list[float] = []

    def build(self, texts: list[str], vectors: Floats) -> None:
        """From texts."""
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_community.vectorstores import FAISS
        from langchain_core.embeddings import Embeddings

        given = self

        class Given(Embeddings):  # type: ignore[misc]
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return []

            def embed_query(self, text: str) -> list[float]:
                return given._vector

        numbers = [{"number": number} for number in range(len(texts))]
        options = {"preprocess_func": self._words} if self._words else {}
        self._words_leg = BM25Retriever.from_texts(texts, metadatas=numbers, **options)
        store = FAISS.from_embeddings(zip(texts, vectors.tolist(), strict=True), Given(), metadatas=numbers)
        self._vectors_leg = store.as_retriever()
        self._retriever = EnsembleRetriever(retrievers=[self._words_leg, self._vectors_leg], weights=[0.5, 0.5])

    def search(self, question: str, vector: Floats, k: int) -> list[int]:
        """Reciprocal rank fusion of the ``k`` best of both."""
        self._vector = vector.tolist()
        self._words_leg.k = k
        self._vectors_leg.search_kwargs["k"] = k
        return [document.metadata["number"] for document in self._retriever.invoke(question)][:k]


class LlamaIndex:
    """QueryFusionRetriever over BM25Retriever and a FaissVectorStore, reciprocal rerank, no generated queries."""

    def build(self, texts: list[str], vectors: Floats) -> None:
        """From nodes that bring their vectors."""
        import faiss
        from llama_index.core import MockEmbedding, StorageContext, VectorStoreIndex
        from llama_index.core.llms import MockLLM
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever
        from llama_index.vector_stores.faiss import FaissVectorStore

        nodes = [
            TextNode(id_=str(number), text=text, embedding=vector.tolist())
            for number, (text, vector) in enumerate(zip(texts, vectors, strict=True))
        ]
        store = FaissVectorStore(faiss_index=faiss.IndexFlatIP(vectors.shape[1]))
        index = VectorStoreIndex(
            nodes,
            storage_context=StorageContext.from_defaults(vector_store=store),
            embed_model=MockEmbedding(vectors.shape[1]),
        )
        self._legs = [BM25Retriever.from_defaults(nodes=nodes), index.as_retriever()]
        self._fusion = QueryFusionRetriever(
            self._legs, llm=MockLLM(), mode="reciprocal_rerank", num_queries=1, use_async=False
        )

    def search(self, question: str, vector: Floats, k: int) -> list[int]:
        """The ``k`` best of both, fused."""
        from llama_index.core import QueryBundle

        words, vectors = self._legs
        words.similarity_top_k = vectors.similarity_top_k = self._fusion.similarity_top_k = k
        found = self._fusion.retrieve(QueryBundle(question, embedding=vector.tolist()))
        return [int(one.node.node_id) for one in found][:k]


class Haystack:
    """InMemoryBM25Retriever and InMemoryEmbeddingRetriever joined by reciprocal rank fusion."""

    def build(self, texts: list[str], vectors: Floats) -> None:
        """From documents that bring their vectors."""
        from haystack import Document
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

        store = InMemoryDocumentStore()
        store.write_documents(
            [
                Document(id=str(number), content=text, embedding=vector.tolist())
                for number, (text, vector) in enumerate(zip(texts, vectors, strict=True))
            ]
        )
        self._words, self._vectors = InMemoryBM25Retriever(store), InMemoryEmbeddingRetriever(store)
        self._joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")

    def search(self, question: str, vector: Floats, k: int) -> list[int]:
        """The ``k`` best of both, joined."""
        words = self._words.run(query=question, top_k=k)["documents"]
        vectors = self._vectors.run(query_embedding=vector.tolist(), top_k=k)["documents"]
        joined: list[Any] = self._joiner.run(documents=[words, vectors])["documents"]
        return [int(one.id) for one in joined][:k]


class Txtai:
    """Embeddings with hybrid=True, vectors from outside."""

    def build(self, texts: list[str], vectors: Floats) -> None:
        """Index numbers with texts."""
        from txtai import Embeddings

        given = iter(vectors)
        self._question: Floats | None = None

        def transform(inputs: list[str]) -> Floats:
            if self._question is not None:
                return np.array([self._question for _ in inputs])
            return np.array([next(given) for _ in inputs])

        self._embeddings = Embeddings(method="external", transform=transform, hybrid=True, content=False)
        self._embeddings.index((number, text, None) for number, text in enumerate(texts))

    def search(self, question: str, vector: Floats, k: int) -> list[int]:
        """The ``k`` best."""
        self._question = vector
        return [int(number) for number, _ in self._embeddings.search(question, k)]
