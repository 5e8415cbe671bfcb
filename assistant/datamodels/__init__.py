"""The records that pass between the stages."""

from assistant.datamodels.answers import (
    Answer,
    Citation,
    Counted,
    Difference,
    Heading,
    Hit,
    Line,
    Notice,
    NoticeKind,
    Quoted,
    Refusal,
    RefusalReason,
    Stated,
    TableRow,
    TableValue,
    Verdict,
    Written,
    refused,
)
from assistant.datamodels.documents import (
    Alignment,
    Document,
    DocumentFacts,
    DocumentKind,
    Finding,
    Passage,
    Place,
    Repair,
    Section,
    Segment,
    SourceText,
    Table,
    TableCell,
)
from assistant.datamodels.facts import (
    Contradiction,
    ContradictionReason,
    Goal,
    GoalPair,
    GoalStatus,
    Measure,
    MeasureKind,
    PairRelation,
    RowQuery,
)
from assistant.datamodels.questions import Question, QuestionKind, Sentence
from assistant.datamodels.scope import Scope, ScopeOptions

__all__ = [
    "Alignment", "Answer", "Citation", "Contradiction", "ContradictionReason", "Counted", "Difference", "Document",
    "DocumentFacts", "DocumentKind", "Finding", "Goal", "GoalPair", "GoalStatus", "Heading", "Hit", "Line", "Measure",
    "MeasureKind", "Notice", "NoticeKind", "PairRelation", "Passage", "Place", "Question", "QuestionKind", "Quoted",
    "Refusal", "RefusalReason", "Repair", "RowQuery", "Scope", "ScopeOptions", "Section", "Segment", "Sentence",
    "SourceText", "Stated", "Table", "TableCell", "TableRow", "TableValue", "Verdict", "Written", "refused",
]  # fmt: skip
