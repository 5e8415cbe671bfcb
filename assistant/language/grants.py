"""Words by which a policy gives something to someone."""

from __future__ import annotations

import re

GIVES = re.compile(r"给予|予以|奖励|奖补|补助|补贴|资助|补偿|扶持|返还")
ACT_BEHIND = re.compile(
    r"(?:的)?(?:一次性|以内的?|以上的?)*([\u4e00-\u9fff]{0,8}?(?:奖励|奖补|补助|补贴|资助|补偿|扶持|返还|奖金|支持))"
)
"""The noun of what is given, behind its number: 50万元的一次性奖励."""
TARGETS = re.compile(
    r"(?:(?:^|[,，;；。:：、(（])(?:其中)?对(?:于)?|凡)(?!于)(?P<target>[^,，;；。]{2,60}?)(?:的)?(?=[,，]|给予|予以|分?别?奖|[分按]|省级给|市级给|最高|一次性)"
    r"|(?:^|[,，;；。])(?P<clause>[^,，;；。]{4,60})的(?=[,，])"
)
GRANTED_UNITS = re.compile(r"元|[%％]")
TOO_SHORT = 4
"""Characters of a name below which it does not tell who gets it: 企业, 标准."""
