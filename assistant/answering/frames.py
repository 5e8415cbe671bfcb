"""The words of our own in an answer; all others are quotes. The quote guarantee knows these and no more."""

from __future__ import annotations

import re

from assistant.datamodels import Refusal

MASKED_NOTICE = "(原文此处的数值缺失或以符号代替,资料没有给出具体数字。)"
CONTRADICTION_NOTICE = "(原文前后不一致,两处一并列出,请核对。)"
DAMAGED_NOTICE = "(原文此处文字残缺,引文照原样列出,请核对文件。)"
DEFINITION_NOTICE = "(两处口径可能不同,请核对。)"
YES, NO = "是。", "与原文不符,原文为:"
FIXED_FRAMES = {MASKED_NOTICE, CONTRADICTION_NOTICE, DAMAGED_NOTICE, DEFINITION_NOTICE}
TABLE_HEAD = ("| 对比 | 原文 |", "|---|---|")
TABLE_ROW = re.compile(r"\| (.+?) \| (.+)$")
COUNT_FRAME = re.compile(
    r"共 (?:(?P<themes>\d+) 个主题、(?P<items>\d+) 条措施|(?P<count>\d+) 条),已列 (?P<listed>\d+) 条:"
)
DIFFERENCE = re.compile(
    r"相差 ?(?P<apart>[\d.]+)(?P<unit>[^\d(]+)\((?P<larger>[\d.]+)(?P=unit) - (?P<smaller>[\d.]+)(?P=unit)\)。"
)
MISSING_FRAME = re.compile(r"\(资料没有(.+)的内容。\)")
REASONS = {
    "absent": "资料中没有找到答案",
    "wrong_year": "资料中没有该年份的内容",
    "wrong_place": "资料中没有该地区的内容",
    "empty": "没有符合筛选条件的文件",
    "vague": "问题不够具体,请说明要问的是哪一项",
    "unverified": "回答未通过引文核对,不予显示",
}


def count_frame(count: str, listed: int) -> str:
    """共 8 条,已列 8 条:"""
    return f"共 {count},已列 {listed} 条:"


def missing_frame(parts: list[str]) -> str:
    """What the question names and the documents do not tell."""
    return f"(资料没有{'、'.join(parts)}的内容。)"


def refusal_text(refusal: Refusal) -> str:
    """The refusal in the words of the page."""
    missing = f":{refusal.missing}" if refusal.missing else ""
    nearest = "下面是最接近的相关内容,不是答案。" if refusal.nearest else ""
    return f"{REASONS[refusal.reason]}{missing}。{nearest}"
