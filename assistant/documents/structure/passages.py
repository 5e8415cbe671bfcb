"""Cut a document into passages inside its sections, at Chinese sentence ends. No character is left out."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.datamodels import Document, Passage

PASSAGE_CHARACTERS = 600
SEPARATORS = [r"\n", r"[。！？!]", r"[;；]", r"[,，、]", ""]


def split_passages(document: Document, size: int = PASSAGE_CHARACTERS) -> list[Passage]:
    """Passages in order; together they are the document's text, each at most ``size`` characters.

    A heading without words of its own opens the passage that follows it. Raises ValueError for a size below 1.
    """
    if size < 1:
        raise ValueError(f"a passage needs at least one character, not {size}")
    pieces = [
        (rank, begin, stop)
        for rank, start, end in _joined_headings(document, _own_stretches(document), size)
        if start < end
        for begin, stop in _cut(document.text, start, end, size)
    ]
    return [_passage(document, *piece) for piece in _filled(document, pieces, size)]


def passage_at(passages: Iterable[Passage], position: int) -> Passage:
    """The passage of a document that holds a character of its text. Raises StopIteration where none does."""
    return next(one for one in passages if one.start <= position < one.end)


def section_path_at(document: Document, position: int) -> tuple[str, ...]:
    """The headings over a character of the text; an item inside a paragraph is part of its words."""
    holding = [
        rank
        for rank, section in enumerate(document.sections)
        if not section.inline and section.start <= position < section.end
    ]
    return document.section_path(holding[-1])  # the innermost comes last


def _filled(document: Document, pieces: list[tuple[int, int, int]], size: int) -> list[tuple[int, int, int]]:
    """Let neighbours below one heading share a passage while they fit into it."""
    filled: list[tuple[int, int, int]] = []
    for rank, start, end in pieces:
        if filled and end - filled[-1][1] <= size:
            before, begin, _ = filled[-1]
            shared = _shared_section(document, before, rank)
            if shared is not None:
                filled[-1] = (shared, begin, end)
                continue
        filled.append((rank, start, end))
    return filled


def _shared_section(document: Document, first: int, second: int) -> int | None:
    """The section that is one of the two and holds the other, or the parent of both below the document itself."""
    above = {rank: document.sections[rank].parent for rank in (first, second)}
    if first == second or above[second] == first:
        return first
    parent = above[first]
    if parent is not None and parent == above[second] and document.sections[parent].level > 0:
        return parent
    return None


def _own_stretches(document: Document) -> list[tuple[int, int, int]]:
    """(section, start, end) of the text of each section before its first child; items inside a paragraph stay in it."""
    begun = [(rank, section.start) for rank, section in enumerate(document.sections) if not section.inline]
    ends = [*(start for _, start in begun[1:]), len(document.text)]
    return [(rank, start, end) for (rank, start), end in zip(begun, ends, strict=True)]


def _joined_headings(
    document: Document, stretches: list[tuple[int, int, int]], size: int
) -> list[tuple[int, int, int]]:
    """Let a stretch that is one line and has children run on into the first child's stretch."""
    joined: list[tuple[int, int, int]] = []
    pending: int | None = None
    followers = [*(rank for rank, _, _ in stretches[1:]), None]
    for (rank, start, end), follower in zip(stretches, followers, strict=True):
        begin = start if pending is None else pending
        line = document.text[start:end].strip()
        has_child = follower is not None and document.sections[follower].parent == rank
        if has_child and "\n" not in line and end - begin <= size // 2:
            pending = begin
            continue
        joined.append((rank, begin, end))
        pending = None
    return joined


def _cut(text: str, start: int, end: int, size: int) -> list[tuple[int, int]]:
    """Spans of at most ``size`` characters that end at line, sentence or clause ends where they can."""
    if end - start <= size:
        return [(start, end)]
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        chunk_size=size,
        chunk_overlap=0,
        strip_whitespace=False,
    )
    spans = []
    position = start
    for chunk in splitter.split_text(text[start:end]):
        spans.append((position, position + len(chunk)))
        position += len(chunk)
    return spans


def _passage(document: Document, rank: int, start: int, end: int) -> Passage:
    original_start, original_end = document.alignment.original_span(start, end)
    return Passage(
        passage_id=f"{document.document_id}@{start}",
        document_id=document.document_id,
        source=document.source,
        title=document.title,
        section_path=document.section_path(rank),
        text=document.text[start:end],
        start=start,
        end=end,
        original_start=original_start,
        original_end=original_end,
    )
