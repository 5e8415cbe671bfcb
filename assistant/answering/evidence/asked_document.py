"""The one document that a question is about: by what its scope leaves, its year, and the words of its title."""

from __future__ import annotations

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.sentences import name_tokens
from assistant.datamodels import Document
from assistant.language.tokenization import evidence_tokens

LEAST_NAMED = 0.5
"""Share of a title's words, by weight, that a question must hold where neither place nor year leaves one document."""


def asked_document(evidence: Evidence) -> Document | None:
    """The document; None where the question fits none, or two alike."""
    question, library = evidence.question, evidence.library
    facts = {
        name: about
        for name, about in library.store.facts.items()
        if evidence.scope.passes(name, about) and (not question.years or set(question.years) & set(about.years))
    }
    asked = set(evidence_tokens(question.key))
    shares = {name: library.weights.coverage(dict.fromkeys(name_tokens(about)), asked) for name, about in facts.items()}
    best = sorted(shares, key=lambda name: -shares[name])[:2]
    if not best or (len(best) > 1 and shares[best[0]] == shares[best[1]]):
        return None
    narrowed = len(facts) == 1 or evidence.scope.documents is not None
    return library.store.document(best[0]) if narrowed or shares[best[0]] >= LEAST_NAMED else None
