"""The quote guarantee: what every answer must pass before anyone sees it.

Each quote is a slice of its passage. Each line is checked as what it is: the words of a quoted line are a slice of
its quote that cuts off no negation, bound or digit; the facts of a written one are those of its quotes (written.py);
counts, differences and verdicts are worked out again here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answering.checking.citations import is_valid
from assistant.answering.checking.claims import verdict
from assistant.answering.checking.sources import sources_of
from assistant.answering.checking.table_values import value_violations
from assistant.answering.checking.verdict_check import objects
from assistant.answering.checking.written import judge
from assistant.answering.library import Library
from assistant.datamodels import (
    Answer,
    Citation,
    Counted,
    Difference,
    Heading,
    Help,
    Line,
    Notice,
    Quoted,
    Refusal,
    Stated,
    TableRow,
    TableValue,
    Verdict,
    Written,
    refused,
)
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.documents.structure.passages import section_path_at
from assistant.interfaces import DocumentStore
from assistant.language.asking import DESCRIBED
from assistant.language.normalization import search_key
from assistant.language.places import named_places, stem_of
from assistant.language.polarity import EXACT, GOES_ON, cuts_off
from assistant.language.quantities import cuts_quantity, find_quantities
from assistant.language.sentences import CLAUSE_MARKS
from assistant.language.titles import told_years
from assistant.language.units import BEGINS, ENDS_IN_NUMBER
from assistant.language.years import named_years, with_full_years

PLAIN = re.compile(r"[\d.]+")
UNIT_GOES_ON = re.compile(rf"{GOES_ON.pattern}|{BEGINS}")
NUMBER_GOES_ON = re.compile(rf"{UNIT_GOES_ON.pattern}|\.?\d|,\d{{3}}(?!\d)")


def guaranteed(answer: Answer, library: Library) -> Answer:
    """The answer, where it keeps the guarantee and passes the caller's checks; else a refusal that says so."""
    if violations(answer, library.store) or any(check(answer, library.store) for check in library.checks):
        return refused(answer.question, Refusal("unverified", "", ()))
    return answer


def violations(answer: Answer, store: DocumentStore) -> list[str]:
    """What is wrong with an answer, in words; [] where it keeps the guarantee."""
    if answer.refusal is not None:
        return ["a refusal has no lines and no quotes"] if answer.citations or answer.lines else []
    if answer.state == "help":
        return _help_violations(answer, store)
    found = [f"quote {one.marker} is not a slice of its passage" for one in answer.citations if not _stands(one, store)]
    markers = list(range(1, len(answer.citations) + 1))
    if [one.marker for one in answer.citations] != markers or not answer.citations:
        return [*found, "the citations are not numbered from 1"]
    used: set[int] = set()
    for position, line in enumerate(answer.lines):
        marks = set(line.markers) if isinstance(line, Stated) else set()
        used |= marks
        if not marks <= set(markers):
            found.append(f"no such citation in {line.text!r}")
        else:
            found += _check(line, position, [answer.citations[mark - 1] for mark in sorted(marks)], answer, store)
    return [*found, *(f"citation {marker} has no mark" for marker in markers if marker not in used)]


def _help_violations(answer: Answer, store: DocumentStore) -> list[str]:
    """What is wrong with words about the assistant: they stand alone, and name no document that there is not."""
    titles = {one.called for one in store.facts.values()}
    own = [line for line in answer.lines if isinstance(line, Help)]
    named = [title for line in own if line.topic == "documents" for title in line.items]
    found = [f"there is no document {title!r}" for title in named if title not in titles]
    counts = [line.items for line in own if line.topic == "greeting"]
    found += [f"there are not {one} documents" for one in counts if one != (str(len(store.facts)),)]
    return found if len(own) == len(answer.lines) and not answer.citations else [*found, "help stands beside quotes"]


def _stands(citation: Citation, store: DocumentStore) -> bool:
    """Whether the quote is the slice of its passage, and its original that of the file."""
    try:
        passage = store.passage_by_id(citation.passage_id)
        source = store.source_text(citation.source)
        path = section_path_at(store.document(passage.document_id), citation.start)
    except (KeyError, IndexError):
        return False
    original = source.text[citation.original_start : citation.original_end]
    same = (citation.source, citation.title, citation.section_path, citation.document_id) == (
        passage.source,
        passage.title,
        path,
        passage.document_id,
    )
    return same and is_valid(citation, passage) and original == citation.original


