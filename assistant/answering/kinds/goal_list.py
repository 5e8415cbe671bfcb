"""All goals of the documents in question: each row's sentence under the title of its document; measures behind."""

from __future__ import annotations

from itertools import groupby, islice

from assistant.answering.evidence.asked_document import asked_document
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.row_sentences import goal_sentences
from assistant.answering.kinds.joining import behind, under_title
from assistant.answering.kinds.quoting import quoted_answer, sentence_span
from assistant.answering.question.understanding import understand
from assistant.datamodels import Answer, Citation, Goal, Line, Question, Refusal, RowQuery, Scope, Stated
from assistant.language import asking
from assistant.language.tokenization import content_tokens

NAME = "goal list"
MOST = 200
Found = list[tuple[str, list[Goal]]]


def recognises(question: Question) -> bool:
    """目标有哪些, 列出全部目标."""
    return asking.ALL_GOALS.search(question.key) is not None


def collects(evidence: Evidence) -> Found | None:
    """The planned rows by document; None where the question asks for those of one matter, or there are none."""
    question, library = evidence.question, evidence.library
    document = asked_document(evidence)
    title = f"{document.title}{document.place}{document.bureau}" if document else ""
    rest = content_tokens(asking.FRAME.sub(" ", asking.FRAME_OF_GOALS.sub(" ", " ".join(question.words))))
    if any(token not in title for token in rest):
        return None
    scope = evidence.scope.within(Scope(documents=frozenset({document.document_id}))) if document else evidence.scope
    rows = library.store.rows.goals(RowQuery(scope, statuses=frozenset({"planned", "projected"})))
    claimed = islice((one for one in rows if one.claimed and one.document_id not in library.superseded), MOST)
    found = [(name, list(group)) for name, group in groupby(claimed, key=lambda one: one.document_id)]
    return found or None


def refuses(_: Evidence, __: Found) -> Refusal | None:
    """Never: there are rows."""
    return None


def composes(evidence: Evidence, found: Found) -> Answer:
    """The sentences of the rows; then the measures, where they are asked for too."""
    question, library = evidence.question, evidence.library
    lines: list[Line] = []
    citations: list[Citation] = []
    for _, rows in found:
        answer = quoted_answer(evidence, NAME, goal_sentences(question, rows, library), sentence_span)
        own, quotes = under_title(answer, citations, library.store.facts)
        lines += own
        citations += quotes
    if asking.MEASURE.search(question.key):
        scope = evidence.scope.within(Scope(documents=frozenset(name for name, _ in found)))
        measures = evidence.answer(understand(asking.GOALS_AND.sub("", question.key)), NAME, scope=scope)
        own, quotes = behind(measures, citations) if measures.answered else ([], [])
        lines += [one for one in own if isinstance(one, Stated)]
        citations += quotes
    return Answer(question.text, NAME, tuple(lines), tuple(citations))
