from __future__ import annotations

from assistant.retrieval.placement import Entry, place


def test_documents_are_numbered_by_source_whichever_part_they_come_from() -> None:
    """The live part has a (passages 0, 1), c (2) and d (3, 4), which is gone; of two new ones b has two, e one."""
    live = [Entry("a.txt", "A", 0, 2), Entry("c.txt", "C", 2, 3)]
    placement = place([live, [Entry("e.txt", "E", 0, 1)], [Entry("b.txt", "B", 0, 2), Entry("b.txt", "B2", 2, 2)]])
    assert placement.documents == {"A": 0, "B": 1, "B2": 2, "C": 3, "E": 4}
    assert placement.taken == (("A", "C"), ("E",), ("B", "B2"))
    assert placement.document_numbers.tolist() == [0, 0, 1, 1, 3, 4]
    assert placement.parts.tolist() == [0, 0, 2, 2, 0, 1]
    assert placement.places.tolist() == [0, 1, 0, 1, 2, 0]
    assert placement.moved(0, 5).tolist() == [0, 1, 4, -1, -1]
    assert placement.moved(2, 2).tolist() == [2, 3]


def test_of_nothing_nothing_is_placed() -> None:
    placement = place([[]])
    assert (placement.documents, len(placement), placement.moved(0, 2).tolist()) == ({}, 0, [-1, -1])
