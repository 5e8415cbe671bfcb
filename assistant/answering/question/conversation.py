"""Follow-up questions: what 那2014年呢? asks, told by the turns before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering.checking.citations import is_valid
from assistant.answering.evidence.descriptions import described, named_documents
from assistant.answering.library import Library
from assistant.answering.question.understanding import understand
from assistant.answering.question.whole_names import with_whole_names
from assistant.datamodels import Answer, Citation
from assistant.interfaces import DocumentStore
from assistant.language import asking
from assistant.language.asking import LEADING
from assistant.language.normalization import search_key
from assistant.language.places import named_places, without_scope
from assistant.language.tokenization import content_tokens
from assistant.language.years import DATED

MOST_TURNS = 8
"""How many turns a conversation keeps."""
LEAST_TOKENS, LONG_TOKENS = 6, 15
"""Fewer content tokens than these do not make a question of its own."""


@dataclass(frozen=True)
class Turn:
    """A question as it was understood, and its answer."""

    question: str
    answer: Answer
    documents: frozenset[str] | None = None
    """The documents that it goes on about; None for all in scope."""


def kept(turns: tuple[Turn, ...], turn: Turn) -> tuple[Turn, ...]:
    """The turns with one more, without those that a conversation no longer keeps."""
    return (*turns, turn)[-MOST_TURNS:]


def questions_of(messages: Sequence[Mapping[str, str]]) -> list[str]:
    """What the user said in plain messages of ``role`` and ``content``, the last ones that a conversation keeps.

    The replies are not read: an answer of ours is found again from its question.
    """
    asked = [one.get("content") for one in messages if one.get("role") == "user"]
    return [text for text in asked if isinstance(text, str) and text.strip()][-MOST_TURNS:]


def standing(turns: tuple[Turn, ...], store: DocumentStore) -> tuple[Turn, ...]:
    """The turns after the last one whose quotes the index no longer has, because it was built anew since."""
    fallen = [rank for rank, turn in enumerate(turns) if not all(_stands(one, store) for one in turn.answer.citations)]
    return turns[fallen[-1] + 1 :] if fallen else turns


def _stands(citation: Citation, store: DocumentStore) -> bool:
    try:
        return is_valid(citation, store.passage_by_id(citation.passage_id))
    except KeyError:
        return False


@dataclass(frozen=True)
class Reading:
    """A question that stands by itself, and the documents that it goes on about; None for all."""

    text: str
    documents: frozenset[str] | None = None


def readings(text: str, turns: tuple[Turn, ...], library: Library) -> list[Reading]:
    """How a question may be meant after those turns, the likeliest first; the next where one finds no answer.

    Only a question that leans on what was said takes anything from it (那…呢, 它, 还有, a bare year or indicator), and
    never from a refusal. One that is short and names neither place nor document is meant as it stands, or of the
    documents of the last answer.
    """
    key = with_whole_names(search_key(text.strip()), library)
    answers = [turn for turn in turns if turn.answer.state in ("answered", "nearest")]
    if not answers or not content_tokens(key) or asking.is_of_documents(search_key(text.strip())):
        return [Reading(text)]
    last = with_whole_names(search_key(answers[-1].question), library)
    documents = frozenset(one.document_id for one in answers[-1].answer.citations)
    if short := asking.SHORT_FOLLOW_UP.match(key):
        own = _has_scope(short["what"], library)
        return [Reading(_exchanged(short["what"], last, own), None if own else _unless_years(short["what"], documents))]
    rest = LEADING.sub("", key)
    if _has_scope(rest, library):
        return [Reading(rest if rest != key else text)]
    leaning = rest != key or _points_back(rest) or asking.ASKING_ONLY.match(rest) or not _own_thing(rest)
    brief = len(content_tokens(asking.INTERROGATIVE.sub(" ", rest))) < LEAST_TOKENS
    if not leaning and not brief:
        return [Reading(text)]
    thing = _thing(last) if asking.ASKING_ONLY.match(rest) or not _own_thing(rest) else ""
    completed = Reading(f"{_missing_scope(rest, last)}{thing}{asking.POINTING.sub('', rest)}", documents)
    return [completed] if leaning or not asking.ASKS.search(rest) else [Reading(text), completed]


def _points_back(rest: str) -> bool:
    """Whether a word such as 它 or 该市 points out of the question: little stands in front that it may mean.

    那个 at the head of a long question points at what that question says itself.
    """
    found = asking.POINTING.search(rest)
    if found is None or len(content_tokens(rest)) >= LONG_TOKENS:
        return False
    return len(content_tokens(rest[: found.start()])) < LEAST_TOKENS


def _unless_years(what: str, documents: frozenset[str]) -> frozenset[str] | None:
    """The documents, unless another year is asked for, which other documents may tell."""
    return None if DATED.search(what) else documents or None


def _has_scope(key: str, library: Library) -> bool:
    """Whether the words name a place or describe a document."""
    question = understand(key)
    named = named_documents(replace(question, years=()), library)
    return bool(question.places or named or described(question, library))


def _own_thing(rest: str) -> bool:
    """Whether a question about a number, or with yes or no, says of what."""
    question = understand(rest)
    if question.kind == "verdict":
        return len(content_tokens(asking.CLAIM_FRAME.sub("", rest))) > 1
    return question.foreign or question.kind != "number" or bool(question.thing)


def _exchanged(what: str, last: str, own: bool) -> str:
    """The last question about another year, place or thing: 2014年, 南京市, 发明专利."""
    if content_tokens(without_scope(what)):
        number = understand(last).kind == "number"
        status = "目标" if number and "目标" in last and "目标" not in what else ""
        scope = "".join(() if _years(what) else _years(last)) if own else _missing_scope(what, last)
        return f"{scope}{what}{status}{'是多少' if number else ''}?"
    for new, old in ((_years(what), _years(last)), (list(named_places(what)), list(named_places(last)))):
        if new:
            for one in old[1:]:
                last = last.replace(one, "", 1)
            last = last.replace(old[0], new[0], 1) if old else new[0] + last
    return last


def _years(key: str) -> list[str]:
    return [match[0] for match in DATED.finditer(key)]


def _thing(last: str) -> str:
    """What the last question asks about: 会员 of 发展了多少会员, 专利申请量 of 某市专利申请量的目标是多少."""
    behind = asking.THING_BEHIND.search(last)
    if behind:
        return behind[1]
    asks = asking.THING_BEFORE.search(last)
    words = last[: asks.start()] if asks else last.strip("?？。")
    for name in (*_years(last), *named_places(last)):
        words = words.rpartition(name)[2] or words
    return words.strip("的 ,，")


def _missing_scope(rest: str, last: str) -> str:
    """The place and the year of the last question, as far as this one names none."""
    places = [] if named_places(rest) else named_places(last)
    years = [] if _years(rest) else _years(last)
    return "".join((*places, *years))
