"""Rows that a question about a number asks for: the sentence of a row is better evidence than one that shares words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from assistant.answering.evidence import MASKED_NOTICE, UNITS, Sentence, TermWeights, name_tokens
from assistant.answering.questions import Question, evidence_tokens
from assistant.answering.refusals import in_scope
from assistant.answering.scope import named_places
from assistant.datamodels import DocumentFacts, Goal, GoalStatus, Hit
from assistant.documents.indicator_terms import canonical
from assistant.documents.normalization import search_key
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.retrieval.goal_search import RowFilters, passes
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.pairing import dimension, find_contradictions
from assistant.retrieval.retriever import Filters

LEAST_TOLD = 0.6
"""Share of an indicator's words that the question must hold, by weight."""
LEAST_ASKED = 0.55
"""Share of the question's words that the rows' sentences must hold, by weight."""
NEAR_ALL = 0.8
"""Or that the words before them in their sections must hold."""
LONGEST_BEFORE = 600
TOO_COMMON = re.compile(r"企业|项目|单位|人员|干部|目标|基础|村|家|人|.?")
MOST_ROWS = 4
ALL_STATUSES: frozenset[GoalStatus] = frozenset({"planned", "achieved", "projected"})
SAME_INDICATOR = ("masked here, told there", "two values")
CONTRADICTION_NOTICE = "(原文前后不一致,两处一并列出,请核对。)"
HIT_WEIGHT = 0.2
ORDER: dict[GoalStatus, int] = {"planned": 0, "achieved": 1, "projected": 2}
FRAME = re.compile(r"报告|提出|预期|全年|要求|规定|达到|实现|完成|次数|数量|单数|个数")
OCCASION = re.compile(r"第.+[届批期次]")
"""The passage may name it in another sentence; the refusal looks for it there."""
SEVERAL = re.compile(r"[、和及与]|各[是为]")
ASKED_FRAME = re.compile(r"的?目标|计划(?!项目)|实际|各(?=是)|分别")
THING = re.compile(rf"([\u4e00-\u9fff]*?)(?:各?是|为|有|达到?|了)?(?:多少|几)[万亿]*[{UNITS}]?([\u4e00-\u9fff]*)")
TOTAL = re.compile(r"总数|总量|累计|共有|保有|拥有|总计")
NEW = re.compile(r"新增|新认定|新培育|新引进|新建|净增|增加")
SHARE = re.compile(r"占|比重|强度|比例")
PERCENT_ASKED = re.compile(r"强度|占比|比重|增速|增幅|增长率|百分")
GROWTH = re.compile(r"(?:增长|下降|增幅|增速)$")
GROWTH_ASKED = re.compile(r"[增降]|幅|速")
PARTIAL = re.compile(r"[上下]半年|[一二三四1-4]季度|\d{1,2}[-—至到]\d{1,2}月|\d{1,2}月底")
PART = re.compile(r"多少|几[家项件名人次处场起篇单份间元个]")
PLANNED = re.compile(r"目标|计划(?!项目)|预期|打算|力争|将要|次年|明年|准备")
ACHIEVED = re.compile(r"完成|实现了|达到了|实际|已经?|结果|成绩|去年|上年|上一年|了多少|了几")


@dataclass(frozen=True)
class _Match:
    """A row with the share of its indicator that the question holds."""

    goal: Goal
    told: float
    own: frozenset[str]


def asked_goals(
    question: Question,
    hits: list[Hit],
    index: HybridIndex,
    filters: Filters,
    weights: TermWeights,
    statuses: frozenset[GoalStatus],
) -> list[Goal]:
    """The rows of these statuses that the question asks for; [] where no row is what is asked, or a part has none.

    They come from one document: the one whose rows and headings hold most of the question, where two hold the same
    the one that the search found first.
    """
    if question.kind != "number" or question.foreign:
        return []
    best: list[_Match] = []
    most = 0.0
    for document_id, matches in _by_document(question, index, filters, weights, statuses).items():
        rows = _needed(question, matches)
        if not rows:
            continue
        about = index.store.facts[document_id]
        share = _asked_share(question, [row.goal.text for row in rows], rows, about, weights)
        stands = share >= LEAST_ASKED or _asked_share(question, _around(rows, index), rows, about, weights) >= NEAR_ALL
        found = max((hit.score for hit in hits if hit.passage.document_id == document_id), default=0.0)
        if stands and share + HIT_WEIGHT * found > most and _in_scope(question, rows[0].goal, index):
            best, most = rows, share + HIT_WEIGHT * found
    parts = max(len(PART.findall(question.text)), 1 + question.compares)
    return [match.goal for match in best] if len(best) >= parts else []


