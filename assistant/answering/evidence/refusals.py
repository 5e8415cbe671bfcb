"""When not to answer: the year, the place or the thing asked for is not in the evidence."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answering.evidence.conflicts import conflict
from assistant.answering.evidence.document_scope import place_fits
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.sentences import context_tokens, name_tokens
from assistant.answering.question.understanding import ALL_STATUSES
from assistant.datamodels import GoalStatus, Hit, Question, Refusal, Sentence
from assistant.language.bodies import OTHER_BUREAU, is_short_for
from assistant.language.frames import ONLY, UNCLAIMED
from assistant.language.tokenization import evidence_tokens
from assistant.language.years import PART, parts_of_year

NEAREST = 3
# idf-weighted share of the question's words that the evidence with its title must hold, set on the
# development questions; a cosine says nothing here. A wrong number is worse than a refusal.
LEAST_SUPPORT, LEAST_SUPPORT_OF_A_NUMBER = 0.15, 0.25
LEAST_MARGIN = 0.01
WORD_SHARE = 0.4
LEAST_FOCUS = 0.4
LEAST_OF_CHARACTERS = 0.8
LEAST_COVERAGE = 0.12
LONGEST_MISSING = 12
MOST_MISSING = 3
Tells = Callable[[Question, list[Sentence]], bool]
"""Whether sentences hold the kind of thing that is asked."""


def find_refusal(evidence: Evidence, chosen: list[Sentence], tells: Tells) -> Refusal | None:
    """Why the question cannot be answered from ``chosen``, or None where it can."""
    question, nearest = evidence.question, tuple(evidence.found[:NEAREST])
    if not nearest:
        return Refusal("empty", "", ())
    if not chosen:
        return _opposed(evidence, nearest) if evidence.sentences else _out_of_scope(evidence, nearest)
    body = OTHER_BUREAU.search(question.key)
    if body and not any(_is_of_bureau(body[1], sentence, evidence) for sentence in chosen):
        return Refusal("absent", body[0], nearest)
    lacking = [word for word in question.qualifiers if not any(_says(sentence, word) for sentence in chosen)]
    parts = parts_of_year(question.key)
    if parts and parts.isdisjoint(_parts_told(evidence, chosen)):
        lacking += PART.findall(question.key)
    if lacking:
        return Refusal("absent", "、".join(lacking), nearest)
    if chosen[0].named or (question.tokens and _stands(evidence, chosen) and tells(question, chosen)):
        return None
    return Refusal("absent", _missing_words(evidence, chosen), nearest)


def _opposed(evidence: Evidence, nearest: tuple[Hit, ...]) -> Refusal:
    """Where sentences share the words of the question and tell something else: what they lack."""
    question = evidence.question
    lacking = next(filter(None, (conflict(question, one) for one in evidence.sentences[:NEAREST])), "")
    year = lacking and all(f"{one}年" in lacking for one in question.years) and question.years
    return Refusal("wrong_year" if year else "absent", lacking, nearest)


def row_refusal(evidence: Evidence) -> Refusal | None:
    """Where a row has the number that is asked, but of another status or year: what is missing."""
    question, nearest = evidence.question, tuple(evidence.found[:NEAREST])
    if evidence.goals(ALL_STATUSES):
        only: GoalStatus = "planned" if "achieved" in question.statuses else "achieved"
        return Refusal("absent", ONLY[only], nearest, only)
    if question.years and evidence.goals(ALL_STATUSES, any_year=True):
        return Refusal("wrong_year", _named_years(question), nearest)
    if standing := evidence.unclaimed:
        return Refusal("absent", UNCLAIMED[standing], nearest)
    return None


def _stands(evidence: Evidence, chosen: list[Sentence]) -> bool:
    """Whether sentences that no row chose hold enough of the question to answer it."""
    question, weights, facts = evidence.question, evidence.library.weights, evidence.library.store.facts
    held = _held(evidence, chosen)
    names = {token for sentence in chosen for token in name_tokens(facts[sentence.hit.document_id])}
    topic = [token for token in question.tokens if token not in names]
    spoken = set("".join(one.text for one in chosen))
    asked = set("".join(question.focus))
    in_other_order = len(asked & spoken) >= LEAST_OF_CHARACTERS * len(asked)  # 授权专利 for 专利授权量
    if question.focus and weights.coverage(question.focus, held) < LEAST_FOCUS and not in_other_order:
        return False
    words = weights.coverage(topic, held) if topic else 1.0
    if not words:  # characters alone are shared by all texts
        return chosen[0].margin >= LEAST_MARGIN
    if question.foreign:
        return words >= LEAST_COVERAGE or chosen[0].margin >= 0 or bool(question.names)
    told = "".join(" ".join((*one.hit.passage.section_path, one.hit.passage.text)) for one in chosen)
    characters = weights.coverage(question.characters, set(told) | set("".join(names)))
    least = LEAST_SUPPORT_OF_A_NUMBER if question.kind == "number" else LEAST_SUPPORT
    return WORD_SHARE * words + (1 - WORD_SHARE) * characters >= least or chosen[0].margin >= LEAST_MARGIN


def _held(evidence: Evidence, chosen: list[Sentence]) -> set[str]:
    """Tokens of the passages of the sentences, with what travels with them."""
    facts = evidence.library.store.facts
    return set().union(*(context_tokens(one.hit, facts[one.hit.document_id]) for one in chosen))


def _says(sentence: Sentence, word: str) -> bool:
    """Whether the passage or its headings hold a qualifier of the question."""
    return word in sentence.hit.passage.text or any(word in heading for heading in _headings(sentence))


def _parts_told(evidence: Evidence, chosen: list[Sentence]) -> set[tuple[int, int]]:
    """The parts of a year that the documents of the sentences name."""
    store = evidence.library.store
    texts = (f"{one.hit.passage.title}\n{store.document(one.hit.document_id).text}" for one in chosen)
    return set().union(*map(parts_of_year, texts))


def _is_of_bureau(name: str, sentence: Sentence, evidence: Evidence) -> bool:
    """Whether a sentence stands under the name of a bureau, or in a document of it."""
    about = evidence.library.store.facts[sentence.hit.document_id]
    return _says(sentence, name) or any(is_short_for(name, one) for one in (about.title, about.bureau))


def _headings(sentence: Sentence) -> tuple[str, ...]:
    """The title and the headings over a sentence."""
    return (sentence.hit.passage.title, *sentence.hit.passage.section_path)


def _missing_words(evidence: Evidence, chosen: list[Sentence]) -> str:
    """The words of the question that the evidence does not hold whole, at most three, without the unit of 多少家…"""
    held, question = _held(evidence, chosen), evidence.question
    named = (word.removeprefix(question.unit) if f"少{word}" in question.key else word for word in question.words)
    words = [word for word in named if not set(evidence_tokens(word)) <= held]
    return "、".join(word[:LONGEST_MISSING] for word in words[:MOST_MISSING])


def _out_of_scope(evidence: Evidence, nearest: tuple[Hit, ...]) -> Refusal:
    """Name the place or the year that no passage speaks of."""
    question, store = evidence.question, evidence.library.store
    if not any(place_fits(question, hit.passage, store) for hit in evidence.found):
        return Refusal("wrong_place", "、".join(question.places or question.names), nearest)
    return Refusal("wrong_year", _named_years(question), nearest)


def _named_years(question: Question) -> str:
    return "、".join(f"{year}年" for year in question.years)


def without_number(evidence: Evidence, chosen: list[Sentence], tells: Tells) -> Refusal | None:
    """``find_refusal``, told by a row of another status or year where a number is asked and one has it."""
    refusal = find_refusal(evidence, chosen, tells)
    return refusal and (row_refusal(evidence) or refusal)
