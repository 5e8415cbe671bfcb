from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval import postings
from assistant.retrieval.postings import Part, Postings, counted, merged, term_key

Numbers = npt.NDArray[np.int64]


def whole(passages: list[list[str]]) -> Part:
    return Postings.of(passages), np.arange(len(passages))


def listed(parts: list[Part], passages: int) -> dict[int, list[tuple[int, int]]]:
    """By key the passages that hold a term and how often, as the merge gives them."""
    keys, holders, _ = counted(parts, passages)
    found: dict[int, list[tuple[int, int]]] = {}
    for rows, numbers, frequencies in merged(parts, keys, holders):
        for row, number, times in zip(rows.tolist(), numbers.tolist(), frequencies.tolist(), strict=True):
            found.setdefault(int(keys[row]), []).append((number, times))
    return found


def test_short_terms_are_their_own_keys() -> None:
    assert term_key("ab") == 0x6162
    assert term_key("专利") == int.from_bytes("专利".encode())
    assert 2**32 < term_key("a long word") < 2**64
    assert term_key("a long word") != term_key("a long work")


def test_terms_are_counted_by_passage() -> None:
    parts = [whole([["a", "b", "a"], [], ["c"] * 300])]
    keys, holders, lengths = counted(parts, 3)
    assert (keys.tolist(), holders.tolist(), lengths.tolist()) == ([97, 98, 99], [1, 1, 1], [3, 0, 255])
    assert listed(parts, 3) == {97: [(0, 2)], 98: [(0, 1)], 99: [(2, 255)]}
    assert listed([whole([])], 0) == {}


def test_parts_are_merged_in_any_order_and_without_what_is_left_out() -> None:
    first, second = Postings.of([["a"], ["b", "b"]]), Postings.of([["c", "a"], ["d"]])
    parts = [(first, np.array([2, 0])), (second, np.array([1, -1]))]
    assert listed(parts, 3) == {97: [(1, 1), (2, 1)], 98: [(0, 2)], 99: [(1, 1)]}
    keys, _, lengths = counted(parts, 3)
    assert (keys.tolist(), lengths.tolist()) == ([97, 98, 99], [2, 2, 1])


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    made = Postings.of([["a", "b"], ["a"]])
    made.save(tmp_path)
    assert listed([(Postings.load(tmp_path), np.arange(2))], 2) == {97: [(0, 1), (1, 1)], 98: [(0, 1)]}


@given(
    st.lists(st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=6), max_size=5), min_size=1, max_size=4),
    st.randoms(use_true_random=False),
    st.integers(1, 9),
)
def test_parts_tell_what_one_part_would(cut: list[list[list[str]]], draw: object, block: int) -> None:
    """However the passages are cut into parts, numbered and read in blocks."""
    passages = [passage for part in cut for passage in part]
    numbers: list[int] = list(range(len(passages)))
    draw.shuffle(numbers)  # type: ignore[attr-defined]
    begin, parts = 0, []
    for part in cut:
        parts.append((Postings.of(part), np.array(numbers[begin : begin + len(part)], np.int64)))
        begin += len(part)
    placed = [passages[numbers.index(number)] for number in range(len(passages))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "BLOCK", block)
        assert listed(parts, len(passages)) == listed([whole(placed)], len(passages))
