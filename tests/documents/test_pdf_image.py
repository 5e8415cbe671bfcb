"""Pages of a PDF as pictures, with boxes around the lines that hold the words asked for."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from starlette.datastructures import QueryParams

from assistant import Assistant, UnreadableDocument
from assistant.documents.formats.pdf_image import draw
from assistant.documents.formats.worker import draw_apart
from assistant.page.reading.documents import shown

WIDTH, HEIGHT, SIZE = 600, 800, 20
LINES = ["专利申请量达到四千件以上,", "其中发明专利占三成。", "专利申请量另有说明。"]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    """Two pages: lines of 20 points from x = 100, the first with its foot at y = 700, each 50 below."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    page = Canvas(str(tmp_path / "a.pdf"), pagesize=(WIDTH, HEIGHT))
    for lines in (LINES, ["第二页的话,只有一句。"]):
        page.setFont("STSong-Light", SIZE)
        for rank, line in enumerate(lines):
            page.drawString(100, 700 - 50 * rank, line)
        page.showPage()
    page.save()
    return tmp_path / "a.pdf"


def places(pdf: Path, page: int, *words: str) -> list[tuple[int, int, int]]:
    """Left, right and middle of each box in points."""
    found = draw(pdf, page, words)[1]
    return [
        (round(left * WIDTH), round((left + width) * WIDTH), round(HEIGHT - (top + height / 2) * HEIGHT))
        for left, top, width, height in found
    ]


def near(place: tuple[int, int, int], left: int, right: int, foot: int) -> bool:
    return abs(place[0] - left) <= 4 and abs(place[1] - right) <= 12 and foot <= place[2] <= foot + SIZE


def test_each_line_of_a_quote_is_boxed_where_it_stands(pdf: Path) -> None:
    first, second = places(pdf, 1, "专利申请量达到四千件以上,其中发明专利占三成。")
    assert near(first, 100, 100 + 12 * SIZE, 700)
    assert near(second, 100, 100 + 10 * SIZE, 650)


def test_words_inside_a_line_are_boxed_alone(pdf: Path) -> None:
    (box,) = places(pdf, 1, "发明专利占三成")
    assert near(box, 100 + 2 * SIZE, 100 + 9 * SIZE, 650)


def test_words_of_another_page_are_not_boxed(pdf: Path) -> None:
    assert places(pdf, 1, "第二页的话") == []
    (box,) = places(pdf, 2, "四千件以上,第二页的话,只有一句。")
    assert near(box, 100, 100 + 10 * SIZE, 700)


def test_the_picture_is_the_page(pdf: Path) -> None:
    picture = Image.open(BytesIO(draw(pdf, 1, ())[0]))
    assert (picture.width, round(picture.height / picture.width, 2)) == (1100, round(HEIGHT / WIDTH, 2))
    dark = sum(value < 128 for value in picture.convert("L").tobytes())
    assert 0.001 < dark / (picture.width * picture.height) < 0.1


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_there_is_not(pdf: Path, number: int) -> None:
    with pytest.raises(UnreadableDocument, match="no page"):
        draw(pdf, number, ())


def test_it_is_drawn_in_a_process_apart(pdf: Path) -> None:
    assert draw_apart(pdf, 1, [LINES[0]])[1] == draw(pdf, 1, [LINES[0]])[1]
    pdf.write_bytes(b"%PDF-1.7 broken")
    with pytest.raises(UnreadableDocument, match="damaged"):
        draw_apart(pdf, 1, ())


def test_the_reader_shows_the_page_of_a_quote_and_links_to_the_others(pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    target = pdf.rename(tmp_path / "corpus" / "丙市2014年工作要点.pdf")
    assistant = Assistant.build(tmp_path / "corpus", tmp_path / "index")
    (name,) = assistant.store.facts
    text = assistant.read(name)
    start = text.index("第二页")

    def page(query: str) -> tuple[int, str]:
        answer = shown(assistant, tmp_path / "corpus", name, QueryParams(query))
        return answer.status_code, bytes(answer.body).decode()

    status, told = page(f"view=pages&start={start}&end={start + 5}")
    assert status == 200
    assert re.findall(r'<img alt="(.*?)"', told) == ["第 2 页"]
    assert told.count("<i style=") == 1
    assert re.findall(r'page=(\d)" aria-current=page', told) == ["2"]
    assert "文件页面" in page("")[1]
    assert re.findall(r'<img alt="(.*?)"', page("view=pages&page=1")[1]) == ["第 1 页"]
    assert page("view=pages&page=9")[0] == 404
    target.unlink()
    assert page("view=pages&page=1")[0] == 404
