"""What a sentence says that no quote says: names, bodies, reasons, duties, ends of works, whole clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.checking.denials import pairs_of
from assistant.answering.checking.sources import Sources
from assistant.language.bodies import is_short_for
from assistant.language.normalization import HAN
from assistant.language.places import stem_of
from assistant.language.writing import (
    ALREADY,
    BODY,
    COMPARES,
    COMPLETED,
    COMPLETES,
    EFFORT,
    EVERY,
    FRAME,
    GIVES_REASON,
    LIMITED,
    LONG_BODY,
    MAY,
    MUST,
    NO_FIGURE,
    OF_ALL,
    RANKED_IN,
    SAYS_PLANNED,
    SPANS,
    WHOLE_YEAR,
    ZONE,
)
from assistant.language.years import HALF, ONE_MONTH

NAMES = ("ns", "nt", "x", "eng")
"""Parts of speech of names, by jieba's tags."""
FEWEST, FEWEST_OF_CLAUSE, FEWEST_OF_LOOSE = 5, 8, 1
"""Pairs of characters of which a share tells anything."""
MOST_NEW, MOST_NEW_OF_CLAUSE, MOST_NEW_OF_LOOSE = 0.55, 0.8, 0.5
"""Share of the pairs of a sentence, and of a clause, that the quotes may lack."""
SHORTEST_NAME = 3


def wording_violations(text: str, sources: Sources) -> Iterator[str]:
    """Each thing that the sentence says and no quote, nor what stands over the quotes."""
    known = sources.known
    for what, new in (
        ("name", _new_names(text, known)),
        ("body", _new_bodies(text, known)),
        ("zone", [one for one in ZONE.findall(FRAME.sub(",", text)) if one not in known]),
        ("reason", GIVES_REASON.findall(text) if not GIVES_REASON.search(known) else []),
        ("of all", OF_ALL.findall(text) if LIMITED.search(sources.quotes) and not EVERY.search(known) else []),
        ("duty", [one for one in MUST.findall(text) if one not in known] if MAY.search(sources.quotes) else []),
        ("end", COMPLETES.findall(text) if not COMPLETED.search(known) else []),
        ("span", [one for one in SPANS.findall(text) if one not in known]),
        ("rank in", sorted(set(RANKED_IN.findall(text)) - set(RANKED_IN.findall(known)))),
        ("effort", ALREADY.findall(text) if EFFORT.search(known) and not ALREADY.search(sources.quotes) else []),
        ("comparison", _new_comparisons(text, known)),
        ("period", WHOLE_YEAR.findall(text) if WHOLE_YEAR.search(known) is None and _names_part(known) else []),
        ("words", _new_clauses(text, known)),
    ):
        yield from (f"{what} {one!r} stands in no quote" for one in new)


def _new_names(text: str, known: str) -> list[str]:
    import rjieba

    return [
        word
        for word, tag in rjieba.tag(SAYS_PLANNED.sub(",", text))
        if len(word) > 1 and tag.startswith(NAMES) and not re.search("[年月日]", word)
        if not all(one in known for one in word) and stem_of(word) not in known
    ]


def _new_bodies(text: str, known: str) -> list[str]:
    """Bodies of which the quotes have neither the end of the name nor a longer one."""
    longer = LONG_BODY.findall(known)
    return [
        body
        for body in BODY.findall(text)
        if not any(body[start:] in known for start in range(len(body) - (1 if body[-1] == "委" else SHORTEST_NAME - 1)))
        and not any(is_short_for(body, one) for one in longer)
    ]


def _new_comparisons(text: str, known: str) -> list[str]:
    """Words that set one thing against another, in a clause without a number that could be looked up."""
    plain = (one for one in re.split("[,;。]", text) if not re.search(r"\d", NO_FIGURE.sub("", one)))
    return [one for clause in plain for one in COMPARES.findall(clause)] if not COMPARES.search(known) else []


def _names_part(text: str) -> bool:
    """Whether a text speaks of a part of a year."""
    return bool(ONE_MONTH.search(text) or HALF.search(text))


def is_loose(text: str, sources: Sources) -> bool:
    """Whether a clause without a number says in words of its own what no number bears out."""
    plain = (one for one in re.split("[,;:]", text) if not re.search(r"\d", one))
    return any(_newness(one, sources.known, FEWEST_OF_LOOSE) > MOST_NEW_OF_LOOSE for one in plain)


def _new_clauses(text: str, known: str) -> list[str]:
    """The sentence, or a clause of it, where most of its words are new."""
    new = [text] if _newness(text, known, FEWEST) > MOST_NEW else []
    clauses = re.split("[,;:]", text)
    return new + [one for one in clauses if _newness(one, known, FEWEST_OF_CLAUSE) > MOST_NEW_OF_CLAUSE]


def _newness(text: str, known: str, fewest: int) -> float:
    """The share of its pairs of neighbouring characters that are new, without words that only join or frame."""
    pairs = [pair for run in HAN.findall(FRAME.sub(",", text)) for pair in pairs_of(run)]
    return sum(pair not in known for pair in pairs) / len(pairs) if len(pairs) >= fewest else 0.0
