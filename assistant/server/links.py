"""Addresses of documents that people follow from an answer in another program."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.page.reading.reader import Span
from assistant.page.reading.reader import address_of as address_below
from assistant.server.door import signature


@dataclass(frozen=True)
class Links:
    """Where documents are reached: ``public_url``, or where the asking program reached us; signed if there is a key."""

    public_url: str = ""
    key: str = ""

    def address(self, reached: str, document_id: str, *spans: Span) -> str:
        """The address of a document with those spans of it marked."""
        base = (self.public_url or reached).rstrip("/")
        below = address_below(document_id, *spans)
        if self.key:
            below = below.replace("/", f"/~{signature(self.key, document_id)}/", 1)
        return f"{base}/{below}"
