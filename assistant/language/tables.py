"""Words of tables: what heads, columns, units and notes are called there."""

from __future__ import annotations

import re

from assistant.language.units import COUNT_NAME

SERIAL_COLUMN = re.compile(r"序\s*号|编\s*号|No\.?|#|栏次|行次")
SERIAL = re.compile(r"\d{1,3}[.、]?|[一二三四五六七八九十]{1,3}|[(（][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]")
LATIN = re.compile(r"[A-Za-z\s\d.,'’()&/_-]+")
"""A translation beside the Chinese words."""
UNIT_COLUMN = re.compile(r"(?:计量|计算|数量)?单\s*位")
UNIT_LINE = re.compile(
    r"[(（]?(?<![\u4e00-\u9fff])(?:计量|金额|数量|货币)?单\s*位\s*[:：]\s*([^\s;；:：()（）]{1,20})[)）]?"
)
"""The unit of a whole table, in a line or a corner of it."""
NAME_COLUMN = re.compile(
    r"(?:主要|考核|具体|一级|二级|三级|绩效)?(?:指\s*标|项\s*目|名\s*称|内\s*容|任\s*务|目\s*标|类\s*别|分\s*类)(?:名称|内容|任务|类别)?"
)
BODY_COLUMN = re.compile(r"责任|牵头|配合|负责|分管|联系|承办|主办|协办|备注|说明|时限|时间|进度安排|日期|依据")
"""Columns of words that do not name what a row counts."""
YEAR_COLUMN = re.compile(r"年\s*[份度]?|时\s*间|时期|期间")
BRACKETED_UNIT = re.compile(r"[(（]\s*(?:单位[:：])?([^()（）\d]{1,8})\s*[)）]|(?<=[率幅重速])\s*([%％‰])$")
BARE_COLUMN = re.compile(r"绝对[值数量额]|数值|数量|(?:^|[标成划际])值$|情况|全年|年度|[::\s]")
SHARE = re.compile(r"增[幅速]|增长率?|增减率|同比|环比|比[上去]年|占比|比重|比例|百分比|[%％]")
"""Heads over per cents."""
RATE = re.compile(r"(?:完成|目标|计划|任务|达成|实现)[\u4e00-\u9fff]{0,2}[率比]")
"""What was done as a share of what was planned: a name, not a status alone."""
RATIO = re.compile("率|比[重例]|占比|增[幅速]|同比")
OWN_UNIT = re.compile(rf"{RATIO.pattern}|{COUNT_NAME}")
"""Rows and columns that the unit line of a table in money does not count."""
WHOLE = re.compile(r"(?:总|合)\s*计|小\s*计|全市|全省|全县|全区")
PART = re.compile(r"^(?:其\s*中\s*[:：]?|内\s*[:：]|[#＃])\s*")
NOTE = re.compile(r"^(?:注|说明|备注|附注|资料来源|数据来源|来源|填[表报]|制表|审核|负责人|联系)\s*(?:\d*\s*[:：]|人)")
LONGEST_GROUP = 40
NEGATIVE = re.compile(r"^(?:[-－−–▲△▼↓]\s*(?=\d)|[(（]\s*-?(?=[\d,.]+\s*[%％]?\s*[)）]$))")
"""A sign in front of a number, or brackets around it, by which tables write what is below zero."""
NO_VALUE = re.compile(r"[-－—–―─/\\.…·*]*|无|空")
"""A cell that says that there is nothing."""
SPENT, BUDGETED = re.compile("决算|执行"), re.compile("预算")
"""Names of sums that tell their status too."""
CAPTION_FRAME = re.compile(
    r"^[\d\s.\-—、]+|各?(?:省|市|州|县|区|地区|乡镇)+[(（]?.?[)）]?(?=[\u4e00-\u9fff]{3})|(?:情况)?(?:统计)?[一览]{0,2}表$|续表\d*"
)
REMARK = re.compile(r"\s{0,3}[(（](?:不?含|不?包括|按|指|注)[^()（）]{0,60}[)）]$")
"""What a label adds to a name in brackets."""
MAY_BEGIN = re.compile(r"[^\u4e00-\u9fff]|[一二两三四五六七八九十廿卅百约近超达不至低高大小突]")
"""What a cell with a number begins with."""
DIGIT = re.compile(r"[\dxX*]|[一二两三四五六七八九十百千廿卅]")
