from __future__ import annotations

import pytest

from assistant.documents.cleaning.aligned_text import AlignedText
from assistant.documents.cleaning.boilerplate import DOUBTFUL, NONE, SURE, copied_titles, drop_boilerplate, grade


@pytest.mark.parametrize(
    "line",
    [
        "当前位置:首页 > 政策文件 > 市科技局 > 正文",
        "本文由用户上传,版权归属用户,如有争议请联系客服。",
        "本站为你精心整理了工作计划范文,希望能为你提供参考,欢迎咨询。",
        "发布时间:2022-02-06 08:33:27",
        "- 12 -",
        "第 3 页 共 9 页",
        "【本文地址:http://www.example.com/a/1.html】",
        "content_2();",
        "政策 " * 30,
        "3. 下载前请阅读,预览时可能错乱,不符可向本站投诉。",
    ],
)
def test_what_only_a_site_writes_goes(line: str) -> None:
    assert grade(line, at_edge=True) == SURE


@pytest.mark.parametrize(
    "line",
    [
        "2021-06-01 某某市 收藏",
        "朗读",
        "收藏",
        "来源:某某网",
        "关注微信公众号",
        "详细咨询:关注微信公众号",
        "责任编辑:张三",
    ],
)
def test_what_a_site_or_a_bureau_writes_goes_only_beside_a_line_of_a_site(line: str) -> None:
    assert grade(line, at_edge=True) == DOUBTFUL
    alone = f"{line}\n一、目标\n加强管理"
    assert drop_boilerplate(AlignedText.from_original(alone))[1] == ()
    beside = f"{line}\n当前位置:首页 > 政策 > 正文\n一、目标"
    assert drop_boilerplate(AlignedText.from_original(beside))[0].text == "一、目标"
    far = f"{line}\n" + "加强管理\n" * 4 + "当前位置:首页 > 政策 > 正文"
    assert line in drop_boilerplate(AlignedText.from_original(far))[0].text


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
        "三、版权保护工作",
        "加强版权保护,查处网络侵权案件12起,关注重点领域。",
        "总投资 > 500 万元 > 300 万元",
        "科技 > 创新 > 平台",
        "建设二维码追溯系统,覆盖企业120家",
        "附件请在 http://kjj.example.gov.cn 填写后报送",
        "单位1 | 1001 | " + " | ".join(f"{number}" for number in range(20)),
        "张三 李四 2013 赵六 " * 8,
        "第一 first second third fourth fifth " * 6,
    ],
)
def test_what_a_bureau_wrote_stays_even_at_the_edge(line: str) -> None:
    assert grade(line, at_edge=True) == NONE


@pytest.mark.parametrize(
    "line",
    [
        "来源:财政拨款500万元",
        "时间:2013年3月5日",
        "2013-03-05 14:30 会议室 张三",
        "日期:2013-03-05",
        "浏览:网站年浏览量530万",
        "正文",
    ],
)
def test_doubtful_lines_of_a_plain_notice_stay(line: str) -> None:
    notice = f"关于召开会议的通知\n{line}\n地点:三楼会议室\n某市科技局"
    assert drop_boilerplate(AlignedText.from_original(notice))[0].text == notice


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
