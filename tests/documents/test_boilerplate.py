from __future__ import annotations

import pytest

from assistant.documents.aligned_text import AlignedText
from assistant.documents.boilerplate import copied_titles, drop_boilerplate, is_boilerplate


@pytest.mark.parametrize(
    "line",
    [
        "当前位置:首页 > 政策文件 > 市科技局 > 正文",
        "本文由用户上传,版权归属用户,如有争议请联系客服。",
        "本站为你精心整理了工作计划范文,希望能为你提供参考,欢迎咨询。",
        "发布时间:2022-02-06 08:33:27",
        "2021-06-01 某某市 收藏",
        "- 12 -",
        "第 3 页 共 9 页",
        "关注微信公众号",
        "【本文地址:http://www.example.com/a/1.html】",
        "content_2();",
        "政策 " * 30,
    ],
)
def test_what_a_site_wrote_goes(line: str) -> None:
    assert is_boilerplate(line, at_edge=True)


@pytest.mark.parametrize(
    "line",
    [
        "5.专利申请量达到2300件以上,其中发明占10%以上。",
        "办理群众投诉120件,提供技术咨询300人次。",
        "开通网上申报系统,企业可下载表格、咨询进度。",
        "2013年1月18日",
        "一、工作目标",
        "建立科技信息网,收集技术难题,整理成果,供企业参考。",
        "科技特派员 示范基地 星创天地",
    ],
)
def test_what_a_bureau_wrote_stays_even_at_the_edge(line: str) -> None:
    assert not is_boilerplate(line, at_edge=True)


def test_dropped_lines_are_returned() -> None:
    kept, dropped = drop_boilerplate(AlignedText.from_original("朗读\n一、目标\n- 1 -"))
    assert kept.text == "一、目标\n"
    assert dropped == ("朗读", "- 1 -")
    assert kept.alignment().original_span(0, 4) == (3, 7)


@pytest.mark.parametrize(
    ("lines", "copies"),
    [
        (["某市2023", "年工作要点", "某市2023年工作要点", "一、目标"], {0, 1}),
        (["2023", "科技工作", "要点", "2023年科技工作要点"], {0, 1, 2}),
        (["2023年科技工作要点", "2023年科技工作要点范文"], {1}),
        (["关于印发某市科技局2013", "工作要点的通知", "关于印发某市科技局2013年工作要点的通知"], set()),
        (["2023年科技工作要点", "科技工作要点"], set()),
    ],
)
def test_a_title_said_once_more_goes_the_title_stays(lines: list[str], copies: set[int]) -> None:
    assert copied_titles(lines) == copies
