"""What was asked and answered on the page: a conversation as the server keeps it while a browser shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.answers import answer_turn
from assistant.answering.question.conversation import Turn, kept
from assistant.assistant import Assistant
from assistant.datamodels import Answer, Hit
from assistant.markdown import escape_markdown
from assistant.page.talk.filters import Filters
from assistant.page.talk.panels import hits_panel, turn_panel
from assistant.page.talk.rendering import answer_markdown, hits_markdown, understood

MOST = 30
"""Questions that a conversation on the page keeps."""
NONE = Filters()
PASSAGES = 10
"""That a search lists."""


@dataclass(frozen=True)
class Asked:
    """A question as it was put: of which documents, as a search or for an answer, alone or after those before it."""

    text: str
    filters: Filters = NONE
    searching: bool = False
    alone: bool = False


@dataclass(frozen=True)
class Exchange:
    """A question and what it brought: an answer, or the passages of a search."""

    asked: Asked
    question: str
    """As it was understood."""
    within: str = ""
    """Which documents it was asked of, as people read it; '' for all."""
    answer: Answer | None = None
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class Talk:
    """A conversation: its exchanges, and what the next question may lean on."""

    exchanges: tuple[Exchange, ...] = ()
    turns: tuple[Turn, ...] = ()

    @property
    def last(self) -> Exchange | None:
        """The last exchange."""
        return self.exchanges[-1] if self.exchanges else None


@dataclass(frozen=True)
class Reply:
    """The conversation with one more exchange, and that as a message with the passages beside it."""

    talk: Talk
    content: str
    panel: str
    exchange: Exchange


def replies(assistant: Assistant, asked: Asked, talk: Talk) -> Iterator[Reply]:
    """The reply as it grows. Raises AssistantError."""
    scope = asked.filters.scope
    if asked.searching:
        yield _with_hits(assistant, asked, tuple(assistant.search(asked.text, k=PASSAGES, scope=scope)), talk)
        return
    turns = () if asked.alone else talk.turns
    for turn in assistant.converse(asked.text, turns=turns, scope=scope, literal=asked.alone):
        yield _with_answer(assistant, asked, turn, talk)


def replied(assistant: Assistant, asked: Asked, talk: Talk) -> Reply:
    """The whole reply without a language model: how a conversation of before is listed again. Raises AssistantError."""
    if asked.searching:
        return next(replies(assistant, asked, talk))
    turns = () if asked.alone else talk.turns
    return _with_answer(assistant, asked, answer_turn(asked.text, assistant.library, asked.filters.scope, turns), talk)


def _with_answer(assistant: Assistant, asked: Asked, turn: Turn, talk: Talk) -> Reply:
    within = asked.filters.words(assistant.store.facts)
    exchange = Exchange(asked, turn.question, within, turn.answer)
    content = understood(asked.text, turn.question, within) + answer_markdown(turn.answer)
    talk = Talk(_added(talk, exchange), kept(talk.turns, turn))
    return Reply(talk, content, turn_panel(turn.answer, assistant.store), exchange)


def _with_hits(assistant: Assistant, asked: Asked, hits: tuple[Hit, ...], talk: Talk) -> Reply:
    within = asked.filters.words(assistant.store.facts)
    exchange = Exchange(asked, asked.text, within, hits=hits)
    found = hits_markdown(asked.text, hits) if hits else escape_markdown("没有符合筛选条件的段落。")
    content = understood(asked.text, asked.text.strip(), within) + found
    return Reply(Talk(_added(talk, exchange), talk.turns), content, hits_panel(asked.text, hits), exchange)


def _added(talk: Talk, exchange: Exchange) -> tuple[Exchange, ...]:
    return (*talk.exchanges, exchange)[-MOST:]
