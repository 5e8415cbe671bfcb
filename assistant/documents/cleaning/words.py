"""How likely a run of Chinese characters is: by the words it can be read as, and by what the text around it says."""

from __future__ import annotations

import itertools
import json
import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.language.normalization import SIMPLIFIED_CHARACTERS

if TYPE_CHECKING:
    import rjieba

VOCABULARY = ("retrieval", "encoders", "multilingual_e5_small", "tokenizer.json")
UNKNOWN = -20.0
"""Log probability of a character that is no word; the rarest listed piece has -20.4."""
LONGEST_WORD = 4
FULL_STOP = -4.0
"""One character in fifty of running text is a full stop; the vocabulary lists it as rarer."""
DICTIONARY_TOTAL, DICTIONARY_OFFSET, DICTIONARY_LEAST = 6.01e7, 3.0, 20
"""Counts of the dictionary of jieba: their sum, and how much likelier (in nats) than the vocabulary it makes a word."""
LOST_MARKS = ("?", "??", "\ufffd")
"""Print where a byte was lost; no words of the language."""
CHARACTER_REWARD = 3.0
"""Nats for each character: else the reading with fewer characters would always win."""
SMOOTHING = 2.0
RAREST = 1e-5


@lru_cache(maxsize=1)
def _listed_words() -> Mapping[str, float]:
    """Log probability of each piece of the encoder's vocabulary (the unigram model of Kudo 2018, SentencePiece)."""
    resource = files("assistant").joinpath(*VOCABULARY)
    listed: dict[str, float] = {}
    for piece, score in json.loads(resource.read_text(encoding="utf-8"))["model"]["vocab"]:
        word = piece.lstrip("\u2581")
        if word:
            listed[word] = max(score, listed.get(word, -math.inf))
    listed["。"] = FULL_STOP
    for mark in LOST_MARKS:
        listed.pop(mark, None)
    return listed


@lru_cache(maxsize=1 << 18)
def _log_probability(word: str) -> float | None:
    """Of a listed word, or of a rarer one that only the dictionary of jieba has."""
    listed = _listed_words().get(word)
    if listed is None and len(word) > 1:
        count = _dictionary().suggest_freq(word)
        return math.log(count / DICTIONARY_TOTAL) - DICTIONARY_OFFSET if count >= DICTIONARY_LEAST else None
    return listed


@lru_cache(maxsize=1)
def _dictionary() -> rjieba.Jieba:
    import rjieba

    return rjieba.Jieba()


class WordModel:
    """Scores text, of either script, by listed words and by the neighbours that a document's own characters keep."""

    def __init__(self, text: str) -> None:
        self._single = Counter(text)
        self._pairs = Counter(map("".join, itertools.pairwise(text)))
        self._length = max(1, len(text))
        self._segmented = {"": 0.0}
        self._sequenced: dict[str, float] = {}

    def forget(self) -> None:
        """Let go of what was computed for texts that will not come again."""
        self._segmented = {"": 0.0}
        self._sequenced.clear()

    def scores(self, text: str) -> tuple[float, float]:
        """Two log probabilities in nats, halved so that their sum is a mean: of the best segmentation into words,
        and of the characters each after the one before it in the document (bigrams with Dirichlet smoothing).
        """
        text = text.translate(SIMPLIFIED_CHARACTERS)
        reward = CHARACTER_REWARD * len(text)
        return (self._segment(text) + reward) / 2, (self._sequence(text) + reward) / 2

    def pair(self, both: str) -> float:
        """A rough log probability of two characters, as one word or as two."""
        both = both.translate(SIMPLIFIED_CHARACTERS)
        alone = sum(_log_probability(one) or UNKNOWN for one in both)
        known = _log_probability(both)
        return alone if known is None else max(alone, known)

    def _segment(self, text: str) -> float:
        """Log probability of the best segmentation (Viterbi); texts that begin alike share what was computed."""
        known = self._segmented
        if text in known:
            return known[text]
        best = self._segment(text[:-1]) + UNKNOWN
        for length in range(1, min(LONGEST_WORD, len(text)) + 1):
            word = _log_probability(text[-length:])
            if word is not None:  # the recursion above has left every shorter beginning in ``known``
                best = max(best, known[text[:-length]] + word)
        known[text] = best
        return best

    def _sequence(self, text: str) -> float:
        """Log probability of each character after the one before it."""
        if len(text) < 2:
            return 0.0
        known = self._sequenced.get(text)
        if known is None:
            before, character = text[-2], text[-1]
            alone = self._single[character] / self._length + RAREST
            after = (self._pairs[before + character] + SMOOTHING * alone) / (self._single[before] + SMOOTHING)
            known = self._sequence(text[:-1]) + math.log(after)
            self._sequenced[text] = known
        return known
