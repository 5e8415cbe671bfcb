"""A question in, an answer out: within a conversation, through the kinds of answers, past every check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from assistant.answering.checking.guarantee import guaranteed
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.kinds import answer
from assistant.answering.kinds.earlier import pointed
from assistant.answering.library import Library
from assistant.answering.question.conversation import Turn, kept, questions_of, readings, standing
from assistant.answering.question.pinyin import in_characters
from assistant.answering.question.understanding import understand
from assistant.answering.question.whole_names import with_whole_names
from assistant.datamodels import Answer, Question, Scope
from assistant.errors import QuestionError
from assistant.interfaces import EVERYTHING


def answer_turn(text: str, library: Library, scope: Scope, turns: tuple[Turn, ...]) -> Turn:
    """The question as the last turns complete it, with its answer. Raises QuestionError as ``understand`` does."""
    question = read_question(text, library)
    if question.foreign and (spelled := in_characters(question.key, library)):
        question = read_question(spelled, library)
    turns = tuple(turn for turn in standing(turns, library.store) if _is_within(turn, scope, library))
    if (earlier := pointed(question.text, turns, library.store)) is not None:
        return Turn(question.text, guaranteed(earlier, library))
    tried: list[Turn] = []
    for reading in readings(question.text, turns, library):
        understood = question if reading.text == question.text else read_question(reading.text, library)
        within = scope if reading.documents is None else scope.within(Scope(documents=reading.documents))
        tried.append(Turn(understood.text, answered(understood, library, within), reading.documents))
        if tried[-1].answer.answered:
            return tried[-1]
    return tried[0]


def turns_of_messages(messages: Sequence[Mapping[str, str]], library: Library, scope: Scope) -> tuple[Turn, ...]:
    """The user's questions among plain messages, answered in order; one that is no question is passed over."""
    turns: tuple[Turn, ...] = ()
    for question in questions_of(messages):
        with suppress(QuestionError):
            turns = kept(turns, answer_turn(question, library, scope, turns))
    return turns


def read_question(text: str, library: Library) -> Question:
    """The question with whole names for its places. Raises QuestionError as ``understand`` does."""
    return understand(text, lambda key: with_whole_names(key, library))


def _is_within(turn: Turn, scope: Scope, library: Library) -> bool:
    """Whether a turn quotes nothing that the scope leaves out: what a caller shuts out does not come back by 还有呢."""
    facts = library.store.facts
    return all(scope.passes(one.document_id, facts[one.document_id]) for one in turn.answer.citations)


def answer_question(text: str, library: Library, *, scope: Scope = EVERYTHING) -> Answer:
    """Answer from a library. Raises QuestionError for an empty or overlong question."""
    return answer_turn(text, library, scope, ()).answer


def answered(question: Question, library: Library, scope: Scope) -> Answer:
    """The answer to an understood question, checked."""
    found = answer(Evidence(question, library, scope, answer))
    return guaranteed(replace(found, question=question.text), library)
