"""Text that remembers where each of its characters stood in the file, through any number of edits."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.datamodels import Alignment, Repair, Segment

Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Edit:
    """Put ``replacement`` where ``text[start:end]`` stands; edits of one call do not overlap.

    An edit without a ``kind`` is layout (white space, a dropped line) and no Repair.
    """

    start: int
    end: int
    replacement: str
    kind: str = ""
    certain: bool = True
    by_character: bool = True
    """Whether a replacement of equal length stands for its characters one by one."""


@dataclass(frozen=True, eq=False)
class AlignedText:
    """``starts[i]`` and ``ends[i]`` bound the span of the file behind ``text[i]``."""

    text: str
    starts: Offsets
    ends: Offsets
    repairs: tuple[Repair, ...] = ()
    """Every change so far but those of layout."""

    @classmethod
    def from_original(cls, original: str) -> AlignedText:
        """The file as it is."""
        positions = np.arange(len(original) + 1)
        return cls(original, positions[:-1], positions[1:])

    def apply(self, edits: Iterable[Edit]) -> AlignedText:
        """The edited text. A replacement of equal length keeps the map character by character."""
        ordered = sorted(edits, key=lambda edit: edit.start)
        if not ordered:
            return self
        pieces: list[str] = []
        starts: list[Offsets] = []
        ends: list[Offsets] = []
        repairs = list(self.repairs)
        position = 0
        for edit in ordered:
            first, last = int(self.starts[edit.start]), int(self.ends[edit.end - 1])
            kept = slice(position, edit.start)
            replaced = slice(edit.start, edit.end)
            size = len(edit.replacement)
            same_length = edit.by_character and size == edit.end - edit.start
            pieces += (self.text[kept], edit.replacement)
            starts += (self.starts[kept], self.starts[replaced] if same_length else np.full(size, first))
            ends += (self.ends[kept], self.ends[replaced] if same_length else np.full(size, last))
            if edit.kind:
                repairs.append(Repair(edit.kind, self.text[replaced], edit.replacement, edit.certain, first, last))
            position = edit.end
        rest = slice(position, None)
        return AlignedText(
            "".join((*pieces, self.text[rest])),
            np.concatenate((*starts, self.starts[rest])),
            np.concatenate((*ends, self.ends[rest])),
            tuple(repairs),
        )

    def slice(self, start: int, end: int) -> AlignedText:
        """A part, with the repairs that fall into the part's stretch of the file."""
        starts, ends = self.starts[start:end], self.ends[start:end]
        low, high = (int(starts[0]), int(ends[-1])) if len(starts) else (0, 0)
        inside = tuple(repair for repair in self.repairs if low <= repair.original_start < high)
        return AlignedText(self.text[start:end], starts, ends, inside)

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the file behind ``text[start:end]``, which is not empty."""
        return int(self.starts[start]), int(self.ends[end - 1])

    def is_marked(self, position: int) -> bool:
        """Whether a Repair that is not certain marks the character; what is marked stays as it is."""
        start = int(self.starts[position])
        return any(mark.original_start <= start < mark.original_end for mark in self.repairs if not mark.certain)

    def alignment(self) -> Alignment:
        """The map in its compact form: runs that advance together, and runs that share one span."""
        if not self.text:
            return Alignment(())
        widths = self.ends - self.starts
        in_step = (widths[1:] == 1) & (widths[:-1] == 1) & (self.starts[1:] == self.ends[:-1])
        shared = (self.starts[1:] == self.starts[:-1]) & (self.ends[1:] == self.ends[:-1])
        relation = np.where(in_step, 1, np.where(shared, 2, 0))
        changes = np.concatenate(([0], relation[:-1]))
        breaks = np.flatnonzero((relation == 0) | ((relation != changes) & (changes != 0))) + 1
        bounds = [0, *breaks.tolist(), len(self.text)]
        segments: list[Segment] = []
        for start, end in itertools.pairwise(bounds):
            segments += self._segments(start, end)
        return Alignment(tuple(segments))

    def _segments(self, start: int, end: int) -> list[Segment]:
        """A run as segments; one that shares a span of its own length is cut, to tell it from a run in step."""
        low, high = self.original_span(start, end)
        shared = end - start > 1 and self.starts[start] == self.starts[end - 1]
        if shared and end - start == high - low:
            return [Segment(start, end - 1, low, high), Segment(end - 1, end, low, high)]
        return [Segment(start, end, low, high)]
