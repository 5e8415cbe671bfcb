"""Years, parts of years and days, in questions, titles, sentences and tables."""

from __future__ import annotations

import re

from assistant.language.normalization import fold_width
from assistant.language.numbers import TO_DIGITS
from assistant.language.units import COUNTS

DIGITS = r"(?:19|20)\d\d"
# 2000件 is a number, not a year.
NAMED = re.compile(rf"(?<![\d.])({DIGITS})(?!\d|[.余多]|{COUNTS})")
"""A year in a question or a heading."""
DATED = re.compile(NAMED.pattern + "年?度?[底末初]?")
TOLD = re.compile(rf"(?<!\d)({DIGITS})(?:年(?!代)|(?=我[市县区省州]))")
"""A year in running text."""
CELL = re.compile(rf"(?<!\d)({DIGITS})(?!\d)年?度?")
"""A year in a cell of a table."""
IN_PERIOD = re.compile(DIGITS)
MASKED_OR_TOLD = re.compile(rf"(?:{DIGITS}|20[*xX]{{1,2}}|[xX]{{4}})年?")
CHINESE = re.compile(r"(?:一九|二[〇○零])[〇○零一二三四五六七八九]{2}(?=年)")
SHORT = re.compile(r"(?<![\d.第近前这过满])[0-3]\d(?=年(?![以之来内间前后]))")
RELATIVE = re.compile(r"去年|前年|明年|后年|(?<!\d)[一二两三四五六七八九十\d]{1,2}年[前后]")
"""A year that a question tells by its distance to now."""
YEAR_OR_RELATIVE = re.compile(rf"{TOLD.pattern}|[去上今本当明]一?年")
RELATIVE_TOLD = re.compile(r"(?P<last>去年|上年|上一年)|(?P<next>[明来]年)|(?P<this>今年|本年度?|年内|当年)")
"""The same in a document, where now is the year it speaks of."""
THIS_YEAR = re.compile(r"今年|全年")
_COUNT = r"(?:[二三四五六七八九十两]|[2-9]|1\d)"
SPAN = re.compile(
    rf"(?P<years>(?:今后|未来|接下来|过去|这|近)(?:的)?{_COUNT}年(?![前后])|(?<![第\d]){_COUNT}年(?:来|间(?!接)|(?=累计|共|总共|新增)))"
    r"|“?(?P<plan>十[一二三四五六]五|[一二三四五六七八九]五)”?(?:时期|期间|期末|末|规划期|以来|五年)"
)
"""Several years: 今后五年, 五年来, 十二五期间."""
FIVE_YEARS = r"十[一二三四五]五"
HALF = re.compile(r"[上下]半年|季度")
ONE_MONTH = re.compile(r"(?<![\d到至-])(?:1[0-2]|[1-9])月(?!底|末|初|前|起|中旬|\d)")
PART = re.compile(
    r"[上下]半年|前[一二三两2-3]个?季度|第?[一二三四1-4]季度(?![末底]?前)|前(?:[一二三四五六七八九十两]{1,2}|\d{1,2})个?月(?!内)"
    r"|(?<!\d)(?!1月?份?[-—–~～至到]12月)1?\d月?(?:份)?[-—–~～至到]1?\d月(?:份)?(?:底|末)?(?!\d)"
    r"|截[至止]到?(?:(?:19|20)[\dxX*]{2}年|[xX*]{2,4}年|今年|本年|去年|当年)?(?!12月)1?\d月(?:份|[上中下]旬|初|中|底|末|\d{1,2}日)?(?!\d)"
)
"""A part of a year of which a number may be: 上半年, 1-9月, 截至9月底."""
PART_OR_WHOLE = re.compile(rf"(?P<part>{PART.pattern})|全年|年[底末终]|1[-—–~～至到]12月|(?<!\d){DIGITS}年度?")
"""The same, and what is of the whole year again."""
_MONTHS = re.compile(r"1?\d(?=月|[-—–~～至到])")
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def months_of(part: str) -> tuple[int, int] | None:
    """The first and last month of a part of a year: 前三季度, 1-9月 and 截至9月底 are one; None for other words."""
    if "半年" in part:
        return (1, 6) if part.startswith("上") else (7, 12)
    months = [int(month) for month in _MONTHS.findall(part)]
    if months:
        return (months[0] if len(months) > 1 else 1, months[-1])
    number = next((_NUMERALS.get(one) or int(one) for one in part if one in _NUMERALS or one.isdigit()), 0)
    if not number:
        return None
    if "季" in part:
        return (1, 3 * number) if part.startswith("前") else (3 * number - 2, 3 * number)
    return (1, number)


