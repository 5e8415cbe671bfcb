"""Whether a passage speaks of the years and places that a question names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from assistant.datamodels import DocumentFacts, Passage, Question, Sentence
from assistant.interfaces import DocumentStore
from assistant.language.places import own_suffix
from assistant.language.years import named_years

LEAST_MENTIONS = 2


def in_scope(question: Question, passage: Passage, store: DocumentStore) -> bool:
    """Whether the passage speaks of the years and places that the question names."""
    years = not question.years or any(_speaks_of(year, passage, store) for year in question.years)
    return years and place_fits(question, passage, store)


def headed_years(section_path: tuple[str, ...]) -> tuple[int, ...]:
    """Years that the headings over a passage name."""
    return named_years("\n".join(section_path))


def _speaks_of(year: int, passage: Passage, store: DocumentStore) -> bool:
    """By the year that the headings name, else the document's years, else a year in the passage itself."""
    years = headed_years(passage.section_path) or store.facts[passage.document_id].years
    return year in years or f"{year}年" in passage.text


def missing_years(question: Question, chosen: list[Sentence], store: DocumentStore) -> list[int]:
    """Years that the question names and no evidence speaks of; a row was chosen by its own year."""
    if len(question.years) == 1 and all(sentence.named for sentence in chosen):
        return []
    passages = [sentence.hit.passage for sentence in chosen]
    return [year for year in question.years if not any(_speaks_of(year, one, store) for one in passages)]


def place_fits(question: Question, passage: Passage, store: DocumentStore) -> bool:
    """By the document's own place where it is known; else by what its text calls itself.

    A city that a document only mentions (与上海、南京等地合作) is not what it speaks of. Of several places the
    last is the narrowest and counts; where two are compared, one of them is enough.
    """
    about = store.facts[passage.document_id]
    if question.names:
        spelled = _pinyin(f"{about.place}{about.title}") + _spelled(store.document(passage.document_id).text)
        return all(name in spelled for name in question.names)
    places = question.places if question.compares else question.places[-1:]
    return not places or any(_is_of(place, about, passage, store) for place in places)


def is_named(place: str, about: DocumentFacts) -> bool:
    """Whether the title or the place of a document is the one asked for: 某某县 is not 某某市."""
    if about.place and place[:-1] == about.place[:-1]:
        return place == about.place or place in about.title
    return place[:-1] in about.title or place[:-1] in about.place


def speaks_of_place(question: Question, document_id: str, words: Iterable[str], store: DocumentStore) -> bool:
    """Whether the document is of the place asked for, or these words of it name that place."""
    place = question.places[-1] if question.places and not question.compares else ""
    about = store.facts[document_id]
    if not place or is_named(place, about):
        return True
    other = about.place or own_suffix(store.document(document_id).text) not in ("", place[-1])
    return not other or any(place[:-1] in one for one in words)


def _is_of(place: str, about: DocumentFacts, passage: Passage, store: DocumentStore) -> bool:
    if is_named(place, about):
        return True
    stem = place[:-1]
    if about.place and place[-1] != "省":  # told without reading the document
        return stem in passage.text
    text = store.document(passage.document_id).text
    if place[-1] == "省" and stem in text:
        return True
    if about.place or own_suffix(text) not in ("", place[-1]):
        return stem in passage.text
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
