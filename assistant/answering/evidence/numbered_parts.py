"""Where a text tells the parts of a term that counts them: in a row beside it, or in as many sentences below it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.datamodels import Document
from assistant.language.asking import QUOTED
from assistant.language.numbered_terms import INTRODUCED, SENTENCE_END, STOPS, TAIL, NumberedTerm
from assistant.language.sentences import CLAUSE, split_sentences

Span = tuple[int, int]
LONGEST_ITEM = 24


def row_beside(term: NumberedTerm, text: str) -> Span | None:
    """The stretch that lists all parts before or behind the term, with the term; None where none has as many."""
    for found in term.written.finditer(text):
        start = max((one.end() for one in STOPS.finditer(text, 0, found.start())), default=0)
        before = TAIL.sub("", text[start : found.start()])
        if _is_row(before, term.count):
            return start, found.end() + text.startswith(("”", '"'), found.end())
        introduced = INTRODUCED.match(text, found.end())
        if introduced:
            stop = SENTENCE_END.search(text, introduced.end())
            end = stop.start() if stop else len(text)
            if _is_row(text[introduced.end() : end], term.count):
                return found.start(), end
    return None


def _is_row(words: str, count: int) -> bool:
    """Whether words are so many items with 、 between them, in quotation marks or without, or clauses."""
    quoted = "、".join(QUOTED.findall(words))
    rows = (words.split("、"), quoted.split("、"), re.split("[,，]", words))
    return any(len(row) == count and all(0 < len(one.strip()) <= LONGEST_ITEM for one in row) for row in rows)


def series_below(term: NumberedTerm, document: Document) -> list[Span]:
    """The sentences that each tell one part, below the term; [] where there are not as many."""
    for found in term.written.finditer(document.text):
        for end in _windows(document, found.start()):
            series = [_matching(document, found.end(), end, name, term) for _, name in term.groups]
            if _are_whole(series, term):
                return [span for spans in series for span in spans]
    headings = [
        [
            (one.start, one.start + len(one.heading))
            for one in document.sections
            if name in one.heading and term.text not in one.heading
        ]
        for _, name in term.groups
    ]
    return [span for spans in headings for span in spans] if _are_whole(headings, term) else []


def _windows(document: Document, start: int) -> Iterator[int]:
    """Where what stands below a term may end: its line, then the sections around it from the innermost out."""
    line = document.text.find("\n", start)
    yield line if line >= 0 else len(document.text)
    yield from (one.end for one in reversed(document.sections) if one.level and one.start <= start < one.end)


def _are_whole(series: list[list[Span]], term: NumberedTerm) -> bool:
    return all(len(spans) == number for spans, (number, _) in zip(series, term.groups, strict=True))


def _matching(document: Document, start: int, end: int, name: str, term: NumberedTerm) -> list[Span]:
    """The sentences whose first clause names one of the parts."""
    spans = []
    for text, begin, stop in split_sentences(document.text[start:end], start):
        first = CLAUSE.match(text)
        if first and name in first[0] and not term.written.search(text):
            spans.append((begin, stop))
    return spans
