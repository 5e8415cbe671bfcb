"""From source files to documents and passages."""

from __future__ import annotations

from assistant.documents.corpus import read_documents
from assistant.documents.parsing import parse_documents
from assistant.documents.passages import split_passages

__all__ = ["parse_documents", "read_documents", "split_passages"]
