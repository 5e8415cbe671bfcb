from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Assistant
from assistant.answering.checking.citations import cite, is_valid


def test_a_quote_is_a_slice_and_so_is_its_original(seeds: Assistant) -> None:
    store = seeds.store
    passage = next(one for one in store.passages() if one.source.startswith("000"))
    citation = cite(store, passage, passage.start + 2, passage.start + 12, 1)
    assert citation.quote == passage.text[2:12]
    assert is_valid(citation, passage)
    original = store.source_text(passage.source).text
    assert original[citation.original_start : citation.original_end] == citation.original
    assert citation.original != citation.quote, "the file has pinyin and traditional characters here"


def test_a_stretch_outside_the_passage_cannot_be_cited(seeds: Assistant) -> None:
    store = seeds.store
    passage = store.passages()[1]
    for start, end in ((passage.start - 1, passage.end), (passage.start, passage.end + 1), (passage.start,) * 2):
        with pytest.raises(ValueError, match="not inside"):
            cite(store, passage, start, end, 1)


def test_an_altered_quote_is_not_valid(seeds: Assistant) -> None:
    passage = next(one for one in seeds.store.passages() if "2300件" in one.text)
    start = passage.start + passage.text.index("2300")
    citation = cite(seeds.store, passage, start, start + 5, 1)
    assert citation.quote == "2300件"
    for altered in ("2301件", "230件", "2300件以", "23000件", ""):
        assert not is_valid(replace(citation, quote=altered), passage)
    assert not is_valid(replace(citation, start=start + 1, end=start + 6), passage)
    assert not is_valid(replace(citation, passage_id="elsewhere"), passage)
