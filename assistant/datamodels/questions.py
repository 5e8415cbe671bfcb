"""What a question says, once understood, and the sentences that may answer it. All are frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.datamodels.answers import NoticeKind
from assistant.datamodels.facts import GoalStatus
from assistant.datamodels.hits import Hit

QuestionKind = Literal["number", "list", "measure", "date", "person", "rank", "verdict", "fact"]


@dataclass(frozen=True)
class Question:
    """A question and what it names."""

    text: str
    key: str
    """The words in one script, width and case, as patterns are written; an English question stays as it is."""
    search_text: str
    """What is searched: the question with the field's terms for its everyday or English words."""
    kind: QuestionKind
    years: tuple[int, ...]
    places: tuple[str, ...]
    """With their suffix, as in 某某市."""
    names: tuple[str, ...]
    """Names in Latin letters in an English question, lower case: places in pinyin, most often."""
    qualifiers: tuple[str, ...]
    """Words that narrow what is asked for, such as 省级 and 第三届; the evidence must hold them."""
    tokens: tuple[str, ...]
    """Distinct bigrams, Latin words and numbers that an answer should stand on, years and asking words left out."""
    words: tuple[str, ...]
    """The stretches of the question between asking words, years and function words."""
    unit: str
    """The measure word of 多少件 and 几家; empty where none is asked for."""
    characters: tuple[str, ...]
    """Distinct Han characters of the words: 首批 shares one with 头一批 where no bigram is shared."""
    heading_tokens: tuple[str, ...]
    """The same with frame words such as 目标 and 措施, which headings are made of."""
    focus: tuple[str, ...]
    """Tokens of the thing asked for in 某某是多少 or 某某是谁, which the evidence must name; mostly empty."""
    compares: bool
    """Whether it sets two things side by side."""
    foreign: bool
    """Whether it is asked in Latin letters, so that words cannot tell what the documents hold."""
    count: int | None
    """How many parts a list is said to have: 哪五个方面 gives 5."""
    thing: frozenset[str]
    """Tokens of what a number counts; empty where they are too common to tell one row from another."""
    indicator_tokens: frozenset[str]
    """Tokens of the whole question in the field's own terms."""
    asked_tokens: tuple[str, ...]
    """Tokens of its words in the field's own terms, without those that only frame it."""
    statuses: frozenset[GoalStatus]
    """What it asks of a row; all where it does not say."""
    parts: int
    """How many numbers it asks for, at least."""
    each: bool
    """Whether it asks for the number of each of several things."""
    several: bool
    """Whether it may ask for more than one number."""
    keywords: bool
    """Whether it is some words with blanks between them and asks nothing: 科技保险 单数 目标."""


@dataclass(frozen=True)
class Sentence:
    """A sentence or list item of a passage; offsets count in the text of its document."""

    hit: Hit
    text: str
    start: int
    end: int
    heading: bool = False
    """Whether it is a title or heading."""
    score: float = 0.0
    covered: frozenset[str] = frozenset()
    """Question tokens that the sentence or the name of its document holds."""
    margin: float = 0.0
    """By how much its cosine to the question leads the next best sentence; negative behind the best."""
    lead: str = ""
    """The words that answer, where a row of goals tells them."""
    heads: tuple[str, ...] = ()
    """Of a row of a table: the words of its group, its name and its column; ``lead`` is the cell."""
    unit: str = ""
    """Of such a row, where the cell does not tell it."""
    named: bool = False
    """Whether the question names that row, so that its words need not be weighed."""
    notice: NoticeKind | None = None
    """What is to be said about that row, such as that its number is hidden."""
