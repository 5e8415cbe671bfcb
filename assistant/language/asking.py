"""Words that ask: for how many, what, who, when, which of several, yes or no; and words that only frame a question."""

from __future__ import annotations

import re
from typing import Literal

from assistant.language.units import ASKED, COUNTS
from assistant.language.years import FIVE_YEARS

NUMERALS = "一二三四五六七八九十"
# --- what is asked for ---
ASKS = re.compile(
    r"多少|多久|多长|啥|咋|[多高大快早升增涨]了?还是[少低小慢晚降减跌]|几(?!乎)|哪|什么|谁|怎么|怎样|如何|为何|为什么|是否|是不是|有没有|[吗呢](?=[?？]|$)"
)
"""Whether a clause asks for anything."""
INTERROGATIVE = re.compile(
    rf"请问|请告诉我|多少|[什啥]么?时[候间]|哪一天|哪一年|哪些|哪几\w|哪[一二三四五六七八九十两]\w|哪\w?|几{ASKED}|什么|怎么样?|怎样|如何|为何"
    r"|是否|分别|各是|各为|有没有|啥|咋|有哪|[吗呢么吧啊谁]|[是有](?=[,，?？]|$)"
    r"|\b(?:what|how|many|much|is|are|was|were|the|of|in|for|to|did|does|do|which|who|when|a|an)\b"
)
"""Words that ask and say nothing of the thing."""
NUMBER = re.compile(
    rf"多少|几(?:{ASKED}|[万亿年])|百分之几|how (?:many|much)|各是|占比|比例|数量|{ASKED}数|target"
    r"|[量额率值比重入度]的?(?:目标|计划|任务)值?[?？]?$"
)
MONEY = re.compile(
    r"多少(?:钱|经费|资金|投资|收入|补贴|贷款|[资补]助|奖金|金额)|(?:经费|资金|投资额?|收入|产值|销售额|补贴|金额|税收)(?:各?是|为|达|有)?多少"
)
UNIT = re.compile(rf"(?:多少|几)万?亿?(?:个(?={ASKED}(?!目)))?({ASKED})(?!目|点|百分)")
ASKED_CHARACTER = re.compile(r"(?:多少|几)万?([^\W\d_a-z亿元钱万个])")
"""The character behind 多少, where no list has it as a measure word."""
COUNT_NOUN = re.compile(rf"({ASKED})数[,，]?(?:各?[是为有])?多少")
"""学习次数是多少 asks 学习多少次."""
LIST = re.compile(
    r"[一二两三四五六七八九十][大项个条类种].{1,10}(?:是什么|指什么|有什么|包括)|哪些|哪几|哪[一二三四五六七八九十两\d]*[个项大家类种处方条样点块些]|包括什么|四个“|[一二三四五六七八九十两][个项大]“|有哪|分别是(?!多少|几)|列出"
)
DATE = re.compile(r"哪一?[天日年月]|何时|[什啥]么?时[候间]?|几[月号]|多会儿")
COMPARE = re.compile(
    r"比(?![重例率]|(?:上一?年|去年)(?:同期)?(?:增|减|降|下降|上升|提高)).{2,}[多少高低大小快慢强弱]|相比|对比|比较|分别|区别|差别|不同|各自"
)
YES_NO = re.compile(r"是否|是不是|有没有|能不能|对不对|对吗|了?没有?[?？]?$|[^什怎那]吗[?？]?$|[了是]吧[?？]?$")
YES_NO_WORDS = re.compile(r"是否|是不是|有没有|能不能|对不对|对吗|没有?(?=[?？]?$)|[吗吧](?=[?？]?$)|[?？]")
"""What a question with yes or no adds to its claim."""
PERSON = re.compile(r"是谁|由谁担任|谁是|谁担任|[给予]了?谁|哪位(?:领导|局长|书记|主任|专家|同志)|叫什么名字")
OFFICE = re.compile(r"([省市县区州旗局厅处科所校院会部]长|主任|主席|书记|联系人|负责人)[是叫]?(?:谁|哪位)")
"""Whose name is asked by the office."""
GIVEN_TO = re.compile(r"由谁(?!担任)|[交让给]谁|谁来?(?:做|办|干|管|建|承)|委托")
RESPONSIBLE = re.compile(
    r"(?:由|是)?谁(?:来)?(?:牵头|负责|配合|主抓|落实|承担|主办|考核|抓)|(?:哪一?[个家些]|什么|几个)(?:单位|部门|局|科室|处室)[^,，?？]{0,6}(?:牵头|负责|配合|落实|承担|主管|主办|参与|承建|施工|运营|托管|建设)"
    r"|(?:责任|牵头|配合|主管|主办|考核|负责)(?:考核)?(?:单位|部门|处室|科室)(?:各?[是为有]|都有|包括)?(?:谁|哪|什么)|(?:牵头|责任|配合)(?:考核)?(?:单位|部门)[?？]?$"
)
"""Who answers for something."""
DONE_WHEN = re.compile(
    r"(?:何时|什么时[候间]|哪一?[天年月]|几月|多久|最迟|最晚|什么日期)[^,，?？]{0,12}(?:完成|办结|落实|到位|建成|交付|竣工|出台|印发|启动|投用|前)|(?:完成)?(?:时限|期限|截止(?:时间|日期)?)[^,，?？]{0,4}(?:是|到|为)?(?:何时|什么|哪|几|多)"
)
"""By when something is done."""
RANK = re.compile(r"第几|排名多少|排[在到]?多少")
ORGANISATION = re.compile(r"哪一?家|哪个(?:企业|公司|单位|机构|团队)")
MEASURE = re.compile(
    r"(?:哪些|什么)(?:办法|手段|招数?|动作|行动|做法)|措施|为什么|原因|怎么[做办抓推]?|如何|怎样|做什么|做些什么|做法|举措|打算|准备"
)
KINDS: tuple[tuple[Literal["verdict", "person", "rank", "date", "measure", "list", "number"], re.Pattern[str]], ...] = (
    ("verdict", YES_NO), ("person", PERSON), ("rank", RANK), ("date", DATE),
    ("measure", MEASURE), ("list", LIST), ("number", NUMBER),
)  # fmt: skip
"""The first that matches is the kind of a question."""
COUNT = re.compile(rf"哪([{NUMERALS}两]|\d{{1,2}})|([{NUMERALS}两])[大项个条类种].+什么")
"""How many items a list is said to have."""
COUNTED_NOUN = re.compile(rf"哪[{NUMERALS}两\d]+[个大项条类种]([\u4e00-\u9fff]{{2}})")
# 哪两个项目 asks for names in a sentence, 哪五个方面 for items of a list.
COUNTED_ITEMS = re.compile(
    rf"[{NUMERALS}两\d](?:大|个|条|项|点|类|种)(?:方面|重点|任务|工作|措施|举措|行动|目标|部分|内容|功能|工程|问题|建议)"
    rf"|[{NUMERALS}两\d][条点](?!例)"
)
# --- of which status, how many of them ---
PLANNED = re.compile(
    r"目标|(?<!攻关)(?<!科技)(?<!专项)(?<!行动)(?<!人才)计划(?!项目)|预期(?!寿命)|打算|力争|将|拟|次年|明年|来年|下一年|准备|要(?=[完培新达建引争实比在])"
)
WHY = re.compile(r"为什么|为何|为啥|什么原因|原因是|啥原因|怎么会")
INTENDS_NOW = re.compile(
    r"打算|准备(?!工作)|计划(?!项目)|[今明来]年|下一步|将(?!军)|要怎|怎么?[样么]?(?:解决|治理?)(?!了)"
)
"""Asks what shall be done, as against what was."""
ACHIEVED = re.compile(r"完成|实现了|达到了|实际|已经?|结果|成绩|(?<![比较])(?:去年|上年|上一年)|了多少|了几")
PERMITS = re.compile(r"可不可以|能不能|可以|能够?(?=[\u4e00-\u9fff])|允许|准许|是否可")
"""Words that ask leave."""
ASKS_DONE = re.compile(r"了[吗没]|没有?[?？]?$|已经?|是否[^,，]{0,8}(?:完成|建成|通过|获|了)|完成.{0,6}吗")
"""Asks whether something has happened, as against whether it is planned."""
CLAIMS_DONE = re.compile(r"了|已|完成|建成|有没有|有.*吗|没有?[?？]?$")
REACHED = re.compile(r"(?:完成|达成|达标|达到|实现|兑现)(?:了|情况|任务|目标)*$")
"""Whether a goal was reached is told by two numbers, not by words."""
PART = re.compile(rf"多少|几{COUNTS}")
EACH = re.compile(r"各(?:是|为|有)?(?:多少|几)")
SEVERAL = re.compile(r"[、和及与]|各[是为]")
HOW_MUCH_MORE = re.compile(r"(?:增长|下降|提高|上升)(?:了|率)?(?:是|为)?(?:多少|几)|(?:增幅|增速)")
WHOLE_YEAR = re.compile(r"全年|年底|年末|年度")
PERCENT = re.compile(r"强度|占比|比重|增速|增幅|增长率|百分")
GROWTH = re.compile(r"[增降涨跌]|幅|速|提高|上升|回升|扩大|回落|下滑|收窄|减少|差多少|[还尚]差")
THING = re.compile(rf"([\u4e00-\u9fffa-z&]*?)(?:各?是|为|有|达到?|了)?(?:多少|几)[万亿]*{ASKED}?([\u4e00-\u9fff]*)")
THING_BEHIND = re.compile(rf"(?:多少|几)[万亿]*{ASKED}?([\u4e00-\u9fff]{{2,}})[?？]?$")
THING_BEFORE = re.compile(
    r"(?:的|[,，])?(?:目标|计划|任务)?(?:各?[是为有达]到?|分别)?(?:多少|几|哪|什么|怎么|如何|谁)|(?:[和与])?谁"
)
FOCUS = re.compile(r"([\u4e00-\u9fff]{2,})(?:各?是|为)(?:多少|谁|哪位)")
QUALIFIER = re.compile(
    rf"发明(?!创造)|实用新型|外观设计|[一二三特]等奖|[金银铜]奖|优秀奖|人均|户均|国家重点实验室|{FIVE_YEARS}"
    r"|(?:国家|[省市县区])级(?!部门|单位|机关|领导)|国际|海外|第[一二三四五六七八九十\d]+[届批期名号]"
)
"""Words that make another figure of an indicator: an answer without them is an answer to another question."""
ORDINAL = re.compile(
    r"第(?:[一二三四五六七八九十]{1,3}|\d{1,3})(?![一二三四五六七八九十\d次届批期省市县区镇])[\u4e00-\u9fff]"
)
"""第四晚: one of a row, which no other answers for."""
OCCASION = re.compile(r"第.+[届批期]")
"""The passage may name it in another sentence; the refusal looks for it there."""
# --- words that frame a question ---
FRAME = re.compile(
    r"打算|准备|应该|目标|措施|计划|方面|情况|工作|资料|文件"
    r"|(?:完成|实现|要?(?:降|达|提高|提升|增加|上升|下降|增长)[到至])(?= |$)"
)
"""Of the field: they hardly tell one passage from another."""
COMES_TO = (
    r"[又再]?(?:要|想|能)?(?:提高|提升|增加|增长|降低|下降|压缩|压降|缩短|控制|达|[提做搞定增降升压控减])[到至成在]了?"
)
FRAME_OF_NUMBER = re.compile(
    rf"{COMES_TO}|百分之(?=[几多])|现在|目前|一共|报告|提出|预期(?=目标|值)|[一总]共|共计|上一?年|[次来去今当本]年|全年|要求|规定|达到|要?[降升增][到至]|实现|完成|次数|数量|单数|个数|的?目标|计划(?!项目)|实际|各(?=是)|分别"
)
FRAME_OF_FOCUS = re.compile(r"的?目标|计划|分别|预期|实际|次年|上一年|[上今明去]年|各(?=是)")
FRAME_OF_PART = re.compile(
    rf"[今去来次明上]一?年|下一年|计划|打算|准备|一次|实际|目标|完成|[想要再又]|比它|比上年|定的"
    rf"|{COMES_TO}|多出来?|{ASKED}$"
)
FRAME_OF_DESCRIPTION = re.compile(r"所在|位于|提出|提到|提倡|讲|举办|打造|争取|实施|组织|申报|拥有|[有把将作为]")
FUNCTION_CHARACTERS = "的那该了和与被也都又这某们些是"
CUTS = re.compile(rf"[\s,，。;；:：?？!！()（）“”\"'{FUNCTION_CHARACTERS}]+")
COLLOQUIAL_END = re.compile(r"(?<=案)子$|[了啊呀的]$")
ONE_DOCUMENT = re.compile(r"[“”\"《》]|该[省市县区镇局]|我[省市县区镇局]|本[省市县区镇局]")
"""Words that mean one document, if not by its name."""
TITLE = re.compile(r"《[^》]*》")
QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
# --- questions about documents ---
_DOCUMENT = r"(?:文件|材料|报告|资料|文档|文稿|总结|计划|要点|方案|通知|稿子|[份篇])"
_HOLDER = rf"(?:{_DOCUMENT}|城市|地方|单位|省市|[省市县区局])"
_WHICH = (
    r"(?:有?哪些|有?哪几[个份篇家]|哪一?[份篇个]|谁家?|都?有谁"
    r"|(?:几|多少)(?:[份篇]|个(?=(?:城市|地方|单位|[省市县区])(?!级))))"
)
_MENTIONS = r"(?:提[到及过]|写[到了有进的]|说到|讲[到了]|涉及|谈[到及]|出现|包含|含有|有关|里头?有)[了过去]*"
WHICH_DOCUMENTS = re.compile(
    rf"{_WHICH}[^,，?？]{{0,8}}?{_HOLDER}|{_HOLDER}[^,，?？]{{0,8}}?{_WHICH}|{_WHICH}[^,，?？]{{0,4}}?{_MENTIONS}"
)
MENTIONS = re.compile(_MENTIONS)
WHICH_ALONE = re.compile(rf"[,，?？][各都分别是]*{_WHICH}{_HOLDER}?的?[?？]?$")
FRAME_OF_MENTION = re.compile(
    rf"{_WHICH}|{_MENTIONS}|(?:政府工作)?{_DOCUMENT}(?:里面?头?|中|当中)?|帮我(?:找|查|看)(?:一?[下找]|找)?|这件?事|请问|(?:总共|一共|一起|分别|各|都)?(?:有|是)?(?:几|多少|什么|哪)[份篇个里些]?(?:地方|城市|单位|[市县区])?的?"
    rf"|[这那]批|(?:总共|一共|都|还|曾)|[各都]是|(?:城市|地方|单位|省市)(?:的)?|里面?头?(?=$|[,，])|[?？,，]"
)
"""What a question for documents says beside the thing that they mention."""
ABOUT_NUMBER = re.compile(r"文号|发文字号|文件编号")
ABOUT_ISSUE = re.compile(
    r"(?:印发|发文|发布|成文|落款|下发|出台|颁布)[^,，?？]{0,4}(?:时间|日期|单位|机关|部门)|(?:(?:什么时[候间]|何时|哪一?[天年月日]|谁|哪个(?:单位|部门|机关))[^,，?？]{0,6}(?:印发|发文|发布|成文|下发|出台|颁布))|(?:印发|发文|发布|成文|下发|出台|颁布)[^,，?？]{0,8}(?:什么时[候间]|何时|哪一?[天年月日]|谁)"
)
HEAD_OF_PLACE = re.compile(r"[省市县区州旗]长是谁|谁是[^,，?？]{0,8}[省市县区州旗]长")
REPORTED = re.compile(r"报告[^,，?？]{0,12}[作做]|[作做][^,，?？]{0,6}报告")
ISSUER = re.compile(r"谁|单位|机关|部门")
ABOUT_SPEAKER = re.compile(
    r"(?:谁|哪位|哪一?天|何时|什么时[候间])[^,，?？]{0,10}[作做](?:的|了)?(?:[^,，?？]{0,6}报告)?|[作做][^,，?？]{0,6}报告[^?？]{0,8}(?:谁|哪位|哪一?天)"
)
OUTLINE = re.compile(
    r"总结一下|概括|归纳|梳理一?下|提纲|大纲|目录|框架|主要内容|讲了?(?:什么|哪些|啥|[哪几][几个大]*(?:方面|块|部分))|分(?:成|为)?了?(?:哪|几)[几个大]*(?:块|部分|方面|章)|(?:哪几?|几)[个大]*(?:块|部分|章)|各部分的?标题"
)
LISTS_DOCUMENTS = re.compile(
    rf"^(?:现在|目前|里面|库里|系统里?|你)?[都一共]*(?:有|收录?了?|收入了?|索引了?)[^,，]{{0,2}}(?:哪些|什么|多少|几)[份篇个]?{_DOCUMENT}[?？]?$|^{_DOCUMENT}[都一共]*有(?:哪些|多少|几)[份篇个]?[?？]?$|^列出(?:全部|所有)?{_DOCUMENT}[?？]?$"
)
NOT_A_QUESTION = re.compile(
    r"^(?:你好|您好|在吗|哈喽|嗨|[早下晚]上?午?好|多?谢谢?|感谢|再见|hello|hi|thanks?|thank you)[呀啊吗您你了!！。~ ]*$"
    r"|你是谁|你叫什么|(?:你|这个系统|这)(?:能|会|可以)(?:做|干|帮|回答)[^,，]{0,6}(?:什么|啥|哪些)"
    r"|怎么(?:使?用|问)(?:你|它|这个)?[?？]?$|使用(?:说明|方法)|^(?:请|麻烦)?(?:你)?(?:帮我|替我|给我)?(?:写|起草|撰写|拟|生成)一?[份篇个]"
)
"""Greetings, questions about the assistant, and wishes for a text of its own."""
ALL_GOALS = re.compile(
    r"(?:列出|列一?下|列举|全部|所有|有?哪些|什么)[^,，?？]{0,12}(?:目标|指标)(?:任务)?(?:[和与及、][^,，?？]{0,8}措施)?[?？]?$|(?:目标|指标)(?:任务)?(?:[和与及、][^,，?？]{0,8}措施)?(?:都|各|分别)?(?:[有是]|包括)(?:哪些|什么|些什么)[?？]?$"
)
"""Asks for the goals themselves, all of them."""
FRAME_OF_GOALS = re.compile(r"列出|列一?下|列举|全部|所有|主要|总体|年度|目标|指标|任务|措施|各项|[0-9]+年|工作")
GOALS_AND = re.compile(r"(?:主要|工作)?目标(?:任务)?[和与及、]")
EVERYWHERE = re.compile(
    rf"各[地市县区省局](?![级直])(?:科技局|的?{_DOCUMENT})?(?:里|中|上)?|(?:各个?|不同|几个|多个|哪些|哪几个)(?:城市|地方|地区|单位|{_DOCUMENT}|[市县省])(?:里|中|上)?(?:都)?|地方上"
    rf"|(?:所有|全部|几份|这些){_DOCUMENT}(?:里|中)?|都是?(?=怎么|如何|有)|综合(?=起来|[来一]看)"
)
"""Words that ask of all documents."""
# --- several things in one question ---
CLAUSE = re.compile(r"[^,，;；?？]+[,，;；?？]?")
THAN = re.compile(
    r"^(?P<first>.{4,}?)[,，]?\s*比(?![重例率较])(?P<second>.{2,}?)(?:大约|大概)?(?P<more>多|少|高|低|大)(?:了|出)?"
    r"(?P<asked>多少|几)(?P<unit>[\u4e00-\u9fff]{0,2})[?？]?$"
)
LEADS_WITH_SIDES = re.compile(r"^[^,，]{2,24}比[,，]|^[跟和与同][^,，]{2,20}比[,，]")
"""跟2012年比,…多了多少: the sides come before what is compared."""
APART = re.compile(
    r"^(?P<first>.{4,}?)[,，]?\s*(?:[与跟]|(?<!总)和)(?P<second>.{2,}?)(?:相比|比较|比)?[,，]?\s*(?:相?差|各?是?多出?|少)(?:了)?"
    r"(?P<asked>多少|几)(?P<unit>[\u4e00-\u9fff]{0,2})[?？]?$"
)
GOAL_ALONE = re.compile(r"(?:年初|全年|年度)?(?:目标|计划|任务|预期)(?:数|值|任务)?")
BETWEEN = r"[、和与跟及比]|以及|还有|,|，"
BOTH_DESCRIBED = re.compile(
    r"^(?P<first>[^,，和与]+?的(?:那个|那座)?(?:县|市|区))[和与、](?P<second>[^,，]+?的(?:那个|那座)?(?:县|市|区))[,，]?(?P<rest>.+)$"
)
BOTH = r"两者|二者|两[年地市县区省家个]|双方"
WHICH = (
    rf"(?:{BOTH})?(?:哪一?[个家年市县里边]|谁)[^,，?？]{{0,6}}?[多少高低大小快慢强早晚重][^,，?？]{{0,2}}"
    r"|是?[多高大快早升增涨]了?还是[少低小慢晚降减跌]了?"
)
_DIFFERS = r"是?(?:相?差|[多少高低增减][加少]?|上升|下降|涨|降)了?出?(?:来)?(?:多少|几)[\u4e00-\u9fff]{0,4}"
WHICH_OF_BOTH = re.compile(
    rf"[,，]?(?:{WHICH})(?=[,，?？\s]|$)|[,，]?(?:{BOTH})?{_DIFFERS}(?=[,，?？\s]|$)|[,，]?(?:{BOTH})?(?:各自?|分别)(?:[是为有]|[到定]到?)?(?:多少|几)[\u4e00-\u9fff]{{0,3}}(?=[,，?？]|$)"
    rf"|[,，]?(?:{BOTH})?(?:各自?|分别)?[是到在]?(?:什么时[候间]|何时)|[?？]"
)
"""Words that set two sides against each other; what is left asks for each of them."""
WHICH_SIDE = re.compile(r"哪[边个家年里]|谁")
ASKS_VALUE = re.compile(rf"多少|几|{WHICH}")
DONE = r"(?:上一?年|去年|当年)?(?:实际|完成)[数值]?(?:完成)?"
TO_DO = r"(?:次年|今年|来年|明年|下一年)?(?:的)?(?:计划|目标|预期)[数值]?"
DONE_AND_PLANNED = re.compile(
    rf"(?P<done>{DONE})[和与、及](?P<planned>{TO_DO})|(?P<planned_first>{TO_DO})[和与、及](?P<done_last>{DONE})"
)
APPORTIONING = re.compile(r"分别|[,，](?=[是为])")
SIDE_BY_SIDE = re.compile(
    rf"[跟和与同][^,，?？]{{2,12}}比[,，]|比[^,，?？]{{2,20}}[多少高低增减]了?(?:多少|几)|分别|各[是为有发多到定自]|对比|相比|比较|[差区]别|不同|{WHICH}"
)
# --- a document that is described ---
DESCRIBED = re.compile(
    r"^(?P<described>[^?？]{3,60}?)的(?:那个|那座|那份|那篇|那|这个|该)?(?P<body>县|市|区|镇|局|科技局|地方|城市|单位|部门|文件|总结|计划|要点)"
    r"(?![\u4e00-\u9fff]?级|[市县区乡镇])[,，、]?"
)
# --- questions that lean on the turn before ---
LEADING = re.compile(r"^(?:那(?![个些份年里边时天次])么?|另外|然后|如果)[,，]?")
SHORT_FOLLOW_UP = re.compile(r"^(?:那么?|换成|改成)?[,，]?(?P<what>[^,，?？]{1,30}?)(?:的)?呢[?？]?$")
MORE = re.compile(r"^(?:还有|其他|其余|剩下)(?:的)?(?:呢|吗|什么|哪些|有哪些)?[?？]?$")
ITEM = re.compile(
    rf"^(?:那么?|请)?(?:把)?第(?P<number>[{NUMERALS}\d]{{1,3}})(?:条|项|个|点|方面|部分|款)(?![^,，?？]*(?:多少|几))"
)
POINTING = re.compile(
    r"(?:它们?|其中?(?!他|余|实)|该(?:项|市|县|区|局|单位|文件|计划)?|这(?:个|项|些|份|里|条|方面|笔)|那(?:个|项|些|份)|上述|前面|刚才"
    rf"|第[{NUMERALS}\d]+(?:条|项|个|点)(?:里|中)?的?)"
)
ASKING_ONLY = re.compile(
    r"^(?:具体|详细)?(?:是)?(?:怎么|怎样|如何|为什么|为何|什么时候|何时|谁|由谁|哪一?年|多少钱|有?哪些措施|措施有哪些)[^,，]{0,4}[?？]?$"
)
CLAIM_FRAME = re.compile(r"完成|达到|超过|[了吗]|是否|是不是")
ASKED_OFTEN = re.findall(
    r"\S+",
    "多少 是 的 有 要 几 家 个 项 件 人 年 月 去年 今年 明年 目标 计划 完成 实际 增长 新增 达到 什么 哪些 怎么 如何"
    " 什么时候 为什么 谁 由谁 负责 牵头 措施 和 分别 各 了 吗 是否 有没有 在 到 建设 做 办 占 比 比重 万元 亿元",
)
"""Words that ask and frame, which few documents have among theirs."""
SET_AGAINST = re.compile(
    r"相比(?:较|之下)?|比起来?|比较(?=[,，?？]|$)|(?<=[\s,，])(?:比|[跟和与同])(?=[\s,，])|^(?:比|[跟和与同])(?=[\s,，])|两地|两市|两年|给(?=\s)|定的(?=[\u4e00-\u9fff])"
)
"""Words that set one side against the other and belong to neither."""
RELATIVE_YEAR = re.compile(r"去年|今年|明年|上年")


