"""Files of every format, made here, read back; and every reader fed with broken bytes."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pytest
from made_files import SENTENCE, excel_file, old_excel_file, pdf_file, word_file

from assistant import UnreadableDocument, parse_documents
from assistant.documents.formats import office, word_numbering
from assistant.documents.formats.number_formats import BUILT_IN, shown_number
from assistant.documents.formats.pdf_lines import Line, join_lines
from assistant.documents.loading import read_source

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


def test_word_keeps_headings_and_tables_in_their_place_and_merged_cells_once(tmp_path: Path) -> None:
    word_file(tmp_path / "a.docx")
    source = read_source(tmp_path / "a.docx")
    assert source.text == f"工作目标\n{SENTENCE}\n指标 | 2013年\n | 目标 | 完成\n专利申请量 | 2300件 | 2412件\n二、措施"
    assert source.headings == ((0, 2),)
    (document,) = parse_documents(source, "a.docx")
    assert [(one.level, one.heading) for one in document.sections[1:]] == [(1, "工作目标"), (2, "二、措施")]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="9">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="9"/></w:num></w:numbering>"""


def test_word_prints_its_own_numbers_and_keeps_revisions_controls_and_text_boxes(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    body = document.element.body
    numbering = document.part.numbering_part.element
    for child in parse_xml(NUMBERING):
        numbering.append(child)

    def add(inside: str, level: int | None = None) -> None:
        properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>' if level is not None else ""
        paragraph = f"<w:p {W}><w:pPr>{properties}</w:pPr>{inside}</w:p>"
        body.insert(len(body) - 1, parse_xml(paragraph))

    def run(text: str) -> str:
        return f"<w:r><w:t>{text}</w:t></w:r>"

    add(run("工作目标"), 0)
    add(
        run("专利申请")
        + f'<w:ins w:id="1">{run("2300件")}</w:ins><w:del w:id="2"><w:r><w:delText>9</w:delText></w:r></w:del>',
        1,
    )
    add(run("引进人才10名"), 1)
    add(run("要点"), 2)
    add(run("工作措施"), 0)
    add(run("强化考核"), 1)
    add(run("产量10") + f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>8</w:t></w:r>{run("吨")}')
    control = f"<w:sdt {W}><w:sdtContent><w:p>{run('控件内的文字')}</w:p></w:sdtContent></w:sdt>"
    body.insert(len(body) - 1, parse_xml(control))
    add(run("正文") + f"<w:r><w:pict><w:txbxContent><w:p>{run('文本框')}</w:p></w:txbxContent></w:pict></w:r>")
    document.save(str(tmp_path / "a.docx"))
    assert read_source(tmp_path / "a.docx").text.split("\n") == [
        "一、工作目标",
        "1.专利申请2300件",
        "2.引进人才10名",
        "要点",
        "二、工作措施",
        "1.强化考核",
        "产量10⁸吨",
        "控件内的文字",
        "正文",
        "文本框",
    ]


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "ideographTraditional", "十二"),
        (20, "japaneseCounting", "二十"),
        (35, "chineseCountingThousand", "三十五"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (2, "upperLetter", "B"),
        (7, "decimal", "7"),
        (105, "chineseCounting", "一〇五"),
    ],
)
def test_numbers_in_the_formats_of_word(number: int, number_format: str, text: str) -> None:
    assert word_numbering.shown(number, number_format) == text


def test_excel_shows_what_the_sheet_shows(tmp_path: Path) -> None:
    excel_file(tmp_path / "a.xlsx")
    expected = "计划表\n某市2013年科技计划\n指标 | 目标 | 增长\n专利申请量 | 2300 | 11.5%\n截止 | 2013-01-18"
    assert read_source(tmp_path / "a.xlsx").text == expected


