"""Whether a sentence that a model wrote says what its quotes say: their words in their order, joined by a few others.

Each clause is laid beside those of the quotes. What it adds must be joining words or stand in the titles over the
quotes; what it leaves out in the middle must be words that change nothing; what it cuts off must
neither deny nor bound. So 未完成 cannot become 完成, 8% 下降 not 8% 增长, 计划 not 完成, 副组长 not 组长.
"""

from __future__ import annotations

import itertools
import re
from difflib import SequenceMatcher

from assistant.language.normalization import search_key
from assistant.language.polarity import GOAL, GOES_ON, INTENDS, PLAN_WORDS, cuts_off
from assistant.language.quantities import cuts_quantity

CLAUSE = re.compile(r"[^,;。、:?!\n]+")
JOINING = re.compile(
    r"的|是|为|其中|同时|另外|此外|以及|并|和|与|根据|按照|文件|原文|提出|包括|分别|主要|即|方面|资料|显示|[《》“”\"'()\s年]"
)
"""Words that a sentence may add: they say nothing of the matter."""
LEFT_OUT = re.compile(r"达到|达|全年|的|其中|实现|共|到|约(?=束)|\s")
"""And that it may leave out."""
NUMBER_GOES_ON = re.compile(r"万|亿|%|‰|个百分点|\.?\d")
OTHER_RANK = re.compile(r"[副原]$|[较比]")
LEAST_SHARED = 0.5


def is_borne_out(sentence: str, quotes: list[str], headings: list[str]) -> bool:
    """Whether each clause of the sentence is the words of a clause of the quotes, as the module says."""
    told = [clause for quote in quotes for clause in CLAUSE.findall(folded(quote))]
    above = [clause for one in headings for clause in CLAUSE.findall(folded(one))]
    clauses = CLAUSE.findall(folded(sentence))
    if not any(any(_says(clause, one, above) for one in told) for clause in clauses):
        return False
    return all(_joins(clause, above) or any(_says(clause, one, above) for one in told) for clause in clauses)


def folded(text: str) -> str:
    """One script and width, without blanks and thousands commas."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", re.sub(r"\s+", "", search_key(text)))


def _says(clause: str, told: str, headings: list[str]) -> bool:
    """Whether ``clause`` can be had from ``told`` by cutting its ends, leaving out and adding harmless words."""
    runs = [run for run in SequenceMatcher(None, told, clause, autojunk=False).get_matching_blocks() if run.size]
    if sum(run.size for run in runs) < LEAST_SHARED * len(clause):
        return False
    first, last = runs[0], runs[-1]
    added = [clause[: first.b], clause[last.b + last.size :]]
    left_out = []
    for run, following in itertools.pairwise(runs):
        added.append(clause[run.b + run.size : following.b])
        left_out.append(told[run.a + run.size : following.a])
    as_goal = any(GOAL.search(one) for one in added)
    if as_goal and not any(PLAN_WORDS.search(one) for one in (told, *headings)):
        return False
    cut = INTENDS.sub("", told[: first.a]) if as_goal else told[: first.a]
    behind = told[last.a + last.size :]
    cuts = cuts_quantity(told, first.a, last.a + last.size)
    if cuts or _turns(cut) or GOES_ON.match(behind) or NUMBER_GOES_ON.match(behind):
        return False
    return all(_joins(one, headings) for one in added) and all(_is_idle(one, as_goal) for one in left_out)


def _joins(added: str, headings: list[str]) -> bool:
    """Whether added words only join, or name what the headings name."""
    rest = JOINING.sub("", GOAL.sub("", added))
    return not rest or any(rest in heading and not _turns(heading.partition(rest)[0]) for heading in headings)


def _is_idle(left_out: str, as_goal: bool) -> bool:
    """Whether words may be left out: those of a plan only where the sentence calls it a goal."""
    rest = LEFT_OUT.sub("", left_out)
    return not (INTENDS.sub("", rest) if as_goal else rest)


def _turns(before: str) -> bool:
    """Whether words in front deny, bound, plan, compare, or name another rank."""
    return cuts_off(before) or bool(INTENDS.search(before) or OTHER_RANK.search(before))
