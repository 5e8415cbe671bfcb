"""The assistant: one object to build or load an index, to search it, to ask it, to read its documents and rows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

from assistant.answering.library import Library
from assistant.answering.writing import configured_model
from assistant.datamodels import (
    Answer,
    Contradiction,
    Document,
    DocumentFacts,
    Goal,
    GoalPair,
    Hit,
    Measure,
    Mention,
    Rights,
    Scope,
    ScopeOptions,
)
from assistant.errors import ScopeError
from assistant.interfaces import DocumentStore, Encoder, PassageIndex, Writer
from assistant.options import Parts, RowOptions, query_of, scope_of
from assistant.retrieval.damage import damage_told, tells_damage
from assistant.retrieval.encoders import BUNDLED, load_encoder
from assistant.retrieval.generations import live_name
from assistant.retrieval.opening import opened_index
from assistant.retrieval.reranking import CrossEncoderReranker
from assistant.retrieval.restricted import narrowed
from assistant.retrieval.retriever import HybridRetriever
from assistant.settings import Settings
from assistant.shelf import Shelf

if TYPE_CHECKING:  # what reads documents and what answers is loaded when it is needed: a search is quick from cold
    from assistant.answering.question.conversation import Turn
    from assistant.documents.corpus import OnUnreadable
    from assistant.documents.gathering import Gathered, OnFile
    from assistant.retrieval.vector_cache import Progress


class Assistant:
    """Answers from an index and a store; from a folder of ours it picks up new generations; usable from threads.

    ``Assistant.build`` and ``Assistant.load`` are the ready-made ways. Each part may be another one that follows its
    protocol in ``assistant.interfaces``.

    >>> with Assistant.load(Path("index")) as assistant:                                  # doctest: +SKIP
    ...     assistant.ask("2013年专利申请量的目标是多少?").citations[0].quote
    """

    def __init__(
        self,
        index: PassageIndex,
        store: DocumentStore,
        encoder: Encoder,
        **parts: Unpack[Parts],
    ) -> None:
        if unknown := sorted(set(parts) - set(Parts.__annotations__)):
            raise TypeError(f"unknown part {unknown[0]!r}; known are {', '.join(sorted(Parts.__annotations__))}")
        self._encoder, self._settings = encoder, parts.get("settings") or Settings()
        self._model = parts.get("model") or configured_model(self._settings)
        named = self._settings.reranker
        self._reranker = parts.get("reranker") or (CrossEncoderReranker(named) if named else None)
        self._reader, self._retriever = parts.get("reader"), parts.get("retriever")
        self._checks = tuple(parts.get("checks", ()))
        self._folder: Path | None = None
        self._sight: Callable[[], Rights] = Rights
        self.gathered: Gathered | None = None
        """What became of each file in the build that made this object, if one did."""
        self._shelf = Shelf(self._library_of, index, store)

    @classmethod
    def build(
        cls,
        corpus: Path | Iterable[Path] | None,
        index: Path,
        *,
        encoder: Encoder | str = BUNDLED,
        progress: Progress | None = None,
        on_file: OnFile | None = None,
        on_unreadable: OnUnreadable | None = None,
        enqueue: bool = False,
        **parts: Unpack[Parts],
    ) -> Assistant:
        """Index the documents in the folders and files ``corpus`` in the folder ``index``, and load that.

        Files that have not changed since are not read again, those that are gone leave the index; where nothing
        changed, it stays as it is. ``gathered`` of the result says what became of each file. ``enqueue``: files are
        read by the ``bureau worker``s at the queue of the settings, and waited for. ``corpus`` None: the index is
        built anew from the texts in it, which an older version may have written, for when the files are gone.
        Raises CorpusNotFound, UnreadableDocument (unless ``on_unreadable`` takes it), DocumentError for a metadata.toml
        that cannot be used, IndexDirectoryError or EncoderUnavailable; what was live before then still is.
        """
        from assistant.ingestion.building import rebuild, update

        index, settings = Path(index), parts.get("settings") or Settings()
        loaded = load_encoder(encoder) if isinstance(encoder, str) else encoder
        given = (index, loaded, settings, progress, on_file, on_unreadable)
        live, gathered = rebuild(*given) if corpus is None else update(corpus, *given, enqueue=enqueue)
        built = cls(live, live.store, loaded, **parts)
        built._folder, built.gathered = index, gathered
        return built

    @classmethod
    def load(cls, index: Path, *, encoder: Encoder | str = BUNDLED, **parts: Unpack[Parts]) -> Assistant:
        """Open the live index in the folder. Raises IndexNotFound, IndexOutOfDate, IndexCorrupt or
        EncoderUnavailable.
        """
        index, settings = Path(index), parts.get("settings") or Settings()
        if not settings.engine:
            live_name(index)
        loaded = load_encoder(encoder) if isinstance(encoder, str) else encoder
        opened = opened_index(index, loaded.fingerprint, settings.engine, settings.store)
        made = cls(opened, opened.store, loaded, **parts)
        made._folder = index
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files of the index, not of parts that the caller brought."""
        if self._folder is not None:
            self._shelf.close()

    @property
    def index(self) -> PassageIndex:
        """The index that is searched now."""
        return self.library.index

    @property
    def store(self) -> DocumentStore:
        """The documents, passages and rows of the index that is searched now."""
        return self.library.store

    @property
    def encoder(self) -> Encoder:
        """What makes the vectors of questions."""
        return self._encoder

    @property
    def library(self) -> Library:
        """What answers who calls now; of a folder its live generation."""
        return self._shelf.library(self._folder, self._sight())

    def restrict(self, sight: Callable[[], Rights]) -> None:
        """From now on show no more than the documents that ``sight`` tells for whoever calls, at each call."""
        self._sight = sight

    def _library_of(self, index: PassageIndex, store: DocumentStore) -> Library:
        own = self._retriever and narrowed(self._retriever, store)
        retriever = own or HybridRetriever(
            index,
            store,
            self._encoder,
            method=self._settings.fusion,
            dense_weight=self._settings.dense_weight,
            reranker=self._reranker,
        )
        return Library(index, store, retriever, self._encoder, self._reader, self._checks)

    @tells_damage
    def search(
        self, question: str, *, k: int = 10, scope: Scope | None = None, **options: Unpack[ScopeOptions]
    ) -> list[Hit]:
        """The ``k`` best passages in scope, best first.

        Raises QuestionError for an empty or overlong question, ScopeError for a scope or ``k`` that cannot be.
        """
        from assistant.answering.question.checking import checked_question

        return self.library.retriever.search(checked_question(question), k=k, scope=scope_of(scope, options))

    def ask(self, question: str, *, scope: Scope | None = None, **options: Unpack[ScopeOptions]) -> Answer:
        """A cited answer or a refusal. Raises QuestionError for an empty or overlong question, and ScopeError."""
        (last,) = deque(self.converse(question, scope=scope, **options), maxlen=1)
        return last.answer

    def converse(
        self,
        question: str,
        *,
        turns: tuple[Turn, ...] = (),
        scope: Scope | None = None,
        literal: bool = False,
        **options: Unpack[ScopeOptions],
    ) -> Iterator[Turn]:
        """The question as the last ``turns`` complete it, with an answer that grows as a language model writes it.

        Without a model there is one. Every answer keeps the quote guarantee; the last is whole. Pass ``kept(turns,
        turn)`` on with the next question. ``literal``: no model may put the question into other words. Raises
        QuestionError for an empty or overlong question, and ScopeError.
        """
        return self._turns(question, turns, scope_of(scope, options), literal=literal)

    def use_model(self, model: Writer | None) -> None:
        """Take another language model, or none, for the questions to come."""
        self._model = model

    @property
    def model(self) -> Writer | None:
        """The language model that writes answers, where there is one."""
        return self._model

    def _turns(self, question: str, turns: tuple[Turn, ...], scope: Scope, *, literal: bool) -> Iterator[Turn]:
        from assistant.answering.answers import answer_turn
        from assistant.answering.writing.turns import in_other_words, written_turns

        with damage_told(self._folder):
            library, model = self.library, self._model
            turn = answer_turn(question, library, scope, turns)
            if model is None:
                yield turn
                return
            if self._settings.llm_rewrites and not literal:
                turn = in_other_words(turn, question, turns, library, scope, model)
            yield from written_turns(turn, library, scope, model, self._settings.llm_passage_characters)

    @tells_damage
    def turns_of(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        scope: Scope | None = None,
        **options: Unpack[ScopeOptions],
    ) -> tuple[Turn, ...]:
        """A conversation from plain messages of ``role`` and ``content``, for a program that keeps no turns of ours.

        The user's questions are answered again, in order and without a model; other messages are passed over, and so
        is one that is no question.
        """
        from assistant.answering.answers import turns_of_messages

        return turns_of_messages(messages, self.library, scope_of(scope, options))

    @tells_damage
    def mentions(self, phrase: str, *, scope: Scope | None = None, **options: Unpack[ScopeOptions]) -> list[Mention]:
        """Every document in scope that has the phrase, each with its first sentence that does; most sentences first.

        Raises QuestionError for an empty or overlong phrase, and ScopeError.
        """
        from assistant.answering.evidence.mentions import find_mentions
        from assistant.answering.question.checking import checked_question

        return find_mentions(checked_question(phrase), self.library, scope_of(scope, options))

    def documents(self, *, scope: Scope | None = None, **options: Unpack[ScopeOptions]) -> dict[str, DocumentFacts]:
        """What each document in scope is about, by its id, in the order of the index."""
        wanted = scope_of(scope, options)
        return {name: about for name, about in self.store.facts.items() if wanted.passes(name, about)}

    @tells_damage
    def document(self, document_id: str) -> Document:
        """A document with its text and outline. Raises ScopeError where there is none of that id."""
        try:
            return self.store.document(document_id)
        except KeyError as error:
            raise ScopeError(f"no document {document_id!r}; documents() tells which there are") from error

    def read(self, document_id: str, start: int = 0, end: int | None = None) -> str:
        """``text[start:end]`` of a document, as it is quoted. Raises ScopeError where there is no such document."""
        return self.document(document_id).text[start:end]

    @tells_damage
    def goals(self, words: str = "", **options: Unpack[RowOptions]) -> list[Goal]:
        """Goals and results in scope, those that name most of ``words`` first; in order without words."""
        from assistant.facts.search import find_goals

        return find_goals(self.store.rows, words, query_of(options))

    @tells_damage
    def measures(self, words: str = "", **options: Unpack[RowOptions]) -> list[Measure]:
        """Measures in scope, in order; with ``words`` those that name them, and those above and below."""
        from assistant.facts.search import find_measures

        return find_measures(self.store.rows, words, query_of(options))

    @tells_damage
    def pairs(self, words: str = "", **options: Unpack[RowOptions]) -> list[GoalPair]:
        """The goals that are chosen, each beside the rows of all documents about its indicator."""
        from assistant.facts.pairing import pair_goals

        return pair_goals(self.goals(words, **options), self.store.rows)

    @tells_damage
    def contradictions(self, words: str = "", **options: Unpack[RowOptions]) -> list[Contradiction]:
        """Numbers of one document that cannot both be true, where one of them is chosen by words and scope."""
        from assistant.facts.pairing import contradictions_of

        return contradictions_of(self.goals(words, **options), self.store.rows)
