"""What documents say: goals, measures, how they stand to each other, and which of them to read.

All are frozen; offsets count characters from 0, ends exclusive.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal, get_args

from assistant.datamodels.scope import Scope

GoalStatus = Literal["planned", "achieved", "projected"]
Standing = Literal[
    "stated", "conditional", "correction", "supposed", "quoted", "rejected", "cancelled", "denied", "false",
    "addressed", "corrected",
]  # fmt: skip
"""What a sentence does with a number. A plan or result: stated; conditional on what its sentence says; correction, what
another number was changed to. None: supposed; quoted of another place or body; rejected; cancelled or put off;
denied; false, as the sentence says; addressed to a reader, as an order; corrected to another."""
STANDINGS: tuple[Standing, ...] = get_args(Standing)
REPORTED = frozenset(STANDINGS) - {"addressed"}
"""Of the rows that are listed where none is asked for: an order to the reader reports nothing."""
CLAIMED: frozenset[Standing] = frozenset({"stated", "conditional", "correction"})
"""Of the rows that answer."""
MeasureKind = Literal["theme", "item", "sub-item"]
PairRelation = Literal["planned and achieved", "years", "documents"]
ContradictionReason = Literal["part larger than whole", "masked here, told there", "two values"]


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
    """The year, or the years as written: 2024, 十五五."""
    status: GoalStatus
    masked: bool
    place: str
    """Of the number: that of its words, its table or its section, else the document's."""
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
    heads: tuple[str, ...] = ()
    """Of a number of a table: the words of its group, of the name of its row and of the heads of its column."""
    part_of_period: str = ""
    """上半年, 1-9月, 截至9月底 …, as written, where the number is not of the whole period; 累计 of a running total."""
    standing: Standing = "stated"
    responsible: tuple[str, ...] = ()
    """The bodies that answer for it, each with what it does where that is told: 商务局(牵头)."""
    due: str = ""
    """By when, as written: 10月底, 2025年6月30日前."""

    @property
    def claimed(self) -> bool:
        """Whether the document says it of itself, so that it may answer."""
        return self.standing in CLAIMED


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
    responsible: tuple[str, ...] = ()
    """The bodies that answer for it, as of a goal."""
    due: str = ""


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
class RowQuery:
    """Which goals or measures to read from a store; None means all."""

    scope: Scope = field(default_factory=Scope)
    statuses: Collection[GoalStatus] | None = None
    standings: Collection[Standing] | None = None
    """Of goals only."""
    responsible: str | None = None
    """Part of the name of a body that answers for the row."""
    masked: bool | None = None
    """Of goals only: whether the number is hidden or lost."""
    names: Collection[str] | None = None
    """Of goals only: what the row counts, as ``row_name`` tells it; rows come in the order of these."""
    canonicals: Collection[str] | None = None
    """Of goals only: the indicator, as ``canonical`` writes it."""
    ids: Collection[str] | None = None
