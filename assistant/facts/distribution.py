"""A、B分别增长5%、6%: which of the items each number belongs to."""

from __future__ import annotations

import re

from assistant.language.indicators import ADVERBIAL, DELIMITER
from assistant.language.polarity import CHANGED
from assistant.language.quantities import Quantity
from assistant.language.years import YEAR_LIST


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
        things = _items(text if YEAR_LIST.match(text) else ADVERBIAL.sub("", text))
        if len(things) == len(run) > 1:
            change = CHANGED.search(sentence[match.end() : quantities[run[0]].end])
            items |= {rank: thing + (change[0] if change else "") for rank, thing in zip(run, things, strict=True)}
    return items


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
