"""Text that remembers where each of its characters stood in the file, through any number of edits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.datamodels import Alignment, Repair, Segment


@dataclass(frozen=True)
class Edit:
    """Put ``replacement`` where ``text[start:end]`` stands; edits of one call do not overlap."""

    start: int
    end: int
    replacement: str
    kind: str
    certain: bool = True


@dataclass(frozen=True)
class AlignedText:
    """``spans[i]`` is the span of the file behind ``text[i]``; ``repairs`` records every change so far."""

    text: str
    spans: tuple[tuple[int, int], ...]
    repairs: tuple[Repair, ...] = ()

    @classmethod
    def from_original(cls, original: str) -> AlignedText:
        """The file as it is."""
        return cls(original, tuple((position, position + 1) for position in range(len(original))))

    def apply(self, edits: Iterable[Edit]) -> AlignedText:
        """The edited text. A replacement of equal length keeps the map character by character."""
        pieces: list[str] = []
        spans: list[tuple[int, int]] = []
        repairs = list(self.repairs)
        position = 0
        for edit in sorted(edits, key=lambda edit: edit.start):
            pieces += (self.text[position : edit.start], edit.replacement)
            spans += self.spans[position : edit.start]
            replaced = self.spans[edit.start : edit.end]
            whole = (replaced[0][0], replaced[-1][1])
            same_length = len(edit.replacement) == len(replaced)
            spans += replaced if same_length else [whole] * len(edit.replacement)
            before = self.text[edit.start : edit.end]
            repairs.append(Repair(edit.kind, before, edit.replacement, edit.certain, *whole))
            position = edit.end
        pieces.append(self.text[position:])
        spans += self.spans[position:]
        return AlignedText("".join(pieces), tuple(spans), tuple(repairs))

    def slice(self, start: int, end: int) -> AlignedText:
        """A part, with the repairs that fall into the part's stretch of the file."""
        spans = self.spans[start:end]
        low, high = (spans[0][0], spans[-1][1]) if spans else (0, 0)
        inside = tuple(repair for repair in self.repairs if low <= repair.original_start < high)
        return AlignedText(self.text[start:end], spans, inside)

    def alignment(self) -> Alignment:
        """The map in its compact form: runs that advance together."""
        segments: list[Segment] = []
        for position, (start, end) in enumerate(self.spans):
            if segments and _continues(segments[-1], position, start, end):
                last = segments[-1]
                segments[-1] = Segment(last.start, position + 1, last.original_start, end)
            else:
                segments.append(Segment(position, position + 1, start, end))
        return Alignment(tuple(segments))


def _continues(segment: Segment, position: int, start: int, end: int) -> bool:
    """Whether the next character extends the run: one to one in step, or the same many-to-one span."""
    in_step = segment.end - segment.start == segment.original_end - segment.original_start
    if in_step and end == start + 1:
        return segment.original_end == start
    return (segment.original_start, segment.original_end) == (
        start,
        end,
    ) and end - start > 1 + position - segment.start