def test_formulas_without_a_value_are_told_and_formats_far_away_do_no_harm(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B1"], sheet["C1"] = "合计", 5, "=SUM(B1:B1)"
    sheet["XFA1"].number_format = "0.00"
    sheet["A200000"].number_format = "0.00"
    book.create_sheet("空表")
    book.save(tmp_path / "a.xlsx")
    source = read_source(tmp_path / "a.xlsx")
    assert source.text == "Sheet\n合计 | 5"
    assert source.warnings[0].startswith("1 formulas have no stored value")


def test_old_excel_too(tmp_path: Path) -> None:
    old_excel_file(tmp_path / "a.xls")
    assert read_source(tmp_path / "a.xls").text == "计划表\n某市2013年科技计划\n专利申请量 | 2300 | 11.5%\n2013-01-18"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (2300.0, "General", "2300"),
        (0.1, "0%", "10%"),
        (504.76980851135437, "0.00", "504.77"),
        (504.76980851135437, "General", "504.769808511354"),
        (30, '0"%"', "30%"),
        (12, '0"件"', "12件"),
        (0.00001234, "0.00E+00", "1.23E-05"),
        (2.675, "0.00", "2.68"),
        (1.005, "0.00", "1.01"),
        (0.285, "0%", "29%"),
        (5, "000", "005"),
        (8, "0.##", "8"),
        (8.25, "0.0##", "8.25"),
        (8, "0.0##", "8.0"),
        (-1234.5, "#,##0.00", "-1,234.50"),
        (2412, "#,##0", "2,412"),
        (123456.123456789, "General", "123456.123456789"),
        (123456.0, '0!.0,"万元"', "12.3万元"),
        (85600000.0, '0.00,,"百万元"', "85.60百万元"),
        (1234567890.0, '0.00,,,"十亿元"', "1.23十亿元"),
        (3500000.0, '#,##0,"千元"', "3,500千元"),
        (-1234.5, "#,##0.0_);(#,##0.0)", "(1,234.5)"),
        (-12.0, '0;"▲"0', "▲12"),
        (0, '0.0;-0.0;"—"', "—"),
        (45292.0, 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        (45292.0, "[$-804]yyyy/m/d;@", "2024/1/1"),
        (0.5, '上午/下午h"时"mm"分"', "下午12时00分"),
        (120.0, '[>=100]"达标"0;"未达标"0', "达标120"),
        (59.0, "yyyy-mm-dd", "1900-02-28"),
    ],
)
def test_numbers_as_they_are_shown(value: float, number_format: str, text: str) -> None:
    assert shown_number(value, number_format) == text


@pytest.mark.parametrize(
    ("identity", "text"),
    [(27, "2024年1月"), (28, "1月1日"), (31, "2024年1月1日"), (36, "2024年1月"), (57, "2024年1月"), (58, "1月1日")],
)
def test_formats_of_chinese_excel_that_a_file_names_by_number(identity: int, text: str) -> None:
    assert shown_number(45292, BUILT_IN[identity]) == text


def test_pdf_joins_lines_and_leaves_page_numbers_and_running_heads_out(tmp_path: Path) -> None:
    long = "专利申请量达到2300件以上,其中发明占10%以上,授权专利和有效发明专利拥有量分别为"
    numbers = (1, 2, 3)
    pages = [[f"{number}.{long}", "1600件以上。", f"{number}{number}", "各项措施"] for number in numbers]
    pdf_file(tmp_path / "a.pdf", pages, [f"某市科技局文件 第 {number} 页" for number in numbers])
    source = read_source(tmp_path / "a.pdf")
    assert source.text == "\n".join(f"{number}.{long}1600件以上。\n{number}{number}\n各项措施" for number in numbers)
    starts = source.pages
    assert [source.page(offset) for offset in (0, starts[1] - 1, starts[1], starts[2])] == [1, 1, 2, 3]
    assert source.dropped == tuple(
        line for number in numbers for line in (f"某市科技局文件 第{number}页", f"- {number} -")
    )


def test_pdf_keeps_the_rows_and_cells_of_a_table(tmp_path: Path) -> None:
    table = [["指标", "目标", "完成"], ["专利申请量", "2300件", "2412件"], ["人才", "10", "12"]]
    pdf_file(tmp_path / "a.pdf", [["二、工作目标"]], table=table)
    rows = read_source(tmp_path / "a.pdf").text.split("\n")
    assert rows == ["二、工作目标", "指标 | 目标 | 完成", "专利申请量 | 2300件 | 2412件", "人才 | 10 | 12"]


def test_lines_that_do_not_reach_the_edge_end_a_paragraph() -> None:
    def line(text: str, right: float) -> Line:
        return Line(text, 70, right, 12, 0.5, 595)

    lines = [
        line("甲", 500),
        line("乙", 200),
        line("丙", 498),
        line("一、丁", 300),
        line("戊", 500),
        line("子 | 丑", 300),
    ]
    assert join_lines(lines) == ["甲乙", "丙", "一、丁", "戊", "子 | 丑"]


def test_markdown_marks_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        f"# 工作要点\n\n## 目标\n**{SENTENCE}**\n\n| 指标 | 目标 |\n|---|---|\n| 专利 | 5 |\n"
    )
    source = read_source(tmp_path / "a.md")
    (document,) = parse_documents(source, "a.md")
    assert document.text == f"工作要点\n目标\n{SENTENCE}\n| 指标 | 目标 |\n| 专利 | 5 |"
    assert [(one.level, one.heading) for one in document.sections[1:]] == [(1, "工作要点"), (2, "目标")]
    start, end = document.alignment.original_span(8, 8 + len(SENTENCE))
    assert source.text[start:end] == SENTENCE


