"""Let a language model read the passages found and answer; each sentence is shown only after it was checked.

The model gets numbered sentences (material.py), whatever the answer made without it is. What it writes is taken
sentence by sentence: marks must be ones that were offered, and the facts of the sentence those of its quotes. A
sentence that fails is left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field, replace

from assistant.answering.checking.citations import repeats
from assistant.answering.checking.guarantee import violations
from assistant.answering.checking.written import judge
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.kinds import answer as answer_by_kind
from assistant.answering.library import Library
from assistant.answering.writing.drafts import Drafted, sentences_of
from assistant.answering.writing.material import material, messages
from assistant.answering.writing.replies import THOUGHT_ENDS
from assistant.datamodels import Answer, Citation, Line, Notice, Question, Quoted, Scope, Written
from assistant.errors import GenerationError
from assistant.interfaces import Writer
from assistant.language.frames import NOT_TOLD
from assistant.language.normalization import search_key
from assistant.language.sentences import MAY_END
from assistant.language.tokenization import content_tokens, evidence_tokens
from assistant.language.years import DATED

LEAST_SHARED = 0.5
NOTHING_TO_READ = ("empty", "wrong_year", "wrong_place")
"""Refusals after which no passage is in scope."""


def generate(
    answer: Answer, question: Question, library: Library, scope: Scope, model: Writer, most_characters: int
) -> Generator[Answer, None, None]:
    """Answers that grow by a sentence each, all of which keep the guarantee; the last one is whole.

    Where the model fails, or nothing that it writes is borne out, the last one is ``answer`` with a notice that says
    why. What is complete without a model stays as it is: lists, tables, verdicts, cautions.
    """
    if not _may_gain(answer):
        yield answer
        return
    items = material(Evidence(question, library, scope, answer_by_kind), answer, most_characters)
    if not items:
        yield answer
        return
    draft = _Draft(answer, items, library)
    try:
        for piece in model.stream(messages(question.text, items, library)):
            yield from draft.take(piece)
        yield from draft.end()
    except GenerationError as error:
        yield replace(answer, notice=f"没有采用模型的回答:{error}。")
    except Exception as error:  # a model of the caller's may raise anything; the quotes are there
        yield replace(answer, notice=f"没有采用模型的回答:模型出错({type(error).__name__})。")


def _may_gain(answer: Answer) -> bool:
    """Whether a model may add: not to a list, a table, a verdict, help or a caution, which it could only make worse."""
    if answer.refusal is not None:
        return answer.refusal.reason not in NOTHING_TO_READ
    return all(isinstance(line, Quoted) or line in (Notice("nearest"), Notice("missing")) for line in answer.lines)


@dataclass
class _Draft:
    """The draft as it comes, with the sentences of it that were checked."""

    answer: Answer
    items: list[Citation]
    library: Library
    text: str = ""
    taken: int = 0
    lines: list[tuple[str, tuple[int, ...], bool]] = field(default_factory=list)
    """Words, marks, and whether facts of theirs were compared."""
    left_out: int = 0
    untold: bool = False
    """Whether the model says that the passages do not tell something."""

    def take(self, piece: str) -> Iterator[Answer]:
        """The answer after each whole sentence that a piece ends; an end of thoughts begins anew."""
        self.text += piece
        if THOUGHT_ENDS in self.text:
            self.text, self.taken, self.lines, self.left_out = self.text.rpartition(THOUGHT_ENDS)[2], 0, [], 0
        if MAY_END.search(piece):
            yield from self._grow(sentences_of(self.text)[:-1])

    def end(self) -> Iterator[Answer]:
        """The whole answer. Raises GenerationError where nothing of the draft can be shown."""
        for _ in self._grow(sentences_of(self.text)):
            pass
        if self.lines:
            yield self._shown(whole=True)
        elif self.left_out:
            raise GenerationError(f"它写的 {self.left_out} 句都与原文不符")
        elif self.untold:
            yield self._not_told()
        else:
            raise GenerationError("模型没有给出回答")

    def _grow(self, sentences: list[Drafted]) -> Iterator[Answer]:
        for sentence in sentences[self.taken :]:
            self.taken += 1
            if self._add(sentence):
                yield self._shown(whole=False)

    def _add(self, sentence: Drafted) -> bool:
        """Whether the sentence is one more line."""
        if not evidence_tokens(search_key(sentence.words)):
            return False
        if NOT_TOLD.search(sentence.words) and not re.search(r"\d", DATED.sub("", sentence.words)):
            self.untold = True
            return False
        marks = sentence.marks or self._sharing(sentence.words)
        parts = sentence.parts if sentence.marks else ((sentence.words, marks),)
        if not marks or not set(marks) <= {one.marker for one in self.items}:
            self.left_out += 1
            return False
        store, before = self.library.store, self.lines[-1][0] if self.lines else ""
        judged = judge([(words, [self.items[mark - 1] for mark in own]) for words, own in parts], store, before)
        self.lines.append((sentence.words, marks, judged.kind == "fact"))
        shown = self._shown(whole=False)
        if judged.kind == "failed" or self._is_wrong(shown):
            self.lines.pop()
            self.left_out += 1
            return False
        return True

    def _is_wrong(self, shown: Answer) -> bool:
        checks = (violations, *self.library.checks)
        return any(check(shown, self.library.store) for check in checks)

    def _sharing(self, words: str) -> tuple[int, ...]:
        """The mark of the quote that shares most words with a sentence that has none; () where none shares enough."""
        wanted = set(content_tokens(search_key(words)))
        shared = {one.marker: len(wanted & set(evidence_tokens(search_key(one.quote)))) for one in self.items}
        best = max(shared, key=lambda marker: (shared[marker], -marker))
        return (best,) if shared[best] >= LEAST_SHARED * len(wanted) else ()

    def _shown(self, *, whole: bool) -> Answer:
        """The sentences with marks numbered in the order of their use, and what is to be said of the others."""
        used = list(dict.fromkeys(mark for _, marks, _ in self.lines for mark in marks))
        written = [
            Written(words, tuple(used.index(mark) + 1 for mark in marks), checked)
            for words, marks, checked in self.lines
        ]
        citations = [replace(self.items[mark - 1], marker=number) for number, mark in enumerate(used, start=1)]
        quoted = self._other_quotes(citations) if whole and self.left_out else []
        notices = [Notice("untold")] if whole and self.untold else []
        notices += [Notice("left_out", (str(self.left_out),))] if whole and self.left_out else []
        lines: tuple[Line, ...] = (*written, *quoted, *notices)
        return Answer(self.answer.question, "written", lines, tuple(citations), generated=True)

    def _other_quotes(self, citations: list[Citation]) -> list[Quoted]:
        """What the answer made without the model quotes beside the quotes of the sentences, which get its citations."""
        lines = []
        for line in self.answer.lines if self.answer.state == "answered" else ():
            own = [self.answer.citations[mark - 1] for mark in line.markers] if isinstance(line, Quoted) else []
            if isinstance(line, Quoted) and not any(repeats(one, citations) for one in own):
                first = len(citations) + 1
                citations += [replace(one, marker=first + rank) for rank, one in enumerate(own)]
                lines.append(replace(line, markers=tuple(range(first, first + len(own)))))
        return lines

    def _not_told(self) -> Answer:
        """The answer made without the model, as the nearest: the model read the passages and found none that tells."""
        notice = "模型读过检索到的原文,认为没有写明所问的内容。"
        lines = self.answer.lines
        if self.answer.answered and lines[:1] != (Notice("nearest"),):
            lines = (Notice("nearest"), *lines)
        return replace(self.answer, lines=lines, notice=notice)
