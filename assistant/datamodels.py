"""The records that pass between the stages. All are frozen; offsets count characters from 0, ends exclusive."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

DocumentKind = Literal["plan", "summary", "notice", "other"]
Place = Literal["metadata.toml", "heading of the work", "file name", "title", "text", "site"]
GoalStatus = Literal["planned", "achieved", "projected"]
MeasureKind = Literal["theme", "item", "sub-item"]
PairRelation = Literal["planned and achieved", "years", "documents"]
ContradictionReason = Literal["part larger than whole", "masked here, told there", "two values"]
RefusalReason = Literal["absent", "wrong_year", "wrong_place", "empty", "vague", "unverified"]


@dataclass(frozen=True)
class Repair:
    """One change between the file and what people read: ``before`` became ``after``."""

    kind: str
    before: str
    after: str
    certain: bool
    original_start: int
    original_end: int


@dataclass(frozen=True)
class Segment:
    """A run of text and the run of the file it came from; equal lengths map character by character."""

    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True)
class Alignment:
    """The map from every character of a document's text to its span in the file."""

    segments: tuple[Segment, ...]

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the file behind ``text[start:end]``; raises IndexError where the slice is not in the text."""
        if start >= end:
            raise IndexError(f"no characters between {start} and {end}")
        first, last = self._segment(start), self._segment(end - 1)
        begin = first.original_start + (start - first.start if _by_character(first) else 0)
        stop = last.original_start + (end - last.start) if _by_character(last) else last.original_end
        return begin, stop

    def _segment(self, position: int) -> Segment:
        rank = bisect_right(self.segments, position, key=lambda segment: segment.start) - 1
        if rank < 0 or position >= self.segments[rank].end:
            raise IndexError(f"character {position} lies outside the text")
        return self.segments[rank]


def _by_character(segment: Segment) -> bool:
    return segment.end - segment.start == segment.original_end - segment.original_start


@dataclass(frozen=True)
class Section:
    """A heading or numbered item with all that stands below it; level 0 is the document itself, 1 its parts."""

    heading: str
    level: int
    start: int
    end: int
    parent: int | None
    """Rank of the parent in the document's list of sections."""
    inline: bool = False
    """Whether it is an item among the words of a paragraph: 一是 …, 二是 …"""


@dataclass(frozen=True)
class DocumentFacts:
    """What a document is called and about: what filters and questions ask, without its text."""

    source: str
    """Path below the corpus folder, with forward slashes."""
    title: str
    kind: DocumentKind
    years: tuple[int, ...]
    """The years that the text is about, not the day of an upload."""
    place: str
    bureau: str
    number: str = field(default="", kw_only=True)
    """The document's number as it stands there, such as 某科〔2013〕1号."""
    issued: str = field(default="", kw_only=True)
    """Day of issue as YYYY-MM-DD; not the day of an upload."""


@dataclass(frozen=True)
class Finding:
    """Where one of the facts about a document was found, and whether that place is sure to tell it."""

    name: str
    where: Place
    certain: bool


@dataclass(frozen=True)
class Document(DocumentFacts):
    """One work: what people read, where it came from, and what it is about."""

    document_id: str
    text: str
    alignment: Alignment = field(repr=False)
    sections: tuple[Section, ...] = ()
    repairs: tuple[Repair, ...] = field(default=(), repr=False)
    findings: tuple[Finding, ...] = ()
    dropped: tuple[str, ...] = field(default=(), repr=False)
    """Lines of the file that a site, a page head or a page foot put there."""

    def section_path(self, rank: int) -> tuple[str, ...]:
        """Headings from the top down to the section, without the document itself."""
        path: list[str] = []
        current: int | None = rank
        while current is not None and self.sections[current].level > 0:
            path.append(self.sections[current].heading)
            current = self.sections[current].parent
        return tuple(reversed(path))


@dataclass(frozen=True)
class Goal:
    """A quantity that a document plans, reports or expects; ``raw`` are its words, ``text`` is its sentence."""

    goal_id: str
    document_id: str
    source: str
    title: str
    section: int
    """Rank of the section in the document."""
    section_path: tuple[str, ...]
    indicator: str
    comparator: str
    """The words that bound the number, as in 达到…以上; '' where there are none."""
    value: float | None
    """As written, in ``unit``; None where the document masks or lost it."""
    upper: float | None
    """Of a range: 6%-7% has the value 6 and the upper end 7."""
    unit: str
    amount: float | None
    """The value without 万 or 亿 in its unit: 600万元 is 6,000,000."""
    period: str
    status: GoalStatus
    masked: bool
    place: str
    level: str
    """国家级, 省级, 市级 … where the indicator says so, else ''."""
    part_of: str
    """The id of the row that it is a part of (其中 …); '' for a whole."""
    raw: str
    text: str
    start: int
    end: int
    """Of ``raw`` in the document's text."""
    original_start: int
    original_end: int
    passage_id: str = ""
    """Of the passage that holds the number; '' before the document is indexed."""


@dataclass(frozen=True)
class Measure:
    """Something a document says will be done or was done: a theme, an item of it, or a step of an item (一是 …)."""

    measure_id: str
    document_id: str
    source: str
    title: str
    section: int
    section_path: tuple[str, ...]
    kind: MeasureKind
    number: int
    """Its place among its siblings, from 1."""
    mark: str
    """As it stands there: (一), 4. or 一是; '' where there is none."""
    heading: str
    """Its name: the first words behind the mark."""
    part: str
    """The heading of the part of the document that lists it, such as 三、工作措施; '' where there is none."""
    parent: str
    """The id of the measure that it belongs to; '' at the top."""
    status: GoalStatus
    period: str
    place: str
    serves: tuple[str, ...]
    """Ids of the goals that it names or that stand in it."""
    text: str
    """Its own words, without those of the measures below it."""
    start: int
    end: int
    """Of ``text`` in the document's text."""
    original_start: int
    original_end: int
    passage_id: str = ""


@dataclass(frozen=True)
class GoalPair:
    """Two rows about one indicator: planned beside achieved, or of two documents or years."""

    first: Goal
    second: Goal
    relation: PairRelation
    score: float
    """How alike the two indicators are, from 0 to 1."""


@dataclass(frozen=True)
class Contradiction:
    """Two rows of one document that cannot both be true, or of which one hides what the other tells."""

    first: Goal
    second: Goal
    reason: ContradictionReason


@dataclass(frozen=True)
class Passage:
    """The unit of retrieval and of citation: ``document.text[start:end]``."""

    passage_id: str
    document_id: str
    source: str
    title: str
    section_path: tuple[str, ...]
    text: str
    start: int
    end: int
    original_start: int
    original_end: int


@dataclass(frozen=True)
class Hit:
    """A passage found; ranks count from 1, None where that leg did not find it."""

    rank: int
    score: float
    sparse_rank: int | None
    dense_rank: int | None
    passage: Passage


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


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer, what is missing, and the passages that come nearest."""

    reason: RefusalReason
    missing: str
    nearest: tuple[Hit, ...] = ()


@dataclass(frozen=True)
class Answer:
    """Either a text made of quotes with their citations, or a refusal."""

    question: str
    text: str
    citations: tuple[Citation, ...] = ()
    refusal: Refusal | None = None
    generated: bool = False
    """Whether a language model wrote its sentences over the quotes."""
    notice: str = ""
    """What is to be said about how it came about, such as why no model was used."""

    @property
    def answered(self) -> bool:
        """Whether the documents tell."""
        return self.refusal is None
