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


@pytest.mark.parametrize(
    ("source", "text", "title"),
    [
        ("2024-03-12某县2024年水利工作要点.txt", "一、目标\n新建泵站12座。", "某县2024年水利工作要点"),
        ("3.某县水利发展规划.txt", "本规划由县水利局编制。", "某县水利发展规划"),
        (
            "001.txt",
            "某县人民政府办公室关于印发某县2024年政务公开工\n作要点的通知(2024年5月22日)\n某政办发〔2024〕5号\n各镇:",
            None,
        ),
        ("附件2.txt", "下载\n打印\n某县2024年水利工作总结\n来源:某县水利局", "某县2024年水利工作总结"),
        ("a.txt", "索引号:0012\n某县人民政府关于印发\n《某县招商引资优惠政策三十\n条》的通知\n各镇:", None),
        ("某县2024年政府工作报告.txt", "政府工作报告\n各位代表:", "某县2024年政府工作报告"),
        ("某县2024年政府工作报告.txt", "2023年工作回顾\n过去一年稳步推进。", "某县2024年政府工作报告"),
    ],
)
def test_the_title_of_the_text_before_the_name_of_the_file(source: str, text: str, title: str | None) -> None:
    joined = {
        "001.txt": "某县人民政府办公室关于印发某县2024年政务公开工作要点的通知",
        "a.txt": "某县人民政府关于印发《某县招商引资优惠政策三十条》的通知",
    }
    assert find_title("", text, (), source).value == (title or joined[source])


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("上海市黄浦区人民政府办公室关于印发工作要点的通知", "", "黄浦区"),
        ("克拉玛依市2023年工作要点", "", "克拉玛依市"),
        ("2026年西藏自治区政府工作报告", "", "西藏自治区"),
        ("沈阳市和平区2024年工作总结", "", "和平区"),
        ("阳泉市郊区2024年工作总结", "", "郊区"),
        ("平潭综合实验区投资促进局2024年工作总结", "", "平潭综合实验区"),
        ("工作报告", "——2026年1月26日在广东省第十四届人民代表大会第五次会议上\n加强与海南省合作", "广东省"),
        ("工作要点", "推动企业上市,建设农贸集市,改造棚户区和环境分区。" * 3, ""),
        ("关于对接上海市的措施", "平湖市科技局\n2024年1月2日", "平湖市"),
    ],
)
def test_places_are_those_of_the_list_and_of_titles_and_bodies(title: str, text: str, place: str) -> None:
    assert find_place(title, text).value == place


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("某县特殊教育提升行动计划(2023—2025年)", (2023, 2024, 2025)),
        ("某县“十四五”水利发展规划", (2021, 2022, 2023, 2024, 2025)),
        ("某县水利局２０２４年工作要点", (2024,)),
        ("某县水利局2022工作计划", (2022,)),
    ],
)
def test_all_years_of_a_span_and_of_a_five_year_plan(title: str, years: tuple[int, ...]) -> None:
    assert find_years(title, "", ())[0] == years


def test_a_table_of_contents_is_dropped() -> None:
    text = "某县工作总结\n目 录\n一、工作 1\n二、打算 3\n一、工作\n建成12座。\n二、打算\n再建15座。"
    (document,) = parse_documents(text, "a.txt")
    assert document.text == "某县工作总结\n一、工作\n建成12座。\n二、打算\n再建15座。"
