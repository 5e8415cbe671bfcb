"""What the page says of itself before anything is asked: which documents there are, and questions that they answer."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable

from assistant.answering.answers import answer_turn
from assistant.answering.evidence.examples import example_questions
from assistant.answering.question.conversation import Turn, kept
from assistant.assistant import Assistant
from assistant.datamodels import Answer, DocumentFacts
from assistant.interfaces import EVERYTHING
from assistant.page.reading.reader import address_of
from assistant.records import DOCUMENT_KIND_WORDS

NAMED = 8
"""Places and years that are named; of more the number is told."""


def overview(assistant: Assistant) -> str:
    """How many documents, of which years, places and kinds, and a list of them by title, as HTML for Markdown."""
    facts = assistant.documents()
    about = list(facts.values())
    parts = [f"{len({one.source for one in about})} 个文件、{len(about)} 篇", _years(about)]
    parts.append(_named(one.place for one in about))
    kinds = Counter(one.kind for one in about)
    parts += [",".join(f"{name} {kinds[kind]} 篇" for kind, name in DOCUMENT_KIND_WORDS.items() if kinds[kind])]
    rows = "".join(_row(name, one) for name, one in facts.items())
    told = html.escape(";".join(part for part in parts if part))
    return f"<p>馆藏:{told}。</p><details class='catalogue'><summary>文件目录</summary><ul>{rows}</ul></details>"


def checked_examples(assistant: Assistant) -> list[str]:
    """Questions that the documents answer without a model, alone and when they are asked one after the other."""
    library, turns = assistant.library, tuple[Turn, ...]()

    def asked(question: str) -> Answer:
        nonlocal turns
        alone = answer_turn(question, library, EVERYTHING, ())
        after = answer_turn(question, library, EVERYTHING, turns) if turns else alone
        if after.question != question or not after.answer.answered:
            return after.answer
        if alone.answer.answered:
            turns = kept(turns, after)
        return alone.answer

    return example_questions(library.store, asked)


def years_of(about: Iterable[DocumentFacts]) -> list[int]:
    """Years that documents are about, the last first."""
    return sorted({year for one in about for year in one.years}, reverse=True)


def _years(about: list[DocumentFacts]) -> str:
    years = years_of(about)[::-1]
    if len(years) > NAMED:
        return f"{years[0]}—{years[-1]} 年中的 {len(years)} 年"
    return f"{'、'.join(map(str, years))} 年" if years else ""


def _named(places: Iterable[str]) -> str:
    names = sorted({one for one in places if one})
    return f"{len(names)} 个地区" if len(names) > NAMED else "、".join(names)


def _row(name: str, about: DocumentFacts) -> str:
    years = "、".join(map(str, about.years))
    where = " ".join(part for part in (about.place, f"{years} 年" if years else "") if part)
    link = f"<a class='whole' href='{html.escape(address_of(name))}'>{html.escape(about.called)}</a>"
    return f"<li>{link} <small>{html.escape(where)}</small></li>"
