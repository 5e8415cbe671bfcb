"""The quote guarantee: what every answer must pass before anyone sees it.

Each quote is a slice of its passage. Each statement carries the marks of its quotes; each number with the unit behind
it, each year and each % of the statement stands in them. The words of an extractive statement are a slice of their
quote; those of a generated one share most of their words with it, and each number stands beside the words it stands
beside in the quote. All else is one of a few fixed frames, whose counts and differences are worked out again here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.citations import is_valid
from assistant.answering.frames import (
    COUNT_FRAME,
    DIFFERENCE,
    FIXED_FRAMES,
    MISSING_FRAME,
    TABLE_FRAMES,
    TABLE_ROW,
    refusal_text,
)
from assistant.answering.questions import content_tokens, evidence_tokens
from assistant.datamodels import Answer, Citation, Refusal
from assistant.documents.normalization import search_key
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.retrieval.index import HybridIndex

# At the end of a line or of a cell of a table: [2013] inside a quote is no mark.
MARKS = re.compile(r"((?:\[\d+\])+)(?=[。\s|]*$)")
NUMBER = re.compile(
    r"(?<![\d.])[-+]?\d[\d,]*(?:\.\d+)?\s*(?:[万亿千百]*[%％‰\u4e00-\u9fffA-Za-z])?"
    r"|[一二三四五六七八九十百千万亿两]+(?=[家项件个名人次处场起篇单份间元亩户辆座台套位倍年月天日级条章期届批种只大])"
)
ARTICLE = re.compile(r"一[个种项次]?")
CLAUSE_END = re.compile(r"[,，;；。、]")
LEAST_SHARED = 0.5


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
            found += _check(words, [answer.citations[mark - 1] for mark in sorted(marks)], answer)
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
    except KeyError:
        return False
    original = source.text[citation.original_start : citation.original_end]
    same_place = (citation.source, citation.title, citation.section_path) == (
        passage.source,
        passage.title,
        passage.section_path,
    )
    return same_place and is_valid(citation, passage) and original == citation.original


def _check(words: str, cited: list[Citation], answer: Answer) -> list[str]:
    if not cited:
        return [] if _is_frame(words.strip(), answer) else [f"no quote for {words!r}"]
    if answer.generated:
        return generated_violations(words, [one.quote for one in cited])
    row = TABLE_ROW.match(words)
    label, told = (row[1], row[2]) if row else ("", words.strip(" \u3000"))
    known = (search_key(answer.question), *(part for one in cited for part in (one.title, *one.section_path)))
    if label and not any(search_key(label) in search_key(part) for part in known):
        return [f"the label {label!r} is neither in the question nor in a title"]
    if any(_is_quoted(told, one.quote) for one in cited):
        return []
    return [f"{told!r} is not in its quote"]


def _is_quoted(told: str, quote: str) -> bool:
    """Whether the words are a slice of the quote that cuts no number; of a line of a table, whole cells of it."""
    cells = quote.split(CELL_SEPARATOR)
    if CELL_SEPARATOR in told and all(cell in cells for cell in told.split(CELL_SEPARATOR)):
        return True
    return bool(told) and _holds(told, quote)


def _holds(told: str, quote: str) -> bool:
    """Whether ``told`` stands in the quote, with no digit, point or sign of a number left outside."""
    before = r"(?<![\d.xX*])" if re.match(r"[\d.xX*]", told) else r"(?<!\d)"
    after = r"(?![.,]?\d|[%％‰\u4e00-\u9fff])" if re.search(r"\d$", told) else ""
    return re.search(f"{before}{re.escape(told)}{after}", quote) is not None


def generated_violations(words: str, quotes: list[str]) -> list[str]:
    """What is wrong with a sentence that a model wrote over its quotes."""
    told, folded = _folded(words), [_folded(quote) for quote in quotes]
    found = [
        f"{number} is not in the quotes of {words!r}"
        for number, _ in numbers(told)
        if not any(_holds(number, quote) for quote in folded)
    ]
    found += [f"{number} stands beside other words in {words!r}" for number in _misplaced(told, folded)]
    wanted = set(content_tokens(told))
    held = {token for quote in folded for token in evidence_tokens(quote)}
    if wanted and len(wanted & held) < LEAST_SHARED * len(wanted):
        found.append(f"{words!r} shares too few words with its quotes")
    return found


def numbers(text: str) -> list[tuple[str, int]]:
    """(number with the unit behind it, place) of each number in a folded text; 一个 and the like are no numbers."""
    return [
        (match[0].strip(), match.start()) for match in NUMBER.finditer(text) if not ARTICLE.fullmatch(match[0].strip())
    ]


def _misplaced(told: str, quotes: list[str]) -> Iterator[str]:
    """Numbers that stand beside the words of another number of their quotes: 申请812件 where 812件 were granted."""
    stated = _clauses(told)
    quoted = [clause for quote in quotes for clause in _clauses(quote)]
    for number, words in stated:
        own = [len(words & other) for one, other in quoted if one == number]
        others = [len(words & other) for one, other in quoted if one != number]
        if own and others and max(others) > max(own):
            yield number


def _clauses(text: str) -> list[tuple[str, set[str]]]:
    """Each number with the words of its clause before it, and of the one before that where it has none."""
    found = []
    for number, place in numbers(text):
        clauses = [part for part in CLAUSE_END.split(text[:place]) if evidence_tokens(part)]
        words = set(content_tokens(re.sub(r"\d+", " ", clauses[-1]))) if clauses else set()
        found.append((number, words))
    return found


def _folded(text: str) -> str:
    """The text in one script and width, without blanks and thousands commas."""
    return re.sub(r"(?<=\d),(?=\d{3})", "", re.sub(r"\s+", "", search_key(text)))


def _is_frame(words: str, answer: Answer) -> bool:
    """Whether words without a quote are one of our own, with counts and differences that are right."""
    if words in FIXED_FRAMES or words in TABLE_FRAMES:
        return True
    if count := COUNT_FRAME.fullmatch(words):
        return _counts(count, answer)
    if difference := DIFFERENCE.fullmatch(words):
        return _differs(difference, answer.citations)
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


def _differs(difference: re.Match[str], citations: tuple[Citation, ...]) -> bool:
    """相差 66家(71家 - 5家): both stand in quotes, and the sum is right."""
    unit = difference["unit"]
    stand = all(
        any(_holds(f"{difference[name]}{unit}", one.quote) for one in citations) for name in ("larger", "smaller")
    )
    larger, smaller, apart = (float(difference[name]) for name in ("larger", "smaller", "apart"))
    return stand and abs(larger - smaller - apart) < 1e-9 and apart >= 0
