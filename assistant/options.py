"""What callers of the assistant may restrict and bring, as keyword arguments, and what is made of them once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TypedDict, TypeVar, get_args

from assistant.datamodels import REPORTED, STANDINGS, RowQuery, Scope, ScopeOptions
from assistant.datamodels.facts import GoalStatus
from assistant.errors import ScopeError
from assistant.interfaces import Check, Reader, Reranker, Retriever, Writer
from assistant.settings import Settings

STATUSES = get_args(GoalStatus)
Word = TypeVar("Word", bound=str)
Statuses = str | Collection[str] | None


class RowOptions(ScopeOptions, total=False):
    """What a caller may restrict of rows."""

    scope: Scope | None
    status: Statuses
    """planned, achieved or projected, one or several."""
    standing: Statuses
    """Of goals only: stated, conditional, quoted …, one or several; without it all but orders to the reader."""
    responsible: str | None
    """Part of the name of a body that answers for the row."""
    masked: bool | None
    """Of goals only: whether the number is hidden or lost."""


class Parts(TypedDict, total=False):
    """What a caller may bring beside index, store and encoder."""

    settings: Settings | None
    model: Writer | None
    """In place of the language model of the settings."""
    reranker: Reranker | None
    """In place of the one of the settings."""
    reader: Reader | None
    retriever: Retriever | None
    checks: Sequence[Check]
    """Beside the quote guarantee."""


def scope_of(scope: Scope | None, options: ScopeOptions) -> Scope:
    """The scope given, narrowed by the values given beside it. Raises ScopeError for one that cannot be."""
    if scope is not None and not isinstance(scope, Scope):
        raise ScopeError(f"scope must be a Scope, not {scope!r}; Scope.of(year=2013) makes one")
    return (scope or Scope()).within(Scope.of(**options))


def query_of(options: RowOptions) -> RowQuery:
    """The rows that the values ask for. Raises ScopeError as ``scope_of``, and for a status that there is not."""
    unknown = sorted(
        set(options) - set(ScopeOptions.__annotations__) - {"scope", "status", "standing", "responsible", "masked"}
    )
    if unknown:
        raise TypeError(f"unknown option {unknown[0]!r}")
    if not isinstance(options.get("masked"), bool | None):
        raise ScopeError(f"masked must be True, False or None, not {options.get('masked')!r}")
    within: ScopeOptions = {name: value for name, value in options.items() if name in ScopeOptions.__annotations__}  # type: ignore[assignment]
    responsible = options.get("responsible")
    if responsible is not None and not (isinstance(responsible, str) and responsible.strip()):
        raise ScopeError(f"responsible must be part of the name of a body, not {responsible!r}")
    return RowQuery(
        scope_of(options.get("scope"), within),
        _chosen("status", options.get("status"), STATUSES),
        _chosen("standing", options.get("standing"), STANDINGS) or REPORTED,
        responsible,
        options.get("masked"),
    )


def _chosen(name: str, value: Statuses, known: tuple[Word, ...]) -> frozenset[Word] | None:
    """Those of the known words that are given; None where none is."""
    if value is None:
        return None
    given = {value} if isinstance(value, str) else set(value) if isinstance(value, Collection) else set()
    if not given or not given <= set(known):
        raise ScopeError(f"{name} must be one of {', '.join(known)}, not {value!r}")
    return frozenset(one for one in known if one in given)
