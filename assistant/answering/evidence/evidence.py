"""What the documents hold for one question; each part is looked up when first needed, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering.evidence.conflicts import conflict
from assistant.answering.evidence.document_scope import in_scope
from assistant.answering.evidence.rows import Match, asked_goals, candidates, is_asked
from assistant.answering.evidence.sentences import WordReader, has_kind, sentences_of
from assistant.answering.evidence.supporting import supported_by_rows
from assistant.answering.library import Library
from assistant.answering.question.understanding import ALL_STATUSES
from assistant.datamodels import Answer, Goal, GoalStatus, Hit, Question, Scope, Sentence, Standing
from assistant.language.titles import DRAFT

HITS = 8
MOST_QUOTES = 4
NEAR_BEST = 0.75
"""Share of the best sentence's score that one must have to answer where words speak against the best."""
WORTHWHILE_GAIN = 0.18
WORTHWHILE_SCORE = 0.45


@dataclass(frozen=True)
class Evidence:
    """For one question in one scope. ``answerer`` answers it by the kinds of answers below a given one."""

    question: Question
    library: Library
    scope: Scope
    answerer: Callable[[Evidence, str], Answer]
    topic: str = ""
    """More words to search, those of the clause that this one goes on."""

    def answer(self, question: Question, below: str, *, scope: Scope | None = None, topic: str = "") -> Answer:
        """The answer to another question, by the kinds of answers below the one that asks."""
        other = replace(self, question=question, scope=self.scope if scope is None else scope, topic=topic)
        return self.answerer(other, below)

    @cached_property
    def found(self) -> list[Hit]:
        """The passages that the search finds."""
        words = f"{self.question.search_text} {self.topic}".strip()
        return self._final(self.library.retriever.search(words, k=HITS, scope=self.scope))

    def _final(self, hits: list[Hit]) -> list[Hit]:
        """Those of final texts, unless drafts are asked for, or drafts alone are in scope."""
        drafts = self.library.superseded
        if not drafts or DRAFT.search(self.question.key) or drafts.issuperset(self.scope.documents or [""]):
            return hits
        return [hit for hit in hits if hit.document_id not in drafts]

    @cached_property
    def hits(self) -> list[Hit]:
        """Those that speak of the years and places asked for; where there are none, of a search for these alone."""
        question = self.question
        hits = self._in_scope(self.found)
        return hits if hits or not (question.years or question.places or question.names) else self._searched_scope()

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of the hits, scored, best first."""
        library = self.library
        reader = library.reader or WordReader(library.weights, library.store, library.encoder)
        return reader.read(self.question, sentences_of(self.hits))

    @cached_property
    def chosen(self) -> list[Sentence]:
        """The best sentence, then each that adds words of the question which the ones before lack.

        Only a comparison may draw on a second document: words of one and a number of another make no answer.
        """
        chosen: list[Sentence] = []
        held: frozenset[str] = frozenset()
        for sentence in self._unopposed(supported_by_rows(self.question, self.sentences, self.library, self.scope)):
            if len(chosen) == MOST_QUOTES:
                break
            if not chosen or self._adds(sentence, chosen[0], held):
                chosen.append(sentence)
                held |= sentence.covered
        return chosen

    @cached_property
    def near(self) -> list[Sentence]:
        """The sentences that come near the best."""
        best = self.sentences[0].score if self.sentences else 0.0
        return [one for one in self.sentences if one.score >= NEAR_BEST * best and not one.heading]

    def _unopposed(self, sentences: list[Sentence]) -> list[Sentence]:
        """Those that no word of theirs speaks against; none where those that come near the best are all opposed."""
        if self.question.foreign:  # its words tell little: a heading or a sentence without a number is no answer
            number = self.question.kind == "number"
            return [one for one in sentences if not one.heading and (not number or has_kind(self.question, one.text))]
        unopposed = [one for one in sentences if not conflict(self.question, one)]
        return unopposed if unopposed and unopposed[0].score >= NEAR_BEST * sentences[0].score else []

    def _adds(self, sentence: Sentence, first: Sentence, held: frozenset[str]) -> bool:
        question, weights = self.question, self.library.weights
        if sentence.score < WORTHWHILE_SCORE * first.score:
            return False
        if sentence.hit.document_id != first.hit.document_id and not question.compares:
            return False
        gain = weights.coverage(question.tokens, held | sentence.covered) - weights.coverage(question.tokens, held)
        return gain >= WORTHWHILE_GAIN * (1 + sentence.heading)

    @cached_property
    def _candidates(self) -> dict[str, list[Match]]:
        return candidates(self.question, self.found, self.library, self.scope)

    def goals(self, statuses: frozenset[GoalStatus], *, any_year: bool = False) -> list[Goal]:
        """The rows of these statuses that the question asks for; ``any_year`` whatever year it names."""
        question = replace(self.question, years=()) if any_year else self.question
        return asked_goals(question, self._candidates, self.found, self.library, statuses)

    @cached_property
    def unclaimed(self) -> Standing | None:
        """How the document stands to a number that is asked and that it does not claim; None where there is none."""
        goals = (one.goal for of_document in self._candidates.values() for one in of_document if not one.goal.claimed)
        asked = (goal for goal in goals if is_asked(self.question, goal, ALL_STATUSES, self.library))
        return next((goal.standing for goal in asked), None)

    def _in_scope(self, hits: list[Hit]) -> list[Hit]:
        return [hit for hit in hits if in_scope(self.question, hit.passage, self.library.store)]

    def _searched_scope(self) -> list[Hit]:
        """Search the documents of the year or place that the question names, where the first search missed them.

        A scope that was given stays: what the question names only fills the gaps.
        """
        question, hits = self.question, list[Hit]()
        places = self.scope.places or (frozenset({question.places[-1][:-1]}) if question.places else None)
        named: list[frozenset[int] | None] = [frozenset({year}) for year in question.years]
        for years in [self.scope.years] if self.scope.years else named or [None]:
            scope = replace(self.scope, years=years, places=places)
            found = self._final(self.library.retriever.search(question.search_text, k=HITS, scope=scope))
            hits += self._in_scope(found)
        return hits
