"""White space, and traditional characters to simplified, as edits of an aligned text."""

from __future__ import annotations

import operator
import re

import numpy as np

from assistant.documents.cleaning.aligned_text import AlignedText, Edit
from assistant.language.normalization import ZHE, to_simplified
from assistant.language.units import BEGINS

SPACE_RUN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
# 1.6 %, 483 个, 2013 年 1 月: a space before a unit. None between digits or at a point: it may part two numbers.
SPACE_AT_UNIT = re.compile(r"(?<=\d) (?=[年月日%％‰亿万个家项件篇人名元])|(?<=\d[年月]) (?=\d{1,2} ?[月日])")
SPACED_YEAR = re.compile(r"(?<!\d)(?<!\d )(?:1 9|2 0) \d \d(?= ?年)")
SPACE_IN_SENTENCE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
SENTENCE_LINE = re.compile(r"^(?=.{40})(?=.*[。；]).*$", re.MULTILINE)
LEAST_TRADITIONAL = 0.02
"""Share of characters that must change before a text counts as traditional."""


# 23OO件, l5家, ②③家: letters for digits, or two ringed ones, before a unit.
DOUBTFUL_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?=[\dOolI]{{0,8}}[OolI])(?=[OolI]{{0,8}}\d)[\dOolI]{{2,9}}|[①-⑳]{{2,}})(?=\s?{BEGINS})"
)


def mark_doubtful_numbers(aligned: AlignedText) -> AlignedText:
    """Marks, as Repairs that are not certain, what looks like a number and is none; the text stays as it is."""
    return aligned.apply(
        Edit(match.start(), match.end(), match[0], "doubtful_number", certain=False)
        for match in DOUBTFUL_NUMBER.finditer(aligned.text)
    )


def normalize_spaces(aligned: AlignedText) -> AlignedText:
    """Lines without margins, none empty; a run of spaces inside a line is one space."""
    text = aligned.text
    edits = []
    for match in SPACE_RUN.finditer(text):
        replacement = "\n" if "\n" in match[0] or "\r" in match[0] else " "
        if match.start() == 0 or match.end() == len(text):
            replacement = ""
        if match[0] != replacement:
            edits.append(Edit(match.start(), match.end(), replacement))
    return aligned.apply(edits)


def join_spaced(aligned: AlignedText) -> AlignedText:
    """Single spaces before units and between the characters of a sentence go; 2 0 1 3 年 becomes 2013年, a Repair."""
    years = [
        Edit(match.start(), match.end(), match[0].replace(" ", ""), "spaced_year", by_character=False)
        for match in SPACED_YEAR.finditer(aligned.text)
    ]
    aligned = aligned.apply(years)
    spaces = {match.start() for match in SPACE_AT_UNIT.finditer(aligned.text)}
    for line in SENTENCE_LINE.finditer(aligned.text):
        spaces.update(match.start() for match in SPACE_IN_SENTENCE.finditer(aligned.text, *line.span()))
    return aligned.apply(Edit(space, space + 1, "") for space in spaces)


def simplify(aligned: AlignedText) -> AlignedText:
    """Traditional characters become simplified, one edit for each run of changed characters.

    A simplified text stays as it is: the odd 沈 or 乾 in it is a name.
    """
    before, after = aligned.text, to_simplified(aligned.text)
    changed_share = sum(map(operator.ne, before, after)) / max(1, len(before))
    if changed_share < LEAST_TRADITIONAL:
        after = ZHE.sub("着", before)
    if after == before:
        return aligned
    marks = [(mark.original_start, mark.original_end) for mark in aligned.repairs if not mark.certain]
    for first, last in marks:
        inside = slice(*map(int, np.searchsorted(aligned.starts, (first, last))))
        after = after[: inside.start] + before[inside] + after[inside.stop :]
    edits = []
    start = None
    for position in range(len(before) + 1):
        changed = position < len(before) and before[position] != after[position]
        if changed and start is None:
            start = position
        elif not changed and start is not None:
            edits.append(Edit(start, position, after[start:position], "traditional"))
            start = None
    return aligned.apply(edits)
