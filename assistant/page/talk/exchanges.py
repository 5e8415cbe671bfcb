"""What was asked and answered on the page: a conversation as the server keeps it while a browser shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.answering.answers import answer_turn
from assistant.answering.question.conversation import Turn, kept
from assistant.assistant import Assistant
from assistant.datamodels import Answer, Hit
from assistant.page.talk.filters import Filters
from assistant.page.talk.panels import hits_panel, turn_panel
from assistant.page.talk.rendering import answer_markdown, escape_markdown, hits_markdown, understood

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
    answer: Answer | None = None
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class Talk:
    """A conversation: its exchanges, what the next question may lean on, and the passages beside it, the last first."""

    exchanges: tuple[Exchange, ...] = ()
    turns: tuple[Turn, ...] = ()
    panels: tuple[str, ...] = ()

    @property
    def last(self) -> Exchange | None:
        """The last exchange."""
        return self.exchanges[-1] if self.exchanges else None


@dataclass(frozen=True)
class Reply:
    """The conversation with one more exchange, and that as a message."""

    talk: Talk
    content: str
    exchange: Exchange


def replies(assistant: Assistant, asked: Asked, talk: Talk, number: int) -> Iterator[Reply]:
    """The reply as it grows; ``number`` names its marks. Raises AssistantError."""
    scope = asked.filters.scope
    if asked.searching:
        hits = tuple(assistant.search(asked.text, k=PASSAGES, scope=scope))
        yield _with_hits(assistant, asked, hits, talk, number)
        return
    turns = () if asked.alone else talk.turns
    for turn in assistant.converse(asked.text, turns=turns, scope=scope, literal=asked.alone):
        yield _with_answer(assistant, asked, turn, talk, number)


def replied(assistant: Assistant, asked: Asked, talk: Talk, number: int) -> Reply:
    """The whole reply without a language model: how a conversation of before is listed again."""
    if asked.searching:
        return next(iter(replies(assistant, asked, talk, number)))
    turns = () if asked.alone else talk.turns
    return _with_answer(
        assistant, asked, answer_turn(asked.text, assistant.library, asked.filters.scope, turns), talk, number
    )


def _with_answer(assistant: Assistant, asked: Asked, turn: Turn, talk: Talk, number: int) -> Reply:
    exchange = Exchange(asked, turn.question, turn.answer)
    content = understood(asked.text, turn.question) + answer_markdown(turn.answer, number)
    panel = turn_panel(turn.answer, assistant.store, number)
    return Reply(_added(replace(talk, turns=kept(talk.turns, turn)), exchange, panel), content, exchange)


def _with_hits(assistant: Assistant, asked: Asked, hits: tuple[Hit, ...], talk: Talk, number: int) -> Reply:
    exchange = Exchange(asked, asked.text, hits=hits)
    content = hits_markdown(asked.text, hits, number) if hits else escape_markdown("没有符合筛选条件的段落。")
    return Reply(_added(talk, exchange, hits_panel(asked.text, hits, number)), content, exchange)


def _added(talk: Talk, exchange: Exchange, panel: str) -> Talk:
    return replace(talk, exchanges=(*talk.exchanges, exchange)[-MOST:], panels=(panel, *talk.panels)[:MOST])
