"""The provinces, prefectures, counties, cities and districts of the list in data/divisions.txt, found in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

END = re.compile("[省市县区旗州盟](?![级域直场内外间块位属])")
SHORTEST, LONGEST = 2, 15
COMMON = frozenset(
    {"城区", "郊区", "矿区", "新城区", "老城区", "新市区", "东区", "西区", "城中区", "港口区", "林区", "特区"}
)
"""Names that are also plain words: they count behind the name of their city, and at the head of a title."""
SHORT = re.compile("(?:维吾尔|回族|壮族)?自治区$|特别行政区$|[省市]$")


class Found(NamedTuple):
    """A name and where it stands."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _lines() -> list[str]:
    """The lines of the list: a province, and behind a blank each of its prefectures with what lies in it."""
    lines = files("assistant.language").joinpath("data", "divisions.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@lru_cache(maxsize=1)
def _names() -> dict[str, bool]:
    """Each name, and whether it is a province."""
    listed = _lines()
    names = {name: False for line in listed if line.startswith(" ") for name in line.split() if name != "-"}
    return names | {line: True for line in listed if not line.startswith(" ")}


@lru_cache(maxsize=1)
def _above() -> dict[str, frozenset[str]]:
    """For each name those of the divisions that it lies in: its prefectures and provinces; 鼓楼区 lies in several."""
    above: dict[str, set[str]] = {}
    province = ""
    for line in _lines():
        if not line.startswith(" "):
            province = line
            continue
        prefecture, *below = line.split()
        above.setdefault(prefecture, set()).add(province)
        for name in below:
            above.setdefault(name, set()).update({province, prefecture} - {"-"})
    return {name: frozenset(places) for name, places in above.items()}


def lies_in(name: str, place: str) -> bool | None:
    """Whether the first lies in the second, or a place of its name does; None where the list lacks one of them."""
    names = _names()
    return place in _above().get(name, ()) if name in names and place in names else None


@lru_cache(maxsize=1)
def short_provinces() -> dict[str, str]:
    """Provinces by their short names: 广东, 内蒙古."""
    return {SHORT.sub("", name): name for name, is_province in _names().items() if is_province}


@lru_cache(maxsize=1)
def _stems() -> dict[str, str]:
    """The names without their suffix; of two that share one the wider; districts are never called without theirs."""
    stems = {name[:-1]: name for name in reversed(_names()) if name[-1] not in "区" and len(name) > SHORTEST}
    return stems | {SHORT.sub("", name): name for name, is_province in _names().items() if is_province}


def full_name(stem: str) -> str:
    """晋江市 for 晋江; '' where the list has none."""
    return _stems().get(stem, "")


@lru_cache(maxsize=1)
def _wide() -> frozenset[str]:
    """The provinces and prefectures."""
    return frozenset(line if not line.startswith(" ") else line.split()[0] for line in _lines())


def is_wide(name: str) -> bool:
    """Whether the name is that of a province or a prefecture."""
    return name in _wide()


def named(text: str) -> Iterator[Found]:
    """The names in the order of the text, the longest at each place; 和平区 in 沈阳市和平区 is one of its own."""
    names = _names()
    last = 0
    for end in END.finditer(text):
        stop = end.end()
        for start in range(max(last, stop - LONGEST), stop - SHORTEST + 1):
            name = text[start:stop]
            if name in names and (name not in COMMON or (start == last and last) or start == 0):
                yield Found(name, start, stop)
                last = stop
                break


def is_division(name: str) -> bool:
    """Whether the list holds the name."""
    return name in _names()
