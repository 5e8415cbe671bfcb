"""What a work is and is about: title, kind, years, place, bureau, number, day of issue; and where each was found."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import PurePosixPath
from typing import NamedTuple

from assistant.datamodels import DocumentFacts, DocumentKind, Finding, Place, Section
from assistant.documents.structure.sections import is_numbered, number_of

TITLE_WORD = re.compile(r"要点|总结|计划|规划|思路|方案|报告|通知|意见|办法|汇报|打算|回顾|安排|纲要|决定|讲话")
SITE_TITLE = re.compile(
    r"(?:整理了|收集的|带来了?)([\u4e00-\u9fff\d]{6,40}?)(?:范文|[,，。])|[语言][::]([\u4e00-\u9fff\d]{6,40}?)一文"
)
SENTENCE_END = re.compile(r"[。；;，,！!?？]")
TITLE_LINES = 15
YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?=年|我)")
CHINESE_YEAR = re.compile(r"(?:一九|二[〇○零])[〇○零一二三四五六七八九]{2}(?=年)")
PLACE = re.compile(r"([\u4e00-\u9fff]{2,3})([市县区州盟旗])(?![域级直场内外间块位])")
TITLE_PLACE = re.compile(
    r"(?:^|印发|关于(?!印发)|中共)((?![我全各本])[\u4e00-\u9fff]{2,4}?[市县区州盟旗])(?![域级直场内外间])"
)
LEAST_MENTIONS = 3
OWN_KIND = re.compile(r"[我全](市|县|区|州|盟|旗)(?![级域])")
NOT_IN_PLACE = re.compile(
    r"自治|打造|围绕|[我全本该各省市县区级国家们一二三四五六七八九十几两的和与在以为到对向及等这那新老强学城园示范地社试小开高科工商农创业产贫行政功先街"
    r"有了是将从把被由按让使于其中者内外上下多少大来去并或即又也点印发]"
)
BUREAU = re.compile(
    r"(?:科学技术|科技|发展和改革|教育|农业农村|农业|文物|知识产权|工业和信息化|财政|人力资源)[\u4e00-\u9fff]{0,6}?(?:(?<!布|格|结|全|大)局|厅|委)(?![面部势域限])"
)
KINDS: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    ("summary", re.compile(r"总结|回顾|报告|汇报")),
    ("plan", re.compile(r"要点|计划|规划|思路|方案|打算|安排|纲要")),
    ("notice", re.compile(r"通知|意见|办法|决定|公告")),
)
EDGE_LINES = 25
HEAD_LINES = 8
"""Lines at the top whose title or number is the work's own; further down it may be another's."""
ZEROS = str.maketrans("○零", "〇〇")
NUMBER = re.compile(r"([\u4e00-\u9fff]{1,12}[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]\s*第?\s*\d{1,4}\s*号)")
DAMAGED_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,12}[〔［][\dxX*]{2,9}[〕］]?\s*\d{0,4}\s*号?)")
DATE = re.compile(
    r"(\d{4}|[〇○零一二三四五六七八九]{2,4})年(\d{1,2}|[一二三四五六七八九十]{1,3})月(\d{1,2}|[一二三四五六七八九十]{1,3})日"
)
DATE_LINE = re.compile(rf"(?:.{{0,12}}[  ])?\(?(?:发布|印发|成文)?(?:日期|时间)?[:：]?{DATE.pattern}(?:印发|发布)?\)?")


class Found(NamedTuple):
    """A value, where it stands, and whether that place is sure to tell it."""

    value: str
    where: Place = "text"
    certain: bool = False


def describe(
    title: Found, text: str, source: str, sections: tuple[Section, ...]
) -> tuple[DocumentFacts, tuple[Finding, ...]]:
    """The facts about a work, and where each that has a value was found."""
    years, years_found = find_years(title.value, text, sections)
    kind = find_kind(title.value)
    found = {
        "title": title,
        "kind": Found(kind if title.value else "", "title", title.certain and kind != "other"),
        "years": years_found,
        "place": find_place(title.value, text),
        "bureau": find_bureau(title.value, text),
        "number": find_number(text),
        "issued": find_issued(text, years),
    }
    facts = DocumentFacts(
        source=source,
        title=title.value,
        kind=kind,
        years=years,
        place=found["place"].value,
        bureau=found["bureau"].value,
        number=found["number"].value,
        issued=found["issued"].value,
    )
    return facts, tuple(Finding(name, one.where, one.certain) for name, one in found.items() if one.value)


def find_title(heading: str, text: str, dropped: tuple[str, ...], source: str) -> Found:
    """The heading of the work, else a file name that is a title, else a title line, else one that a site named."""
    if heading:
        return Found(heading, "heading of the work", True)
    stem = PurePosixPath(source).stem
    if len(re.findall(r"[\u4e00-\u9fff]", stem)) >= 6 and TITLE_WORD.search(stem):
        return Found(stem, "file name", True)
    lines = [line for line in text.split("\n")[:TITLE_LINES] if 6 <= len(line) <= 45]
    titles = [line for line in lines if TITLE_WORD.search(line) and not SENTENCE_END.search(line)]
    unnumbered = [line for line in titles if not is_numbered(line)]
    if unnumbered:
        return Found(unnumbered[0], "text", unnumbered[0] in text.split("\n")[:HEAD_LINES])
    named = next((match[1] or match[2] for line in dropped if (match := SITE_TITLE.search(line))), "")
    if named:
        return Found(named, "site")
    return Found(stem if re.search(r"[\u4e00-\u9fff]", stem) else "", "file name")


def find_kind(title: str) -> DocumentKind:
    """By the words of the title; a plan or summary that a notice sends out is a plan or summary."""
    return next((kind for kind, pattern in KINDS if pattern.search(title)), "other")


def find_years(title: str, text: str, sections: tuple[Section, ...]) -> tuple[tuple[int, ...], Found]:
    """The years of title and headings, else the one that the first sentences say most."""
    named = YEAR.findall(with_digits(title + "\n" + "\n".join(section.heading for section in sections)))
    certain = bool(named)
    if not named:
        named = [year for year, _ in Counter(YEAR.findall(with_digits(text[:1500]))).most_common(1)]
    years = tuple(sorted({int(year) for year in named}))
    return years, Found(" ".join(map(str, years)), "title" if certain else "text", certain)


def with_digits(text: str) -> str:
    """The text with years such as 二〇二二年 in digits."""
    return CHINESE_YEAR.sub(lambda match: str(_value(match[0])), text)


def find_place(title: str, text: str) -> Found:
    """The city, county or district that the title names, else the one that the text names most, else ''.

    A text that speaks of 我县 belongs to no 市 that it names.
    """
    named = TITLE_PLACE.search(title)
    if named:
        return Found(named[1], "title", True)
    counts: Counter[str] = Counter()
    own = own_kind(text)
    for words, suffix in PLACE.findall(text):
        if own and suffix != own:
            continue
        short = words[-2:]
        always_together = text.count(words + suffix) == text.count(short + suffix)
        name = words if always_together and not NOT_IN_PLACE.search(words) else short
        if not NOT_IN_PLACE.search(name):
            counts[name + suffix] += 1
    place, count = counts.most_common(1)[0] if counts else ("", 0)
    return Found(place if count >= LEAST_MENTIONS else "", "text")


@lru_cache(maxsize=256)
def own_kind(text: str) -> str:
    """县 of a text that speaks of 我县 and 全县; '' where it does neither."""
    kinds = Counter(OWN_KIND.findall(text)).most_common(1)
    return kinds[0][0] if kinds else ""


def find_bureau(title: str, text: str) -> Found:
    """The bureau that the title names, else the first in the text, else ''."""
    match = BUREAU.search(title)
    if match:
        return Found(match[0], "title", True)
    match = BUREAU.search(text)
    return Found(match[0] if match else "", "text")


def find_number(text: str) -> Found:
    """The number that stands by itself near the top or the end; one inside a sentence is another document's."""
    for rank, line in enumerate(_edge_lines(text)):
        match = NUMBER.fullmatch(line.strip("()（） "))
        if match:
            return Found(re.sub(r"\s", "", match[1]), "text", rank < HEAD_LINES)
    damaged = next((line for line in _edge_lines(text) if DAMAGED_NUMBER.fullmatch(line)), "")
    return Found(damaged, "text")


def find_issued(text: str, years: tuple[int, ...]) -> Found:
    """The date that stands on a line of its own near the top or the end, as YYYY-MM-DD.

    A year that lost its first digits (一三年) is completed from the years of the work, and not certain.
    """
    for line in reversed(_edge_lines(text)):
        match = DATE_LINE.fullmatch(line)
        if not match:
            continue
        year, month, day = (_value(part) for part in match.groups())
        certain = year > 99
        if not certain:
            year = next((known for known in years if known % 100 == year), 0)
        try:
            return Found(date(year, month, day).isoformat(), "text", certain)
        except ValueError:
            continue
    return Found("")


def _edge_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.split("\n")]
    return lines if len(lines) <= 2 * EDGE_LINES else lines[:EDGE_LINES] + lines[-EDGE_LINES:]


def _value(digits: str) -> int:
    """The value of 18, 十八 or 二〇一三."""
    if digits.isdecimal():
        return int(digits)
    if "十" in digits:
        return number_of(digits) or 0
    return int("".join(str("〇一二三四五六七八九".index(one)) for one in digits.translate(ZEROS)))
