"""The quote guarantee: what every answer must pass before anyone sees it.

Each quote is a slice of its passage. Each statement carries the marks of its quotes; each number with the unit behind
it, each year and each % of the statement stands in them. The words of an extractive statement are a slice of their
quote that cuts off no negation, bound or digit; those of a generated one are the quote's in their order (alignment.py).
All else is one of a few fixed frames, whose counts, differences and verdicts are worked out again here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.alignment import folded, is_borne_out
from assistant.answering.citations import is_valid
from assistant.answering.claims import verdict
from assistant.answering.descriptions import DESCRIBED
from assistant.answering.frames import (
    COUNT_FRAME,
    DIFFERENCE,
    FIXED_FRAMES,
    MISSING_FRAME,
    NO,
    TABLE_HEAD,
    TABLE_ROW,
    YES,
    refusal_text,
)
from assistant.answering.scope import named_places, named_years
from assistant.datamodels import Answer, Citation, Refusal
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.documents.structure.passages import section_path_at
from assistant.language.normalization import search_key
from assistant.retrieval.index import HybridIndex

# At the end of a line or of a cell of a table: [2013] inside a quote is no mark.
MARKS = re.compile(r"((?:\[\d+\])+)(?=[。\s|]*$)")
NUMBER = re.compile(
    r"(?<![\d.])[-+]?\d[\d,]*(?:\.\d+)?\s*(?:[万亿千百]*[%％‰\u4e00-\u9fffA-Za-z])?"
    r"|[一二三四五六七八九十百千万亿两]+(?=[家项件个名人次处场起篇单份间元亩户辆座台套位倍年月天日级条章期届批种只大])"
)
ARTICLE = re.compile(r"一[个种项次]?")
CUT_OFF = re.compile(r"[不未无没非勿禁莫]|少于|低于|超过|至少|最多")
GOES_ON = re.compile(r"以上|以下|以内|左右|上下|余|多|[万亿%％‰]|[.,]?\d|[家项件个名人次元吨亩户份篇场起]")


def guaranteed(answer: Answer, index: HybridIndex) -> Answer:
    """The answer, where it keeps the guarantee; else a refusal that says so."""
    if not violations(answer, index):
        return answer
    refusal = Refusal("unverified", "", ())
    return Answer(answer.question, refusal_text(refusal), refusal=refusal)


def violations(answer: Answer, index: HybridIndex) -> list[str]:
    """What is wrong with an answer, in words; [] where it keeps the guarantee."""
    if answer.refusal is not None:
        right = not answer.citations and answer.text == refusal_text(answer.refusal)
        return [] if right else ["the words of a refusal are not those of its reason"]
    found = [f"quote {one.marker} is not a slice of its passage" for one in answer.citations if not _stands(one, index)]
    if [one.marker for one in answer.citations] != list(range(1, len(answer.citations) + 1)) or not answer.citations:
        return [*found, "the citations are not numbered from 1"]
    used: set[int] = set()
    for line in answer.text.split("\n"):
        for words, marks in statements(line):
            used |= set(marks)
            if not marks <= set(range(1, len(answer.citations) + 1)):
                found.append(f"no such citation in {line!r}")
                continue
            found += _check(words, [answer.citations[mark - 1] for mark in sorted(marks)], answer, index)
    missing = set(range(1, len(answer.citations) + 1)) - used
    return [*found, *(f"citation {marker} has no mark" for marker in sorted(missing))]


def statements(line: str) -> Iterator[tuple[str, frozenset[int]]]:
    """The words before each run of marks, with the marks; words behind the last have none."""
    parts = MARKS.split(line)
    for words, marks in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if words.strip(" |。") or marks:
            yield words, frozenset(int(mark) for mark in re.findall(r"\d+", marks))


def _stands(citation: Citation, index: HybridIndex) -> bool:
    """Whether the quote is the slice of its passage, and its original that of the file."""
    try:
        passage = index.store.passage_by_id(citation.passage_id)
        source = index.store.source_text(citation.source)
        path = section_path_at(index.store.document(passage.document_id), citation.start)
    except (KeyError, IndexError):
        return False
    original = source.text[citation.original_start : citation.original_end]
    same_place = (citation.source, citation.title, citation.section_path) == (passage.source, passage.title, path)
    return same_place and is_valid(citation, passage) and original == citation.original


def _check(words: str, cited: list[Citation], answer: Answer, index: HybridIndex) -> list[str]:
    """What is wrong with some words beside their quotes."""
    if not cited:
        return [] if _is_frame(words.strip(), answer) else [f"no quote for {words!r}"]
    row = TABLE_ROW.match(words)
    asked = named_places(search_key(answer.question))
    scope = row[1] if row else asked[0] if len(asked) == 1 else ""
    if scope and not all(_is_of(scope, one, index) for one in cited):
        return [f"the quotes of {words!r} are not of {scope}"]
    if answer.generated:
        return generated_violations(words, cited)
    if row and not _is_known(row[1], answer, cited):
        return [f"the label {row[1]!r} is neither in the question nor in a title"]
    told = row[2] if row else words.strip(" \u3000")
    return [] if any(_is_quoted(told, one.quote) for one in cited) else [f"{told!r} is not in its quote"]


def _is_known(label: str, answer: Answer, cited: list[Citation]) -> bool:
    """Whether a label stands in the question or over the quotes."""
    known = (answer.question, *(part for one in cited for part in (one.title, *one.section_path)))
    return any(search_key(label) in search_key(part) for part in known)


def _is_of(label: str, citation: Citation, index: HybridIndex) -> bool:
    """Whether the places and years of a label are those of the document, or stand in the quote or over it."""
    about = index.store.facts[index.store.passage_by_id(citation.passage_id).document_id]
    told = search_key(" ".join((citation.title, *citation.section_path, citation.quote)))
    key = search_key(label)
    places = all(place[:-1] in f"{about.place}{told}" or not about.place for place in named_places(key))
    return places and all(year in about.years or str(year) in told for year in named_years(key))


def _is_quoted(told: str, quote: str) -> bool:
    """Whether the words are a slice of the quote that cuts no number; of a line of a table, whole cells of it."""
    cells = [cell.strip(" |") for cell in quote.split(CELL_SEPARATOR)]
    if CELL_SEPARATOR in told and all(cell.strip(" |") in cells for cell in told.split(CELL_SEPARATOR)):
        return True
    return len(re.findall(r"\w", told)) > 1 and _holds(told, quote)


def _holds(told: str, quote: str) -> bool:
    """Whether ``told`` stands in the quote with nothing cut off that belongs to its number, denies or bounds it."""
    for match in re.finditer(re.escape(told), quote):
        before, behind = quote[: match.start()], quote[match.end() :]
        clause = re.split(r"[,，;；。、:：\n|]", before)[-1]
        cut_number = re.search(r"\d$" if not re.match(r"[\d.xX*]", told) else r"[\d.xX*]$", before)
        goes_on = re.search(r"\d$", told) and re.match(r"[.,]?\d|[%％‰\u4e00-\u9fff]", behind)
        if not cut_number and not goes_on and not CUT_OFF.search(clause) and not _bounds(told, behind):
            return True
    return False


def _stands_whole(number: str, text: str) -> bool:
    """Whether a number with its unit stands there and is no part of a longer one."""
    return re.search(rf"(?<![\d.]){re.escape(number)}(?![.,]?\d|[%％‰])", text) is not None


def _bounds(told: str, behind: str) -> bool:
    """Whether the words behind bound the number that ``told`` ends with."""
    return bool(re.search(r"\d[\d.]*\s*[万亿]?[%％\u4e00-\u9fff]?$", told) and re.match(GOES_ON, behind))


def generated_violations(words: str, citations: list[Citation]) -> list[str]:
    """What is wrong with a sentence that a model wrote over its quotes."""
    quotes = [one.quote for one in citations]
    headings = [part for one in citations for part in (one.title, *one.section_path)]
    known = [folded(text) for text in (*quotes, *headings)]
    found = [
        f"{number} is not in the quotes of {words!r}"
        for number in numbers(folded(words))
        if not any(_stands_whole(number, text) for text in known)
    ]
    return found if is_borne_out(words, quotes, headings) else [*found, f"{words!r} says more than its quotes"]


def numbers(text: str) -> list[str]:
    """Each number of a folded text with the unit behind it; 一个 and the like are no numbers."""
    found = (match[0].strip() for match in NUMBER.finditer(text))
    return [number for number in found if not ARTICLE.fullmatch(number)]


def _is_frame(words: str, answer: Answer) -> bool:
    """Whether words without a quote are one of our own, with counts and differences that are right."""
    if words in (YES, NO):
        return _decides(words, answer)
    if words in FIXED_FRAMES or words in TABLE_HEAD:
        return True
    if count := COUNT_FRAME.fullmatch(words):
        return _counts(count, answer)
    if difference := DIFFERENCE.fullmatch(words):
        return _differs(difference, answer.text)
    asked = search_key(answer.question)
    missing = MISSING_FRAME.fullmatch(words)
    return missing is not None and all(part in asked for part in search_key(missing[1]).split("、"))


def _counts(count: re.Match[str], answer: Answer) -> bool:
    """共 2 个主题、3 条措施,已列 5 条: the lines that follow, indented or not, and all of them."""
    lines = [line for line in answer.text.split("\n") if MARKS.search(line)]
    themes = sum(not line.startswith("\u3000") for line in lines)
    listed = int(count["listed"]) == len(lines)
    if count["themes"]:
        return listed and int(count["themes"]) == themes and int(count["items"]) == len(lines) - themes
    return listed and int(count["count"]) == themes


def _differs(difference: re.Match[str], text: str) -> bool:
    """相差 66家(71家 - 5家)。: each stands in a row of the table of its own, and the sum is right."""
    lines = (line for line in text.split("\n") if line not in TABLE_HEAD)
    rows = [MARKS.split(row[2])[0] for line in lines if (row := TABLE_ROW.match(line))]
    unit = difference["unit"]
    sides = [[_stands_whole(f"{difference[name]}{unit}", row) for row in rows] for name in ("larger", "smaller")]
    if len(rows) != 2 or not ((sides[0][0] and sides[1][1]) or (sides[0][1] and sides[1][0])):
        return False
    larger, smaller, apart = (float(difference[name]) for name in ("larger", "smaller", "apart"))
    return abs(larger - smaller - apart) < 1e-9 and apart >= 0


def _decides(frame: str, answer: Answer) -> bool:
    """Whether 是 or 与原文不符 follows from the words quoted below it, for the question or a clause of it."""
    lines = answer.text.split("\n")
    stated = MARKS.sub("", next(iter(lines[lines.index(frame) + 1 :]), ""))
    key = search_key(answer.question)
    asked = (key, DESCRIBED.sub("", key), *re.split(r"[,，;；]", key))
    return any(verdict(one, stated) == frame for one in asked)
