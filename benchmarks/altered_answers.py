"""Alter an answer as none may be: a digit, a decimal point, a unit, a mark, a count. The guarantee must refuse all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant import Answer, Counted, Difference, Heading, Line, Quoted, TableRow, Verdict, Written

UNIT = re.compile(r"(?<=\d)[家项件个万亿元%人名次起份]")


def altered(answer: Answer) -> Iterator[Answer]:
    """Every alteration of a line, then of the quotes."""
    for position, line in enumerate(answer.lines):
        for other in altered_lines(line, len(answer.citations)):
            yield replace(answer, lines=(*answer.lines[:position], other, *answer.lines[position + 1 :]))
    yield from altered_quotes(answer)


def altered_lines(line: Line, citations: int) -> Iterator[Line]:
    """The line with one digit changed or dropped, one point dropped, one unit swapped, one mark moved, a count off."""
    match line:
        case Quoted() | TableRow() | Written():
            yield from (replace(line, words=words) for words in altered_words(line.words))
            for mark in line.markers:
                for other in {mark % citations + 1, citations + 1} - {mark}:
                    yield replace(line, markers=tuple(other if one == mark else one for one in line.markers))
        case Counted():
            yield from (replace(line, items=line.items + 1), replace(line, listed=line.listed + 1))
            yield replace(line, themes=line.themes + 1)
        case Difference():
            yield from (replace(line, larger=words) for words in altered_words(line.larger))
            yield from (replace(line, smaller=words) for words in altered_words(line.smaller))
            yield replace(line, unit=f"万{line.unit}")
        case Verdict():
            yield replace(line, holds=not line.holds)
        case Heading():
            yield from (replace(line, words=f"{line.words}(二)"), replace(line, document_id="gone#1"))


def altered_words(words: str) -> Iterator[str]:
    """The words with one digit changed or dropped, one point dropped, one unit swapped."""
    for place, character in enumerate(words):
        if character.isdigit():
            yield words[:place] + str((int(character) + 1) % 10) + words[place + 1 :]
            if len(words) > 1:
                yield words[:place] + words[place + 1 :]
        if character == "." and words[place - 1 : place].isdigit() and words[place + 1 : place + 2].isdigit():
            yield words[:place] + words[place + 1 :]
    for unit in UNIT.finditer(words):
        yield words[: unit.start()] + ("万元" if unit[0] == "家" else "家") + words[unit.end() :]


def altered_quotes(answer: Answer) -> Iterator[Answer]:
    """The answer with one digit of one quote changed, in the lines too."""
    for number, citation in enumerate(answer.citations):
        for place, character in enumerate(citation.quote):
            if character.isdigit():
                quote = citation.quote[:place] + str((int(character) + 1) % 10) + citation.quote[place + 1 :]
                changed = replace(citation, quote=quote, original=quote)
                citations = (*answer.citations[:number], changed, *answer.citations[number + 1 :])
                lines = tuple(
                    replace(line, words=line.words.replace(citation.quote, quote)) if isinstance(line, Quoted) else line
                    for line in answer.lines
                )
                yield replace(answer, lines=lines, citations=citations)
