"""Small changes to words that a sentence otherwise takes from its quote: a limit cut, a name put for another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from assistant.answering.checking.denials import held
from assistant.answering.checking.sources import Sources
from assistant.language.writing import FRAME, IDLE, RESTRICTS

NEIGHBOUR = 2
"""Characters that must be the same on each side of a change."""
MOVED = 0.6
"""Share of the pairs of characters of a cut that stand elsewhere in the sentence."""
LONGEST_CUT, LONGEST_PUT = 24, 5
MARKS = re.compile(r"[,;:。、()（）]")
NAMES = ("n", "m", "q", "s", "j", "eng", "x")
"""Parts of speech of names, numbers and units, by jieba's tags."""


def edit_violations(text: str, sources: Sources) -> Iterator[str]:
    """Limits of a quote that the sentence cuts out of the middle of its words, and names put for others."""
    for source in sources.each:
        for cut, put in _changes(source.quote, text):
            if RESTRICTS.search(cut) and len(cut) <= LONGEST_CUT and not RESTRICTS.search(put):
                yield f"cuts {cut!r}"
            elif _is_name(cut) and _is_name(put) and put not in source.quote:
                yield f"puts {put!r} for {cut!r}"


def _changes(quote: str, text: str) -> Iterator[tuple[str, str]]:
    """Words of the quote between words that the sentence has, and what it has in their place, inside a phrase.

    A cut with digits counts only where the sentence has any: a summary leaves numbers out.
    """
    blocks = [one for one in SequenceMatcher(None, quote, text, autojunk=False).get_matching_blocks() if one.size]
    for before, behind in pairwise(blocks):
        cut, put = quote[before.a + before.size : behind.a], text[before.b + before.size : behind.b]
        if min(before.size, behind.size) < NEIGHBOUR or not cut or held(cut, text) > MOVED:
            continue
        if MARKS.search(cut + put) or MARKS.match(quote, behind.a):
            continue
        if not re.search(r"\d", cut) or re.search(r"\d", text):
            yield cut, put


def _is_name(words: str) -> bool:
    """Whether words, but for frames, are a short noun or number."""
    import rjieba

    rest = IDLE.sub("", FRAME.sub("", words))
    if not 0 < len(rest) <= LONGEST_PUT or re.search(r"\d", rest):  # numbers are looked up one by one
        return False
    return all(tag.startswith(NAMES) for _, tag in rjieba.tag(rest))
