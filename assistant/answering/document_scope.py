"""Whether a passage speaks of the years and places that a question names."""

from __future__ import annotations

from functools import lru_cache

from assistant.answering.evidence import Sentence
from assistant.answering.questions import Question
from assistant.answering.scope import headed_years
from assistant.datamodels import DocumentFacts, Hit
from assistant.documents.metadata import own_kind
from assistant.retrieval.index import HybridIndex

LEAST_MENTIONS = 2


def in_scope(question: Question, hit: Hit, index: HybridIndex) -> bool:
    """Whether the passage speaks of the years and places that the question names."""
    return _year_fits(question, hit, index) and place_fits(question, hit, index)


def _year_fits(question: Question, hit: Hit, index: HybridIndex) -> bool:
    """By the year that the headings name, else the document's years, else a year in the passage itself."""
    return not question.years or any(_speaks_of(year, hit, index) for year in question.years)


def _speaks_of(year: int, hit: Hit, index: HybridIndex) -> bool:
    years = headed_years(hit.passage.section_path) or index.store.facts[hit.passage.document_id].years
    return year in years or f"{year}年" in hit.passage.text


def missing_years(question: Question, chosen: list[Sentence], index: HybridIndex) -> list[int]:
    """Years that the question names and no evidence speaks of; a row was chosen by its own year."""
    if len(question.years) == 1 and all(sentence.named for sentence in chosen):
        return []
    return [year for year in question.years if not any(_speaks_of(year, sentence.hit, index) for sentence in chosen)]


def place_fits(question: Question, hit: Hit, index: HybridIndex) -> bool:
    """By the document's own place where it is known; else by what its text calls itself.

    A city that a document only mentions (与上海、南京等地合作) is not what it speaks of. Of several places the
    last is the narrowest and counts; where two are compared, one of them is enough.
    """
    if not question.names and not question.places:
        return True
    text = index.store.document(hit.passage.document_id).text
    if question.names:
        about = index.store.facts[hit.passage.document_id]
        spelled = _pinyin(f"{about.place}{about.title}") + _spelled(text)
        return all(name in spelled for name in question.names)
    facts = index.store.facts[hit.passage.document_id]
    return any(
        _is_of(place, facts, hit.passage.text, text)
        for place in (question.places if question.compares else question.places[-1:])
    )


def is_named(place: str, about: DocumentFacts) -> bool:
    """Whether the title or the place of a document is the one asked for: 某某县 is not 某某市."""
    if about.place and place[:-1] == about.place[:-1]:
        return place == about.place or place in about.title
    return place[:-1] in about.title or place[:-1] in about.place


def _is_of(place: str, facts: DocumentFacts, passage: str, text: str) -> bool:
    stem = place[:-1]
    if is_named(place, facts) or (place[-1] == "省" and stem in text):
        return True
    if facts.place or own_kind(text) not in ("", place[-1]):
        return stem in passage
    return place in text or text.count(stem) >= LEAST_MENTIONS


@lru_cache(maxsize=8192)
def _pinyin(text: str) -> str:
    """The text as an English question spells its names: without tones, in one run."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


@lru_cache(maxsize=64)
def _spelled(text: str) -> str:
    """The same of a long text, character by character, which reads one of several readings of some."""
    return "".join(map(_syllable, text))


@lru_cache(maxsize=8192)
def _syllable(character: str) -> str:
    return _pinyin(character)
