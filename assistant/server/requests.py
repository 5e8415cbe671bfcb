"""What programs send: the bodies of requests, checked, as plain values of the library."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from assistant.datamodels import DocumentKind, Scope, Standing
from assistant.datamodels.facts import GoalStatus

MOST = 1000
"""Passages or rows that are told at once."""
LONGEST = 100_000
"""Characters of a text that is sent; the library tells which questions are too long."""
Year = Annotated[int, Field(ge=1000, le=9999)]
Text = Annotated[str, Field(max_length=LONGEST, pattern=r"\S")]
Short = Annotated[str, Field(max_length=500, pattern=r"\S")]
One = TypeVar("One")
Some: TypeAlias = One | Annotated[list[One], Field(min_length=1, max_length=1000)]


class DocumentsRequest(BaseModel):
    """Which documents, as parameters of an address: one value or several of each."""

    model_config = ConfigDict(extra="forbid")

    year: list[Year] = Field(default=[], max_length=1000)
    place: list[Short] = Field(default=[], max_length=1000)
    bureau: list[Short] = Field(default=[], max_length=1000)
    kind: list[DocumentKind] = Field(default=[], max_length=10)
    source: list[Short] = Field(default=[], max_length=1000)
    first: int = Field(default=0, ge=0, le=1_000_000_000)
    limit: int = Field(default=100, ge=1, le=MOST)

    def scope(self) -> Scope:
        """Nothing means all."""
        return Scope.of(
            year=self.year or None,
            place=self.place or None,
            bureau=self.bureau or None,
            kind=self.kind or None,
            source=self.source or None,
        )


class Message(BaseModel):
    """A message of a conversation as OpenAI's clients send it; content may be parts, of which texts are read."""

    model_config = ConfigDict(extra="allow")

    role: str = Field(max_length=100)
    content: str | list[dict[str, Any]] | None = None

    def text(self) -> str:
        """What it says in words."""
        if isinstance(self.content, list):
            texts = (part.get("text") for part in self.content if part.get("type") == "text")
            return "\n".join(text for text in texts if isinstance(text, str))
        return self.content or ""


class Scoped(BaseModel):
    """Which documents: one value or several of each; nothing means all."""

    model_config = ConfigDict(extra="forbid", strict=True)

    year: Some[Year] | None = None
    place: Some[Short] | None = None
    bureau: Some[Short] | None = None
    kind: Some[DocumentKind] | None = None
    source: Some[Short] | None = None
    """Paths below the corpus, or the beginnings of some."""
    document: Some[Short] | None = None
    """Ids."""

    def scope(self) -> Scope:
        """Raises ScopeError for an empty list or text."""
        return Scope.of(**{name: getattr(self, name) for name in Scoped.model_fields})


class SearchRequest(Scoped):
    """Words or a question, and how many passages."""

    query: Text
    k: int = Field(default=10, ge=1, le=MOST)


class AskRequest(Scoped):
    """A question; ``messages`` before it, where it goes on a conversation."""

    question: Text
    messages: list[Message] = Field(default=[], max_length=500)
    literal: bool = False
    """No language model may put the question into other words."""


class RowsRequest(Scoped):
    """Which rows, and which part of them."""

    words: str = Field(default="", max_length=LONGEST)
    status: Some[GoalStatus] | None = None
    responsible: Short | None = None
    first: int = Field(default=0, ge=0, le=1_000_000_000)
    limit: int = Field(default=100, ge=1, le=MOST)


class GoalsRequest(RowsRequest):
    """Of goals also how they stand, and whether their number is hidden."""

    standing: Some[Standing] | None = None
    masked: bool | None = None


class StreamOptions(BaseModel):
    """What else a stream tells."""

    include_usage: bool = False


class CompletionRequest(BaseModel):
    """What OpenAI's clients ask for; settings of a language model, such as temperature, are passed over."""

    model_config = ConfigDict(extra="allow")

    model: str = Field(max_length=200)
    messages: list[Message] = Field(min_length=1, max_length=500)
    stream: bool | None = False
    stream_options: StreamOptions | None = None


class RetrievalSetting(BaseModel):
    """How many, and how relevant at least."""

    top_k: int = Field(default=5, ge=1, le=MOST)
    score_threshold: float | None = Field(default=0.0, ge=0, le=1)


class Condition(BaseModel):
    """A condition on what documents are about."""

    name: str | list[str]
    comparison_operator: str = Field(max_length=50)
    value: Any = None


class MetadataCondition(BaseModel):
    """Conditions, all or any of which must hold."""

    logical_operator: Literal["and", "or"] | None = "and"
    conditions: list[Condition] | None = Field(default=None, max_length=100)


class RetrievalRequest(BaseModel):
    """What Dify asks of an external knowledge base."""

    knowledge_id: str = Field(max_length=500)
    query: Text
    retrieval_setting: RetrievalSetting = RetrievalSetting()
    metadata_condition: MetadataCondition | None = None
