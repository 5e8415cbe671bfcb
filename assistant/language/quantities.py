"""Find quantities in a sentence: a number, lost or masked numbers too, with unit and comparators.

Dates, ordinals, document numbers, and what stands inside 《…》 or “…” are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from assistant.language.normalization import fold_width
from assistant.language.numbers import CHINESE, COMPOUND, DIGITS, MASK, number_value
from assistant.language.polarity import AFTER, BEFORE, BOUNDS, CHANGE, FROM_VALUE, QUALIFYING, REFERENCE
from assistant.language.units import COUNTED, COUNTS, DURATION, MONEY, SCALE, SCALES, UNIT, scale_of

CIRCLED = re.compile(rf"(?<=[\u4e00-\u9fff])[①-⑨](?=[万亿]?{COUNTS})")
"""A digit in a circle that is a number with a unit and no mark; of two nobody knows whether they are one number."""
TO_PLAIN = str.maketrans("①②③④⑤⑥⑦⑧⑨", "123456789")
LOST = r"(?:超过|超出|突破|超|达到|达|约|近)"
RANKED = r"(?:排名|排|位居|位列|名列|列|居|位次|全国|全省|全市|全县|全区|同类|地市)"
NUMBER = rf"(?P<number>{DIGITS}|{MASK})"
ENDS_CLAUSE = re.compile(rf"{AFTER}?(?:[、,，;；。)）]|$)")
NOT_TENTHS = "[立果员效功为长本就绩都人交品份熟套分像因县名形]"
"""What makes 成 behind a digit part of a word, not a tenth."""
QUANTITY = re.compile(
    rf"(?:(?<![\dA-Za-z.第〔\[/*_+])|(?<=[A-Za-z])(?=[\d.]+[%％]))"
    rf"(?:(?P<compound>{COMPOUND})\s*(?P<compound_approximate>[多余])?(?P<compound_unit>{MONEY}|{COUNTED})"
    rf"|{NUMBER}(?:(?P<first_unit>{UNIT})?\s*[-—–~～至到]+\s*(?P<upper>{DIGITS}|{MASK}))?"
    rf"\s*(?P<approximate>多|余)?\s*(?:(?P<scale>{SCALE})(?P<approximate_within>[多余])(?P<scaled>{MONEY}|{COUNTED})"
    rf"|(?P<unit>(?(first_unit)(?P=first_unit)|{UNIT}))(?P<approximate_after>多|余)?|(?=以上|以内|左右))"
    rf"|(?P<tenths>(?<![一二三四五六七八九十第百千万])[一二两三四五六七八九])成(?P<half>半)?(?!{NOT_TENTHS})"
    rf"|百分之(?P<hundredths>百|{CHINESE}(?:点[零〇一二三四五六七八九]+)?|{DIGITS}))"
    rf"(?P<after>{AFTER}?)"
)
CHINESE_QUANTITY = re.compile(
    rf"(?<![\d.第百千万亿年月〔一二三四五六七八九十])(?:(?P<low>{CHINESE})[至到])?(?P<chinese>{CHINESE})"
    rf"(?P<approximate>[多余])?(?P<unit>(?!期)(?:{MONEY}|{COUNTED}))(?P<after>{AFTER}?)"
)
WORDS_BEFORE = re.compile(rf"(?:{CHANGE}|{BEFORE})+\s*$")
LONGEST_BEFORE = 12
LOST_NUMBER = re.compile(
    rf"(?:(?P<before>{LOST})(?P<unit>{SCALE}{MONEY}|[%％])|(?<=[A-Za-z][&＆])(?P<bare_unit>[%％]))(?P<after>{AFTER}?)"
)
RANK = re.compile(
    rf"(?P<ranked>{RANKED})[\u4e00-\u9fff]{{0,6}}?(?P<rank>第(?P<number>{DIGITS}|{MASK}|{CHINESE})(?:位|名|(?=[、,，;；。)）和与及]|$)))"
)
PERIODIC = re.compile(
    rf"(?P<every>每(?P<count>{CHINESE}|\d|半)?个?(?P<span>年|季度|季|月|周|星期|天|日))"
    rf"(?P<verb>[\u4e00-\u9fff]{{0,6}}?)(?P<number>{CHINESE}|\d+)次"
)
SHORTENED = re.compile(
    rf"(?P<before>(?:压缩|缩短|控制|减少)[\u4e00-\u9fff]{{0,2}}?(?:至|到|在|为)?|不超过)"
    rf"(?P<number>{DIGITS}|{MASK})(?P<unit>{DURATION})(?P<after>{AFTER}?)"
)
APPROXIMATE_GROUPS = ("approximate", "approximate_within", "approximate_after", "compound_approximate")
LONGEST_REFERENCE = 28
KIND_OF_THING = re.compile(r"的?[\u4e00-\u9fff“”]{2,14}")
MAY_COUNT = re.compile(
    r"\d|[xX*]|[一二两三四五六七八九十百千廿卅]|[&＆][%％]|[超达破约近][百千万]?[万亿]?(?:元|%)|超亿"
)
"""Whether a sentence may hold a quantity at all."""
QUOTED = re.compile(r"《[^》]*》|“[^”]{1,24}”|\"[^\"]{1,24}\"|〔[^〕]*〕")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit; offsets count in the sentence.

    ``start`` and ``end`` take in the comparators that stand right beside it; ``value`` is as written, in ``unit``, and
    None where the number is masked or lost.
    """

    start: int
    end: int
    value: float | None
    upper: float | None
    unit: str
    before: str
    after: str
    change: bool
    """Whether it is a growth or fall: 增长6%."""

    def placed(self, offset: int, unit: str) -> Quantity:
        """The same, ``offset`` characters further on, in ``unit``."""
        return replace(self, start=self.start + offset, end=self.end + offset, unit=unit.replace("％", "%"))

    @property
    def masked(self) -> bool:
        """Whether the number is hidden or gone."""
        return self.value is None

    @property
    def comparator(self) -> str:
        """The words around the number that bound it, as in 达到…以上; '' where it stands alone."""
        return "…".join(part for part in (self.before, self.after) if part)

    @property
    def amount(self) -> float | None:
        """The value in the unit without 百, 千, 万 or 亿."""
        return None if self.value is None else self.value * SCALES[scale_of(self.unit)]


