"""The extractive answerer: a question, or each of its parts, answered with quotes or refused."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answering.citations import repeats
from assistant.answering.conversation import Turn, detail, expanded_item, more_items, resolve, standing
from assistant.answering.descriptions import described, named_documents, unknown_description
from assistant.answering.extraction import Extract, extract
from assistant.answering.frames import COUNT_FRAME, DEFINITION_NOTICE, TABLE_HEAD, missing_frame, refusal_text
from assistant.answering.goal_evidence import telling_documents
from assistant.answering.goal_questions import asked_statuses
from assistant.answering.guarantee import MARKS, guaranteed
from assistant.answering.parts import COUNT_NOUN, Part, clauses, compared, scopes, statuses
from assistant.answering.questions import Question, understand
from assistant.answering.refusals import NEAREST
from assistant.answering.scope import describing_places
from assistant.answering.verdicts import judge
from assistant.datamodels import Answer, Citation, Refusal
from assistant.facts.quantities import Quantity, find_quantities
from assistant.language.normalization import search_key
from assistant.retrieval.retriever import Filters, HybridRetriever

MOST_CHOICES = 4
SPECIFIC = re.compile(r"[“”\"《》]|该[省市县区镇局]|我[省市县区镇局]|本[省市县区镇局]")
"""Words that mean one document, if not by its name."""


def answer_turn(text: str, retriever: HybridRetriever, filters: Filters, turns: tuple[Turn, ...]) -> Turn:
    """The question as the last turns complete it, with its answer. Raises QuestionError as answer_question does."""
    question = understand(text).text
    turns = standing(turns, retriever.index)
    for pointed in (expanded_item, more_items, detail):
        if (answer := pointed(question, turns, retriever.index)) is not None:
            return Turn(question, guaranteed(answer, retriever.index))
    resolved = resolve(question, turns, retriever.index)
    within = replace(filters, documents=resolved.documents)
    answer = answer_question(resolved.text, retriever, filters=within)
    if not answer.answered and not resolved.bound and resolved.documents is not None:
        return Turn(question, answer_question(question, retriever, filters=filters))
    return Turn(resolved.text, answer)


def answer_question(text: str, retriever: HybridRetriever, *, filters: Filters = Filters()) -> Answer:  # noqa: B008
    """Answer from the index of the retriever. Raises QuestionError for an empty or overlong question."""
    question = understand(text)
    # Patterns are written in simplified characters; the words of an English question stay as they are.
    asked = question if question.foreign else understand(COUNT_NOUN.sub(r"多少\1", search_key(question.text)))
    answer = _composed(asked, retriever, filters)
    return guaranteed(replace(answer, question=question.text), retriever.index)


def _composed(question: Question, retriever: HybridRetriever, filters: Filters) -> Answer:
    """Sides of a comparison as a table, else the answer to the question or to its clauses."""
    pair = compared(question.text)
    sides = pair or scopes(question.text) or statuses(question.text)
    if sides:
        answers = [_described(understand(side.text), retriever, filters) for side in sides]
        if sum(one.answered for one in answers) == len(sides):
            return _table(question, sides, answers, apart=bool(pair))
    return _described(question, retriever, filters)


def _described(question: Question, retriever: HybridRetriever, filters: Filters) -> Answer:
    """The answer within the documents that the question describes, where it does."""
    description = described(question.text, retriever.index) if filters.documents is None else None
    if description is not None and description.rest.strip():
        question = understand(description.rest)
        filters = replace(filters, documents=description.documents)
    elif filters.documents is None and question.kind == "number" and unknown_description(question.text):
        nearest = tuple(retriever.search(question.text, k=NEAREST, filters=filters))
        refusal = Refusal("absent", unknown_description(question.text), nearest)
        return Answer(question.text, refusal_text(refusal), refusal=refusal)
    elif filters.documents is None:
        # 茶叶县 that no document fits is a place that the corpus has nothing about.
        unknown = describing_places(question.text) if description is None else ()
        question = replace(question, places=(*question.places, *unknown))
        filters = replace(filters, documents=named_documents(question, retriever.index))
    return (_choices(question, retriever) if filters == Filters() else None) or _in_clauses(
        question, retriever, filters
    )


def _choices(question: Question, retriever: HybridRetriever) -> Answer | None:
    """What each document tells, for a number that several tell and a question that names none; None for others.

    A question without any words of its own is asked back with the documents to choose from.
    """
    index = retriever.index
    facts = index.store.facts
    if question.years or question.places or question.foreign or len(facts) < 2 or SPECIFIC.search(question.text):
        return None
    if not question.words:
        titles = "、".join(f"《{one.title}》" for one in list(facts.values())[:MOST_CHOICES])
        refusal = Refusal("vague", f"{titles}等 {len(facts)} 篇")
        return Answer(question.text, refusal_text(refusal), refusal=refusal)
    if question.kind != "number":
        return None
    telling = telling_documents(question, index, asked_statuses(question))[:MOST_CHOICES]
    told = [extract(question, retriever, Filters(documents=frozenset({name}))) for name in telling]
    answers = [one.answer for one in told if one.by_rows]
    sides = [Part(question.text, facts[name].title) for name, one in zip(telling, told, strict=True) if one.by_rows]
    return _table(question, sides, answers, apart=False) if len(answers) > 1 else None


def _in_clauses(question: Question, retriever: HybridRetriever, filters: Filters) -> Answer:
    whole = _one(question, retriever, filters)
    parts = clauses(question.text)
    if not parts or whole.by_rows:
        return whole.answer
    first = _one(understand(parts[0].text), retriever, filters).answer
    if not first.answered:
        return whole.answer
    passage = retriever.index.store.passage_by_id(first.citations[0].passage_id)
    within = replace(filters, documents=frozenset({passage.document_id}))
    later = [_one(understand(part.text), retriever, within, parts[0].text).answer for part in parts[1:]]
    return _joined(question, [first, *later], parts)


def _one(question: Question, retriever: HybridRetriever, filters: Filters, topic: str = "") -> Extract:
    """The answer to a question that asks for one thing."""
    if question.kind == "verdict":
        return judge(question, retriever, filters)
    return extract(question, retriever, filters, topic)


def _joined(question: Question, answers: list[Answer], parts: list[Part]) -> Answer:
    """The answers one below the other, without what an earlier one quotes; parts that have none are named."""
    lines: list[str] = []
    citations: list[Citation] = []
    missing: list[str] = []
    for answer, part in zip(answers, parts, strict=True):
        if not answer.answered:
            missing.append(part.label)
            continue
        fresh = [one for one in answer.citations if not repeats(one, citations)]
        if COUNT_FRAME.match(answer.text) and fresh:
            fresh = list(answer.citations)
        numbers = {one.marker: len(citations) + rank for rank, one in enumerate(fresh, start=1)}
        for line in answer.text.split("\n") if fresh else []:
            marks = MARKS.search(line)
            if not marks:
                lines.append(line)
            elif (number := int(marks[1][1:-1])) in numbers:
                lines.append(f"{line[: marks.start()]}[{numbers[number]}]")
        citations += [replace(one, marker=numbers[one.marker]) for one in fresh]
    notices = [missing_frame([part]) for part in missing]
    return Answer(question.text, "\n".join([*lines, *notices]), tuple(citations))


def _renumbered(line: str, offset: int) -> str:
    """The line with its marks moved on; [1] inside a quote is none of them."""
    marks = MARKS.search(line)
    moved = "".join(f"[{int(number) + offset}]" for number in re.findall(r"\d+", marks[1])) if marks else ""
    return f"{line[: marks.start()]}{moved}" if marks else line


def _table(question: Question, sides: list[Part], answers: list[Answer], *, apart: bool) -> Answer:
    """One line a side; with ``apart`` the difference below it where each side is one plain number of the same unit."""
    lines = list(TABLE_HEAD)
    citations: list[Citation] = []
    notices: dict[str, None] = {}
    for side, answer in zip(sides, answers, strict=True):
        for line in answer.text.split("\n"):
            if MARKS.search(line):
                lines.append(f"| {side.label} | {_renumbered(line, len(citations)).strip()} |")
            else:
                notices[line] = None
        citations += [replace(one, marker=one.marker + len(citations)) for one in answer.citations]
    difference = _difference([answer.text for answer in answers]) if apart else ""
    below = [difference, DEFINITION_NOTICE] if difference else [DEFINITION_NOTICE]
    return Answer(question.text, "\n".join([*lines, *below, *notices]), tuple(citations))


def _difference(texts: list[str]) -> str:
    """相差 66家(71家 - 5家)。 '' where a side is no plain number, bounded or about, or the units differ."""
    sides = [find_quantities(MARKS.sub("", text)) for text in texts]
    if any(len(found) != 1 for found in sides):
        return ""
    first, second = sides[0][0], sides[1][0]
    if first.unit != second.unit or first.unit == "%" or not (_is_plain(first) and _is_plain(second)):
        return ""
    values = sorted((one.value or 0.0 for one in (first, second)), reverse=True)
    larger, smaller = (f"{value:g}" for value in values)
    unit = first.unit
    return f"相差 {round(values[0] - values[1], 6):g}{unit}({larger}{unit} - {smaller}{unit})。"


def _is_plain(quantity: Quantity) -> bool:
    """Whether the number is told, exact, and no growth."""
    exact = quantity.comparator in ("", "达到", "达", "为", "是", "共", "共有", "实现")
    return quantity.value is not None and quantity.upper is None and exact and not quantity.change
