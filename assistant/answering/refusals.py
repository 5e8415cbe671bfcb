"""When not to answer: the year, the place or the thing asked for is not in the evidence."""

from __future__ import annotations

import re

from assistant.answering.document_scope import place_fits
from assistant.answering.evidence import Sentence, TermWeights, context_tokens, name_tokens
from assistant.answering.kinds import tells
from assistant.answering.questions import Question, evidence_tokens
from assistant.datamodels import Hit, Refusal
from assistant.retrieval.index import HybridIndex

NEAREST = 3
# idf-weighted share of the question's words that the evidence with its title must hold, set on the
# development questions; a cosine says nothing here. A wrong number is worse than a refusal.
LEAST_SUPPORT, LEAST_SUPPORT_OF_A_NUMBER = 0.15, 0.25
LEAST_MARGIN = 0.01
WORD_SHARE = 0.4
LEAST_FOCUS = 0.4
LEAST_COVERAGE = 0.12
LONGEST_MISSING = 12
# The documents are those of science bureaus; another bureau's figure must stand under its name.
OTHER_BODY = re.compile(
    r"(教育|农业农村|农业|发展和改革|发改|财政|卫生健康|卫健|工业和信息化|工信|经信|商务|民政|公安|人社|文旅|文物|环保"
    r"|生态环境|住建|交通|水利|市场监管|税务|统计|审计|司法)(?:局|委|厅|办)"
)


def find_refusal(question: Question, chosen: list[Sentence], found: list[Hit], index: HybridIndex) -> Refusal | None:
    """Why the question cannot be answered from ``chosen``, or None where it can."""
    nearest = tuple(found[:NEAREST])
    if not found:
        return Refusal("empty", "", ())
    if not chosen:
        return _out_of_scope(question, found, index, nearest)
    weights = TermWeights(index)
    held: set[str] = set()
    names: set[str] = set()
    for sentence in chosen:
        facts = index.store.facts[sentence.hit.passage.document_id]
        held |= context_tokens(sentence.hit, facts)
        names |= set(name_tokens(facts))
    if (body := OTHER_BODY.search(question.text)) and not any(_says(sentence, body[1]) for sentence in chosen):
        return Refusal("absent", body[0], nearest)
    lacking = [word for word in question.qualifiers if not any(_says(sentence, word) for sentence in chosen)]
    if lacking:
        return Refusal("absent", "、".join(lacking), nearest)
    if chosen[0].named or (question.tokens and _stands(question, chosen, held, names, weights)):
        return None
    return Refusal("absent", _missing_words(question, held), nearest)


def _stands(question: Question, chosen: list[Sentence], held: set[str], names: set[str], weights: TermWeights) -> bool:
    """Whether sentences that no row chose hold enough of the question to answer it."""
    topic = tuple(token for token in question.tokens if token not in names)
    if question.focus and weights.coverage(question.focus, held) < LEAST_FOCUS:
        return False
    if question.foreign:
        near = not topic or weights.coverage(topic, held) >= LEAST_COVERAGE or chosen[0].margin >= 0
        return (near or bool(question.names)) and tells(question, chosen)
    characters = {
        one for sentence in chosen for one in " ".join((*sentence.hit.passage.section_path, sentence.hit.passage.text))
    } | set("".join(names))
    words = weights.coverage(topic, held) if topic else 1.0
    support = WORD_SHARE * words + (1 - WORD_SHARE) * weights.coverage(question.characters, characters)
    least = LEAST_SUPPORT_OF_A_NUMBER if question.kind == "number" else LEAST_SUPPORT
    return (support >= least or chosen[0].margin >= LEAST_MARGIN) and tells(question, chosen)


def _says(sentence: Sentence, word: str) -> bool:
    """Whether the passage or its headings hold a qualifier of the question."""
    return word in sentence.hit.passage.text or any(word in heading for heading in sentence.hit.passage.section_path)


def _missing_words(question: Question, held: set[str]) -> str:
    """The words of the question that the evidence does not hold whole, at most three."""
    words = [word for word in question.words if not set(evidence_tokens(word)) <= held]
    return "、".join(word[:LONGEST_MISSING] for word in words[:3])


def _out_of_scope(question: Question, found: list[Hit], index: HybridIndex, nearest: tuple[Hit, ...]) -> Refusal:
    """Name the place or the year that no passage speaks of."""
    if not any(place_fits(question, hit, index) for hit in found):
        return Refusal("wrong_place", "、".join(question.places or question.names), nearest)
    return Refusal("wrong_year", "、".join(f"{year}年" for year in question.years), nearest)
