"""Questions about the last answer itself: 第二条展开说说, 还有呢, 具体怎么做的."""

from __future__ import annotations

from assistant.answering.checking.citations import cite
from assistant.answering.question.conversation import Turn
from assistant.datamodels import Answer, Citation, Counted, Quoted, Refusal, refused
from assistant.interfaces import DocumentStore
from assistant.language import asking
from assistant.language.marks import LONGEST as LONGEST_MARK
from assistant.language.normalization import search_key
from assistant.language.numbers import number_of
from assistant.language.sentences import split_lines

NAME = "earlier"


def pointed(text: str, turns: tuple[Turn, ...], store: DocumentStore) -> Answer | None:
    """The answer to a question about the last answer; None for any other."""
    key = search_key(text.strip())
    if not turns:
        return None
    return _expanded_item(text, key, turns, store) or (
        (_more_items(text, key, turns[-1].answer, store) or _detail(text, key, turns[-1].answer, store))
        if turns[-1].answer.citations
        else None
    )


def _expanded_item(text: str, key: str, turns: tuple[Turn, ...], store: DocumentStore) -> Answer | None:
    """The whole item that 第二条展开说说 points at in the last answer; None where it points at none."""
    match = asking.ITEM.match(key)
    if not match:
        return None
    listing = next((turn.answer for turn in reversed(turns) if _is_list(turn.answer)), turns[-1].answer)
    items = [line for line in listing.lines if isinstance(line, Quoted) and not line.depth]
    number = number_of(match["number"]) or 0
    if len(items) < 2:
        return None
    if not 1 <= number <= len(items):
        return refused(text, Refusal("absent", f"第{match['number']}条(共 {len(items)} 条)"))
    return _quoted(text, _whole_item(listing.citations[items[number - 1].markers[0] - 1], store))


def _is_list(answer: Answer) -> bool:
    return any(isinstance(line, Counted) for line in answer.lines)


def _more_items(text: str, key: str, last: Answer, store: DocumentStore) -> Answer | None:
    """The items that follow the last one quoted under the same heading, for 还有呢; None for another question."""
    if not asking.MORE.match(key):
        return None
    citation = last.citations[-1]
    document = store.document(citation.document_id)
    own = [rank for rank, part in enumerate(document.sections) if part.start <= citation.start < part.end]
    parent = document.sections[own[-1]].parent if own else None
    following = [part for part in document.sections if part.parent == parent and part.start > citation.start]
    if parent is None or not following:
        return refused(text, Refusal("absent", "其他内容"))
    found: list[Citation] = []
    for part in following:
        found += _paragraphs(citation.document_id, part.start, part.end, len(found), store)
    return _quoted(text, found)


def _detail(text: str, key: str, last: Answer, store: DocumentStore) -> Answer | None:
    """The paragraph of the last quote, for 具体怎么做的? or 为什么?; None for any other, or once quoted."""
    if not asking.ASKING_ONLY.match(asking.LEADING.sub("", key)):
        return None
    citation = last.citations[-1]
    passage = store.passage_by_id(citation.passage_id)
    start = passage.text.rfind("\n", 0, citation.start - passage.start) + 1
    end = passage.text.find("\n", citation.end - passage.start)
    paragraph = (passage.start + start, passage.start + (len(passage.text) if end < 0 else end))
    if paragraph[1] - paragraph[0] <= citation.end - citation.start + LONGEST_MARK:
        return None
    return _quoted(text, _paragraphs(passage.document_id, *paragraph, 0, store))


def _quoted(text: str, citations: list[Citation]) -> Answer:
    return Answer(text, NAME, tuple(Quoted(one.quote, (one.marker,)) for one in citations), tuple(citations))


def _whole_item(citation: Citation, store: DocumentStore) -> list[Citation]:
    """The paragraphs of the section that begins with the quote; of a quote that begins none, the quote."""
    sections = store.document(citation.document_id).sections
    begun = [part.end for part in sections if abs(part.start - citation.start) <= LONGEST_MARK]
    return _paragraphs(citation.document_id, citation.start, max([*begun, citation.end]), 0, store)


def _paragraphs(document_id: str, start: int, end: int, marker: int, store: DocumentStore) -> list[Citation]:
    """A citation for each line of ``text[start:end]``, cut where a passage ends; markers go on from ``marker``."""
    found: list[Citation] = []
    for passage in store.passages_of(document_id):
        offset = max(passage.start, start)
        stop = min(passage.end, end)
        if offset < stop:
            lines = split_lines(passage.text[offset - passage.start : stop - passage.start], offset)
            found += [
                cite(store, passage, first, last, marker + rank)
                for rank, (_, first, last) in enumerate(lines, start=len(found) + 1)
            ]
    return found
