"""Whether a number of a written sentence is one of its quotes: of the same thing, bound, time, place and status."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answering.checking.names import name_violations
from assistant.answering.checking.sources import Source, Sources, places_in
from assistant.answering.checking.stated_numbers import Number, clauses
from assistant.language.places import stem_of
from assistant.language.polarity import HAPPENED
from assistant.language.writing import (
    AIMED,
    COMPLETES,
    EXPECTS,
    LAST_YEAR,
    SAYS_DONE,
    SAYS_PLANNED,
    SET_AGAINST,
    UNTIL,
)
from assistant.language.years import COMPARED, PART_OR_WHOLE, YEAR_OR_RELATIVE, months_of


def number_violations(stated: Number, sources: Sources) -> list[str]:
    """What is wrong with a number of a sentence; [] where a quote tells it."""
    same = [(told, source) for told, source in sources.numbers if told.measured == stated.measured]
    if not same:
        return [f"no quote has {stated.around!r}"]
    return min((list(_violations(stated, told, source, sources)) for told, source in same), key=len)


def _violations(stated: Number, told: Number, source: Source, sources: Sources) -> Iterator[str]:
    if told.row and not told.row.claimed:
        yield f"the document does not claim it: {told.row.standing}"
    for kind, one, other in (
        ("bound", stated.bound or stated.listed_bound, told.bound),
        ("change", stated.change, told.change if not stated.refers else stated.change),
        ("points", stated.points, told.points),
        ("each", stated.each, "" if f"每{told.each}" in stated.said and not stated.each else told.each),
    ):
        if one != other:
            yield f"{kind} {one!r}, not {other!r}: {stated.around!r} of {told.around!r}"
    yield from name_violations(stated, told, source, sources)
    yield from _status_violations(stated, told, source, sources)
    yield from _year_violations(stated, told, source)
    yield from _part_violations(stated, told)
    places = places_in(stated.before)
    whose = f"{source.quote}{source.above}{told.row.place if told.row else ''}"
    if places and places[-1][:-1] not in whose and stem_of(source.citation.place or "-") not in stated.around:
        yield f"told of {places[-1]}"


def _status_violations(stated: Number, told: Number, source: Source, sources: Sources) -> Iterator[str]:
    """A plan told as done, or a result as planned, by the nearest words of the sentence that say either."""
    if told.row is None:
        return
    *before, last = clauses(stated.before)
    order = (stated.around, last, *reversed(before))
    says = next((one for clause in order if (one := _says(clause, sources))), "")
    later = {_says(clause, sources) for clause in clauses(stated.behind)}
    says = says or ("achieved" if later - {""} == {"achieved"} else "")
    reports = bool(HAPPENED.search(source.quote) or COMPLETES.search(source.quote))
    aims = source.status == "planned" or bool(SAYS_PLANNED.search(source.quote)) or not reports
    if told.row.status == "projected" and not EXPECTS.search(stated.said):
        yield "projected, told as done"
    if told.row.status == "planned" and aims and says == "achieved":
        yield "planned, told as done"
    if told.row.status == "planned" and SAYS_PLANNED.search(clauses(told.before)[-1]) and not AIMED.search(stated.said):
        yield "an aim, told without saying so"
    done = told.row.status == "achieved" and (source.status == "achieved" or reports)
    if done and says == "planned" and not SAYS_PLANNED.search(sources.quotes):
        yield "done, told as planned"


def _says(clause: str, sources: Sources) -> str:
    """Whether a clause says that something is planned, or, in words that no quote has, that it is done."""
    if SAYS_PLANNED.search(clause):
        return "planned"
    return "achieved" if any(found[0] not in sources.quotes for found in SAYS_DONE.finditer(clause)) else ""


def _year_violations(stated: Number, told: Number, source: Source) -> Iterator[str]:
    """Another year, a year until which no quote goes, last year for a plan, a change against another year."""
    year, told_year = _year_in_force(stated.before), _year_in_force(told.before)
    allowed = (
        {told_year} if told_year.isdigit() else {told.row.period if told.row else "", *map(str, source.headed_years)}
    )
    if year.isdigit() and year not in allowed:
        yield f"of {sorted(allowed)}, told of {year}"
    planned = told.row is not None and told.row.status == "planned"
    if planned and (until := UNTIL.search(stated.around)) and until[1] not in source.quote:
        yield f"told until {until[1]}"
    if planned and LAST_YEAR.fullmatch(year):
        yield "planned, told of last year"
    against, told_against = _set_against(stated.around), _set_against(told.before)
    if against and told_against and against != told_against:
        yield f"against {told_against}, told against {against}"


def _year_in_force(text: str) -> str:
    """The last year of the last clause that names one: 2024, 今, 去; '' where none does."""
    for clause in reversed(clauses(COMPARED.sub("", text))):
        if found := list(YEAR_OR_RELATIVE.finditer(clause)):
            return found[-1][0].removesuffix("年")
    return ""


def _set_against(text: str) -> str:
    """The year that a change is measured against, in the last clause that says one; '' where none does."""
    found = (match for clause in reversed(clauses(text)) if (match := SET_AGAINST.search(clause)))
    return next((match["year"] or "上年" for match in found), "")


def _part_violations(stated: Number, told: Number) -> Iterator[str]:
    """Another part of the year than the quote's, or one of a number of the whole year."""
    part = _part_in_force(stated.before)
    own = told.row.part_of_period if told.row and told.row.part_of_period != "累计" else _part_in_force(told.before)
    timeless = not part and not YEAR_OR_RELATIVE.search(stated.said) and "全年" not in stated.said
    if not timeless and (months_of(part) if part else None) != (months_of(own) if own else None):
        yield f"of {own or 'the year'}, told of {part or 'the year'}"


def _part_in_force(text: str) -> str:
    """The last part of a year that a text names, unless the whole year is named behind it."""
    found = list(PART_OR_WHOLE.finditer(text))
    return (found[-1]["part"] or "") if found else ""
