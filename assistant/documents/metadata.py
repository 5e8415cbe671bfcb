"""What a work is and is about: title, kind, years, place, bureau, number, day of issue; and where each was found."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from assistant.datamodels import DocumentFacts, DocumentKind, Finding, Section
from assistant.documents.titles import HEAD_LINES, Found, named_by_file
from assistant.language.bodies import BUREAU
from assistant.language.divisions import short_provinces
from assistant.language.numbers import digit_by_digit
from assistant.language.places import LEAST_NAMED, body_place, counted_places, own_place
from assistant.language.titles import BEFORE_BODY, DAMAGED_NUMBER, DRAFT, KINDS, NUMBER
from assistant.language.years import DAY_LINE, titled_years, told_years, with_digits

EDGE_LINES = 25
FIRST_LINES = 3
"""Lines at the top that may be a title without any word of one."""
LONGEST_BODY_LINE = 45
LONGEST_TITLE_LINE = 100


def describe(
    title: Found, text: str, source: str, sections: tuple[Section, ...]
) -> tuple[DocumentFacts, tuple[Finding, ...]]:
    """The facts about a work, and where each that has a value was found."""
    years, years_found = find_years(title.value, text, sections, source)
    kind = find_kind(title.value)
    found = {
        "title": title,
        "kind": Found(kind if title.value else "", "title", title.certain and kind != "other"),
        "years": years_found,
        "place": find_place(title.value, text, source),
        "bureau": find_bureau(title.value, text),
        "number": find_number(text),
        "issued": find_issued(text, years),
        "draft": find_draft(text, source),
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
        draft=found["draft"].value,
    )
    return facts, tuple(Finding(name, one.where, one.certain) for name, one in found.items() if one.value)


def find_kind(title: str) -> DocumentKind:
    """By the words of the title; a plan or summary that a notice sends out is a plan or summary."""
    return next((kind for kind, pattern in KINDS if pattern.search(title)), "other")


def find_years(title: str, text: str, sections: tuple[Section, ...], source: str = "") -> tuple[tuple[int, ...], Found]:
    """The years of title and headings, else of the file's name, else the one that the first sentences say most.

    A title with a span of years, or a five-year plan, is of all of them.
    """
    headings = "\n".join(section.heading for section in sections)
    named = titled_years(title) + told_years(with_digits(headings)) or titled_years(named_by_file(source))
    certain = bool(named)
    if not named:
        named = [year for year, _ in Counter(told_years(with_digits(text[:1500]))).most_common(1)]
    years = tuple(sorted(set(named)))
    return years, Found(" ".join(map(str, years)), "title" if certain else "text", certain)


def find_place(title: str, text: str, source: str = "") -> Found:
    """The place that the title names, else the file's name, else the body at the top or the end, else the text most.

    A text that speaks of 我县 belongs to no 市 that it names.
    """
    for words in (title, named_by_file(source)):
        if place := own_place(words) or short_provinces().get(words.replace("年", "")[:2], ""):
            return Found(place, "title" if words == title else "file name", True)
    for line in text.split("\n")[:FIRST_LINES]:
        if len(line) <= LONGEST_BODY_LINE and "|" not in line and (place := own_place(line.strip())):
            return Found(place, "text", certain=False)
    for line in _edge_lines(text):
        words = BEFORE_BODY.sub("", line).strip("—-* ")
        if len(words) <= LONGEST_BODY_LINE and (place := body_place(words)):
            return Found(place, "text", True)
    counts = counted_places(text)
    place, count = counts.most_common(1)[0] if counts else ("", 0)
    return Found(place if count >= LEAST_NAMED else "", "text")


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


def find_draft(text: str, source: str) -> Found:
    """征求意见稿 and the like, where the file's name or a line at the top says that this is one."""
    for words, where in ((source, "file name"), *((line, "title") for line in text.split("\n")[:FIRST_LINES])):
        if len(words) <= LONGEST_TITLE_LINE and (found := DRAFT.search(words)):
            return Found(found[0], where, True)  # type: ignore[arg-type]
    return Found("")


def _edge_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.split("\n")]
    return lines if len(lines) <= 2 * EDGE_LINES else lines[:EDGE_LINES] + lines[-EDGE_LINES:]
