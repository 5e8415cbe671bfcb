from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC
from web_damage import damage

from assistant import Document, Repair
from assistant.documents.cleaning.aligned_text import AlignedText
from assistant.documents.cleaning.normalization import simplify
from assistant.documents.cleaning.pinyin import ReadingTable, remove_inline_pinyin, without_pinyin
from assistant.documents.cleaning.repair import repair

CLEAN = (
    "2013年,全市科技工作要坚持以科学发展观为指导,深入贯彻落实市委、市政府的决策部署。科技企业培育取得新进展,全年新增高新技术企业12家。"
    "现场赛有25家技术转移机构参加,提供解决方案78份。活动期间,设置了专利咨询台,发放宣传资料3000余份。总结经验,完善制度,提升服务。"
    "基本完成了农村科技信息网建设,经常化、长期化开展科技交流,每两年进行一次绩效考核。"
)

AROUND = OpenCC("s2t").convert(CLEAN) + "\n"


def mended(text: str) -> str:
    return repair(AlignedText.from_original(text)).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("創(chuàng)新驅(qū)動(dòng)", "創新驅動"),
        ("總(zǒng)", "總"),
        ("重(zhòng)要", "重要"),
        ("创(chuang)新", "创(chuang)新"),
        ("企業(x)家", "企業(x)家"),
        ("系統(xi)", "系統(xi)"),
        ("目标(一)", "目标(一)"),
        ("標(logo)", "標(logo)"),
        ("(chuàng)", "(chuàng)"),
    ],
)
def test_only_verified_pinyin_goes(before: str, after: str) -> None:
    assert remove_inline_pinyin(AlignedText.from_original(before)).text == after
    assert without_pinyin(before) == after


def test_an_authors_hints_at_rare_readings_stay() -> None:
    text = CLEAN * 2 + "六(lù)安市、丽(lí)水市单(shàn)姓。"
    assert mended(text) == text


def test_runs_of_question_marks_do_not_stall() -> None:
    """Nothing can have been shifted where no byte below 80 follows; a search of each of these took seconds."""
    for text in ("姓名?,性别?,年龄?;单位?,电话?;\n" * 300, "总结" + "?" * 3000 + "专利。", "总结" + "\ufffd" * 3000):
        begin = time.process_time()
        assert mended(text) == text
        assert time.process_time() - begin < 20


@given(st.text(st.sampled_from("目标(一二x)2013年?,;。企業a"), max_size=30))
def test_text_without_pinyin_stays(text: str) -> None:
    assert remove_inline_pinyin(AlignedText.from_original(text)).text == text


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        # 績為優: BF83 9EE9 839E with (yōu) behind 839E twice, the first time across 績 and 為.
        ("考核考績?yōu)閮?yōu)秀單位", "考核考績為優秀單位"),
        # 質量績優化, the bracket eaten twice: trail BF of 量 and 83 are 績's bytes.
        ("提高質量?jī)?yōu)化服務", "提高質量優化服務"),
        # 日報: D5 of 日 (C8D5) and 88 of 報 (88F3) are 請's bytes.
        ("在市日?qǐng)?bào)發表", "在市日報發表"),
        # 。現: A1 lost, A3AC cut, 46 closes AC46.
        ("提供方案78份?,F(xiàn)場賽有25家技術機構", "提供方案78份。現場賽有25家技術機構"),
        # 。活動: A1 lost, A3BB cut; D3 of 動 with an eaten bracket.
        ("在農業研究等領域?;顒?dòng)中,我市簽約", "在農業研究等領域。活動中,我市簽約"),
        # 。總結
        ("走出科技金融新路徑??偨Y(jié)提煉經驗", "走出科技金融新路徑。總結提煉經驗"),
    ],
)
def test_byte_shifted_runs_worked_out_by_hand(damaged: str, whole: str) -> None:
    assert mended(AROUND + damaged) == AROUND + whole


