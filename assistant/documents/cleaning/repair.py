"""Mend what the web broke, and mark what cannot be mended.

A byte-shifted run is mended where one reading of its bytes leads every other; else its characters stay, and a
Repair that is not certain, with ``before == after``, marks the place. So are single lost characters marked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.documents.cleaning.aligned_text import AlignedText, Edit
from assistant.documents.cleaning.byte_shift import CONTEXT, LOST_PINYIN, ShiftedText
from assistant.documents.cleaning.gbk import character, code_of
from assistant.documents.cleaning.pinyin import ANNOTATION, PINYIN, ReadingTable, remove_inline_pinyin, without_pinyin
from assistant.documents.cleaning.words import WordModel
from assistant.language.normalization import to_simplified

DAMAGE = re.compile(rf"{LOST_PINYIN.pattern}|[?\ufffd](?=[,;?，；？\ufffd])")
MARGIN = 3.0
"""Nats by which a reading must lead the damaged run and every other reading."""
GUESS_MARGIN = 1.5
"""The same once more for everything that the bytes alone do not say."""
LEG_SLACK = -2.0
"""How far it may trail in one of the two scores alone."""
READABLE = re.compile(r"[\u4e00-\u9fff。，；：、？！“”‘’（）《》—…·%０-９]+")
HALF_WIDTH = str.maketrans("，；：？！（）", ",;:?!()")
# A lost character: not a question, and not between words of another script.
LOST_CHARACTER = re.compile(r"(?<=[\u4e00-\u9fff。，、；,;\d])[?\ufffd]+(?=[\u4e00-\u9fff\d%]|" + PINYIN + r"[)）])")
GARBLED, LONGEST_GAP = 3, 30
"""So many lost characters of one line, at most so far apart, make one garbled stretch."""
QUESTION = re.compile(r"[吗呢何怎哪谁几么多否][^。！；;!\n]{0,30}$|什么|为什么")


def repair(aligned: AlignedText) -> AlignedText:
    """The text without damage that can be mended for certain."""
    mended = remove_inline_pinyin(mend_byte_shifts(aligned))
    return mark_lost_characters(mended)


def mend_byte_shifts(aligned: AlignedText) -> AlignedText:
    """Byte-shifted runs read again where the bytes leave one reading, marked where they do not."""
    text = aligned.text
    table = ReadingTable(text)
    across = _annotations_across(text, table)
    if not DAMAGE.search(text):
        return aligned.apply(across)
    words = WordModel(to_simplified(without_pinyin(text)))
    shifted = ShiftedText(text, table, words)
    half_width = text.count(",") > text.count("，")
    edits: list[Edit] = []
    position = 0
    while match := DAMAGE.search(text, position):
        position = match.end()
        found = _best_reading(text, match.start(), shifted, words)
        words.forget()
        if found:
            position = found.position
            annotation = ANNOTATION.match(text, position)
            if annotation and annotation[1] != "x" and not found.certain:
                position = annotation.end()
            observed = text[match.start() : position]
            read = found.read.translate(HALF_WIDTH) if half_width else found.read
            after = read if found.certain else observed
            edit = Edit(match.start(), position, after, "byte_shift", found.certain, by_character=not found.certain)
            edits.append(edit)
    inside = [range(edit.start, edit.end) for edit in edits]
    return aligned.apply([*edits, *(edit for edit in across if not any(edit.start in run for run in inside))])


@dataclass(frozen=True)
class _Found:
    position: int
    read: str
    certain: bool


def _best_reading(text: str, start: int, shifted: ShiftedText, words: WordModel) -> _Found | None:
    """The likeliest reading of the run at ``start``, None where it is no likelier than the run itself."""
    readings = shifted.readings_at(start)
    if not readings:
        return None
    left = shifted.left(start)
    last = max(reading.position for reading in readings)

    def scores(read: str, position: int) -> tuple[float, float]:
        whole = left + read + text[position : last + 2 * CONTEXT]
        return words.scores(without_pinyin(whole))

    scored = sorted(
        ((*scores(one.read, one.position), one) for one in readings), key=lambda row: (-row[0] - row[1], row[2].read)
    )
    best_words, best_order, best = scored[0]
    if best_words + best_order < sum(scores("", start)) + MARGIN:
        return None
    margin = MARGIN + GUESS_MARGIN * best.guesses
    certain = READABLE.fullmatch(best.read) is not None and all(
        best_words + best_order - in_words - in_order >= margin
        and min(best_words - in_words, best_order - in_order) >= LEG_SLACK
        for in_words, in_order, other in scored
        if other.read != best.read
    )
    return _Found(best.position, best.read, certain)


def _annotations_across(text: str, table: ReadingTable) -> list[Edit]:
    """Annotations behind an ASCII character that closed a key with the byte before it: 料x(chóng) is 料x."""
    edits = []
    for match in re.finditer(r"(?<=[a-zA-Z*])[(（]([^()（）\s]{1,7})[)）]", text):
        before = without_pinyin(text[max(0, match.start() - 24) : match.start() - 1])[-1:]
        key = character(code_of(before)[-1], ord(text[match.start() - 1])) if len(code_of(before)) == 2 else ""
        if key and key in table.characters(match[1]):
            edits.append(Edit(match.start(), match.end(), "", "pinyin"))
    return edits


def mark_lost_characters(aligned: AlignedText) -> AlignedText:
    """Mark each ? that stands for a lost character, and as one stretch a line's run of many with garbled text between.

    The text does not change.
    """
    text = aligned.text
    stretches: list[list[re.Match[str]]] = []
    for match in LOST_CHARACTER.finditer(text):
        if aligned.is_marked(match.start()) or _asks(text, match.start()):
            continue
        last = stretches[-1][-1] if stretches else None
        if last and match.start() - last.end() <= LONGEST_GAP and "\n" not in text[last.end() : match.start()]:
            stretches[-1].append(match)
        else:
            stretches.append([match])
    edits = []
    for found in stretches:
        spans = [one.span() for one in found] if len(found) < GARBLED else [(found[0].start(), found[-1].end())]
        edits += [Edit(start, end, text[start:end], "lost", certain=False) for start, end in spans]
    return aligned.apply(edits)


def _asks(text: str, place: int) -> bool:
    """Whether the clause before the ? is a question."""
    clause = re.split(r"[。！；;!\n]", text[max(0, place - 40) : place])[-1]
    return QUESTION.search(clause) is not None
