"""Words that mean the same: one name for each indicator, and the field's terms for everyday and for English words."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from assistant.language.normalization import search_key

RESEARCH = re.compile(r"r&d?|研究[与和][试实]验发展|研究与开发")
SAME = (
    (RESEARCH, "研发"),
    (re.compile(r"研发(?:\(研发\))?(?:经费)?(?:内部)?(?:支出|投入|费用)"), "研发投入"),
    (re.compile(r"(?:^|(?<=[省市县区州年的全,，、 ]))经济(?=增长|增速|增幅)"), "生产总值"),
    (re.compile(r"国内生产总值|地区生产总值|(?<!区)生产总值|gdp"), "生产总值"),
    (re.compile(r"研发(?:投入|经费)*(?:支出)?占生产总值(?:的)?(?:比重|比例)?"), "研发投入强度"),
    (re.compile(r"规模以上|规模"), "规上"),
    (re.compile(r"高企"), "高新技术企业"),
    (re.compile(r"社零(?:总?额)?|社会消费品零售额"), "社会消费品零售总额"),
    (re.compile(r"比例|占比$|的比重"), "比重"),
    (re.compile(r"增幅|增速|增长率"), "增长"),
    (re.compile(r"国家级"), "国家"),
    (re.compile(r"^(?:全年)?(?:新增|新认定|新培育|新引进|新建|净增)"), "新增"),
    (re.compile(r"(?<=[省市县区])级"), ""),
)
EMPTY = re.compile(
    r"^(?:(?:全[市县省区国州]|认定|培育|引进|实现|争取|建成|建设|发放|累计|年度?)+)"
    r"|全社会|全[市县区省国州](?!性)|[的了“”\"《》()（）\s、,]|(?<=[额量])数$"
)


@lru_cache(maxsize=16384)
def canonical(indicator: str) -> str:
    """The indicator in lower case, with one word for each thing, without verbs that only say that it grows."""
    text = search_key(indicator)
    for pattern, word in SAME:
        text = pattern.sub(word, text)
    return EMPTY.sub("", text) or text


@lru_cache(maxsize=16384)
def bigrams(text: str) -> frozenset[str]:
    """The distinct pairs of neighbouring characters."""
    return frozenset(text[start : start + 2] for start in range(len(text) - 1))


@lru_cache(maxsize=1)
def _everyday() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile("|".join(one["said"])), str(one["written"])) for one in _data("everyday")["entry"])


@lru_cache(maxsize=1)
def _english() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b{word}"), str(term)) for word, term in _data("english")["terms"].items())


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("assistant.language").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def field_terms(key: str) -> str:
    """The field's terms for the everyday words of a question, in the order of the list."""
    return " ".join(written for said, written in _everyday() if said.search(key))


def chinese_terms(key: str) -> str:
    """The Chinese terms of the English words in a lower-case question, in the order they stand there."""
    found = ((match.start(), term) for word, term in _english() if (match := word.search(key)))
    return " ".join(term for _, term in sorted(found))
