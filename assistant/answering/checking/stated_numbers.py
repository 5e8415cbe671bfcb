"""The numbers of a quote or of a sentence: what each counts, its bounds, its change, the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.datamodels import Goal
from assistant.facts.indicators import name_indicators
from assistant.language.normalization import HAN, search_key
from assistant.language.quantities import Quantity, find_quantities
from assistant.language.sentences import CLAUSE_STOP
from assistant.language.units import dimension
from assistant.language.writing import (
    BOUNDS,
    ENDS_PART,
    FALLS_AT,
    FIRST,
    FOR_EACH,
    IDLE,
    JOINT,
    JOINTS,
    OTHER_NUMBER,
    RANK,
    REFERS_AT,
    RISES_AT,
)
from assistant.language.years import with_digits

LONGEST_BEHIND = 6
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
UNSEEN = re.compile(r"[\s“”\"'‘’「」]")


def folded(text: str) -> str:
    """One script and width, without blanks, thousands commas and quotation marks, years in digits, 首位 as 第一位."""
    plain = with_digits(UNSEEN.sub("", search_key(THOUSANDS.sub("", text))))
    return FIRST.sub(r"\1第一位", plain).replace("不及预期", "未达预期")


def clauses(text: str) -> list[str]:
    """The clauses of a folded text."""
    return re.split("[,;。]", text)


@dataclass(frozen=True)
class Number:
    """A number of a folded text with what it counts."""

    name: str
    amount: float | None
    upper: float | None
    unit: str
    before: str
    """The text up to its end."""
    left: str
    """The words of its clause in front of it; of a list those in front of its first number."""
    right: str
    """The words right behind it."""
    around: str
    """The words of its clause that no other number has."""
    behind: str = ""
    """The text behind it."""
    row: Goal | None = None
    """The row that tells it, of a number of a quote."""
    context: str = ""
    """The sentence before, where its own speaks of that."""

    @property
    def measured(self) -> tuple[float | None, float | None, str]:
        """What makes two numbers the same: amounts are compared in their dimension, counts by what is counted."""
        unit = self.unit.partition("/")[0]
        plain = unit.lstrip("万亿千百")
        counted = dimension(unit)
        return self.amount, self.upper, plain if counted == "count" else counted

    @property
    def own_name(self) -> str:
        """What it counts, of a part without the whole."""
        return self.name.rpartition(":")[2]

    @property
    def said(self) -> str:
        """All of its text, with what it speaks of."""
        return self.context + self.before + self.behind

    @cached_property
    def bound(self) -> str:
        """The class of the words that bound it; '' of a rank."""
        if self.unit == RANK:
            return ""
        return next((one for one, left, right in BOUNDS if left.search(self.left) or right.match(self.right)), "")

    @property
    def listed_bound(self) -> str:
        """The class of words that bound all numbers of its list: 最高奖励额分别是:甲类10万元、乙类5万元."""
        head, joint, _ = re.split("[;。]", self.before)[-1].partition("分别")
        words = clauses(head)[-1] if joint else ""
        return next((one for one, left, _ in BOUNDS if re.search(left.pattern.removesuffix("$"), words)), "")

    @cached_property
    def change(self) -> str:
        """Whether it is a rise or a fall."""
        words = f"{self.left}#{self.right}"
        if self.unit == RANK:
            return ""
        return "fall" if FALLS_AT.search(words) else "rise" if RISES_AT.search(words) else ""

    @property
    def refers(self) -> bool:
        """Whether another number is set against it: 快于一产的3.3%."""
        return REFERS_AT.search(f"{self.left}#") is not None

    @property
    def points(self) -> bool:
        """Whether it is in percentage points, as against per cent."""
        return self.unit.endswith("百分点")

    @cached_property
    def each(self) -> str:
        """Of what each one has it: 套 of 5000元/套 and 每套5000元."""
        found = FOR_EACH.search(f"{self.left}#")
        return self.unit.partition("/")[2] or (found[1] if found else "")


def numbers_of(text: str) -> Iterator[Number]:
    """The numbers of a folded text, by its words alone."""
    text = text if text.endswith("。") else f"{text}。"  # some units are told by what ends them
    counted = find_quantities(text)
    names = dict(zip(counted, (one.indicator for one in name_indicators(text, counted)), strict=True))
    every, left, name = _all_quantities(text), "", ""
    for before, one, behind in zip([None, *every], every, [*every[1:], None], strict=False):
        start = max((stop.end() for stop in CLAUSE_STOP.finditer(text, 0, one.start)), default=0)
        start = max(start, before.end if before else 0)
        own = text[start : one.start + len(one.before)]
        left = own if HAN.search(JOINT.sub("", own)) or CLAUSE_STOP.search(text[start - 1 : start]) else left
        stop = CLAUSE_STOP.search(text, one.end)
        end = min(behind.start if behind else len(text), stop.start() if stop else len(text))
        right = one.after + ENDS_PART.split(text[one.end : end])[0][:LONGEST_BEHIND]
        named = names.get(one) or ("" if own.startswith(JOINTS) else left)
        if one.unit == RANK and name and not HAN.search(IDLE.sub("", named)):
            named = name  # 总数达2898家、保持全省第一: the rank of what stands before
        name = named or name + JOINT.sub("", own)
        yield Number(
            name, one.amount, one.upper, one.unit, text[: one.end], left, right, text[start:end], text[one.end :]
        )


def _all_quantities(text: str) -> list[Quantity]:
    """The quantities of a text, and its other numbers but for dates, with the character behind as their unit."""
    found = find_quantities(text, every=True)
    taken = [(one.start, one.end) for one in found]
    others = (
        Quantity(one.start(), one.end(), float(one[1]), None, one[2], "", "", change=False)
        for one in OTHER_NUMBER.finditer(text)
        if not any(start < one.end() and one.start() < end for start, end in taken)
    )
    return sorted([*found, *others], key=lambda one: one.start)


def of_row(row: Goal) -> Number:
    """A number that only a row tells, such as one of a table."""
    words = folded(row.raw)
    return Number(named_by(row), row.amount, row.upper, row.unit, words, words, row.comparator, words, row=row)


def named_by(row: Goal) -> str:
    """What a row counts, with its heads."""
    return " ".join((*row.heads, row.indicator))
