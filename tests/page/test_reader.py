"""A document whole: marks, repairs, headings, the file's own words, the file itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import CORPUS
from starlette.datastructures import QueryParams
from starlette.responses import FileResponse

from assistant import Assistant
from assistant.datamodels import Alignment, Document, Section, Segment, SourceText
from assistant.page.reading.documents import shown, spans_of
from assistant.page.reading.reader import address_of, document_page

SOURCE = "一、目標\nA創(chuàng)新<b>5家\n"
TEXT = "一、目标\nA创新<b>5家\n"
DOCUMENT = Document(
    source="报告 1.txt",
    title="某市<i>报告",
    kind="plan",
    years=(2031,),
    place="",
    bureau="",
    document_id="报告 1.txt#1",
    text=TEXT,
    alignment=Alignment((Segment(0, 6, 0, 6), Segment(6, 7, 6, 15), Segment(7, 14, 15, 22))),
    sections=(Section("", 0, 0, 14, None), Section("一、目标", 1, 0, 14, 0)),
)


def article(page: str) -> str:
    found = re.search(r"<article>([\s\S]*)</article>", page)
    assert found is not None
    return found[1]


def test_quotes_repairs_and_headings_are_marked() -> None:
    page = document_page(DOCUMENT, SourceText(SOURCE, "utf-8"), [(5, 8)])
    repaired = '<span class="repair" tabindex="0" title="文件原文:創(chuàng)">创</span>'
    assert article(page) == (
        f'<b id="s1">一、目标</b>\n<mark>A</mark><mark>{repaired}</mark><mark>新</mark>&lt;b&gt;5家\n'
    )
    assert '<a href="#s1" style="--level: 0">一、目标</a>' in page
    assert "<title>某市&lt;i&gt;报告 › 一、目标</title>" in page
    assert "<h1>某市&lt;i&gt;报告</h1>" in page
    assert "1 处修复" in page


def test_the_files_own_words_are_marked_behind_the_quote() -> None:
    page = document_page(DOCUMENT, SourceText(SOURCE, "utf-8"), [(6, 8)], "original")
    assert article(page) == "一、目標\nA<mark>創(chuàng)新</mark>&lt;b&gt;5家\n"


def test_an_address_leads_to_its_document() -> None:
    assert address_of("a/报告 1.txt#1", (3, 5)) == "documents/a%2F%E6%8A%A5%E5%91%8A%201.txt%231?start=3&end=5"


@pytest.mark.parametrize("query", ["start=5", "start=5&end=5", "start=9&end=5", "start=-1&end=5", "start=a&end=5"])
def test_spans_that_cannot_be(query: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        spans_of(QueryParams(query), 10)
    assert spans_of(QueryParams("start=1&end=2&start=3&end=10"), 10) == [(1, 2), (3, 10)]
    with pytest.raises(ValueError, match="no span"):
        spans_of(QueryParams("start=3&end=11"), 10)


def test_repairs_of_an_index_are_underlined(seeds: Assistant) -> None:
    name = next(one for one in seeds.store.facts if one.endswith("#1") and one.startswith("002"))
    (run,) = seeds.document(name).alignment.mended
    assert (run.end - run.start, run.original_end - run.original_start) == (2, 3)
    page = document_page(seeds.document(name), seeds.store.source_text(seeds.document(name).source), [])
    assert article(page).count('<span class="repair"') == 1
    assert 'title="文件原文:?,F">。现</span>' in page


def asked(seeds: Assistant, name: str, query: str = "", corpus: Path = CORPUS) -> tuple[int, str]:
    answer = shown(seeds, corpus, name, QueryParams(query))
    return answer.status_code, bytes(answer.body).decode()


def test_every_citation_is_marked_in_its_document(seeds: Assistant) -> None:
    (citation,) = seeds.ask("平湖市2013年专利申请量的目标是多少?").citations
    status, page = asked(seeds, citation.document_id, f"start={citation.start}&end={citation.end}")
    assert status == 200
    marked = "".join(re.findall(r"<mark>(.*?)</mark>", article(page)))
    assert re.sub("<[^>]*>", "", marked) == citation.quote


def test_the_file_itself_comes_from_the_corpus_alone(seeds: Assistant, tmp_path: Path) -> None:
    name = next(iter(seeds.store.facts))
    answer = shown(seeds, CORPUS, name, QueryParams("file=1"))
    assert isinstance(answer, FileResponse)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert Path(answer.path).read_bytes() == (CORPUS / seeds.store.facts[name].source).read_bytes()
    assert asked(seeds, name, "file=1", tmp_path)[0] == 404
    outside = tmp_path / "inner"
    outside.mkdir()
    (outside / seeds.store.facts[name].source).symlink_to(CORPUS / seeds.store.facts[name].source)
    assert asked(seeds, name, "file=1", outside)[0] == 404


def test_what_is_not_there(seeds: Assistant) -> None:
    assert asked(seeds, "../../etc/passwd")[0] == 404
    assert asked(seeds, "../../etc/passwd", "file=1")[0] == 404
    assert asked(seeds, next(iter(seeds.store.facts)), "start=0&end=99999999")[0] == 400
