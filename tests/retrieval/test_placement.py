from __future__ import annotations

import numpy as np

from assistant import parse_documents, split_passages
from assistant.datamodels import DocumentFacts
from assistant.retrieval.placement import place


def facts(source: str) -> DocumentFacts:
    return DocumentFacts(source, "", "other", (), "", "")


def test_documents_are_numbered_by_source_whether_taken_over_or_new() -> None:
    """Live: a (passages 0, 1), c (2), d (3, 4). d is gone, b is new with passages 5 and 6 of both."""
    (document,) = parse_documents("一、甲\n" + "甲" * 40 + "\n二、乙\n" + "乙" * 40, "b.txt")
    passages = split_passages(document, 50)
    live = {"A": facts("a.txt"), "C": facts("c.txt"), "D": facts("d.txt")}
    placement = place([document], passages, live, np.array([0, 0, 1, 2, 2]), {"a.txt", "c.txt"})
    assert len(passages) == 2
    assert placement.documents == {"A": 0, document.document_id: 1, "C": 2}
    assert placement.taken == {"A", "C"}
    assert placement.order.tolist() == [0, 1, 5, 6, 2]
    assert placement.document_numbers.tolist() == [0, 0, 1, 1, 2]
    assert placement.taken_passages == [(0, 0), (1, 1), (2, 4)]
    assert placement.new_passages.tolist() == [2, 3]


def test_nothing_is_taken_over_by_a_first_build() -> None:
    placement = place([], [], {}, np.zeros(0, np.int32), ())
    assert (placement.documents, placement.order.tolist(), placement.taken_passages) == ({}, [], [])
