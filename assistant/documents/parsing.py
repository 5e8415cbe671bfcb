"""From the text of a file to documents: repair, drop furniture, split into works, outline, describe."""

from __future__ import annotations

import numpy as np

from assistant.datamodels import Document, SourceText
from assistant.documents.cleaning.aligned_text import AlignedText, Edit
from assistant.documents.cleaning.boilerplate import drop_boilerplate
from assistant.documents.cleaning.normalization import (
    join_spaced,
    mark_doubtful_numbers,
    normalize_spaces,
    simplify,
)
from assistant.documents.cleaning.repair import repair
from assistant.documents.metadata import describe
from assistant.documents.structure.sections import outline
from assistant.documents.structure.tables import tables_of
from assistant.documents.structure.works import split_works
from assistant.documents.titles import find_title

PARSER = 6
"""Rises with every change that makes other documents of the same files: an index then reads them all again."""


def parse_documents(content: SourceText | str, source: str) -> list[Document]:
    """The works of one file: ``content`` is what a reader made of it, ``source`` its path below the corpus."""
    if isinstance(content, str):
        content = SourceText(content, "utf-8")
    aligned = AlignedText.from_original(content.text).apply(Edit(start, end, "") for start, end in content.markup)
    aligned, furniture = drop_boilerplate(
        mark_doubtful_numbers(simplify(repair(join_spaced(normalize_spaces(aligned)))))
    )
    dropped = (*content.dropped, *furniture)
    works = split_works(normalize_spaces(aligned))
    return [
        _document(heading, work, content, dropped, source, number)
        for number, (heading, work) in enumerate(works, start=1)
        if work.text.strip()
    ]


def _document(
    heading: str, work: AlignedText, content: SourceText, dropped: tuple[str, ...], source: str, number: int
) -> Document:
    text = work.text
    title = find_title(heading, text, dropped, source)
    styled = {int(np.searchsorted(work.starts, offset)): level for offset, level in content.headings}
    sections = outline(text, title.value, styled)
    facts, findings = describe(title, text, source, sections)
    return Document(
        **vars(facts),
        document_id=f"{source}#{number}",
        text=text,
        alignment=work.alignment(),
        sections=sections,
        repairs=work.repairs,
        findings=findings,
        tables=tables_of(work, content.tables),
        dropped=dropped,
    )
