"""Question answering over a bureau's own documents, each answer a word-for-word citation.

from pathlib import Path
from assistant import Assistant

assistant = Assistant.build(Path("corpus"), Path("index"))
answer = assistant.ask("2013年专利申请量的目标是多少?")
print(answer.text, answer.citations[0].quote)
"""

from __future__ import annotations

from assistant.answering.answers import answer_question
from assistant.answering.conversation import Turn, kept
from assistant.assistant import Assistant
from assistant.datamodels import (
    Answer,
    Citation,
    Contradiction,
    Document,
    Goal,
    GoalPair,
    Hit,
    Measure,
    Passage,
    Refusal,
    Repair,
    Section,
)
from assistant.documents import extract_goals, extract_measures, parse_documents, read_documents, split_passages
from assistant.errors import (
    AssistantError,
    CorpusNotFound,
    DocumentError,
    EncoderUnavailable,
    GenerationError,
    IndexBusy,
    IndexCorrupt,
    IndexDirectoryError,
    IndexNotFound,
    IndexOutOfDate,
    JudgementError,
    QuestionError,
    SettingsError,
    UnreadableDocument,
)
from assistant.evaluation import evaluate
from assistant.evaluation.metrics import ndcg_at_k, recall_at_k, reciprocal_rank
from assistant.retrieval.encoders import Encoder, load_encoder
from assistant.retrieval.encoders.bundled import BundledEncoder
from assistant.retrieval.encoders.sentence_transformer import SentenceTransformerEncoder
from assistant.retrieval.fusion import fuse
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.reranking import CrossEncoderReranker, Reranker
from assistant.retrieval.retriever import Filters, HybridRetriever
from assistant.settings import Settings

__all__ = [
    "Answer",
    "Assistant",
    "AssistantError",
    "BundledEncoder",
    "Citation",
    "Contradiction",
    "CorpusNotFound",
    "CrossEncoderReranker",
    "Document",
    "DocumentError",
    "Encoder",
    "EncoderUnavailable",
    "Filters",
    "GenerationError",
    "Goal",
    "GoalPair",
    "Hit",
    "HybridIndex",
    "HybridRetriever",
    "IndexBusy",
    "IndexCorrupt",
    "IndexDirectoryError",
    "IndexNotFound",
    "IndexOutOfDate",
    "JudgementError",
    "Measure",
    "Passage",
    "QuestionError",
    "Refusal",
    "Repair",
    "Reranker",
    "Section",
    "SentenceTransformerEncoder",
    "Settings",
    "SettingsError",
    "Turn",
    "UnreadableDocument",
    "answer_question",
    "evaluate",
    "extract_goals",
    "extract_measures",
    "fuse",
    "kept",
    "load_encoder",
    "ndcg_at_k",
    "parse_documents",
    "read_documents",
    "recall_at_k",
    "reciprocal_rank",
    "split_passages",
]
__version__ = "0.1.0"
