"""From source files to documents: decode, repair, drop furniture, split into works, outline, name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.datamodels import Document
from assistant.documents.aligned_text import AlignedText
from assistant.documents.boilerplate import drop_boilerplate
from assistant.documents.loading import read_sources
from assistant.documents.metadata import find_bureau, find_kind, find_place, find_title, find_years
from assistant.documents.normalization import normalize_spaces, simplify
from assistant.documents.passages import split_passages
from assistant.documents.repair import remove_inline_pinyin
from assistant.documents.sections import outline
from assistant.documents.works import split_works
from assistant.errors import UnreadableDocument

__all__ = ["parse_documents", "read_documents", "split_passages"]


def read_documents(
    folder: Path, on_unreadable: Callable[[UnreadableDocument], None] | None = None
) -> Iterator[Document]:
    """The works of every text file below ``folder``.

    A file that cannot be read is handed to ``on_unreadable`` and passed over; without that function its
    UnreadableDocument is raised. Raises CorpusNotFound for a folder without text files.
    """
    for source, original in read_sources(folder, on_unreadable):
        yield from parse_documents(original, source)


def parse_documents(original: str, source: str) -> list[Document]:
    """The works of one file: ``original`` is its decoded content, ``source`` its path below the corpus."""
    aligned = simplify(remove_inline_pinyin(normalize_spaces(AlignedText.from_original(original))))
    aligned, dropped = drop_boilerplate(aligned)
    works = split_works(normalize_spaces(aligned))
    return [
        _document(heading, work, dropped, source, number)
        for number, (heading, work) in enumerate(works, start=1)
        if work.text.strip()
    ]


def _document(heading: str, work: AlignedText, dropped: tuple[str, ...], source: str, number: int) -> Document:
    text = work.text
    title = find_title(heading, text, dropped, source)
    sections = outline(text, title)
    return Document(
        document_id=f"{source}#{number}",
        source=source,
        title=title,
        kind=find_kind(title),
        years=find_years(title, text, sections),
        place=find_place(title, text),
        bureau=find_bureau(title, text),
        text=text,
        alignment=work.alignment(),
        sections=sections,
        repairs=work.repairs,
    )
