"""An amount of baht in Thai words, as receipts carry it: 1,234.50 → หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์."""

from __future__ import annotations

_DIGITS = "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า".split()
_PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
_MILLION = 1_000_000


def baht_words(satang: int) -> str:
    """The words for `satang`; whole baht end in ถ้วน. Raises ValueError below zero."""
    if satang < 0:
        raise ValueError("an amount in words is never negative")
    baht, rest = divmod(satang, 100)
    if not rest:
        return f"{_number(baht)}บาทถ้วน"
    return (f"{_number(baht)}บาท" if baht else "") + f"{_number(rest)}สตางค์"


def _number(value: int) -> str:
    if value == 0:
        return _DIGITS[0]
    millions, rest = divmod(value, _MILLION)
    head = f"{_number(millions)}ล้าน" if millions else ""
    return head + (_below_a_million(rest, alone=not millions) if rest else "")


def _below_a_million(value: int, *, alone: bool) -> str:
    words: list[str] = []
    for place in range(len(_PLACES) - 1, -1, -1):
        digit = value // 10**place % 10
        if digit:
            words.append(_digit(digit, place, first=alone and not words) + _PLACES[place])
    return "".join(words)


def _digit(digit: int, place: int, *, first: bool) -> str:
    if place == 1 and digit == 1:
        return ""
    if place == 1 and digit == 2:
        return "ยี่"
    if place == 0 and digit == 1 and not first:
        return "เอ็ด"
    return _DIGITS[digit]
