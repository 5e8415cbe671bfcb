"""What a quote tells, with what its document says of it: its numbers and their rows, its status, its years."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.answering.checking.stated_numbers import Number, folded, named_by, numbers_of, of_row
from assistant.datamodels import Citation, Goal, GoalStatus, RowQuery, Scope
from assistant.facts.context import GoalContext
from assistant.interfaces import DocumentStore
from assistant.language.divisions import is_division
from assistant.language.places import named_places, stem_of
from assistant.language.titles import told_years
from assistant.language.writing import RANK
from assistant.language.years import TOLD, with_digits


@dataclass(frozen=True)
class Source:
    """A quote with what its document says of it."""

    citation: Citation
    store: DocumentStore

    @cached_property
    def quote(self) -> str:
        """Its words, folded."""
        return folded(self.citation.quote)

    @cached_property
    def above(self) -> str:
        """The headings over it, and the title, place and bureau of its document, folded."""
        about = self.store.facts[self.citation.document_id]
        return folded(" ".join((about.title, *self.citation.section_path, about.place, about.bureau)))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Those of its words, each with its row where it has one, then those that rows alone tell."""
        rows, told = list(self._rows), list[Number]()
        for one in numbers_of(self.quote):
            row = next((row for row in rows if of_row(row).measured == one.measured), None)
            if row is not None:
                rows.remove(row)
            named = named_by(row) if row is not None and one.unit != RANK else one.name
            told.append(replace(one, name=named, row=row))
        return (*told, *map(of_row, rows))

    @cached_property
    def _rows(self) -> list[Goal]:
        query = RowQuery(Scope(documents=frozenset({self.citation.document_id})))
        return [one for one in self.store.rows.goals(query) if self.citation.start < one.end <= self.citation.end]

    @cached_property
    def status(self) -> GoalStatus | None:
        """What a heading over it, or the kind of its document, says of its status; None where neither tells."""
        document = self.store.document(self.citation.document_id)
        rank = bisect_right([one.start for one in document.sections], self.citation.start) - 1
        stretch = GoalContext(document).stretch(rank, self.citation.start)
        return stretch.status if stretch.headed or document.kind == "plan" else None

    @cached_property
    def headed_years(self) -> frozenset[int]:
        """Of its section, else of its document."""
        headed = [int(one) for head in self.citation.section_path for one in TOLD.findall(with_digits(head))]
        return frozenset(headed or told_years(self.citation.title, self.citation.years))

    @cached_property
    def years(self) -> frozenset[int]:
        """Of what it tells: those in its words, those of its rows, and those of its place in the document."""
        own = {int(one) for one in TOLD.findall(self.quote)}
        return self.headed_years | own | {int(one.period[:4]) for one in self._rows if one.period[:4].isdigit()}


@dataclass(frozen=True)
class Sources:
    """The quotes that a sentence stands on."""

    each: tuple[Source, ...]

    @cached_property
    def quotes(self) -> str:
        """Their words."""
        return "\n".join(one.quote for one in self.each)

    @cached_property
    def known(self) -> str:
        """Their words, and what stands over them."""
        return "\n".join(f"{one.quote}\n{one.above}" for one in self.each)

    @cached_property
    def numbers(self) -> tuple[tuple[Number, Source], ...]:
        """The numbers that they tell, each with its source."""
        return tuple((number, one) for one in self.each for number in one.numbers)

    @cached_property
    def places(self) -> frozenset[str]:
        """The places of their documents, with and without suffix."""
        places = {one.citation.place for one in self.each} - {""}
        return frozenset(places | {stem_of(place) for place in places})


def places_in(text: str) -> list[str]:
    """The places that a text names, of the list of divisions."""
    return [one for one in named_places(text) if is_division(one)]


def sources_of(cited: Sequence[Citation], store: DocumentStore) -> Sources:
    """The quotes with what their documents say of them."""
    return Sources(tuple(Source(one, store) for one in cited))
