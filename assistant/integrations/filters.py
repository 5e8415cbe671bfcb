"""Filter trees of frameworks as a Scope: which documents satisfy them, by what each document is about."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

from assistant.assistant import Assistant
from assistant.datamodels import DocumentFacts, Scope
from assistant.errors import ScopeError

FIELDS: dict[str, Callable[[str, DocumentFacts], tuple[Any, ...]]] = {
    "year": lambda _, about: about.years,
    "place": lambda _, about: (about.place,),
    "bureau": lambda _, about: (about.bureau,),
    "kind": lambda _, about: (about.kind,),
    "source": lambda _, about: (about.source,),
    "title": lambda _, about: (about.title,),
    "document_id": lambda name, _: (name,),
}
"""The values of a document by field; of several years one is enough."""
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "in": lambda value, given: value in given,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "contains": operator.contains,
    "start with": lambda value, given: value.startswith(given),
    "end with": lambda value, given: value.endswith(given),
}
EMPTY = "empty"
NEGATIONS = {"!=": "==", "not in": "in", "not contains": "contains", "not empty": EMPTY}


def scope_of_filters(filters: Mapping[str, Any] | None, assistant: Assistant) -> Scope | None:
    """The documents that a tree of conditions leaves; None for no tree.

    A condition is {"field", "operator", "value"}, a node {"operator": AND, OR or NOT, "conditions": […]}, as Haystack
    has them (docs.haystack.deepset.ai, metadata filtering); "meta." before a field is passed over. Raises ScopeError
    for a field, an operator or a value that cannot be.
    """
    if not filters:
        return None
    facts = assistant.documents()
    return Scope(documents=frozenset(name for name, about in facts.items() if _passes(filters, name, about)))


def _passes(node: Mapping[str, Any], name: str, about: DocumentFacts) -> bool:
    if "conditions" not in node:
        return _holds(node, name, about)
    passing = (_passes(one, name, about) for one in node["conditions"])
    match node.get("operator"):
        case "AND":
            return all(passing)
        case "OR":
            return any(passing)
        case "NOT":
            return not all(passing)
    raise ScopeError(f"unknown operator {node.get('operator')!r}; known are AND, OR, NOT")


def _holds(condition: Mapping[str, Any], name: str, about: DocumentFacts) -> bool:
    field, sign = str(condition.get("field", "")).removeprefix("meta."), str(condition.get("operator"))
    if field not in FIELDS:
        raise ScopeError(f"unknown field {field!r}; known are {', '.join(FIELDS)}")
    if sign in NEGATIONS:
        return not _holds({**condition, "operator": NEGATIONS[sign]}, name, about)
    values = FIELDS[field](name, about)
    if sign == EMPTY:
        return not any(values)
    if sign not in COMPARISONS:
        raise ScopeError(f"unknown operator {sign!r}; known are {', '.join((*COMPARISONS, EMPTY, *NEGATIONS))}")
    given = condition.get("value")
    if sign == "in" and isinstance(given, str):  # text is in a text too, but that is contains
        raise ScopeError(f"{field} in takes a list of values, not {given!r}")
    try:
        return any(COMPARISONS[sign](value, given) for value in values)
    except (AttributeError, TypeError) as error:
        raise ScopeError(f"{field} cannot be compared with {condition.get('value')!r} by {sign}") from error