def find_quantities(sentence: str, *, every: bool = False) -> list[Quantity]:
    """The quantities of a sentence in order; none overlaps another.

    ``every``: with those that only say what kind of thing is counted, or what another number is set against.
    """
    sentence = CIRCLED.sub(lambda match: match[0].translate(TO_PLAIN), fold_width(sentence))
    quoted = [match.span() for match in QUOTED.finditer(sentence)]
    found = [
        *(_periodic(match) for match in PERIODIC.finditer(sentence)),
        *(_ranked(match) for match in (RANK.finditer(sentence) if "第" in sentence else ())),
        *(_plain(match, sentence, match["number"], match["unit"]) for match in SHORTENED.finditer(sentence)),
        *_counted(sentence),
        *(_lost(match) for match in LOST_NUMBER.finditer(sentence)),
    ]
    used = bytearray(len(sentence))
    for start, end in quoted:
        used[start:end] = bytes([1]) * (end - start)
    taken: list[Quantity] = []
    for one in found:
        if 1 not in used[one.start : one.end]:
            used[one.start : one.end] = bytes([1]) * (one.end - one.start)
            taken.append(one)
    ordered = sorted(taken, key=lambda one: one.start)
    return [
        one
        for one, following in zip_longest(ordered, ordered[1:])
        if every or not (_qualifies(sentence, one, following) or _is_reference(sentence, one, following))
    ]


