"""A question answered with a language model: in its own words where it found no answer, then read and written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.answers import answer_turn, read_question
from assistant.answering.library import Library
from assistant.answering.question.conversation import Turn
from assistant.answering.writing.generation import generate
from assistant.answering.writing.rewriting import rewritten
from assistant.datamodels import Scope
from assistant.interfaces import Writer


def written_turns(turn: Turn, library: Library, scope: Scope, model: Writer, most_characters: int) -> Iterator[Turn]:
    """The turn, answered without the model, with answers that grow as it writes."""
    within = scope if turn.documents is None else scope.within(Scope(documents=turn.documents))
    question = read_question(turn.question, library)
    for answer in generate(turn.answer, question, library, within, model, most_characters):
        yield replace(turn, answer=answer)


def in_other_words(
    turn: Turn, question: str, turns: tuple[Turn, ...], library: Library, scope: Scope, model: Writer
) -> Turn:
    """The question as the model puts it, with its answer where that is one; else the turn as it is."""
    if turn.answer.state not in ("refused", "nearest"):
        return turn
    words = rewritten(question, turns, model)
    other = answer_turn(words, library, scope, ()) if words else turn
    return other if other.answer.state == "answered" else turn
