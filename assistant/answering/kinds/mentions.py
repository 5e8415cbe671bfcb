"""Which documents mention something, and how many: their titles, each over a sentence that does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.mentions import find_mentions
from assistant.answering.evidence.refusals import NEAREST
from assistant.answering.library import Library
from assistant.answering.question.understanding import understand
from assistant.datamodels import Answer, Citation, Counted, Heading, Line, Mention, Question, Quoted, Refusal, Scope
from assistant.language import asking
from assistant.language.normalization import search_key
from assistant.language.years import DATED, named_years

NAME = "mentions"


@dataclass(frozen=True)
class Mentions:
    """The phrase and the documents that have it."""

    phrase: str
    found: list[Mention]


def recognises(question: Question) -> bool:
    """哪些文件提到, 有几份文件提到."""
    return asking.asks_for_documents(search_key(question.text))


def collects(evidence: Evidence) -> Mentions:
    """Every document in scope that mentions it; a place or year beside the thing narrows."""
    said = asking.FRAME_OF_MENTION.sub(" ", search_key(evidence.question.text)).split()
    parts = [part for one in said if (part := one.strip("“”\"'《》的了过到在用把给 "))]
    narrowing = [one for one in parts if _narrows(one, evidence.library)] if len(parts) > 1 else []
    phrase = max((one for one in parts if one not in narrowing), key=len, default=parts[0] if parts else "")
    asked = understand(" ".join(narrowing)) if narrowing else None
    places = frozenset(evidence.library.place_stems.get(one, one) for one in narrowing if not named_years(one))
    named = Scope(years=frozenset(asked.years) or None if asked else None, places=places or None)
    return Mentions(phrase, find_mentions(phrase, evidence.library, evidence.scope.within(named)))


def _narrows(words: str, library: Library) -> bool:
    """Whether words beside the thing are a year, or a place that documents are of."""
    return bool(DATED.fullmatch(words)) or words in library.place_stems or words in library.place_stems.values()


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