def test_a_mended_run_is_recorded_and_maps_to_its_damage() -> None:
    aligned = repair(AlignedText.from_original(AROUND + "提供方案78份?,F(xiàn)場賽有25家技術機構"))
    begin = len(AROUND) + 7
    assert aligned.repairs[0] == Repair("byte_shift", "?,F", "。現", True, begin, begin + 3)
    assert aligned.original_span(begin, begin + 2) == (begin, begin + 3)


def test_a_run_with_two_readings_stays_and_is_marked() -> None:
    damaged = "2004義烏—上??萍己献髑⒄劷?huì)開(kāi)幕"
    aligned = simplify(repair(AlignedText.from_original(damaged + "促進產業發展,擴大開放")))
    assert "上??萍己献髑⒄劷?huì)" in aligned.text
    (mark,) = [one for one in aligned.repairs if not one.certain]
    assert (mark.kind, mark.before) == ("byte_shift", mark.after)


def test_marks_follow_the_width_of_the_text_around(documents: list[Document]) -> None:
    """The bytes say ；, the page printed ; everywhere."""
    (text,) = [one.text for one in documents if "加大川菜关键共性技术" in one.text]
    assert "安全参数的检验能力;加大川菜关键共性技术" in text


def test_a_lost_character_is_marked_a_question_is_not() -> None:
    aligned = repair(AlignedText.from_original("做好监测预报。??加强宣传。为什么要创新?因为要发展。"))
    assert [(one.kind, one.before, one.certain) for one in aligned.repairs] == [("lost", "??", False)]
    assert aligned.text == "做好监测预报。??加强宣传。为什么要创新?因为要发展。"


def test_many_lost_characters_of_a_line_make_one_garbled_stretch() -> None:
    text = "引进的高层次?瞬趴萍技苹?钅坑畔攘⑾睿?⒓哟笾С至Χ取V鞫?越樱作。"
    aligned = repair(AlignedText.from_original(text))
    assert [(one.original_start, one.original_end) for one in aligned.repairs] == [(6, 30)]


def test_an_annotation_across_two_characters_goes_the_mask_stays() -> None:
    """料 (C1CF) and x (78) make CF78, 蟲(chóng)."""
    text = "害蟲(chóng)防治。編發學習資料x(chóng)x期,企業(x)家"
    assert mended(text) == "害蟲防治。編發學習資料xx期,企業(x)家"


def test_clean_text_is_left_alone() -> None:
    for text in (CLEAN, "真的吗??科技兴国,你说呢?;是的。", "What?, yes?? (x) 5?"):
        aligned = repair(AlignedText.from_original(text))
        assert (aligned.text, [one for one in aligned.repairs if one.certain]) == (text, [])


@pytest.mark.parametrize("seed", range(6))
def test_what_the_web_did_is_undone_or_marked(seed: int) -> None:
    """Against the forward model: every run that is mended as certain gives the clean text back."""
    text = CLEAN.replace("。", "。\n")
    aligned = simplify(repair(AlignedText.from_original(damage(text.replace(",", "，"), seed))))
    lines = list(zip(text.split("\n"), aligned.text.split("\n"), strict=True))
    assert [line for line, got in lines if line != got and "?" not in got] == []
    assert sum(line == got for line, got in lines) >= len(lines) - 2


def test_the_annotated_seeds_lose_every_annotation_and_no_other_bracket() -> None:
    """Counts by the census of the documents: brackets that must stay, masks (x) included."""
    corpus = Path(__file__).parent.parent.parent / "corpus"
    for start, brackets in (("000", 7), ("002", 133)):
        path = next(corpus.glob(f"{start}*.txt"))
        aligned = repair(AlignedText.from_original(path.read_text(encoding="utf-8")))
        places = [place for place, sign in enumerate(aligned.text) if sign == "(" and not aligned.is_marked(place)]
        table = ReadingTable(aligned.text)
        left = [place for place in places if table.annotation_end(aligned.text, place)]
        assert left == []
        assert len(places) == brackets
