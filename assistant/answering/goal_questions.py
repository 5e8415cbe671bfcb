"""What a question about a number asks of a row: the thing, its status, its year, how many of them."""

from __future__ import annotations

import re

from assistant.answering.evidence import UNITS
from assistant.answering.questions import INTERROGATIVE, Question, evidence_tokens
from assistant.answering.scope import named_places
from assistant.datamodels import DocumentFacts, Goal, GoalStatus
from assistant.facts.pairing import dimension
from assistant.language.indicator_terms import canonical
from assistant.language.normalization import search_key
from assistant.retrieval.retriever import Filters

ALL_STATUSES: frozenset[GoalStatus] = frozenset({"planned", "achieved", "projected"})
ORDER: dict[GoalStatus, int] = {"planned": 0, "achieved": 1, "projected": 2}
TOO_COMMON = re.compile(r"企业|项目|单位|人员|干部|目标|基础|村|家|人|.?")
FRAME = re.compile(r"报告|提出|预期|全年|[次来去今当本]年|要求|规定|达到|实现|完成|次数|数量|单数|个数")
OCCASION = re.compile(r"第.+[届批期次]")
"""The passage may name it in another sentence; the refusal looks for it there."""
SEVERAL = re.compile(r"[、和及与]|各[是为]")
ASKED_FRAME = re.compile(r"[一总]共|共计|上一?年|[来次去当]年|全年|的?目标|计划(?!项目)|实际|各(?=是)|分别")
GROWTH_OF = re.compile(r"(?:同比|比上年|较上年)?(?:增长|增幅|增速|提高|下降|上升|减少|增加)(?:率|了|为|是|达)*$")
HOW_MUCH_MORE = re.compile(r"(?:增长|下降|提高|上升)(?:了|率)?(?:是|为)?(?:多少|几)|(?:增幅|增速)")
CHANGED = re.compile(r"增|降|提高|上升|减少|翻")
COLLOQUIAL = re.compile(r"(?<=案)子$|[了啊呀的]$")
THING = re.compile(rf"([\u4e00-\u9fffa-z&]*?)(?:各?是|为|有|达到?|了)?(?:多少|几)[万亿]*[{UNITS}]?([\u4e00-\u9fff]*)")
TOTAL = re.compile(r"总数|总量|累计|共有|保有|拥有|总计")
NEW = re.compile(r"新增|新认定|新培育|新引进|新建|净增|增加")
SHARE = re.compile(r"占|比重|强度|比例")
PERCENT_ASKED = re.compile(r"强度|占比|比重|增速|增幅|增长率|百分")
GROWTH = re.compile(r"(?:增长|下降|增幅|增速)$")
GROWTH_ASKED = re.compile(r"[增降]|幅|速")
PLAN = re.compile(r"力争|争取|计划|目标|拟|将|要|预[计期]|以上|重点|思路|打算|安排|任务|[明来今]年|下一步")
PARTIAL = re.compile(r"[上下]半年|[一二三四1-4]季度|\d{1,2}[-—至到]\d{1,2}月|\d{1,2}月底")
EACH = re.compile(r"各(?:是|为|有)?(?:多少|几)")
PART = re.compile(r"多少|几[家项件名人次处场起篇单份间元个]")
PLANNED = re.compile(
    r"目标|(?<!攻关)(?<!科技)(?<!专项)(?<!行动)(?<!人才)计划(?!项目)|预期|打算|力争|将|拟|次年|明年|来年|下一年|准备|要(?=[完培新达建引争实比在])"
)
ACHIEVED = re.compile(r"完成|实现了|达到了|实际|已经?|结果|成绩|(?<![比较])(?:去年|上年|上一年)|了多少|了几")


def parts_asked(question: Question) -> int:
    """How many numbers the question asks for, at least."""
    return max(len(PART.findall(question.text)), 1 + question.compares)


def asks_several(question: Question) -> bool:
    """Whether it may ask for more than one number; some words alone ask for what is planned and what was done."""
    return parts_asked(question) > 1 or bool(SEVERAL.search(question.text)) or is_keywords(question)


