"""One form of a text for comparing: simplified characters, one width, one case."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = re.compile(r"[\u4e00-\u9fff]+")
# U+965C stands for U+965D in traditional texts made by machine; OpenCC leaves it.
# OpenCC leaves 著, which is 着 but in words for writing and for being manifest.
ZHE = re.compile(
    r"(?<![显顯编編名原论論专專巨土昭卓拙译譯合遗遺新旧舊大所等])著(?![名作称稱述录錄者书書有译譯])(?![)）》])"
)
LEFT_BY_OPENCC = str.maketrans({"陜": "陕"})


@lru_cache(maxsize=1)
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def to_simplified(text: str) -> str:
    """Simplified characters, as many as there were (OpenCC's t2s, by phrases, never changing the length)."""
    converted: str = ZHE.sub("着", _converter().convert(text).translate(LEFT_BY_OPENCC))
    if len(converted) == len(text):
        return converted
    return "".join(single if len(single := _converter().convert(one)) == 1 else one for one in text)


# Digits, letters and the signs of numbers; marks of sentences stay as they are.
NARROW = {ord("\u3000"): " "} | {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B))}
NARROW |= {code: code - 0xFEE0 for code in (*range(0xFF41, 0xFF5B), *map(ord, "．％－＋＊＆／～＜＞＝"))}
WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")


def fold_width(text: str) -> str:
    """Digits, letters and signs of numbers in one width; as many characters as there were."""
    return WIDE_COMMA.sub(",", text).translate(NARROW)


class _SimplifiedCharacters(dict[int, str]):
    """A translation table that grows with the characters it is asked for."""

    def __missing__(self, code: int) -> str:
        self[code] = to_simplified(chr(code))
        return self[code]


SIMPLIFIED_CHARACTERS = _SimplifiedCharacters()


def search_key(text: str) -> str:
    """What tokens and vectors are made from: simplified, NFKC, lower case."""
    return to_simplified(unicodedata.normalize("NFKC", text).lower())
