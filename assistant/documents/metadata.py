"""What a work is and is about: title, kind, years, place, bureau, number, day of issue; and where each was found."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from assistant.datamodels import DocumentFacts, DocumentKind, Finding, Place, Section
from assistant.language.bodies import BUREAU
from assistant.language.marks import is_numbered
from assistant.language.numbers import digit_by_digit
from assistant.language.places import IN_TITLE, counted_places
from assistant.language.titles import DAMAGED_NUMBER, KINDS, NUMBER, SITE_TITLE, TITLE_WORD
from assistant.language.years import DAY_LINE, told_years, with_digits

SENTENCE_END = re.compile(r"[。；;，,！!?？]")
TITLE_LINES = 15
LEAST_MENTIONS = 3
EDGE_LINES = 25
HEAD_LINES = 8
"""Lines at the top whose title or number is the work's own; further down it may be another's."""


class Found(NamedTuple):
    """A value, where it stands, and whether that place is sure to tell it."""

    value: str
    where: Place = "text"
    certain: bool = False


def describe(
    title: Found, text: str, source: str, sections: tuple[Section, ...]
) -> tuple[DocumentFacts, tuple[Finding, ...]]:
    """The facts about a work, and where each that has a value was found."""
    years, years_found = find_years(title.value, text, sections)
    kind = find_kind(title.value)
    found = {
        "title": title,
        "kind": Found(kind if title.value else "", "title", title.certain and kind != "other"),
        "years": years_found,
        "place": find_place(title.value, text),
        "bureau": find_bureau(title.value, text),
        "number": find_number(text),
        "issued": find_issued(text, years),
    }
    facts = DocumentFacts(
        source=source,
        title=title.value,
        kind=kind,
        years=years,
        place=found["place"].value,
        bureau=found["bureau"].value,
        number=found["number"].value,
        issued=found["issued"].value,
    )
    return facts, tuple(Finding(name, one.where, one.certain) for name, one in found.items() if one.value)


def find_title(heading: str, text: str, dropped: tuple[str, ...], source: str) -> Found:
    """The heading of the work, else a file name that is a title, else a title line, else one that a site named."""
    if heading:
        return Found(heading, "heading of the work", True)
    stem = PurePosixPath(source).stem
    if len(re.findall(r"[\u4e00-\u9fff]", stem)) >= 6 and TITLE_WORD.search(stem):
        return Found(stem, "file name", True)
    lines = [line for line in text.split("\n")[:TITLE_LINES] if 6 <= len(line) <= 45]
    titles = [line for line in lines if TITLE_WORD.search(line) and not SENTENCE_END.search(line)]
    unnumbered = [line for line in titles if not is_numbered(line)]
    if unnumbered:
        return Found(unnumbered[0], "text", unnumbered[0] in text.split("\n")[:HEAD_LINES])
    named = next((match[1] or match[2] for line in dropped if (match := SITE_TITLE.search(line))), "")
    if named:
        return Found(named, "site")
    return Found(stem if re.search(r"[\u4e00-\u9fff]", stem) else "", "file name")


def find_kind(title: str) -> DocumentKind:
    """By the words of the title; a plan or summary that a notice sends out is a plan or summary."""
    return next((kind for kind, pattern in KINDS if pattern.search(title)), "other")


def find_years(title: str, text: str, sections: tuple[Section, ...]) -> tuple[tuple[int, ...], Found]:
    """The years of title and headings, else the one that the first sentences say most."""
    named = told_years(with_digits(title + "\n" + "\n".join(section.heading for section in sections)))
    certain = bool(named)
    if not named:
        named = [year for year, _ in Counter(told_years(with_digits(text[:1500]))).most_common(1)]
    years = tuple(sorted(set(named)))
    return years, Found(" ".join(map(str, years)), "title" if certain else "text", certain)


def find_place(title: str, text: str) -> Found:
    """The city, county or district that the title names, else the one that the text names most, else ''.

    A text that speaks of 我县 belongs to no 市 that it names.
    """
    named = IN_TITLE.search(title)
    if named:
        return Found(named[1], "title", True)
    counts = counted_places(text)
    place, count = counts.most_common(1)[0] if counts else ("", 0)
    return Found(place if count >= LEAST_MENTIONS else "", "text")


def find_bureau(title: str, text: str) -> Found:
    """The bureau that the title names, else the first in the text, else ''."""
    match = BUREAU.search(title)
    if match:
        return Found(match[0], "title", True)
    match = BUREAU.search(text)
    return Found(match[0] if match else "", "text")


def find_number(text: str) -> Found:
    """The number that stands by itself near the top or the end; one inside a sentence is another document's."""
    for rank, line in enumerate(_edge_lines(text)):
        match = NUMBER.fullmatch(line.strip("()（） "))
        if match:
            return Found(re.sub(r"\s", "", match[1]), "text", rank < HEAD_LINES)
    damaged = next((line for line in _edge_lines(text) if DAMAGED_NUMBER.fullmatch(line)), "")
    return Found(damaged, "text")


def find_issued(text: str, years: tuple[int, ...]) -> Found:
    """The date that stands on a line of its own near the top or the end, as YYYY-MM-DD.

    A year that lost its first digits (一三年) is completed from the years of the work, and not certain.
    """
    for line in reversed(_edge_lines(text)):
        match = DAY_LINE.fullmatch(line)
        if not match:
            continue
        year, month, day = (digit_by_digit(part) for part in match.groups())
        certain = year > 99
        if not certain:
            year = next((known for known in years if known % 100 == year), 0)
        try:
            return Found(date(year, month, day).isoformat(), "text", certain)
        except ValueError:
            continue
    return Found("")


def _edge_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.split("\n")]
    return lines if len(lines) <= 2 * EDGE_LINES else lines[:EDGE_LINES] + lines[-EDGE_LINES:]
