"""Let a language model put a question into the words of the documents, where the question alone found no answer.

What it makes of it is shown and can be undone; it may not change which year, place or number is asked for.
"""

from __future__ import annotations

import re

from assistant.answering.question.checking import LONGEST_QUESTION
from assistant.answering.question.conversation import Turn
from assistant.answering.writing.replies import without_thoughts
from assistant.errors import GenerationError
from assistant.interfaces import Messages, Writer
from assistant.language.frames import REWRITING
from assistant.language.normalization import search_key
from assistant.language.places import named_places
from assistant.language.years import named_years, with_full_years

MOST_TURNS = 3
"""Questions before this one that the model is told."""
FIGURE = re.compile(r"\d+")
QUOTES = "“”\"'「」 \n"


def rewritten(question: str, turns: tuple[Turn, ...], model: Writer) -> str:
    """The question in words of the documents; '' where the model has none that asks for the same.

    What it may name is told by the question and the ones before it.
    """
    try:
        reply = without_thoughts("".join(model.stream(_messages(question, turns)))).strip()
    except GenerationError:
        return ""  # the question as it stands is answered all the same
    line = reply.splitlines()[0].strip(QUOTES) if reply else ""
    told = " ".join((*(turn.question for turn in turns[-MOST_TURNS:]), question))
    if not line or len(line) > LONGEST_QUESTION or line == question.strip() or not _asks_the_same(line, question, told):
        return ""
    return line


def _messages(question: str, turns: tuple[Turn, ...]) -> Messages:
    before = "".join(f"前面问过:{turn.question}\n" for turn in turns[-MOST_TURNS:])
    return [{"role": "system", "content": REWRITING}, {"role": "user", "content": f"{before}问题:{question}"}]


def _asks_the_same(line: str, question: str, told: str) -> bool:
    """Whether it keeps every year and place of the question, and names none, and no number, that was not named."""
    new, asked, known = (with_full_years(search_key(text)) for text in (line, question, told))
    kept = set(named_years(asked)) <= set(named_years(new)) and all(place in new for place in named_places(asked))
    added = set(FIGURE.findall(new)) - set(FIGURE.findall(known))
    return kept and not added and all(place in known for place in named_places(new))