def _check(line: Line, position: int, cited: list[Citation], answer: Answer, store: DocumentStore) -> list[str]:
    """What is wrong with a line beside its quotes."""
    match line:
        case Quoted() | TableRow() | TableValue() | Written():
            return list(_check_words(line, cited, answer, store))
        case Counted():
            right = _counts(line, answer.lines)
        case Difference():
            right = _differs(line, answer.lines)
        case Verdict():
            right = _decides(line, position, answer)
        case Heading():
            right = _heads(line, position, answer, store)
        case Notice():
            told = [search_key(part) for part in line.missing]
            right = _is_due(line, told, answer)
    return [] if right else [f"{line.text!r} does not follow from the quotes"]


def _is_due(notice: Notice, told: list[str], answer: Answer) -> bool:
    """Whether a notice names only what the question does, or how many sentences of a model are not shown."""
    if notice.kind == "left_out":
        return answer.generated and all(one.isdigit() and one != "0" for one in told) and len(told) == 1
    return bool(told) == (notice.kind == "missing") and all(
        part and part in search_key(answer.question) for part in told
    )


def _check_words(line: Stated, cited: list[Citation], answer: Answer, store: DocumentStore) -> Iterator[str]:
    """What is wrong with words over quotes."""
    if not cited:
        yield f"no quote for {line.words!r}"
        return
    asked = named_places(search_key(answer.question))
    scope = line.label if isinstance(line, TableRow) else asked[0] if len(asked) == 1 else ""
    heads = " ".join(line.heads) if isinstance(line, TableValue) else ""
    if scope and not all(_is_of(scope, one, store, heads) for one in cited):
        yield f"the quotes of {line.words!r} are not of {scope}"
    if isinstance(line, Written):
        yield from _written_violations(line, cited, answer, store)
        return
    if isinstance(line, TableValue):
        yield from value_violations(line, cited, store)
        return
    if isinstance(line, TableRow) and not _is_known(line.label, answer, cited):
        yield f"the label {line.label!r} is neither in the question nor in a title"
    if not any(is_quoted(line.words, one, store) for one in cited):
        yield f"{line.words!r} is not in its quote"


def _written_violations(line: Written, cited: list[Citation], answer: Answer, store: DocumentStore) -> Iterator[str]:
    """What is wrong with a sentence of a model: by its words, and for the years that the question names."""
    lines = [one.words for one in answer.lines if isinstance(one, Written)]
    rank = lines.index(line.words)
    judged = judge([(line.words, cited)], store, lines[rank - 1] if rank else "")
    yield from judged.reasons
    if line.checked and judged.kind != "fact":
        yield f"{line.words!r} has no number that was checked"
    asked = set(named_years(with_full_years(search_key(answer.question))))
    if asked and not named_years(search_key(line.words)):
        told = sources_of(cited, store)
        if asked.isdisjoint(year for one in told.each for year in one.years) and not any(
            str(year) in told.quotes for year in asked
        ):
            yield f"{line.words!r} is of none of the years that are asked for"


def _is_known(label: str, answer: Answer, cited: list[Citation]) -> bool:
    """Whether a label stands in the question or over the quotes."""
    if not re.search(r"\w", label):
        return False
    known = (answer.question, *(part for one in cited for part in (one.title, *one.section_path)))
    keys = {search_key(part) for part in known} | {with_full_years(search_key(answer.question))}
    return any(search_key(label) in key for key in keys)


def _is_of(label: str, citation: Citation, store: DocumentStore, heads: str = "") -> bool:
    """Whether the places and years of a label are those of the document, or stand in the quote or over it."""
    about = store.facts[citation.document_id]
    told = search_key(" ".join((citation.title, *citation.section_path, citation.quote, heads)))
    key = search_key(label)
    places = all(place[:-1] in f"{about.place}{told}" or not about.place for place in named_places(key))
    years = told_years(about.title, about.years)
    return places and all(year in years or str(year) in told for year in named_years(key))


