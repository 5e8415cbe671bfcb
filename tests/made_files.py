"""Files of several formats that tests make and read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

SENTENCE = "专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。"


def word_file(path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading("工作目标", level=2)
    document.add_paragraph(SENTENCE)
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate((("指标", "2013年", ""), ("", "目标", "完成"), ("专利申请量", "2300件", "2412件"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("二、措施")
    document.save(str(path))


def excel_file(path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "计划表"
    sheet.append(["某市2013年科技计划"])
    sheet.merge_cells("A1:C1")
    sheet.append(["指标", "目标", "增长"])
    sheet.append(["专利申请量", 2300, 0.115])
    sheet["C3"].number_format = "0.0%"
    sheet.append([None, None, None])
    sheet.append(["截止", date(2013, 1, 18)])
    book.save(path)


def old_excel_file(path: Path) -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("计划表")
    sheet.write_merge(0, 0, 0, 2, "某市2013年科技计划")
    for column, value in enumerate(("专利申请量", 2300, 0.115)):
        sheet.write(1, column, value, xlwt.easyxf(num_format_str="0.0%") if column == 2 else xlwt.easyxf())
    sheet.write(2, 0, date(2013, 1, 18), xlwt.easyxf(num_format_str="YYYY-MM-DD"))
    book.save(str(path))


def pdf_file(path: Path, pages: list[list[str]], heads: list[str] = [], table: list[list[str]] = []) -> None:  # noqa: B006
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=(595, 842))
    for page, lines in enumerate(pages):
        head, foot = (heads[page], f"- {page + 1} -") if heads else ("", "")
        canvas.setFont("STSong-Light", 12)
        for number, line in enumerate(lines):
            canvas.drawString(72, 740 - 24 * number, line)
        for text, y in ((head, 800), (foot, 40)):
            canvas.drawString(250, y, text)
        for row, cells in enumerate(table):
            for column, cell in enumerate(cells):
                canvas.drawString(72 + 120 * column, 400 - 20 * row, cell)
        canvas.showPage()
    canvas.save()