def test_a_web_page_gives_its_main_text_with_tables(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{number}.{SENTENCE}</p>" for number in range(1, 6))
    table = "<table><tr><td>指标</td><td>目标</td></tr><tr><td>专利申请量</td><td>2300件</td></tr></table>"
    page = (
        "<html><head><meta charset='gb2312'><title>某市科技局2013年工作要点</title></head><body>"
        "<nav><a href='/'>首页</a><a href='/a'>政策</a></nav>"
        f"<article><h1>某市科技局2013年工作要点</h1><h2>一、目标</h2>{paragraphs}{table}</article>"
        "<footer>版权所有</footer></body></html>"
    )
    (tmp_path / "a.html").write_bytes(page.encode("gb18030"))
    lines = read_source(tmp_path / "a.html").text.split("\n")
    assert lines[:3] == ["某市科技局2013年工作要点", "一、目标", f"1.{SENTENCE}"]
    assert "专利申请量 | 2300件" in lines
    assert "首页" not in "".join(lines)


@pytest.mark.slow
def test_a_scanned_page_is_recognised(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    lines = [
        "某市科技局2013年工作要点",
        SENTENCE,
        "引进高层次人才10名,建设创新载体3个。",
        "全社会研发投入占比2.3%以上,增长15.6%。",
    ]
    pdf_file(tmp_path / "text.pdf", [lines])
    scan(tmp_path / "text.pdf", tmp_path / "scan.pdf")
    source = read_source(tmp_path / "scan.pdf")
    recognised = "".join(source.text.split()).translate(str.maketrans("，。", ",。"))
    expected = "".join(lines)
    assert "character recognition" in source.warnings[0]
    assert [digit for digit in recognised if digit.isdigit()] == [digit for digit in expected if digit.isdigit()]
    assert edit_distance(recognised, expected) <= 0.03 * len(expected)


def scan(text_pdf: Path, scanned_pdf: Path) -> None:
    """The first page as a picture, a little grey and noisy."""
    import pypdfium2
    from PIL import Image

    with pypdfium2.PdfDocument(text_pdf) as document:
        picture = document[0].render(scale=200 / 72).to_pil().convert("L")
    noise = random.Random(0)
    pixels = picture.load()
    assert pixels is not None
    for _ in range(20_000):
        spot = noise.randrange(picture.width), noise.randrange(picture.height)
        pixels[spot] = noise.randrange(120, 256)
    picture.convert("RGB").save(scanned_pdf, "PDF", resolution=200, quality=80)
    assert Image.MAX_IMAGE_PIXELS


def edit_distance(left: str, right: str) -> int:
    """Levenshtein's, row by row."""
    row = list(range(len(right) + 1))
    for number, character in enumerate(left, start=1):
        previous, row[0] = row[0], number
        for place, other in enumerate(right, start=1):
            previous, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, previous + (character != other))
    return row[-1]


def test_an_old_word_processor_file_needs_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.wps").write_bytes(OLD_WORD)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableDocument, match="LibreOffice; install it, or save the file as"):
        office.read(tmp_path / "a.wps")


def test_libreoffice_converts_with_a_profile_of_its_own_and_a_time_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stands in for LibreOffice: it is too large for every test machine, what we tell it is what matters."""
    word_file(tmp_path / "made.docx")
    program = tmp_path / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in -env:UserInstallation=file://*) ;; *) exit 7;; esac\n'
        f'while [ "$1" != --outdir ]; do shift; done; /bin/cp {tmp_path}/made.docx "$2/document.docx"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    (tmp_path / "a.doc").write_bytes(OLD_WORD)
    source = office.read(tmp_path / "a.doc")
    assert (source.encoding, SENTENCE in source.text) == ("doc", True)
    program.write_text("#!/bin/sh\nexec /bin/sleep 5\n")
    monkeypatch.setattr("assistant.documents.formats.office.TIME_LIMIT", 0.2)
    with pytest.raises(UnreadableDocument, match="took more than"):
        office.read(tmp_path / "a.doc")


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx", ".xlsx", ".xls", ".pdf", ".html"])
def test_broken_bytes_are_an_error_or_a_document_never_a_crash(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    makers = {".docx": word_file, ".xlsx": excel_file, ".xls": old_excel_file}
    if suffix in makers:
        makers[suffix](path)
    elif suffix == ".pdf":
        pdf_file(path, [[SENTENCE, "二、措施"]])
    else:
        path.write_text(f"<html><body><p>{SENTENCE}</p></body></html>")
    good = path.read_bytes()
    chance = random.Random(suffix)
    for attempt in range(40):
        broken = BytesIO(good)
        if attempt % 2:
            broken.truncate(chance.randrange(len(good)))
        else:
            for _ in range(chance.randrange(1, 30)):
                broken.seek(chance.randrange(len(good)))
                broken.write(chance.randbytes(1))
        path.write_bytes(broken.getvalue() if attempt % 5 else chance.randbytes(chance.randrange(1, 3000)))
        try:
            parse_documents(read_source(path), path.name)
        except UnreadableDocument as error:
            assert str(path) in str(error)
