"""Questions typed in pinyin without tones, read as the words that the documents write: sanya lvyou shouru duoshao.

The longest words that the documents of the place named, or all, have for a run of letters are taken, of several that
sound alike the most frequent.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import islice
from math import log

from assistant.answering.library import Library
from assistant.language.asking import ASKED_OFTEN
from assistant.language.normalization import HAN
from assistant.language.places import PINYIN
from assistant.language.synonyms import canonical

LEAST_PINYIN = 0.9
"""Share of the words in Latin letters that must be pinyin, but for the field's own such as GDP; English seldom is."""
LEAST_WORDS = 3
MOST_DOCUMENTS = 40
LONGEST = 24
"""Letters of a word."""
WORD = re.compile(r"[a-z]+|\d+")


def in_characters(key: str, library: Library) -> str:
    """The question in characters; '' where it is not one in pinyin, or a part of it sounds like no word there."""
    words = WORD.findall(key)
    letters = [word for word in words if word.isalpha()]
    spelled = [word for word in letters if PINYIN.fullmatch(word)]
    short = {word for word in letters if canonical(word) != word}
    if len(letters) < LEAST_WORDS or len(spelled) < LEAST_PINYIN * (len(letters) - len(short)) or HAN.search(key):
        return ""
    places = {_spelled(stem): stem for stem in library.place_stems}
    named = {stem for spelling, stem in places.items() if spelling in "".join(letters)}
    sounds = _vocabulary(library, frozenset(named)) | {word: (word, 1) for word in short}
    read = [_read(run, sounds) for run in WORD.findall(key.replace(" ", ""))]
    return "".join(read) if all(read) else ""


def _spelled(word: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(word)).replace("ü", "v")


@lru_cache(maxsize=64)
def _sounds(text: str) -> Counter[tuple[str, str]]:
    """How often a text has each word, by its sound."""
    import rjieba

    words = Counter(word for word in rjieba.cut(text) if HAN.fullmatch(word))
    return Counter({(_spelled(word), word): count for word, count in words.items()})


def _vocabulary(library: Library, places: frozenset[str]) -> dict[str, tuple[str, int]]:
    """The most frequent word for each sound, with how often the documents of the places have it, else all documents."""
    facts = library.store.facts
    of_places = [name for name, one in facts.items() if any(place in one.place for place in places)]
    counts: Counter[tuple[str, str]] = Counter()
    for name in islice(of_places or facts, MOST_DOCUMENTS):
        counts += _sounds(library.store.document(name).text)
    words = {sound: (word, count) for (sound, word), count in reversed(counts.most_common())}
    often = max(counts.values(), default=1)
    return words | {_spelled(word): (word, often) for word in (*ASKED_OFTEN, *places)}


def _read(run: str, sounds: dict[str, tuple[str, int]]) -> str:
    """The words of a run of letters, as few as do, of as many the more frequent; '' where a part sounds like none."""
    if run.isdigit():
        return run
    best: list[tuple[int, float, str] | None] = [(0, 0.0, "")]
    for end in range(1, len(run) + 1):
        choices = [
            (before[0] + 1, before[1] - log(count), before[2] + word)
            for start in range(max(0, end - LONGEST), end)
            if (before := best[start]) is not None and run[start:end] in sounds
            for word, count in (sounds[run[start:end]],)
        ]
        best.append(min(choices, default=None))
    return best[-1][2] if best[-1] is not None else ""
