"""Versions of one document: a draft gives way to the final text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.datamodels import DocumentFacts
from assistant.language.titles import DRAFT, MARKS_OF_VERSIONS

WRAPPED = re.compile(r"《([^》]+)》")


def superseded(facts: Mapping[str, DocumentFacts]) -> frozenset[str]:
    """The ids of drafts of which the final text is there: of the same name and place."""
    finals = {_key(about) for about in facts.values() if not about.draft}
    return frozenset(name for name, about in facts.items() if about.draft and _key(about) in finals)


def _key(about: DocumentFacts) -> tuple[str, str]:
    wrapped = WRAPPED.search(about.title)
    name = MARKS_OF_VERSIONS.sub("", DRAFT.sub("", wrapped[1] if wrapped else about.title))
    return name, about.place
