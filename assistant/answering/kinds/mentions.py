"""Which documents mention something, and how many: their titles, each over a sentence that does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.mentions import find_mentions
from assistant.answering.evidence.refusals import NEAREST
from assistant.answering.question.understanding import understand
from assistant.datamodels import Answer, Citation, Counted, Heading, Line, Mention, Question, Quoted, Refusal, Scope
from assistant.language import asking
from assistant.language.normalization import search_key

NAME = "mentions"


@dataclass(frozen=True)
class Mentions:
    """The phrase and the documents that have it."""

    phrase: str
    found: list[Mention]


def recognises(question: Question) -> bool:
    """哪些文件提到, 有几份文件提到."""
    return _parts(question) is not None


def _parts(question: Question) -> tuple[str, str] | None:
    """What is mentioned, and the words in front of the documents; the places in it are none that narrow them."""
    key = search_key(question.text)
    found = next((match for one in asking.MENTIONING if (match := one.match(key))), None)
    return (found["what"].strip("“”\"'《》的了过到 "), found.groupdict().get("of") or "") if found else None


def collects(evidence: Evidence) -> Mentions:
    """Every document in scope that mentions it."""
    phrase, of = _parts(evidence.question) or ("", "")
    narrowed = understand(of) if of.strip() else None
    scope = evidence.scope
    if narrowed is not None and (narrowed.years or narrowed.places):
        named = Scope(
            years=frozenset(narrowed.years) or None,
            places=frozenset(place[:-1] for place in narrowed.places) or None,
        )
        scope = scope.within(named)
    return Mentions(phrase, find_mentions(phrase, evidence.library, scope))


def refuses(evidence: Evidence, found: Mentions) -> Refusal | None:
    """Where no document has the words."""
    return None if found.found else Refusal("absent", found.phrase, tuple(evidence.found[:NEAREST]))


def composes(evidence: Evidence, found: Mentions) -> Answer:
    """The number of documents, then each with its title and a quote."""
    facts = evidence.library.store.facts
    lines: list[Line] = [Counted(len(found.found), len(found.found), what="documents")]
    citations: list[Citation] = []
    for marker, one in enumerate(found.found, start=1):
        called = facts[one.document_id].called
        lines += [Heading(called, one.document_id), Quoted(one.citation.quote, (marker,))]
        citations.append(replace(one.citation, marker=marker))
    return Answer(evidence.question.text, NAME, tuple(lines), tuple(citations))
