"""What a model has written so far: whole sentences with the marks of the quotes they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answering.writing.replies import without_thoughts
from assistant.language.sentences import DRAFTED

OTHER_MARKS = re.compile(r"[【\[]\s*\^?\s*(\d+(?:\s*[,，、]\s*\d+)*)\s*[】\]]")
MARKS = re.compile(r"(?:\[\d+\])+")
MARK = re.compile(r"\[(\d+)\]")
BULLET = re.compile(r"^\s*(?:[-*#>•]+\s+|\d+[.、]\s*(?!\d))")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
ENDS = " 。\u3000"


@dataclass(frozen=True)
class Drafted:
    """A sentence in parts: words, and the marks behind them. One without marks has a part without any."""

    parts: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def words(self) -> str:
        """All its words, without marks."""
        return "".join(words for words, _ in self.parts).strip(ENDS)

    @property
    def marks(self) -> tuple[int, ...]:
        """All its marks, each once."""
        return tuple(dict.fromkeys(mark for _, marks in self.parts for mark in marks))


def sentences_of(draft: str) -> list[Drafted]:
    """The sentences of a draft, the last of which may go on, without its thoughts; marks of one kind, no bullets."""
    plain = OTHER_MARKS.sub(
        lambda match: "".join(f"[{number}]" for number in re.findall(r"\d+", match[1])), without_thoughts(draft)
    )
    return [Drafted(tuple(_parts(BULLET.sub("", BOLD.sub(r"\1", found[0]))))) for found in DRAFTED.finditer(plain)]


def _parts(sentence: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The words up to each group of marks; words behind the last group stand on all of them."""
    start, every = 0, tuple(dict.fromkeys(map(int, MARK.findall(sentence))))
    for found in MARKS.finditer(sentence):
        words, start = sentence[start : found.start()], found.end()
        yield words, tuple(dict.fromkeys(map(int, MARK.findall(found[0])))) if words.strip() else every
    if rest := sentence[start:].strip(ENDS):
        yield rest, every
