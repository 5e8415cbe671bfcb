from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import UnreadableDocument
from assistant.documents.formats.encodings import common_share, decode

TEXT = "二、工作目标\r\n5.专利申请量达到2300件以上,其中发明占10%以上,授权专利1600件以上。\n强化科技政策扶持。"
TRADITIONAL = "二、工作目標\n5.專利申請量達到2300件以上,其中發明佔10%以上,授權專利1600件以上。\n強化科技政策扶持。"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_simplified_text_reads_the_same_in_every_encoding(content: bytes, encoding: str) -> None:
    decoded = decode(content)
    assert (decoded.text, decoded.encoding, decoded.warnings) == (TEXT, encoding, ())


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8", "utf-16-le"])
def test_traditional_text_too(encoding: str) -> None:
    decoded = decode(TRADITIONAL.encode(encoding))
    assert (decoded.text, decoded.encoding) == (TRADITIONAL, encoding)


def test_seventeen_bytes_are_enough() -> None:
    content = "专利申请量12件。a".encode("gb18030")
    assert len(content) == 17
    assert decode(content).text == "专利申请量12件。a"


def test_a_character_cut_by_the_end_of_the_file_is_left_out_with_a_warning() -> None:
    decoded = decode(TEXT.encode("gbk")[:-1])
    assert decoded.text == TEXT[:-1]
    assert decoded.encoding == "gb18030"
    assert "ends in the middle" in decoded.warnings[0]
    assert decode(TEXT.encode()[:-1]).text == TEXT[:-1]


def test_a_few_bad_bytes_are_replaced_with_a_warning() -> None:
    content = TEXT.encode("gb18030").replace("政策".encode("gb18030"), b"\xff\xff\xff")
    decoded = decode(content)
    assert decoded.text == TEXT.replace("政策", "\ufffd" * 3)
    assert decoded.warnings == ("3 characters could not be decoded and stand as \ufffd",)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode().decode("latin-1").encode(),
        TEXT.encode().decode("gb18030", "replace").encode(),
        TEXT.encode("gb18030").decode("latin-1").encode(),
        bytes(range(128, 256)) * 10,
        b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0",
    ],
)
def test_mojibake_and_binary_content_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        decode(content)


def test_stray_control_characters_go_with_a_warning() -> None:
    decoded = decode(f"{TEXT}\x1a".encode())
    assert (decoded.text, decoded.warnings) == (TEXT, ("1 control characters are left out",))
    assert decode(f"{TEXT}\0".encode()).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_rare_characters_alone_are_no_mojibake(encoding: str) -> None:
    names = "彧喆祎曦翀 龑 犇 骉 羴 猋 麤 畾 垚 淼 焱 鑫 森 晶 磊"
    assert decode(names.encode(encoding)).text == names


def test_the_share_of_common_characters_by_hand() -> None:
    assert common_share("科技abc") == 1.0
    assert common_share("科技鍏鐨") == 0.5
    assert common_share("abc 12%") == 1.0
    assert common_share("專利。") == 1.0


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_any_text_survives_utf8_or_is_refused(text: str) -> None:
    try:
        decoded = decode(text.encode())
    except UnreadableDocument:
        return
    assert decoded.text == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_an_error(content: bytes) -> None:
    try:
        assert isinstance(decode(content).text, str)
    except UnreadableDocument as error:
        assert str(error)
