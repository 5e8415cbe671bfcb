"""Answers that are lists: all items below the section that a question asks for, counted."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.checking.citations import cite
from assistant.answering.evidence.document_scope import headed_years
from assistant.answering.evidence.evidence import Evidence
from assistant.answering.evidence.refusals import find_refusal
from assistant.answering.evidence.sentences import name_tokens
from assistant.answering.library import Library
from assistant.datamodels import (
    Answer,
    Citation,
    Counted,
    Document,
    Passage,
    Question,
    Quoted,
    Refusal,
    RowQuery,
    Scope,
    Section,
    Sentence,
)
from assistant.documents.structure.passages import passage_at
from assistant.interfaces import DocumentStore
from assistant.language import asking
from assistant.language.marks import LONGEST as LONGEST_MARK
from assistant.language.tokenization import evidence_tokens

NAME = "list"
LEAST_HEADING_SHARE = 0.5
LEAST_NAMED = 0.75
HEAD = 60
"""Characters at the head of an item, where it names what it is."""
LEAST_ABOUT = 0.25


@dataclass(frozen=True)
class Items:
    """What a list is made of."""

    document: Document
    sections: list[Section]
    chosen: list[Sentence]


def recognises(question: Question) -> bool:
    """Several things or measures."""
    return question.kind in ("list", "measure")


def collects(evidence: Evidence) -> Items | None:
    """The items below the section that is asked for; None where no section is."""
    if not evidence.chosen:
        return None
    best = evidence.chosen[0]
    document = evidence.library.store.document(best.hit.document_id)
    sections = listed_items(evidence.question, best, document, evidence.library)
    return Items(document, sections, evidence.chosen) if sections else None


def refuses(evidence: Evidence, found: Items) -> Refusal | None:
    """Where the words of the question are not there."""
    return find_refusal(evidence, found.chosen, lambda *_: True)


def composes(evidence: Evidence, found: Items) -> Answer:
    """Every item, quoted by its heading, or by its line where the heading is a mark alone; with the count.

    Themes of measures are followed by their items, unless the question says how many it wants.
    """
    question, store = evidence.question, evidence.library.store
    document = found.document
    below = {} if question.count else _measures_below(document, found.sections, store)
    listed = [one for item in found.sections for one in (item, *below.get(item.start, ()))]
    passages = store.passages_of(document.document_id)
    citations = [cite_section(section, document, passages, store, rank) for rank, section in enumerate(listed, start=1)]
    themes = len(found.sections) if below else 0
    quoted = (
        Quoted(citation.quote, (citation.marker,), depth=int(section not in found.sections))
        for section, citation in zip(listed, citations, strict=True)
    )
    counted = Counted(len(listed) - themes, len(citations), themes)
    return Answer(question.text, NAME, (counted, *quoted), tuple(citations))


def listed_items(question: Question, best: Sentence, document: Document, library: Library) -> list[Section]:
    """The items below the section that a list question asks for: as many as it says, or matched by its heading."""
    name = name_tokens(document)
    wanted = [token for token in question.heading_tokens if token not in name]
    items: list[Section] = []
    most = LEAST_HEADING_SHARE
    for rank, section in enumerate(document.sections):
        children = [part for part in document.sections if part.parent == rank]
        path = document.section_path(rank) if len(children) > 1 else ()
        if len(children) < 2 or not _names_year(question, path):
            continue
        announced = question.count == len(children) and section.start <= best.start < section.end
        announced = announced and _are_items(question, path, [_head(document, part) for part in children])
        share = library.weights.coverage(wanted, evidence_tokens(section.heading))
        share += announced or _is_introduced(best, children, document)
        if share > most:
            most, items = share, children
    return items


def _head(document: Document, section: Section) -> str:
    return document.text[section.start : section.end][:HEAD]


def _is_introduced(best: Sentence, children: list[Section], document: Document) -> bool:
    """Whether the best sentence stands right before the first of items in the same line: …总投资6458万元。一是…"""
    first = children[0]
    return first.inline and best.end <= first.start and not document.text[best.end : first.start].strip()


def _are_items(question: Question, path: tuple[str, ...], texts: list[str]) -> bool:
    """Whether 哪五个方面 asks for items under headings that name its words, or 哪四个环境 for what most items name."""
    named = asking.COUNTED_NOUN.search(question.key)
    if named is not None and sum(named[1] in text for text in texts) >= LEAST_NAMED * len(texts):
        return True
    about = set(evidence_tokens(" ".join((*path, *texts))))
    share = len(about.intersection(question.tokens)) / max(len(question.tokens), 1)
    return asking.COUNTED_ITEMS.search(question.key) is not None and share >= LEAST_ABOUT


def _names_year(question: Question, section_path: tuple[str, ...]) -> bool:
    """Whether the headings name no year but those asked."""
    years = headed_years(section_path)
    return not question.years or not years or not set(years).isdisjoint(question.years)


def _measures_below(document: Document, items: list[Section], store: DocumentStore) -> dict[int, list[Section]]:
    """The items of each theme, by the start of the theme; empty where the items are no themes of measures."""
    scope = Scope(documents=frozenset({document.document_id}))
    own = list(store.rows.measures(RowQuery(scope)))
    themes = {one.measure_id: document.sections[one.section].start for one in own if one.kind == "theme"}
    wanted = {item.start for item in items}
    below: dict[int, list[Section]] = {}
    for measure in own:
        start = themes.get(measure.parent)
        if measure.kind == "item" and start in wanted:
            below.setdefault(start, []).append(document.sections[measure.section])
    return below


def cite_section(
    section: Section, document: Document, passages: list[Passage], store: DocumentStore, rank: int
) -> Citation:
    """The heading of an item, or its line where the heading is a mark alone, as the citation with marker ``rank``."""
    passage = passage_at(passages, section.start)
    line_end = document.text.find("\n", section.start, passage.end)
    stop = min(passage.end if line_end < 0 else line_end, section.end)
    tells = len(section.heading) > LONGEST_MARK and document.text.startswith(section.heading, section.start)
    end = min(section.start + len(section.heading), stop) if tells else stop
    return cite(store, passage, section.start, end, rank)
