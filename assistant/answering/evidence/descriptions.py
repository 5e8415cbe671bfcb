"""Documents that a question describes instead of naming: 举办某大会的那个市, 茶叶县."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.evidence.document_scope import is_spelled
from assistant.answering.library import Library
from assistant.datamodels import Question
from assistant.language.asking import ASKS, DESCRIBED, FRAME_OF_DESCRIPTION, QUOTED
from assistant.language.normalization import search_key
from assistant.language.places import describing_places
from assistant.language.tokenization import content_tokens
from assistant.language.years import DATED

LEAST_HELD = 0.65
NEARLY = 0.9


@dataclass(frozen=True)
class Description:
    """What a question says of a document, the rest of the question, and the documents it fits."""

    words: str
    rest: str
    documents: frozenset[str]


def described(question: Question, library: Library) -> Description | None:
    """The documents that the question describes; None where it describes none, or none that the corpus has."""
    facts = library.store.facts
    for words, rest in _descriptions(question.key):
        documents = _documents_with(words, library)
        places = {facts[one].place for one in documents} - {""}
        documents |= {name for name, one in facts.items() if one.place in places}
        of_years = frozenset(one for one in documents if not set(question.years).isdisjoint(facts[one].years))
        if documents:
            return Description(words, rest, of_years or documents)
    return None


def unknown_description(key: str) -> str:
    """The words that describe a document, where they do; for a question that no document fits."""
    match = DESCRIBED.match(key)
    return match["described"] if match and not ASKS.search(match["described"]) else ""


def named_documents(question: Question, library: Library) -> frozenset[str] | None:
    """The documents of the place and the years that the question names; those of the place
    where none is of the years; None where the corpus has none of the place."""
    if question.compares:
        return None
    facts = library.store.facts.items()
    if question.foreign:
        of_place = frozenset(name for name, one in facts if question.names and is_spelled(question.names, one))
    else:
        of_place = frozenset(name for name, one in facts if len(one.place) > 2 and one.place[:-1] in question.key)
    if of_place and question.years:
        of_years = frozenset(name for name, one in facts if not set(question.years).isdisjoint(one.years))
        return of_place & of_years or of_place or None
    return of_place or None


def _descriptions(key: str) -> list[tuple[str, str]]:
    """(words that describe, rest of the question), those that name no place."""
    found = []
    match = DESCRIBED.match(key)
    if match and not ASKS.search(match["described"]):
        found.append((match["described"], key[match.end() :]))
    return [*found, *((name[:-1], key.replace(name, "", 1).lstrip("的那个")) for name in describing_places(key))]


def _documents_with(words: str, library: Library) -> frozenset[str]:
    """The documents that hold most of the words, by weight, where they hold enough of them."""
    import rjieba

    # By words: a pair of characters across two of them stands in no document.
    cut = rjieba.cut(FRAME_OF_DESCRIPTION.sub(" ", DATED.sub(" ", words))) or rjieba.cut(words)
    quoted = QUOTED.findall(words)
    tokens = tuple(dict.fromkeys(token for word in (*cut, *quoted) for token in content_tokens(word)))
    if not tokens:
        return frozenset()
    if quoted:
        store = library.store
        holding = (
            name
            for name, (share, _) in _shares(content_tokens(" ".join(quoted)), library).items()
            if share > LEAST_HELD
        )
        saying = [one for one in holding if all(part in search_key(store.document(one).text) for part in quoted)]
        if saying:
            return frozenset(saying)
    scores = {
        name: held + together for name, (held, together) in _shares(tokens, library).items() if held >= LEAST_HELD
    }
    best = max(scores.values(), default=0.0)
    return frozenset(name for name, score in scores.items() if score >= NEARLY * best)


def _shares(tokens: tuple[str, ...], library: Library) -> dict[str, tuple[float, float]]:
    """For each document the share of the tokens' weight that it holds, and the most that one passage of it holds."""
    weights = {token: library.weights[token] for token in tokens}
    total = sum(weights.values()) or 1.0
    found = library.index.holders(weights)
    return {name: (held / total, together / total) for name, (held, together) in found.items()}
