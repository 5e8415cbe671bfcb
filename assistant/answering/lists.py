"""Answers that are lists: all items below the section that a question asks for, counted."""

from __future__ import annotations

import re

from assistant.answering.citations import cite
from assistant.answering.evidence import Sentence, TermWeights, name_tokens
from assistant.answering.frames import count_frame
from assistant.answering.questions import Question, evidence_tokens
from assistant.answering.scope import headed_years
from assistant.datamodels import Answer, Citation, Document, Passage, Section
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.store import PassageStore

LEAST_HEADING_SHARE = 0.5
LONGEST_MARK = 4
LEAST_NAMED = 0.75
HEAD = 60
"""Characters at the head of an item, where it names what it is."""
COUNTED_NOUN = re.compile(r"哪[一二两三四五六七八九十\d]+[个大项条类种]([\u4e00-\u9fff]{2})")
# 哪两个项目 asks for names in a sentence, 哪五个方面 for items of a list.
COUNTED_ITEMS = re.compile(
    r"[一二两三四五六七八九十\d](?:大|个|条|项|点|类|种)(?:方面|重点|任务|工作|措施|举措|行动|目标|部分|内容|功能|工程|问题|建议)"
    r"|[一二两三四五六七八九十\d][条点](?!例)"
)
LEAST_ABOUT = 0.25
INDENT = "\u3000"


def listed_items(question: Question, best: Sentence, document: Document, index: HybridIndex) -> list[Section]:
    """The items below the section that a list question asks for: as many as it says, or matched by its heading."""
    if question.kind not in ("list", "measure"):
        return []
    weights = TermWeights(index)
    name = name_tokens(document)
    wanted = tuple(token for token in question.heading_tokens if token not in name)
    items: list[Section] = []
    most = LEAST_HEADING_SHARE
    for rank, section in enumerate(document.sections):
        children = [part for part in document.sections if part.parent == rank]
        if len(children) < 2 or not _names_year(question, document.section_path(rank)):
            continue
        announced = (
            question.count == len(children)
            and section.start <= best.start < section.end
            and _are_items(
                question,
                document.section_path(rank),
                [document.text[part.start : part.end][:HEAD] for part in children],
            )
        )
        share = weights.coverage(wanted, set(evidence_tokens(section.heading)))
        share += announced or _is_introduced(best, children, document)
        if share > most:
            most, items = share, children
    return items


def _is_introduced(best: Sentence, children: list[Section], document: Document) -> bool:
    """Whether the best sentence stands right before the first of items in the same line: …总投资6458万元。一是…"""
    first = children[0]
    return first.inline and best.end <= first.start and not document.text[best.end : first.start].strip()


def _are_items(question: Question, path: tuple[str, ...], texts: list[str]) -> bool:
    """Whether 哪五个方面 asks for items under headings that name its words, or 哪四个环境 for what most items name."""
    named = COUNTED_NOUN.search(question.text)
    if named is not None and sum(named[1] in text for text in texts) >= LEAST_NAMED * len(texts):
        return True
    about = set(evidence_tokens(" ".join((*path, *texts))))
    share = len(about.intersection(question.tokens)) / max(len(question.tokens), 1)
    return COUNTED_ITEMS.search(question.text) is not None and share >= LEAST_ABOUT


def _names_year(question: Question, section_path: tuple[str, ...]) -> bool:
    """Whether the headings name no year but those asked."""
    years = headed_years(section_path)
    return not question.years or not years or not set(years).isdisjoint(question.years)


def list_answer(question: Question, document: Document, items: list[Section], index: HybridIndex) -> Answer:
    """Every item, quoted by its heading, or by its line where the heading is a mark alone; with the count.

    Themes of measures are followed by their items, unless the question says how many it wants.
    """
    below = {} if question.count else _measures_below(document, items, index)
    listed = [one for item in items for one in (item, *below.get(item.start, ()))]
    passages = index.store.passages_of(document.document_id)
    citations = [
        _cited(section, document, passages, index.store, marker) for marker, section in enumerate(listed, start=1)
    ]
    count = f"{len(items)} 个主题、{len(listed) - len(items)} 条措施" if below else f"{len(items)} 条"
    lines = [count_frame(count, len(citations))]
    for section, citation in zip(listed, citations, strict=True):
        indent = "" if section in items else INDENT
        lines.append(f"{indent}{citation.quote}[{citation.marker}]")
    return Answer(question.text, "\n".join(lines), tuple(citations))


def _measures_below(document: Document, items: list[Section], index: HybridIndex) -> dict[int, list[Section]]:
    """The items of each theme, by the start of the theme; empty where the items are no themes of measures."""
    own = [one for one in index.goals.measures if one.document_id == document.document_id]
    themes = {one.measure_id: document.sections[one.section].start for one in own if one.kind == "theme"}
    wanted = {item.start for item in items}
    below: dict[int, list[Section]] = {}
    for measure in own:
        start = themes.get(measure.parent)
        if measure.kind == "item" and start in wanted:
            below.setdefault(start, []).append(document.sections[measure.section])
    return below


def _cited(section: Section, document: Document, passages: list[Passage], store: PassageStore, marker: int) -> Citation:
    passage = next(part for part in passages if part.start <= section.start < part.end)
    line_end = document.text.find("\n", section.start, passage.end)
    stop = min(passage.end if line_end < 0 else line_end, section.end)
    tells = len(section.heading) > LONGEST_MARK and document.text.startswith(section.heading, section.start)
    end = min(section.start + len(section.heading), stop) if tells else stop
    return cite(store, passage, section.start, end, marker)
