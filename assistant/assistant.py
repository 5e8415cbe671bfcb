"""The assistant: one object to build or load an index, to search it and to ask it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Unpack

from assistant.answering.questions import understand
from assistant.datamodels import Answer, Contradiction, DocumentKind, Goal, GoalPair, Hit, Measure
from assistant.errors import IndexDirectoryError
from assistant.facts.search import RowFilters, RowOptions, find_goals, find_measures
from assistant.retrieval.encoders import BUNDLED, Encoder, load_encoder
from assistant.retrieval.generations import live_name
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.reranking import CrossEncoderReranker
from assistant.retrieval.retriever import Filters, HybridRetriever
from assistant.retrieval.vector_cache import Progress
from assistant.settings import Settings

if TYPE_CHECKING:  # what reads documents and what answers is loaded when it is needed: a search is quick from cold
    from assistant.answering.conversation import Turn
    from assistant.answering.language_model import LanguageModel
    from assistant.documents.corpus import OnUnreadable
    from assistant.documents.gathering import Gathered, OnFile


class Assistant:
    """Answers from one index folder; picks up a new generation of it without a restart; usable from threads.

    >>> assistant = Assistant.load(Path("index"))                                        # doctest: +SKIP
    >>> assistant.ask("2013年专利申请量的目标是多少?").citations[0].quote                   # doctest: +SKIP
    """

    def __init__(self, folder: Path, index: HybridIndex, encoder: Encoder, settings: Settings) -> None:
        self._folder = folder
        self._encoder = encoder
        self._settings = settings
        self._model = _language_model(settings) if settings.llm_base_url or settings.llm_model else None
        self._reranker = CrossEncoderReranker(settings.reranker) if settings.reranker else None
        self._lock = Lock()
        self.gathered: Gathered | None = None
        """What became of each file in the build that made this object; None where it was loaded."""
        self._retriever = self._retriever_of(index)

    @classmethod
    def build(
        cls,
        corpus: Path | Iterable[Path],
        index: Path,
        *,
        encoder: Encoder | str = BUNDLED,
        settings: Settings | None = None,
        progress: Progress | None = None,
        on_file: OnFile | None = None,
        on_unreadable: OnUnreadable | None = None,
    ) -> Assistant:
        """Index the documents in the folders and files ``corpus`` in the folder ``index``, and load that.

        Files that have not changed since are not read again, those that are gone leave the index; where nothing
        changed, it stays as it is. ``gathered`` of the result says what became of each file.
        Raises CorpusNotFound, UnreadableDocument (unless ``on_unreadable`` takes it), DocumentError for a
        metadata.toml that cannot be used, IndexDirectoryError or EncoderUnavailable; the index that was live
        before then still is.
        """
        from assistant.documents.corpus import corpus_files
        from assistant.documents.gathering import gather

        settings = settings or Settings()
        index = Path(index)
        files = corpus_files(corpus, maximum_files=settings.maximum_files)
        loaded = load_encoder(encoder) if isinstance(encoder, str) else encoder
        live = _live_index(index, loaded.fingerprint)
        gathered = gather(
            files,
            live.store if live else None,
            maximum_bytes=settings.maximum_bytes,
            on_file=on_file,
            on_unreadable=on_unreadable,
        )
        if live is None or gathered.is_news or live.passage_characters != settings.passage_characters:
            live = _updated(live, gathered, loaded, index, settings.passage_characters, progress)
        built = cls(index, live, loaded, settings)
        built.gathered = gathered
        return built

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
        (last,) = deque(self.converse(question, year=year, source=source, kind=kind, place=place), maxlen=1)
        return last.answer

    def converse(
        self,
        question: str,
        *,
        turns: tuple[Turn, ...] = (),
        year: int | None = None,
        source: str | None = None,
        kind: DocumentKind | None = None,
        place: str | None = None,
    ) -> Iterator[Turn]:
        """The question as the last ``turns`` complete it, with an answer that grows as a language model writes it.

        Without a model there is one. Every answer keeps the quote guarantee; the last is whole. Pass ``kept(turns,
        turn)`` on with the next question. Raises QuestionError for an empty or overlong question.
        """
        from assistant.answering.answers import answer_turn
        from assistant.answering.generation import generate

        retriever = self._current()
        filters = Filters(year, source, kind, place)
        turn = answer_turn(question, retriever, filters, turns)
        if self._model is None:
            yield turn
            return
        for answer in generate(turn.answer, retriever, filters, self._model):
            yield replace(turn, answer=answer)

    def goals(self, words: str = "", **filters: Unpack[RowOptions]) -> list[Goal]:
        """Goals and results that pass the filters, those that name most of ``words`` first; in order without words."""
        index = self.index
        return find_goals(index.goals.goals, index.store.facts, words, RowFilters(**filters))

    def measures(self, words: str = "", **filters: Unpack[RowOptions]) -> list[Measure]:
        """Measures that pass the filters, in order; with ``words`` those that name them, and those above and below."""
        index = self.index
        return find_measures(index.goals.measures, index.store.facts, words, RowFilters(**filters))

    def pairs(self, words: str = "", **filters: Unpack[RowOptions]) -> list[GoalPair]:
        """The goals that ``words`` and filters choose, each beside the rows of all documents about its indicator."""
        from assistant.facts.pairing import pair_goals

        store = self.index.goals
        return pair_goals(store.goals, self.goals(words, **filters), store.indicator_vectors)

    def contradictions(self, words: str = "", **filters: Unpack[RowOptions]) -> list[Contradiction]:
        """Numbers of one document that cannot both be true, where one of them is chosen by ``words`` and filters."""
        from assistant.facts.pairing import find_contradictions

        chosen = {goal.goal_id for goal in self.goals(words, **filters)}
        found = find_contradictions(self.index.goals.goals)
        return [one for one in found if not chosen.isdisjoint((one.first.goal_id, one.second.goal_id))]

    def _current(self) -> HybridRetriever:
        with self._lock:
            if live_name(self._folder) != self._retriever.index.generation:
                self._retriever = self._retriever_of(HybridIndex.load(self._folder, self._encoder.fingerprint))
            return self._retriever

    def _retriever_of(self, index: HybridIndex) -> HybridRetriever:
        return HybridRetriever(
            index,
            self._encoder,
            method=self._settings.fusion,
            dense_weight=self._settings.dense_weight,
            reranker=self._reranker,
        )


def _live_index(folder: Path, fingerprint: str) -> HybridIndex | None:
    """The index to take unchanged documents from; None where there is none that fits."""
    try:
        return HybridIndex.load(folder, fingerprint)
    except IndexDirectoryError:
        return None


def _language_model(settings: Settings) -> LanguageModel | None:
    from assistant.answering.language_model import language_model

    return language_model(
        settings.llm_base_url,
        settings.llm_model,
        settings.llm_api_key.get_secret_value(),
        settings.llm_seconds,
        settings.llm_maximum_tokens,
    )


def _updated(
    live: HybridIndex | None,
    gathered: Gathered,
    encoder: Encoder,
    folder: Path,
    passage_characters: int,
    progress: Progress | None,
) -> HybridIndex:
    """The next generation; passages of another length are cut anew from the texts that the live one holds."""
    documents, sources, kept = gathered.documents, gathered.sources, gathered.unchanged
    if live is not None and live.passage_characters != passage_characters:
        store = live.store
        documents = [*documents, *(work for name in kept for work in store.documents_of(name))]
        sources = sources | {name: store.source_text(name) for name in kept}
        live, kept = None, []
    return HybridIndex.build(
        documents,
        sources,
        encoder,
        folder,
        passage_characters=passage_characters,
        progress=progress,
        live=live,
        kept=kept,
    )
