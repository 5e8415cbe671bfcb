"""Numbers in digits and in Chinese words, and masks that stand for them."""

from __future__ import annotations

import re

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?"
MASK = r"(?:[xX×]{1,6}(?:\.[xX×]{1,3})?|\*{1,4}(?:\.\*{1,3})?\d*|\d+\*+|_{2,})(?![A-Za-z])"
CHINESE = "[一二两三四五六七八九十百千万零]{1,9}"
ORDINAL = "[一二三四五六七八九十]{1,3}"
"""一 to 九十九, as headings are numbered."""
TO_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
ONES = "零一二三四五六七八九十"
POWERS = {"十": 10, "百": 100, "千": 1000}
ARTICLE = re.compile(r"一[个种项次]?")
"""No number: 一个 and the like."""


def number_value(text: str) -> float | None:
    """The value of 2,300, 1.6, 三十五 or 两; None for a mask and for ''."""
    plain = text.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    if re.fullmatch(CHINESE, plain):
        return float(_chinese_value(plain))
    return None


def _chinese_value(text: str) -> int:
    total, digit = 0, 0
    for character in text.replace("两", "二").replace("零", ""):
        if character == "万":
            total, digit = (total + digit) * 10_000, 0
        elif power := POWERS.get(character):
            total += max(digit, 1) * power
            digit = 0
        else:
            digit = ONES.index(character)
    return total + digit


def number_of(digits: str) -> int | None:
    """The value of 十二, 12 or ⑫; None for ''."""
    if not digits:
        return None
    if digits.isdecimal():
        return int(digits)
    if "①" <= digits <= "⑳":
        return ord(digits) - ord("①") + 1
    tens, ten, ones = digits.replace("两", "二").rpartition("十")
    return (10 * (ONES.index(tens) if tens else 1) if ten else 0) + (ONES.index(ones) if ones else 0)


def digit_by_digit(text: str) -> int:
    """The value of 2013, 十八 or 二〇一三: of digits that stand in a row each for itself."""
    if text.isdecimal():
        return int(text)
    return (number_of(text) or 0) if "十" in text else int(text.translate(TO_DIGITS))
