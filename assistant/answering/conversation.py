"""Follow-up questions: what 那2014年呢? or 第二条展开说说 asks, told by the turns before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.answering.citations import cite, is_valid
from assistant.answering.descriptions import described, named_documents
from assistant.answering.frames import COUNT_FRAME, refusal_text
from assistant.answering.goal_questions import asked_thing
from assistant.answering.guarantee import MARKS
from assistant.answering.lists import LONGEST_MARK
from assistant.answering.questions import INTERROGATIVE, content_tokens, understand
from assistant.answering.scope import DATED, named_places, without_scope
from assistant.datamodels import Answer, Citation, Refusal
from assistant.documents.structure.sections import number_of
from assistant.language.normalization import search_key
from assistant.retrieval.index import HybridIndex

MOST_TURNS = 8
"""How many turns a conversation keeps."""
LEADING = re.compile(r"^(?:那么?|另外|然后|如果)[,，]?")
SHORT_FOLLOW_UP = re.compile(r"^(?:那么?|换成|改成)?[,，]?(?P<what>[^,，?？]{1,30}?)(?:的)?呢[?？]?$")
MORE = re.compile(r"^(?:还有|其他|其余|剩下)(?:的)?(?:呢|吗|什么|哪些|有哪些)?[?？]?$")
ITEM = re.compile(
    r"^(?:那么?|请)?(?:把)?第(?P<number>[一二三四五六七八九十\d]{1,3})"
    r"(?:条|项|个|点|方面|部分|款)(?![^,，?？]*(?:多少|几))"
)
POINTING = re.compile(
    r"(?:它们?|其中?(?!他|余|实)|该(?:项|市|县|区|局|单位|文件|计划)?|这(?:个|项|些|份|里|条|方面|笔)|那(?:个|项|些|份)|上述|前面|刚才"
    r"|第[一二三四五六七八九十\d]+(?:条|项|个|点)(?:里|中)?的?)"
)
ASKING_ONLY = re.compile(
    r"^(?:具体|详细)?(?:是)?(?:怎么|怎样|如何|为什么|为何|什么时候|何时|谁|由谁|哪一?年|多少钱|有?哪些措施|措施有哪些)[^,，]{0,4}[?？]?$"
)
ASKING = re.compile(
    r"(?:的|[,，])?(?:目标|计划|任务)?(?:各?[是为有达]到?|分别)?(?:多少|几|哪|什么|怎么|如何|谁)|(?:[和与])?谁"
)
LEAST_TOKENS = 6
"""Fewer content tokens than these do not make a question of its own."""
ASKING_WORDS = re.compile(r"完成|达到|超过|[了吗]|是否|是不是")


@dataclass(frozen=True)
class Turn:
    """A question as it was understood, and its answer."""

    question: str
    answer: Answer


def kept(turns: tuple[Turn, ...], turn: Turn) -> tuple[Turn, ...]:
    """The turns with one more, without those that a conversation no longer keeps."""
    return (*turns, turn)[-MOST_TURNS:]


def standing(turns: tuple[Turn, ...], index: HybridIndex) -> tuple[Turn, ...]:
    """The turns after the last one whose quotes the index no longer has, because it was built anew since."""
    fallen = [rank for rank, turn in enumerate(turns) if not all(_stands(one, index) for one in turn.answer.citations)]
    return turns[fallen[-1] + 1 :] if fallen else turns


def _stands(citation: Citation, index: HybridIndex) -> bool:
    try:
        return is_valid(citation, index.store.passage_by_id(citation.passage_id))
    except KeyError:
        return False


@dataclass(frozen=True)
class Resolved:
    """A question that stands by itself, the documents it goes on about, and whether it asks about these alone."""

    text: str
    documents: frozenset[str] | None = None
    bound: bool = False


def resolve(text: str, turns: tuple[Turn, ...], index: HybridIndex) -> Resolved:
    """Fill in what a question leaves to the last turn; as it is where it names a place or document of its own."""
    key = search_key(text.strip())
    if not turns or not content_tokens(key):
        return Resolved(text)
    last = search_key(turns[-1].question)
    documents = frozenset(index.store.passage_by_id(one.passage_id).document_id for one in turns[-1].answer.citations)
    short = SHORT_FOLLOW_UP.match(key)
    if short:
        own = _has_scope(short["what"], index)
        exchanged = _exchanged(short["what"], last, own)
        return Resolved(exchanged, None if own else _unless_years(short["what"], documents), bound=not own)
    rest = LEADING.sub("", key)
    if _has_scope(rest, index):
        return Resolved(rest)
    leaning = rest != key or POINTING.search(rest) or ASKING_ONLY.match(rest)
    bound = bool(leaning) or len(content_tokens(INTERROGATIVE.sub(" ", rest))) < LEAST_TOKENS
    thing = _thing(last) if ASKING_ONLY.match(rest) or (bound and not _own_thing(rest)) else ""
    return Resolved(f"{_missing_scope(rest, last)}{thing}{POINTING.sub('', rest)}", documents or None, bound)


def _unless_years(what: str, documents: frozenset[str]) -> frozenset[str] | None:
    """The documents, unless another year is asked for, which other documents may tell."""
    return None if DATED.search(what) else documents or None


def _has_scope(key: str, index: HybridIndex) -> bool:
    """Whether the words name a place or describe a document."""
    question = understand(key)
    named = replace(question, years=())
    return bool(question.places or named_documents(named, index) or described(key, index))


def _own_thing(rest: str) -> bool:
    """Whether a question about a number, or with yes or no, says of what."""
    question = understand(rest)
    if question.kind == "verdict":
        return len(content_tokens(ASKING_WORDS.sub("", rest))) > 1
    return question.kind != "number" or bool(asked_thing(question))


def _exchanged(what: str, last: str, own: bool) -> str:
    """The last question about another year, place or thing: 2014年, 南京市, 发明专利."""
    if content_tokens(without_scope(what)):
        number = understand(last).kind == "number"
        status = "目标" if number and "目标" in last and "目标" not in what else ""
        scope = "".join(() if _years(what) else _years(last)) if own else _missing_scope(what, last)
        return f"{scope}{what}{status}{'是多少' if number else ''}?"
    for names in (_years, _places):
        new, old = names(what), names(last)
        if new:
            for one in old[1:]:
                last = last.replace(one, "", 1)
            last = last.replace(old[0], new[0], 1) if old else new[0] + last
    return last


def _years(key: str) -> list[str]:
    return [match[0] for match in DATED.finditer(key)]


def _places(key: str) -> list[str]:
    return list(named_places(key))


def _thing(last: str) -> str:
    """What the last question asks about: 会员 of 发展了多少会员, 专利申请量 of 某市专利申请量的目标是多少."""
    behind = re.search(r"(?:多少|几)[万亿]*[家件项个名人次处起份元亩户位张]?([\u4e00-\u9fff]{2,})[?？]?$", last)
    if behind:
        return behind[1]
    asking = ASKING.search(last)
    words = last[: asking.start()] if asking else re.sub(r"[?？。]", "", last)
    for name in (*_years(last), *_places(last)):
        words = words.rpartition(name)[2] or words
    return words.strip("的 ,，")


def _missing_scope(rest: str, last: str) -> str:
    """The place and the year of the last question, as far as this one names none."""
    places = [] if _places(rest) else _places(last)
    years = [] if _years(rest) else _years(last)
    return "".join((*places, *years))


def more_items(text: str, turns: tuple[Turn, ...], index: HybridIndex) -> Answer | None:
    """The items that follow the last one quoted under the same heading, for 还有呢; None for another question."""
    if not turns or not turns[-1].answer.citations or not MORE.match(search_key(text.strip())):
        return None
    citation = turns[-1].answer.citations[-1]
    passage = index.store.passage_by_id(citation.passage_id)
    document = index.store.document(passage.document_id)
    own = [rank for rank, part in enumerate(document.sections) if part.start <= citation.start < part.end]
    parent = document.sections[own[-1]].parent if own else None
    following = [part for part in document.sections if part.parent == parent and part.start > citation.start]
    if parent is None or not following:
        refusal = Refusal("absent", "其他内容")
        return Answer(text, refusal_text(refusal), refusal=refusal)
    found: list[Citation] = []
    for part in following:
        found += _paragraphs(passage.document_id, part.start, part.end, len(found), index)
    return _quoted(text, found)


def detail(text: str, turns: tuple[Turn, ...], index: HybridIndex) -> Answer | None:
    """The paragraph of the last quote, for 具体怎么做的? or 为什么?; None for any other, or once quoted."""
    key = LEADING.sub("", search_key(text.strip()))
    if not turns or not turns[-1].answer.citations or not ASKING_ONLY.match(key):
        return None
    citation = turns[-1].answer.citations[-1]
    passage = index.store.passage_by_id(citation.passage_id)
    start = passage.text.rfind("\n", 0, citation.start - passage.start) + 1
    end = passage.text.find("\n", citation.end - passage.start)
    paragraph = (passage.start + start, passage.start + (len(passage.text) if end < 0 else end))
    if paragraph[1] - paragraph[0] <= citation.end - citation.start + LONGEST_MARK:
        return None
    return _quoted(text, _paragraphs(passage.document_id, *paragraph, 0, index))


def expanded_item(text: str, turns: tuple[Turn, ...], index: HybridIndex) -> Answer | None:
    """The whole item that 第二条展开说说 points at in the last answer; None where it points at none."""
    match = ITEM.match(search_key(text.strip()))
    if not match or not turns:
        return None
    listing = next((turn.answer for turn in reversed(turns) if COUNT_FRAME.match(turn.answer.text)), turns[-1].answer)
    lines = [line for line in listing.text.split("\n") if MARKS.search(line) and not line.startswith("\u3000")]
    number = number_of(match["number"]) or 0
    if len(lines) < 2:
        return None
    if not 1 <= number <= len(lines):
        refusal = Refusal("absent", f"第{match['number']}条(共 {len(lines)} 条)")
        return Answer(text, refusal_text(refusal), refusal=refusal)
    mark = MARKS.search(lines[number - 1])
    marker = int(re.findall(r"\d+", mark[1])[0]) if mark else 1
    return _quoted(text, _whole_item(listing.citations[marker - 1], index))


def _quoted(text: str, citations: list[Citation]) -> Answer:
    return Answer(text, "\n".join(f"{one.quote}[{one.marker}]" for one in citations), tuple(citations))


def _whole_item(citation: Citation, index: HybridIndex) -> list[Citation]:
    """The paragraphs of the section that begins with the quote; of a quote that begins none, the quote."""
    document_id = index.store.passage_by_id(citation.passage_id).document_id
    sections = index.store.document(document_id).sections
    begun = [part.end for part in sections if abs(part.start - citation.start) <= LONGEST_MARK]
    return _paragraphs(document_id, citation.start, max([*begun, citation.end]), 0, index)


def _paragraphs(document_id: str, start: int, end: int, marker: int, index: HybridIndex) -> list[Citation]:
    """A citation for each line of ``text[start:end]``, cut where a passage ends; markers go on from ``marker``."""
    found: list[Citation] = []
    for passage in index.store.passages_of(document_id):
        offset = max(passage.start, start)
        stop = min(passage.end, end)
        for line in passage.text[offset - passage.start : stop - passage.start].split("\n") if offset < stop else []:
            words = line.strip()
            if words:
                at = offset + line.index(words)
                found.append(cite(index.store, passage, at, at + len(words), marker + len(found) + 1))
            offset += len(line) + 1
    return found
