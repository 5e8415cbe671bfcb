from __future__ import annotations

import pytest

from assistant import Document, parse_documents
from assistant.documents.metadata import find_issued, find_kind, find_number, find_place, find_years
from assistant.documents.titles import find_title


@pytest.mark.parametrize(
    ("text", "dropped", "source", "title"),
    [
        ("关于印发2020年工作要点的通知\n各单位:", (), "a.txt", "关于印发2020年工作要点的通知"),
        ("各位代表:现在报告工作。", (), "reports/某市2024年政府工作报告.txt", "某市2024年政府工作报告"),
        ("各单位:", ("导语:科技局年度工作计划一文来源于网友上传",), "a.txt", "科技局年度工作计划"),
        ("各单位:", ("本站为你精心整理了科技局发展计划范文,欢迎参考",), "a.txt", "科技局发展计划"),
        ("各单位:", (), "0001_ab.txt", ""),
    ],
)
def test_the_title_is_found_where_it_stands(text: str, dropped: tuple[str, ...], source: str, title: str) -> None:
    assert find_title("", text, dropped, source).value == title


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2020年工作总结", "summary"),
        ("关于印发工作要点的通知", "plan"),
        ("关于召开会议的通知", "notice"),
        ("", "other"),
    ],
)
def test_the_kind_follows_the_title(title: str, kind: str) -> None:
    assert find_kind(title) == kind


def test_years_come_from_title_and_headings_not_from_figures() -> None:
    (document,) = parse_documents("一、2004年工作回顾\n产值2010万元。\n二、2005年工作思路\n加强管理。", "a.txt")
    assert find_years(document.title, document.text, document.sections)[0] == (2004, 2005)


def test_the_place_is_the_one_the_title_names_else_the_most_frequent() -> None:
    assert find_place("关于印发甲乙市科技局工作要点的通知", "").value == "甲乙市"
    assert find_place("", "推进丙丁县建设。丙丁县委要求。在丙丁县落实。甲乙市。").value == "丙丁县"
    assert find_place("", "全市各县区要按我县要求,建设示范区。").value == ""


def test_an_upload_date_is_not_the_year_of_a_document(documents: list[Document]) -> None:
    years = {document.source[:3]: document.years for document in documents if document.source[:3] != "002"}
    assert years == {"000": (2013,), "001": (), "003": (2013,), "004": (2023,)}


@pytest.mark.parametrize(
    ("text", "number", "certain"),
    [
        ("某市科学技术局\n某科〔2013〕1号\n关于印发要点的通知", "某科〔2013〕1号", True),
        ("某科〔2013 〕 12 号", "某科〔2013〕12号", True),
        ("根据某委〔2013〕29号文件精神,制定本计划。", "", False),
        ("某科技〔20131\n关于印发", "某科技〔20131", False),
    ],
)
def test_the_number_stands_by_itself(text: str, number: str, certain: bool) -> None:
    found = find_number(text)
    assert (found.value, found.certain) == (number, certain)


@pytest.mark.parametrize(
    ("text", "issued", "certain"),
    [
        ("通知\n正文。\n2013年1月18日", "2013-01-18", True),
        ("通知\n正文。\n二〇一三年一月十八日", "2013-01-18", True),
        ("通知\n正文。\n某局办公室 2013年12月28日印发", "2013-12-28", True),
        ("通知\n正文。\n一三年一月十八日", "2013-01-18", False),
        ("通知\n正文。\n2013年2月30日", "", False),
        ("2013年1月18日召开会议。", "", False),
        ("2021-06-01 某市 收藏\n正文。", "", False),
    ],
)
def test_the_day_of_issue_stands_by_itself_and_is_no_upload_date(text: str, issued: str, certain: bool) -> None:
    found = find_issued(text, (2013,))
    assert (found.value, found.certain and bool(issued)) == (issued, certain)
