"""The assistant: one object to build or load an index, to search it and to ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from assistant.answering.answers import answer_question
from assistant.answering.questions import understand
from assistant.datamodels import Answer, DocumentKind, Hit
from assistant.documents import parse_documents
from assistant.documents.loading import read_sources
from assistant.errors import UnreadableDocument
from assistant.retrieval.encoders import BUNDLED, Encoder, load_encoder
from assistant.retrieval.generations import live_name
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.retriever import Filters, HybridRetriever
from assistant.retrieval.vector_cache import Progress
from assistant.settings import Settings


class Assistant:
    """Answers from one index folder; picks up a new generation of it without a restart; usable from threads.

    >>> assistant = Assistant.load(Path("index"))                                        # doctest: +SKIP
    >>> assistant.ask("2013年专利申请量的目标是多少?").citations[0].quote                   # doctest: +SKIP
    """

    def __init__(self, folder: Path, index: HybridIndex, encoder: Encoder, settings: Settings) -> None:
        self._folder = folder
        self._encoder = encoder
        self._settings = settings
        self._lock = Lock()
        self._retriever = self._retriever_of(index)

    @classmethod
    def build(
        cls,
        corpus: Path,
        index: Path,
        *,
        encoder: Encoder | str = BUNDLED,
        settings: Settings | None = None,
        progress: Progress | None = None,
        on_unreadable: Callable[[UnreadableDocument], None] | None = None,
    ) -> Assistant:
        """Read every document below ``corpus``, index it in the folder ``index``, and load that.

        Raises CorpusNotFound, UnreadableDocument (unless ``on_unreadable`` takes it), IndexDirectoryError or
        EncoderUnavailable; the index that was live before then still is.
        """
        settings = settings or Settings()
        corpus, index = Path(corpus), Path(index)
        originals = dict(read_sources(corpus, on_unreadable))
        documents = [document for source, text in originals.items() for document in parse_documents(text, source)]
        loaded = load_encoder(encoder) if isinstance(encoder, str) else encoder
        built = HybridIndex.build(
            documents,
            originals,
            loaded,
            index,
            passage_characters=settings.passage_characters,
            progress=progress,
        )
        return cls(index, built, loaded, settings)

    @classmethod
    def load(cls, index: Path, *, encoder: Encoder | str = BUNDLED, settings: Settings | None = None) -> Assistant:
        """Open the live index in the folder. Raises IndexNotFound, IndexOutOfDate, IndexCorrupt or
        EncoderUnavailable.
        """
        index = Path(index)
        live_name(index)
        loaded = load_encoder(encoder) if isinstance(encoder, str) else encoder
        return cls(index, HybridIndex.load(index, loaded.fingerprint), loaded, settings or Settings())

    @property
    def index(self) -> HybridIndex:
        """The generation that answers now."""
        return self._current().index

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        year: int | None = None,
        source: str | None = None,
        kind: DocumentKind | None = None,
        place: str | None = None,
    ) -> list[Hit]:
        """The ``k`` best passages, best first. Raises QuestionError for an empty or overlong question."""
        asked = understand(question)
        return self._current().search(asked.text, k=k, filters=Filters(year, source, kind, place))

    def ask(
        self,
        question: str,
        *,
        year: int | None = None,
        source: str | None = None,
        kind: DocumentKind | None = None,
        place: str | None = None,
    ) -> Answer:
        """A cited answer or a refusal. Raises QuestionError for an empty or overlong question."""
        return answer_question(question, self._current(), filters=Filters(year, source, kind, place))

    def _current(self) -> HybridRetriever:
        with self._lock:
            if live_name(self._folder) != self._retriever.index.generation:
                self._retriever = self._retriever_of(HybridIndex.load(self._folder, self._encoder.fingerprint))
            return self._retriever

    def _retriever_of(self, index: HybridIndex) -> HybridRetriever:
        return HybridRetriever(
            index, self._encoder, method=self._settings.fusion, dense_weight=self._settings.dense_weight
        )
