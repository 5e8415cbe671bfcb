"""What a work is about, from its title and text: title, kind, years, place, bureau."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

from assistant.datamodels import DocumentKind, Section
from assistant.documents.sections import MARKERS

TITLE_WORD = re.compile(r"要点|总结|计划|规划|思路|方案|报告|通知|意见|办法|汇报|打算|回顾|安排|纲要|决定|讲话")
SITE_TITLE = re.compile(
    r"(?:整理了|收集的|带来了?)([\u4e00-\u9fff\d]{6,40}?)(?:范文|[,，。])|[语言][::]([\u4e00-\u9fff\d]{6,40}?)一文"
)
SENTENCE_END = re.compile(r"[。；;，,！!?？]")
TITLE_LINES = 15
YEAR = re.compile(r"(?<!\d)((?:19[5-9]|20[0-4])\d)(?=年|我)")
PLACE = re.compile(r"([\u4e00-\u9fff]{2,3})([市县区州盟旗])(?![域级直场内外间块位])")
TITLE_PLACE = re.compile(
    r"(?:^|印发|关于(?!印发)|中共)((?![我全各本])[\u4e00-\u9fff]{2,4}?[市县区州盟旗])(?![域级直场内外间])"
)
LEAST_MENTIONS = 3
NOT_IN_PLACE = re.compile(
    r"自治|打造|围绕|[我全本该各省市县区级国家们一二三四五六七八九十几两的和与在以为到对向及等这那新老强学城园示范地社试小开高科工商农创业产贫行政功先街"
    r"有了是将从把被由按让使于其中者内外上下多少大来去并或即又也点印发]"
)
BUREAU = re.compile(
    r"(?:科学技术|科技|发展和改革|教育|农业农村|农业|文物|知识产权|工业和信息化|财政|人力资源)[\u4e00-\u9fff]{0,6}?[局厅委]"
)
KINDS: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    ("summary", re.compile(r"总结|回顾|报告|汇报")),
    ("plan", re.compile(r"要点|计划|规划|思路|方案|打算|安排|纲要")),
    ("notice", re.compile(r"通知|意见|办法|决定|公告")),
)


def find_title(heading: str, text: str, dropped: tuple[str, ...], source: str) -> str:
    """The heading of the work, else a file name that is a title, else a title line, else one that a site named."""
    if heading:
        return heading
    stem = PurePosixPath(source).stem
    if len(re.findall(r"[\u4e00-\u9fff]", stem)) >= 6 and TITLE_WORD.search(stem):
        return stem
    lines = [line for line in text.split("\n")[:TITLE_LINES] if 6 <= len(line) <= 45]
    titles = [line for line in lines if TITLE_WORD.search(line) and not SENTENCE_END.search(line)]
    unnumbered = [line for line in titles if not any(marker.match(line) for marker in MARKERS)]
    if unnumbered:
        return unnumbered[0]
    named = next((match[1] or match[2] for line in dropped if (match := SITE_TITLE.search(line))), "")
    return named or (stem if re.search(r"[\u4e00-\u9fff]", stem) else "")


def find_kind(title: str) -> DocumentKind:
    """By the words of the title; a plan or summary that a notice sends out is a plan or summary."""
    return next((kind for kind, pattern in KINDS if pattern.search(title)), "other")


def find_years(title: str, text: str, sections: tuple[Section, ...]) -> tuple[int, ...]:
    """Years in the title and the headings, else the year of the first sentences that the text says most."""
    named = YEAR.findall(title + "\n" + "\n".join(section.heading for section in sections))
    if not named:
        head = Counter(YEAR.findall(text[:1500]))
        named = [year for year, _ in head.most_common(1)]
    return tuple(sorted({int(year) for year in named}))


def find_place(title: str, text: str) -> str:
    """The city, county or district that the title names, else the one that the text names most, else ''."""
    named = TITLE_PLACE.search(title)
    if named:
        return named[1]
    counts: Counter[str] = Counter()
    for words, suffix in PLACE.findall(text):
        short = words[-2:]
        always_together = text.count(words + suffix) == text.count(short + suffix)
        name = words if always_together and not NOT_IN_PLACE.search(words) else short
        if not NOT_IN_PLACE.search(name):
            counts[name + suffix] += 1
    place, count = counts.most_common(1)[0] if counts else ("", 0)
    return place if count >= LEAST_MENTIONS else ""


def find_bureau(title: str, text: str) -> str:
    """The bureau that the title names, else the first in the text, else ''."""
    match = BUREAU.search(title) or BUREAU.search(text)
    return match[0] if match else ""