def is_quoted(told: str, citation: Citation, store: DocumentStore) -> bool:
    """Whether the words are a slice of the quote that cuts no number; of a line of a table, whole cells of it."""
    cells = [cell.strip(" |") for cell in citation.quote.split(CELL_SEPARATOR)]
    if CELL_SEPARATOR in told and all(cell.strip(" |") in cells for cell in told.split(CELL_SEPARATOR)):
        return True
    return len(re.findall(r"\w", told)) > 1 and _holds(told, citation, store)


def _holds(told: str, citation: Citation, store: DocumentStore) -> bool:
    """Whether ``told`` stands in the quote with nothing cut off that belongs to its number, denies or bounds it.

    What stands around the quote in its passage counts too: a quote may not begin behind the 未 of its clause.
    """
    passage = store.passage_by_id(citation.passage_id)
    text, offset = passage.text, citation.start - passage.start
    for match in re.finditer(re.escape(told), citation.quote):
        start, end = offset + match.start(), offset + match.end()
        line = text.rfind("\n", 0, start) + 1, text.find("\n", end) % (len(text) + 1)
        before, behind = text[line[0] : start], text[end : line[1]]
        goes_on = re.search(r"\d$", told) and re.match(r"[.,]?\d|[%％‰\u4e00-\u9fff]", behind)
        digits = NUMBER_GOES_ON if told[-1:].isdigit() else UNIT_GOES_ON
        bounded = ENDS_IN_NUMBER.search(told) and digits.match(behind)
        cut = cuts_quantity(text[slice(*line)], start - line[0], end - line[0])
        if not (goes_on or bounded or cut or cuts_off(CLAUSE_MARKS.split(before)[-1])):
            return True
    return False


def _stands_whole(number: str, text: str) -> bool:
    """Whether a number with its unit stands there and is no part of a longer one."""
    return re.search(rf"(?<![\d.]){re.escape(number)}(?![.,]?\d|[%％‰])", text) is not None


def _counts(counted: Counted, lines: tuple[Line, ...]) -> bool:
    """Whether as many lines are quoted as it says, themes and items each."""
    depths = [line.depth for line in lines if isinstance(line, Quoted)]
    themes, items = (depths.count(0), len(depths) - depths.count(0)) if counted.themes else (0, depths.count(0))
    return (counted.themes, counted.items, counted.listed) == (themes, items, len(depths))


def _differs(difference: Difference, lines: tuple[Line, ...]) -> bool:
    """Whether each number stands in a row of the table of its own, and the larger is no smaller."""
    rows = [line.words.replace(",", "") for line in lines if isinstance(line, TableRow)]
    told = [find_quantities(row) for row in rows]
    plain = all(len(one) == 1 and one[0].unit == difference.unit and one[0].comparator in EXACT for one in told)
    if (
        len(rows) != 2
        or not difference.unit
        or not plain
        or not PLAIN.fullmatch(difference.larger + difference.smaller)
    ):
        return False
    larger, smaller = (
        [_stands_whole(f"{number}{difference.unit}", row) for row in rows]
        for number in (difference.larger, difference.smaller)
    )
    each = (larger[0] and smaller[1]) or (larger[1] and smaller[0])
    return each and float(difference.larger) >= float(difference.smaller)


def _decides(line: Verdict, position: int, answer: Answer) -> bool:
    """Whether the verdict follows from the words quoted below it, for the question or a clause of it."""
    stated = next((one.words for one in answer.lines[position + 1 :] if isinstance(one, Quoted)), "")
    key = search_key(answer.question)
    bare = key
    for place in {one.place for one in answer.citations if one.place}:
        bare = bare.replace(place, "").replace(stem_of(place), "")
    asked = (key, bare, DESCRIBED.sub("", key), *re.split(r"[,，;；]", key))
    follows = any(verdict(one, stated) is line.holds for one in asked)
    return follows and not objects(answer.question, stated, holds=line.holds)


def _heads(heading: Heading, position: int, answer: Answer, store: DocumentStore) -> bool:
    """Whether it is the title of the document that the lines below it quote, up to the next heading."""
    about = store.facts.get(heading.document_id)
    if about is None or heading.words != about.called:
        return False
    below = []
    for line in answer.lines[position + 1 :]:
        if isinstance(line, Heading):
            break
        marks = line.markers if isinstance(line, Stated) else ()
        below += [answer.citations[mark - 1] for mark in marks]
    return bool(below) and all(one.document_id == heading.document_id for one in below)
