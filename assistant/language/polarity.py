"""Words that deny, bound or change a number, and words that plan, report or expect."""

from __future__ import annotations

import re
from collections.abc import Iterable

# --- denial ---
DENIES = re.compile(
    r"[不未无没非勿禁莫]|取消|停止|暂停|暂缓|推迟|终止|撤销|撤回|废止|拒绝|否决|驳回|清退|杜绝|避免|空白|缺乏|尚待"
)
"""Words that turn what follows, or stands around them, into its contrary."""

FORBIDS = re.compile(r"不得|不准|不许|不允许|不可(?!或缺|分割|避免)|不能(?!够)|严禁|禁止|严格控制|不应")
"""Words that forbid what follows."""

WISHES = re.compile(
    r"力争|争取|拟|计划|预计|有望|目标|将(?=[\u4e00-\u9fff])|建议|不得|不准|不许|严禁|禁止|除[^,，。]{1,30}外"
)
"""Words of what is only wanted, forbidden or excepted: with one of them a clause bears out no 是."""

# --- bounds: the words before a number, by what they allow; then those behind it ---
ABOVE = re.compile(r"(?<!不)(?:超过|超出|超|突破|多于|高于|大于|[>＞])")
AT_LEAST = re.compile(r"不低于|不少于|不小于|不得低于|至少|最少|以上|≥")
BELOW = re.compile(r"不到|不足|不满|未达到?|(?<!不)(?:低于|少于|小于)|[<＜]")
AT_MOST = re.compile(r"不超过|不高于|不多于|至多|最多|以下|以内|之内|≤")
NEARLY = re.compile(r"近|约|[余多]|左右|上下")
REACHES = re.compile(r"达到|达|有")
BEFORE = (
    r"(?:[≥≤><＞＜]|不到|不足|不满|未达到?|不低于|不少于|不超过|不高于|不小于|不得低于|高于|低于|多于|少于|超过|超出|突破|超|达到了?|到达|达|至少|最少|最多|最高(?:不超过|可达|达|额度|给予|奖励|补助|补贴|资助)?|上限"
    r"|[降升增][至到]|大约|(?<![签合])约|将近|(?<![附最])近|(?<!不)仅|只有|各|共计|共有|(?<!公)共|(?<![作认成因])为|是|(?<!甚)至|(?<![收得接])到|(?<![目之以当年])前|控制在|保持在|稳定在|维持在|力争|确保|争取|预计|累计|合计|总计)"
)
"""Words right before a number that belong to it."""
AFTER = r"(?:及以上|以上|以下|以内|之内|左右|上下)"
BOUNDS = ("以上", "及以上", "以下", "以内")
EXACT = frozenset({"", "达到", "达", "为", "是", "共", "共有", "实现"})
"""Comparators that leave a number what it is."""
LIMITS = re.compile(r"少于|低于|多于|高于|超(?=过|出|$)|突破|至少|最少|至多|最多|最高|几乎|大概|接近|上限|下限")
"""Bounds that count wherever they stand before a number in its clause."""
LIMIT_AT_END = re.compile(r"(?:(?:近|(?<![签合])约|逾|超)[为达有]?|高达|仅|控制在|差|[≥≤><＞＜≈~])\s*$")
"""Bounds that count right before it."""
GOES_ON = re.compile(rf"\s{{0,3}}(?:{AFTER}|以外|开外|[余多]|有余|不到|之多|封顶|[(（]?含[)）]?以[上下内])")
"""Words right behind a number or its unit that bound it."""
QUALIFYING = re.compile(r"超|突破|过|达|不[少低]于")

EXCEPTS = re.compile(r"除[^,，。;；]{1,30}外|不[含包]|不包括|仅限|原则上|除外|[但而]?(?:须|需)经")
"""Words that except something, or make it depend on more."""

