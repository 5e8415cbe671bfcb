"""Rows that a question about a number asks for: the sentence of a row is better evidence than one that shares words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from assistant.answering.document_scope import in_scope, is_named
from assistant.answering.evidence import Sentence, TermWeights, name_tokens
from assistant.answering.frames import CONTRADICTION_NOTICE, MASKED_NOTICE
from assistant.answering.goal_questions import (
    TOO_COMMON,
    asked_statuses,
    asked_thing,
    asked_words,
    asks_several,
    fits,
    is_keywords,
    order,
    parts_asked,
)
from assistant.answering.questions import Question, evidence_tokens
from assistant.datamodels import DocumentFacts, Goal, GoalStatus, Hit
from assistant.documents.metadata import own_kind
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.facts.pairing import find_contradictions
from assistant.facts.search import RowFilters, passes
from assistant.language.indicator_terms import canonical
from assistant.retrieval.index import HybridIndex
from assistant.retrieval.retriever import Filters

LEAST_TOLD = 0.6
"""Share of an indicator's words that the question must hold, by weight."""
LEAST_ASKED = 0.55
"""Share of the question's words that the rows' sentences must hold, by weight."""
NEAR_ALL = 0.8
"""Or that the words before them in their sections must hold."""
LONGEST_BEFORE = 200
MOST_ROWS = 4
TAIL = 8
"""Characters at the end of an indicator, which name the thing that is counted."""
SAME_INDICATOR = ("masked here, told there", "two values")
HIT_WEIGHT, OWN_YEAR_WEIGHT = 0.2, 0.15
"""A plan of the year asked for knows better than the outlook of the summary before it."""


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
        own_year = any(str(year) in about.title for year in question.years)
        score = share + HIT_WEIGHT * found + OWN_YEAR_WEIGHT * own_year
        if stands and score > most and _in_scope(question, rows[0].goal, index):
            best, most = rows, score
    return [match.goal for match in best] if len(best) >= parts_asked(question) else []


def telling_documents(question: Question, index: HybridIndex, statuses: frozenset[GoalStatus]) -> list[str]:
    """The documents with a row whose indicator is what is asked, word for word; in the order of the index."""
    weights = TermWeights(index)
    thing = canonical(" ".join(question.words))
    found = _by_document(question, index, Filters(), weights, statuses)
    return [name for name, matches in found.items() if any(_name(match.goal) == thing for match in matches)]


def goal_sentences(question: Question, goals: list[Goal], index: HybridIndex) -> list[Sentence]:
    """The sentences of rows, and of those that contradict them, as evidence."""
    others = _contradicting(goals, index)
    notice = CONTRADICTION_NOTICE if others else MASKED_NOTICE if any(goal.masked for goal in goals) else ""
    by_sentence: dict[tuple[str, str], list[Goal]] = defaultdict(list)
    for goal in (*goals, *others):
        by_sentence[goal.passage_id, goal.text].append(goal)
    return [_sentence(question, rows, index, notice) for rows in by_sentence.values()]


def _contradicting(goals: list[Goal], index: HybridIndex) -> list[Goal]:
    """Rows of the same document that say otherwise."""
    of_document = index.goals.of_document(goals[0].document_id) if goals else []
    found = [one for one in find_contradictions(of_document) if one.reason in SAME_INDICATOR]
    sides = [side for one in found if one.first in goals or one.second in goals for side in (one.first, one.second)]
    return [goal for goal in dict.fromkeys(sides) if goal not in goals][: MOST_ROWS - 1]


def _in_scope(question: Question, goal: Goal, index: HybridIndex) -> bool:
    """Whether the row's passage speaks of the places that the question names; its year is told by the row."""
    passage = index.store.passage_by_id(goal.passage_id)
    if not _speaks_of_place(question, goal.document_id, (goal.text, *goal.section_path), index):
        return False
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
        name = _name(goal).rpartition(":")[2]
        own = evidence_tokens(name)
        elsewhere = filters.documents is not None and goal.document_id not in filters.documents
        if elsewhere or TOO_COMMON.fullmatch(name) or asked.isdisjoint(own):
            continue
        told = weights.coverage(own, asked)
        about = facts[goal.document_id]
        if told >= LEAST_TOLD and passes(goal, facts, allowed) and fits(question, goal, about, filters, statuses):
            found[goal.document_id].append(_Match(goal, told, frozenset(own)))
    for matches in found.values():
        matches.sort(key=lambda match: (-match.told, -len(match.own), order(question, match.goal), match.goal.start))
    return found


