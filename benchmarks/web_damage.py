"""What the web did to the documents, run forwards: clean text in, damaged text out.

The tool that the damage goes back to handled GBK text byte by byte: (1) behind each of some hundred traditional
characters it put ``(pinyin)``, also where the two bytes belong to two neighbours; (2) it replaced A3AC, A3BB and
A3BF (，；？) by , ; ? wherever the bytes stood; (3) what was no character any more became ``?``, together with a byte
below 80 behind it, and pairs of the user-defined areas became nothing.
"""

from __future__ import annotations

import random

from opencc import OpenCC

CUTS = ((b"\xa3\xac", ","), (b"\xa3\xbb", ";"), (b"\xa3\xbf", "?"))
HALF_WIDTH = str.maketrans("：（）", ":()")
CHARACTERS = (
    "結實現標復長來學術業產動書報數關務開會際員單輸圖貿態農術創機領導對應調協優環節財經績強點場師參證訓認識設計講課請護讓負責賽資質"
    "費賞購贏趕軟輕轉辦邊達過運進遠選還鄉銀錢鎮鐵間閱陽隊階陸險難須預題頒顯風飛館馬驗體"
)


def readings_by_character() -> dict[str, str]:
    """A character → its commonest reading, for the characters that the tool annotates."""
    from pypinyin import Style, pinyin

    return {character: pinyin(character, style=Style.TONE)[0][0] for character in dict.fromkeys(CHARACTERS)}


def damage(text: str, seed: int = 0) -> str:
    """Traditional, annotated and cut; line by line, the same for the same seed."""
    table = readings_by_character()
    order = sorted(table)
    random.Random(seed).shuffle(order)
    convert = OpenCC("s2t").convert
    return "\n".join(_damaged_line(convert(line).translate(HALF_WIDTH), table, order) for line in text.split("\n"))


def _damaged_line(line: str, table: dict[str, str], order: list[str]) -> str:
    content = line.encode("gbk", "ignore")
    for character in order:
        key = character.encode("gbk")
        content = content.replace(key, key + b"(" + table[character].encode("gbk") + b")")
    pieces: list[bytes | str] = [content]
    for cut, sign in CUTS:
        pieces = [part for piece in pieces for part in _cut(piece, cut, sign)]
    return "".join(piece if isinstance(piece, str) else _decode(piece) for piece in pieces)


def _cut(piece: bytes | str, cut: bytes, sign: str) -> list[bytes | str]:
    if isinstance(piece, str):
        return [piece]
    parts: list[bytes | str] = []
    for part in piece.split(cut):
        parts += [part, sign]
    return parts[:-1]


def _decode(content: bytes) -> str:
    signs = []
    place = 0
    while place < len(content):
        lead, trail = content[place], content[place + 1 : place + 2]
        if lead <= 0x80:
            signs.append("€" if lead == 0x80 else chr(lead))
            place += 1
            continue
        place += 2
        if trail and _vanishes(lead, trail[0]):
            continue
        signs.append((bytes((lead,)) + trail).decode("gbk", "replace")[0].replace("\ufffd", "?"))
    return "".join(signs)


def _vanishes(lead: int, trail: int) -> bool:
    high = (0xAA <= lead <= 0xAF or 0xF8 <= lead <= 0xFE) and trail >= 0xA1
    return high or (0xA1 <= lead <= 0xA7 and 0x40 <= trail <= 0xA0 and trail != 0x7F)