def goal_sentences(question: Question, goals: list[Goal], index: HybridIndex) -> list[Sentence]:
    """The sentences of rows, and of those that contradict them, as evidence."""
    others = _contradicting(goals, index)
    notice = CONTRADICTION_NOTICE if others else MASKED_NOTICE if any(goal.masked for goal in goals) else ""
    by_sentence: dict[tuple[str, str], list[Goal]] = defaultdict(list)
    for goal in (*goals, *others):
        by_sentence[goal.passage_id, goal.text].append(goal)
    found = (_sentence(question, rows, index, notice) for rows in by_sentence.values())
    return [sentence for sentence in found if sentence is not None]


def _contradicting(goals: list[Goal], index: HybridIndex) -> list[Goal]:
    """Rows of the same document that say otherwise."""
    of_document = index.goals.of_document(goals[0].document_id) if goals else []
    found = [one for one in find_contradictions(of_document) if one.reason in SAME_INDICATOR]
    sides = [side for one in found if one.first in goals or one.second in goals for side in (one.first, one.second)]
    return [goal for goal in dict.fromkeys(sides) if goal not in goals][: MOST_ROWS - 1]


def _in_scope(question: Question, goal: Goal, index: HybridIndex) -> bool:
    """Whether the row's passage speaks of the places that the question names; its year is told by the row."""
    passage = index.store.passage_by_id(goal.passage_id)
    return in_scope(replace(question, years=()), Hit(1, 1.0, None, None, passage), index)


def _by_document(
    question: Question, index: HybridIndex, filters: Filters, weights: TermWeights, statuses: frozenset[GoalStatus]
) -> dict[str, list[_Match]]:
    """The rows whose indicator the question names, best named first, by document."""
    facts = index.store.facts
    allowed = RowFilters(place=filters.place, source=filters.source)
    asked = set(evidence_tokens(canonical(question.text)))
    found: dict[str, list[_Match]] = defaultdict(list)
    for goal in index.goals.goals:
        name = canonical(goal.indicator).rpartition(":")[2]
        own = evidence_tokens(name)
        if TOO_COMMON.fullmatch(name) or asked.isdisjoint(own):
            continue
        told = weights.coverage(own, asked)
        about = facts[goal.document_id]
        if told >= LEAST_TOLD and passes(goal, facts, allowed) and _fits(question, goal, about, filters, statuses):
            found[goal.document_id].append(_Match(goal, told, frozenset(own)))
    for matches in found.values():
        matches.sort(key=lambda match: (-match.told, -len(match.own), _order(question, match.goal), match.goal.start))
    return found


def _order(question: Question, goal: Goal) -> tuple[bool, int]:
    """Rows of a part of the year come last where the question asks for none, then by status."""
    partial = bool(PARTIAL.search(goal.raw)) and not PARTIAL.search(question.text)
    return partial, ORDER[goal.status]


def supported_by(question: Question, sentence: Sentence, index: HybridIndex) -> Sentence | None:
    """A sentence that words chose, led by the one row of it that fits, where others about the same thing do not.

    None for a heading, and where its rows about the thing asked are of another year, status, place or kind; where no
    row shares the words of the question, which may use its own, one that fits is enough. A sentence without rows is
    not judged.
    """
    if question.kind != "number" or question.foreign:
        return sentence
    if sentence.heading or not _of_place(question, sentence, index):
        return None
    document_id = sentence.hit.passage.document_id
    rows = [one for one in index.goals.of_document(document_id) if sentence.start < one.end <= sentence.end]
    about, thing, statuses = index.store.facts[document_id], asked_thing(question), asked_statuses(question)
    related = [one for one in rows if not thing.isdisjoint(evidence_tokens(canonical(one.indicator)))]
    fitting = [one for one in related or rows if _fits(question, one, about, Filters(), statuses)]
    if rows and not fitting:
        return None
    return replace(sentence, lead=_words(fitting[0])) if len(fitting) == 1 < len(related) else sentence


def _of_place(question: Question, sentence: Sentence, index: HybridIndex) -> bool:
    """Whether a place that is not the document's own is named by the sentence or its headings."""
    passage = sentence.hit.passage
    about = index.store.facts[passage.document_id]
    stem = question.places[-1][:-1] if question.places and not question.compares else ""
    if not about.place or stem in about.place or stem in about.title:
        return True
    return any(stem in words for words in (sentence.text, *passage.section_path))


def _words(goal: Goal) -> str:
    """The words of a row; of a line of a table its name and its number alone."""
    cells = goal.raw.split(CELL_SEPARATOR)
    return goal.raw if len(cells) < 3 else CELL_SEPARATOR.join((cells[0], cells[-1]))


def _needed(question: Question, matches: list[_Match]) -> list[_Match]:
    """The best row; where several are asked, each that names more words of the question, or the other status."""
    if not question.compares and len(PART.findall(question.text)) < 2 and not SEVERAL.search(question.text):
        thing = asked_thing(question)
        return [match for match in matches if not thing or match.own & thing][:1]
    asked = frozenset(evidence_tokens(canonical(question.text)))
    needed: list[_Match] = []
    for match in matches:
        held = frozenset().union(*(one.own for one in needed))
        other_status = question.compares and all(one.goal.status != match.goal.status for one in needed)
        if not needed or (match.own & asked) - held or other_status:
            needed.append(match)
    return sorted(needed[:MOST_ROWS], key=lambda match: match.goal.start)


