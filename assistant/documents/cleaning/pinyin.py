"""Pinyin glued behind the characters it reads, as in 創(chuàng)新: find it, verify it, take it out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from assistant.documents.cleaning.aligned_text import AlignedText, Edit
from assistant.documents.cleaning.gbk import code_of

PINYIN = r"[a-zü\u00e0-\u01dc\u0300-\u036f\u1e3f]{1,7}"
LEAST_SHARE = 0.02
"""Annotations for each Chinese character from which on a machine made them; the web's have 0.1 to 0.3."""
ANNOTATION = re.compile(rf"[(（]({PINYIN})[)）]")


@lru_cache(maxsize=8192)
def readings(character: str) -> frozenset[str]:
    """Every reading of a character with its tone mark, composed (NFC), as pypinyin's tables list them."""
    from pypinyin.pinyin_dict import pinyin_dict

    listed = pinyin_dict.get(ord(character), "")
    return frozenset(unicodedata.normalize("NFC", reading) for reading in listed.split(",") if reading)


@lru_cache(maxsize=1)
def _characters_by_reading() -> dict[str, frozenset[str]]:
    """The GBK characters of each reading."""
    from pypinyin.pinyin_dict import pinyin_dict

    found: dict[str, set[str]] = {}
    for code in pinyin_dict:
        character = chr(code)
        if len(code_of(character)) == 2:
            for reading in readings(character):
                found.setdefault(reading, set()).add(character)
    return {reading: frozenset(characters) for reading, characters in found.items()}


def characters_read(reading: str) -> frozenset[str]:
    """The GBK characters that can be read so."""
    return _characters_by_reading().get(unicodedata.normalize("NFC", reading), frozenset())


def is_annotated(text: str, match: re.Match[str]) -> bool:
    """Whether the bracket holds a reading of the character before it."""
    return match.start() > 0 and unicodedata.normalize("NFC", match[1]) in readings(text[match.start() - 1])


def without_pinyin(text: str) -> str:
    """The text without its annotations."""
    return ANNOTATION.sub(lambda match: "" if is_annotated(text, match) else match[0], text)


def remove_inline_pinyin(aligned: AlignedText) -> AlignedText:
    """Drop a bracket only where its content is a reading of the character before it, and such brackets are many.

    Masks such as (x), words such as (logo) and every other bracket stay; so do the hints of an author who says how
    a rare name is read, which are few.
    """
    text = aligned.text
    found = [match for match in ANNOTATION.finditer(text) if is_annotated(text, match)]
    shifted = any(one.kind == "byte_shift" for one in aligned.repairs)
    if not shifted and len(found) < LEAST_SHARE * sum("\u4e00" <= sign <= "\u9fff" for sign in text):
        return aligned
    return aligned.apply(
        Edit(match.start(), match.end(), "", "pinyin") for match in found if not aligned.is_marked(match.start())
    )


class ReadingTable:
    """Which characters a text annotates, and how: the tool that did it had a fixed table, the text shows it."""

    def __init__(self, text: str) -> None:
        self._characters: dict[str, set[str]] = {}
        for match in ANNOTATION.finditer(text):
            if is_annotated(text, match):
                reading = unicodedata.normalize("NFC", match[1])
                self._characters.setdefault(reading, set()).add(text[match.start() - 1])

    def characters(self, reading: str) -> frozenset[str]:
        """What the text itself annotates with this reading; all of GBK that can be read so where it has none."""
        reading = unicodedata.normalize("NFC", reading)
        own = self._characters.get(reading)
        return frozenset(own) if own else characters_read(reading)

    def annotation_end(self, text: str, position: int) -> int:
        """End of the verified annotation at ``position``, 0 where there is none."""
        match = ANNOTATION.match(text, position)
        return match.end() if match and is_annotated(text, match) else 0
