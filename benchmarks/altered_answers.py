"""Alter an answer as no answer may be: a digit, a decimal point, a unit, a mark. The guarantee must refuse all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant import Answer

MARK = re.compile(r"\[(\d+)\](?=\[|\s*\||。?$)", re.MULTILINE)
UNIT = re.compile(r"(?<=\d)[家项件个万亿元%人名次起份]")


def altered(answer: Answer) -> Iterator[Answer]:
    """Every alteration of the text, then of the quotes."""
    yield from (replace(answer, text=text) for text in altered_texts(answer))
    yield from altered_quotes(answer)


def altered_texts(answer: Answer) -> Iterator[str]:
    """The text with one digit changed or dropped, one point dropped, one unit swapped or one mark moved."""
    text = answer.text
    marks = {place for match in MARK.finditer(text) for place in range(*match.span())}
    for place, character in enumerate(text):
        if place in marks:
            continue
        if character.isdigit():
            yield text[:place] + str((int(character) + 1) % 10) + text[place + 1 :]
            yield text[:place] + text[place + 1 :]
        if character == "." and text[place - 1 : place].isdigit() and text[place + 1 : place + 2].isdigit():
            yield text[:place] + text[place + 1 :]
    for unit in UNIT.finditer(text):
        yield text[: unit.start()] + ("万元" if unit[0] == "家" else "家") + text[unit.end() :]
    for mark in MARK.finditer(text):
        for other in {int(mark[1]) % len(answer.citations) + 1, len(answer.citations) + 1} - {int(mark[1])}:
            yield f"{text[: mark.start()]}[{other}]{text[mark.end() :]}"


def altered_quotes(answer: Answer) -> Iterator[Answer]:
    """The answer with one digit of one quote changed, in the text too."""
    for number, citation in enumerate(answer.citations):
        for place, character in enumerate(citation.quote):
            if character.isdigit():
                quote = citation.quote[:place] + str((int(character) + 1) % 10) + citation.quote[place + 1 :]
                changed = replace(citation, quote=quote, original=quote)
                citations = (*answer.citations[:number], changed, *answer.citations[number + 1 :])
                yield replace(answer, text=answer.text.replace(citation.quote, quote), citations=citations)
