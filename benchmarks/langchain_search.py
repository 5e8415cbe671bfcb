"""What `bureau search` does, put together from LangChain: python langchain_search.py FOLDER QUESTION.

EnsembleRetriever over BM25 of the stored texts and a saved FAISS index, the question encoded by sentence-transformers
with the bundled weights. `python langchain_search.py --save FOLDER INDEX` writes the folder from one of our indexes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from langchain_classic.retrievers import EnsembleRetriever
from langchain_community.retrievers import BM25Retriever
from langchain_community.vectorstores import FAISS
from langchain_core.embeddings import Embeddings

from assistant.retrieval.encoders.sentence_transformer import SentenceTransformerEncoder


class Bundled(Embeddings):  # type: ignore[misc]
    """The bundled encoder through sentence-transformers."""

    def __init__(self) -> None:
        self._encoder = SentenceTransformerEncoder("bundled")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Vectors of passages."""
        return [list(map(float, row)) for row in self._encoder.encode_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return [float(one) for one in self._encoder.encode_queries([text])[0]]


def main() -> None:
    """Save or search."""
    if sys.argv[1] == "--save":
        from assistant.retrieval.context import embedded_text
        from assistant.retrieval.index import HybridIndex

        texts = [embedded_text(passage) for passage in HybridIndex.load(Path(sys.argv[3])).store.passages()]
        FAISS.from_texts(texts, Bundled()).save_local(sys.argv[2])
        return
    store = FAISS.load_local(sys.argv[1], Bundled(), allow_dangerous_deserialization=True)
    documents = [store.docstore.search(one) for one in store.index_to_docstore_id.values()]
    legs = [BM25Retriever.from_documents(documents), store.as_retriever()]
    for document in EnsembleRetriever(retrievers=legs, weights=[0.5, 0.5]).invoke(sys.argv[2]):
        print(document.page_content[:80])


if __name__ == "__main__":
    main()
