"""One cell of a table: the number, the unit, the year or the status that it tells."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.datamodels import GoalStatus
from assistant.language import divisions
from assistant.language.marks import without_mark
from assistant.language.normalization import fold_width
from assistant.language.numbers import MASK
from assistant.language.polarity import ACHIEVED_COLUMN, PLANNED_COLUMN, PROJECTED_COLUMN
from assistant.language.quantities import Quantity, find_quantities
from assistant.language.tables import (
    BARE_COLUMN,
    BRACKETED_UNIT,
    BUDGETED,
    CAPTION_FRAME,
    DIGIT,
    MAY_BEGIN,
    NAME_COLUMN,
    NEGATIVE,
    NO_VALUE,
    PART,
    RATE,
    REMARK,
    SPENT,
    UNIT_LINE,
)
from assistant.language.units import is_unit
from assistant.language.years import CELL

PLAIN_NUMBER = re.compile(r"[+]?(\d[\d,]*(?:\.\d+)?)")
MASKED = re.compile(MASK)
BARE_YEAR = re.compile(r"(?:19|20)\d\d")
STATUSES: tuple[tuple[GoalStatus, re.Pattern[str]], ...] = (
    ("projected", PROJECTED_COLUMN), ("achieved", ACHIEVED_COLUMN), ("achieved", SPENT),
    ("planned", PLANNED_COLUMN), ("planned", BUDGETED),
)  # fmt: skip
TRANSLATED = re.compile(r"(?<=[\u4e00-\u9fff)）])\s*[A-Z][a-z]+[A-Za-z\s,.'()/&-]{4,}$")
KEPT = 1 << 14
"""Heads and labels that were read last: each stands over or before many cells."""
LONGEST_NUMBER = 40
"""Characters of a cell that may be a number alone."""


@lru_cache(maxsize=1 << 16)
def quantity_of(text: str) -> Quantity | None:
    """The quantity that a cell is; None where it is words, and where it says that there is nothing."""
    if len(text) > LONGEST_NUMBER or not MAY_BEGIN.match(text) or not DIGIT.search(text):
        return None
    folded = fold_width(text)
    if NO_VALUE.fullmatch(folded):
        return None
    sign = NEGATIVE.match(folded)
    rest = folded[sign.end() :].rstrip(")）") if sign and sign[0][0] in "(（" else folded[sign.end() if sign else 0 :]
    found = _unsigned(rest.strip())
    if found is None or (sign and found.value is None):
        return None
    value = -found.value if sign and found.value is not None else found.value
    return Quantity(0, len(text), value, found.upper, found.unit, found.before, found.after, change=found.change)


def _unsigned(text: str) -> Quantity | None:
    if plain := PLAIN_NUMBER.fullmatch(text):
        return Quantity(0, len(text), float(plain[1].replace(",", "")), None, "", "", "", change=False)
    if MASKED.fullmatch(text):
        return Quantity(0, len(text), None, None, "", "", "", change=False)
    found = find_quantities(text)
    if len(found) != 1 or re.search(r"[\u4e00-\u9fff]|.{3}", text[: found[0].start] + text[found[0].end :]):
        return None
    return found[0]


def is_year(text: str) -> bool:
    """Whether a cell is a year and nothing else: 2024, 2024年."""
    return CELL.fullmatch(text) is not None


def is_bare_year(text: str) -> bool:
    """Whether a cell is four digits that may be a year or a number."""
    return BARE_YEAR.fullmatch(text) is not None


def is_value(text: str) -> bool:
    """Whether a cell is a number; four digits that may be a year are one."""
    return quantity_of(text) is not None and (not is_year(text) or is_bare_year(text))


@lru_cache(maxsize=KEPT)
def year_of(words: str) -> str:
    """The year that a head or a label tells; '' for none and for several."""
    found = set(CELL.findall(words))
    return str(found.pop()) if len(found) == 1 else ""


@lru_cache(maxsize=KEPT)
def unit_in(words: str) -> str:
    """The unit in brackets behind the words of a head or a label: 研发投入(亿元)."""
    for match in BRACKETED_UNIT.finditer(words):
        found = (match[1] or match[2] or "").strip()
        if is_unit(found):
            return found.replace("％", "%")
    return ""


@lru_cache(maxsize=KEPT)
def status_of_head(words: str) -> GoalStatus | None:
    """Whether the words over a column speak of a plan, of what was done, or of what is expected."""
    return next((status for status, pattern in STATUSES if pattern.search(words)), None)


@lru_cache(maxsize=KEPT)
def without_part(label: str) -> str:
    """The label without its mark and without 其中."""
    return PART.sub("", without_mark(label)).strip()


def _without_unit(words: str) -> str:
    return BRACKETED_UNIT.sub(lambda match: "" if is_unit((match[1] or match[2] or "").strip()) else match[0], words)


@lru_cache(maxsize=KEPT)
def whole_name(label: str) -> str:
    """What a label calls the thing: without mark, 其中 and unit."""
    return REMARK.sub("", _without_unit(without_part(label))).strip(" :：")


@lru_cache(maxsize=KEPT)
def name_words(head: str) -> str:
    """What a head adds to the name of the thing: its words without unit, year and status."""
    words = TRANSLATED.sub("", CELL.sub("", _without_unit(head)))
    if not RATE.search(words):
        for pattern in (PROJECTED_COLUMN, PLANNED_COLUMN, ACHIEVED_COLUMN, BARE_COLUMN):
            words = pattern.sub("", words)
    return "" if NAME_COLUMN.fullmatch(words) else words.strip(" ()（）:：")


@lru_cache(maxsize=KEPT)
def caption_thing(caption: str) -> str:
    """What the line above a table says that it counts: 生产总值 of 各市生产总值(2023年), 指标:生产总值(亿元)."""
    words = CAPTION_FRAME.sub(
        "", _without_unit(CELL.sub("", caption.rpartition(":")[2].rpartition("：")[2] or caption))
    )
    for found in divisions.named(words):
        words = words.replace(found.name, "")
    return re.sub(r"[A-Za-z(（].*$", "", words).strip(" -—.·")


def unit_of_line(line: str) -> str | None:
    """The unit of a line 单位:万元; '' where it names several, but for %, which shares tell; None for other lines."""
    told = UNIT_LINE.search(line)
    if told is None:
        return None
    pieces = [one for one in re.split("[、,，]", told[1]) if one]
    units = [one for one in pieces if is_unit(one) and one not in "%％"] or pieces[:1]
    return units[0] if len(units) == 1 else ""
