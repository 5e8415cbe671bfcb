"""Words that say who answers for something and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.language.years import DIGITS

ROLE_VERBS = (
    r"牵头(?:负责|落实|组织|实施)?|负责(?:落实|组织|实施)?|配合(?:落实|实施)?"
    r"|协办|协同|协助|参与|参加|主办|落实|承办|督办|责任"
)
ROLE_LABELS = (
    r"(?:牵头|责任|负责|配合|主办|承办|协办|参与|参加|主管|实施|考核|落实|分管|主责|协同|支持|指导)+"
    r"(?:考核)?(?:单位|部门|处室|科室|机构|领导|人|主体)"
)
DUE_LABELS = r"(?:完成|办结|工作|落实|推进|计划|整改)?(?:时限|时间(?:节点|进度)?|期限|日期)(?:要求)?"
BRACKET = re.compile(r"[(（\[【〔]((?:[^()（）\[\]【】〔〕\n]|[(（][^()（）\n]*[)）]){2,400})[)）\]】〕]")
TELLS_BODY = re.compile(
    rf"(?:{ROLE_LABELS})|(?:牵头|负责|配合|协办|主办|落实|承办)(?:[,，;；。、]|$|(?:落实|实施|组织|完成)[,，;；。]?)"
)
LABELLED = re.compile(rf"(?:(?<=\n)|(?<=^)|(?<=[。;；]))[ \t\u3000]*(?:{ROLE_LABELS})\s*[:：][^\n]{{2,300}}")
"""A line, or a sentence at the end of one, that names bodies: 责任单位:…."""
LABEL = re.compile(rf"(?P<role>{ROLE_LABELS})\s*[:：为]?|(?P<due>{DUE_LABELS})\s*[:：为]")
VERB = re.compile(
    rf"(?P<bodies>[^,，;；。:：]+?)(?:等(?:有关|相关)?(?:部门|单位)?)?(?:[按依]照?(?:各自)?职责(?:分工)?|分别|共同|具体|统筹|分工)*(?P<verb>{ROLE_VERBS})$"
)
NOT_A_BODY = re.compile(
    r"^(?:等|各自|有关|相关|共同|其他)?(?:有关|相关)?(?:部门|单位)?$|\d{4}年|月底?前?$|完成|时限|[:：]"
)
BEFORE_BODIES = re.compile(
    r"^(?:由|会同|其中|并由)|(?:等(?:有关|相关)?(?:部门|单位)?|[按依]照?(?:各自)?职责(?:分工)?(?:负责)?|分别|共同)$"
)
# --- heads of tables that list tasks ---
ROLE_HEAD = re.compile(rf"(?:{ROLE_LABELS}|(?:牵头|责任|负责|配合)(?:处室|科室|股室|领导)?)(?:及?责任人)?")
DUE_HEAD = re.compile(DUE_LABELS)
TASK_HEAD = re.compile(
    r"(?:年度|工作|重点|主要|目标|具体|改革|建设|整改)*(?:任务|措施|内容|事项|举措|工作|要求|目标)(?:内容|名称|清单|分解|及措施|和措施)?"
)
LEADING = re.compile("牵头|主办|主责")
HELPING = re.compile("配合|协|参与|参加|支持")
_DAY = (
    rf"(?:(?:{DIGITS}|[〇○零一二三四五六七八九]{{4}})年|今年|明年|本年|当年)?"
    r"(?:1?\d月(?:份|底|末|[上中下]旬|\d{1,2}日)?|[一二三四1-4]季度末?|上半年|年[底末中])"
    rf"|{DIGITS}年(?:[底末]|[一二三四]季度|上半年)?"
)
DUE = re.compile(
    rf"(?:{_DAY})(?:之|以)?(?:前|底前|末前)|(?:{_DAY})(?=(?:全面|基本|全部|力争|确保)?(?:完成|建成|办结|到位|竣工|投用|投产|交付|验收|实现|出台|印发|开工|启动))|(?:(?:{DIGITS}年)?(?:全年|年内|长期(?:坚持|推进)?|持续(?:推进|实施)|立即))(?=完成|[)）]|$)"
)
"""By when something is done: 10月底前, 2025年6月30日前, 年底前."""
SEPARATORS = re.compile(r"[、,，\s]+(?![^(（]*[)）])|(?<=[局委办厅院会部处科室心])和(?=[^,，]{2,})")
LONGEST_BODY = 40


def listed_bodies(names: str, role: str) -> Iterator[str]:
    """The bodies of a list with their role."""
    does = "(牵头)" if LEADING.search(role) else "(配合)" if HELPING.search(role) else ""
    for name in SEPARATORS.split(names):
        body = BEFORE_BODIES.sub("", BEFORE_BODIES.sub("", name.strip(" :：")))
        if body and len(body) <= LONGEST_BODY and not NOT_A_BODY.search(body):
            yield f"{body}{does}"
