"""The field's terms for English and for everyday words: a question is searched by these words as well."""

from __future__ import annotations

import re

TERMS = {
    "patent": "专利", "grant": "授权", "appl": "申请", "invention": "发明", "intellectual property": "知识产权",
    "infring": "侵权", "pledge": "质押", "loan": "贷款", "insurance": "保险", "target": "目标", "goal": "目标",
    "measure": "措施", "intensity": "投入强度", "spending": "投入", "invest": "投入", "fund": "资金",
    "high.?tech": "高新技术", "enterprise": "企业", "compan": "企业", "talent": "人才", "innovat": "创新",
    "platform": "平台", "incubat": "孵化", "project": "项目", "contract": "合同", "agreement": "协议",
    "sign": "签订", "cooperat": "合作", "universit": "高校", "agricultur": "农业", "earthquake": "防震减灾",
    "training": "培训", "award": "奖励", "park": "园区", "village": "村", "poverty": "贫困", "product": "产品",
    "export": "出口", "transfer": "转化", "achievement": "成果", "commissioner": "科技特派员", "center": "中心",
    "centre": "中心", "laborator": "实验室", "output": "产值", "revenue": "收入", "policy": "政策",
    "policies": "政策", "summary": "总结", "plan": "计划", "leading": "龙头", "chain": "产业链",
    "institut": "研究所", "research": "研究", "big.?data": "大数据", "competition": "大赛",
    "relic": "文物", "dwelling|house": "民居", "county": "县", "district": "区",
    "city": "市", "bureau": "局", "meeting|conference": "会议", "date|when": "月 日", "skill": "技能",
    "farmer": "农民", "poor": "贫困", "technolog": "技术", "scien": "科技", "demand|need": "需求",
    "demonstrat": "示范", "base\\b": "基地", "income": "收入", "tax": "税收", "sales": "销售", "growth": "增长",
    "expert": "专家", "associat": "协会", "member": "会员", "medicin|herb": "药材", "industr": "产业",
    "equipment": "设备", "standard": "标准", "brand": "品牌", "law": "法", "enforcement": "执法",
    "publicity": "宣传", "reform": "改革", "subsid": "补助", "bond|securit": "证券", "bank": "银行",
    "problem": "问题", "budget": "经费", "commissioned|entrust": "委托",
}  # fmt: skip


# What people say, and what plans and summaries write.
EVERYDAY = {
    "问题|短板|难处": "存在 问题 不足", "借款|借钱|借贷": "贷款 融资 质押",
    "人手|人不够": "人员 编制", "老百姓": "群众", "头一|第一个|最早": "首批 首次 首个", "开年|年头": "年初",
    "夸|表扬": "表彰 先进 点赞", "衙门": "部门 单位", "房子|老宅": "房屋 建筑", "盯着|把关": "监督 检查",
    "钱花": "资金 经费 使用", "贴钱|补钱|补了多少钱": "补助 补贴", "厂家|厂里": "企业", "高手|能人|能手": "专家 人才",
    "帮农|下乡": "科技特派员 农村", "穷": "贫困 扶贫", "打官司": "诉讼 侵权", "批下来": "授权", "升职": "选拔任用",
    "受奖": "表彰奖励", "卖": "销售", "交税|多少税": "税收", "街镇": "镇 街道", "验货": "检测", "聪明": "智能",
    "难关": "难题 困难", "举荐": "推荐",
}  # fmt: skip


def field_terms(key: str) -> str:
    """The field's terms for the everyday words of a question, in the order of the glossary."""
    return " ".join(terms for words, terms in EVERYDAY.items() if re.search(words, key))


def chinese_terms(key: str) -> str:
    """The Chinese terms of the English words in a lower-case question, in the order they stand there."""
    found = (
        (match.start(), chinese) for english, chinese in TERMS.items() if (match := re.search(rf"\b{english}", key))
    )
    return " ".join(chinese for _, chinese in sorted(found))
