"""Whether a place of a document plans, reports or expects, and of which year it speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.datamodels import Document, GoalStatus
from assistant.documents.metadata import with_digits

PLANNED_HEADING = re.compile(
    r"目标(?!完成|任务完成)|思路|打算|安排|部署|下一?步|[明来]年|今后|工作要点|重点(?:工作|任务)|工作措施|主要任务|工作计划|展望|建议|预期"
)
ACHIEVED_HEADING = re.compile(r"回顾|总结|成绩|成效|亮点|完成情况|进展|工作情况|过去|主要做法|所做|开展情况|存在")
PLANNED_WORDS = re.compile(
    r"力争|确保|争取(?=实现|达到|完成|新增|突破|在|全年|年内|建成|获批|进入|使)|预期目标|目标(?:任务)?(?:是|为|[:：])|主要目标|[明来]年|下一?步|将(?=实现|达到|新增|完成|建成|建设|超过|突破|引进|举办|开展|力争|继续|进一步|深入)|要达到|不低于|不少于"
)
PROJECTED_WORDS = re.compile(r"预计")
ACHIEVED_WORDS = re.compile(
    r"已(?!有规划)|截至|截止|去年|上年度|获得?了|完成了|实现了|达到了|[认评][定选]了|新增了|引进了|创.{0,4}新高"
)
COMPLETED = re.compile(r"已|了|达|超|累计|占")
TURN = re.compile(r"^(?:(?:20\d\d|[xX]{4}|20[xX*]{1,2})年.{0,24}?(?:将|要)|下一?步|[明来]年|接下来)")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年(?!代)|(?=我[市县区省州]))")
RELATIVE = re.compile(
    r"(?P<last>去年|上年(?!度?(?:同期|末))|上一年)|(?P<next>[明来]年)|(?P<this>今年|本年度?|年内|当年)"
)
SPAN = re.compile(
    r"(?:今后|未来|接下来)(?:的)?([一二三四五六七八九十\d]+年)|“?(十[一二三四五六]五|[一二三四五六七八九]五)”?(?:期间|末|规划期)"
)
TELLING_LEVELS = 2
HALF_YEAR = re.compile(r"[上下]半年|季度")
SHORT_LINE = 20
REPORT = re.compile(r"工作报告")
CHANGE_BASE = re.compile(r"[比较](?:去年|上年|20\d\d年)|同比")


@dataclass(frozen=True)
class Stretch:
    """A part of a document with what its headings say: the status and year of what stands there."""

    status: GoalStatus
    year: int | None
    """Of what it plans or reports."""
    following: int | None
    """The year that a report looks forward to; None in a plan."""
    this_year: int | None
    """What 今年 means there."""
    headed: bool = False
    """Whether a heading says so."""


class GoalContext:
    """Answers for one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._stretches: dict[int, Stretch] = {}
        self._has_planned_heading = any(PLANNED_HEADING.search(one.heading) for one in document.sections[1:])
        self.turn: int | None = self._turning_point()

    def stretch(self, rank: int, position: int) -> Stretch:
        """The part of the document around ``position``, a place in the section ``rank``."""
        if rank not in self._stretches:
            self._stretches[rank] = self._described(rank)
        found = self._stretches[rank]
        if self.turn is not None and position >= self.turn and found.status == "achieved":
            return Stretch("planned", found.following, None, found.this_year)
        return found

    def _described(self, rank: int) -> Stretch:
        """By the outermost heading above that tells, else by the kind of document; items deep down do not tell."""
        for heading in self._document.section_path(rank)[:TELLING_LEVELS]:
            achieved = ACHIEVED_HEADING.search(heading)
            planned = PLANNED_HEADING.search(heading)
            if achieved or planned:
                status: GoalStatus = "achieved" if achieved else "planned"
                years = [int(year) for year in YEAR.findall(heading)]
                if not years and HALF_YEAR.search(heading):
                    years = list(self._document.years[:1])
                return replace(self._with_year(status, years[-1] if years else None), headed=True)
        return self._with_year("planned" if self._document.kind in ("plan", "notice") else "achieved", None)

    def _with_year(self, status: GoalStatus, headed: int | None) -> Stretch:
        document = self._document
        years = document.years
        if not years:
            return Stretch(status, headed, headed + 1 if headed and status == "achieved" else None, headed)
        first, last = years[0], years[-1]
        if not self._years_are_named:
            return Stretch(status, headed, headed + 1 if headed and status == "achieved" else None, headed)
        if document.kind != "summary":
            planned, achieved, now = last, None, last
        elif REPORT.search(document.title):
            planned, achieved, now = last, last - 1, last
        elif len(years) > 1:
            planned, achieved, now = last, first, first if status == "achieved" else last
        elif self._only_planned:
            planned, achieved, now = last, last - 1, last - 1 if status == "achieved" else last
        else:
            planned, achieved, now = last + (not HALF_YEAR.search(document.title)), last, last
        if status == "planned":
            return Stretch(status, headed or planned, None, now)
        return Stretch(status, headed or achieved, planned, now)

    @cached_property
    def _years_are_named(self) -> bool:
        """Whether title or headings name a year; one that only a sentence names is not what 今年 means."""
        words = with_digits("\n".join((self._document.title, *(one.heading for one in self._document.sections))))
        return any(str(year) in words for year in self._document.years)

    @cached_property
    def _only_planned(self) -> bool:
        """Whether the last year stands only in headings that plan: then what is reported is of the year before."""
        year = str(self._document.years[-1])
        if year in with_digits(self._document.title):
            return False
        headings = [one.heading for one in self._document.sections if year in one.heading]
        return bool(headings) and all(PLANNED_HEADING.search(one) for one in headings)

    def _turning_point(self) -> int | None:
        """Where a summary without headings turns to what comes: xxxx年,某市将 …"""
        if self._document.kind not in ("summary", "other") or self._has_planned_heading:
            return None
        position = 0
        for line in self._document.text.split("\n"):
            if position and (TURN.search(line) or (len(line) <= SHORT_LINE and PLANNED_HEADING.search(line))):
                return position
            position += len(line) + 1
        return None


