"""Tokens: single Han characters and their bigrams, whole Latin words, whole numbers.

On CMRC, DRCD and bureau documents this beat words cut by jieba; it needs no dictionary and no segmentation.
"""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.language.asking import FUNCTION_CHARACTERS
from assistant.language.normalization import search_key

SHORT = 60
"""Characters of a name, at most."""
RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+(?:[.&][a-z0-9]+)*")


def tokenize(text: str) -> list[str]:
    """Tokens of the text's search key, in order: 专利2300件 gives 专, 专利, 利, 2300, 件."""
    tokens: list[str] = []
    for run in RUN.findall(search_key(text)):
        if run[0] < "\u3400":
            tokens.append(run)
            continue
        for position, character in enumerate(run):
            tokens.append(character)
            if position + 1 < len(run):
                tokens.append(run[position : position + 2])
    return tokens


def evidence_tokens(text: str) -> tuple[str, ...]:
    """Distinct tokens but single Han characters, which match by chance."""
    return _short(text) if len(text) <= SHORT else _long(text)


def _distinct(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(token for token in tokenize(text) if len(token) > 1 or token.isdigit()))


# Names come again and again and are small; of passages the last few are enough, and many would fill the memory.
_short = lru_cache(maxsize=16384)(_distinct)
_long = lru_cache(maxsize=256)(_distinct)


def content_tokens(text: str) -> tuple[str, ...]:
    """Evidence tokens of a question, without bigrams that a function word cuts through."""
    return tuple(token for token in evidence_tokens(text) if set(token).isdisjoint(FUNCTION_CHARACTERS))
