"""Drop what a web site put around a document: disclaimers, breadcrumbs, buttons, keyword clouds, page numbers.

A line is judged by its own features: it takes a phrase that only a site writes, and more of the kind. Words
that a bureau may also use (下载, 投诉, 收藏) only add to it. When in doubt a line stays.
"""

from __future__ import annotations

import re

from assistant.documents.aligned_text import AlignedText, Edit

EDGE_LINES = 12
LEAST_TITLE, LONGEST_TITLE = 6, 45
SAMPLE = re.compile(r"(?:范文|模板|全文|完整版|最新|下载)$")
SITE_PHRASE = re.compile(
    r"本站|小编|网友上传|用户上传|免责声明|微信公众号|扫一扫|二维码|客服|站点关键词|上一篇|下一篇|转载请|本文地址"
    r"|保留链接|版权归|版权保护|分享到|当前位置|你的位置|您的位置|网络整理|放心下载|预览时|点击下载|点击展开|网站地图"
    r"|责任编辑|浏览次数|阅读次数|字体大小|打印本页|关闭窗口|联系我们及时删除|function\s*\("
)
WEAK_WORD = re.compile(
    r"范文|参考|欢迎|下载|投诉|版权|网友|咨询|收藏|大家|收集|整理|文档|原创|分享|关注|免费|浏览|搜索|转载"
)
WHOLE_LINE = re.compile(
    r"\w+_\d+\(\);?。?|-\s*\d+\s*-|—\s*\d+\s*—|第\s*\d+\s*页(?:\s*共\s*\d+\s*页)?|温馨提示[::]?|朗读|收藏|打印|分享|返回|关闭|全文|正文"
    r"|(?:发布|更新|上传)?(?:时间|日期)[::]\s*[\d\-/.年月日: ]+"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?(?:\s+\S{1,8}){0,3}"
    r"|(?:来源|作者|编辑|点击|阅读|浏览)[::].{0,20}"
)
BREADCRUMB = re.compile(r"(?:\s[>›»]\s*\S+){2,}")
ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)
SENTENCE_MARK = re.compile(r"[。；;，,、！!?？]")


def drop_boilerplate(aligned: AlignedText) -> tuple[AlignedText, tuple[str, ...]]:
    """The text without site furniture, and the lines that were dropped."""
    lines = aligned.text.split("\n")
    copies = copied_titles(lines[:EDGE_LINES])
    edits = []
    dropped = []
    position = 0
    for rank, line in enumerate(lines):
        at_edge = min(rank, len(lines) - 1 - rank) < EDGE_LINES
        end = position + len(line)
        if line and (rank in copies or is_boilerplate(line, at_edge=at_edge)):
            dropped.append(line)
            stop = min(end + 1, len(aligned.text))
            edits.append(Edit(position, stop, ""))
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


def is_boilerplate(line: str, *, at_edge: bool) -> bool:
    """Whether a site, not the bureau, wrote the line."""
    if WHOLE_LINE.fullmatch(line) or BREADCRUMB.search(line):
        return True
    strong = len(set(SITE_PHRASE.findall(line))) + bool(ADDRESS.search(line))
    weak = len(set(WEAK_WORD.findall(line)))
    if len(line) > 200:
        return _is_keyword_cloud(line)
    short = len(line) <= 40 and (weak > 0 or (at_edge and not line.endswith("。")))
    return (strong > 0 and (2 * strong + weak + at_edge >= 4 or short)) or _is_keyword_cloud(line)


def _is_keyword_cloud(line: str) -> bool:
    """Many short words between spaces, no sentence, and the same words again and again."""
    words = line.split()
    if len(words) < 12 or SENTENCE_MARK.search(line):
        return False
    pairs = [word[start : start + 2] for word in words for start in range(len(word) - 1)]
    return len(set(pairs)) < 0.7 * len(pairs)
