"""Whether a sentence that a language model wrote says what its quotes say: its facts are compared, not its words.

Each number must stand in a quote with its unit and bounds, for the same thing, of the same time and status; years,
places, denials and conditions must be those of the quotes; nothing may be said that no quote says. All is folded
first (``stated_numbers.folded``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.answering.checking.bindings import binding_violations
from assistant.answering.checking.denials import condition_violations, denial_violations
from assistant.answering.checking.edits import edit_violations
from assistant.answering.checking.sources import Sources, places_in, sources_of
from assistant.answering.checking.stated_numbers import Number, folded, numbers_of
from assistant.answering.checking.wording import is_loose, wording_violations
from assistant.answering.checking.written_numbers import number_violations
from assistant.datamodels import Citation
from assistant.interfaces import DocumentStore
from assistant.language.normalization import HAN
from assistant.language.places import stem_of
from assistant.language.writing import (
    FULL_YEAR,
    IDLE,
    POINTS,
    SAYS_DONE,
    SAYS_PLANNED,
    WEAKLY_DONE,
)
from assistant.language.years import TOLD, parts_of_year

FIGURE = re.compile(r"\d+(?:\.\d+)?")
SCALES = (1.0, 1e4, 1e8)
Part = tuple[str, Sequence[Citation]]
"""Words of a sentence and the quotes that they stand on."""


@dataclass(frozen=True)
class Judged:
    """``fact`` where numbers were compared and stand, ``gist`` where there are none, ``failed`` with reasons."""

    kind: Literal["fact", "gist", "failed"]
    reasons: tuple[str, ...] = ()


def judge(parts: Sequence[Part], store: DocumentStore, before: str = "") -> Judged:
    """What a sentence is over the quotes of its parts: numbers stand in those of their part, all else in any.

    ``before`` is the sentence before it, of which 其中 and 这一比例 speak.
    """
    sources = sources_of(list({one.marker: one for _, cited in parts for one in cited}.values()), store)
    by_marker = {one.citation.marker: one for one in sources.each}
    folds = [folded(words) for words, _ in parts]
    text = "".join(folds)
    reasons = list(_text_violations(text, sources))
    counted, end = 0, 0
    context = folded(before) if POINTS.search(text) else ""
    numbers = [_placeless(_topical(one, sources, text), sources) for one in numbers_of(text)]
    numbers = [replace(one, context=context) for one in numbers]
    for fold, (_, cited) in zip(folds, parts, strict=True):
        end += len(fold)
        own = sources if len(parts) == 1 else Sources(tuple(by_marker[one.marker] for one in cited))
        while counted < len(numbers) and len(numbers[counted].before) <= end:
            reasons += number_violations(numbers[counted], own)
            counted += 1
    if not numbers:
        reasons += _status_violations(text, sources)
    if reasons:
        return Judged("failed", tuple(reasons))
    return Judged("fact" if numbers and not is_loose(text, sources) else "gist")


def _text_violations(text: str, sources: Sources) -> Iterator[str]:
    """What is wrong with a sentence beside its numbers."""
    known = sources.known
    yield from (f"no figure {one}" for one in FIGURE.findall(text) if not _stands(one, sources))
    years = frozenset[int]().union(*(one.years for one in sources.each))
    yield from (f"no year {one}" for one in TOLD.findall(text) if int(one) not in years and one not in known)
    parts = parts_of_year(sources.known)
    yield from (f"no part of a year {one}" for one in sorted(parts_of_year(text) - parts))
    yield from (f"no place {one}" for one in places_in(text) if stem_of(one) not in known)
    yield from denial_violations(text, sources)
    yield from condition_violations(text, sources)
    yield from binding_violations(text, sources)
    yield from edit_violations(text, sources)
    yield from wording_violations(text, sources)


def _stands(figure: str, sources: Sources) -> bool:
    """Whether a figure stands in the quotes or over them, is one of their numbers in 万 or 亿, or is a year."""
    if FULL_YEAR.fullmatch(figure) or re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.]*\d)", sources.known):
        return True
    return any(float(figure) * scale == one.amount for one, _ in sources.numbers for scale in SCALES)


def _placeless(number: Number, sources: Sources) -> Number:
    """The number with a name without the places of its quotes."""
    name, left = number.name, number.left
    for place in sorted(sources.places, key=len, reverse=True):
        name, left = name.replace(place, ""), left.replace(place, "")
    return replace(number, name=name, left=left)


def _topical(number: Number, sources: Sources, text: str) -> Number:
    """A number whose own words only tell a change, with the words that open its sentence: …方面,某市增长9%."""
    if HAN.search(IDLE.sub("", _placeless(number, sources).name)):
        return number
    return replace(number, name=re.split("[,;:]", text)[0] + number.name)


def _status_violations(text: str, sources: Sources) -> Iterator[str]:
    """A plan told as done, or a result as planned, in a sentence without numbers."""
    planned = SAYS_PLANNED.search(text)
    done = [one for one in SAYS_DONE.findall(text) if one not in sources.quotes and not WEAKLY_DONE.fullmatch(one)]
    statuses = {one.status for one in sources.each}
    if done and not planned and statuses == {"planned"}:
        yield "planned, told as done"
    if planned and not done and statuses == {"achieved"} and not SAYS_PLANNED.search(sources.quotes):
        yield "done, told as planned"
