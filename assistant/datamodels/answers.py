"""Citations and answers. An answer is made of lines; text, Markdown and JSON are made from them.

All are frozen; offsets count characters from 0, ends exclusive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.datamodels.documents import DocumentKind
from assistant.datamodels.facts import GoalStatus
from assistant.datamodels.hits import Hit
from assistant.language import frames

RefusalReason = Literal["absent", "wrong_year", "wrong_place", "empty", "vague", "unverified"]
NoticeKind = Literal[
    "masked", "contradiction", "damaged", "definition", "missing", "correction", "draft", "part", "nearest",
    "untold", "left_out",
]  # fmt: skip
CountedThing = Literal["items", "documents", "parts"]
TopicOfHelp = Literal["greeting", "examples", "documents"]
AnswerState = Literal["answered", "nearest", "refused", "help"]


@dataclass(frozen=True)
class Citation:
    """A quote: ``passage.text`` holds it word for word, ``original`` is the same span of the file."""

    marker: int
    passage_id: str
    source: str
    title: str
    section_path: tuple[str, ...]
    quote: str
    start: int
    end: int
    original_start: int
    original_end: int
    original: str
    page: int | None = None
    """Page of the file, from 1, where the file has pages."""
    document_id: str = ""
    years: tuple[int, ...] = ()
    """Of the document, as are the next two."""
    place: str = ""
    kind: DocumentKind = "other"


@dataclass(frozen=True)
class Mention:
    """A document that has a phrase, in how many of its sentences, and the first of them."""

    document_id: str
    sentences: int
    citation: Citation


@dataclass(frozen=True)
class Quoted:
    """Words that stand in the quotes of their marks; ``depth`` 1 for the item of a theme."""

    words: str
    markers: tuple[int, ...]
    depth: int = 0

    @property
    def text(self) -> str:
        """The line as people read it."""
        return f"{frames.INDENT * self.depth}{self.words}{marks(self.markers)}"


@dataclass(frozen=True)
class Written:
    """A sentence of a language model over the quotes of its marks."""

    words: str
    markers: tuple[int, ...]
    checked: bool = True
    """Whether it has numbers, each of which was found in the quotes; False for a summary, to be read beside them."""

    @property
    def text(self) -> str:
        """The line as people read it."""
        return f"{self.words}。{marks(self.markers)}{'' if self.checked else frames.SUMMARY}"


@dataclass(frozen=True)
class Counted:
    """How many items a list has, and how many of its lines follow."""

    items: int
    listed: int
    themes: int = 0
    """Of a list of themes with items below them; 0 for a plain list."""
    what: CountedThing = "items"

    @property
    def text(self) -> str:
        """The line as people read it."""
        return frames.counted(self.items, self.listed, self.themes, self.what)


@dataclass(frozen=True)
class TableRow:
    """One side of a comparison: its label, and words that stand in the quotes of their marks."""

    label: str
    words: str
    markers: tuple[int, ...]

    @property
    def text(self) -> str:
        """The line as people read it."""
        return f"| {self.label} | {self.words}{marks(self.markers)} |"


@dataclass(frozen=True)
class TableValue:
    """The words of a cell of a table with the heads that it stands under; its line is the quote of its marks."""

    heads: tuple[str, ...]
    """From the group and the name of its row to the heads of its column, as they stand there."""
    words: str
    unit: str
    """Where a head, a column or a line above tells it and the cell does not; else ''."""
    markers: tuple[int, ...]

    @property
    def text(self) -> str:
        """The line as people read it."""
        return f"{' · '.join(self.heads)}:{self.words}{self.unit}{marks(self.markers)}"


@dataclass(frozen=True)
class Difference:
    """By how much the numbers of two table rows are apart; both are as written there, without their unit."""

    larger: str
    smaller: str
    unit: str

    @property
    def apart(self) -> float:
        """The larger less the smaller."""
        return round(float(self.larger) - float(self.smaller), 6)

    @property
    def text(self) -> str:
        """The line as people read it."""
        return frames.difference(self.larger, self.smaller, plain_number(self.apart), self.unit)


@dataclass(frozen=True)
class Verdict:
    """Whether the quotes below bear out what a question with yes or no claims."""

    holds: bool

    @property
    def text(self) -> str:
        """The line as people read it."""
        return frames.VERDICTS[self.holds]


@dataclass(frozen=True)
class Heading:
    """The title of the document that the lines below it quote."""

    words: str
    document_id: str

    @property
    def text(self) -> str:
        """The line as people read it."""
        return f"《{self.words}》"


@dataclass(frozen=True)
class Notice:
    """What is to be said about the quotes: that a number is hidden, that two disagree, what is missing."""

    kind: NoticeKind
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The line as people read it."""
        return frames.notice(self.kind, self.missing)


@dataclass(frozen=True)
class Help:
    """Words about the assistant and what it has read, none of which is a quote."""

    topic: TopicOfHelp
    items: tuple[str, ...] = ()
    """Questions that can be asked, or titles of documents; of a greeting the number of documents."""

    @property
    def text(self) -> str:
        """The line as people read it."""
        return frames.help_text(self.topic, self.items)


Stated = Quoted | Written | TableRow | TableValue
"""Lines whose words stand in quotes."""
Line = Stated | Counted | Difference | Verdict | Heading | Notice | Help


def marks(markers: Sequence[int]) -> str:
    """[1][2] behind the words that stand in those quotes."""
    return "".join(f"[{marker}]" for marker in markers)


def plain_number(value: float) -> str:
    """2300 and 1.6 without an exponent."""
    return f"{value:.10f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer, what is missing, and the passages that come nearest."""

    reason: RefusalReason
    missing: str
    nearest: tuple[Hit, ...] = ()
    only: GoalStatus | None = None
    """The status that the documents tell of the thing, where another was asked for."""

    @property
    def text(self) -> str:
        """The refusal as people read it."""
        return frames.refusal(self.reason, self.missing, nearest=bool(self.nearest))


@dataclass(frozen=True)
class Answer:
    """Either lines over quotes with their citations, or a refusal; ``kind`` names how it was found."""

    question: str
    kind: str
    lines: tuple[Line, ...] = ()
    citations: tuple[Citation, ...] = ()
    refusal: Refusal | None = None
    generated: bool = False
    """Whether a language model wrote its sentences over the quotes."""
    notice: str = ""
    """What is to be said about how it came about, such as why no model was used."""

    @property
    def answered(self) -> bool:
        """Whether there is anything but a refusal."""
        return self.refusal is None

    @property
    def state(self) -> AnswerState:
        """``nearest`` where the quotes only come near to what is asked, ``help`` where nothing was asked."""
        if self.refusal is not None:
            return "refused"
        if any(isinstance(line, Help) for line in self.lines):
            return "help"
        return "nearest" if self.lines[:1] == (Notice("nearest"),) else "answered"

    @property
    def text(self) -> str:
        """The lines, or the refusal, as people read them."""
        if self.refusal is not None:
            return self.refusal.text
        shown: list[str] = []
        for line, before in zip(self.lines, (None, *self.lines), strict=False):
            if isinstance(line, TableRow) and not isinstance(before, TableRow):
                shown += frames.TABLE_HEAD
            shown.append(line.text)
        return "\n".join(shown)


def refused(question: str, refusal: Refusal) -> Answer:
    """The answer that is a refusal."""
    return Answer(question, "refusal", refusal=refusal)
