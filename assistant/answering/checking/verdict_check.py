"""The second look at a verdict: by the bare figures of question and quote, not by what the first look read in them.

A verdict that was worked out by reading (claims.py) is shown only where this one does not object. It knows no units,
intervals or rows: it compares the digits and asks which words stand between them.
"""

from __future__ import annotations

import re

from assistant.language.normalization import search_key
from assistant.language.polarity import WISHES
from assistant.language.standing import TAKES_BACK
from assistant.language.years import NAMED

FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def objects(question: str, quote: str, *, holds: bool) -> bool:
    """Whether the bare words of a quote speak against 是 (``holds``), or its figures against 与原文不符."""
    asked, told = search_key(question), search_key(quote)
    if not holds:
        return _same_figures(asked, told) and not _words(WISHES, asked, told)
    return bool(_words(TAKES_BACK, asked, told) or (_words(WISHES, asked, told)))


def _words(pattern: re.Pattern[str], asked: str, told: str) -> list[str]:
    """Words of the quote that change what it claims and that the question does not use itself."""
    return [found[0] for found in pattern.finditer(told) if found[0] not in asked]


def _same_figures(asked: str, told: str) -> bool:
    """Whether every figure of the question, but for years, stands in the quote, and no other does."""
    return _figures(asked) == _figures(told) != set()


def _figures(text: str) -> set[str]:
    return {one.replace(",", "") for one in FIGURE.findall(NAMED.sub(" ", text))}
