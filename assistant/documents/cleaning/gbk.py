"""Characters and their bytes in GBK."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=65536)
def character(lead: int, trail: int) -> str:
    """The character of two bytes in GBK, '' where there is none."""
    try:
        return bytes((lead, trail)).decode("gbk")
    except UnicodeDecodeError:
        return ""


@lru_cache(maxsize=32768)
def code_of(sign: str) -> bytes:
    """Its bytes in GBK, none where it has none; the euro sign is the byte 80 of code page 936."""
    if sign == "€":
        return b"\x80"
    try:
        return sign.encode("gbk")
    except UnicodeEncodeError:
        return b""
