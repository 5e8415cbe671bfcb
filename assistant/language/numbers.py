"""Numbers in digits and in Chinese words, and masks that stand for them."""

from __future__ import annotations

import re

from assistant.language.units import SCALES

DIGITS = (
    r"(?:(?<!\d )\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,3}(?!\d| \d)|\d{1,3}(?:,\d{3})+(?!\d)|\d+)"
    r"(?:[.·]\d+| \. \d+)?"
)
"""2300, 2,300, 2 300, 5.5, 5 . 5 and 5·5."""
COMPOUND = r"\d+(?:\.\d+)?(?:万|亿)(?:零?\d{1,4}(?:千万|百万|万|千|百)|\d{4}(?!\d)){1,3}"
"""12亿3千万 and 5万3000: one amount in several scales."""
MASK = r"(?:[xX×]{1,6}(?:\.[xX×]{1,3})?|\*{1,4}(?:\.\*{1,3})?\d*|\d{1,12}\*{1,6}|_{2,})(?![A-Za-z])"
CHINESE_DIGIT = "[一二两三四五六七八九十廿卅]"
CHINESE = f"{CHINESE_DIGIT}[一二两三四五六七八九十廿卅百千万亿零〇]{{0,14}}"
ORDINAL = "(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
"""一 to 九十九, as headings are numbered."""
TO_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
ONES = "零一二三四五六七八九十"
POWERS = {"十": 10, "百": 100, "千": 1_000}
SECTIONS = {"万": 10_000, "亿": 100_000_000}
TENS = {"廿": "二十", "卅": "三十", "两": "二", "〇": "零"}
ARTICLE = re.compile(r"一[个种项次]?")
"""No number: 一个 and the like."""


def number_value(text: str) -> float | None:
    """The value of 2,300, 2 300, 1.6, 12亿3千万, 三十五, 十点五 or 两; None for a mask and for ''."""
    plain = re.sub(r"[,\s]", "", text).replace("·", ".")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    if re.fullmatch(COMPOUND, plain):
        return _compound_value(plain)
    return _value_in_words(plain)


def _value_in_words(text: str) -> float | None:
    """Of 三十五, 十点五, 百 and 一六〇〇; None for 三五 and 三九, which are no numbers."""
    if re.fullmatch("[〇零一二三四五六七八九]{3,}", text):
        return float(text.translate(TO_DIGITS))
    whole, point, fraction = text.partition("点")
    if not re.fullmatch(f"{CHINESE}|[百千]", whole) or re.search("[一二两三四五六七八九]{2}", whole):
        return None
    if point and not re.fullmatch("[零〇一二三四五六七八九]+", fraction):
        return None
    return float(_chinese_value(whole)) + (float(f"0.{fraction.translate(TO_DIGITS)}") if point else 0.0)


def _compound_value(text: str) -> float:
    """The sum of the parts; one without a scale of its own is in ones."""
    total = 0.0
    for digits, scale in re.findall(r"(\d+(?:\.\d+)?)(千万|百万|亿|万|千|百)?", text):
        total += float(digits) * SCALES[scale]
    return round(total, 2)


def _chinese_value(text: str) -> int:
    """By sections of 万 and 亿; a last digit counts the power below the one before: 三百六 is 360, 三百零六 is 306."""
    total, section, digit, power = 0, 0, 0, 0
    for character in "".join(TENS.get(one, one) for one in text):
        if scale := SECTIONS.get(character):
            inner = section + digit
            total = (total + inner) * scale if total < scale else total + inner * scale
            section, digit, power = 0, 0, scale
        elif one := POWERS.get(character):
            section += max(digit, 1) * one
            digit, power = 0, one
        elif character == "零":
            power = 0
        else:
            digit = ONES.index(character)
    return total + section + digit * (power // 10 if power >= 100 else 1)


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
