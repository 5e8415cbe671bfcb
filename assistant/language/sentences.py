"""Sentences and clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A half-width ? or ! inside a word is damage more often than an end.
SENTENCE = re.compile(
    r"[^。！？；;\n]+[。！？；;]?(?:\s?[(（](?=[^()（）\n]{0,60}(?:负责|牵头|配合|责任|落实)[^()（）\n]{0,60}[)）])[^()（）\n]*[)）])?"
)
SENTENCE_OR_LINE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?|\n")
"""The same for extraction, where what stands behind a lost character is another sentence."""
CLAUSE = re.compile(r"(?:[^,，;；。]|(?<=\d),(?=\d{3}))+[,，;；。]?")
CLAUSE_MARKS = re.compile(r"[,，;；。、:：\n|]")
CLAUSE_STOP = re.compile(r"[,，](?!(?<=\d,)\d{3}(?!\d))|[;；。!！?？:：()（）\n]")
"""What ends a clause; not the comma of 2,300."""
DRAFTED = re.compile(r"[^。！？!?\n]+[。！？!?]*(?:\s{0,3}\[\d{1,4}\])*[。]?")
"""A sentence of a draft with the marks of its quotes."""
MAY_END = re.compile(r"[。！？!?\n\[]")
"""Where a sentence of a draft may have ended, or its mark begins."""
DAMAGED = re.compile(r"(?<=[\u4e00-\u9fffA-Za-z)])\?+(?=[\u4e00-\u9fffA-Za-z(])")
"""A question mark inside a word: characters that no reading brings back."""


def split_lines(text: str, offset: int = 0) -> Iterator[tuple[str, int, int]]:
    """(line, start, end) with white space trimmed, without empty ones; offsets count from ``offset``."""
    for line in text.split("\n"):
        words = line.strip()
        if words:
            start = offset + line.index(words)
            yield words, start, start + len(words)
        offset += len(line) + 1


def split_sentences(text: str, offset: int = 0) -> Iterator[tuple[str, int, int]]:
    """(sentence, start, end) with white space trimmed; offsets count from ``offset``."""
    for match in SENTENCE.finditer(text):
        stripped = match[0].strip()
        if stripped:
            start = offset + match.start() + match[0].index(stripped)
            yield stripped, start, start + len(stripped)
