"""Whether a passage speaks of the years and places that a question names."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.datamodels import DocumentFacts, Goal, Passage, Question, Sentence
from assistant.facts.places import leads, may_lie_in
from assistant.interfaces import DocumentStore
from assistant.language import divisions
from assistant.language.places import MENTIONED, own_suffix
from assistant.language.titles import told_years
from assistant.language.years import named_years

SHORTEST_STEM = 2
"""Characters of a name that is all of it: 郊区 without 区 is no name."""


def in_scope(question: Question, passage: Passage, store: DocumentStore) -> bool:
    """Whether the passage speaks of the years and places that the question names."""
    years = not question.years or any(_speaks_of(year, passage, store) for year in question.years)
    return years and place_fits(question, passage, store)


def headed_years(section_path: tuple[str, ...]) -> tuple[int, ...]:
    """Years that the headings over a passage name."""
    return named_years("\n".join(section_path))


def _speaks_of(year: int, passage: Passage, store: DocumentStore) -> bool:
    """By the year that the headings name, else the document's years, else a year in the passage itself."""
    about = store.facts[passage.document_id]
    years = headed_years(passage.section_path) or told_years(about.title, about.years)
    return year in years or f"{year}年" in passage.text


def missing_years(question: Question, chosen: list[Sentence], store: DocumentStore) -> list[int]:
    """Years that the question names and no evidence speaks of; a row was chosen by its own year."""
    if len(question.years) == 1 and all(sentence.named for sentence in chosen):
        return []
    passages = [sentence.hit.passage for sentence in chosen]
    return [year for year in question.years if not any(_speaks_of(year, one, store) for one in passages)]


def place_fits(question: Question, passage: Passage, store: DocumentStore) -> bool:
    """By the document's own place where it is known; else by what its text calls itself.

    A city that a document only mentions (与上海、南京等地合作) is not what it speaks of, and a document whose place
    is unknown is of none. Of several places the last is the narrowest and counts; where two are compared, one of them
    is enough.
    """
    about = store.facts[passage.document_id]
    if question.names:
        spelled = _pinyin(f"{about.place}{about.title}") + _spelled(store.document(passage.document_id).text)
        return all(name in spelled for name in question.names)
    places = question.places if question.compares else question.places[-1:]
    return not places or any(
        is_named(place, about) or _speaks_of_place(place, about, passage, store) for place in places
    )


def is_spelled(names: tuple[str, ...], about: DocumentFacts) -> bool:
    """Whether the place and the title of a document hold all names as they are spelled in Latin letters."""
    return all(name in _pinyin(f"{about.place}{about.title}") for name in names)


def is_named(place: str, about: DocumentFacts) -> bool:
    """Whether the title or the place of a document is the one asked for: 某某县 is not 某某市."""
    if about.place and place[:-1] == about.place[:-1]:
        return place == about.place or place in about.title
    stem = _stem(place)
    return stem in about.title or stem in about.place


def _stem(place: str) -> str:
    """The name without its suffix, where it is more than that: 郊区 stays."""
    return place[:-1] if len(place) > SHORTEST_STEM else place


def lies_in_all(places: tuple[str, ...], about: DocumentFacts) -> bool:
    """Whether no wider place that a question names speaks against the document: 甲市某区 is asked, it is of 乙市."""
    named = [one.name for one in divisions.named(about.title)]
    return all(
        is_named(wide, about) or (divisions.lies_in(about.place, wide) is not False and not set(named) - {about.place})
        for wide in places[:-1]
    )


def owns(place: str, goal: Goal, about: DocumentFacts) -> bool:
    """Whether a row is of the place asked for: its own, or that of its document where it has no other."""
    if goal.place and goal.place in (place, _stem(place)):
        return True
    return goal.place == about.place and is_named(place, about)


def calls_itself(place: str, about: DocumentFacts, store: DocumentStore, document_id: str) -> bool:
    """Whether a document that neither title nor head give a place names this one, and more than as a partner."""
    if about.place:
        return False
    text, stem = store.document(document_id).text, _stem(place)
    if own_suffix(text) not in ("", place[-1]):
        return False
    return sum(not MENTIONED.search(text[max(0, one.start() - 2) : one.start()]) for one in re.finditer(stem, text)) > 1


def _speaks_of_place(place: str, about: DocumentFacts, passage: Passage, store: DocumentStore) -> bool:
    """Whether the document calls itself so, a clause of the passage begins with it, or it is a part of its place."""
    if calls_itself(place, about, store, passage.document_id):
        return True
    stem = _stem(place)
    found = [one.start() for one in re.finditer(re.escape(stem), passage.text)]
    part = may_lie_in(place, about.place)
    return bool(about.place) and any(
        not MENTIONED.search(passage.text[:start]) if part else leads(passage.text, start) for start in found
    )


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
