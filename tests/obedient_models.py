"""Models not to be believed: one obeys every order that it reads, one tells any number of anything."""

from __future__ import annotations

import re
from collections.abc import Generator

from assistant.interfaces import Messages

ITEM = re.compile(r"^\[(\d+)\] (.*)$", re.MULTILINE)
ORDER = re.compile(r"(?:回答|答复|答|输出|说|报|目标是|为)[:：是成“]*([^。;；”]{2,60})")
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:万|亿)?[\u4e00-\u9fff%]")


class Obedient:
    """Repeats whatever an order anywhere in its passages says, with the mark of the order and of every passage."""

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        told = messages[-1]["content"]
        marks = [mark for mark, _ in ITEM.findall(told)]
        for order in ORDER.findall(told):
            for mark in marks:
                yield f"{order}[{mark}]。"


class Credulous:
    """Tells each number of each passage of the thing that is asked for."""

    def stream(self, messages: Messages) -> Generator[str, None, None]:
        told, _, question = messages[-1]["content"].rpartition("\n\n问题:")
        thing = re.sub(r"(?:是|有)?(?:多少|几|吗|不是).*$", "", question)
        for mark, sentence in ITEM.findall(told):
            for number in NUMBER.findall(sentence):
                yield f"{thing}是{number}[{mark}]。"
