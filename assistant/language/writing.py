"""Words of a writer who puts what documents say into sentences, and those of documents that he may not drop."""

from __future__ import annotations

import re

from assistant.language.polarity import DENIES

SAYS_PLANNED = re.compile(
    r"力争|争取(?!上级|国家|省|市|到位|资金)|确保|计划(?!项目|单列|生育|总投资)|拟(?!建项目)|(?<![即必])将(?!军|来)|(?<![主重首需必纪只])要(?![素求点闻件塞害])|目标|预期|预计|打算|安排(?=[新建改开])|应(?=[达完实于在])|需(?=[达完实于在])|必须|下一步"
)
"""Words by which a sentence says that what follows shall be."""
SAYS_DONE = re.compile(
    r"已经?(?![有知]规划)|(?<![除为])了(?!解|(?:19|20)\d\d)|超额|完成(?!目标|时限|率)|(?<![力确])实现(?!路径)|达成|建成(?!后)|新增了|共有|累计|增至|升至|降至|荣获|获评|入选|目前|截至|取得"
)
"""Words by which it says that it is so."""
AIMED = re.compile(rf"{SAYS_PLANNED.pattern}|要点|思路|规划|安排|部署|提出|要求|明确")
"""Words by which a sentence lets see that it tells of an aim."""
WEAKLY_DONE = re.compile("了")
"""Of these, one that says it of anything."""
POINTS = re.compile(r"^其中|这[一些两类项]|该(?![市省县区州局])|上述|[前后]者|同类|^其")
"""Words that speak of the sentence before."""
_FILL = r"(?:[要需应须可有为在到至获得按]|达到?了?|给予|奖励?|补[助贴]|支持|资助|额度|金额|控制在|保持在)*$"
BOUNDS = tuple(
    (sign, re.compile(f"(?:{left}){_FILL}"), re.compile(right))
    for sign, left, right in (
        (
            "≤",
            "不(?:得|能)?(?:超过|高于|多于|大于)(?:[^\\d,]{0,12})|至多|最多|最高|上限|≤",
            "(?:及)?(?:以下|以内|之内|封顶)|为上限",
        ),
        ("≥", "不(?:得|能|应)?(?:低于|少于|小于)(?:[^\\d,]{0,12})|至少|最少|下限|≥", "(?:及)?以上|为下限|起步"),
        ("<", "不到|不足|不满|未达到?|(?<!不)(?:低于|少于|小于)|<", "不到"),
        (">", "(?<!不)(?:超过|超出|超|突破|多于|高于|大于|逾)|>", "[余多]"),
        ("~<", "(?<![附最])近|接近|将近", "(?!)"),
        ("~", "(?<![签合预])约|大约", "左右|上下"),
    )
)
"""Words that bound a number: how, those right in front of it, those right behind."""
_GOES = r"(?:率|幅度?|速度?)?(?:目标)?(?:达到|[了为是达约近超过在出]|分别|不低于|不少于|不超过|至少|左右)*#"
FALLS_AT = re.compile(
    rf"(?:下降|降低|减少|压降|压减|压缩|缩短|回落|下滑|下跌|收窄|降|减|跌|[低慢]|(?<![至最不])少){_GOES}|负增长|^[^#]*#的?[降减跌]幅"
    r"|(?<!不)(?:低于|少于|慢于)(?=[^#,]{2,}(?<!的)#)"
)
"""Words by which a number, at #, is a fall."""
RISES_AT = re.compile(
    rf"(?:增长|增加|提高|提升|上升|上涨|扩大|比增|(?<![新净])增|升|涨|(?<![至最不])多|(?<!最)高|快){_GOES}|^[^#]*#的?[增涨][幅速]"
    r"|(?<!不)(?:高于|多于|快于|优于|好于|超过)(?=[^#,]{2,}(?<!的)#)"
)
"""And a rise."""
REFERS_AT = re.compile(r"(?:[高低多少快慢大小]于|超过)[^#,]*的#")
"""And what another number is set against."""
NEWLY = re.compile(
    r"新(?:增|建|改|扩|设|批准?|认定|培育|引进|登记|签约?|开工?|入[选库驻]|获批?|招引?|上|晋|评|成立|组建|投|发现)|净增"
)
"""Words of what came anew, as against all there is."""
IDLE = re.compile(
    r"[比较高低快慢多少于]+|后者|前者|数则|规模|全社会|全[国省市县区州]|比例|地区|国内外|各类|各项|项目|工作|数量|总额|情况|方面|目标|任务|以上|以下|左右|同比|比重|占比|增幅|降幅|增速|涨幅|其中|水平|同期|位次|奖励|补助|补贴|资金|支持|资助"
    r"|给予|获得|得到|实现|完成|推进|开展|实施|组织|举办|招引|引进|接待|减少|增加|降低|下降|增长|提高|提升|上升|高出|超过|不能|依次|发生|累计|涉及|要求|保持|总[数量]|位数|位居|部分|全部|大关|促进|推动|提供|过程|形式|从事|时间|内容|期间|指标|领域|年度|全面|进行|建设|突破|有序|标准|计划"
)
"""Words of a name that make no other thing of it."""
BODY = re.compile(
    r"(?:(?![的一由与和向同])[\u4e00-\u9fff]){2,6}?(?:局|委(?!员|托)|厅|办公室|公司|集团|大学|学院|管委会|委员会)"
)
LONG_BODY = re.compile(r"[\u4e00-\u9fff]{2,16}?(?:局|委|厅|办公室|公司|集团|大学|学院|委员会)")
"""Names of bodies in a sentence, and with all that may belong to them in a quote."""
OF_ALL = re.compile(r"凡是?|一律|无条件|只要|任何|全部|所有|完全|全都")
"""Words that leave no exception."""
RESTRICTS = re.compile(
    r"符合[^,]{0,10}条件|[\d亿万][^,]{0,6}(?:以[上下内]|范围)|范围|[国省市县区]级|中小|规上|规模以上|限额|合格|结清|[十百千万亿]级|新增|净增|首次"
)
"""Words that say of which things only something is said."""
EFFORT = re.compile(r"努力|争取|加快实现|力促|拟|等待|正在|申报|推荐|即将|有望|创建名单")
"""Words of a quote for what is not yet so."""
ALREADY = re.compile(r"已经?(?![有知]规划)|成功|通过")
DUE = re.compile(r"(?:\d{1,2}月(?:\d{1,2}日|[底末初中]旬?)?|年[底末])(?:之?前|以前)")
"""By when something is to be done."""
EACH_OF_THEM = re.compile(r"[均都全]")
LIMITS = re.compile("其中|已")
LIMITING = re.compile(r"(?:其中|已)[^\d]{0,12}?(\d+)[\u4e00-\u9fff]")
"""A number that says of how many of the things before something is said."""
ZONE = re.compile(r"(?!国家|省级|全[市省国]|该[市省])[\u4e00-\u9fff]{2}(?:高新区|经开区|开发区|新区)")
SPANS = re.compile(
    r"(?<![上下])半年|[一二两三四五六七八九十]{1,3}个?(?:季度|月|周|工作日)(?!份)|[三四五六七八九十]年(?![来间])"
)
"""Spans of time in words."""
EXPECTS = re.compile("预计|预期|有望|可望|估计|将|目标|力争")
RANKED_IN = re.compile(
    r"全([国省市县区州])[^,。;]{0,8}?(?:首位|第[一二三四五六七八九十\d]|榜首|前列|最[高多大低好快长强优]|领先)"
)
REACHES = re.compile(r"(?:达到?了?|增至|总[数量][达为]?)$")
"""In front of a number of all there is."""
LEVEL = re.compile("[省市县区](?=[级属])")
FOR_EACH = re.compile(
    r"每(?:一|1)?(?![年月日天季周])([\u4e00-\u9fff]{1,4}?)(?:一次性|可|获得?|给予?|补[助贴]?|奖[励补]?|最[高多]|不超过|的|按|标准)*#"
)
"""Of what each gets a number, at #."""
"""Among which places something is ranked."""
FIRST = re.compile(r"(?<=[居列排占])([^,。;]{0,6}?)(?:首位|榜首)")
SET_AGAINST = re.compile(r"[比较与](?P<year>20\d\d)年|同比|[比较]上年|[比较]去年")
"""The year that a change is measured against."""
UNTIL = re.compile(r"[到至](20\d\d)年")
WHOLE_YEAR = re.compile("全年")
COMPLETES = re.compile(r"建成|竣工|完工|投产|投用|投入使用|投入运营|通车|通航|开通|挂牌|验收")
"""Words of works that are at their end."""
COMPLETED = re.compile(rf"{COMPLETES.pattern}|完成|已(?!有)|成立|运营|投运")
MUST, MAY = re.compile("必须|应当|务必|一律|须|[都均]要|[都均]应"), re.compile("可以|鼓励|支持|原则上|结合实际")
"""Words of a duty, and of what is only allowed or wished."""
EVERY = re.compile(r"一律|无条件|任何|全部|所有|完全|全覆盖|(?<!平)均|都(?![市城会])|应[\u4e00-\u9fff]尽")
"""Words of a quote that speak of all, so that a sentence may."""
LIMITED = re.compile(r"符合|条件|优先|部分|其中|原则上|限额|规定|试点|除[^,。]{1,20}外")
"""Words of a quote that speak of some only."""
DENIED = re.compile(rf"{DENIES.pattern}|(?<![减避])免(?![费疫税])|(?<![接等期对看招])待(?![遇业])")
DENIED_WORDS = re.compile(rf"(?:{DENIED.pattern})[得准许能可再予应会曾有被以需必用是]*")
"""A denial with the words behind it that carry no content."""
DENIED_SOFTLY = re.compile(rf"{DENIED.pattern}|除|待|[尚亟仍还]需|差|弱|低|慢")
"""Words in front of what is denied, or as good as denied."""
NO_DENIAL = re.compile(
    r"不[少低小]于|不得[少低]于|不超过|不高于|不断|不仅|不但|不动摇|无锡|未来|非遗|不动产|无人机|无线|非公|不同|不懈|不忘|不折不扣|莫不|三无|不过|不及|不到|不足|不满|未达到?(?=\d)|不能[少低]于|避免|不[少小大]|禁止|杜绝"
)
"""Words with the characters of a denial that deny nothing."""
FRAME = re.compile(
    rf"{SAYS_PLANNED.pattern}|{SAYS_DONE.pattern}|方面|情况|有所|总[的体]来看|总体看|也就是说|此外|另外|同时|其中|并且?|以及|还|也|则|均|都|等|对于?|通过|方式|多个|环节|内容|涉及|包括|主要|分别|继续|提出|要求|指出|报告|文件|原文|当地|该|本[市省县区局]|两[市地县省区]|双方|部分|全年|当年|期间|上年|相比|而|在|将|把|为|与|和|及|的|了|是|从|由|以"
)
"""Words that only join or frame what is said."""
CONDITION = re.compile(
    r"(?<![\u4e00-\u9fff])对[^,。;]{2,40}?(?:[的者]|企业|项目|单位|个人|家庭|人员)(?=,)|对(?:符合|经|首次|新)[^,。;]{2,30}?的?(?:企业|项目|单位|个人|家庭|人员)|(?:若|如果?(?!下)|凡|凡是)[^,。;]{2,40}?的?(?=,)|经[^,，。;；]{2,20}?(?:批准|审核|审定|认定|同意|验收|评估|考核|评审)(?:合格|通过)?(?:后|的)?|符合[^,，。;；]{2,30}?(?:条件|要求|规定)的?|原则上|且[^,，。;；]{3,30}?的|(?<=,)[^,，。;；:]{5,40}的(?=,)|(?<=,)[^,。;:]{2,12}后(?=,)|除[^,，。;；]{1,30}外|在[^,，。;；]{2,30}?(?:前提下|基础上|条件下)"
)
"""Words on which depends what a quote says behind them."""
COMPARES = re.compile(r"[高低多少快慢大小优好]于|超过|领先|落后|更[大小少高低快慢好]|增多")
"""Words that set one thing against another."""
GIVES_REASON = re.compile(
    r"得益于|归功于|[靠依]靠?(?:的是)|全靠|由于|因为|原因|受[^,。]{1,12}(?:影响|带动|拖累|推动|制约)|拉动|导致|使得|带动|所致|源于|根源|之所以|(?<![提以])是为了|影响|贡献|因(?=[^此地应势])"
)
"""Words that give a reason."""

# --- numbers in running text ---
ENDS_PART = re.compile(r"[,，、;；。:：()（）]|[和及与并]")
"""What ends the words behind a number that belong to it."""
JOINTS = tuple("、和及与")
JOINT = re.compile(r"[、和及与并]|分别")
OTHER_NUMBER = re.compile(r"(?<![\d.·a-z第])(\d+(?:\.\d+)?)([\u4e00-\u9fff])(?<![年月日号时届和及与至到])")
"""A number with the character behind it, which no list of units has."""
RANK = "位"
SHARE_OF = re.compile("占|[比强][例率度]")
TOTALS = frozenset({"总量", "累计"})
"""Words of a name whose loss makes no other thing of it."""
FULL_YEAR = re.compile(r"(?:19|20)\d\d(?:年|(?!\d))")
NO_FIGURE = re.compile(r"\d+[年月日]|[a-z]+\d[\d.]*")
"""Digits that are no number to be looked up: dates and names such as pm2.5."""
LAST_YEAR = re.compile("[去上]一?")
