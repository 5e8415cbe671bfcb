"""Find quantities in a sentence: a number, lost or masked numbers too, with unit and comparators.

Dates, ordinals, document numbers, and what stands inside 《…》 or “…” are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d+)(?:\.\d+)?"
MASK = r"(?:[xX×]{1,6}(?:\.[xX×]{1,3})?|\*{1,4}(?:\.\*{1,3})?\d*|\d+\*+|_{2,})(?![A-Za-z])"
CHINESE = "[一二两三四五六七八九十百千万零]{1,9}"
SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "千亿": 1e11, "万亿": 1e12}
SCALE = "(?:万亿|千亿|千万|百万|亿|万|千|百)"
MONEY = r"(?:美元|欧元|港元|日元|元人民币|人民币|元)(?:/[人吨亩户])?"
# Longer words first. What follows a measure word may show that it is part of another word: 项目, 人才, 家庭, 单位.
COUNTED = (
    r"人次|人份|户次|家次|件次|场次|批次|课时|学时|台[(（]套[)）]|台套|平方公里|平方千米|平方米|立方米|公里|千米|公顷"
    r"|吨标准煤|吨标煤|公斤|千克|千瓦时|千瓦|兆瓦|亩次|标箱"
    r"|项目(?=[、,，;；。]|$)|项(?!目)|个(?![月字]|百分点|小时|工作日|方面|环节|层次|阶段|意识|维护|自信|确立)"
    r"|人(?![才员民口均力士工])|家(?!庭|园|属|具|电|禽|乡)|单(?!位|一|项|独|元)|次(?!全会|党代会|会议)|件(?!套)"
    r"|名(?![牌录单称优誉特])|位(?!于|次|置)|起(?!来|到|点)|处(?!理|置|室|长)|支(?!持|撑|部|出|农)|场(?!所|地|景|馆|站)"
    r"|条(?!件|例|线)|期(?!间|末|货)|台(?!账|湾)|套(?!路)|座(?!谈)|块(?!状)|本(?!地|土|市|县|区|科)|部(?!门|分|署|队)"
    r"|份(?!额)|户(?!籍|外)|亩|吨|斤|间(?!接)|辆|倍|番|所(?!有|在|属|以)|株|头(?!部)|只(?!有|增)|张|册|艘|架|门(?!户|类)|宗|款(?!项)"
    r"|枚|幢|栋|篇|班(?!子|组|列)|组(?!织|建|成|长)|片(?!区)|盏|首(?!创|次|批|位)"
)
PERCENT = r"个百分点|百分点|[%％‰]"
UNKNOWN_COUNTED = r"[\u4e00-\u9fff](?=[、,，;；。]|以上)|(?![\u4e00-\u9fff])"
UNIT = rf"(?:{PERCENT}|{SCALE}?{MONEY}|{SCALE}?(?:{COUNTED})|{SCALE}(?:{UNKNOWN_COUNTED}))"
DURATION = r"(?:个工作日|工作日|个月|小时|分钟|天|日|年)"
AFTER = r"(?:及以上|以上|以下|以内|之内|左右|上下)"
BEFORE = (
    r"(?:[≥≤><＞＜]|不到|不足|不满|未达到?|不低于|不少于|不超过|不高于|不小于|不得低于|高于|低于|多于|少于|超过|超出|突破|超|达到了?|到达|达|至少|最少|最多"
    r"|大约|(?<![签合])约|将近|(?<![附最])近|(?<!不)仅|只有|各|共计|共有|(?<!公)共|(?<![作认成因])为|是|(?<!甚)至|(?<![收得接])到|(?<![目之以当年])前|控制在|保持在|稳定在|维持在|力争|确保|争取|预计|累计|合计|总计)"
)
CHANGE = r"(?:(?:增长|增加|增幅|增速|提高|提升|上升|下降|降低|减少|压降|压缩|缩短|翻)了?)"
LOST = r"(?:超过|超出|突破|超|达到|达|约|近)"
RANKED = r"(?:排名|排|位居|位列|名列|列|居|位次|全国|全省|全市|全县|全区|同类|地市)"
NUMBER = rf"(?P<number>{DIGITS}|{MASK})"
QUANTITY = re.compile(
    rf"(?:(?<![\dA-Za-z.第〔\[/*_+])|(?<=[A-Za-z])(?=[\d.]+[%％]))"
    rf"(?:{NUMBER}(?:(?P<first_unit>{UNIT})?\s*[-—–~～至到]+\s*(?P<upper>{DIGITS}|{MASK}))?"
    rf"\s*(?P<approximate>多|余)?\s*(?:(?P<unit>(?(first_unit)(?P=first_unit)|{UNIT}))(?P<approximate_after>多|余)?|(?=以上|以内|左右))"
    rf"|(?:(?P<chinese_low>{CHINESE})[至到])?(?P<chinese>{CHINESE})(?P<chinese_unit>(?!期)(?:{COUNTED}))(?={AFTER}?(?:[、,，;；。)）]|$))"
    rf"|百分之(?P<hundredths>{CHINESE}))"
    rf"(?P<after>{AFTER}?)"
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
LONGEST_REFERENCE = 28
REFERENCE = re.compile(
    r"(?:(?<![占对可])[比较](?:去年|上年|20\d\d年)[^,，;；。]{0,6}的|平均(?:水平|值|数)?[(（]?|[高低]于[^,，;；。]{0,12}平均[^,，;；。]{0,12})$"
)
KIND_OF_THING = re.compile(r"的?[\u4e00-\u9fff“”]{2,14}")
BOUNDS = ("以上", "及以上", "以下", "以内")
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


def scale_of(unit: str) -> str:
    """万 of 万元; '' where the unit has no such word."""
    match = re.match(SCALE, unit)
    return match[0] if match else ""


def find_quantities(sentence: str) -> list[Quantity]:
    """The quantities of a sentence in order; none overlaps another."""
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
        if not (_qualifies(sentence, one, following) or _is_reference(sentence, one, following))
    ]


def _qualifies(sentence: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Whether it only says what kind of thing the next quantity counts: 投资10亿元以上项目 57个."""
    bounded = quantity.after in BOUNDS or re.search(r"超|突破|过|达|不[少低]于", quantity.before)
    return bool(bounded and following and KIND_OF_THING.fullmatch(sentence, quantity.end, following.start))


