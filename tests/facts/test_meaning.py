"""Of when, planned or done, whose: read from the clause, the list, the headings and the document."""

from __future__ import annotations

import pytest

from assistant import Goal, extract_goals, parse_documents
from assistant.facts.places import may_lie_in, owner_of
from assistant.language.years import months_of


def rows(text: str) -> list[Goal]:
    return [goal for one in parse_documents(text, "a.txt") for goal in extract_goals(one)]


def told(text: str) -> list[tuple[float | None, str, str, str]]:
    return [(one.value, one.period, one.part_of_period, one.status) for one in rows(text)]


def test_headings_of_a_report_tell_what_is_planned_whatever_their_words() -> None:
    text = (
        "丙省2026年政府工作报告\n一、2025年工作回顾\n研发投入强度提升至1.5%。\n"
        "二、“十五五”时期主要目标\n新增学位5万个。\n三、2026年主要工作\n(四)聚力人才\n技术合同成交额达90亿元。\n"
    )
    assert told(text) == [
        (1.5, "2025", "", "achieved"),
        (5, "十五五", "", "planned"),
        (90, "2026", "", "planned"),
    ]


def test_a_list_that_begins_anew_below_a_line_with_a_year_is_of_that_year() -> None:
    text = (
        "乙市2026年政府工作报告\n一、2025年工作回顾\n新建学校3所。\n二、2026年工作安排\n新建学校4所。\n"
        "2026年十件民生实事\n一、提高供水能力\n新建水厂2座。\n"
    )
    assert told(text)[-1] == (2, "2026", "", "planned")


@pytest.mark.parametrize(
    "aims",
    [
        "今年政府工作的总体要求是:稳中求进。\n",
        "做好今年工作,指导思想是:稳中求进。\n",
        "2024年政府工作总的要求是:稳中求进。",
        "今年主要预期目标建议为:地区生产总值增长5%左右。\n",
    ],
)
@pytest.mark.parametrize(
    "headings",
    [
        ("(一)经济稳中向好\n", "一、推进新型工业化\n", "二、推进乡村振兴\n"),  # no heading plans
        ("一、2023年工作回顾\n(一)稳增长\n", "(一)扩大需求\n", "(二)绿色发展取得新成效\n"),  # its own heading is lost
        ("一、2023年工作回顾\n", "二、2024年主要工作\n", "三、加强自身建设\n"),  # the last says nothing
        ("", "", ""),  # one paragraph
    ],
)
def test_what_follows_the_aims_of_a_report_is_to_come(aims: str, headings: tuple[str, str, str]) -> None:
    done, first, second = headings
    text = (
        f"乙市2024年政府工作报告\n{done}全市上下团结一心,顺利完成年初人代会确定的预期目标:建成水厂7座。\n一般公共预算民生支出稳定在65%以上,新增学位3000个。\n"
        f"{aims}{first}新建学校4所。\n{second}改造老旧小区12个。\n"
    )
    assert [one for one in told(text) if one[0] not in (7, 5)] == [
        (65, "2023", "", "achieved"),
        (3000, "2023", "", "achieved"),
        (4, "2024", "", "planned"),
        (12, "2024", "", "planned"),
    ]


def test_a_review_behind_the_aims_is_of_what_was_done() -> None:
    text = (
        "乙市2024年政府工作报告\n今年工作的总体要求是:稳中求进。\n一、今年重点\n新建学校4所。\n"
        "二、2023年工作回顾\n新增学位3000个。\n"
    )
    assert told(text) == [(4, "2024", "", "planned"), (3000, "2023", "", "achieved")]


@pytest.mark.parametrize(
    "sentence", ["加快1980年前农房改善进度,新改善农房18户。", "2000年以前建成的小区全部改造,新改善农房18户。"]
)
def test_a_year_that_dates_a_thing_is_not_when_it_is_done(sentence: str) -> None:
    assert told(f"乙市2024年工作要点\n一、重点任务\n{sentence}\n") == [(18, "2024", "", "planned")]
    assert told("乙市2024年工作要点\n一、重点任务\n2025年前新改善农房18户。\n")[0][1] == "2025"


