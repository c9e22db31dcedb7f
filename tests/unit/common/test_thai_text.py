"""Thai text and dates: 2569 and 2026 are one year however they are written, and names sort as in a dictionary."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from shop.common import thai
from shop.common.forms import ThaiDateField
from shop.common.thai import line_breaks
from shop.theme import formats

_days = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31))
_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


def _ways(day: dt.date) -> list[str]:
    buddhist = day.year + 543
    return [
        f"{day.day}/{day.month}/{buddhist}",
        f"{day.day:02d}-{day.month:02d}-{buddhist}",
        f"{day.day}.{day.month}.{day.year}",
        f"  {day.day} {day.month} {day.year} ",
        f"{day.day} {thai.MONTHS_TH[day.month - 1]} {buddhist}",
        f"{day.day} {thai.MONTHS_TH_SHORT[day.month - 1]} {buddhist}",
        f"{day.day}{thai.MONTHS_TH_SHORT[day.month - 1]}{day.year}",
        day.isoformat(),
        f"{buddhist}-{day.month:02d}-{day.day:02d}",
        f"{day.day}/{day.month}/{buddhist}".translate(_THAI_DIGITS),
        formats.date(day),
    ]


@given(_days)
def test_one_day_however_it_is_written(day: dt.date) -> None:
    assert {text: thai.parse_date(text) for text in _ways(day)} == dict.fromkeys(_ways(day), day)


@given(_days)
def test_the_field_shows_buddhist_era_and_reads_it_back(day: dt.date) -> None:
    field = ThaiDateField()
    shown = field.prepare_value(day)
    assert shown.endswith(f"/{day.year + 543}")
    assert field.clean(shown) == day


@given(st.text(max_size=40))
def test_any_other_text_is_a_value_error_and_nothing_else(text: str) -> None:
    try:
        day = thai.parse_date(text)
    except ValueError:
        return
    assert isinstance(day, dt.date)


@pytest.mark.parametrize("text", ["31/2/2569", "0/1/2569", "1/13/2026", "29/2/2568", "1/1/69", "2569", "", "1/1/25690"])
def test_no_days(text: str) -> None:
    with pytest.raises(ValueError):
        thai.parse_date(text)


def test_a_leap_day_of_either_era() -> None:
    assert thai.parse_date("29/2/2567") == thai.parse_date("29/2/2024") == dt.date(2024, 2, 29)


@pytest.mark.parametrize("text", ["1/1/1483", "1/1/2399", "1/1/3112"])
def test_years_of_the_wrong_era_are_noticed(text: str) -> None:
    with pytest.raises(ValidationError):
        ThaiDateField().clean(text)


@given(st.text(alphabet="กขคงจนมรลวสหอเแโใไาะิีุู่้๊๋์ำ็ ab1", max_size=20))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = thai.clean_text(text)
    assert thai.clean_text(once) == once
    assert once == once.strip()
    assert "  " not in once


@pytest.mark.parametrize(
    "mark", [*"\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"]
)
def test_what_cannot_be_seen_is_not_kept(mark: str) -> None:
    assert thai.clean_text(f"{mark}ผ้า{mark}ไหม{mark}") == "ผ้าไหม"
    assert thai.clean_text(mark) == ""
    assert thai.is_blank(f" {mark}\n")


@pytest.mark.parametrize("text", ["\u2060", "\u00ad \u2060", "\u3164", "\u2800", "\u202e\u200b", " \u00a0\u2028"])
def test_a_text_without_a_sign_is_empty(text: str) -> None:
    assert thai.clean_text(text) == ""


def test_what_thai_and_emoji_need_stays() -> None:
    assert thai.clean_text("ใบ\u2060รับ\u2060รอง ๆ ฯ ์ 🌾") == "ใบ\u2060รับ\u2060รอง ๆ ฯ ์ 🌾"
    assert thai.without_hidden("บรรทัด\nสอง  ช่อง\u202e") == "บรรทัด\nสอง  ช่อง"


@given(st.lists(st.text(alphabet="กขคงจนมรลวสหอเแโใไาะิีุู่้๊๋์", max_size=8), max_size=12), st.randoms())
def test_sorting_does_not_depend_on_the_order_before(words: list[str], dice: random.Random) -> None:
    shuffled = list(words)
    dice.shuffle(shuffled)
    assert [thai.sort_key(word) for word in sorted(words, key=thai.sort_key)] == [
        thai.sort_key(word) for word in sorted(shuffled, key=thai.sort_key)
    ]


def test_provinces_sort_as_in_a_dictionary() -> None:
    ordered = ["กระบี่", "กรุงเทพมหานคร", "ขอนแก่น", "จันทบุรี", "เชียงราย", "เชียงใหม่", "นครนายก", "แพร่", "ระนอง", "เลย"]
    shuffled = sorted(ordered)  # by code points leading vowels come last
    assert shuffled != ordered
    assert sorted(shuffled, key=thai.sort_key) == ordered


def test_tone_marks_decide_last() -> None:
    words = ["ปา", "ป่า", "ป้า", "ปาก", "ป่าน"]
    assert sorted(reversed(words), key=thai.sort_key) == words


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("เครื่องจักสานในบ้าน", ["เครื่องจักสาน", "ในบ้าน"]),
        ("น้ำผึ้ง เก็บต้นฤดู", ["น้ำ", "ผึ้ง ", "เก็บต้นฤดู"]),
        ("ที่ ปี่ ผู้ น้ำ", ["ที่ ", "ปี่ ", "ผู้ ", "น้ำ"]),
        ("ผ้าขาวม้า100%", ["ผ้าขาวม้า", "100%"]),
        ("ๆ", ["ๆ"]),
        ("", []),
    ],
)
def test_lines_break_only_where_a_syllable_begins(text: str, parts: list[str]) -> None:
    places = [0, *(place.at for place in line_breaks(text)), len(text)]
    assert [text[a:b] for a, b in pairwise(places) if a < b] == parts


@given(st.text(alphabet="กนผเแโใไะาำิีึืุูั่้๊๋็์ๆ 1a(", max_size=40))
def test_no_break_parts_a_letter_from_its_marks(text: str) -> None:
    for place in line_breaks(text):
        assert text[place.at] not in "ะาำิีึืุูั่้๊๋็์ๆ"
        assert text[place.at - 1] not in "เแโใไ"