def _is_reference(sentence: str, quantity: Quantity, following: Quantity | None) -> bool:
    """Whether another number is set against it: 由50%提升至55%, 比2021年的800件增长8%, 高于全省平均水平(18.2件)."""
    left = sentence[max(0, quantity.start - LONGEST_REFERENCE) : quantity.start]
    changes = following is not None and (following.change or bool(re.search("[至到]", following.before)))
    if changes and re.search(r"[由从][^,，;；。]{0,12}$", left):
        return True
    return bool(REFERENCE.search(left))


def _counted(sentence: str) -> Iterator[Quantity]:
    for match in QUANTITY.finditer(sentence):
        if match["chinese"]:
            low = match["chinese_low"] or match["chinese"]
            one = _plain(match, sentence, low, match["chinese_unit"])
            yield replace(one, upper=number_value(match["chinese"])) if match["chinese_low"] else one
        elif match["hundredths"]:
            yield _plain(match, sentence, match["hundredths"], "%")
        else:
            yield _plain(match, sentence, match["number"], match["unit"] or "")


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
        after=(groups.get("approximate") or groups.get("approximate_after") or "") + groups["after"],
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
            continue
        power = {"十": 10, "百": 100, "千": 1000}.get(character)
        if power:
            total += max(digit, 1) * power
            digit = 0
        else:
            digit = "一二三四五六七八九".index(character) + 1
    return total + digit