def test_important_work_in_a_summary_is_done() -> None:
    text = "甲市工信局2024年工作总结\n一、运行情况\n新增企业9家。\n二、重点工作\n推动上云企业312家。\n"
    assert told(text)[-1] == (312, "2024", "", "achieved")
    plan = "甲市工信局2024年工作要点\n一、重点工作\n推动上云企业312家。\n"
    assert told(plan) == [(312, "2024", "", "planned")]


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("今年计划粮食播种面积121万亩,全年共完成粮食播种面积122万亩。", ["planned", "achieved"]),
        ("原定创建示范单位40家,实际创建示范单位36家。", ["planned", "achieved"]),
        ("任务数30家,已完成35家。", ["planned", "achieved"]),
        ("主要预期目标是:生产总值增长4%;固定资产投资增长3%,进出口总额增长10%。", ["planned"] * 3),
        ("城镇新增就业3.4万人的目标如期实现。", ["planned"]),
        ("超额完成年度任务,引进项目12个。", ["achieved"]),
        ("2015年专利申请目标2400件。", ["planned"]),
    ],
)
def test_the_last_word_before_a_number_tells_whether_it_is_planned(sentence: str, statuses: list[str]) -> None:
    assert [one.status for one in rows(f"甲市2014年工作总结\n一、主要成绩\n{sentence}\n")] == statuses


def test_a_part_of_a_year_is_kept_until_the_whole_is_named() -> None:
    text = (
        "临江市科技局2024年工作总结\n一、完成情况\n上半年新认定企业18家。截至9月底新认定企业31家。全年新认定企业53家。\n"
        "1-6月,完成投资38亿元,用电量7亿千瓦时。\n前三季度成交额12亿元,全年成交额18亿元。\n累计认定企业400家。\n"
    )
    assert [(one.value, one.part_of_period) for one in rows(text)] == [
        (18, "上半年"),
        (31, "截至9月底"),
        (53, ""),
        (38, "1-6月"),
        (7, "1-6月"),
        (12, "前三季度"),
        (18, ""),
        (400, "累计"),
    ]


@pytest.mark.parametrize(
    ("part", "months"),
    [
        ("上半年", (1, 6)),
        ("下半年", (7, 12)),
        ("二季度", (4, 6)),
        ("前三季度", (1, 9)),
        ("1-9月", (1, 9)),
        ("1至11月", (1, 11)),
        ("截至9月底", (1, 9)),
        ("前五个月", (1, 5)),
        ("10至12月", (10, 12)),
        ("累计", None),
        ("", None),
    ],
)
def test_the_same_part_in_other_words(part: str, months: tuple[int, int] | None) -> None:
    assert months_of(part) == months


@pytest.mark.parametrize(
    ("sentence", "period"),
    [
        ("企业总数比上年末增加5家。", "2024"),
        ("上年末企业总数95家。", "2023"),
        ("五年来,新建公路186公里。", "五年来"),
        ("五年累计新增学位7万个。", "五年"),
        ("“十四五”期间新建桥梁12座。", "十四五"),
        ("一年来,新建桥梁2座。", "2024"),
    ],
)
def test_the_time_of_a_sentence(sentence: str, period: str) -> None:
    assert [one.period for one in rows(f"甲市2024年工作总结\n一、主要成绩\n{sentence}\n")] == [period]


@pytest.mark.parametrize(
    ("sentence", "owners"),
    [
        ("全市新增孵化器23家,其中城关区8家,云台县6家。", ["河清市", "城关区", "云台县"]),
        ("城关区8家;全市投资30亿元。", ["城关区", "河清市"]),
        ("市本级财政科技投入2.8亿元。", ["市本级"]),
        ("加强与海南省对接,引进项目5个。", ["河清市"]),
        ("改造棚户区5.2万套、老旧小区30个。", ["河清市", "河清市"]),
        ("增速居全省第3位。", ["河清市"]),
        ("增速高于全省平均水平,新增企业4家。", ["河清市"]),
    ],
)
def test_whose_a_number_is(sentence: str, owners: list[str]) -> None:
    assert [one.place for one in rows(f"河清市科技局2024年工作总结\n{sentence}\n")] == owners


def test_a_number_of_the_province_is_not_the_citys() -> None:
    sentence = "目前全省高新技术企业9000家,我市高新技术企业300家。"
    assert owner_of(sentence, sentence.index("家,") + 1, (), (), "甲市").place == "全省"
    assert owner_of(sentence, len(sentence) - 1, (), (), "甲市").place == "甲市"


def test_a_section_may_name_whose_its_numbers_are() -> None:
    assert owner_of("新增企业5家", 6, (), ("一、各县区情况", "(一)城关区"), "河清市").place == "城关区"


def test_what_lies_in_what() -> None:
    assert may_lie_in("和平区", "沈阳市")
    assert not may_lie_in("嘉兴市", "平湖市")
    assert not may_lie_in("海南省", "江苏省")
    assert may_lie_in("云台县", "河清市")  # neither is listed: by the rank of their kind
