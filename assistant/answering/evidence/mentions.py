"""Documents that mention a phrase: where its words stand together, each with the first sentence that has it."""

from __future__ import annotations

import re

from assistant.answering.checking.citations import cite
from assistant.answering.library import Library
from assistant.datamodels import Mention, Passage, Scope
from assistant.interfaces import EVERYTHING
from assistant.language.marks import BESIDE_WORDS
from assistant.language.normalization import search_key
from assistant.language.sentences import split_sentences
from assistant.language.tokenization import evidence_tokens

BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
NEARLY_ALL, LEAST_TOGETHER = 0.75, 0.6
"""Share of the phrase, by weight, that one sentence holds: beside documents that have it, and where none has."""
LEAST_WORDS = 1
LIKELY = 0.5
"""Share of the phrase's pairs, by weight, that the index must know of a document before it is read."""


def find_mentions(phrase: str, library: Library, scope: Scope = EVERYTHING) -> list[Mention]:
    """Every document in scope with the phrase, word for word but for case, blanks and quotation marks, or with a
    sentence that holds nearly all of it by weight (甲项工程建设 for 甲项建设).

    Where there is none, those that have it without its last word, or most of it. Most sentences first, ties in the
    order of the index. An empty phrase is mentioned nowhere.
    """
    wanted = _bare(phrase)
    found = _mentioning(wanted, library, scope, NEARLY_ALL)
    return found or _mentioning(_without_last_word(wanted), library, scope, LEAST_TOGETHER)


def _without_last_word(phrase: str) -> str:
    import rjieba

    words = rjieba.cut(phrase)
    return "".join(words[:-1]) if len(words) > LEAST_WORDS else phrase


def _mentioning(wanted: str, library: Library, scope: Scope, least: float) -> list[Mention]:
    tokens = evidence_tokens(wanted)
    if not tokens:
        return []
    weights = {token: library.weights[token] for token in tokens}
    total = sum(weights.values())
    facts = library.store.facts
    held = library.index.holders(weights)
    names = [name for name in facts if scope.passes(name, facts[name])]
    # Marks inside a phrase part its words in the index, so that not all pairs need be held.
    likely = [name for name in names if held.get(name, (0.0, 0.0))[0] >= LIKELY * total or len(tokens) == 1]
    exact = {name: one for name in likely if (one := _word_for_word(name, wanted, library))}
    together = [name for name in names if name not in exact and held.get(name, (0.0, 0.0))[1] >= least * total]
    near = [one for name in together if (one := _nearly(name, frozenset(tokens), least, library))]
    found = [*exact.values(), *near]
    order = {name: rank for rank, name in enumerate(facts)}
    return sorted(found, key=lambda one: (-one.sentences, order[one.document_id]))


def _bare(text: str) -> str:
    return BESIDE_WORDS.sub("", search_key(text))


def _holds(text: str, wanted: str) -> bool:
    """Whether a text has the words, be it with what brackets add in their midst."""
    return wanted in _bare(text) or wanted in _bare(BRACKETS.sub("", text))


def _word_for_word(document_id: str, wanted: str, library: Library) -> Mention | None:
    found: list[tuple[Passage, int, int]] = []
    for passage in library.store.passages_of(document_id):
        if _holds(passage.text, wanted):
            found += [
                (passage, start, end)
                for text, start, end in split_sentences(passage.text, passage.start)
                if _holds(text, wanted)
            ]
    return Mention(document_id, len(found), cite(library.store, *found[0], 1)) if found else None


def _nearly(document_id: str, tokens: frozenset[str], least: float, library: Library) -> Mention | None:
    shares = [
        (library.weights.coverage(tokens, set(evidence_tokens(text))), passage, start, end)
        for passage in library.store.passages_of(document_id)
        for text, start, end in split_sentences(passage.text, passage.start)
    ]
    enough = [one for one in shares if one[0] >= least]
    if not enough:
        return None
    _, passage, start, end = max(enough, key=lambda one: one[0])
    return Mention(document_id, len(enough), cite(library.store, passage, start, end, 1))
