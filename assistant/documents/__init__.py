"""From source files to documents, passages, goals and measures."""

from __future__ import annotations

from assistant.documents.corpus import read_documents
from assistant.documents.goals import extract_goals
from assistant.documents.measures import extract_measures
from assistant.documents.parsing import parse_documents
from assistant.documents.passages import split_passages

__all__ = ["extract_goals", "extract_measures", "parse_documents", "read_documents", "split_passages"]
