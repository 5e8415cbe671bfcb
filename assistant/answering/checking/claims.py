"""What a question with yes or no claims, and whether quoted words bear it out; nothing is decided that they do not."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from math import inf

from assistant.language.asking import CLAIMS_DONE, PERMITS, REACHED, YES_NO_WORDS
from assistant.language.normalization import search_key
from assistant.language.places import without_scope
from assistant.language.polarity import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BEGUN,
    BELOW,
    DENIES,
    EXCEPTS,
    FALLS,
    FORBIDS,
    INTENDS,
    NEARLY,
    REACHES,
)
from assistant.language.quantities import Quantity, find_quantities
from assistant.language.standing import CHANGES_TO, DENIES_REACHING, FALSE, IF, NOT_REACHED, SUPPOSES
from assistant.language.units import dimension

Interval = tuple[float, bool, float, bool]
"""Low, whether it is in, high, whether it is in."""
LEAST_SHARED = 0.8
SHORTEST_CLAIM = 6


def claim_of(question: str) -> str:
    """What the question says: 是不是达到了50家? claims 达到了50家."""
    return YES_NO_WORDS.sub("", search_key(question)).strip(" ,，。")


def claimed_quantity(claim: str) -> Quantity | None:
    """The one number of a claim; None where it has none or several."""
    quantities = find_quantities(claim)
    one = quantities[0] if len(quantities) == 1 else None
    return one if one is not None and one.amount is not None and one.upper is None else None


def nearest_clause(claim: str, stated: str) -> str:
    """The clause of the quoted words that shares most characters with the claim."""
    return max(re.split(r"[,，;；。]", stated), key=lambda one: len(set(one) & set(claim)))


def verdict(key: str, stated: str) -> bool | None:
    """Whether the quoted words bear out what a question with yes or no claims; None where they do not decide it."""
    claim = claim_of(key)
    claimed = claimed_quantity(claim)
    if (permitted := PERMITS.search(claim)) is not None:
        return False if _forbids(claim[permitted.end() :], search_key(stated)) else None
    if not_plainly(stated):
        return None
    if claimed is not None:
        around = claim[: claimed.start] + claim[claimed.end :]
        only_planned = CLAIMS_DONE.search(key) and INTENDS.search(stated)
        other_way = bool(FALLS.search(claim)) != bool(FALLS.search(stated))
        if DENIES.search(around) or only_planned or other_way:
            return None
        return _of_number(claim[claimed.start : claimed.end], claimed, search_key(stated))
    topic = INTENDS.sub("", without_scope(claim))
    if REACHED.search(claim) or find_quantities(claim) or re.search(r"\d", topic) or DENIES.search(claim):
        return None
    return True if any(_says(key, topic, clause) for clause in re.split(r"[,，;；。]", search_key(stated))) else None


def not_plainly(stated: str) -> bool:
    """Whether words suppose, make conditions, or take something back, so that no 是 follows from them."""
    return any(one.search(stated) for one in (SUPPOSES, IF, DENIES_REACHING, NOT_REACHED, FALSE, CHANGES_TO, EXCEPTS))


def _forbids(topic: str, stated: str) -> bool:
    """Whether a clause forbids what a question asks leave for: 不得超过3起 for 可以超过3起吗."""
    topic = INTENDS.sub("", topic)
    for clause in re.split(r"[,，;；。]", stated):
        found = FORBIDS.search(clause)
        if found is not None and topic:
            run = SequenceMatcher(None, topic, clause[found.end() :], autojunk=False).find_longest_match()
            if run.size >= LEAST_SHARED * len(topic):
                return True
    return False


def _of_number(claimed_words: str, claimed: Quantity, stated: str) -> bool | None:
    """True where all that the quote allows is claimed, False where none of it is; a vague number decides nothing."""
    told = [one for one in find_quantities(stated) if dimension(one.unit) == dimension(claimed.unit)]
    if len(told) != 1 or told[0].amount is None or told[0].upper is not None or claimed.amount is None:
        return None
    words = stated[max(0, told[0].start - 2) : told[0].end + 1]
    if DENIES.search(stated[: told[0].start] + stated[told[0].end :]) or NEARLY.search(words) or BELOW.search(words):
        return None
    bounded = any(one.search(claimed_words) for one in (ABOVE, AT_LEAST, BELOW, AT_MOST, REACHES))
    if not bounded or (claimed.amount == told[0].amount and _interval(claimed_words, 1) == _interval(words, 1)):
        return claimed.amount == told[0].amount
    wanted, given = _interval(claimed_words, claimed.amount, reaches=True), _interval(words, told[0].amount)
    if _inside(given, wanted):
        return True
    return False if _apart(given, wanted) else None


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
    if len(topic) < SHORTEST_CLAIM or DENIES.search(clause):
        return False
    if CLAIMS_DONE.search(question) and (INTENDS.search(clause) or BEGUN.search(clause)):
        return False
    run = SequenceMatcher(None, topic, clause, autojunk=False).find_longest_match()
    return run.size >= LEAST_SHARED * len(topic)
