"""Drop what a web site put around a document: disclaimers, breadcrumbs, buttons, keyword clouds, page numbers.

A line goes by itself only where its words are a site's alone. Lines that a bureau may also write (来源:…, 收藏, a date
and time, a hint at a public account) go only beside such a line. When in doubt a line stays.
"""

from __future__ import annotations

import re

from assistant.documents.cleaning.aligned_text import AlignedText, Edit
from assistant.language.marks import is_numbered

EDGE_LINES = 12
NEAR = 3
"""Lines within which a line of a site vouches for a doubtful one."""
LEAST_TITLE, LONGEST_TITLE = 6, 45
SHORT = 40
SAMPLE = re.compile(r"(?:范文|模板|全文|完整版|最新|下载)$")
SITE_PHRASE = re.compile(
    r"本站|小编|网友上传|用户上传|免责声明|站点关键词|上一篇|下一篇|转载请|本文地址|保留链接|网络整理|放心下载|预览时"
    r"|网站地图|浏览次数|阅读次数|字体大小|打印本页|关闭窗口|联系我们及时删除|网站客服|客服老师|联系客服|function\s*\("
)
SHARED_PHRASE = re.compile(
    r"微信公众号|扫一扫|二维码|客服|版权归|版权保护[::]|分享到|点击下载|点击展开|责任编辑|https?://|www\."
)
SITE_WORD = re.compile(
    r"范文|参考|欢迎|下载|投诉|版权|网友|咨询|收藏|大家|收集|整理|文档|原创|分享|关注|免费|浏览|搜索|转载"
)
SITE_LINE = re.compile(
    r"\w{1,40}_\d{1,6}\(\);?。?|[-—]\s{0,3}\d{1,5}\s{0,3}[-—]|第\s{0,3}\d{1,5}\s{0,3}页(?:\s{0,3}共\s{0,3}\d{1,5}\s{0,3}页)?"
)
DOUBTFUL_LINE = re.compile(
    r"温馨提示[::]?|朗读|收藏|打印|分享|返回|关闭|全文|正文|(?:来源|作者|编辑|点击|阅读|浏览|责任编辑)[::].{0,20}"
    r"|(?:发布|更新|上传)?(?:时间|日期)[::]\s*[\d\-/.年月日: ]+"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s+\S{1,8}){0,3}"
)
PUBLISHED = re.compile(r"(?:(?:发布|更新|上传)(?:时间|日期)|时间)[::]\s*\d{4}-\d{2}-\d{2}(?:\s+\d{2}:\d{2}:\d{2})?")
BREADCRUMB = re.compile(r"(?:当前位置|你的位置|您的位置|所在位置|首页|主页).*(?:\s[>›»]\s*\S+){2,}")
SENTENCE_MARK = re.compile(r"[。；;，,、！!?？]")
LEAST_CLOUD_WORDS, MOST_OTHER_WORDS = 20, 0.05
SURE, DOUBTFUL, NONE = 2, 1, 0
CONTENTS = re.compile(r"目\s*[录次]")
ENTRY = re.compile(r"(?P<words>[^。]{2,280}?)\d{1,3}")
LEADERS = re.compile(r"[.·．]{4,}|…{2,}|(?:\. ?){4,}")
LEAST_ENTRIES = 2
"""Lines that make a table of contents."""


def drop_boilerplate(aligned: AlignedText) -> tuple[AlignedText, tuple[str, ...]]:
    """The text without site furniture, and the lines that were dropped."""
    lines = aligned.text.split("\n")
    copies = copied_titles(lines[:EDGE_LINES]) | contents(lines)
    grades = [
        SURE if rank in copies else grade(line, at_edge=min(rank, len(lines) - 1 - rank) < EDGE_LINES)
        for rank, line in enumerate(lines)
    ]
    sure = [rank for rank, one in enumerate(grades) if one == SURE and rank not in copies]
    edits = []
    dropped = []
    position = 0
    for rank, (line, one) in enumerate(zip(lines, grades, strict=True)):
        end = position + len(line)
        if line and (one == SURE or (one == DOUBTFUL and any(abs(rank - other) <= NEAR for other in sure))):
            dropped.append(line)
            edits.append(Edit(position, min(end + 1, len(aligned.text)), ""))
        position = end + 1
    return aligned.apply(edits), tuple(dropped)


def copied_titles(lines: list[str]) -> frozenset[int]:
    """Ranks of lines that say the title once more: cut over several lines, or as a site's sample (范文)."""
    titles = {line for line in lines if LEAST_TITLE <= len(line) <= LONGEST_TITLE and not SENTENCE_MARK.search(line)}
    without_year_sign = {title.replace("年", "") for title in titles}
    copies = {
        rank for rank, line in enumerate(lines) if SAMPLE.sub("", line) != line and SAMPLE.sub("", line) in titles
    }
    for first in range(len(lines)):
        joined = lines[first]
        for last in range(first + 1, min(first + 4, len(lines))):
            joined += lines[last]
            pieces = range(first, last + 1)
            if joined in titles or (len(pieces) > 2 and joined.replace("年", "") in without_year_sign):
                copies.update(pieces)
    return frozenset(copies)


def contents(lines: list[str]) -> frozenset[int]:
    """Ranks of the lines of a table of contents: below 目录, or with leaders: headings with page numbers."""
    headings = {_bare(line) for line in lines}
    found: set[int] = set()
    below: list[int] | None = None
    for rank, line in enumerate(lines):
        entry = ENTRY.fullmatch(line)
        if CONTENTS.fullmatch(line.strip()):
            below = [rank]
        elif below is not None and entry and (_bare(entry["words"]) in headings or LEADERS.search(line)):
            below.append(rank)
            found.update(below if len(below) > LEAST_ENTRIES else ())
        elif line.strip():
            below = None
            found.update([rank] if entry and LEADERS.search(line) and _bare(entry["words"]) in headings else [])
    return frozenset(found)


def _bare(line: str) -> str:
    return re.sub(r"[\s.·…．\-]", "", line)


def grade(line: str, *, at_edge: bool) -> int:
    """SURE where a site wrote the line, DOUBTFUL where a site or the bureau did, else NONE."""
    site = len(set(SITE_PHRASE.findall(line)))
    shared = len(set(SHARED_PHRASE.findall(line)))
    words = len(set(SITE_WORD.findall(line)))
    numbered = is_numbered(line)
    told = site and site + shared + (words > 0) >= 2 and (not numbered or site + shared + words > 2)
    short = site and not numbered and len(line) <= SHORT and not line.endswith("。")
    by_form = SITE_LINE.fullmatch(line) or PUBLISHED.fullmatch(line) or BREADCRUMB.search(line)
    if told or short or by_form or (at_edge and _is_keyword_cloud(line)):
        return SURE
    hinted = shared and words and not re.search(r"\d{2}", line)
    return DOUBTFUL if not numbered and (hinted or DOUBTFUL_LINE.fullmatch(line)) else NONE


def _is_keyword_cloud(line: str) -> bool:
    """Many short words between spaces, no sentence, no number, no table, and the same words again and again."""
    words = line.split()
    if len(words) < LEAST_CLOUD_WORDS or SENTENCE_MARK.search(line) or "|" in line:
        return False
    if sum(re.search(r"[\da-zA-Z]", word) is not None for word in words) > MOST_OTHER_WORDS * len(words):
        return False
    pairs = [word[start : start + 2] for word in words for start in range(len(word) - 1)]
    return len(set(pairs)) < 0.6 * len(pairs)
