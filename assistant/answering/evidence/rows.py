"""Rows that a question about a number asks for: the sentence of a row is better evidence than one that shares words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from assistant.answering.evidence.document_scope import calls_itself, lies_in_all, owns, place_fits
from assistant.answering.evidence.fitting import fits, order
from assistant.answering.evidence.sentences import scope_tokens
from assistant.answering.library import Library
from assistant.datamodels import (
    DocumentFacts,
    Goal,
    GoalStatus,
    Hit,
    Question,
    RowQuery,
    Scope,
)
from assistant.facts.naming import counted_name, row_name
from assistant.language import asking
from assistant.language.normalization import HAN
from assistant.language.places import LEVEL_ALONE
from assistant.language.synonyms import canonical
from assistant.language.titles import DRAFT
from assistant.language.tokenization import evidence_tokens

LEAST_TOLD = 0.6
"""Share of an indicator's words that the question must hold, by weight."""
LEAST_ASKED = 0.55
"""Share of the question's words that the rows' sentences must hold, by weight."""
NEAR_ALL = 0.8
"""Or that the words before them in their sections must hold."""
LONGEST_BEFORE = 200
MOST_ROWS = 4
MOST_CANDIDATES = 400
"""Rows outside the passages found that are looked at, those first whose indicator is told best."""
LEAST_CHARACTERS, SHORTEST_NAME = 0.6, 4
"""Share of the characters of an indicator, and how many it must have, for them to name it in whatever order."""
TAIL = 8
"""Characters at the end of an indicator, which name the thing that is counted."""
HIT_WEIGHT, OWN_YEAR_WEIGHT = 0.2, 0.15
"""A plan of the year asked for knows better than the outlook of the summary before it."""


@dataclass(frozen=True)
class Match:
    """A row with the share of its indicator that the question holds, and the tokens of that indicator."""

    goal: Goal
    told: float
    own: frozenset[str]


def candidates(question: Question, hits: list[Hit], library: Library, scope: Scope) -> dict[str, list[Match]]:
    """The rows in scope whose indicator the question names, by document: those of the documents found, then others."""
    if question.kind != "number" or question.foreign:
        return {}
    named = library.store.rows.named(question.indicator_tokens, LEAST_TOLD)
    if not named:
        return {}
    found: dict[str, Goal] = {}
    own = replace(scope, documents=_within(scope.documents, {hit.document_id for hit in hits}))
    for one, most in ((own, None), (scope, MOST_CANDIDATES)):
        rows = library.store.rows.goals(RowQuery(one, names=list(named)))
        found |= {goal.goal_id: goal for goal in islice(rows, most)}
    by_document: dict[str, list[Match]] = defaultdict(list)
    ranks = {name: rank for rank, name in enumerate(library.store.facts)}
    drafts = frozenset() if DRAFT.search(question.key) else library.superseded
    drafts = frozenset() if drafts.issuperset(scope.documents or [""]) else drafts
    shown = (goal for goal in found.values() if goal.document_id not in drafts)
    for goal in sorted(shown, key=lambda goal: (ranks[goal.document_id], goal.end, goal.start)):
        name = counted_name(goal.indicator, goal.unit)
        by_document[goal.document_id].append(Match(goal, named[name], frozenset(evidence_tokens(name))))
    return by_document


def _within(documents: frozenset[str] | None, found: set[str]) -> frozenset[str]:
    return frozenset(found if documents is None else documents & found)


def asked_goals(
    question: Question,
    by_document: dict[str, list[Match]],
    hits: list[Hit],
    library: Library,
    statuses: frozenset[GoalStatus],
) -> list[Goal]:
    """The rows of these statuses that the question asks for; [] where no row is what is asked, or a part has none.

    They come from one document: the one whose rows and headings hold most of the question, where two hold the same
    the one that the search found first.
    """
    best: list[Match] = []
    most = 0.0
    scores: dict[str, float] = {}
    for hit in hits:
        scores[hit.document_id] = max(hit.score, scores.get(hit.document_id, 0.0))
    for document_id, matches in by_document.items():
        about = library.store.facts[document_id]
        rows = _needed(question, _fitting(question, matches, about, statuses, library))
        if not rows:
            continue
        share = _asked_share(
            question, [" ".join((row.goal.text, *row.goal.heads)) for row in rows], rows, about, library
        )
        own_year = any(str(year) in about.title for year in question.years)
        score = share + HIT_WEIGHT * scores.get(document_id, 0.0) + OWN_YEAR_WEIGHT * own_year
        if score <= most:
            continue
        # Last, because it reads the document: the words before the rows.
        if share >= LEAST_ASKED or _asked_share(question, _around(rows, library), rows, about, library) >= NEAR_ALL:
            best, most = rows, score
    return [match.goal for match in best] if len(best) >= max(question.parts, 1 + question.compares) else []


