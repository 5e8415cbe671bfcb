"""A、B分别增长5%、6%: which of the items each number belongs to."""

from __future__ import annotations

import re

from assistant.language.indicators import ADVERBIAL, DELIMITER, LEVELS
from assistant.language.polarity import CHANGED
from assistant.language.quantities import Quantity
from assistant.language.years import YEAR_LIST

LEAST_RUN = 3
"""Numbers in a row, without 分别, that each belong to an item."""


def distributed(sentence: str, quantities: list[Quantity]) -> dict[int, str]:
    """A、B分别增长5%、6%: the item that each quantity of the row belongs to, by its rank."""
    items: dict[int, str] = {}
    for match in re.finditer(r"分别", sentence):
        first = next((rank for rank, one in enumerate(quantities) if one.end > match.start()), None)
        if first is None:
            continue
        run = _joined_run(sentence, quantities, first)
        start = max((stop.end() for stop in DELIMITER.finditer(sentence, 0, match.start())), default=0)
        text = sentence[start : match.start()]
        things = _by_level(text, len(run)) or _items(text if YEAR_LIST.match(text) else ADVERBIAL.sub("", text))
        if len(things) == len(run) > 1:
            change = CHANGED.search(sentence[match.end() : quantities[run[0]].end])
            items |= {rank: thing + (change[0] if change else "") for rank, thing in zip(run, things, strict=True)}
    return items | _bare_runs(sentence, quantities, items)


def _bare_runs(sentence: str, quantities: list[Quantity], known: dict[int, str]) -> dict[int, str]:
    """A、B、C管网80公里、60公里、30公里: as many items as numbers that stand in one run behind them."""
    items: dict[int, str] = {}
    for first in range(len(quantities)):
        run = _joined_run(sentence, quantities, first)
        if len(run) < LEAST_RUN or first in known or first in items:
            continue
        start = max((stop.end() for stop in DELIMITER.finditer(sentence, 0, quantities[first].start)), default=0)
        text = ADVERBIAL.sub("", sentence[start : quantities[first].start])
        things = _items(text) if re.search(r"\d", text) is None else []
        if len(things) == len(run) and len({quantities[rank].unit for rank in run}) == 1:
            items |= dict(zip(run, things, strict=True))
    return items


def _by_level(text: str, count: int) -> list[str]:
    """国家级和省级平台: the name for each of the levels, where there are as many as numbers; else []."""
    found = LEVELS.search(text)
    levels = re.findall(r"(?:国家|省|市|县|区)级", found[0]) if found else []
    if not found or len(levels) != count:
        return []
    return [ADVERBIAL.sub("", text[: found.start()] + level + text[found.end() :]) for level in levels]


def _joined_run(sentence: str, quantities: list[Quantity], first: int) -> list[int]:
    run = [first]
    for rank in range(first + 1, len(quantities)):
        between = sentence[quantities[rank - 1].end : quantities[rank].start]
        if not re.fullmatch(r"\s{0,3}[、和及与,]\s{0,3}(?:增长|为|达)?\s{0,3}", between):
            break
        run.append(rank)
    return run


def _items(text: str) -> list[str]:
    """The items of 城镇、农村居民收入, each with the words that the last one lends them."""
    items = [part for part in re.split(r"[、和与及]", text) if part]
    if len(items) < 2:
        return items
    import rjieba

    last = items[-1]
    head = rjieba.cut(last)[0]
    tail = last[1:] if len(items[0]) == 1 else last[len(head) :]
    return [one if len(one) > len(head) + 1 or not tail else one + tail for one in items[:-1]] + [last]