# --- change ---
_MOVES = "增长|增加|增幅|增速|提高|提升|上升|上涨|回升|扩大|下降|降低|减少|压降|压缩|缩短|回落|下滑|下跌|收窄|翻"
CHANGE = rf"(?:(?:{_MOVES})了?)"
CHANGED = re.compile(rf"{_MOVES}|占比|比重")
FALLS = re.compile(r"下降|降低|减少|压降|压缩|缩短|回落|下滑|下跌|收窄")
RISES_OR_FALLS = re.compile(r"增|降|提高|上升|上涨|回升|扩大|回落|下滑|下跌|收窄|减少|翻")
GROWTH_AT_END = re.compile(r"(?:增长|下降|增幅|增速|增加|减少|提高|上升|上涨|回升|扩大|回落|下滑|收窄|尚差|还差)$")
GROWTH_OF = re.compile(r"(?:同比|比上年|较上年)?(?:增长|增幅|增速|提高|下降|上升|减少|增加)(?:率|了|为|是|达)*$")
SHARE = re.compile(r"占|比重|强度|比例")
SHARE_OF = re.compile(r"占([^,，;；。\d]*)")
NEW = re.compile(r"新增|新认定|新培育|新引进|新建|新登记|新设|净增|增加")
TOTAL = re.compile(r"总数|总量|累计|[共现]有|一共|保有|拥有|总计")
CONTRASTS = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (r"申请|申报", r"授权|立项|获批"), (r"进口", r"出口"), (r"城镇", r"农村"),
        (r"男", r"女"),
        (r"收入", r"支出"), (r"存款", r"贷款"), (r"省内", r"省外"), (r"拖?欠", r"清偿|偿还"),
        (r"签约", r"开工|投产|到位"),
        (r"(?<!未)开工", r"竣工|完工|建成|投用|投产|通车|通航|运营"),
    )
)  # fmt: skip
"""Things that stand side by side in reports, of which a number of one is none of the other."""
REFERENCE = re.compile(
    r"(?:(?<![占对可])[比较](?:去年|上年|20\d\d年)[^,，;；。]{0,6}的|平均(?:水平|值|数)?[(（]?|[高低]于[^,，;；。]{0,12}平均[^,，;；。]{0,12})$"
)
"""What another number is set against."""
FROM_VALUE = re.compile(r"[由从][^,，;；。]{0,12}$")

# --- planned, achieved, projected: in sentences ---
PLANNED_SENTENCE = re.compile(
    r"力争|确保|争取(?=实现|达到|完成|新增|突破|在|全年|年内|建成|获批|进入|使)|预期目标|目标(?:任务)?(?:是|为|[:：]|(?=\d))|主要目标|[明来]年|下一?步|将(?=实现|达到|新增|完成|建成|建设|超过|突破|引进|举办|开展|力争|继续|进一步|深入)|要达到|不低于|不少于"
    r"|(?<![完达实][成到现])(?:年初|年度|年内|今年|全年|原|20\d\d年)(?:的)?(?:计划|目标|任务)(?!完成|实现|项目)|任务数?(?:[是为]|(?=\d))|计划(?=[新建完投实引培招组开改种播造修]|\d)|应(?:达到|完成|实现)|原定|下达(?=[^,，。]{0,14}(?:任务|目标)|我[市县区])"
)
ACHIEVED_SENTENCE = re.compile(
    r"已(?!有规划)|截至|截止|去年|上年度|获得?了|完成了|实现了|达到了|[认评][定选]了|新增了|引进了|创.{0,4}新高|实际(?=完成|新增|达到|认定|为|实现|建成|创建|打通|开工|新建|检[查测定]|培训|引进|有|仅|只|共|\d)|超额完成|只(?:完成|打通|实现|达到|新增|建成|有)"
)
DONE_AFTER_PLAN = re.compile(
    r"[,，;；](?:[全年市县区省州]{0,4}|目前|现|年内|最终|实际)(?:实际|共|累计|已|现|总计)*(?:完成|实现|新增|建成|认定|达到|签约)"
)
"""In a report, a clause behind that of a plan that tells what became of it: 计划…,全年共完成…."""
OWN_PLAN = re.compile(r"原定|原计划|年初|年度|今年|任务|下达|应(?=达|完|实)|[未没][^,，。]{0,6}[达完实]")
"""Words of a plan for the year that a report is about, not for the next."""
AIMS = re.compile(r"目标(?:任务)?(?:主要)?(?:是|为|[:：])|预期目标")
"""Words that make a list one of aims, up to its end."""
AIM_BEHIND = re.compile(r"的?(?:年度|全年|预期)?(?:目标|计划|任务|指标)(?!任务?完成|清单|书|分工|分解|体系)")
"""Behind a number: it is one to be reached."""
RUNNING_TOTAL = re.compile(r"累计")
BEGINS_WORK = re.compile(
    r"(?:[^,，。]{0,12}[,，])?(?:加快|推进|推动|启动|开展|实施|争创|创建|谋划|抓好|支持|积极|持续|深入|全面)"
)
"""Verbs at the head of a clause that say what is to be worked at."""
HAPPENED = re.compile(r"已|了(?!解)|截至|获[得批评]|荣获|入选|成功|超额|通过验收")
"""Words of what has happened, which no plan uses."""
BY_THEN = re.compile(r"(?:年|月)[底末中]?(?:之?前|以前)|年内")
PROJECTED = re.compile(r"预计")
COMPLETED = re.compile(r"已|了|达|超|累计|占")
INTENDS = re.compile(r"力争|争取|计划|预计|预期|拟|将|(?<![主重首需必纪])要(?![素求点闻件塞害])|目标|打算")
"""Words by which a clause says what shall be."""
GOAL = re.compile(r"目标|计划|预期")
"""Nouns for what shall be."""
PLAN_WORDS = re.compile(r"目标|计划|要点|思路|打算|安排|规划|力争|争取|预期|确保")
"""Words in a title, heading or sentence that make it a plan."""
CAUSES = re.compile(
    r"因|由于|鉴于|影响|导致|致使|造成|为了?(?!主|[中全我该本省市县区])|使得?|以便|从而|源于|在于|主要是|受[^,，。]{1,12}(?:制约|拖累)|不足|缺乏|短缺|不够|滞后|困难"
)
"""Words that give a reason."""
REVIEWS = re.compile(r"回顾|过去[一五]年|[去上]一?年|所做|成[效绩]|完成情况|问题|不足")
"""A heading over what was, not over what shall be."""
SPEAKS_OF_PLAN = re.compile(rf"{INTENDS.pattern}|以上|重点|思路|安排|任务|[明来今]年|下一步")
"""Words in a sentence or its headings after which nothing is taken for done."""
BEGUN = re.compile(r"创建|申报|培育")
"""Verbs of work that is under way, and not its result."""
TURN = re.compile(
    r"^(?:(?:20\d\d|[xX]{4}|20[xX*]{1,2})年.{0,24}?(?:将|(?<![主重首需])要(?![求素点闻件]))|下一?步|[明来]年|接下来)"
)
"""The line where a summary turns to what comes."""