def _fitting(
    question: Question, matches: list[Match], about: DocumentFacts, statuses: frozenset[GoalStatus], library: Library
) -> list[Match]:
    """Those of a document that fit, best named first."""
    fitting = [match for match in matches if match.goal.claimed and is_asked(question, match.goal, statuses, library)]
    return sorted(
        fitting,
        key=lambda match: (
            match.goal.place != about.place and not question.places,
            *(-match.told, -len(match.own), order(question, match.goal, about), match.goal.start),
        ),
    )


def telling_documents(question: Question, library: Library) -> Iterator[str]:
    """The documents with a row whose indicator is what is asked, word for word; in the order of the index."""
    thing = canonical(" ".join(question.words))
    told: set[str] = set()
    for goal in library.store.rows.goals(RowQuery(names=[thing])):
        about = library.store.facts[goal.document_id]
        same = row_name(goal.indicator, goal.unit) == thing and goal.document_id not in told
        if same and fits(question, goal, about, question.statuses):
            told.add(goal.document_id)
            yield goal.document_id


def is_asked(question: Question, goal: Goal, statuses: frozenset[GoalStatus], library: Library) -> bool:
    """Whether a row is of the years, statuses, kind and place that are asked, whatever its standing."""
    about = library.store.facts[goal.document_id]
    return fits(question, goal, about, statuses) and in_place(question, goal, library)


def in_place(question: Question, goal: Goal, library: Library) -> bool:
    """Whether the row is of the place that the question names; where it names none, of the whole of its document."""
    about = library.store.facts[goal.document_id]
    if question.names:
        return place_fits(question, library.store.passage_by_id(goal.passage_id), library.store)
    if LEVEL_ALONE.search(goal.place) or LEVEL_ALONE.search(question.key):
        return bool(LEVEL_ALONE.search(goal.place) and LEVEL_ALONE.search(question.key))
    places = question.places if question.compares else question.places[-1:]
    if any(place[:-1] in head for place in places for head in goal.heads):
        return True  # a head may spread the characters of a name
    if not question.compares and not lies_in_all(question.places, about):
        return False
    return not places or any(
        owns(place, goal, about) or (not goal.place and calls_itself(place, about, library.store, goal.document_id))
        for place in places
    )


def named_share(goal: Goal, question: Question) -> float:
    """How far a question names what a row counts: ``thing_share``, or the share of the characters of its indicator
    that the question holds in whatever order, where that is most of them.
    """
    characters = set("".join(HAN.findall(row_name(goal.indicator, goal.unit))))
    told = len(characters.intersection(question.key)) / max(1, len(characters))
    most = told if told >= LEAST_CHARACTERS and len(characters) >= SHORTEST_NAME else 0.0
    return max(thing_share(goal, question), most)


def thing_share(goal: Goal, question: Question) -> float:
    """Share of the thing asked that the end of an indicator holds; of a row of a table any part of its name."""
    name = row_name(goal.indicator, goal.unit)
    held = question.thing.intersection(evidence_tokens(name if goal.heads else name[-TAIL:]))
    return len(held) / max(1, len(question.thing))


def _needed(question: Question, matches: list[Match]) -> list[Match]:
    """The best row; where several are asked, each that names more words of the question, or the other status."""
    if not question.several:
        return [match for match in matches if not question.thing or named_share(match.goal, question)][:1]
    needed: list[Match] = []
    for match in matches:
        held = frozenset().union(*(one.own for one in needed))
        both = question.compares or question.keywords
        other_status = both and all(one.goal.status != match.goal.status for one in needed)
        if not needed or (match.own & question.indicator_tokens) - held or other_status:
            needed.append(match)
    return sorted(needed[:MOST_ROWS], key=lambda match: match.goal.start)


def _around(rows: list[Match], library: Library) -> list[str]:
    """The words before each row in its section, where an occasion or a year may be named that goes on to count."""
    texts = []
    for row in rows:
        document = library.store.document(row.goal.document_id)
        begin = document.sections[row.goal.section].start
        texts.append(document.text[max(begin, row.goal.end - LONGEST_BEFORE) : row.goal.end])
    return texts


def _asked_share(
    question: Question, texts: list[str], rows: list[Match], about: DocumentFacts, library: Library
) -> float:
    """Share of the question's words, but for those that name the document, that texts and headings of the rows hold."""
    names = scope_tokens(question, about)
    wanted = [token for token in question.asked_tokens if token not in names]
    words = " ".join((*texts, *(heading for row in rows for heading in row.goal.section_path)))
    held = {token for row in rows for token in row.own} | set(evidence_tokens(words))
    share = library.weights.coverage(wanted, held)
    if not all(row.goal.heads for row in rows):
        return share
    # A question runs the parts of a name together in any order, and the table's title names some of them.
    told = set("".join((about.title, about.place, words, *(row.goal.indicator for row in rows))))
    asked = [one for word in question.words for one in asking.FRAME_OF_NUMBER.sub("", word)]
    return max(share, sum(one in told for one in asked) / len(asked) if asked else 0.0)
