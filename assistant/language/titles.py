"""What titles, headings and the edges of a document say of it: its kind, its number, what a section is for."""

from __future__ import annotations

import re
from typing import Literal

TITLE_WORD = re.compile(
    r"要点|总结|计划|规划|思路|方案|报告|通知|意见|办法|汇报|打算|回顾|安排|纲要|决定|讲话|措施|公报|机制|细则|规定|条例|公告|通告"
    r"|指南|部署|清单|任务分[工解]|情况|预案|标准|制度|[一二三四五六七八九十]条$|[\u4e00-\u9fff]表$"
)
TITLE_END = re.compile(rf"(?:{TITLE_WORD.pattern})(?:[(（][^()（）]{{1,20}}[)）]?|》)?$")
"""Words that a title ends with."""
SITE_TITLE = re.compile(
    r"(?:整理了|收集的|带来了?)([\u4e00-\u9fff\d]{6,40}?)(?:范文|[,，。])|[语言][::]([\u4e00-\u9fff\d]{6,40}?)一文"
)
KINDS: tuple[tuple[Literal["summary", "plan", "notice"], re.Pattern[str]], ...] = (
    ("summary", re.compile(r"总结|回顾|报告|汇报|公报|完成情况")),
    ("plan", re.compile(r"要点|计划|规划|思路|方案|打算|安排|纲要|部署|任务分[工解]|(?:工作|重点|目标)任务")),
    ("notice", re.compile(r"通知|意见|办法|决定|公告|措施|政策|规定|细则|条例|制度|[一二三四五六七八九十]条$")),
)
DRAFT = re.compile(r"(?:公开)?征求意见稿|送审稿|讨论稿|审议稿|草案|初稿|草稿|代拟稿|修改稿|未定稿")
"""A version that is not the last."""
MARKS_OF_VERSIONS = re.compile(r"[\s()（）【】\[\]《》“”\"'、,，.。:：—_-]|关于|印发|的?通知$|正式稿|定稿|终稿|最终稿")
"""What names of versions of one document may differ in."""
REPORT = re.compile(r"工作报告")
NUMBER = re.compile(r"([\u4e00-\u9fff]{1,12}[〔\[［（(【]\s*(?:19|20)\d{2}\s*[〕\]］）)】]\s*第?\s*\d{1,4}\s*号)")
DAMAGED_NUMBER = re.compile(r"([\u4e00-\u9fff]{2,12}[〔［][\dxX*]{2,9}[〕］]?\s*\d{0,4}\s*号?)")
SPEAKER_LINE = re.compile(r"(?:长|主席|主任|书记)\s*[\u4e00-\u9fff·]{1,3}\s*[\u4e00-\u9fff]{1,2}\s*$")
"""A line that names who gave a report: 市长 某某."""
# --- sections of measures ---
NO_MEASURES = re.compile(r"目标(?!责任)|指标|问题|不足|困难|体会|经验|建议|意见|附件|附表|指导思想|总体要求|形势")
FRAME = re.compile(r"思路|总体要求")
CONTAINER = re.compile(
    r"措施|任务|重点工作|主要工作|工作计划|工作安排|举措|工作重点|工作回顾|工作思路|亮点工作|工作情况|工作总结|具体工作|做法"
)
# --- what stands around titles ---
BEFORE_TITLE = re.compile(
    r"^(?:#+\s*|(?:标题|文件名称|名\s*称|题\s*名)\s*[:：]\s*|\d{1,2}\s*[.、．]\s*(?=[\u4e00-\u9fff]))"
)
BEHIND_TITLE = re.compile(
    r"\s{0,3}[(（](?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日?|[^()（）]{0,8}(?:稿|版|通过))[)）]?\s*$|[-—–①-⑳*※]+$"
)
BEFORE_STEM = re.compile(
    r"^(?:(?:19|20)\d\d[-_.年]?(?:0?[1-9]|1[0-2])[-_.月]?(?:[0-2]?\d|3[01])日?(?!\d)[-_.\s]*"
    r"|\d{1,2}[.、．_](?=(?:19|20)\d\d[-_.年]?\d)|\d{1,3}\s*[.、．_\-—\s]+\s*(?!\d)|附件\d*[-_:：.、\s]*|[(（【\[]\d{1,3}[)）】\]]\s*)+"
)
OTHER_LINE = re.compile(
    r"^[^\u4e00-\u9fff]*$|^(?:下载|打印|收藏|全屏|索引号|发布|来源|时间|当前位置|首页|原文|网站|栏目|文号|分享|附件|关键词)|https?:|^【"
)
# --- and around the bodies that issue a document ---
BEFORE_BODY = re.compile(r"^[\s#*]*(?:发布机构|发文机关|制发机关|来\s*源|主办|承办)[*\s]*[:：]\s*")
# --- styles of word processors ---
HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
CONTENTS_STYLE = re.compile(r"toc|目录", re.IGNORECASE)


def told_years(title: str, years: tuple[int, ...]) -> tuple[int, ...]:
    """The years that a document tells of: a report to a congress first of the one before its own."""
    return (years[0] - 1, *years) if len(years) == 1 and REPORT.search(title) else years