def asked_thing(question: Question) -> frozenset[str]:
    """Tokens of the end of the words before 多少 and of those behind it: 销售额 is asked in 签约项目销售额多少."""
    text = canonical(FRAME.sub("", ASKED_FRAME.sub("", search_key(question.text))))
    found = THING.search(text)
    parts = (found[1][-3:], found[2]) if found else ()
    tokens = frozenset(token for part in parts for token in evidence_tokens(canonical(part)))
    return frozenset(token for token in tokens if not TOO_COMMON.fullmatch(token)) or tokens


def _around(rows: list[_Match], index: HybridIndex) -> list[str]:
    """The words before each row in its section, where an occasion or a year may be named that goes on to count."""
    texts = []
    for row in rows:
        document = index.store.document(row.goal.document_id)
        begin = document.sections[row.goal.section].start
        texts.append(document.text[max(begin, row.goal.end - LONGEST_BEFORE) : row.goal.end])
    return texts


def _asked_share(
    question: Question, texts: list[str], rows: list[_Match], about: DocumentFacts, weights: TermWeights
) -> float:
    """Share of the question's words, but for those that name the document, that texts and headings of the rows hold."""
    names = set(name_tokens(about))
    asked = evidence_tokens(" ".join(canonical(FRAME.sub(" ", word)) for word in question.words))
    names |= {token for place in question.places for token in evidence_tokens(place)}
    wanted = tuple(token for token in asked if token not in names)
    words = " ".join((*texts, *(heading for row in rows for heading in row.goal.section_path)))
    held = {token for row in rows for token in row.own} | set(evidence_tokens(words))
    return weights.coverage(wanted, held) if wanted else 0.0


def _fits(
    question: Question, goal: Goal, about: DocumentFacts, filters: Filters, statuses: frozenset[GoalStatus]
) -> bool:
    """Whether a row is of the years, kinds of document, qualifiers, unit and status that are asked."""
    years = {int(year) for year in re.findall(r"(?:19|20)\d\d", goal.period)} or set(about.years)
    words = goal.indicator + goal.raw
    return (
        (not question.years or not years.isdisjoint(question.years))
        and (filters.year is None or filters.year in about.years)
        and (filters.kind is None or about.kind == filters.kind)
        and all(word in words or OCCASION.fullmatch(word) for word in question.qualifiers)
        and (not question.unit or dimension(goal.unit) == dimension(question.unit))
        and goal.status in statuses
        and _counts_the_same(question.text, words, goal)
    )


def _counts_the_same(question: str, words: str, goal: Goal) -> bool:
    """Whether both speak of one place, of shares or not, of growth or not, of what is new or of all there is."""
    asked, told = named_places(question), named_places(words)
    if asked and told and {place[:2] for place in asked}.isdisjoint(place[:2] for place in told):
        return False
    several = len(PART.findall(question)) > 1
    if SHARE.search(goal.indicator) and not SHARE.search(question):
        return False
    if PERCENT_ASKED.search(question) and "%" not in goal.unit and not several:
        return False
    if GROWTH.search(goal.indicator) and not GROWTH_ASKED.search(question):
        return False
    if TOTAL.search(question):
        return bool(TOTAL.search(words) or not NEW.search(words))
    return not NEW.search(question) or bool(NEW.search(words))


def asked_statuses(question: Question) -> frozenset[GoalStatus]:
    """What the question asks of a row: planned, achieved or projected; all where it does not say."""
    planned, achieved = bool(PLANNED.search(question.text)), bool(ACHIEVED.search(question.text))
    if planned == achieved:
        return ALL_STATUSES
    return frozenset({"planned", "projected"}) if planned else frozenset({"achieved"})


def _sentence(question: Question, goals: list[Goal], index: HybridIndex, notice: str) -> Sentence | None:
    """The sentence of some rows in its passage, led by their words; None where a passage ends inside it."""
    first = goals[0]
    passage = index.store.passage_by_id(first.passage_id)
    at = passage.text.find(first.text, max(0, first.end - passage.start - len(first.text)))
    if at < 0:
        return None
    begin = max(0, min(goal.start for goal in goals) - passage.start)
    words = passage.text[begin : max(goal.end for goal in goals) - passage.start]
    words = _words(first) if CELL_SEPARATOR in words else words
    covered = frozenset(question.tokens).intersection(evidence_tokens(first.text))
    start, end = passage.start + at, passage.start + at + len(first.text)
    hit = Hit(1, 1.0, None, None, passage)
    return Sentence(
        hit, first.text, start, end, 1.0, covered, 0.0, heading=False, lead=words, named=True, notice=notice
    )
