"""Bureaus, organisations, persons: words that name them."""

from __future__ import annotations

import re

BUREAU = re.compile(
    r"(?:科学技术|科技|发展和改革|教育|农业农村|农业|文物|知识产权|工业和信息化|财政|人力资源)[\u4e00-\u9fff]{0,6}?(?:(?<!布|格|结|全|大)局|厅|委)(?![面部势域限])"
)
# Another bureau's figure must stand under its name.
OTHER_BUREAU = re.compile(
    r"(教育|农业农村|农业|发展和改革|发改|财政|卫生健康|卫健|工业和信息化|工信|经信|商务|民政|公安|人社|文旅|文物|环保"
    r"|生态环境|住建|交通|水利|市场监管|税务|统计|审计|司法)(?:局|委|厅|办)"
)
ORGANISATION = re.compile(
    r"公司|集团|厂|研究[所院室]|大学|学院|协会|银行|合作社|事务所|实验室|医院|中心|团队|局|院|[“《]|、"
)
BODY_NAME = re.compile(
    r"公司|集团|研究[所院]|大学|学院|协会|银行|合作社|事务所|医院|(?:[省市县区部委人]|中心|小组|部门|单位)(?:政府|委|办|局|厅)|管委会|领导小组|[\u4e00-\u9fff]{2}[局厅委办]|部门|单位"
)
TELLS_WHO = re.compile(
    r"(?<![自理])由(?!于|此)[^,，。;；]{2,40}|依托|委托|(?:牵头|责任|负责|主管|配合|承担|主办|承办)(?:单位|部门|领导|人)?[:：]"
    r"|(?:局|厅|委|办|公司|集团|中心|部门|政府|大学|学院|院|所|组|镇|街道|[省市县区]长|书记|主任)(?:具体|共同|统一)?(?:牵头|负责|承担|主办|承办)"
)
"""Words that say who does something."""
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤楼葛章柯应楼俞"
)
TITLED_PERSON = re.compile(
    rf"(?:书记|主任|局长|市长|县长|区长|省长|院士|教授|部长|处长|所长|校长|主席|经理|董事长|组长)(?:[{SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
)
RANKED = re.compile(r"第[一二三四五六七八九十\dxX*]+|前[一二三四五六七八九十\dxX*]+[位名]|首位|榜首|倒数")


def is_short_for(short: str, name: str) -> bool:
    """Whether the characters of a short name stand in a longer one in their order: 住建 in 住房和城乡建设."""
    rest = iter(name)
    return all(one in rest for one in short)


def names_a_person(text: str) -> bool:
    """Whether a person's name stands in the text, behind a title or by jieba's parts of speech."""
    import rjieba

    return bool(TITLED_PERSON.search(text)) or any(
        tag.startswith("nr") and len(word) > 1 for word, tag in rjieba.tag(text)
    )


def names_a_body(text: str) -> bool:
    """Whether a bureau, a firm, an institute or another body is named."""
    return bool(BUREAU.search(text) or OTHER_BUREAU.search(text) or BODY_NAME.search(text))
