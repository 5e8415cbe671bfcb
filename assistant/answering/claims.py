"""What a question with yes or no claims, and whether quoted words bear it out; nothing is decided that they do not."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from math import inf

from assistant.answering.frames import NO, YES
from assistant.answering.scope import without_scope
from assistant.facts.pairing import dimension
from assistant.facts.quantities import Quantity, find_quantities
from assistant.language.normalization import search_key

ASKING = re.compile(r"是否|是不是|有没有|能不能|对不对|对吗|[吗吧](?=[?？]?$)|[?？]")
NEGATION = re.compile(r"没有|[未无不]|空白|缺乏|尚待|禁止|严禁|取消|停止")
DONE = re.compile(r"了|已|完成|建成|有没有|有.*吗")
PLANNED = re.compile(r"力争|争取|计划|拟|将|要|目标|打算|创建|申报|培育")
INTENT = re.compile(r"打算|计划|准备|要|将")
VAGUE = re.compile(r"近|约|[余多]|不到|不足|不满|左右|上下|(?<!不)低于|(?<!不)少于")
ABOVE = re.compile(r"(?<!不)(?:超过|超出|超|突破|多于|高于|大于)")
AT_LEAST = re.compile(r"不低于|不少于|不小于|至少|以上")
REACHES = re.compile(r"达到|达|有")
BELOW = re.compile(r"不到|不足|不满|(?<!不)低于|(?<!不)少于|(?<!不)小于")
AT_MOST = re.compile(r"不超过|不高于|不多于|至多|最多|以下|以内")
Interval = tuple[float, bool, float, bool]
"""Low, whether it is in, high, whether it is in."""
LEAST_SHARED = 0.8
# Whether a goal was reached is told by two numbers, not by words.
REACHED = re.compile(r"(?:完成|达成|达标|达到|实现|兑现)(?:了|情况|任务|目标)*$")
SHORTEST_CLAIM = 6


def claim_of(question: str) -> str:
    """What the question says: 是不是达到了50家? claims 达到了50家."""
    return ASKING.sub("", search_key(question)).strip(" ,，。")


def claimed_quantity(claim: str) -> Quantity | None:
    """The one number of a claim; None where it has none or several."""
    quantities = find_quantities(claim)
    one = quantities[0] if len(quantities) == 1 else None
    return one if one is not None and one.amount is not None and one.upper is None else None


def verdict(question: str, stated: str) -> str:
    """是 or 与原文不符 for the quoted words that follow it; '' where they do not decide it."""
    claim = claim_of(question)
    claimed = claimed_quantity(claim)
    if claimed is not None:
        return _of_number(claim[claimed.start : claimed.end], claimed, search_key(stated))
    topic = INTENT.sub("", without_scope(claim))
    if REACHED.search(claim) or find_quantities(claim) or re.search(r"\d", topic) or NEGATION.search(claim):
        return ""
    return YES if any(_says(question, topic, clause) for clause in re.split(r"[,，;；。]", search_key(stated))) else ""


def _of_number(claimed_words: str, claimed: Quantity, stated: str) -> str:
    """是 where all that the quote allows is claimed, 与原文不符 where none of it is; a vague number decides nothing."""
    told = [one for one in find_quantities(stated) if dimension(one.unit) == dimension(claimed.unit)]
    if len(told) != 1 or told[0].amount is None or told[0].upper is not None or claimed.amount is None:
        return ""
    words = stated[max(0, told[0].start - 2) : told[0].end + 1]
    if VAGUE.search(words):
        return ""
    bounded = any(one.search(claimed_words) for one in (ABOVE, AT_LEAST, BELOW, AT_MOST, REACHES))
    if not bounded or (claimed.amount == told[0].amount and _interval(claimed_words, 1) == _interval(words, 1)):
        return YES if claimed.amount == told[0].amount else NO
    wanted, given = _interval(claimed_words, claimed.amount, reaches=True), _interval(words, told[0].amount)
    if _inside(given, wanted):
        return YES
    return NO if _apart(given, wanted) else ""


def _interval(words: str, amount: float, *, reaches: bool = False) -> Interval:
    """The numbers that words such as 不少于 allow; ``reaches``: 达到 allows more, too."""
    if AT_MOST.search(words):
        return -inf, False, amount, True
    if BELOW.search(words):
        return -inf, False, amount, False
    if ABOVE.search(words):
        return amount, False, inf, False
    if AT_LEAST.search(words) or (reaches and REACHES.search(words)):
        return amount, True, inf, False
    return amount, True, amount, True


def _inside(inner: Interval, outer: Interval) -> bool:
    low = inner[0] > outer[0] or (inner[0] == outer[0] and (outer[1] or not inner[1]))
    return low and (inner[2] < outer[2] or (inner[2] == outer[2] and (outer[3] or not inner[3])))


def _apart(one: Interval, other: Interval) -> bool:
    first, second = sorted((one, other))
    return first[2] < second[0] or (first[2] == second[0] and not (first[3] and second[1]))


def _says(question: str, topic: str, clause: str) -> bool:
    """Whether the clause holds nearly all of the topic in one run, and neither denies it nor only plans it."""
    if len(topic) < SHORTEST_CLAIM or NEGATION.search(clause):
        return False
    if DONE.search(question) and PLANNED.search(clause):
        return False
    run = SequenceMatcher(None, topic, clause, autojunk=False).find_longest_match()
    return run.size >= LEAST_SHARED * len(topic)
