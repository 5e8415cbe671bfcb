"""When not to answer: the year, the place or the thing asked for is not in the evidence."""

from __future__ import annotations

from functools import lru_cache

from assistant.answering.evidence import VALUE, Sentence, TermWeights, context_tokens, lead
from assistant.answering.questions import YEAR, Question
from assistant.datamodels import Hit, Refusal
from assistant.retrieval.index import HybridIndex

NEAREST = 3
# idf-weighted share of the question's words that the evidence with its title must hold, set on the
# development questions; a cosine says nothing here.
LEAST_COVERAGE = 0.2
LEAST_FOCUS = 0.4
LEAST_MARGIN = 0.01
LEAST_MENTIONS = 2


def in_scope(question: Question, hit: Hit, index: HybridIndex) -> bool:
    """Whether the passage speaks of the years and places that the question names."""
    return _year_fits(question, hit, index) and _place_fits(question, hit, index)


def _year_fits(question: Question, hit: Hit, index: HybridIndex) -> bool:
    """By the year that the headings name, else the document's years, else a year in the passage itself."""
    if not question.years:
        return True
    headed = {int(year) for heading in hit.passage.section_path for year in YEAR.findall(heading)}
    years = headed or set(index.store.facts[hit.passage.document_id].years)
    return any(year in years or f"{year}年" in hit.passage.text for year in question.years)


def _place_fits(question: Question, hit: Hit, index: HybridIndex) -> bool:
    """By the document's own place where it is known; else by what its text calls itself.

    A city that a document only mentions (与上海、南京等地合作) is not what it speaks of.
    """
    if question.names:
        spelled = _pinyin(index.store.document(hit.passage.document_id).text)
        return all(name in spelled for name in question.names)
    if not question.places:
        return True
    facts = index.store.facts[hit.passage.document_id]
    stems = [place[:-1] for place in question.places]
    if any(stem in facts.title or stem in facts.place for stem in stems):
        return True
    if facts.place:
        return any(stem in hit.passage.text for stem in stems)
    text = index.store.document(hit.passage.document_id).text
    return any(place in text or text.count(place[:-1]) >= LEAST_MENTIONS for place in question.places)


@lru_cache(maxsize=64)
def _pinyin(text: str) -> str:
    """The text as an English question spells its names: without tones, in one run."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


def find_refusal(question: Question, chosen: list[Sentence], found: list[Hit], index: HybridIndex) -> Refusal | None:
    """Why the question cannot be answered from ``chosen``, or None where it can."""
    nearest = tuple(found[:NEAREST])
    if not found:
        return Refusal("empty", "", ())
    if not chosen:
        return _out_of_scope(question, found, index, nearest)
    weights = TermWeights(index)
    held: set[str] = set()
    for sentence in chosen:
        held |= context_tokens(sentence.hit, index.store.facts[sentence.hit.passage.document_id])
    unnamed = bool(question.focus) and weights.coverage(question.focus, held) < LEAST_FOCUS
    least_margin = 0 if question.foreign else LEAST_MARGIN
    stands = weights.coverage(question.tokens, held) >= LEAST_COVERAGE or chosen[0].margin >= least_margin
    told = question.kind != "number" or any(VALUE.search(lead(question, sentence.text)) for sentence in chosen)
    if told and stands and not unnamed:
        return None
    return Refusal("absent", _missing_words(question, held), nearest)


def _missing_words(question: Question, held: set[str]) -> str:
    """The stretches of the question that the evidence lacks, at most three."""
    words: list[str] = []
    for token in question.tokens:
        if token in held:
            continue
        if words and words[-1][-1] == token[0] and not token.isascii():
            words[-1] += token[1:]
        else:
            words.append(token)
    return "、".join(words[:3])


def _out_of_scope(question: Question, found: list[Hit], index: HybridIndex, nearest: tuple[Hit, ...]) -> Refusal:
    """Name the place or the year that no passage speaks of."""
    if not any(_place_fits(question, hit, index) for hit in found):
        return Refusal("wrong_place", "、".join(question.places or question.names), nearest)
    return Refusal("wrong_year", "、".join(f"{year}年" for year in question.years), nearest)
