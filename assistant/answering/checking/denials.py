"""Whether a sentence denies what its quotes deny, and keeps the conditions under which they say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.checking.sources import Sources
from assistant.language.writing import CONDITION, DENIED, DENIED_SOFTLY, DENIED_WORDS, NO_DENIAL

NEAR = 6
"""Characters before a word in which a denial of it stands."""
LEAST_USED, LEAST_KEPT = 0.35, 0.4
"""Share of what follows a condition by which a sentence uses it, and of the condition by which it keeps it."""


def denial_violations(text: str, sources: Sources) -> Iterator[str]:
    """A denial of the sentence that no quote has, and one of a quote whose words the sentence has without it."""
    told = sources.quotes
    for words in _denied(text, told):
        pairs = [pair for pair in pairs_of(words) if pair in told]
        denied = any(_is_denied(one, told) for one in pairs) if pairs else DENIED.search(NO_DENIAL.sub("", told))
        if not denied:
            yield f"denies {words!r}"
    for words in _denied(told, text):
        pairs = [pair for pair in pairs_of(words) if pair in text and _is_always_denied(pair, told)]
        if pairs and not any(_is_denied(pair, text) for pair in pairs):
            yield f"does not deny {words!r}"


def pairs_of(words: str) -> list[str]:
    """The pairs of neighbouring characters."""
    return [words[at : at + 2] for at in range(len(words) - 1)]


def _denied(text: str, other: str) -> Iterator[str]:
    """The words behind each denial, but for one of two characters or more that the other text has, too."""
    for found in DENIED_WORDS.finditer(_plain(text)):
        words = re.match(r"[\u4e00-\u9fff\d]{0,3}", text[found.end() :])
        if words and len(words[0]) > 1 and not (len(found[0]) > 1 and found[0] in other):
            yield words[0]


def _plain(text: str) -> str:
    """The text with ~ for words that only look like denials."""
    return NO_DENIAL.sub(lambda match: "~" * len(match[0]), text)


def _before(words: str, text: str) -> Iterator[str]:
    """What stands before each place of the words in their clause or item."""
    plain = _plain(text)
    for found in re.finditer(re.escape(words), text):
        yield re.split("[,;。、]", plain[max(0, found.start() - NEAR) : found.start()])[-1]


def _is_denied(words: str, text: str) -> bool:
    return any(DENIED_SOFTLY.search(one) for one in _before(words, text))


def _is_always_denied(words: str, text: str) -> bool:
    return all(DENIED_SOFTLY.search(one) for one in _before(words, text))


def condition_violations(text: str, sources: Sources) -> Iterator[str]:
    """Conditions of a quote that the sentence leaves out though it uses what depends on them."""
    for source in sources.each:
        for found in CONDITION.finditer(source.quote):
            behind = re.split("[,;。]", source.quote[found.end() :].lstrip(","))[0]
            if held(behind, text) > LEAST_USED and held(found[0], text) < LEAST_KEPT:
                yield f"leaves out {found[0]!r}"


def held(words: str, text: str) -> float:
    """The share of the pairs of neighbouring characters of words that a text has."""
    pairs = pairs_of(words)
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0
