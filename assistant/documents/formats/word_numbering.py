"""The numbers that Word counts itself: 一、 （一） 1. ① before paragraphs of a list (ECMA-376, part 1, 17.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

DIGITS = "〇一二三四五六七八九"
PLACEHOLDER = re.compile(r"%(\d)")


def chinese(number: int) -> str:
    """12 is 十二; above 99 digit by digit."""
    if number > 99:
        return "".join(DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones or not tens else "")


def shown(number: int, number_format: str) -> str:
    """A number in one of Word's formats."""
    if "ounting" in number_format or number_format.startswith("ideograph"):
        return chinese(number)
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if number_format in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr(ord("a" if number_format == "lowerLetter" else "A") + number - 1)
    return str(number)


class Numbering:
    """Counts the lists of one file as its paragraphs come."""

    def __init__(self, root: _Element | None) -> None:
        self._levels: dict[str, dict[int, _Element]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstract = {one.get("abstractNumId"): one for one in root.iterfind("abstractNum")}
        for one in root.iterfind("num"):
            link = one.find("abstractNumId")
            found = abstract.get(link.get("val")) if link is not None else None
            if found is not None:
                levels = found.iterfind("lvl")
                self._levels[one.get("numId", "")] = {int(level.get("ilvl", "0")): level for level in levels}

    def next(self, properties: _Element) -> str:
        """What Word prints before the next paragraph with these ``numPr``; '' for a bullet or an unknown list."""
        identifier, depth = _value(properties, "numId", ""), int(_value(properties, "ilvl", "0"))
        levels = self._levels.get(identifier, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(identifier, {})
        counts[depth] = counts.get(depth, int(_value(levels[depth], "start", "1")) - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if _value(levels[depth], "numFmt", "decimal") in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            if level not in levels:
                return ""
            return shown(counts.get(level, 1), _value(levels[level], "numFmt", "decimal"))

        return PLACEHOLDER.sub(number, _value(levels[depth], "lvlText", ""))


def _value(element: _Element, name: str, default: str) -> str:
    found = element.find(name)
    return default if found is None else str(found.get("val", default))