def sides(names: list[str]) -> re.Pattern[str]:
    """The sides of a comparison with the words between them: 跟某市相比, 某市和某市两地."""
    run = "|".join(map(re.escape, names))
    joint = r"(?:[、和与跟同比]|以及|还有|还是|相比|比起)"
    return re.compile(rf"{joint}*\s*(?:{run})[年度末底]*(?:那边|两地|两市)?的?{joint}*")


def asks_for_documents(key: str) -> bool:
    """Whether it asks which documents mention something: 哪些文件提到某事, 某事在几份报告里出现过."""
    clauses = re.split(r"[,，?？]", key)
    both = any(WHICH_DOCUMENTS.search(one) and MENTIONS.search(one) for one in clauses)
    return both or bool(MENTIONS.search(key) and WHICH_ALONE.search(key))


def is_of_documents(key: str) -> bool:
    """Whether it asks which documents there are or mention something, or asks nothing: it leans on none before."""
    return any(one.search(key) for one in (NOT_A_QUESTION, LISTS_DOCUMENTS)) or asks_for_documents(key)


def list_count(key: str) -> int | None:
    """How many items a list is said to have: 哪五个方面 gives 5."""
    from assistant.language.numbers import number_of

    match = COUNT.search(key)
    return number_of(match[1] or match[2]) if match else None


def qualifiers(key: str) -> tuple[str, ...]:
    """Words that narrow what is asked for, which only the documents' own words can bear out."""
    from assistant.language.years import ONE_MONTH

    return tuple(QUALIFIER.findall(key)) + tuple(ONE_MONTH.findall(key))