def supported_by_rows(question: Question, sentences: list[Sentence], index: HybridIndex) -> list[Sentence]:
    """Of sentences that words chose those that may answer a number, each led by the one row of it that fits, where
    others about the same thing do not.

    Left out are headings, and sentences whose rows are about another thing than the one asked, which a row of the
    document names, or of another year, status, place or kind. Where no row names the thing, because the question uses
    words of its own, one that fits is enough. A sentence without rows is not judged.
    """
    if question.kind != "number" or question.foreign:
        return sentences
    thing, statuses = asked_thing(question), asked_statuses(question)
    told: dict[str, list[Goal]] = {}
    supported = []
    for sentence in sentences:
        if sentence.heading or not _of_place(question, sentence, index):
            continue
        document_id = sentence.hit.passage.document_id
        of_document = index.goals.of_document(document_id)
        if document_id not in told:
            told[document_id] = [one for one in of_document if _names(one, thing)]
        rows, related = (
            [one for one in some if sentence.start < one.end <= sentence.end]
            for some in (of_document, told[document_id])
        )
        about = index.store.facts[document_id]
        candidates = related if told[document_id] else rows
        fitting = [one for one in candidates if fits(question, one, about, Filters(), statuses)]
        if rows and not fitting:
            continue
        single = len(fitting) == 1 < len(related)
        supported.append(replace(sentence, lead=_words(fitting[0])) if single else sentence)
    return supported


def _names(goal: Goal, thing: frozenset[str]) -> bool:
    """Whether the end of an indicator, which says what is counted, shares a token with the thing asked."""
    return not thing.isdisjoint(evidence_tokens(_name(goal)[-TAIL:]))


def _name(goal: Goal) -> str:
    """The indicator in the field's words: R&D in per cent, where it does not grow, is its intensity (投入强度)."""
    name = canonical(goal.indicator)
    share = goal.unit == "%" and name in ("研发", "研发投入", "研发经费")
    return "研发投入强度" if share else name


def _of_place(question: Question, sentence: Sentence, index: HybridIndex) -> bool:
    """Whether a place that is not the document's own is named by the sentence or its headings."""
    passage = sentence.hit.passage
    return _speaks_of_place(question, passage.document_id, (sentence.text, *passage.section_path), index)


def _speaks_of_place(question: Question, document_id: str, words: tuple[str, ...], index: HybridIndex) -> bool:
    """Whether the document is of the place asked for, or these words of it name that place."""
    place = question.places[-1] if question.places and not question.compares else ""
    about = index.store.facts[document_id]
    if not place or is_named(place, about):
        return True
    other = about.place or own_kind(index.store.document(document_id).text) not in ("", place[-1])
    return not other or any(place[:-1] in one for one in words)


def _words(goal: Goal) -> str:
    """The words of a row; of a line of a table its name and its number alone."""
    cells = goal.raw.split(CELL_SEPARATOR)
    return goal.raw if len(cells) < 3 else CELL_SEPARATOR.join((cells[0], cells[-1]))


def _needed(question: Question, matches: list[_Match]) -> list[_Match]:
    """The best row; where several are asked, each that names more words of the question, or the other status."""
    if not asks_several(question):
        thing = asked_thing(question)
        return [match for match in matches if not thing or _names(match.goal, thing)][:1]
    asked = frozenset(evidence_tokens(canonical(question.text)))
    needed: list[_Match] = []
    for match in matches:
        held = frozenset().union(*(one.own for one in needed))
        both = question.compares or is_keywords(question)
        other_status = both and all(one.goal.status != match.goal.status for one in needed)
        if not needed or (match.own & asked) - held or other_status:
            needed.append(match)
    return sorted(needed[:MOST_ROWS], key=lambda match: match.goal.start)


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
    names |= {token for place in question.places for token in evidence_tokens(place)}
    wanted = tuple(token for token in asked_words(question) if token not in names)
    words = " ".join((*texts, *(heading for row in rows for heading in row.goal.section_path)))
    held = {token for row in rows for token in row.own} | set(evidence_tokens(words))
    return weights.coverage(wanted, held) if wanted else 0.0


def _sentence(question: Question, goals: list[Goal], index: HybridIndex, notice: str) -> Sentence:
    """The sentence of some rows, led by their words; the words alone where their passage begins inside the sentence."""
    first = goals[0]
    passage = index.store.passage_by_id(first.passage_id)
    begin = max(passage.start, min(goal.start for goal in goals))
    end = max(goal.end for goal in goals)
    words = passage.text[begin - passage.start : end - passage.start]
    at = passage.text.find(first.text, max(0, first.end - passage.start - len(first.text)))
    start, text = (passage.start + at, first.text) if at >= 0 else (begin, words)
    covered = frozenset(question.tokens).intersection(evidence_tokens(text))
    found = Sentence(Hit(1, 1.0, None, None, passage), text, start, start + len(text), 1.0, covered, 0.0, heading=False)
    return replace(found, lead=_words(first) if CELL_SEPARATOR in words else words, named=True, notice=notice)
