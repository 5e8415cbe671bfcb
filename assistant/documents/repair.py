"""Mend what the web broke: pinyin glued behind the characters it reads, as in 創(chuàng)新."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from assistant.documents.aligned_text import AlignedText, Edit

INLINE_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])[(（]([a-zü\u00e0-\u01dc\u0300-\u036f]{1,7})[)）]")


@lru_cache(maxsize=8192)
def readings(character: str) -> frozenset[str]:
    """Every reading of a character with its tone mark, composed (NFC), as pypinyin's tables list them."""
    from pypinyin.pinyin_dict import pinyin_dict

    listed = pinyin_dict.get(ord(character), "")
    return frozenset(unicodedata.normalize("NFC", reading) for reading in listed.split(",") if reading)


def remove_inline_pinyin(aligned: AlignedText) -> AlignedText:
    """Drop a bracket only where its content is a reading of the character before it.

    Masks such as (x), words such as (logo) and every other bracket stay.
    """
    edits = []
    for match in INLINE_PINYIN.finditer(aligned.text):
        reading = unicodedata.normalize("NFC", match[1])
        if reading in readings(aligned.text[match.start() - 1]):
            edits.append(Edit(match.start(), match.end(), "", "pinyin"))
    return aligned.apply(edits)
