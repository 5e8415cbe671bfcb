"""Noun phrases, by the parts of speech that jieba's dictionary gives."""

from __future__ import annotations

import re

STOP_VERB = re.compile(
    r"参加|参与|获|获得|荣获|被|列入|列为|入选|通过|赴|来|进行|开展|完成|达成|签约|对接|落户|建立|实地|提供|收到|组织|前往|到|深入|认定"
    r"|投入|发布|高效|协同|获取|创建|取得|成功|正式|展示|交流|享受|兑现|推介|落地|报送|位居|同比|增长|用于|出席"
)
NOUN_TAGS = ("n", "vn", "a", "b", "j", "l", "i", "eng", "g", "s", "k", "z", "m")
NOUNLIKE = re.compile(
    r"需求|研究|合作|创新|支持|服务|培训|计划|报告|代表|设计|教育|投资|贷款|会员|指导|级|[“”《》\"-·]"
)
LONGEST_PHRASE = 44


def noun_phrase(text: str) -> tuple[str, int]:
    """The noun phrase that a text begins with, and how far it reaches; '' where a verb or adverb comes first."""
    import rjieba

    tokens = rjieba.tag(text[:LONGEST_PHRASE])
    phrase, length = "", 0
    for rank, (word, tag) in enumerate(tokens):
        following = tokens[rank + 1][1] if rank + 1 < len(tokens) else "x"
        if word == "的" and (not phrase or following.startswith(NOUN_TAGS)):
            phrase += word if phrase else ""
        elif STOP_VERB.fullmatch(word) or not _continues(word, tag, following, bool(phrase)):
            break
        else:
            phrase += word
        length += len(word)
    return (phrase, length) if len(phrase) > 1 else ("", 0)


def _continues(word: str, tag: str, following: str, begun: bool) -> bool:
    """Whether the word belongs to the noun phrase."""
    if tag.startswith(NOUN_TAGS) or NOUNLIKE.fullmatch(word):
        return True
    if word in ("、", "和", "及", "与"):
        return begun and following.startswith(NOUN_TAGS)
    return tag.startswith("v") and following.startswith(("n", "vn", "b", "j"))


def begins_with_verb(words: str) -> bool:
    """Whether the first word is a verb or an adverb."""
    import rjieba

    return rjieba.tag(words)[0][1] in ("v", "d")
