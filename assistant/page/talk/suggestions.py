"""What can be done next with an answer that is none: buttons below it that ask another way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.datamodels import Answer, DocumentFacts
from assistant.language.years import DATED, told_years
from assistant.page.talk.exchanges import Asked, Exchange
from assistant.page.talk.filters import Filters

MOST_YEARS = 4
ANEW, UNFILTERED, SEARCH = "anew", "unfiltered", "search"
Option = dict[str, str]


def suggestions(exchange: Exchange, facts: Mapping[str, DocumentFacts]) -> list[Option]:
    """Buttons as Gradio takes them: a label, and what ``asked_again`` makes a question of."""
    answer, question = exchange.answer, exchange.question
    if answer is None or answer.state not in ("refused", "nearest"):
        return []
    options = [
        (f"改问 {year} 年", f"{ANEW}:{_of_year(question, year)}") for year in _years_told(question, answer, facts)
    ]
    if any(exchange.asked.filters):
        options.append(("去掉筛选再问", f"{UNFILTERED}:{question}"))
    options.append(("只检索相关段落", f"{SEARCH}:{question}"))
    return [{"label": label, "value": value} for label, value in options]


def asked_again(value: str, filters: Filters) -> Asked:
    """The question that a button asks."""
    what, _, text = value.partition(":")
    asked = Asked(text, filters, alone=True)
    return replace(asked, searching=what == SEARCH, filters=Filters() if what == UNFILTERED else filters)


def _years_told(question: str, answer: Answer, facts: Mapping[str, DocumentFacts]) -> list[int]:
    """The years that there are of the place that is asked for, or of the nearest documents, the last first.

    None where the question names no year, or the year is not what it lacks.
    """
    refusal = answer.refusal
    asked = told_years(question)
    if refusal is None or refusal.reason != "wrong_year" or not asked:
        return []
    of_place = [one for one in facts.values() if one.place and one.place in question]
    about = of_place or [facts[hit.document_id] for hit in refusal.nearest]
    years = {year for one in about for year in one.years} - set(asked)
    return sorted(years, reverse=True)[:MOST_YEARS]


def _of_year(question: str, year: int) -> str:
    """The question about another year."""
    return DATED.sub(f"{year}年", question, count=1)
