from __future__ import annotations

import numpy as np

from assistant.retrieval.term_counts import TermCounts, stacked, term_key


def counts_of(counted: TermCounts, terms: str) -> list[list[int]]:
    """How often each passage holds each of the one-letter terms."""
    keys = counted.keys.tolist()
    table = counted.counts.toarray()
    return [[int(row[keys.index(term_key(one))]) if term_key(one) in keys else 0 for one in terms] for row in table]


def test_short_terms_are_their_own_keys() -> None:
    assert term_key("ab") == 0x6162
    assert term_key("专利") == int.from_bytes("专利".encode())
    assert 2**32 < term_key("a long word") < 2**64
    assert term_key("a long word") != term_key("a long work")


def test_terms_are_counted_by_passage() -> None:
    counted = TermCounts.of([["a", "b", "a"], [], ["c"] * 300])
    assert counts_of(counted, "abc") == [[2, 1, 0], [0, 0, 0], [0, 0, 255]]
    assert len(counted) == 3


def test_parts_are_stacked_and_chosen_in_any_order() -> None:
    both = stacked([TermCounts.of([["a"], ["b", "b"]]), TermCounts.of([["c", "a"]])])
    assert counts_of(both, "abc") == [[1, 0, 0], [0, 2, 0], [1, 0, 1]]
    chosen = both.chosen(np.array([2, 1]))
    assert counts_of(chosen, "abc") == [[1, 0, 1], [0, 2, 0]]
    without = both.chosen(np.array([0]))
    assert without.keys.tolist() == [term_key("a")]
    assert len(stacked([TermCounts.of([]), TermCounts.of([])])) == 0
