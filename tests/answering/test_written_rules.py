"""Each rule of the check of written sentences says what is wrong, and leaves alone what only looks like it."""

from __future__ import annotations

import pytest
from conftest import HashingEncoder

from assistant import Assistant, DocumentStore
from assistant.answering.checking.citations import cite
from assistant.answering.checking.written import judge

REPORT = """金湾市科学技术局2031年工作总结和2032年工作思路

一、2031年工作回顾
专利申请量2875件,同比增长8.3%。
高新技术企业净增46家、总数达312家。
累计建成孵化器21家。
地区生产总值增长3.2%,比前三季度提升0.4个百分点。
地区生产总值增速高于全省0.5个百分点。
工业产值增长7.4%,农业产值增长3.1%。
研发投入比2029年增长30%。
预计实现技术合同成交额16.2亿元。
为城镇居民人均增收762元/月。
企业申报科技项目60家,其中工业项目42家。
临江高新区入选国家试点,市科学技术局牵头推进。
1-9月受理专利案件19起。
12个重建项目全部完工。
PM2.5浓度为36微克。

二、2032年工作思路
力争专利申请量达到3200件以上。
到2034年孵化器达到40家以上。
努力创建国家级园区,推进一期工程。
8月底前完成二期工程,年底前完成三期招标。
鼓励有条件的企业设立研究院,可以给予补助。
对符合条件的企业,经认定后给予每户最高5万元补助。
保证金可缓缴一个季度。
新增省级实验室2家。
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> DocumentStore:
    corpus = tmp_path_factory.mktemp("rules")
    (corpus / "report.txt").write_text(REPORT, encoding="utf-8")
    return Assistant.build(corpus, corpus / "index", encoder=HashingEncoder()).store


def reasons(store: DocumentStore, sentence: str, part: str) -> str:
    line = next(line for line in REPORT.splitlines() if part in line)
    passage = next(one for one in store.passages() if line in one.text)
    start = passage.start + passage.text.index(line)
    return "\n".join(judge([(sentence, [cite(store, passage, start, start + len(line), 1)])], store).reasons)


@pytest.mark.parametrize(
    ("sentence", "part", "told"),
    [
        ("国家级园区已经创建", "努力创建", "effort '已经'"),
        ("国家级园区和一期工程均已竣工", "努力创建", "end '竣工'"),
        ("由市财政局牵头推进试点", "临江", "body '市财政局'"),
        ("滨海高新区入选国家试点", "临江", "zone '滨海高新区'"),
        ("专利申请量2875件,增长快于预期", "2875", "comparison '快于'"),
        ("专利申请量2875件,得益于补助", "2875", "reason '得益于'"),
        ("高新技术企业总数312家,居全国第一", "312", "rank in '国'"),
        ("保证金可以缓缴半年", "缓缴", "span '半年'"),
        ("全年受理专利案件19起", "19起", "of 1-9月, told of the year"),
        ("企业必须设立研究院", "研究院", "duty '必须'"),
        ("凡是企业都可以得到补助", "符合条件", "of all '凡是'"),
        ("2032年对企业给予每户最高5万元补助", "符合条件", "leaves out"),
        ("2032年对符合条件的企业,经认定后给予每人最高5万元补助", "符合条件", "each '人', not '户'"),
        ("企业申报科技项目60家,都是工业项目", "60家", "leaves out that it is said of 42"),
        ("计划年底前完成二期工程", "二期", "date '年底前' is that of something else"),
        ("计划9月底前完成二期工程", "二期", "no figure 9"),
        ("专利申请量2875件,涉及13个县", "2875", "no figure 13"),
        ("专利申请量同比下降8.3%", "2875", "change 'fall', not 'rise'"),
        ("专利申请量为同比8.3%", "2875", "change '', not 'rise'"),
        ("研发投入比2031年增长30%", "2029", "against 2029, told against 2031"),
        ("去年专利申请量的目标是3200件以上", "3200", "planned, told of last year"),
        ("到2033年孵化器的目标是40家以上", "2034", "told of 2033"),
        ("力争到2034年专利申请量达到3200件以上", "3200", "told until 2034"),
        ("实现技术合同成交额16.2亿元", "16.2", "projected, told as done"),
        ("新增高新技术企业312家", "312", "is told as new"),
        ("2032年新增市级实验室2家", "实验室", "are lost"),
        ("共有高新技术企业46家", "46家", "is told as the total"),
        ("地区生产总值增长3.2个百分点", "3.2", "points True, not False"),
        ("1-9月受理专利案件20起", "19起", "no quote has"),
        ("上半年受理专利案件19起", "19起", "no part of a year"),
    ],
)
def test_each_rule_says_what_is_wrong(store: DocumentStore, sentence: str, part: str, told: str) -> None:
    assert told in reasons(store, sentence, part)


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("由市科技局牵头推进,临江高新区入选国家试点", "临江"),  # a body by its short name
        ("该局牵头推进,临江高新区入选国家试点", "临江"),
        ("12个重建项目均已完工", "12个"),  # all, where the quote says all
        ("计划8月底前二期工程完工", "二期"),  # an end, where the quote completes
        ("建成孵化器21家", "孵化器21"),  # 累计 left out
        ("2031年地区生产总值增长3.2%", "3.2"),  # 比前三季度 is no part of the year of 3.2%
        ("地区生产总值的增速比全省高0.5个百分点", "0.5"),  # 高于 of a difference is no bound
        ("工业产值增长7.4%,快于农业产值的3.1%", "7.4"),  # what is set against has no change of its own
        ("该市专利申请量为2875件", "2875"),
        ("《2031年工作总结》显示,专利申请量为2875件", "2875"),
        ("预计实现技术合同成交额16.2亿元", "16.2"),
        ("城镇居民人均每月增收762元", "762"),
        ("PM2.5的浓度为36微克", "PM2.5"),
        ("1-9月受理了专利案件19起", "19起"),
        ("专利申请量2875件,增长8.3%,增速较快", "2875"),
        ("2034年孵化器的目标是40家以上", "2034"),
    ],
)
def test_what_only_looks_wrong_is_left_alone(store: DocumentStore, sentence: str, part: str) -> None:
    assert reasons(store, sentence, part) == ""
