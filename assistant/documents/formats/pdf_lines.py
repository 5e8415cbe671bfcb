"""Characters of a page gathered to lines, columns read one after the other, and lines joined to paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from assistant.documents.formats.pdf_signs import Box, Sign
from assistant.documents.source_text import CELL_SEPARATOR
from assistant.language.marks import PARAGRAPH

SPACE_AT_DIGIT = re.compile(r"(?<=[\u3400-\u9fff]) (?=\d)|(?<=\d) (?=[\u3400-\u9fff%％])")
SPACE_IN_WORDS = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\d\u3400-\u9fff])|(?<=\d) (?=[\u3400-\u9fff%％])")
SENTENCE_END = re.compile(r"[。！？：:；;!?]$")
SAME_LINE = 0.5
COLUMN_GAP = 1.0
"""In heights of a character: so far apart, two pieces of a line are cells of a table."""
WORD_GAP = 0.25
"""In heights of a character: so far apart, two words of a cell are."""
SAME_HEIGHT = 0.2
EDGE_SLACK = 2.5
"""In heights of a character, how far from the right edge a full line may end."""
MIDDLE = (0.3, 0.7)
"""Share of the page's width in which the gap between two columns of text lies."""
LEAST_LINES = 5
"""Lines of text on both sides of such a gap."""
LEAST_FILLED = 0.6
"""Share of its column that the usual one of these fills; cells of a table fill less."""
MOST_ACROSS = 0.25
"""Share of the lines that may go across the gap, as titles do."""


@dataclass(frozen=True)
class Line:
    """A line of a page; lengths in one unit from the left edge, ``middle`` as a share of the height from below."""

    text: str
    left: float
    right: float
    height: float
    middle: float
    page_width: float
    """Of its column, with as much margin right as left."""


def lines_of(signs: list[Sign], width: float, height: float) -> list[list[Line]]:
    """The lines of the page, or of one column after the other, in the order they are read."""
    parts = _columns(signs, width) or [(signs, width)]
    return [[_line(line, edge, height or 1.0) for line in _gathered(part)] for part, edge in parts if part]


def _usual_height(signs: list[Sign]) -> float:
    heights = [sign.box[3] - sign.box[1] for sign in signs if sign.text.strip()]
    return median(heights) if heights else 0.0


def _gathered(signs: list[Sign]) -> list[list[Sign]]:
    """Characters in the order of the page's content, gathered to lines by their boxes; cells parted by |."""
    usual = _usual_height(signs)
    lines: list[list[Sign]] = []
    space = ""
    for sign in signs:
        if not sign.text.strip():
            space = " " if sign.text == " " else space
            continue
        box = sign.box
        last = lines[-1][-1].box if lines else None
        size = max(box[3] - box[1], usual)  # the box of 一 is as flat as its stroke
        if last is None or _is_below(box, lines[-1][0].box, size) or box[0] < last[2] - size:
            lines.append([])
        elif box[0] - last[2] > COLUMN_GAP * size:
            space = CELL_SEPARATOR
        lines[-1].append(Sign(space + sign.text if lines[-1] else sign.text, box))
        space = ""
    return lines


def _is_below(box: Box, first: Box, size: float) -> bool:
    """Whether the middle of a character lies off the line of another."""
    return abs((box[1] + box[3]) - (first[1] + first[3])) / 2 > SAME_LINE * size


def _line(signs: list[Sign], page_width: float, page_height: float) -> Line:
    text = SPACE_AT_DIGIT.sub("", " ".join("".join(sign.text for sign in signs).split()))
    first, last = signs[0].box, signs[-1].box
    height = max(sign.box[3] - sign.box[1] for sign in signs)
    return Line(text, first[0], last[2], height, (first[1] + first[3]) / 2 / page_height, page_width)


def words_of(signs: list[Sign]) -> str:
    """The text of a cell: its lines, from the top down, joined."""
    rows: list[list[Sign]] = []
    usual = _usual_height(signs)
    shown = [sign for sign in signs if sign.text.strip()]
    for sign in sorted(shown, key=lambda one: -(one.box[1] + one.box[3])):
        if not rows or _is_below(sign.box, rows[-1][0].box, max(usual, sign.box[3] - sign.box[1])):
            rows.append([])
        rows[-1].append(sign)
    text = ""
    for row in rows:
        piece = ""
        right = 0.0
        for sign in sorted(row, key=lambda one: one.box[0]):
            piece += (" " if piece and sign.box[0] - right > WORD_GAP * usual else "") + sign.text
            right = sign.box[2]
        text += (
            " " if text[-1:].isascii() and text[-1:].isalpha() and piece[:1].isascii() and piece[:1].isalpha() else ""
        ) + piece
    return SPACE_IN_WORDS.sub("", " ".join(text.split()))