def _qualifies(sentence: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Whether it only says what kind of thing the next quantity counts: 投资10亿元以上项目 57个."""
    bounded = quantity.after in BOUNDS or QUALIFYING.search(quantity.before)
    return bool(bounded and following and KIND_OF_THING.fullmatch(sentence, quantity.end, following.start))


def _is_reference(sentence: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Whether another number is set against it: 由50%提升至55%, 比2021年的800件增长8%, 高于全省平均水平(18.2件)."""
    left = sentence[max(0, quantity.start - LONGEST_REFERENCE) : quantity.start]
    changes = following is not None and (following.change or bool(re.search("[至到]", following.before)))
    if changes and not re.search("[到至]", quantity.before) and FROM_VALUE.search(left):
        return True
    return bool(REFERENCE.search(left))


def _counted(sentence: str) -> Iterator[Quantity]:
    for match in QUANTITY.finditer(sentence):
        if match["compound"]:
            scale = re.sub(r"[\d.]", "", match["compound"])[0]
            one = _plain(match, sentence, match["compound"], scale + match["compound_unit"])
            yield one if one.value is None else replace(one, value=round(one.value / SCALES[scale], 8))
        elif match["tenths"]:
            one = _plain(match, sentence, match["tenths"], "%")
            yield replace(one, value=10 * (one.value or 0) + 5 * bool(match["half"]))
        elif match["hundredths"]:
            yield _plain(match, sentence, match["hundredths"], "%")
        elif match["scale"]:
            yield _plain(match, sentence, match["number"], match["scale"] + match["scaled"])
        else:
            yield _plain(match, sentence, match["number"], match["unit"] or "")
    yield from filter(None, (_in_words(match, sentence) for match in CHINESE_QUANTITY.finditer(sentence)))


def _in_words(match: re.Match[str], sentence: str) -> Quantity | None:
    """A number in Chinese words; its largest scale belongs to the unit. A small one must end its clause."""
    number, low = match["chinese"], match["low"]
    large = re.search("[百千万亿]", number) or len(number) > 2
    if not large and not ENDS_CLAUSE.match(sentence, match.end("unit")):
        return None
    if number_value(number) is None:
        return None
    scale = next((one for one in "亿万" if one in number), "")
    one = _plain(match, sentence, number, scale + match["unit"])
    value = round((one.value or 0) / SCALES[scale], 8)
    if not low:
        return replace(one, value=value)
    lowest = (number_value(low) or 0) / (SCALES[scale] if scale in low else 1)
    return replace(one, value=round(lowest, 8), upper=value)


def _plain(match: re.Match[str], sentence: str, number: str, unit: str) -> Quantity:
    groups = match.groupdict()
    if unit == "项目":  # 2项目 for 2项: the noun was run into the measure word
        unit = "项"
    begin = match.start()
    negative = begin > 0 and sentence[begin - 1] in "-−" and bool(_words_before(sentence, begin - 1))
    begin -= negative
    before = groups.get("before") or _words_before(sentence, begin)
    start = match.start() if "before" in groups else begin - len(before)
    value = number_value(number)
    return Quantity(
        start=start,
        end=match.end(),
        value=-value if negative and value is not None else value,
        upper=number_value(groups.get("upper") or ""),
        unit=unit.replace("％", "%"),
        before=before.strip(),
        after="".join(groups.get(name) or "" for name in APPROXIMATE_GROUPS) + groups["after"],
        change=bool(re.search(CHANGE, before)) and not re.search("[到至]$", before.rstrip()),
    )


def _words_before(sentence: str, position: int) -> str:
    match = WORDS_BEFORE.search(sentence, max(0, position - LONGEST_BEFORE), position)
    return match[0] if match else ""


def _ranked(match: re.Match[str]) -> Quantity:
    return Quantity(match.start("rank"), match.end(), number_value(match["number"]), None, "位", "", "", change=False)


def _periodic(match: re.Match[str]) -> Quantity:
    every = (match["count"] or "").replace("一", "") + match["span"]
    number = number_value(match["number"])
    return Quantity(match.start(), match.end(), number, None, f"次/{every}", match["every"], "", change=False)


def _lost(match: re.Match[str]) -> Quantity:
    unit, before = match["unit"] or match["bare_unit"], match["before"] or ""
    return Quantity(match.start(), match.end(), None, None, unit, before, match["after"], change=False)


def cuts_quantity(text: str, start: int, end: int) -> bool:
    """Whether the slice begins or ends inside a number or its unit: 300家 of 1,300家, 8家 of 5-8家, 5个 of 5个百分点.

    Words that bound a number from the front are not looked at here: ``polarity.cuts_off`` does.
    """
    if text[max(0, start - 1) : start].isdigit() or (NUMERAL.match(text, start) and CUT_NUMBER.search(text, 0, start)):
        return True
    return any(
        one.start < end < one.end
        or (one.start < start < one.end and NUMERAL.search(text, one.start, start) is not None)
        for one in find_quantities(text)
    )


NUMERAL = re.compile(r"[\d一二三四五六七八九十百千两xX*]")
CUT_NUMBER = re.compile(r"(?:[\d一二三四五六七八九十百千两数xX*]|\d[,，.~～—–-])$")
