"""Whether a number of a sentence counts what its quote counts: no word dropped that tells things apart, none added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.checking.sources import Source, Sources
from assistant.answering.checking.stated_numbers import Number
from assistant.language.indicators import TELLING
from assistant.language.normalization import search_key
from assistant.language.polarity import TOTAL
from assistant.language.synonyms import canonical
from assistant.language.units import dimension
from assistant.language.writing import IDLE, LEVEL, NEWLY, REACHES, SAYS_PLANNED, SHARE_OF, TOTALS

CLEARLY_BETTER = 0.1
TIE = 0.3
"""What the words around a number count beside its name."""
"""By how much another number may fit the words of a number better than the one that is meant."""
BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
NOUNS = ("n", "b", "j", "l", "i", "s", "eng", "f")
"""Parts of speech, by jieba's tags, of words that tell things apart; vn is among the verbs."""
ATTRIBUTES = ("a", "v", "t")
SHORTENED = 3
"""Characters of a word for which its first two may stand, or its first and third: 技改 for 技术改造."""


def name_violations(stated: Number, told: Number, source: Source, sources: Sources) -> Iterator[str]:
    """What is wrong with the thing that a number of a sentence counts, beside the number of a quote."""
    reaches = REACHES.search(told.left) is not None and not NEWLY.search(told.left)
    if reaches:  # 净增46家、总数达312家: what came anew is no part of the total
        told = replace(told, name=NEWLY.sub("", told.name))
    rivals = (
        _likeness(stated, one)
        for one, _ in sources.numbers
        if one.measured != told.measured and dimension(one.unit) == dimension(told.unit)
    )
    if max(rivals, default=0.0) > _likeness(stated, told) + CLEARLY_BETTER:
        yield f"{stated.name!r} counts another thing than {told.name!r}"
    region = f"{re.split('[;。]', told.before)[-1]}{told.around}{told.name}{source.above}"
    yield from (
        f"{word!r} of {told.name!r} is lost" for word in _missing(told.own_name, stated.said, NOUNS + ATTRIBUTES)
    )
    yield from (f"{word!r} is added to {told.name!r}" for word in _missing(stated.own_name, region, NOUNS))
    lost = _telling(told.own_name) - _telling(stated.said) - TOTALS
    added = _telling(stated.own_name) - _telling(region) - {"累计"}
    if lost or added:
        yield f"{sorted(lost)} of {told.name!r} are lost, {sorted(added)} added"
    if reaches and NEWLY.search(stated.left):
        yield f"{told.left!r} is told as new"
    if _is_one_of_list(told, sources):
        yield f"{told.name!r} is one of several in a list"
    if NEWLY.search(told.name) and TOTAL.search(stated.around) and not NEWLY.search(stated.said):
        yield f"{told.name!r} is told as the total"


def _is_one_of_list(told: Number, sources: Sources) -> bool:
    """Whether a list of 分别 leaves open which of its numbers counts what."""
    same = (one for one, _ in sources.numbers if one.name == told.name and one.measured != told.measured)
    return "分别" in told.left and any(dimension(one.unit) == dimension(told.unit) for one in same)


def _likeness(one: Number, other: Number) -> float:
    """How alike the names are, or the words in front of the numbers, and a little the words around them."""
    pairs = [(one.name, other.name), (one.own_name, other.own_name)]
    words = min(len(_characters(one.left)), len(_characters(other.left)))
    pairs += [(one.left, other.left)] if words > SHORTENED and "分别" not in one.left + other.left else []
    around = TIE * _alike(one.around, other.around)
    return max(_alike(first, second) for first, second in pairs) + around


def _alike(one: str, other: str) -> float:
    """The mean share of the characters of each in the other."""
    first, second = _characters(one), _characters(other)
    return (_share(first, second) + _share(second, first)) / 2


def _characters(name: str) -> frozenset[str]:
    return frozenset(filter(str.isalnum, canonical(name)))


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 1.0


def _missing(name: str, text: str, tags: tuple[str, ...]) -> list[str]:
    """The words of a name, of these parts of speech, that a text has neither whole, nor scattered, nor shortened.

    Verbs and times count where they stand before a noun that they tell apart.
    """
    import rjieba

    known = canonical(text) + text
    words = rjieba.tag(search_key(BRACKETS.sub("", name)))
    attributive = [
        tag not in ("v", "t") or behind.startswith("n") for (_, tag), behind in zip(words, _behind(words), strict=True)
    ]
    return [
        word
        for (word, tag), counts in zip(words, attributive, strict=True)
        if counts and tag.startswith((*tags, "vn")) and len(word) > 1 and not _stands(word, tag, known)
    ]


def _behind(words: list[tuple[str, str]]) -> list[str]:
    """The tag of the word behind each."""
    return [tag for _, tag in words[1:]] + [""] * bool(words)


def _stands(word: str, tag: str, known: str) -> bool:
    """Whether a text has a word, or one that is as good, or the word makes no other thing of a name."""
    if IDLE.fullmatch(word) or SAYS_PLANNED.fullmatch(word) or canonical(word) in known:
        return True
    if len(word) >= SHORTENED and (word[:2] in known or word[0] + word[2] in known):
        return True
    return (any if tag == "v" else all)(one in known for one in word)


def _telling(name: str) -> frozenset[str]:
    """The words of a name that make another thing of it."""
    words = set(TELLING.findall(NEWLY.sub("新增", canonical(name)).replace("总数", "总量").replace("奖励", "补助")))
    if words & {"比重", "强度"} or SHARE_OF.search(name):
        words = words - {"强度"} | {"比重"}
    return frozenset(words - {"位次", "增长", "下降", "提高", "奖", "省", "市", "县", "区"} | set(LEVEL.findall(name)))
