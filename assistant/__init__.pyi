from .answering.answers import answer_question
from .answering.conversation import Turn, kept
from .assistant import Assistant
from .datamodels import (
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
from .documents.corpus import read_documents
from .documents.parsing import parse_documents
from .documents.structure.passages import split_passages
from .errors import (
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
from .evaluation import evaluate
from .evaluation.metrics import ndcg_at_k, recall_at_k, reciprocal_rank
from .facts.goals import extract_goals
from .facts.measures import extract_measures
from .retrieval.encoders import Encoder, load_encoder
from .retrieval.encoders.bundled import BundledEncoder
from .retrieval.encoders.sentence_transformer import SentenceTransformerEncoder
from .retrieval.fusion import fuse
from .retrieval.index import HybridIndex
from .retrieval.reranking import CrossEncoderReranker, Reranker
from .retrieval.retriever import Filters, HybridRetriever
from .settings import Settings

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
__version__: str
