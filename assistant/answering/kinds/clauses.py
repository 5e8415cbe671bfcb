"""Questions of several clauses that each ask for something: the answer to each, one below the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.checking.citations import repeats
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.kinds.joining import renumbered
from assistant.answering.question.parts import Part, clauses
from assistant.answering.question.understanding import understand
from assistant.datamodels import Answer, Citation, Counted, Line, Notice, Question, Refusal

NAME = "clauses"


@dataclass(frozen=True)
class Clauses:
    """The parts of a question and the answer to each."""

    parts: list[Part]
    answers: list[Answer]


def recognises(question: Question) -> bool:
    """Two clauses that ask."""
    return bool(clauses(question.key))


def collects(evidence: Evidence) -> Clauses | None:
    """The answers to the clauses, the later ones from the document of the first; None where rows answer the whole."""
    if evidence.answer(evidence.question, NAME).kind == "goal":
        return None
    parts = clauses(evidence.question.key)
    first = evidence.answer(understand(parts[0].text), NAME)
    if not first.answered:
        return None
    scope = replace(evidence.scope, documents=frozenset({first.citations[0].document_id}))
    later = [evidence.answer(understand(part.text), NAME, scope=scope, topic=parts[0].text) for part in parts[1:]]
    return Clauses(parts, [first, *later])


def refuses(_: Evidence, __: Clauses) -> Refusal | None:
    """Never: the first clause is answered."""
    return None


def composes(evidence: Evidence, found: Clauses) -> Answer:
    """The lines of all answers, without what an earlier one quotes; parts that have none are named."""
    lines: list[Line] = []
    citations: list[Citation] = []
    missing: list[Line] = []
    for answer, part in zip(found.answers, found.parts, strict=True):
        if not answer.answered:
            missing.append(Notice("missing", (part.label,)))
            continue
        fresh = [one for one in answer.citations if not repeats(one, citations)]
        if fresh and any(isinstance(line, Counted) for line in answer.lines):
            fresh = list(answer.citations)
        known = {_span(one): one.marker for one in citations}
        numbers = {one.marker: len(citations) + rank for rank, one in enumerate(fresh, start=1)}
        same = {one.marker: known[_span(one)] for one in answer.citations if _span(one) in known}
        own, quotes = renumbered(answer, same | numbers)
        lines += [line for line in own if line not in lines] if fresh or same else []
        citations += [one for one in quotes if one.marker > len(citations)]
    return Answer(evidence.question.text, NAME, (*lines, *missing), tuple(citations))


def _span(citation: Citation) -> tuple[str, int, int]:
    """What tells a quote from others: two clauses may be told by different words of one."""
    return citation.passage_id, citation.start, citation.end
