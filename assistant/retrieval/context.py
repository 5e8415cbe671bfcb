"""What travels with a passage: its title, headings, place, bureau and years, for both legs of a search."""

from __future__ import annotations

from assistant.datamodels import DocumentFacts, Passage
from assistant.language.tokenization import tokenize

CONTEXT_REPEATED = 3


def embedded_text(passage: Passage) -> str:
    """What the encoder reads: the title and headings travel with the passage; what is quoted is the passage."""
    return "\n".join([" › ".join((passage.title, *passage.section_path)), passage.text])


def sparse_tokens(passage: Passage, document: DocumentFacts) -> list[str]:
    """The tokens of a passage with its title, headings, place, bureau and years, which count three times.

    Which report of many look-alikes a passage stands in is told by them alone.
    """
    years = " ".join(f"{year}年" for year in document.years)
    context = " ".join((document.title, document.place, document.bureau, years, *passage.section_path))
    return [*tokenize(passage.text), *CONTEXT_REPEATED * tokenize(context)]