def status_of(stretch: Stretch, sentence: str, clause: str, unit: str) -> GoalStatus:
    """The status of a quantity by ``sentence`` up to its end, by its own clause, and by what surrounds them.

    Where no heading tells, 以上 without a word of completion is a demand.
    """
    if PROJECTED_WORDS.search(clause):
        return "projected"
    if unit.startswith("次/") and "了" not in clause:
        return "planned"
    if PLANNED_WORDS.search(sentence):
        return "planned"
    if stretch.status == "planned" and ACHIEVED_WORDS.search(sentence):
        return "achieved"
    if not stretch.headed and clause.endswith("以上") and not COMPLETED.search(clause):
        return "planned"
    return stretch.status


def status_in_time(stretch: Stretch, status: GoalStatus, sentence: str, period: str) -> GoalStatus:
    """The status by the year that is told: in a report 到2025年 is planned, in a plan an earlier year was achieved."""
    if not period.isdigit() or stretch.year is None or status == "projected":
        return status
    if stretch.status == status == "achieved" and int(period) > max(stretch.year, stretch.this_year or 0):
        return "planned" if re.search(rf"[到至]{period}年|{period}年[底末前]", sentence) else status
    if stretch.status == status == "planned" and int(period) < stretch.year and not PLANNED_WORDS.search(sentence):
        return "achieved"
    return status


def period_of(stretch: Stretch, status: GoalStatus, sentence: str) -> str:
    """The year or years that ``sentence``, up to the end of the quantity, speaks of; '' where nothing tells."""
    told = CHANGE_BASE.sub("", sentence)
    years = YEAR.findall(told)
    relative = None
    for relative in RELATIVE.finditer(told):  # noqa: B007 - the last one counts
        pass
    if years and (relative is None or told.rfind(years[-1]) > relative.start()):
        return str(years[-1])
    if relative:
        if stretch.this_year is None:
            return relative[0]
        return str(stretch.this_year + (-1 if relative["last"] else 1 if relative["next"] else 0))
    span = SPAN.search(told)
    if span:
        return span[1] or span[2]
    year = stretch.year if status in (stretch.status, "projected") else stretch.following
    if year is not None:
        return str(year)
    return "今年" if status != "planned" and re.search(r"今年|全年", told) else ""
