"""What a policy gives to whom: 对新认定的省级平台给予一次性奖励50万元 is 新认定的省级平台奖励."""

from __future__ import annotations

import re

from assistant.language.grants import ACT_BEHIND, GIVES, GRANTED_UNITS, TARGETS, TOO_SHORT

LONGEST_TARGET = 30
LONGEST_BETWEEN = 24
"""Characters between 奖补 and its number, where other words stand between."""
LONGEST_BEFORE = 200
"""Characters before a number in which the one who gets it stands."""


def grant_name(own: str, unit: str, before: str, behind: str) -> str:
    """The name of what is given, from ``own``, the words beside the number; '' where nothing is given.

    ``before`` are the words of its sentence up to the number, ``behind`` those up to the next mark.
    """
    if not GRANTED_UNITS.search(unit):
        return ""
    clause = re.split(r"[,，;；。:：]", before)[-1]
    act = ACT_BEHIND.match(behind)
    gives = [found[0] for found in GIVES.finditer(clause)]
    if not gives and len(own) < TOO_SHORT:
        gives = [found[0] for found in GIVES.finditer(before[-LONGEST_BETWEEN:])]
    if not act and not gives:
        return ""
    noun = (act[1] if act else "") or next((one for one in reversed(gives) if one not in ("给予", "予以")), "")
    if not noun:
        return ""
    thing = own.removesuffix(noun)
    bare = GIVES.sub("", thing).strip("的按每给")
    if len(bare) >= TOO_SHORT and not GIVES.search(thing):
        return own if own.endswith(noun) else f"{own}{noun}"
    targets = list(TARGETS.finditer(before[-LONGEST_BEFORE:]))
    if not targets:
        return ""
    return f"{(targets[-1]['target'] or targets[-1]['clause']).strip('的,，')[-LONGEST_TARGET:]}{noun}"