def parts_of_year(text: str) -> set[tuple[int, int]]:
    """The parts of a year that a text names."""
    return {months for found in PART.findall(text) if (months := months_of(found))}


COMPARED = re.compile(
    r"(?:[比较与同由从]|高于|低于|超过|多于|少于|优于)(?:去年|上年|上一年|20\d\d年)(?:度|[末底初]|全年|同期)*|在(?:去年|上年|上一年)[^,，]{0,4}基础|是(?:去年|上年|20\d\d年)(?:同期)?的|同比"
)
"""The year that a change is measured against."""
DATE = re.compile(
    r"[今明后]年|[上下]半年|[春夏秋冬]季|[年月]内|年[底初中末]|季度|月[上中下]旬|月底|[\d*xX]{2,4}年|月[一二三四五六七八九十\d]+日|\d{1,2}月|\d{6,8}印发|(?:19|20)\d\d年"
)
"""Words that tell when."""
DAY = re.compile(
    r"(\d{4}|[〇○零一二三四五六七八九]{2,4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
DAY_LINE = re.compile(rf"(?:.{{0,12}}[  ])?\(?(?:发布|印发|成文)?(?:日期|时间)?[:：]?{DAY.pattern}(?:印发|发布)?\)?")
"""A line that is a day of issue."""
IMPRINT_LINE = re.compile(r"[年月]?[一二三四五六七八九十\d]{1,3}日$|\d{6,8}印发|日印发")
"""The same where it lost a part."""
OPENING = re.compile(rf"(?:(?:{DIGITS}年度?)?(?:{PART.pattern})?|{SPAN.pattern})[，,]")
"""The time that a paragraph opens with; its later sentences are of it too."""
YEAR_LIST = re.compile(r"(?:20\d\d年[、和])+20\d\d年")


def with_digits(text: str) -> str:
    """The text with years such as 二〇二二年 and ２０２２年 in digits."""
    return CHINESE.sub(lambda match: match[0].translate(TO_DIGITS), fold_width(text))


def with_full_years(key: str) -> str:
    """The search key of a question with 二〇一四年 and 14年 in digits, all four of them."""
    return SHORT.sub(lambda match: f"20{match[0]}", with_digits(key))


def named_years(key: str) -> tuple[int, ...]:
    """Years that a question or heading names, in the order of time."""
    return tuple(sorted({int(year) for year in NAMED.findall(key)}))


EARLIER = re.compile(r"年?[之以]?前")
"""Behind a year: before it."""


def told_years(text: str) -> list[int]:
    """Years in running text, in the order they stand there."""
    return [int(year) for year in TOLD.findall(text)]


TITLE_SPAN = re.compile(rf"(?<!\d)({DIGITS})\s*年?\s*[-—–－~～至到]+\s*({DIGITS})\s*年?(?!\d)")
TITLE_YEAR = re.compile(rf"(?<!\d)({DIGITS})(?=年|工作|[上下]半年|[(（)）]|$)")
FIVE_YEAR_PLAN = re.compile(r"[“\"]?十([一二三四五])五[”\"]?(?!期末)|第十([一二三四五])个五年")
LONGEST_SPAN = 15
FIRST_PLAN = 2001
"""The first year of 十五, the tenth of the five-year plans."""


def titled_years(title: str) -> list[int]:
    """The years that a title says its document is of: 2024年, 2023—2025年, 十四五."""
    words = with_digits(title)
    found: list[int] = []
    for match in TITLE_SPAN.finditer(words):
        first, last = int(match[1]), int(match[2])
        found += range(first, last + 1) if first <= last <= first + LONGEST_SPAN else ()
    found += [int(year) for year in TITLE_YEAR.findall(TITLE_SPAN.sub("", words))]
    if plan := FIVE_YEAR_PLAN.search(words):
        first = FIRST_PLAN + 5 * "一二三四五".index(plan[1] or plan[2]) + 5
        found += range(first, first + 5) if "规划" in words or "纲要" in words or not found else ()
    return found


def period_years(period: str) -> tuple[int, ...]:
    """Years of a row's period."""
    return tuple(int(year) for year in IN_PERIOD.findall(period))