AIM_SENTENCE = re.compile(
    r"(?<![^。\n])(?:(?!完成|实现|达到|超额)[^。\n]){0,60}"
    r"(?:总[体的]要求|指导思想|总体思路|基本思路|(?:预期|主要|奋斗|发展)目标)(?:建议)?(?:是|为|[:：])"
)
"""The sentence of a report that says what is aimed at: what follows it is to come."""

# --- the same at the head of sections ---
PLANNED_HEADING = re.compile(
    r"目标(?!完成|任务完成)|思路|打算|安排|部署|下一?步|[明来]年|今后|工作要点|工作措施|工作计划|展望|建议|预期"
)
ONLY_BACK = re.compile(r"总结|公报|完成情况|成效|回顾")
"""Titles of documents that look back."""
OPEN_HEADING = re.compile(r"重点(?:工作|任务)|主要(?:工作|任务)")
"""Headings of a plan, but in a document that only looks back."""
REVIEW_HEADING = re.compile(r"回顾|总结|完成情况")
"""Headings of what was done, also behind a sentence of what is aimed at."""
ACHIEVED_HEADING = re.compile(r"回顾|总结|成绩|成效|亮点|完成情况|进展|工作情况|过去|主要做法|所做|开展情况|存在")

# --- and of columns ---
PLANNED_COLUMN = re.compile(r"(?:规划)?目标值?|计划数?|任务数?|预期")
PROJECTED_COLUMN = re.compile(r"预计|预测")
ACHIEVED_COLUMN = re.compile(r"完成[数额量]?值?|实际[数值]?|实绩|实现(?:情况|[数值])?|现状|已")


INTENDS_STRONGLY = re.compile(r"力争|争取|计划(?!项目)|(?<!模)拟|建议|打算")


def cuts_off(before: str) -> bool:
    """Whether words left out before a quote's first word deny, bound or only plan what it says."""
    return bool(
        DENIES.search(before) or LIMITS.search(before) or LIMIT_AT_END.search(before) or INTENDS_STRONGLY.search(before)
    )


def only_planned(words: str, headings: Iterable[str] = (), *, under_plan: bool = False) -> bool:
    """Whether words, under those headings or in a plan, tell what shall be, and nothing that is done."""
    if HAPPENED.search(words) or PROJECTED.search(words):
        return False
    under_plan = under_plan or any(PLANNED_HEADING.search(one) and not ACHIEVED_HEADING.search(one) for one in headings)
    return under_plan or bool(WISHES.search(words) or BY_THEN.search(words) or BEGINS_WORK.match(words))