def is_keywords(question: Question) -> bool:
    """Whether it is some words with blanks between them and asks nothing: 科技保险 单数 目标."""
    return " " in question.text and not INTERROGATIVE.search(question.text)


def asked_words(question: Question) -> tuple[str, ...]:
    """Tokens of the question's words in the field's own terms, without words that only frame it."""
    return evidence_tokens(" ".join(canonical(FRAME.sub(" ", word)) for word in question.words))


def asked_thing(question: Question) -> frozenset[str]:
    """Tokens of the words behind 多少, else of the end of those before it: 销售额 is asked in 签约项目销售额多少.

    Empty where they are too common to tell one row from another, as in 多少个项目.
    """
    text = FRAME.sub("", ASKED_FRAME.sub("", search_key(question.text)))
    tokens: set[str] = set()
    for found in THING.finditer(text):
        before, behind = (
            canonical(GROWTH_OF.sub("", found[1]).rstrip("各的有了"))[-3:],
            canonical(COLLOQUIAL.sub("", found[2])),
        )
        tokens |= set(evidence_tokens(behind) or behind) or set(evidence_tokens(before))
    return frozenset(token for token in tokens if not TOO_COMMON.fullmatch(token))


def fits(
    question: Question, goal: Goal, about: DocumentFacts, filters: Filters, statuses: frozenset[GoalStatus]
) -> bool:
    """Whether a row is of the years, kinds of document, qualifiers, unit and status that are asked."""
    years = {int(year) for year in re.findall(r"(?:19|20)\d\d", goal.period)} or set(about.years)
    words = goal.indicator + goal.raw
    several = len(PART.findall(question.text)) > 1 or EACH.search(question.text)
    return (
        (not question.years or not years.isdisjoint(question.years))
        and (filters.year is None or filters.year in about.years)
        and (filters.kind is None or about.kind == filters.kind)
        and (several or all(word in words or OCCASION.fullmatch(word) for word in question.qualifiers))
        and (not question.unit or dimension(goal.unit) == dimension(question.unit))
        and (goal.status in statuses or _may_be_done(goal, statuses))
        and _counts_the_same(question.text, words, goal)
    )


def _may_be_done(goal: Goal, statuses: frozenset[GoalStatus]) -> bool:
    """Whether a row that is filed as planned may be a result: neither its words nor its headings speak of a plan."""
    return "achieved" in statuses and not PLAN.search(goal.text + "".join(goal.section_path))


def _counts_the_same(question: str, words: str, goal: Goal) -> bool:
    """Whether both speak of one place, of shares or not, of growth or not, of what is new or of all there is."""
    asked, told = named_places(question), named_places(words)
    if asked and told and {place[:2] for place in asked}.isdisjoint(place[:2] for place in told):
        return False
    several = len(PART.findall(question)) > 1
    if SHARE.search(goal.indicator) and not SHARE.search(question):
        return False
    if PERCENT_ASKED.search(question) and "%" not in goal.unit and not several:
        return False
    grows = bool(CHANGED.search(goal.indicator[-4:] + goal.raw[-16:]))
    wants_growth = bool(HOW_MUCH_MORE.search(question)) and not several
    if (wants_growth and not grows) or (GROWTH.search(goal.indicator) and not GROWTH_ASKED.search(question)):
        return False
    if TOTAL.search(question) and not several:
        return bool(TOTAL.search(words) or not NEW.search(words))
    return several or not NEW.search(question) or bool(NEW.search(words))


def asked_statuses(question: Question) -> frozenset[GoalStatus]:
    """What the question asks of a row: planned, achieved or projected; all where it does not say."""
    if is_keywords(question):
        return ALL_STATUSES
    planned, achieved = bool(PLANNED.search(question.text)), bool(ACHIEVED.search(question.text))
    if planned == achieved:
        return ALL_STATUSES
    return frozenset({"planned", "projected"}) if planned else frozenset({"achieved"})


def order(question: Question, goal: Goal) -> tuple[bool, int]:
    """Rows of a part of the year come last where the question asks for none, then by status."""
    partial = bool(PARTIAL.search(goal.raw)) and not PARTIAL.search(question.text)
    return partial, ORDER[goal.status]