def _columns(signs: list[Sign], width: float) -> list[tuple[list[Sign], float]] | None:
    """The characters of each band across the page and of its two columns, with the width that their lines fill.

    None for a page of one column.
    """
    shown = [sign for sign in signs if sign.text.strip()]
    gap = _gap(shown, width)
    if gap is None:
        return None
    rows: list[list[Sign]] = []
    size = _usual_height(shown)
    for sign in sorted(shown, key=lambda one: -(one.box[1] + one.box[3])):
        if not rows or _is_below(sign.box, rows[-1][0].box, size):
            rows.append([])
        rows[-1].append(sign)
    across = [any(sign.box[0] < gap < sign.box[2] for sign in row) for row in rows]
    order = {id(sign): rank for rank, sign in enumerate(signs)}
    parts: list[tuple[list[Sign], float]] = []
    left: list[Sign] = []
    right: list[Sign] = []
    edges = (
        max((sign.box[2] for sign in shown if sign.box[2] <= gap), default=gap),
        min((sign.box[0] for sign in shown if sign.box[0] >= gap), default=gap),
    )
    start = min(sign.box[0] for sign in shown)
    for row, is_across in zip([*rows, []], [*across, True], strict=True):
        if is_across:
            for part, edge in ((left, edges[0] + start), (right, max(sign.box[2] for sign in shown) + edges[1])):
                parts.append((sorted(part, key=lambda one: order[id(one)]), edge))
            parts.append((sorted(row, key=lambda one: order[id(one)]), width))
            left, right = [], []
        else:
            left += [sign for sign in row if sign.box[2] <= gap]
            right += [sign for sign in row if sign.box[2] > gap]
    return parts


def _gap(shown: list[Sign], width: float) -> float | None:
    """Where the gap between two columns of text lies; None where there are none."""
    size = _usual_height(shown)
    rows = _banded([sign.box for sign in shown], size)
    best: tuple[int, float] | None = None
    for step in range(int(MIDDLE[0] * width), int(MIDDLE[1] * width), 2):
        across = sum(any(box[0] < step + size / 2 and box[2] > step - size / 2 for box in row) for row in rows.values())
        if best is None or across < best[0]:
            best = across, step
    if best is None or best[0] > MOST_ACROSS * len(rows):
        return None
    gap = best[1]
    sides = [[box for row in rows.values() for box in row if (box[2] <= gap) == is_left] for is_left in (True, False)]
    return gap if all(_is_text(side, size) for side in sides) else None


def _banded(boxes: list[Box], size: float) -> dict[int, list[Box]]:
    """The boxes by bands of the page as high as a character."""
    rows: dict[int, list[Box]] = {}
    for box in boxes:
        rows.setdefault(round((box[1] + box[3]) / 2 / max(size, 1.0)), []).append(box)
    return rows


def _is_text(boxes: list[Box], size: float) -> bool:
    """Whether the characters of one side are lines of text that fill their column."""
    rows = _banded(boxes, size)
    if len(rows) < LEAST_LINES:
        return False
    column = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    filled = sorted(sum(box[2] - box[0] for box in row) / max(column, 1.0) for row in rows.values())
    return filled[len(filled) // 2] >= LEAST_FILLED


def join_lines(lines: list[Line]) -> list[str]:
    """Paragraphs: a line that reaches the right edge and does not end a sentence runs on into the next.

    The edge is as far from the right as the text begins from the left. A row of a table stands alone, and lines of
    different height are a title and its text.
    """
    left = min((line.left for line in lines), default=0.0)
    paragraphs: list[str] = []
    runs_on = False
    height = 0.0
    for line in lines:
        row = CELL_SEPARATOR in line.text
        same_height = abs(line.height - height) < SAME_HEIGHT * line.height
        height = line.height
        if runs_on and same_height and not row and not PARAGRAPH.match(line.text):
            joint = " " if paragraphs[-1][-1:].isascii() and line.text[:1].isascii() and line.text[:1].isalpha() else ""
            paragraphs[-1] += joint + line.text
        else:
            paragraphs.append(line.text)
        full = line.right > line.page_width - left - EDGE_SLACK * line.height
        runs_on = full and not row and not SENTENCE_END.search(line.text)
    return paragraphs
